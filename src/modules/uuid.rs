//! `uuid`: `UUID`, `uuid3`, `uuid5` and the namespaces; what is made of chance or of the machine is unknown.

use std::rc::Rc;

use num_bigint::BigUint;
use ruff_python_ast::CmpOp;
use sha1::{Digest, Sha1};

use super::support::{need_text, no_form, receiver, volatile_row};
use super::{Member, ModuleTable};
use crate::datum::Datum;
use crate::eval::{Collector, Vm};
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// The rows of the module.
pub static UUID_MODULE: ModuleTable = ModuleTable {
    name: "uuid",
    members: &[
        ("NAMESPACE_DNS", Member::Constant(|| namespace(0x10))),
        ("NAMESPACE_OID", Member::Constant(|| namespace(0x12))),
        ("NAMESPACE_URL", Member::Constant(|| namespace(0x11))),
        ("NAMESPACE_X500", Member::Constant(|| namespace(0x14))),
        ("UUID", Member::Class(&UUID)),
        volatile_row!("getnode", "the hardware address of the machine is not known before Airflow runs"),
        volatile_row!("uuid1", "a new UUID differs from load to load"),
        (
            "uuid3",
            Member::Function(Native::new("uuid3", |_, args| {
                hashed(args, 3, |bytes| md5::Md5::digest(bytes).to_vec())
            })),
        ),
        volatile_row!("uuid4", "a new UUID differs from load to load"),
        (
            "uuid5",
            Member::Function(Native::new("uuid5", |_, args| {
                hashed(args, 5, |bytes| Sha1::digest(bytes).to_vec())
            })),
        ),
    ],
};

/// A UUID.
struct Uuid([u8; 16]);

static UUID: Type = Type {
    methods: &[Native::new("__str__", |vm, mut args| {
        receiver::<Uuid>(&mut args, &UUID)?.str(vm).map(Value::Str)
    })],
    ..Type::new("uuid", "UUID", |vm, mut args| {
        let text = need_text(&mut args, "hex")?;
        if args.named("version").is_some() || args.finish().is_err() {
            return super::support::not_modelled(vm, "this form of `UUID` is not modelled");
        }
        let hex = text.replace("urn:", "").replace("uuid:", "");
        let hex: String = hex.trim_matches(['{', '}']).replace('-', "");
        let bytes: Option<Vec<u8>> = (0..hex.len())
            .step_by(2)
            .map(|at| hex.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()))
            .collect();
        match bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok()) {
            Some(bytes) => Ok(Value::object(Uuid(bytes))),
            None => Err(Stop::value_error("badly formed hexadecimal UUID string")),
        }
    })
};

fn namespace(last: u8) -> Value {
    let mut bytes =
        [0x6b, 0xa7, 0xb8, 0x00, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
    bytes[3] = last;
    Value::object(Uuid(bytes))
}

fn hashed(mut args: Args, version: u8, hash: fn(&[u8]) -> Vec<u8>) -> Eval<Value> {
    let namespace = args.expect("namespace")?;
    let Some(namespace) = namespace.downcast::<Uuid>() else {
        return Err(Stop::raise(
            &crate::value::exception::ATTRIBUTE_ERROR,
            format!("'{}' object has no attribute 'bytes'", namespace.type_name()),
        ));
    };
    let name = match args.expect("name")? {
        Value::Bytes(bytes) => bytes.to_vec(),
        value => super::support::text(&value)?.as_bytes().to_vec(),
    };
    args.finish()?;
    let digest = hash(&[namespace.0.as_slice(), &name].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | version << 4;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Ok(Value::object(Uuid(bytes)))
}

impl Uuid {
    fn hex(&self) -> String {
        super::support::hex(&self.0)
    }

    fn show(&self) -> String {
        let hex = self.hex();
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

impl Object for Uuid {
    fn class(&self) -> Option<&'static Type> {
        Some(&UUID)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "hex" => Some(Value::from(self.hex())),
            "int" => Some(Value::int(BigUint::from_bytes_be(&self.0))),
            "bytes" => Some(Value::Bytes(self.0.as_slice().into())),
            "urn" => Some(Value::from(format!("urn:uuid:{}", self.show()))),
            "version" if self.0[8] & 0xc0 == 0x80 => Some(Value::int(self.0[6] >> 4)),
            _ => None,
        })
    }

    fn compare(&self, op: CmpOp, other: &Value) -> Eval<Option<bool>> {
        Ok(other
            .downcast::<Uuid>()
            .and_then(|other| super::datetime::date::ordered(op, self.0.cmp(&other.0))))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        Ok(Some(other.downcast::<Uuid>().is_some_and(|other| other.0 == self.0)))
    }

    fn hash_text(&self) -> Option<String> {
        Some(format!("uuid {}", self.hex()))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn str(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(self.show().into())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("UUID('{}')", self.show()).into())
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a `UUID`")
    }
}

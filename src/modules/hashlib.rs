//! `hashlib` (MD5, SHA-1, the SHA-2 family) and `base64`.
//!
//! Left out: other hashes, base 32 and 85, alternative characters.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, STANDARD, URL_SAFE};
use sha1::Digest;

use super::support::{done, need_text, no_form, not_modelled, receiver};
use super::{Member, ModuleTable};
use crate::datum::{Cause, Datum};
use crate::eval::{Collector, Vm};
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// The rows of `hashlib`.
pub static HASHLIB: ModuleTable = ModuleTable {
    name: "hashlib",
    members: &[
        ("md5", Member::Function(Native::new("md5", |_, args| make(args, "md5")))),
        (
            "new",
            Member::Function(Native::new("new", |vm, mut args| {
                let name = need_text(&mut args, "name")?.to_lowercase();
                match ALGORITHMS.iter().find(|(known, _)| *known == name) {
                    Some((known, _)) => make(args, known),
                    None => not_modelled(vm, format!("the hash `{name}` is not modelled")),
                }
            })),
        ),
        ("sha1", Member::Function(Native::new("sha1", |_, args| make(args, "sha1")))),
        ("sha224", Member::Function(Native::new("sha224", |_, args| make(args, "sha224")))),
        ("sha256", Member::Function(Native::new("sha256", |_, args| make(args, "sha256")))),
        ("sha384", Member::Function(Native::new("sha384", |_, args| make(args, "sha384")))),
        ("sha512", Member::Function(Native::new("sha512", |_, args| make(args, "sha512")))),
    ],
};

/// The rows of `base64`.
pub static BASE64: ModuleTable = ModuleTable {
    name: "base64",
    members: &[
        ("b64decode", Member::Function(Native::new("b64decode", |vm, args| decode(vm, args, &STANDARD)))),
        ("b64encode", Member::Function(Native::new("b64encode", |vm, args| encode(vm, args, &STANDARD)))),
        (
            "standard_b64decode",
            Member::Function(Native::new("standard_b64decode", |vm, args| decode(vm, args, &STANDARD))),
        ),
        (
            "standard_b64encode",
            Member::Function(Native::new("standard_b64encode", |vm, args| encode(vm, args, &STANDARD))),
        ),
        (
            "urlsafe_b64decode",
            Member::Function(Native::new("urlsafe_b64decode", |vm, args| decode(vm, args, &URL_SAFE))),
        ),
        (
            "urlsafe_b64encode",
            Member::Function(Native::new("urlsafe_b64encode", |vm, args| encode(vm, args, &URL_SAFE))),
        ),
    ],
};

type Hash = fn(&[u8]) -> Vec<u8>;

const ALGORITHMS: [(&str, Hash); 6] = [
    ("md5", |bytes| md5::Md5::digest(bytes).to_vec()),
    ("sha1", |bytes| sha1::Sha1::digest(bytes).to_vec()),
    ("sha224", |bytes| sha2::Sha224::digest(bytes).to_vec()),
    ("sha256", |bytes| sha2::Sha256::digest(bytes).to_vec()),
    ("sha384", |bytes| sha2::Sha384::digest(bytes).to_vec()),
    ("sha512", |bytes| sha2::Sha512::digest(bytes).to_vec()),
];

/// A hash object: what it was fed so far.
struct Hasher {
    name: &'static str,
    fed: RefCell<Vec<u8>>,
    open: RefCell<Option<Cause>>,
}

static HASH: Type = Type {
    methods: &[
        Native::new("update", |vm, mut args| {
            let this = receiver::<Hasher>(&mut args, &HASH)?;
            let added = bytes_arg(&mut args, "data")?;
            args.finish()?;
            super::support::within_size(vm, this.fed.borrow().len() + added.len())?;
            this.fed.borrow_mut().extend_from_slice(&added);
            Ok(Value::None)
        })
        .mutating(),
        Native::new("digest", |vm, mut args| {
            let this = receiver::<Hasher>(&mut args, &HASH)?;
            this.digest(vm).map(|digest| Value::Bytes(digest.into()))
        }),
        Native::new("hexdigest", |vm, mut args| {
            let this = receiver::<Hasher>(&mut args, &HASH)?;
            let digest = this.digest(vm)?;
            Ok(Value::from(super::support::hex(&digest)))
        }),
        Native::new("copy", |_, mut args| {
            let this = receiver::<Hasher>(&mut args, &HASH)?;
            let fed = this.fed.clone();
            Ok(Value::object(Hasher { name: this.name, fed, open: this.open.clone() }))
        }),
    ],
    ..Type::new("_hashlib", "HASH", |_, _| Err(Stop::type_error("cannot create '_hashlib.HASH' instances")))
};

fn make(mut args: Args, name: &'static str) -> Eval<Value> {
    let initial =
        if args.positional.is_empty() && args.named.iter().all(|(name, _)| &**name == "usedforsecurity") {
            Vec::new()
        } else {
            bytes_arg(&mut args, "string")?
        };
    drop(args.named("usedforsecurity"));
    args.finish()?;
    Ok(Value::object(Hasher { name, fed: RefCell::new(initial), open: RefCell::default() }))
}

fn bytes_arg(args: &mut Args, name: &str) -> Eval<Vec<u8>> {
    match args.expect(name)? {
        Value::Bytes(bytes) => Ok(bytes.to_vec()),
        Value::Str(_) => Err(Stop::type_error("Strings must be encoded before hashing")),
        other => Err(Stop::type_error(format!(
            "object supporting the buffer API required, not {}",
            other.type_name()
        ))),
    }
}

impl Hasher {
    fn digest(&self, vm: &mut Vm) -> Eval<Vec<u8>> {
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
        let fed = self.fed.borrow();
        vm.spend(fed.len() / 64)?;
        let hash = ALGORITHMS.iter().find(|(name, _)| *name == self.name).map(|(_, hash)| hash(&fed));
        Ok(hash.unwrap_or_default())
    }
}

impl Object for Hasher {
    fn class(&self) -> Option<&'static Type> {
        Some(&HASH)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "name").then(|| Value::str(self.name)))
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a hash object")
    }
}

fn encode(vm: &Vm, mut args: Args, engine: &GeneralPurpose) -> Eval<Value> {
    let bytes = match args.expect("s")? {
        Value::Bytes(bytes) => bytes,
        other => {
            return Err(Stop::type_error(format!(
                "a bytes-like object is required, not '{}'",
                other.type_name()
            )));
        }
    };
    done(vm, args)?;
    Ok(Value::Bytes(engine.encode(&bytes).into_bytes().into()))
}

fn decode(vm: &mut Vm, mut args: Args, engine: &GeneralPurpose) -> Eval<Value> {
    let bytes = match args.expect("s")? {
        Value::Bytes(bytes) => bytes.to_vec(),
        value => super::support::text(&value)?.as_bytes().to_vec(),
    };
    done(vm, args)?;
    match engine.decode(&bytes) {
        Ok(decoded) => Ok(Value::Bytes(decoded.into())),
        Err(_) => not_modelled(vm, "decoding this as base 64 is not modelled"),
    }
}

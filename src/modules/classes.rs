//! Modules that make classes special: `abc`, `enum`, `__future__`, and `types` as far as it is met.
//!
//! What an enum or a named tuple does is the evaluator's. Left out: `Enum` called as a function, metaclasses of
//! the user's.

use std::cell::RefCell;
use std::rc::Rc;

use super::support::{identity, no_form, not_modelled};
use super::typing::Base;
use super::{Member, ModuleTable};
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::descriptor::PROPERTY;
use crate::value::{Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// The rows of `abc`.
pub static ABC_MODULE: ModuleTable = ModuleTable {
    name: "abc",
    members: &[
        ("ABC", Member::Constant(|| Value::object(Base("ABC")))),
        ("ABCMeta", Member::Class(&ABC_META)),
        ("abstractclassmethod", Member::Class(&crate::value::descriptor::CLASS_METHOD)),
        ("abstractmethod", Member::Function(identity("abstractmethod"))),
        ("abstractproperty", Member::Class(&PROPERTY)),
        ("abstractstaticmethod", Member::Class(&crate::value::descriptor::STATIC_METHOD)),
    ],
};

static ABC_META: Type =
    Type::new("abc", "ABCMeta", |vm, _| not_modelled(vm, "a call of `abc.ABCMeta` is not modelled"));

/// The rows of `enum`.
pub static ENUM: ModuleTable = ModuleTable {
    name: "enum",
    members: &[
        ("Enum", Member::Class(&ENUM_CLASS)),
        ("EnumMeta", Member::Class(&ENUM_META)),
        ("EnumType", Member::Class(&ENUM_META)),
        ("IntEnum", Member::Class(&INT_ENUM)),
        ("StrEnum", Member::Class(&STR_ENUM)),
        ("auto", Member::Class(&AUTO)),
        ("unique", Member::Function(identity("unique"))),
        ("verify", Member::Function(Native::new("verify", |_, _| Ok(Value::Native(&UNCHANGED))))),
    ],
};

static UNCHANGED: Native = identity("decorator");

macro_rules! enum_classes {
    ($($constant:ident $name:literal;)+) => {
        $(static $constant: Type = Type::new("enum", $name, |vm, _| {
            not_modelled(vm, concat!("a call of `enum.", $name, "` is not modelled"))
        });)+
    };
}

enum_classes! {
    ENUM_CLASS "Enum";
    ENUM_META "EnumType";
    INT_ENUM "IntEnum";
    STR_ENUM "StrEnum";
}

/// `enum.auto()`, whose value the class gives.
struct Auto;

static AUTO: Type = Type::new("enum", "auto", |_, args| {
    args.finish()?;
    Ok(Value::object(Auto))
});

impl Object for Auto {
    fn class(&self) -> Option<&'static Type> {
        Some(&AUTO)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "`auto()`")
    }
}

/// The rows of `__future__`.
pub static FUTURE: ModuleTable = ModuleTable {
    name: "__future__",
    members: &[
        ("absolute_import", Member::Constant(|| Value::None)),
        ("annotations", Member::Constant(|| Value::None)),
        ("division", Member::Constant(|| Value::None)),
        ("print_function", Member::Constant(|| Value::None)),
        ("unicode_literals", Member::Constant(|| Value::None)),
    ],
};

/// The rows of `types`.
pub static TYPES: ModuleTable = ModuleTable {
    name: "types",
    members: &[
        ("BuiltinFunctionType", Member::Class(&crate::value::types::BUILTIN_FUNCTION)),
        ("FunctionType", Member::Class(&crate::value::types::FUNCTION)),
        ("LambdaType", Member::Class(&crate::value::types::FUNCTION)),
        (
            "MappingProxyType",
            Member::Function(Native::new("MappingProxyType", |_, mut args| {
                let mapping = args.expect("mapping")?;
                args.finish()?;
                Ok(mapping)
            })),
        ),
        ("MethodType", Member::Class(&crate::value::types::METHOD)),
        ("ModuleType", Member::Class(&crate::value::types::MODULE)),
        ("NoneType", Member::Class(&crate::value::types::NONE_TYPE)),
        ("SimpleNamespace", Member::Class(&SIMPLE_NAMESPACE)),
    ],
};

/// A `types.SimpleNamespace`.
struct Namespace {
    attrs: RefCell<IndexMap<Rc<str>, Value>>,
    open: RefCell<Option<Cause>>,
    /// Why two of them are not compared.
    unclear: Cause,
}

static SIMPLE_NAMESPACE: Type = Type {
    new: Native::new("SimpleNamespace", simple_namespace).lenient(),
    ..Type::new("types", "SimpleNamespace", simple_namespace)
};

fn simple_namespace(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let mut attrs = IndexMap::default();
    if let Some(mapping) = args.pop() {
        for (name, value) in vm.mapping_items(&mapping)? {
            attrs.insert(super::support::text(&name)?, value);
        }
    }
    for (name, arg) in std::mem::take(&mut args.named) {
        attrs.insert(name, arg.value);
    }
    args.finish()?;
    let unclear = vm.cause(CauseKind::NotModelled, "comparing `SimpleNamespace`s is not modelled");
    Ok(Value::object(Namespace { attrs: RefCell::new(attrs), open: RefCell::default(), unclear }))
}

crate::value::release::released!(Namespace);

impl Object for Namespace {
    fn class(&self) -> Option<&'static Type> {
        Some(&SIMPLE_NAMESPACE)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if let Some(cause) = &*self.open.borrow() {
            return Ok(Some(Value::Unknown(cause.clone())));
        }
        if name == "__dict__" {
            let attrs = self.attrs.borrow().clone();
            return Ok(Some(Value::dict(attrs)));
        }
        match self.attrs.borrow().get(name) {
            Some(value) => Ok(Some(value.clone())),
            None if name.starts_with("__") => Ok(None),
            None => Err(Stop::raise(
                &crate::value::exception::ATTRIBUTE_ERROR,
                format!("'types.SimpleNamespace' object has no attribute '{name}'"),
            )),
        }
    }

    fn effect(&self) -> Effect {
        Effect::Receiver
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, name: &str, value: Value, _span: Span) -> Eval<bool> {
        self.attrs.borrow_mut().insert(name.into(), value);
        Ok(true)
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        match other.downcast::<Namespace>() {
            Some(_) => Err(Stop::Unknown(self.unclear.clone())),
            None => Ok(Some(false)),
        }
    }

    fn repr(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        let mut parts = Vec::new();
        let attrs = self.attrs.borrow().clone();
        for (name, value) in attrs {
            parts.push(format!("{name}={}", vm.repr(&value)?));
        }
        Ok(format!("namespace({})", parts.join(", ")).into())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.attrs.borrow().values().for_each(visit);
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        no_form(collector, "a `SimpleNamespace`")
    }
}

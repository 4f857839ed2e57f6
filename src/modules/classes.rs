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
use crate::value::{Args, Effect, Eval, Native, Object, Operation, Stop, Type, Value};

/// The rows of `abc`.
pub static ABC_MODULE: ModuleTable = ModuleTable {
    name: "abc",
    members: &[
        ("ABC", Member::Constant(|| Value::object(Base("ABC")))),
        ("ABCMeta", Member::Class(&ABC_META)),
        ("abstractclassmethod", Member::Class(&crate::value::descriptor::CLASS_METHOD)),
        ("abstractmethod", Member::Function(Native::new("abstractmethod", abstractmethod).lenient())),
        ("abstractproperty", Member::Class(&PROPERTY)),
        ("abstractstaticmethod", Member::Class(&crate::value::descriptor::STATIC_METHOD)),
    ],
};

/// Marks a function, so that the class it stands in makes no instances.
fn abstractmethod(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let function = args.expect("funcobj")?;
    args.finish()?;
    if let Value::Function(function) = &function {
        function.attrs.borrow_mut().insert("__isabstractmethod__".into(), Value::Bool(true));
    }
    Ok(function)
}

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
        ("unique", Member::Function(Native::new("unique", unique).lenient())),
        ("verify", Member::Function(Native::new("verify", |_, _| Ok(Value::Native(&UNCHANGED))))),
    ],
};

/// Raises where two names of an enum stand for one member.
fn unique(_: &mut Vm, mut args: Args) -> Eval<Value> {
    let class = args.expect("enumeration")?;
    args.finish()?;
    let Value::Class(enumeration) = &class else { return Ok(class) };
    let members: Vec<(Rc<str>, Value)> = enumeration
        .attrs
        .borrow()
        .iter()
        .filter(
            |(_, value)| matches!(value, Value::Instance(member) if Rc::ptr_eq(&member.class, enumeration)),
        )
        .map(|(name, value)| (Rc::clone(name), value.clone()))
        .collect();
    let mut aliases = Vec::new();
    for (at, (name, member)) in members.iter().enumerate() {
        if let Some((first, _)) = members[..at].iter().find(|(_, other)| other.is(member)) {
            aliases.push(format!("{name} -> {first}"));
        }
    }
    if aliases.is_empty() {
        return Ok(class);
    }
    let message = format!("duplicate values found in <enum '{}'>: {}", enumeration.name, aliases.join(", "));
    Err(Stop::value_error(message))
}

/// `Enum("Name", names)`: names in one text or a list, pairs with values, or a dict of them.
fn functional(vm: &mut Vm, mut args: Args, class: &'static Type) -> Eval<Value> {
    let name = super::support::need_text(&mut args, "value")?;
    let names = args.expect("names")?;
    let start = args.named("start").unwrap_or_else(|| Value::int(1));
    for name in ["module", "qualname"] {
        drop(args.named(name));
    }
    super::support::done(vm, args)?;
    let items = match &names {
        Value::Str(names) => names.replace(',', " ").split_whitespace().map(Value::str).collect(),
        Value::Dict(_) => {
            let items = vm.mapping_items(&names)?;
            items.into_iter().map(|(key, value)| Value::tuple([key, value])).collect()
        }
        names => vm.iterate(names)?,
    };
    let mut attrs = IndexMap::default();
    for (at, item) in items.into_iter().enumerate() {
        let (name, value) = match super::support::as_text(&item) {
            Some(name) if class.name == "StrEnum" => {
                let value = Value::str(name.to_lowercase());
                (name, value)
            }
            Some(name) => (name, vm.binary(ruff_python_ast::Operator::Add, &start, &Value::int(at))?),
            None => match vm.iterate(&item)?.as_slice() {
                [name, value] => (super::support::text(name)?, value.clone()),
                _ => return not_modelled(vm, "these names of an enum are not modelled"),
            },
        };
        attrs.insert(name, value);
    }
    vm.make_class(name, vec![Value::Type(class)], attrs)
}

static UNCHANGED: Native = identity("decorator");

static ENUM_CLASS: Type = Type::new("enum", "Enum", |vm, args| functional(vm, args, &ENUM_CLASS));

static ENUM_META: Type =
    Type::new("enum", "EnumType", |vm, _| not_modelled(vm, "a call of `enum.EnumType` is not modelled"));

static INT_ENUM: Type = Type {
    base: Some(&crate::value::number::INT),
    ..Type::new("enum", "IntEnum", |vm, args| functional(vm, args, &INT_ENUM))
};

static STR_ENUM: Type = Type {
    base: Some(&crate::value::string::STR),
    ..Type::new("enum", "StrEnum", |vm, args| functional(vm, args, &STR_ENUM))
};

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

    fn binary(self: Rc<Self>, vm: &mut Vm, _operation: Operation<'_>) -> Eval<Option<Value>> {
        not_modelled(vm, "a value made of `auto()` is not modelled")
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
        ("MappingProxyType", Member::Class(&crate::value::mapping_proxy::MAPPING_PROXY)),
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
        if let Some(cause) = &*self.open.borrow() {
            return Err(Stop::Unknown(cause.clone()));
        }
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

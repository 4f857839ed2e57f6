//! The classes of built-in values, and what `type`, `isinstance` and `issubclass` say of any value.

use std::rc::Rc;

use super::bytes::BYTES;
use super::container::DictKind;
use super::dict::DICT;
use super::dict_kinds::{COUNTER, DEFAULT_DICT, ORDERED_DICT};
use super::list::LIST;
use super::number::{BOOL, FLOAT, INT};
use super::range::RANGE;
use super::set::{FROZEN_SET, SET};
use super::string::STR;
use super::tuple::TUPLE;
use super::{Eval, Native, Stop, Type, Value};
use crate::eval::Vm;

/// `object`: what every value has.
pub static OBJECT: Type = Type {
    methods: &[
        Native::new("__str__", |vm, mut args| {
            let value = args.need()?;
            args.finish()?;
            vm.plain_str(&value).map(Value::Str)
        }),
        Native::new("__repr__", |vm, mut args| {
            let value = args.need()?;
            args.finish()?;
            vm.plain_repr(&value).map(Value::Str)
        }),
        Native::new("__format__", |vm, mut args| {
            let (value, spec) = (args.need()?, args.need()?.text().unwrap_or_default());
            args.finish()?;
            vm.format(&value, &spec).map(Value::Str)
        }),
        Native::new("__eq__", |_, mut args| {
            let same = args.need()?.is(&args.need()?);
            args.finish()?;
            Ok(if same { Value::Bool(true) } else { Value::NotImplemented })
        }),
        Native::new("__ne__", |vm, mut args| {
            let equal = vm.equals(&args.need()?, &args.need()?)?;
            args.finish()?;
            Ok(Value::Bool(!equal))
        }),
        Native::new("__hash__", |vm, mut args| {
            let value = args.need()?;
            vm.hash(&value)
        }),
        Native::new("__getattribute__", |vm, mut args| {
            let (value, name) = (args.need()?, args.need()?.text().unwrap_or_default());
            vm.attr(&value, &name)
        }),
        Native::new("__setattr__", |vm, mut args| {
            let target = args.need()?;
            let name = args.need()?.known()?.text().unwrap_or_default();
            let (value, span) = (args.need()?, args.span);
            match &target {
                Value::Instance(instance) => {
                    vm.store_attr(&target, instance, &name, Some(value), span)?;
                }
                _ => vm.set_attr(&target, &name, value, span)?,
            }
            Ok(Value::None)
        })
        .mutating(),
        Native::new("__init__", |_, _| Ok(Value::None)).lenient(),
    ],
    ..Type::new("builtins", "object", |vm, args| {
        args.finish()?;
        vm.unsupported("a bare `object()` is not modelled")
    })
};

macro_rules! plain_types {
    ($($(#[doc = $doc:literal])+ $name:ident $text:literal $module:literal;)+) => {
        $($(#[doc = $doc])+ pub static $name: Type = Type::new($module, $text, |vm, _| {
            vm.unsupported(concat!("a call of the class `", $text, "` is not modelled"))
        });)+
    };
}

plain_types! {
    /// `type(None)`.
    NONE_TYPE "NoneType" "builtins";
    /// `type(...)`.
    ELLIPSIS "ellipsis" "builtins";
    /// `type(NotImplemented)`.
    NOT_IMPLEMENTED "NotImplementedType" "builtins";
    /// The class of functions.
    FUNCTION "function" "builtins";
    /// The class of functions of the library.
    BUILTIN_FUNCTION "builtin_function_or_method" "builtins";
    /// The class of bound methods.
    METHOD "method" "builtins";
    /// The class of modules.
    MODULE "module" "builtins";
    /// The class of the unions that `int | str` makes.
    UNION "UnionType" "types";
    /// The class of `list[int]` and its kin.
    GENERIC_ALIAS "GenericAlias" "types";
}

/// The class of iterators whose kind does not matter.
pub static ITERATOR: Type = Type {
    methods: &[
        Native::new("__iter__", |_, mut args| args.need()),
        Native::new("__next__", |vm, mut args| {
            let iterator = args.need()?;
            vm.next_or_raise(&iterator)
        })
        .mutating(),
        Native::new("close", |_, _| Ok(Value::None)).mutating(),
    ],
    ..Type::new("builtins", "iterator", |vm, _| vm.unsupported("iterators have no constructor"))
};

/// `type`.
pub static TYPE: Type = Type::new("builtins", "type", |vm, mut args| {
    let value = args.need()?;
    if !args.positional.is_empty() {
        return make_class(vm, &value, args);
    }
    args.finish()?;
    class_of(vm, &value)
});

/// `type(name, bases, namespace)`.
fn make_class(vm: &mut Vm, name: &Value, mut args: super::Args) -> Eval<Value> {
    let bases = args.need()?.known()?;
    let namespace = args.need()?.known()?;
    args.finish()?;
    let (Some(name), Value::Tuple(bases)) = (name.text(), bases) else {
        return Err(Stop::type_error("type.__new__() argument 2 must be tuple"));
    };
    let bases: Vec<Value> = bases.iter().filter(|base| !base.is(&Value::Type(&OBJECT))).cloned().collect();
    let mut attrs = crate::map::IndexMap::default();
    attrs.insert(Rc::from("__doc__"), Value::None);
    for (key, value) in vm.mapping_items(&namespace)? {
        let Some(key) = key.text() else {
            return vm.unsupported("a class with names that are no text is not followed");
        };
        attrs.insert(key, value);
    }
    vm.make_class(name, bases, attrs)
}

/// The class of a value, where that is a table of the library; `None` for instances of the user's classes and for unknowns.
pub fn type_of(value: &Value) -> Option<&'static Type> {
    Some(match value {
        Value::None => &NONE_TYPE,
        Value::Ellipsis => &ELLIPSIS,
        Value::NotImplemented => &NOT_IMPLEMENTED,
        Value::Bool(_) => &BOOL,
        Value::Int(_) => &INT,
        Value::Float(_) => &FLOAT,
        Value::Str(_) => &STR,
        Value::Bytes(_) => &BYTES,
        Value::Tuple(_) => &TUPLE,
        Value::List(_) => &LIST,
        Value::Dict(dict) => match dict.kind {
            DictKind::Plain => &DICT,
            DictKind::Ordered => &ORDERED_DICT,
            DictKind::Default(_) => &DEFAULT_DICT,
            DictKind::Counter => &COUNTER,
        },
        Value::Set(set) if set.frozen => &FROZEN_SET,
        Value::Set(_) => &SET,
        Value::Range(_) => &RANGE,
        Value::Iter(_) => &ITERATOR,
        Value::Function(_) => &FUNCTION,
        Value::Native(_) => &BUILTIN_FUNCTION,
        Value::Method(method) => match method.function {
            Value::Native(_) => &BUILTIN_FUNCTION,
            _ => &METHOD,
        },
        Value::Type(_) | Value::Class(_) => &TYPE,
        Value::Module(_) => &MODULE,
        Value::Object(object) => return object.class(),
        Value::Instance(_) | Value::Unknown(_) => return None,
    })
}

/// `type(value)`.
pub fn class_of(vm: &mut Vm, value: &Value) -> Eval<Value> {
    match value {
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        Value::Instance(instance) => Ok(Value::Class(Rc::clone(&instance.class))),
        Value::Object(object) => match object.class_value() {
            Some(class) => Ok(class),
            None => vm.unsupported(format!("the class of a `{}` is not modelled", object.type_name())),
        },
        Value::Class(class) if !class.foreign_bases().is_empty() => {
            vm.unsupported(format!("the class of the class `{}` is not modelled", class.name))
        }
        _ => match type_of(value) {
            Some(class) => Ok(Value::Type(class)),
            None => vm.unsupported("the class of this value is not modelled"),
        },
    }
}

/// Data attributes of built-in values.
pub fn field(vm: &mut Vm, value: &Value, name: &str) -> Eval<Option<Value>> {
    let _ = vm;
    Ok(match (value, name) {
        (Value::Int(_), "real" | "numerator") | (Value::Float(_), "real") => Some(value.clone()),
        (Value::Bool(flag), "real" | "numerator") => Some(Value::int(u8::from(*flag))),
        (Value::Int(_) | Value::Bool(_), "imag") => Some(Value::int(0)),
        (Value::Int(_) | Value::Bool(_), "denominator") => Some(Value::int(1)),
        (Value::Float(_), "imag") => Some(Value::Float(0.0)),
        (Value::Range(range), "start") => Some(Value::int(range.start.clone())),
        (Value::Range(range), "stop") => Some(Value::int(range.stop.clone())),
        (Value::Range(range), "step") => Some(Value::int(range.step.clone())),
        (Value::Dict(dict), "default_factory") => match &dict.kind {
            DictKind::Default(factory) => Some(factory.clone()),
            DictKind::Plain | DictKind::Ordered | DictKind::Counter => None,
        },
        _ => None,
    })
}

/// Whether values may have an attribute of this name that no table here has: what `object`, `type` and functions bring.
pub fn is_common(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "__annotations__",
        "__base__",
        "__bases__",
        "__basicsize__",
        "__builtins__",
        "__class_getitem__",
        "__closure__",
        "__code__",
        "__defaults__",
        "__delattr__",
        "__dict__",
        "__dictoffset__",
        "__dir__",
        "__doc__",
        "__flags__",
        "__ge__",
        "__get__",
        "__getnewargs__",
        "__getstate__",
        "__globals__",
        "__gt__",
        "__init_subclass__",
        "__instancecheck__",
        "__itemsize__",
        "__kwdefaults__",
        "__le__",
        "__lt__",
        "__mro__",
        "__new__",
        "__objclass__",
        "__or__",
        "__prepare__",
        "__reduce__",
        "__reduce_ex__",
        "__ror__",
        "__self__",
        "__setstate__",
        "__sizeof__",
        "__subclasscheck__",
        "__subclasses__",
        "__subclasshook__",
        "__text_signature__",
        "__type_params__",
        "__weakrefoffset__",
        "mro",
    ];
    NAMES.binary_search(&name).is_ok()
}

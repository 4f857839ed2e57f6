//! The classes of built-in values, and what `type`, `isinstance` and `issubclass` say of any value.

use std::rc::Rc;

use super::bytes::BYTES;
use super::class::Flavour;
use super::container::DictKind;
use super::dict::DICT;
use super::dict_kinds::{COUNTER, DEFAULT_DICT, ORDERED_DICT};
use super::list::LIST;
use super::number::{BOOL, FLOAT, INT};
use super::range::RANGE;
use super::set::{FROZEN_SET, SET};
use super::string::STR;
use super::tuple::TUPLE;
use super::{Args, Class, Eval, Native, Object, Stop, Type, Value};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};

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
        return vm.unsupported("`type` with three arguments makes a class, which is not followed");
    }
    args.finish()?;
    class_of(vm, &value)
});

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

impl Vm {
    /// `isinstance(value, class)`; `class` may be a tuple or a union.
    pub fn is_instance(&mut self, value: &Value, class: &Value) -> Eval<bool> {
        self.any_class(class, |vm, class| vm.is_instance_of(value, class))
    }

    /// `issubclass(class, other)`; `other` may be a tuple or a union.
    pub fn is_subclass(&mut self, class: &Value, other: &Value) -> Eval<bool> {
        self.any_class(other, |vm, other| match (class, other) {
            (Value::Unknown(cause), _) => Err(Stop::Unknown(cause.clone())),
            (Value::Class(_) | Value::Type(_), Value::Type(other))
                if std::ptr::eq(*other, &raw const OBJECT) =>
            {
                Ok(true)
            }
            (Value::Type(class), Value::Type(other)) => match abstract_kind(other) {
                Some(()) => vm.unsupported(format!("a test against `{}` is not modelled", other.path())),
                None => Ok(class.is_subtype(other)),
            },
            (Value::Class(class), _) => vm.class_derives(class, other),
            (Value::Type(_), Value::Class(_)) => Ok(false),
            (Value::Type(_) | Value::Object(_), _) if class.is(other) => Ok(true),
            (Value::Type(_) | Value::Object(_), _) => {
                vm.unsupported("whether this class derives from the other is not modelled")
            }
            _ => Err(Stop::type_error("issubclass() arg 1 must be a class")),
        })
    }

    /// Whether `test` holds for one of the classes in `class`.
    fn any_class(
        &mut self,
        class: &Value,
        mut test: impl FnMut(&mut Self, &Value) -> Eval<bool>,
    ) -> Eval<bool> {
        let mut doubt = None;
        let mut rest = vec![class.clone()];
        while let Some(class) = rest.pop() {
            self.spend(1)?;
            match &class {
                Value::Tuple(items) => rest.extend(items.iter().rev().cloned()),
                Value::Object(_) if class.downcast::<Union>().is_some() => {
                    let members = class.downcast::<Union>().map(|union| union.members.clone());
                    // `None` stands for its class inside a union.
                    rest.extend(members.unwrap_or_default().into_iter().rev().map(|member| match member {
                        Value::None => Value::Type(&NONE_TYPE),
                        member => member,
                    }));
                }
                _ => match test(self, &class) {
                    Ok(true) => return Ok(true),
                    Ok(false) => {}
                    Err(Stop::Unknown(cause)) => doubt = Some(cause),
                    Err(stop) => return Err(stop),
                },
            }
        }
        match doubt {
            Some(cause) => Err(Stop::Unknown(cause)),
            None => Ok(false),
        }
    }

    fn is_instance_of(&mut self, value: &Value, class: &Value) -> Eval<bool> {
        match (value, class) {
            (_, Value::Unknown(cause)) | (Value::Unknown(cause), _) => Err(Stop::Unknown(cause.clone())),
            (_, Value::Type(class)) if std::ptr::eq(*class, &raw const OBJECT) => Ok(true),
            (Value::Instance(instance), _) => self.class_derives(&instance.class, class),
            (Value::Class(_), Value::Type(class)) if !std::ptr::eq(*class, &raw const TYPE) => {
                self.unsupported("the class of a class is not modelled")
            }
            (_, Value::Type(class)) if abstract_kind(class).is_some() => self.is_abstract(value, class),
            (Value::Object(object), Value::Class(_) | Value::Object(_))
                if object.is_instance_of(class).is_some() =>
            {
                Ok(object.is_instance_of(class) == Some(true))
            }
            (Value::Object(object), _) => match object.class_value() {
                Some(Value::Type(own)) => match class {
                    Value::Type(class) => Ok(own.is_subtype(class)),
                    Value::Class(_) => Ok(false),
                    _ => self.unsupported("whether this object is of that class is not modelled"),
                },
                Some(own) if own.is(class) => Ok(true),
                Some(_) | None => match class {
                    Value::Type(class) if class.module == "builtins" && object.class().is_none() => Ok(false),
                    Value::Class(_) => Ok(false),
                    _ => self.unsupported("whether this object is of that class is not modelled"),
                },
            },
            (_, Value::Type(class)) => Ok(type_of(value).is_some_and(|own| own.is_subtype(class))),
            (_, Value::Class(class)) => match class.why_open() {
                Some(cause) => Err(Stop::Unknown(cause)),
                None if has_abstract_base(class) => {
                    self.unsupported(format!("a test against the class `{}` is not modelled", class.name))
                }
                None => Ok(false),
            },
            // A modelled class has no built-in value for an instance; what is no class, `typing.List` say, may have.
            (_, Value::Object(class)) => match &*class.type_name() {
                "type" | "EnumType" => Ok(false),
                name => self.unsupported(format!("a test against a `{name}` is not modelled")),
            },
            _ => Err(Stop::type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
        }
    }

    /// Whether a class of the user's derives from `other`.
    fn class_derives(&mut self, class: &Rc<Class>, other: &Value) -> Eval<bool> {
        let derives = match other {
            Value::Class(other) => class.is_subclass(other),
            Value::Type(other) => {
                let bases = class.foreign_bases();
                let found =
                    bases.iter().any(|base| matches!(base, Value::Type(base) if base.is_subtype(other)));
                if !found && abstract_kind(other).is_some() {
                    return self.unsupported(format!("a test against `{}` is not modelled", other.path()));
                }
                found
                    || class.effective_flavour() == Flavour::NamedTuple
                        && std::ptr::eq(*other, &raw const TUPLE)
            }
            Value::Object(_) => {
                let bases = class.foreign_bases();
                if !bases.iter().any(|base| base.is(other))
                    && bases.iter().any(|b| matches!(b, Value::Object(_)))
                {
                    return self.unsupported("whether this class derives from the other is not modelled");
                }
                bases.iter().any(|base| base.is(other))
            }
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            _ => {
                return Err(Stop::type_error(
                    "issubclass() arg 2 must be a class, a tuple of classes, or a union",
                ));
            }
        };
        match class.why_open() {
            Some(cause) if !derives => Err(Stop::Unknown(cause)),
            Some(_) | None => Ok(derives),
        }
    }

    /// `isinstance` against a class that says what its instances can do.
    fn is_abstract(&mut self, value: &Value, class: &'static Type) -> Eval<bool> {
        let is = |kinds: &[&'static Type]| {
            type_of(value).is_some_and(|own| kinds.iter().any(|kind| own.is_subtype(kind)))
        };
        if let Value::Object(object) = value
            && object.class().is_some_and(|own| own.is_subtype(class))
        {
            return Ok(true);
        }
        let known = !matches!(value, Value::Object(_) | Value::Module(_));
        let sequences: &[&Type] = &[&STR, &BYTES, &LIST, &TUPLE, &RANGE];
        let sets: &[&Type] = &[&SET, &FROZEN_SET];
        match class.name {
            "Callable" if known => Ok(self.is_callable(value)?),
            "Iterable" if known => Ok(is(sequences) || is(sets) || is(&[&DICT, &ITERATOR])),
            "Collection" | "Sized" | "Container" if known => Ok(is(sequences) || is(sets) || is(&[&DICT])),
            "Reversible" if known => Ok(is(sequences) || is(&[&DICT])),
            "Iterator" | "Generator" if known && !matches!(value, Value::Iter(_)) => Ok(false),
            "Sequence" if known => Ok(is(sequences)),
            "MutableSequence" if known => Ok(is(&[&LIST])),
            "Mapping" | "MutableMapping" if known => Ok(is(&[&DICT])),
            "Set" if known => Ok(is(sets)),
            "MutableSet" if known => Ok(is(&[&SET])),
            "ByteString" if known => Ok(is(&[&BYTES])),
            "Hashable" if known => Ok(!is(&[&LIST, &DICT, &SET])),
            "Number" | "Complex" | "Real" if known => Ok(is(&[&INT, &FLOAT])),
            "Rational" | "Integral" if known => Ok(is(&[&INT])),
            "Awaitable" | "Coroutine" | "AsyncIterable" | "AsyncIterator" | "PathLike" | "Protocol"
                if known && !matches!(value, Value::Iter(_)) =>
            {
                Ok(false)
            }
            _ => self.unsupported(format!("a test against `{}` is not modelled", class.path())),
        }
    }

    /// `callable(value)`.
    pub fn is_callable(&mut self, value: &Value) -> Eval<bool> {
        Ok(match value {
            Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
            Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Type(_) | Value::Class(_) => {
                true
            }
            Value::Instance(_) => self.special(value, "__call__")?.is_some(),
            Value::Object(object) => {
                if object.class().is_some_and(|class| class.module == "builtins") {
                    return Ok(value.downcast::<super::descriptor::StaticMethod>().is_some());
                }
                return self.unsupported(format!(
                    "whether a `{}` can be called is not modelled",
                    object.type_name()
                ));
            }
            _ => false,
        })
    }
}

/// A class of `collections.abc`, `typing`, `numbers` and their kin that looks at what a value can do.
fn abstract_kind(class: &Type) -> Option<()> {
    matches!(class.module, "collections.abc" | "_collections_abc" | "typing" | "numbers" | "abc" | "os")
        .then_some(())
        .filter(|()| class.name != "ABC")
}

fn has_abstract_base(class: &Rc<Class>) -> bool {
    class.foreign_bases().iter().any(|base| matches!(base, Value::Type(base) if base.name == "Protocol"))
        || class.lookup("__subclasshook__").is_some()
}

/// `int | str`.
#[derive(Debug)]
pub struct Union {
    /// Its members: classes and `None`.
    pub members: Vec<Value>,
}

impl Object for Union {
    fn class(&self) -> Option<&'static Type> {
        Some(&UNION)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "__args__").then(|| Value::tuple(self.members.clone())))
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<Union>() else { return Ok(None) };
        let within = |a: &[Value], b: &[Value]| a.iter().all(|one| b.iter().any(|other| one.is(other)));
        Ok(Some(within(&self.members, &other.members) && within(&other.members, &self.members)))
    }

    fn binary(
        self: Rc<Self>,
        _vm: &mut Vm,
        op: ruff_python_ast::Operator,
        other: &Value,
        reflected: bool,
        _span: crate::source::Span,
    ) -> Eval<Option<Value>> {
        let own = Value::Object(Rc::clone(&self) as super::ObjectRef);
        Ok(match op {
            ruff_python_ast::Operator::BitOr if reflected => union_of(other, &own),
            ruff_python_ast::Operator::BitOr => union_of(&own, other),
            _ => None,
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.members.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "a union of classes has no form in a definition"),
        )
    }
}

/// `left | right` for classes, unions and `None`; nothing for other values.
pub fn union_of(left: &Value, right: &Value) -> Option<Value> {
    let mut members: Vec<Value> = Vec::new();
    for side in [left, right] {
        match side {
            Value::None | Value::Type(_) | Value::Class(_) => members.push(side.clone()),
            Value::Object(_) => match (side.downcast::<Union>(), side.downcast::<Alias>()) {
                (Some(union), _) => members.extend(union.members.iter().cloned()),
                (None, Some(_)) => members.push(side.clone()),
                (None, None) => return None,
            },
            _ => return None,
        }
    }
    if left.is_none() && right.is_none() {
        return None;
    }
    let mut unique: Vec<Value> = Vec::new();
    for member in members {
        if !unique.iter().any(|other| other.is(&member)) {
            unique.push(member);
        }
    }
    match unique.as_slice() {
        [one] => Some(one.clone()),
        _ => Some(Value::object(Union { members: unique })),
    }
}

/// `list[int]`.
#[derive(Debug)]
pub struct Alias {
    /// The class.
    pub origin: Value,
    /// What stands in the brackets.
    pub args: Vec<Value>,
}

impl Object for Alias {
    fn class(&self) -> Option<&'static Type> {
        Some(&GENERIC_ALIAS)
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match name {
            "__origin__" => Ok(Some(self.origin.clone())),
            "__args__" => Ok(Some(Value::tuple(self.args.clone()))),
            _ => vm.attr_or_none(&self.origin, name),
        }
    }

    fn is_same(&self, other: &Value) -> bool {
        // Only as equal as `==` needs it: the same class with the same arguments.
        other.downcast::<Alias>().is_some_and(|other| {
            self.origin.is(&other.origin)
                && self.args.len() == other.args.len()
                && self.args.iter().zip(&other.args).all(|(a, b)| a.is(b))
        })
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        vm.call(&self.origin, args)
    }

    fn binary(
        self: Rc<Self>,
        _vm: &mut Vm,
        op: ruff_python_ast::Operator,
        other: &Value,
        reflected: bool,
        _span: crate::source::Span,
    ) -> Eval<Option<Value>> {
        let own = Value::Object(Rc::clone(&self) as super::ObjectRef);
        Ok(match op {
            ruff_python_ast::Operator::BitOr if reflected => union_of(other, &own),
            ruff_python_ast::Operator::BitOr => union_of(&own, other),
            _ => None,
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.origin);
        self.args.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a generic class has no form in a definition"))
    }
}

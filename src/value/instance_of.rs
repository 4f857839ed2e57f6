//! `isinstance`, `issubclass` and `callable`.

use std::rc::Rc;

use super::alias::Union;
use super::bytes::BYTES;
use super::class::Flavour;
use super::dict::DICT;
use super::list::LIST;
use super::number::{FLOAT, INT};
use super::range::RANGE;
use super::set::{FROZEN_SET, SET};
use super::string::STR;
use super::tuple::TUPLE;
use super::types::{ITERATOR, NONE_TYPE, OBJECT, TYPE, type_of};
use super::{Class, Eval, Stop, Type, Value};
use crate::eval::Vm;

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

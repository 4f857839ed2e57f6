//! Instances of user-defined classes: how they are made, what fields they have, and what they come to as data.

use std::rc::Rc;

use super::library::CallReach;
use super::{Collector, Vm};
use crate::datum::{Cause, CauseKind, Datum};
use crate::source::Span;
use crate::value::class::Flavour;
use crate::value::{Args, Class, Dict, Eval, Instance, Key, Object, Stop, Type, Value, exception};

/// `dataclasses.field(…)`: how a field of a dataclass gets its value.
pub struct Field {
    /// `default=`.
    pub default: Option<Value>,
    /// `default_factory=`.
    pub factory: Option<Value>,
    /// `init=`.
    pub init: bool,
}

impl Drop for Field {
    fn drop(&mut self) {
        crate::value::release::later(self.default.take().into_iter().chain(self.factory.take()));
    }
}

impl Object for Field {
    fn type_name(&self) -> Rc<str> {
        "Field".into()
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(
            collector.cause(CauseKind::Unsupported, "a dataclass field has no form in a definition"),
        )
    }
}

impl Vm {
    /// Calls a class of the user's.
    pub(super) fn instantiate(&mut self, class: &Rc<Class>, args: Args) -> Eval<Value> {
        let flavour = class.effective_flavour();
        match flavour {
            Flavour::Enum => return self.enum_by_value(class, args),
            Flavour::TypedDict => {
                args.open.clone().map_or(Ok(()), |cause| Err(Stop::Unknown(cause)))?;
                return Ok(Value::dict(args.named.into_iter().map(|(name, arg)| (name, arg.value))));
            }
            Flavour::Plain | Flavour::Dataclass { .. } | Flavour::NamedTuple => {}
        }
        if class.lookup("__new__").is_some() {
            let cause =
                self.cause(CauseKind::Unsupported, format!("`{}.__new__` is not evaluated", class.name));
            return self.call_unknown(&cause, args);
        }
        let unknown_base = class.why_open();
        if let Some(cause) = &unknown_base
            && args.named.iter().any(|(name, _)| &**name == "task_id")
        {
            let library = Rc::clone(&self.library);
            let callee = cause.with_path(class.path());
            return match library.host().call_unknown(self, &callee, args)? {
                Ok(value) => Ok(value),
                Err(args) => self.call_unknown(cause, args),
            };
        }
        let instance = Rc::new(Instance::new(Rc::clone(class)));
        let value = Value::Instance(Rc::clone(&instance));
        if let Some(init) = class.lookup("__init__") {
            if let Some(base) =
                class.library_base().filter(|base| base.is_subtype(&exception::BASE_EXCEPTION))
            {
                let given = args.positional.iter().map(|arg| arg.value.clone()).collect();
                *instance.inner.borrow_mut() = Some(Value::object(exception::Exception::new(base, given)));
            }
            self.call(&init, args.with_receiver(value.clone()))?;
            return Ok(value);
        }
        if let Flavour::Dataclass { .. } | Flavour::NamedTuple = flavour {
            self.fill_fields(class, &instance, args, flavour == Flavour::NamedTuple)?;
            return Ok(value);
        }
        if let Some(cause) = unknown_base {
            let given: Vec<Value> = args.iter().map(|arg| arg.value.clone()).collect();
            self.doubt_call(&given, &cause, args.span, CallReach::Anything)?;
            *instance.open.borrow_mut() = Some(cause);
            return Ok(value);
        }
        if let Some(base) = class.library_base() {
            let inner = self.call(&Value::Type(base), args)?;
            *instance.inner.borrow_mut() = Some(inner);
            return Ok(value);
        }
        if !args.positional.is_empty() || !args.named.is_empty() {
            return Err(Stop::type_error(format!("{}() takes no arguments", class.name)));
        }
        Ok(value)
    }

    /// The fields of a dataclass or named tuple, those of its bases first.
    pub fn fields(&self, class: &Rc<Class>) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = Vec::new();
        for class in class.mro().iter().rev() {
            for name in &*class.annotations.borrow() {
                if !names.contains(name) {
                    names.push(Rc::clone(name));
                }
            }
        }
        names
    }

    fn fill_fields(
        &mut self,
        class: &Rc<Class>,
        instance: &Rc<Instance>,
        mut args: Args,
        tuple: bool,
    ) -> Eval<()> {
        let open = args.open.take();
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for name in self.fields(class) {
            let default = class.lookup(&name);
            let field = default.as_ref().and_then(Value::downcast::<Field>);
            let takes = field.as_ref().is_none_or(|field| field.init);
            let given = if takes { args.take(&name) } else { None };
            let value = match (given, &open, field, default) {
                (Some(value), ..) => value,
                (None, Some(cause), ..) => Value::Unknown(cause.decided()),
                (None, None, Some(field), _) => match (&field.factory, &field.default) {
                    (Some(factory), _) => self.call_with(factory, [])?,
                    (None, Some(default)) => default.clone(),
                    (None, None) if field.init => {
                        missing.push(format!("'{name}'"));
                        continue;
                    }
                    (None, None) => continue,
                },
                (None, None, None, Some(default)) => default,
                (None, None, None, None) => {
                    missing.push(format!("'{name}'"));
                    continue;
                }
            };
            values.push(value.clone());
            instance.attrs.borrow_mut().insert(name, value);
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            return Err(Stop::type_error(format!(
                "{}.__init__() missing {} required positional argument{plural}: {}",
                class.name,
                missing.len(),
                missing.join(" and ")
            )));
        }
        args.callee = format!("{}.__init__", class.name).into();
        args.finish()?;
        if tuple {
            *instance.inner.borrow_mut() = Some(Value::tuple(values));
        }
        if let Some(post) = class.lookup("__post_init__") {
            self.call_with(&post, [Value::Instance(Rc::clone(instance))])?;
        }
        Ok(())
    }

    /// The items of an instance's attributes as a dict value, for `asdict` and `__dict__`.
    pub fn attributes_dict(&self, instance: &Instance) -> Value {
        let items = instance
            .attrs
            .borrow()
            .iter()
            .map(|(name, value)| (Key::str(Rc::clone(name)), value.clone()))
            .collect();
        Value::Dict(Rc::new(Dict::new(items)))
    }
}

/// The value that stands for an instance in a definition: its built-in part, where it has nothing else to it.
pub(crate) fn instance_inner(instance: &Rc<Instance>, span: Span) -> Result<Value, Cause> {
    if let Some(cause) = instance.open.borrow().as_ref() {
        return Err(cause.clone());
    }
    let base: Option<&'static Type> = instance.class.library_base();
    let inner = instance.inner.borrow().clone();
    let names: &[&str] = match instance.class.effective_flavour() {
        Flavour::Enum => &["str", "int", "StrEnum", "IntEnum"],
        Flavour::Plain => &["str", "int", "float", "dict", "list"],
        Flavour::Dataclass { .. } | Flavour::NamedTuple | Flavour::TypedDict => &[],
    };
    inner.filter(|_| base.is_some_and(|base| names.contains(&base.name))).ok_or_else(|| {
        let message =
            format!("an instance of the class `{}` has no form in a definition", instance.class.name);
        Cause::new(CauseKind::Unsupported, span, message)
    })
}

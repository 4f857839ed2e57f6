//! Instances of user-defined classes: how they are made, what fields they have, and what they come to as data.

use std::rc::Rc;

use super::Vm;
use super::library::CallReach;
use crate::datum::{Cause, CauseKind};
use crate::source::Span;
use crate::value::attr::named_fields;
use crate::value::class::Flavour;
use crate::value::descriptor::StaticMethod;
use crate::value::dict::DICT;
use crate::value::{Args, Class, Dict, Eval, Instance, Key, Stop, Type, Value, exception};

impl Vm {
    /// Calls a class of the user's.
    pub(super) fn instantiate(&mut self, class: &Rc<Class>, args: Args) -> Eval<Value> {
        let flavour = class.effective_flavour();
        match flavour {
            Flavour::Enum => return self.enum_by_value(class, args),
            Flavour::TypedDict => return self.call(&Value::Type(&DICT), args),
            Flavour::Plain | Flavour::Dataclass { .. } | Flavour::NamedTuple => {}
        }
        let unknown_base = class.why_open();
        if let Some(new) = class.lookup("__new__") {
            if unknown_base.is_some() || flavour == Flavour::NamedTuple {
                let message = format!("`{}.__new__` is not evaluated", class.name);
                let cause = self.cause(CauseKind::Unsupported, message);
                return self.call_unknown(&cause, args);
            }
            return self.instantiate_by_new(class, new, args);
        }
        if unknown_base.is_none()
            && let Some(Value::Set(missing)) = class.lookup("__abstractmethods__")
            && !missing.items()?.is_empty()
        {
            return Err(Self::abstract_class(class, &missing));
        }
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
            let given = self.call(&init, args.with_receiver(value.clone()))?;
            return match given {
                Value::None | Value::Unknown(_) => Ok(value),
                other => {
                    let name = other.type_name();
                    Err(Stop::type_error(format!("__init__() should return None, not '{name}'")))
                }
            };
        }
        if flavour == Flavour::NamedTuple {
            Self::fill_tuple(class, &instance, args)?;
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

    /// Calls a class that has its own `__new__`; `__init__` is for what that makes of the class.
    fn instantiate_by_new(&mut self, class: &Rc<Class>, new: Value, args: Args) -> Eval<Value> {
        let new = new.downcast::<StaticMethod>().map_or(new, |method| method.function.clone());
        let made = self.call(&new, args.clone().with_receiver(Value::Class(Rc::clone(class))))?;
        match &made {
            Value::Instance(instance) if instance.class.is_subclass(class) => {
                if let Some(init) = instance.class.lookup("__init__") {
                    self.call(&init, args.with_receiver(made.clone()))?;
                }
                Ok(made)
            }
            // Whether it is one of the class is not known, and so neither is whether `__init__` runs.
            Value::Unknown(cause) => self.call_unknown(&cause.clone(), args),
            _ => Ok(made),
        }
    }

    fn abstract_class(class: &Rc<Class>, missing: &crate::value::Set) -> Stop {
        let mut names: Vec<String> =
            missing.seen().iter().filter_map(|key| Some(format!("'{}'", key.as_str()?))).collect();
        names.sort_unstable();
        let plural = if names.len() == 1 { "" } else { "s" };
        Stop::type_error(format!(
            "Can't instantiate abstract class {} without an implementation for abstract method{plural} {}",
            class.name,
            names.join(", ")
        ))
    }

    /// Gives a new named tuple its items.
    fn fill_tuple(class: &Rc<Class>, instance: &Rc<Instance>, mut args: Args) -> Eval<()> {
        let open = args.open.take();
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for name in named_fields(class) {
            let given = args.take(&name);
            let default = || open.clone().map(|cause| Value::Unknown(cause.decided()));
            match given.or_else(default).or_else(|| class.lookup(&name)) {
                Some(value) => values.push(value),
                None => missing.push(format!("'{name}'")),
            }
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            return Err(Stop::type_error(format!(
                "{}.__new__() missing {} required positional argument{plural}: {}",
                class.name,
                missing.len(),
                missing.join(" and ")
            )));
        }
        args.callee = format!("{}.__new__", class.name).into();
        args.finish()?;
        *instance.inner.borrow_mut() = Some(Value::tuple(values));
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

//! Classes of the user's that derive from `DAG` or `TaskGroup`: their `__init__` is followed, their methods are called.
//!
//! A class that replaces what its base builds with is not followed: the DAGs made of it are refused.

use std::rc::Rc;

use super::api::{ApiClass, ClassObject};
use super::state::{self, State};
use super::typed::split_path;
use crate::datum::{Cause, CauseKind, Datum, Reference};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Args, Class, Effect, Eval, Method, Native, Object, Stop, Type, Value};

/// How an instance of a subclass comes to be: made without anything, then filled by the `__init__` of the base class.
pub struct Blank {
    /// An instance whose `__init__` has not run.
    pub make: fn(&mut Vm, Rc<Derived>, Span) -> Eval<Value>,
    /// The `__init__` of the base class.
    pub init: fn(&mut Vm, &Value, Args) -> Eval<()>,
    /// Whether that has run.
    pub is_made: fn(&Value) -> bool,
    /// The methods of the base class.
    pub methods: &'static Type,
    /// Whether the base class has an attribute of this name, which a class attribute would hide.
    pub owns: fn(&str) -> bool,
}

/// A class of the user's that derives from a class of the API.
pub struct Derived {
    base: &'static ApiClass,
    parent: Option<Rc<Derived>>,
    class: Rc<Class>,
}

/// Methods that a class may define without changing what is built.
const HARMLESS: &[&str] =
    &["__doc__", "__init__", "__module__", "__qualname__", "__repr__", "__str__", "__annotations__"];

impl Derived {
    /// The class `class` below `base`, through `parent` where that is the user's too.
    pub fn new(base: &'static ApiClass, parent: Option<Rc<Derived>>, class: &Rc<Class>) -> Self {
        Self { base, parent, class: Rc::clone(class) }
    }

    /// A class attribute that the user's code set.
    pub fn attribute(&self, name: &str) -> Option<Value> {
        self.class.lookup(name).or_else(|| self.parent.as_ref().and_then(|parent| parent.attribute(name)))
    }

    /// Whether it is `other` or derives from it.
    fn derives_from(&self, other: &Derived) -> bool {
        Rc::ptr_eq(&self.class, &other.class)
            || self.class.is_subclass(&other.class)
            || self.parent.as_ref().is_some_and(|parent| parent.derives_from(other))
    }

    /// What of the base class it replaces, if anything.
    fn replaced(&self, blank: &Blank) -> Option<Rc<str>> {
        let own = self.class.mro().iter().find_map(|class| {
            let attrs = class.attrs.borrow();
            let mut names = attrs.keys();
            names
                .find(|name| {
                    let special = name.starts_with("__") && !HARMLESS.contains(&&***name);
                    special || blank.methods.method(name).is_some() || (blank.owns)(name)
                })
                .cloned()
        });
        own.or_else(|| self.parent.as_ref().and_then(|parent| parent.replaced(blank)))
    }

    fn init(&self) -> Option<Value> {
        self.attribute("__init__")
    }

    /// Says that no DAG can be made of it, and makes nothing.
    fn refuse(&self, vm: &mut Vm, span: Span, cause: Cause) -> Stop {
        let what = format!("a `{}` is made, a subclass of `{}`", self.class.name, self.base.name);
        let finding = state::explained(Diagnostic::error(codes::UNSUPPORTED_DAG, span, what), &cause);
        match State::of(vm).current_dag() {
            Some(dag) => dag.refuse(finding),
            None => State::of(vm).unsupported.push(finding),
        }
        Stop::Unknown(cause)
    }

    fn construct(self: &Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let span = args.span;
        let Some(blank) = &self.base.derived else {
            let cause = vm.cause(CauseKind::NotModelled, "such classes are not modelled");
            return Err(self.refuse(vm, span, cause));
        };
        if let Some(name) = self.replaced(blank) {
            let message = format!("`{}` has a `{name}` of its own", self.class.name);
            let cause = vm.cause(CauseKind::Unsupported, message);
            return Err(self.refuse(vm, span, cause));
        }
        if let Some(cause) = self.class.why_open() {
            return Err(self.refuse(vm, span, cause));
        }
        let made = (blank.make)(vm, Rc::clone(self), span)?;
        match self.init() {
            None => (blank.init)(vm, &made, args)?,
            Some(init) => {
                args.positional.push_front(crate::value::Arg { value: made.clone(), span });
                match vm.call(&init, args) {
                    Ok(Value::Unknown(cause)) | Err(Stop::Unknown(cause)) => {
                        return Err(self.refuse(vm, span, cause));
                    }
                    Ok(_) => {}
                    Err(stop) => return Err(stop),
                }
            }
        }
        if !(blank.is_made)(&made) {
            let message = "its `__init__` does not reach that of its base class";
            let cause = vm.cause(CauseKind::Control, message);
            return Err(self.refuse(vm, span, cause));
        }
        if let Some(dag) = dag_of(&made) {
            let message = format!(
                "the definition makes a plain `{}` where the file makes a `{}`",
                self.base.name, self.class.name
            );
            let note = Diagnostic::note(codes::CHANGED_FORM, span, message);
            dag.refuse(note.disposition(Disposition::Changed).parameter("class"));
        }
        Ok(made)
    }
}

fn dag_of(value: &Value) -> Option<Rc<super::dag::DagObject>> {
    value
        .downcast::<super::dag::DagObject>()
        .or_else(|| value.downcast::<super::group::Group>().and_then(|group| group.dag()))
}

/// A class attribute as an instance has it: functions become methods.
pub fn bind(receiver: &Value, value: Value) -> Value {
    match value {
        Value::Function(_) => Value::Method(Rc::new(Method { receiver: receiver.clone(), function: value })),
        other => other,
    }
}

/// Whether an instance of the class `own` is one of `class`, where either is the user's.
pub fn is_instance(own: Option<&Rc<Derived>>, class: &Value) -> Option<bool> {
    let wanted = class.downcast::<Derived>()?;
    Some(own.is_some_and(|own| own.derives_from(&wanted)))
}

/// What `super().name` gives below a class of the API.
pub fn super_attribute(base: &'static ApiClass, receiver: &Value, name: &str) -> Option<Value> {
    let blank = base.derived.as_ref()?;
    let function = match name {
        "__init__" => Value::Native(&INIT),
        _ => Value::Native(blank.methods.method(name)?),
    };
    Some(Value::Method(Rc::new(Method { receiver: receiver.clone(), function })))
}

/// `__init__` of the base class as subclasses call it; the receiver is the instance.
static INIT: Native = Native::new("__init__", |vm, mut args| {
    let receiver = args.positional.pop_front().map(|arg| arg.value).unwrap_or_default();
    for base in [&super::dag::DAG_CLASS, &super::group::TASK_GROUP_CLASS] {
        if let Some(blank) = &base.derived {
            let of_this = match receiver.downcast::<super::dag::DagObject>() {
                Some(_) => std::ptr::eq(base, &raw const super::dag::DAG_CLASS),
                None => std::ptr::eq(base, &raw const super::group::TASK_GROUP_CLASS),
            };
            if of_this {
                (blank.init)(vm, &receiver, args)?;
                return Ok(Value::None);
            }
        }
    }
    Ok(Value::None)
})
.hosted();

impl Drop for Derived {
    fn drop(&mut self) {
        crate::value::release::later(self.parent.take().map(|parent| Value::Object(parent)));
        crate::value::release::later([Value::Class(Rc::clone(&self.class))]);
    }
}

impl Object for Derived {
    fn type_name(&self) -> Rc<str> {
        "type".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(Some(match name {
            "__name__" | "__qualname__" => Value::str(&*self.class.name),
            "__module__" => Value::str(&*self.class.module),
            "__init__" => self.init().unwrap_or(Value::Native(&INIT)),
            _ => match self.attribute(name) {
                Some(value) => return vm.bind(value, None, &self.class).map(Some),
                None => Value::Unknown(
                    vm.cause(CauseKind::NotModelled, format!("`{}.{name}` is not modelled", self.class.name)),
                ),
            },
        }))
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        State::of(vm).tamper(span, &format!("{}.{name}", self.class.name));
        self.class.attrs.borrow_mut().insert(name.into(), value);
        Ok(true)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        self.construct(vm, args)
    }

    fn call_effect(&self) -> Effect {
        self.base.effect
    }

    fn effect(&self) -> Effect {
        self.base.effect
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<Derived>().is_some_and(|other| Rc::ptr_eq(&self.class, &other.class))
    }

    fn hash_text(&self) -> Option<String> {
        Some(self.class.path())
    }

    fn subclass(self: Rc<Self>, _vm: &mut Vm, class: &Rc<Class>) -> Eval<Option<Value>> {
        Ok(Some(Value::object(Self::new(self.base, Some(Rc::clone(&self)), class))))
    }

    fn super_attr(self: Rc<Self>, vm: &mut Vm, receiver: &Value, name: &str) -> Eval<Option<Value>> {
        match self.attribute(name) {
            Some(value) => vm.bind(value, Some(receiver), &self.class).map(Some),
            None => Ok(super_attribute(self.base, receiver, name)),
        }
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<class '{}'>", self.class.path()).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let path = self.class.path();
        let (module, name) = split_path(&path);
        Datum::Reference(Reference {
            module: Some(module.to_owned()),
            name: name.to_owned(),
            span: Some(self.class.span),
            captured: Vec::new(),
        })
    }
}

/// The class of the API that a value is or derives from.
pub fn base_of(value: &Value) -> Option<&'static ApiClass> {
    value
        .downcast::<ClassObject>()
        .map(|class| class.0)
        .or_else(|| value.downcast::<Derived>().map(|derived| derived.base))
}

//! Objects that are kept as the call that makes them: timetables, datasets, params, notifiers, data-only classes.

use std::cell::RefCell;
use std::rc::Rc;

use super::data::keeps;
use super::state::State;
use crate::catalog;
use crate::datum::{Cause, CauseKind, Datum, Form, Reference, TypedObject};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::{Arg, Args, Eval, Object, Operation, Stop, Value};

/// A class whose instances are kept as calls, by its import path.
pub struct TypedClass {
    /// The import path.
    pub path: Rc<str>,
}

impl TypedClass {
    /// The class at a path, as a value.
    pub fn value(path: impl Into<Rc<str>>) -> Value {
        Value::object(Self { path: path.into() })
    }
}

/// The class name at the end of an import path, and the module before it.
pub fn split_path(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

impl Object for TypedClass {
    fn type_name(&self) -> Rc<str> {
        "type".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let (module, class) = split_path(&self.path);
        Ok(Some(match name {
            "__name__" | "__qualname__" => Value::str(class),
            "__module__" => Value::str(module),
            _ if let Some(value) = class_constant(vm, &self.path, name)? => value,
            _ => Value::Unknown(
                vm.cause(CauseKind::NotModelled, format!("`{class}.{name}` is not modelled"))
                    .with_path(format!("{}.{name}", self.path))
                    .with_form(Form::At(module.len())),
            ),
        }))
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, args: Args) -> Eval<Value> {
        super::schedule::check_asset(split_path(&self.path).1, &args)?;
        Ok(Value::object(TypedValue::new(Rc::clone(&self.path), args)?))
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<TypedClass>().is_some_and(|other| self.path == other.path)
    }

    fn hash_text(&self) -> Option<String> {
        Some(self.path.to_string())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        Ok(format!("<class '{}'>", self.path).into())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        let (module, name) = split_path(&self.path);
        Datum::Reference(Reference {
            module: Some(module.to_owned()),
            name: name.to_owned(),
            span: None,
            captured: Vec::new(),
        })
    }
}

/// The constant of this name that the catalogue has of the class at a path. A set is the same one each time.
pub(super) fn class_constant(vm: &mut Vm, path: &str, name: &str) -> Eval<Option<Value>> {
    let Some(data) = catalog::data(path) else { return Ok(None) };
    let Some(literal) = data.constant(name) else { return Ok(None) };
    let known = State::of(vm).sets.iter().find(|set| set.class == data.path && set.name == name);
    if let Some(known) = known {
        return Ok(Some(known.value.clone()));
    }
    let value = vm.eval_literal(literal)?;
    if matches!(value, Value::Set(_)) {
        let span = vm.here();
        let set = LibrarySet { class: data.path, name: name.to_owned(), literal, value: value.clone(), span };
        State::of(vm).sets.push(set);
    }
    Ok(Some(value))
}

/// A set that is a constant of a library class, and that the file has had in its hands.
pub(super) struct LibrarySet {
    class: &'static str,
    name: String,
    literal: &'static str,
    value: Value,
    /// Where it was had first.
    span: Span,
}

/// Notes the sets of library classes that the file has changed: what runs with them runs otherwise.
pub(super) fn check_sets(vm: &mut Vm) {
    for set in std::mem::take(&mut State::of(vm).sets) {
        let fresh = vm.eval_literal(set.literal);
        if !fresh.is_ok_and(|fresh| is_equal_set(&fresh, &set.value)) {
            let what = format!("{}.{}", split_path(set.class).1, set.name);
            State::of(vm).tamper(set.span, &what);
        }
    }
}

fn is_equal_set(fresh: &Value, other: &Value) -> bool {
    match (fresh, other) {
        (Value::Set(fresh), Value::Set(other)) => {
            matches!((fresh.items(), other.items()), (Ok(fresh), Ok(other)) if *fresh == *other)
        }
        _ => false,
    }
}

/// An object by the call that made it. Arguments are held by reference.
pub struct TypedValue {
    /// The import path of its class.
    pub path: Rc<str>,
    /// Positional arguments.
    pub args: Vec<Arg>,
    /// Keyword arguments and attributes set later.
    pub kwargs: RefCell<IndexMap<Rc<str>, Arg>>,
    /// The call that made it.
    pub span: Span,
    open: RefCell<Option<Cause>>,
}

impl TypedValue {
    /// The object that a call of `path` with `args` makes.
    pub fn new(path: impl Into<Rc<str>>, args: Args) -> Eval<Self> {
        if let Some(cause) = args.open {
            return Err(Stop::Unknown(cause));
        }
        Ok(Self {
            path: path.into(),
            span: args.span,
            args: args.positional.into_iter().collect(),
            kwargs: RefCell::new(args.named.into_iter().collect()),
            open: RefCell::new(None),
        })
    }

    /// An object of positional values alone.
    pub fn of(path: impl Into<Rc<str>>, span: Span, values: Vec<Value>) -> Value {
        Value::object(Self {
            path: path.into(),
            span,
            args: values.into_iter().map(|value| Arg { value, span }).collect(),
            kwargs: RefCell::new(IndexMap::default()),
            open: RefCell::new(None),
        })
    }

    /// The class name.
    pub fn name(&self) -> &str {
        split_path(&self.path).1
    }

    fn is_written_like(&self, other: &Self) -> bool {
        let (own, others) = (self.kwargs.borrow(), other.kwargs.borrow());
        self.args.len() == other.args.len()
            && self.args.iter().zip(&other.args).all(|(a, b)| a.value.is(&b.value))
            && own.len() == others.len()
            && own.iter().all(|(name, arg)| others.get(name).is_some_and(|other| arg.value.is(&other.value)))
    }

    /// The keyword argument `name`, or else the positional argument at `at`.
    pub fn argument(&self, name: &str, at: usize) -> Option<Value> {
        let named = self.kwargs.borrow().get(name).map(|arg| arg.value.clone());
        named.or_else(|| self.args.get(at).map(|arg| arg.value.clone()))
    }
}

crate::value::release::released!(TypedValue);

impl Object for TypedValue {
    fn type_name(&self) -> Rc<str> {
        self.name().into()
    }

    fn class_value(&self) -> Option<Value> {
        Some(TypedClass::value(Rc::clone(&self.path)))
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if let Some(cause) = &*self.open.borrow() {
            return Ok(Some(Value::Unknown(cause.clone())));
        }
        if let Some(value) = super::schedule::attribute(&self, name) {
            return Ok(Some(value));
        }
        if keeps(&self.path, name) {
            let at = catalog::data(&self.path).and_then(|data| data.parameters().position(|own| own == name));
            if let Some(value) = self.argument(name, at.unwrap_or(usize::MAX)) {
                return Ok(Some(value));
            }
        }
        let class = self.name();
        let cause = if class.ends_with("Hook") {
            vm.cause(
                CauseKind::World,
                format!("what `{class}.{name}` gives is not known before Airflow runs"),
            )
        } else {
            vm.cause(
                CauseKind::NotModelled,
                format!("the attribute `{name}` of a `{class}` object is not modelled"),
            )
        };
        Ok(Some(Value::Unknown(cause.with_path(format!("{}.{name}", self.path)))))
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        // The object is written as the call that made it, and a call cannot say this.
        let message = format!("the attribute `{name}` of a `{}` object is changed", self.name());
        self.open.borrow_mut().get_or_insert_with(|| Cause::new(CauseKind::Unsupported, span, message));
        drop(value);
        Ok(true)
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        super::schedule::combine(&self, operation)
    }

    fn equals(&self, other: &Value) -> Eval<Option<bool>> {
        let Some(other) = other.downcast::<TypedValue>().filter(|other| self.name() == other.name()) else {
            return Ok(Some(false));
        };
        // What makes two of them equal is the class's own business; written alike they are.
        if self.is_written_like(&other) {
            return Ok(Some(true));
        }
        let message = format!("whether two `{}` objects are equal is not modelled", self.name());
        Err(Stop::Unknown(Cause::new(CauseKind::NotModelled, self.span, message)))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.iter().for_each(|arg| visit(&arg.value));
        self.kwargs.borrow().values().for_each(|arg| visit(&arg.value));
    }

    fn open(&self, cause: &Cause) {
        self.open.borrow_mut().get_or_insert_with(|| cause.decided());
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        if let Some(cause) = &*self.open.borrow() {
            return Datum::Unknown(cause.clone());
        }
        let args = self.args.iter().map(|arg| collector.datum(&arg.value)).collect();
        let kwargs = self.kwargs.borrow().clone();
        let kwargs =
            kwargs.iter().map(|(name, arg)| (name.to_string(), collector.datum(&arg.value))).collect();
        Datum::Object(Box::new(TypedObject { path: self.path.to_string(), args, kwargs }))
    }
}

/// Notes that a typed class is one that Airflow 3.0 lacks.
pub fn note_old(vm: &mut Vm, path: &str) {
    let span = vm.here();
    State::of(vm).saw_old(span, path);
}

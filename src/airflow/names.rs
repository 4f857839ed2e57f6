//! What the module-level names of the user's files stand for when the DAG file has ended.

use std::rc::Rc;

use super::dag::DagObject;
use super::decorator_dag::DagFactory;
use super::group::Group;
use super::state::State;
use super::task::Task;
use super::task_group::GroupFactory;
use super::taskflow::TaskFunction;
use super::xcom::XComArg;
use crate::dag::{Built, ModuleNames, Standing};
use crate::datum::{Datum, TypedObject};
use crate::eval::{Collector, MAX_PARTS, Scope, Vm};
use crate::source::Span;
use crate::value::{Instance, Value};

/// The names of the DAG file, and of each local module that it imports.
pub fn module_names(vm: &mut Vm, globals: &Rc<Scope>) -> Vec<ModuleNames> {
    let modules = vm.user_modules();
    let own = (globals.module.to_string(), Rc::clone(globals));
    std::iter::once(own).chain(modules).map(|(module, scope)| names_of(vm, module, &scope)).collect()
}

/// Whether the run built DAGs or tasks.
pub fn has_built(vm: &mut Vm) -> bool {
    let state = State::of(vm);
    !state.dags.is_empty() || !state.loose.is_empty() || !state.unsupported.is_empty()
}

fn names_of(vm: &mut Vm, module: String, scope: &Rc<Scope>) -> ModuleNames {
    let names = scope.bindings();
    let names = names.into_iter().map(|(name, value)| {
        let standing = standing(vm, scope, &value);
        (String::from(&*name), standing)
    });
    ModuleNames { module, file: scope.file, names: names.collect() }
}

fn standing(vm: &mut Vm, scope: &Rc<Scope>, value: &Value) -> Standing {
    if let Some(what) = built(value) {
        return Standing::Built(Built { what, named: named(value) });
    }
    if value.downcast::<TaskFunction>().is_some() {
        return Standing::TaskFunction;
    }
    if let Value::Module(module) = value {
        return Standing::Module(module.name.to_string());
    }
    let mut state =
        Contents { span: Span::start_of(scope.file), inside: Vec::new(), left: 10_000, parts: MAX_PARTS };
    match state.datum(vm, value) {
        Datum::Unknown(cause) => Standing::Unknown(cause),
        datum => Standing::Data(datum),
    }
}

/// Turns values into data that tells their states apart, instances of the user's classes included, which a definition cannot hold.
struct Contents {
    span: Span,
    /// The instances around, by their places.
    inside: Vec<*const Instance>,
    /// How many values may be looked at.
    left: usize,
    /// How many values may become data, those that hold no instances included.
    parts: usize,
}

impl Contents {
    fn datum(&mut self, vm: &mut Vm, value: &Value) -> Datum {
        self.left = self.left.saturating_sub(1);
        match value {
            Value::Instance(instance) if self.left > 0 => {
                let plain = self.plain(vm, value);
                if plain.first_unknown().is_none() {
                    return plain;
                }
                if let Some(cause) = instance.open.borrow().clone() {
                    return Datum::Unknown(cause);
                }
                let place = Rc::as_ptr(instance);
                let mut kwargs = Vec::new();
                if !self.inside.contains(&place) {
                    self.inside.push(place);
                    let attributes: Vec<(Rc<str>, Value)> = instance
                        .attrs
                        .borrow()
                        .iter()
                        .map(|(name, value)| (Rc::clone(name), value.clone()))
                        .collect();
                    for (name, value) in attributes {
                        kwargs.push((name.to_string(), self.datum(vm, &value)));
                    }
                    self.inside.pop();
                }
                let inner = instance.inner.borrow().clone();
                let args = inner.iter().map(|inner| self.datum(vm, inner)).collect();
                let path = format!("<instance of {}>", instance.class.qualname);
                Datum::Object(Box::new(TypedObject { path, args, kwargs }))
            }
            Value::List(list) if self.left > 0 && list.why_open().is_none() => {
                let items = list.seen().clone();
                Datum::List(items.iter().map(|item| self.nested(vm, item)).collect())
            }
            Value::Dict(dict) if self.left > 0 && dict.why_open().is_none() => {
                let items: Vec<(Value, Value)> =
                    dict.seen().iter().map(|(key, value)| (key.value().clone(), value.clone())).collect();
                let pairs = items.iter().map(|(key, value)| (self.nested(vm, key), self.nested(vm, value)));
                Datum::Map(pairs.collect())
            }
            other => self.plain(vm, other),
        }
    }

    fn plain(&mut self, vm: &mut Vm, value: &Value) -> Datum {
        let mut collector = Collector::new(vm, self.span);
        collector.left = self.parts;
        let datum = collector.datum(value);
        self.parts = collector.left;
        datum
    }

    /// A value inside a container; those that contain themselves end with the count.
    fn nested(&mut self, vm: &mut Vm, value: &Value) -> Datum {
        match value {
            Value::Instance(_) => self.datum(vm, value),
            other => self.plain(vm, other),
        }
    }
}

/// The id of a task or a DAG, with the attribute that has it. A mapped task may be written out under other ids.
fn named(value: &Value) -> Option<(&'static str, String)> {
    let (attribute, id) = if let Some(task) = value.downcast::<Task>() {
        ("task_id", task.mapping.is_none().then(|| task.id())?)
    } else {
        ("dag_id", value.downcast::<DagObject>()?.id())
    };
    Some((attribute, id.as_str()?.to_owned()))
}

fn built(value: &Value) -> Option<&'static str> {
    if value.downcast::<DagObject>().is_some() {
        Some("a DAG")
    } else if value.downcast::<DagFactory>().is_some() {
        Some("a function that builds a DAG")
    } else if value.downcast::<Task>().is_some() {
        Some("a task")
    } else if value.downcast::<XComArg>().is_some() {
        Some("the result of a task")
    } else if value.downcast::<Group>().is_some() {
        Some("a task group")
    } else if value.downcast::<GroupFactory>().is_some() {
        Some("a function that builds a task group")
    } else {
        None
    }
}

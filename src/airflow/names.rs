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
use crate::dag::{ModuleNames, Standing};
use crate::datum::Datum;
use crate::eval::{Collector, Scope, Vm};
use crate::source::Span;
use crate::value::Value;

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
        (name.to_string(), standing)
    });
    ModuleNames { module, file: scope.file, names: names.collect() }
}

fn standing(vm: &mut Vm, scope: &Rc<Scope>, value: &Value) -> Standing {
    if let Some(what) = built(value) {
        return Standing::Built(what);
    }
    if value.downcast::<TaskFunction>().is_some() {
        return Standing::TaskFunction;
    }
    if let Value::Module(module) = value {
        return Standing::Module(module.name.to_string());
    }
    match Collector::new(vm, Span::start_of(scope.file)).datum(value) {
        Datum::Unknown(cause) => Standing::Unknown(cause),
        datum => Standing::Data(datum),
    }
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

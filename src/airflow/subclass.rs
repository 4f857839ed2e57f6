//! Subclasses of operators in the user's code: their `__init__` is followed, so that its task_id and attributes are known.

use std::rc::Rc;

use super::defaults;
use super::operator::{self, OperatorClass};
use super::state;
use super::task::{ArgMap, DagRef, Task};
use crate::eval::Vm;
use crate::value::{Arg, Args, Eval, Function, Stop, Value};

/// The `__init__` of a user's class or of its bases that are the user's.
pub fn init_of(class: &OperatorClass) -> Option<Rc<Function>> {
    let own = class.user.as_ref().and_then(|user| user.lookup("__init__"));
    match own {
        Some(Value::Function(init)) => Some(init),
        _ => class.base.as_ref().and_then(|base| init_of(base)),
    }
}

/// The names of the declared parameters of a function, `self` aside, and whether it takes `**kwargs`.
fn parameters(function: &Function) -> (Vec<Rc<str>>, bool) {
    let Some(parameters) = function.code.parameters() else { return (Vec::new(), false) };
    let names = parameters
        .posonlyargs
        .iter()
        .chain(&parameters.args)
        .chain(&parameters.kwonlyargs)
        .map(|parameter| Rc::from(parameter.parameter.name.as_str()))
        .collect();
    (names, parameters.kwarg.is_some())
}

/// Whether an `__init__` of the user's takes a parameter by name.
pub fn takes(init: &Function, name: &str) -> bool {
    let (names, rest) = parameters(init);
    rest || names.iter().any(|own| &**own == name)
}

/// Calls the user's `__init__` with the task as `self`, as the metaclass of operators does: DAG, group and merged
/// defaults are handed on, and parameters that are not given are filled from the defaults.
pub fn construct(vm: &mut Vm, task: &Rc<Task>, init: &Rc<Function>, mut args: Args) -> Eval<()> {
    let span = args.span;
    let caller: ArgMap = args
        .named
        .iter()
        .filter(|(name, _)| !matches!(&**name, "task_id" | "dag" | "task_group" | "default_args"))
        .cloned()
        .collect();
    let fallback = args.clone();
    let mut probe = args.clone();
    let dag = match operator::dag_argument(vm, &mut probe)? {
        DagRef::Known(dag) => dag.upgrade(),
        DagRef::None | DagRef::Unknown(_) => None,
    };
    let group = operator::group_argument(vm, &mut probe, dag.as_ref())?;
    let own = args.named_arg("default_args");
    let merged = defaults::merged(vm, dag.as_ref(), group.as_deref(), own.as_ref());
    let (names, rest) = parameters(init);
    for name in &names {
        if !args.named.iter().any(|(given, _)| given == name)
            && let Some(arg) = merged.values.get(name)
        {
            args.named.push((Rc::clone(name), arg.clone()));
        }
    }
    let takes = |name: &str| rest || names.iter().any(|own| &**own == name);
    for (name, value) in [
        ("dag", dag.clone().map(|dag| Value::Object(dag))),
        ("task_group", group.clone().map(|group| Value::Object(group))),
    ] {
        if let Some(value) = value
            && takes(name)
            && !args.named.iter().any(|(given, _)| &**given == name)
        {
            args.named.push((name.into(), Arg { value, span }));
        }
    }
    if takes("default_args") {
        let value = Value::dict(merged.values.iter().map(|(name, arg)| (Rc::clone(name), arg.value.clone())));
        args.named.push(("default_args".into(), Arg { value, span }));
    }
    args.positional
        .push_front(Arg { value: Value::Object(Rc::clone(task) as Rc<dyn crate::value::Object>), span });
    let result = vm.call(&Value::Function(Rc::clone(init)), args);
    let reason = match result {
        Ok(Value::Unknown(cause)) | Err(Stop::Unknown(cause)) => Some(cause),
        Ok(_) => None,
        Err(stop) => return Err(stop),
    };
    if task.id().is_none() {
        // The base class was not reached: what the caller gave is all there is.
        operator::construct(vm, task, fallback)?;
        // Where `__init__` does not name the task_id, it can only have been handed on.
        if names.iter().any(|name| &**name == "task_id") && !matches!(task.id(), Value::Unknown(_)) {
            let cause = reason.unwrap_or_else(|| {
                vm.cause(
                    crate::datum::CauseKind::Control,
                    "its `__init__` does not reach that of its base class",
                )
            });
            let message = format!("the task_id that `{}` gives itself is not known", task.class.name());
            task.refuse(state::unknown(span, message, &cause));
        }
    }
    let inherited =
        merged.values.into_iter().filter(|(name, _)| !caller.contains_key(name) && &**name != "task_id");
    *task.inherited.borrow_mut() = inherited.collect();
    *task.args.borrow_mut() = caller;
    Ok(())
}

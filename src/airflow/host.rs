//! What becomes of doubts: which DAGs something may or may not have happened to, and classes that are operators by how they are called.

use std::rc::Rc;

use super::dag::{DAG_CLASS, DagObject};
use super::data::{is_class_name, is_data};
use super::decorator_dag::DagFactory;
use super::derived;
use super::edges::EdgeModifier;
use super::group::Group;
use super::mapping;
use super::operator::{self, OperatorClass};
use super::shared::Walked;
use super::state::{self, State};
use super::task::Task;
use super::typed::TypedValue;
use super::xcom::XComArg;
use crate::datum::Cause;
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Doubt, DoubtKind, Host, Vm};
use crate::value::{Args, Eval, Object, Value};

/// The Airflow side of the evaluator's library.
#[derive(Debug, Clone, Copy, Default)]
pub struct AirflowHost;

impl Host for AirflowHost {
    fn doubt(&self, vm: &mut Vm, doubt: &Doubt<'_>) {
        if doubt.what == DoubtKind::Name {
            let dags = doubt.touched.iter().filter_map(Value::downcast::<DagObject>);
            let lost = dags.map(|dag| (dag, finding(doubt)));
            State::of(vm).unbound.extend(lost);
            return;
        }
        let finding = finding(doubt);
        let (mut walked, mut dags) = (Walked::default(), Vec::new());
        for value in doubt.touched {
            find(value, 0, &mut walked, &mut dags);
        }
        if doubt.current {
            dags.extend(State::of(vm).dag_stack.iter().cloned());
            if let Some(group) = State::of(vm).group_stack.last()
                && let Some(dag) = group.dag()
            {
                dags.push(dag);
            }
        }
        let state = State::of(vm);
        if doubt.what == DoubtKind::Control {
            // Where the code does not show what it reads, anything may have been changed.
            if doubt.stray {
                state.doubts.push(finding);
                return;
            }
            if dags.is_empty() || doubt.touched.iter().any(makes_dags) {
                state.unmade.push(finding.clone());
            }
        }
        for dag in dags {
            // What was called may keep the DAG, and give it back.
            if doubt.what == DoubtKind::Call {
                state.unbound.push((Rc::clone(&dag), finding.clone()));
            }
            dag.refuse(finding.clone());
        }
    }

    fn is_building(&self, vm: &mut Vm) -> bool {
        let state = State::of(vm);
        !state.dag_stack.is_empty() || !state.group_stack.is_empty()
    }

    fn owns(&self, value: &Value) -> bool {
        value.downcast::<DagObject>().is_some()
            || value.downcast::<Task>().is_some()
            || value.downcast::<Group>().is_some()
    }

    fn make_data(&self, path: &str, args: Args) -> Eval<Result<Value, Args>> {
        if !is_data(path) || args.first_unknown().is_some() {
            return Ok(Err(args));
        }
        Ok(Ok(Value::object(TypedValue::new(path, args)?)))
    }

    fn call_unknown(&self, vm: &mut Vm, callee: &Cause, args: Args) -> Eval<Result<Value, Args>> {
        let Some(path) = &callee.path else { return Ok(Err(args)) };
        let gives_id = args.named.iter().any(|(name, _)| &**name == "task_id");
        if !gives_id || !args.positional.is_empty() {
            return Ok(Err(args));
        }
        if let Some(class) = path.strip_suffix(".partial")
            && is_class_name(class)
        {
            let class = Rc::new(OperatorClass::at(class));
            return mapping::new_partial(vm, class, args).map(Ok);
        }
        if !is_class_name(path) {
            return Ok(Err(args));
        }
        let class = Rc::new(OperatorClass::at(path.as_str()));
        operator::make(vm, &class, args).map(|task| Ok(Value::Object(task as Rc<dyn Object>)))
    }
}

/// Whether a call of it makes a DAG.
fn makes_dags(value: &Value) -> bool {
    derived::base_of(value).is_some_and(|class| std::ptr::eq(class, &raw const DAG_CLASS))
        || value.downcast::<DagFactory>().is_some()
}

fn finding(doubt: &Doubt<'_>) -> Diagnostic {
    let path = doubt.cause.path.as_deref();
    let (code, message) = match doubt.what {
        DoubtKind::Control => (
            codes::UNKNOWN_CONTROL,
            "whether this runs is not known, and it may add to a DAG or change it".to_owned(),
        ),
        DoubtKind::Name => (
            codes::UNKNOWN_CONTROL,
            "whether a name still stands for the DAG when the file ends is not known".to_owned(),
        ),
        DoubtKind::Call => {
            let callee =
                path.map_or_else(|| "something that is not known".to_owned(), |path| format!("`{path}`"));
            (codes::UNKNOWN_CALL_IN_DAG, format!("the call of {callee} may add to the DAG or change it"))
        }
    };
    let mut finding = state::explained(Diagnostic::error(code, doubt.span, message), doubt.cause);
    finding.help = advice(doubt.what, path, finding.help.take());
    finding
}

/// What the user can do, beside what `known` says of the cause.
fn advice(what: DoubtKind, path: Option<&str>, known: Option<String>) -> Option<String> {
    match (what, path) {
        (DoubtKind::Call, Some(path)) => {
            let pure = format!("if it changes nothing that it is given, say so with `--pure {path}`");
            Some(known.map_or_else(|| pure.clone(), |known| format!("{known}; {pure}")))
        }
        (DoubtKind::Call, None) => known,
        (DoubtKind::Control | DoubtKind::Name, _) => known.or_else(|| {
            let sources = "what decides it must come from the code, from files of the DAG folder, or from `--env` \
                           and `--variable`";
            Some(sources.to_owned())
        }),
    }
}

/// The DAGs of everything of Airflow's that a value holds.
fn find(value: &Value, depth: usize, walked: &mut Walked, dags: &mut Vec<Rc<DagObject>>) {
    if depth > 30 || !walked.enters(value, depth) {
        return;
    }
    match value {
        Value::Tuple(items) => items.iter().for_each(|item| find(item, depth + 1, walked, dags)),
        Value::List(list) => list.seen().clone().iter().for_each(|item| find(item, depth + 1, walked, dags)),
        Value::Set(set) => set.seen().iter().for_each(|item| find(item.value(), depth + 1, walked, dags)),
        Value::Dict(dict) => dict.seen().values().for_each(|item| find(item, depth + 1, walked, dags)),
        Value::Iter(iter) => iter.rest.borrow().iter().for_each(|item| find(item, depth + 1, walked, dags)),
        Value::Instance(instance) => {
            instance.attrs.borrow().values().for_each(|item| find(item, depth + 1, walked, dags));
        }
        Value::Method(method) => find(&method.receiver, depth + 1, walked, dags),
        Value::Object(object) => {
            if let Some(dag) = value.downcast::<DagObject>() {
                dags.push(dag);
            } else if let Some(task) = value.downcast::<Task>() {
                dags.extend(task.dag());
            } else if let Some(group) = value.downcast::<Group>() {
                dags.extend(group.dag());
            } else if let Some(xcom) = value.downcast::<XComArg>() {
                dags.extend(xcom.references().iter().filter_map(|task| task.dag()));
            } else if let Some(edge) = value.downcast::<EdgeModifier>() {
                dags.extend(edge.tasks().iter().filter_map(|task| task.dag()));
            } else {
                let mut inner = Vec::new();
                object.visit(&mut |value| inner.push(value.clone()));
                for value in &inner {
                    find(value, depth + 1, walked, dags);
                }
            }
        }
        _ => {}
    }
}

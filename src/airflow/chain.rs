//! `chain`, `chain_linear` and `cross_downstream`.

use super::relations::{self, Node};
use super::state::{self, State};
use crate::eval::Vm;
use crate::source::Span;
use crate::value::{Args, Eval, Native, Stop, Value};

/// `chain(*tasks)`.
pub static CHAIN: Native = Native::new("chain", chain).hosted();
/// `chain_linear(*elements)`.
pub static CHAIN_LINEAR: Native = Native::new("chain_linear", chain_linear).hosted();
/// `cross_downstream(from_tasks, to_tasks)`.
pub static CROSS_DOWNSTREAM: Native = Native::new("cross_downstream", cross_downstream).hosted();

/// Takes the arguments of a function of `*tasks`; what is not known refuses the DAGs that the others are in.
fn elements(vm: &mut Vm, args: &Args, name: &str) -> Option<Vec<Value>> {
    let unknown = args.first_unknown().cloned();
    let values: Vec<Value> = args.positional.iter().map(|arg| arg.value.clone()).collect();
    let Some(cause) = unknown else { return Some(values) };
    refuse(vm, args.span, &values, name, &cause);
    None
}

fn refuse(vm: &mut Vm, span: Span, values: &[Value], name: &str, cause: &crate::datum::Cause) {
    let finding = state::unknown(span, format!("an argument of `{name}` is not known"), cause);
    let mut any = false;
    for value in values {
        for item in relations::listed(value).unwrap_or_default() {
            if let Some(node) = Node::of(&item) {
                node.refuse(&finding);
                any = true;
            }
        }
    }
    if let Some(dag) = State::of(vm).current_dag() {
        dag.refuse(finding);
    } else if !any {
        State::of(vm).doubts.push(finding);
    }
}

fn sequence(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Tuple(_))
}

fn chain(vm: &mut Vm, args: Args) -> Eval<Value> {
    let span = args.span;
    let Some(tasks) = elements(vm, &args, "chain") else { return Ok(Value::None) };
    for pair in tasks.windows(2) {
        let [up, down] = pair else { continue };
        if let Some(node) = Node::of(up) {
            relations::set_relatives(vm, &node, down, false, span, None)?;
            continue;
        }
        if let Some(node) = Node::of(down) {
            relations::set_relatives(vm, &node, up, true, span, None)?;
            continue;
        }
        if !sequence(up) || !sequence(down) {
            return Err(Stop::type_error(format!(
                "chain not supported between instances of `{}` and `{}`",
                up.type_name(),
                down.type_name()
            )));
        }
        let (ups, downs) = match (relations::listed(up), relations::listed(down)) {
            (Ok(ups), Ok(downs)) => (ups, downs),
            (Err(Stop::Unknown(cause)), _) | (_, Err(Stop::Unknown(cause))) => {
                refuse(vm, span, &tasks, "chain", &cause);
                return Ok(Value::None);
            }
            (Err(stop), _) | (_, Err(stop)) => return Err(stop),
        };
        if ups.len() != downs.len() {
            return Err(Stop::value_error(format!(
                "chain not supported for different length Iterable. Got {} and {}.",
                ups.len(),
                downs.len()
            )));
        }
        for (up, down) in ups.iter().zip(&downs) {
            downstream(vm, up, down, span, &tasks)?;
        }
    }
    Ok(Value::None)
}

/// `up.set_downstream(down)` for any value `up`.
fn downstream(vm: &mut Vm, up: &Value, down: &Value, span: Span, all: &[Value]) -> Eval<()> {
    match (Node::of(up), up) {
        (Some(node), _) => relations::set_relatives(vm, &node, down, false, span, None),
        (None, Value::Unknown(cause)) => {
            refuse(vm, span, all, "chain", &cause.clone());
            Ok(())
        }
        (None, other) => Err(Stop::no_attribute(other, "set_downstream")),
    }
}

fn chain_linear(vm: &mut Vm, args: Args) -> Eval<Value> {
    let span = args.span;
    let Some(elements) = elements(vm, &args, "chain_linear") else { return Ok(Value::None) };
    if elements.is_empty() {
        return Err(Stop::value_error("no tasks provided; nothing to do"));
    }
    let mut previous: Option<Vec<Value>> = None;
    let mut drawn = false;
    for element in &elements {
        let node = Node::of(element);
        if matches!(node, Some(Node::Edge(_))) {
            return Err(Stop::value_error("labels are not supported by chain_linear"));
        }
        for task in previous.iter().flatten() {
            downstream(vm, task, element, span, &elements)?;
            drawn = true;
        }
        previous = Some(match node {
            Some(_) => vec![element.clone()],
            None => vm.iterate(element)?,
        });
    }
    if !drawn {
        return Err(Stop::value_error("no dependencies were set. Did you forget to expand with `*`?"));
    }
    Ok(Value::None)
}

fn cross_downstream(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    if elements(vm, &args, "cross_downstream").is_none() {
        return Ok(Value::None);
    }
    let from = args.expect("from_tasks")?;
    let to = args.expect("to_tasks")?;
    args.finish()?;
    let tasks = match vm.iterate(&from) {
        Ok(tasks) => tasks,
        Err(Stop::Unknown(cause)) => {
            refuse(vm, span, &[to], "cross_downstream", &cause);
            return Ok(Value::None);
        }
        Err(stop) => return Err(stop),
    };
    for task in &tasks {
        downstream(vm, task, &to, span, &tasks)?;
    }
    Ok(Value::None)
}

//! What can be mapped over, and what Airflow raises where something else is.

use super::catalog;
use super::mapping::MappingSource;
use super::state::State;
use super::xcom::XComArg;
use crate::dag::SourceAirflow;
use crate::eval::Vm;
use crate::value::{Args, Eval, Stop, Value};

/// Parameters that `partial` fills itself, so that `expand` cannot name them.
///
/// Source: `partial` and `_PARTIAL_DEFAULTS` of 3.0.6. In 2.10.5 all parameters of the base class are among them.
const FILLED: &[&str] = &[
    "allow_nested_operators",
    "dag",
    "depends_on_past",
    "execution_timeout",
    "executor_config",
    "ignore_first_depends_on_past",
    "inlets",
    "map_index_template",
    "max_retry_delay",
    "outlets",
    "owner",
    "pool_slots",
    "priority_weight",
    "queue",
    "retries",
    "retry_delay",
    "retry_exponential_backoff",
    "task_group",
    "task_id",
    "trigger_rule",
    "wait_for_downstream",
    "wait_for_past_depends_before_skipping",
    "weight_rule",
];

/// Whether an argument can be mapped over: `is_mappable_value`, or the result of a task.
pub fn check(name: &str, value: &Value) -> Eval<()> {
    match value {
        Value::Str(_)
        | Value::Bytes(_)
        | Value::None
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Set(_) => Err(Stop::value_error(format!(
            "expand() got an unexpected type '{}' for keyword argument {name}",
            value.type_name()
        ))),
        _ => Ok(()),
    }
}

/// `OperatorPartial.expand`: what is mapped, and that `partial` does not have it already.
pub fn check_operator(vm: &mut Vm, partial: &Args, source: &MappingSource) -> Eval<()> {
    let MappingSource::Expand(named) = source else { return check_kwargs(source) };
    let old = State::of(vm).source() == SourceAirflow::V2;
    for (name, arg) in named {
        check(name, &arg.value)?;
        let filled =
            FILLED.contains(&&**name) || old && catalog::BASE_PARAMETERS.binary_search(&&**name).is_ok();
        if filled || partial.named.iter().any(|(given, _)| given == name) {
            return Err(Stop::type_error(format!("unmappable or already specified argument: {name}")));
        }
    }
    check_results(source)
}

/// `expand_kwargs` takes the result of a task, or a list of dicts and of such results.
pub fn check_kwargs(source: &MappingSource) -> Eval<()> {
    let MappingSource::ExpandKwargs(arg, _) = source else { return Ok(()) };
    let wrong = |value: &Value| {
        Err(Stop::type_error(format!("expected XComArg or list[dict], not {}", value.type_name())))
    };
    match &arg.value {
        Value::List(list) if !list.seen().iter().all(may_be_dict) => return wrong(&arg.value),
        Value::Tuple(items) if !items.iter().all(may_be_dict) => return wrong(&arg.value),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Set(_) | Value::Dict(_) => {
            return wrong(&arg.value);
        }
        // Text is a sequence too, of texts.
        Value::Str(text) if !text.is_empty() => return wrong(&arg.value),
        _ => {}
    }
    check_results(source)
}

fn may_be_dict(item: &Value) -> bool {
    !matches!(
        item,
        Value::None
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::List(_)
            | Value::Tuple(_)
            | Value::Set(_)
    )
}

/// Only whole results can be mapped over: `ensure_xcomarg_return_value`.
pub fn check_results(source: &MappingSource) -> Eval<()> {
    source.values().iter().try_for_each(|(value, _)| whole(value, 0))
}

fn whole(value: &Value, depth: usize) -> Eval<()> {
    if depth > 100 {
        return Ok(());
    }
    match value {
        Value::Tuple(items) => items.iter().try_for_each(|item| whole(item, depth + 1)),
        Value::List(list) => list.seen().iter().try_for_each(|item| whole(item, depth + 1)),
        Value::Dict(dict) => dict.seen().values().try_for_each(|item| whole(item, depth + 1)),
        Value::Object(_) => match value.downcast::<XComArg>().and_then(|xcom| xcom.custom_key()) {
            Some(key) => Err(Stop::value_error(format!("cannot map over XCom with custom key '{key}'"))),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// A mapping over the result of a task, under the trigger rule `always`, has nothing to be mapped over.
///
/// Source: `_TaskDecorator.expand` of 2.10.5 and 3.0.6, which looks at the decorator's own argument alone.
pub fn check_rule(rule: Option<&Value>, source: &MappingSource) -> Eval<()> {
    let always = rule.and_then(super::enums::text_of).is_some_and(|rule| &*rule == "always");
    let MappingSource::Expand(named) = source else { return Ok(()) };
    if always && named.iter().any(|(_, arg)| arg.value.downcast::<XComArg>().is_some()) {
        return Err(Stop::value_error(
            "task-generated mapping within a task using 'expand' is not allowed with trigger rule 'always'",
        ));
    }
    Ok(())
}

//! What `DAG(…)` asks of its arguments. What it raises is raised at the argument; what only `DagBag` finds refuses that DAG.

use num_traits::ToPrimitive;

use super::DagObject;
use super::validation::faulty_param;
use crate::airflow::checks::raise_at;
use crate::airflow::state::State;
use crate::airflow::typed::TypedValue;
use crate::airflow::{dates, exceptions};
use crate::dag::SourceAirflow;
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::Vm;
use crate::value::{Arg, Eval, Stop, Value};

/// The longest tag: `TAG_MAX_LEN`.
const TAG_LENGTH: usize = 100;

const TEXTS: &[&str] = &["dag_display_name", "description", "doc_md"];
/// Dates and their like, by the names of their types.
const TIMES: &[&str] = &["date", "datetime", "time", TIMEDELTA];
const TIMEDELTA: &str = "timedelta";
const INTEGERS: &[&str] = &["max_active_runs", "max_active_tasks", "max_consecutive_failed_dag_runs"];
/// 2.x alone holds these to be true or false; 3.x turns them into that.
const BOOLS_2: &[&str] = &["auto_register", "catchup", "fail_stop", "render_template_as_native_obj"];

/// What Airflow takes as it is, and stores only if it is true or false: `dag` in `serialization/schema.json` of 2.10.5 and 3.0.6.
const STORED_BOOLS: &[&str] = &["catchup", "disable_bundle_versioning", "is_paused_upon_creation"];

/// Checks a DAG right after its arguments were taken.
pub(super) fn check(vm: &mut Vm, dag: &DagObject) -> Eval<()> {
    let old = State::of(vm).source() == SourceAirflow::V2;
    let args = dag.args.borrow().clone();
    for (name, arg) in &args {
        check_one(name, arg, old).map_err(|stop| raise_at(stop, arg.span))?;
    }
    let (defaults, span) = dag.default_args();
    if let Value::Dict(defaults) = &defaults {
        for name in ["start_date", "end_date"].into_iter().filter(|name| !args.contains_key(*name)) {
            let is_named = |key: &Value| matches!(key, Value::Str(key) if &**key == name);
            let entries = defaults.seen();
            let value = entries.iter().find(|(key, _)| is_named(key.value())).map(|(_, value)| value);
            if let Some(value) = value {
                dates::check_default(value).map_err(|stop| raise_at(stop, span))?;
            }
        }
    }
    let schedule = ["schedule", "schedule_interval", "timetable"]
        .iter()
        .filter_map(|name| args.get(*name))
        .find(|arg| !arg.value.is_none());
    if let Some(schedule) = schedule {
        scheduled(vm, dag, schedule, old).map_err(|stop| raise_at(stop, schedule.span))?;
    }
    Ok(())
}

/// Why Airflow builds a DAG with its arguments and does not store it.
pub(super) fn unstored(dag: &DagObject) -> Vec<Diagnostic> {
    let args = dag.args.borrow();
    let found = args.iter().filter_map(|(name, arg)| {
        let expected = unlike_stored(name, &arg.value)?;
        let message = format!("Airflow builds this DAG and does not store it: `{name}` is not {expected}");
        let finding = Diagnostic::error(codes::IMPORT_ERROR, arg.span, message).parameter(&**name);
        Some(finding.help(format!("give it {expected}")))
    });
    found.collect()
}

/// What Airflow stores for an argument, where the value is something else that the DAG took.
fn unlike_stored(name: &str, value: &Value) -> Option<&'static str> {
    match value {
        Value::Bool(_) => INTEGERS.contains(&name).then_some("a number"),
        _ if STORED_BOOLS.contains(&name) && is_plain(value) => Some("`True` or `False`"),
        _ => None,
    }
}

/// Whether a value is one of Python's own kinds, whose type is known.
fn is_plain(value: &Value) -> bool {
    matches!(
        value,
        Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::List(_)
            | Value::Tuple(_)
            | Value::Dict(_)
    ) || TIMES.contains(&type_name(value).as_str())
}

/// The name of a value's type, without its module.
fn type_name(value: &Value) -> String {
    let name = value.type_name();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

fn check_one(name: &str, arg: &Arg, old: bool) -> Eval<()> {
    let value = &arg.value;
    let plain = is_plain(value);
    let wrong = |expected: &str| {
        Err(Stop::type_error(format!("'{name}' of a DAG expects {expected}, got {}", value.type_name())))
    };
    match name {
        "schedule" | "schedule_interval" => check_schedule(value),
        "tags" => check_tags(value),
        "dagrun_timeout" if plain && type_name(value) != TIMEDELTA => wrong("timedelta"),
        name if TEXTS.contains(&name) && plain && !matches!(value, Value::Str(_)) => wrong("str"),
        name if INTEGERS.contains(&name) && plain && !matches!(value, Value::Int(_) | Value::Bool(_)) => {
            wrong("int")
        }
        name if old && BOOLS_2.contains(&name) && plain && !matches!(value, Value::Bool(_)) => wrong("bool"),
        _ => Ok(()),
    }
}

fn check_schedule(value: &Value) -> Eval<()> {
    let scalar = |value: &Value| {
        matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::None)
    };
    match value {
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            Err(Stop::value_error(format!("a `{}` is no valid schedule", value.type_name())))
        }
        Value::List(list) if list.seen().iter().any(scalar) => {
            Err(Stop::value_error("all elements of a `schedule` list are assets, references or aliases"))
        }
        Value::Tuple(items) if items.iter().any(scalar) => {
            Err(Stop::value_error("all elements of a `schedule` list are assets, references or aliases"))
        }
        _ => Ok(()),
    }
}

fn check_tags(value: &Value) -> Eval<()> {
    let long = |value: &Value| value.as_str().is_some_and(|tag| tag.chars().count() > TAG_LENGTH);
    let too_long = match value {
        Value::List(list) => list.seen().iter().any(long),
        Value::Tuple(items) => items.iter().any(long),
        Value::Set(set) => set.seen().iter().any(|tag| long(tag.value())),
        _ => false,
    };
    if too_long {
        return Err(Stop::value_error(format!("tag cannot be longer than {TAG_LENGTH} characters")));
    }
    Ok(())
}

fn scheduled(vm: &mut Vm, dag: &DagObject, schedule: &Arg, old: bool) -> Eval<()> {
    let args = dag.args.borrow().clone();
    let continuous = schedule.value.as_str() == Some("@continuous")
        || schedule.value.downcast::<TypedValue>().is_some_and(|value| value.name() == "ContinuousTimetable");
    let runs = args.get("max_active_runs").map(|arg| arg.value.clone());
    let one = match &runs {
        None => false,
        Some(Value::Int(runs)) => runs.to_i64().is_some_and(|runs| runs <= 1),
        Some(_) => true,
    };
    if continuous && !one {
        return Err(Stop::value_error(
            "invalid max_active_runs: ContinuousTimetable requires max_active_runs <= 1",
        ));
    }
    let (defaults, _) = dag.default_args();
    let starts = args.get("start_date").is_some_and(|arg| !arg.value.is_none())
        || match &defaults {
            Value::Dict(dict) => {
                dict.why_open().is_some()
                    || dict
                        .seen()
                        .keys()
                        .any(|key| matches!(key.value(), Value::Str(name) if &**name == "start_date"))
            }
            _ => true,
        };
    if old && !starts && schedule.value.unknown().is_none() {
        return Err(Stop::value_error("DAG is missing the start_date parameter"));
    }
    let catchup = args.get("catchup").is_some_and(|arg| matches!(arg.value, Value::Bool(true)));
    if !old && catchup && !starts {
        return Err(Stop::value_error("start_date is required when catchup=True"));
    }
    check_params(vm, dag, old)
}

/// A scheduled DAG needs a valid value for each of its params. 3.x asks when the DAG is made, 2.x when it is bagged.
fn check_params(vm: &mut Vm, dag: &DagObject, old: bool) -> Eval<()> {
    let params = dag.params();
    let entries = params.entries.borrow().clone();
    let Some((name, arg, why)) =
        entries.iter().find_map(|(name, arg)| faulty_param(vm, &arg.value).map(|why| (name, arg, why)))
    else {
        return Ok(());
    };
    let message = format!("a DAG with a schedule needs a valid value for each param: `{name}` {why}");
    if old {
        dag.refuse(Diagnostic::error(codes::IMPORT_ERROR, arg.span, message).parameter("params"));
        return Ok(());
    }
    let raised: Eval<()> = exceptions::raise(&exceptions::PARAM_VALIDATION_ERROR, message);
    raised.map_err(|stop| raise_at(stop, arg.span))
}

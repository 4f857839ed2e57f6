//! What `BaseOperator.__init__` asks of its arguments: types, trigger and weight rules, durations. What it raises is raised at the
//! argument.

use std::rc::Rc;

use num_traits::ToPrimitive;

use super::enums;
use super::exceptions;
use super::operator::OperatorClass;
use super::state::State;
use super::task::Task;
use crate::dag::{OLD_TRIGGER_RULES, SourceAirflow, TRIGGER_RULES};
use crate::eval::Vm;
use crate::source::Span;
use crate::value::{Arg, Eval, Stop, Value};

/// Source: `BASEOPERATOR_ARGS_EXPECTED_TYPES` of 2.10.5 and 3.0.6, where both agree.
const BOOLS: &[&str] = &[
    "allow_nested_operators",
    "depends_on_past",
    "do_xcom_push",
    "email_on_failure",
    "email_on_retry",
    "ignore_first_depends_on_past",
    "multiple_outputs",
    "retry_exponential_backoff",
    "wait_for_downstream",
    "wait_for_past_depends_before_skipping",
];
const TEXTS: &[&str] = &[
    "doc",
    "doc_json",
    "doc_md",
    "doc_rst",
    "doc_yaml",
    "executor",
    "logger_name",
    "map_index_template",
    "pool",
    "queue",
    "run_as_user",
    "task_display_name",
];
const INTEGERS: &[&str] = &[
    "max_active_tis_per_dag",
    "max_active_tis_per_dagrun",
    "pool_slots",
    "priority_weight",
    "task_concurrency",
];

const WEIGHTS: &[&str] = &["absolute", "downstream", "upstream"];

/// Operators whose constructor asks whether `python_callable` can be called.
const PYTHON: &[&str] = &[
    "BranchExternalPythonOperator",
    "BranchPythonOperator",
    "BranchPythonVirtualenvOperator",
    "ExternalPythonOperator",
    "PythonOperator",
    "PythonVirtualenvOperator",
    "ShortCircuitOperator",
];

/// A value of a type that Python writes as a literal; of others too little is known to say what they are not.
#[derive(Clone, Copy, PartialEq)]
enum Plain {
    Bool,
    Integer,
    Float,
    Text,
    Sequence,
    Dict,
}

fn plain(value: &Value) -> Option<Plain> {
    Some(match value {
        Value::Bool(_) => Plain::Bool,
        Value::Int(_) => Plain::Integer,
        Value::Float(_) => Plain::Float,
        Value::Str(_) => Plain::Text,
        Value::List(_) | Value::Tuple(_) => Plain::Sequence,
        Value::Dict(_) => Plain::Dict,
        _ => return None,
    })
}

/// Raises at the place of an argument.
pub fn raise_at(stop: Stop, span: Span) -> Stop {
    match stop {
        Stop::Raise(mut raise) => {
            raise.span.get_or_insert(span);
            Stop::Raise(raise)
        }
        Stop::Unknown(_) | Stop::Halt(_) => stop,
    }
}

/// Checks what a task is made with, its defaults included.
pub fn check(vm: &mut Vm, task: &Task) -> Eval<()> {
    // Of a mapped task nothing is made yet.
    if task.mapping.is_some() {
        return Ok(());
    }
    for (name, arg) in &task.effective() {
        check_one(vm, task, name, arg).map_err(|stop| raise_at(stop, arg.span))?;
    }
    check_fail_fast(task)
}

fn check_one(vm: &mut Vm, task: &Task, name: &Rc<str>, arg: &Arg) -> Eval<()> {
    let value = &arg.value;
    let wrong = |expected: &str| {
        Err(Stop::type_error(format!(
            "'{name}' for task '{}' expects {expected}, got {}",
            task.display_id(),
            value.type_name()
        )))
    };
    let Some(kind) = plain(value) else {
        return match &**name {
            "trigger_rule" | "weight_rule" => rule(vm, name, arg),
            _ => Ok(()),
        };
    };
    match &**name {
        name if BOOLS.contains(&name) && kind != Plain::Bool => wrong("bool"),
        name if TEXTS.contains(&name) && kind != Plain::Text => wrong("str"),
        name if INTEGERS.contains(&name) && !matches!(kind, Plain::Integer | Plain::Bool) => wrong("int"),
        "email" if matches!(kind, Plain::Bool | Plain::Integer | Plain::Float) => wrong("str or a sequence"),
        "pool_slots" => match value {
            Value::Int(slots) if slots.to_i64().is_some_and(|slots| slots < 1) => {
                Err(Stop::value_error(format!("pool slots for {} cannot be less than 1", task.display_id())))
            }
            _ => Ok(()),
        },
        "retries" => match (kind, value) {
            (Plain::Text, Value::Str(text)) if !is_integer(text) => wrong("int"),
            (Plain::Sequence | Plain::Dict, _) => wrong("int"),
            _ => Ok(()),
        },
        "retry_delay" | "max_retry_delay" if matches!(kind, Plain::Text | Plain::Sequence | Plain::Dict) => {
            wrong("timedelta or seconds")
        }
        "execution_timeout" => {
            Err(Stop::value_error(format!("execution_timeout must be timedelta, not {}", value.type_name())))
        }
        "params" if kind != Plain::Dict => {
            Err(Stop::type_error(format!("params must be a mapping, got {}", value.type_name())))
        }
        "trigger_rule" | "weight_rule" => rule(vm, name, arg),
        "python_callable" if is_python(&task.class) => {
            exceptions::airflow("`python_callable` param must be callable")
        }
        _ => Ok(()),
    }
}

fn is_python(class: &OperatorClass) -> bool {
    PYTHON.contains(&super::typed::split_path(&class.library().path).1)
}

/// What `int(text)` takes.
fn is_integer(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_numeric() || c == '_')
}

fn rule(vm: &mut Vm, name: &str, arg: &Arg) -> Eval<()> {
    let Some(text) = enums::text_of(&arg.value) else {
        return Ok(());
    };
    if name == "weight_rule" {
        // A dotted one is the class of a plugin.
        if WEIGHTS.contains(&&*text) || text.contains('.') {
            return Ok(());
        }
        return Err(Stop::value_error(format!("unknown priority strategy {text}")));
    }
    if TRIGGER_RULES.contains(&&*text) {
        return Ok(());
    }
    let successor = OLD_TRIGGER_RULES.iter().find(|(old, _)| *old == &*text).map(|(_, new)| *new);
    if successor.is_some() && State::of(vm).forced != Some(SourceAirflow::V3) {
        State::of(vm).saw_old(arg.span, format!("trigger_rule='{text}'"));
        return Ok(());
    }
    let near = successor
        .or_else(|| similar::get_close_matches(text.as_ref(), TRIGGER_RULES, 1, 0.6).first().copied());
    let hint = near.map(|near| format!("; there is '{near}'")).unwrap_or_default();
    Err(Stop::value_error(format!("'{text}' is no trigger rule{hint}")))
}

/// A DAG that fails fast takes tasks of the default trigger rule alone: `FailFastDagInvalidTriggerRule.check`.
fn check_fail_fast(task: &Task) -> Eval<()> {
    let Some(dag) = task.dag() else { return Ok(()) };
    let args = dag.args.borrow();
    let fast = ["fail_fast", "fail_stop"]
        .iter()
        .any(|name| args.get(*name).is_some_and(|arg| matches!(arg.value, Value::Bool(true))));
    let Some(rule) = task.argument("trigger_rule").filter(|_| fast) else { return Ok(()) };
    if enums::text_of(&rule.value).is_none_or(|text| &*text == "all_success") {
        return Ok(());
    }
    let raised: Eval<()> = exceptions::raise(
        &exceptions::FAIL_FAST_DAG_INVALID_TRIGGER_RULE,
        "a 'fail_fast' dag can only have all_success trigger rule",
    );
    raised.map_err(|stop| raise_at(stop, rule.span))
}

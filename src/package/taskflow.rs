//! Arguments of Python functions that are results of other tasks, and functions whose results go out under several keys: the wrapper
//! that does natively what Airflow does for them.
//!
//! Follows `PlainXComArg.resolve` and `_push_xcom_if_needed` of Airflow 3.0.6. A producer of several outputs pushes each under its key,
//! as Airflow has it and the service does not, so that every way of pulling them finds them.

use std::collections::{BTreeMap, BTreeSet};

use super::literal::{literal, quoted};
use crate::dag::{Argument, Dag, Mapping, Task};
use crate::datum::{Datum, XCom};

/// Helpers of the written module.
const RESULT: &str = "def _result(ti, task_id):
    return ti.xcom_pull(task_ids=task_id, map_indexes=None)";
const RESULTS: &str = "def _results(ti, task_ids):
    values = (ti.xcom_pull(task_ids=task_id, map_indexes=None) for task_id in task_ids)
    return [value for value in values if value is not None]";
const OUTPUT: &str = "def _output(ti, task_id, key):
    return ti.xcom_pull(task_ids=task_id, key=key, map_indexes=None)";
const PUSHED: &str = "def _pushed(ti, task_id, key):
    missing = object()
    value = ti.xcom_pull(task_ids=task_id, key=key, map_indexes=None, default=missing)
    if value is missing:
        raise KeyError(f\"the task {task_id} pushed nothing under {key}\")
    return value";
const PUSH: &str = "def _push_each(ti, result):
    if result is None:
        return None
    if not isinstance(result, dict):
        raise TypeError(f\"a task with several outputs returned a {type(result)}, not a dict\")
    if not all(isinstance(key, str) for key in result):
        raise TypeError(\"a task with several outputs returned a key that is no text\")
    for key, value in result.items():
        ti.xcom_push(key=key, value=value)
    return result";

/// The helpers by name.
pub(super) const HELPERS: &[(&str, &str)] = &[
    ("_result", RESULT),
    ("_results", RESULTS),
    ("_output", OUTPUT),
    ("_pushed", PUSHED),
    ("_push_each", PUSH),
];

/// The import that every wrapper needs.
pub(super) const DETERMINE: &str =
    "from airflow.utils.operator_helpers import determine_kwargs as _determine_kwargs";

/// What wrappers need to know of the other tasks of a DAG.
pub(super) struct Producers {
    /// Into how many tasks each mapped one is written out.
    mapped: BTreeMap<String, usize>,
    /// Those whose results go out under several keys.
    several: BTreeSet<String>,
}

impl Producers {
    pub(super) fn of(dag: &Dag) -> Self {
        let mapped =
            dag.tasks.iter().filter_map(|task| Some((task.task_id.clone(), count(task.mapping.as_ref()?)?)));
        let several = dag.tasks.iter().filter(|task| has_several(task)).map(|task| task.task_id.clone());
        Self { mapped: mapped.collect(), several: several.collect() }
    }

    /// The expression that pulls a result, and the helper it calls.
    fn pull(&self, xcom: &XCom) -> (String, &'static str) {
        let id = quoted(&xcom.task_id);
        if xcom.key != "return_value" {
            let helper = if self.several.contains(&xcom.task_id) { "_output" } else { "_pushed" };
            return (format!("{helper}(ti, {id}, {})", quoted(&xcom.key)), helper);
        }
        match self.mapped.get(&xcom.task_id) {
            Some(count) => {
                let ids: Vec<String> =
                    (0..*count).map(|n| quoted(&format!("{}__{n}", xcom.task_id))).collect();
                (format!("_results(ti, [{}])", ids.join(", ")), "_results")
            }
            None => (format!("_result(ti, {id})"), "_result"),
        }
    }
}

/// Whether the results of a task go out under several keys.
pub(super) fn has_several(task: &Task) -> bool {
    let is = |name: &str, value: bool| {
        let own = task.arguments.iter().chain(&task.inherited).find(|argument| argument.name == name);
        own.is_some_and(|argument| argument.value == Datum::Bool(value))
    };
    is("multiple_outputs", true) && !is("do_xcom_push", false)
}

/// How many tasks a literal mapping is written out as.
fn count(mapping: &Mapping) -> Option<usize> {
    match mapping {
        Mapping::Expand(arguments) => arguments.iter().try_fold(1_usize, |count, argument| {
            let length = match &argument.value {
                Datum::List(items) | Datum::Tuple(items) => items.len(),
                Datum::Map(pairs) => pairs.len(),
                _ => return None,
            };
            count.checked_mul(length)
        }),
        Mapping::ExpandKwargs { value: Datum::List(items) | Datum::Tuple(items), .. } => Some(items.len()),
        Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup => None,
    }
}

/// Whether a result stands anywhere in a value.
pub(super) fn holds_result(value: &Datum) -> bool {
    matches!(value, Datum::XCom(_)) || value.values().any(holds_result)
}

/// A wrapper: its body, and the helpers it calls.
#[derive(Default)]
pub(super) struct Wrapper {
    pub(super) body: String,
    pub(super) helpers: BTreeSet<&'static str>,
}

/// The wrapper of a function whose arguments hold results, or whose own results go out under several keys; takes the results out of
/// `op_args` and `op_kwargs`. `None` where neither is so. `Err` names the argument that holds a result inside an object.
pub(super) fn wrapper(
    function: &str,
    arguments: &mut Vec<Argument>,
    several: bool,
    producers: &Producers,
) -> Result<Option<Wrapper>, String> {
    let mut made = Wrapper::default();
    let mut lines: Vec<String> = Vec::new();
    if let Some(at) = arguments.iter().position(|argument| argument.name == "op_args")
        && holds_result(&arguments[at].value)
    {
        let (Datum::List(items) | Datum::Tuple(items)) = &mut arguments[at].value else {
            return Err("op_args".to_owned());
        };
        let mut parts = Vec::new();
        for (index, item) in items.iter_mut().enumerate() {
            parts.push(expression(item, &format!("args[{index}]"), producers, &mut made).ok_or("op_args")?);
        }
        let is_left = items.iter().any(|item| *item != Datum::Null);
        if !is_left {
            arguments.remove(at);
        }
        let comma = if parts.len() == 1 { "," } else { "" };
        lines.push(format!("args = ({}{comma})", parts.join(", ")));
    }
    if let Some(at) = arguments.iter().position(|argument| argument.name == "op_kwargs")
        && holds_result(&arguments[at].value)
    {
        let Datum::Map(pairs) = &mut arguments[at].value else { return Err("op_kwargs".to_owned()) };
        let mut pulled = Vec::new();
        let mut left = Vec::new();
        for (key, mut value) in std::mem::take(pairs) {
            if !holds_result(&value) {
                left.push((key, value));
                continue;
            }
            let name = literal(&key).ok_or("op_kwargs")?;
            let text = expression(&mut value, &format!("context[{name}]"), producers, &mut made)
                .ok_or("op_kwargs")?;
            pulled.push(format!("{name}: {text}"));
            if value != Datum::Null {
                left.push((key, value));
            }
        }
        let is_left = !left.is_empty();
        *pairs = left;
        if !is_left {
            arguments.remove(at);
        }
        let short = format!("context |= {{{}}}", pulled.join(", "));
        if short.len() <= 96 {
            lines.push(short);
        } else {
            lines.push("context |= {".to_owned());
            lines.extend(pulled.iter().map(|pulled| format!("    {pulled},")));
            lines.push("}".to_owned());
        }
    }
    if lines.is_empty() && !several {
        return Ok(None);
    }
    let call = format!("{function}(*args, **_determine_kwargs({function}, args, context))");
    if several {
        made.helpers.insert("_push_each");
        lines.push(format!("return _push_each(context[\"ti\"], {call})"));
    } else {
        lines.push(format!("return {call}"));
    }
    if lines.iter().any(|line| line.contains("(ti, ")) {
        lines.insert(0, "ti = context[\"ti\"]".to_owned());
    }
    made.body = lines.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    Ok(Some(made))
}

/// The expression for a value with results in it; `rendered` gives the value as Airflow rendered it, where nulls now stand for the
/// results.
fn expression(
    value: &mut Datum,
    rendered: &str,
    producers: &Producers,
    made: &mut Wrapper,
) -> Option<String> {
    if !holds_result(value) {
        return Some(rendered.to_owned());
    }
    match value {
        Datum::XCom(xcom) => {
            let (text, helper) = producers.pull(xcom);
            made.helpers.insert(helper);
            *value = Datum::Null;
            Some(text)
        }
        Datum::List(items) | Datum::Tuple(items) => {
            let mut parts = Vec::new();
            for (index, item) in items.iter_mut().enumerate() {
                parts.push(expression(item, &format!("{rendered}[{index}]"), producers, made)?);
            }
            let is_emptied = items.iter().all(|item| *item == Datum::Null);
            let parts = parts.join(", ");
            let text =
                if matches!(value, Datum::List(_)) { format!("[{parts}]") } else { format!("({parts},)") };
            if is_emptied && !text.contains(rendered) {
                *value = Datum::Null;
            }
            Some(text)
        }
        Datum::Map(pairs) => {
            let mut parts = Vec::new();
            for (key, item) in pairs.iter_mut() {
                let key = literal(key)?;
                parts.push(format!(
                    "{key}: {}",
                    expression(item, &format!("{rendered}[{key}]"), producers, made)?
                ));
            }
            let is_emptied = pairs.iter().all(|(_, item)| *item == Datum::Null);
            let text = format!("{{{}}}", parts.join(", "));
            if is_emptied && !text.contains(rendered) {
                *value = Datum::Null;
            }
            Some(text)
        }
        _ => None,
    }
}

/// Leaves of a mapping of a function over results, which no target says, one over `op_kwargs`: the parameters of the function are none of
/// its operator.
pub(super) fn over_results(task: &mut Task) {
    let Some(Mapping::Expand(arguments)) = &mut task.mapping else { return };
    if let Some(at) = arguments.iter().position(|argument| holds_result(&argument.value)) {
        arguments.swap(0, at);
        arguments.truncate(1);
        for argument in arguments {
            "op_kwargs".clone_into(&mut argument.name);
        }
    }
}

/// Turns the mapping of a function over literal values into one over `op_kwargs`, which its operator has.
pub(super) fn expand(task: &mut Task) {
    const MOST: usize = 1000;
    let Some(mapping) = &task.mapping else { return };
    if count(mapping).is_none_or(|count| count == 0 || count > MOST) {
        return;
    }
    let (sets, span) = match mapping {
        Mapping::Expand(arguments) => {
            let Some(span) = arguments.first().map(|argument| argument.span) else { return };
            let mut sets: Vec<Vec<(Datum, Datum)>> = vec![Vec::new()];
            for argument in arguments {
                let values: Vec<Datum> = match &argument.value {
                    Datum::List(items) | Datum::Tuple(items) => items.clone(),
                    Datum::Map(pairs) => pairs
                        .iter()
                        .map(|(key, value)| Datum::Tuple(vec![key.clone(), value.clone()]))
                        .collect(),
                    _ => return,
                };
                // Of several mapped arguments, the last one turns fastest.
                sets = sets
                    .iter()
                    .flat_map(|set| {
                        values.iter().map(|value| {
                            let mut set = set.clone();
                            set.push((Datum::str(&argument.name), value.clone()));
                            set
                        })
                    })
                    .collect();
            }
            (sets, span)
        }
        Mapping::ExpandKwargs { value: Datum::List(items) | Datum::Tuple(items), span, .. } => {
            let mut sets = Vec::new();
            for item in items {
                let Datum::Map(pairs) = item else { return };
                sets.push(pairs.clone());
            }
            (sets, *span)
        }
        Mapping::ExpandKwargs { .. } | Mapping::InMappedGroup => return,
    };
    if sets.iter().flatten().any(|(_, value)| holds_result(value) || value.first_unknown().is_some()) {
        return;
    }
    let shared = match task.arguments.iter().position(|argument| argument.name == "op_kwargs") {
        Some(at) => match task.arguments.remove(at).value {
            Datum::Map(pairs) => pairs,
            _ => return,
        },
        None => Vec::new(),
    };
    let instances = sets.into_iter().map(|set| {
        let mut pairs: Vec<(Datum, Datum)> =
            shared.iter().filter(|(key, _)| !set.iter().any(|(own, _)| own == key)).cloned().collect();
        pairs.extend(set);
        Datum::Map(pairs)
    });
    let value = Datum::List(instances.collect());
    task.mapping = Some(Mapping::Expand(vec![Argument { name: "op_kwargs".to_owned(), value, span }]));
}

//! Tasks that the module beside a definition makes, as the format has no words for them: setups, teardowns, and mappings over results of
//! other tasks.
//!
//! The loader calls the class that a task names with what stands beside it. Of a class whose `__new__` gives an object of another class
//! Python initialises nothing more, so that the task is the operator's own: its type, its fields and what Airflow keeps of it are the same.
//! The loader makes tasks in the order of `dependencies`: what a mapping goes over is there already.

use std::collections::BTreeSet;

use super::callables::{Callables, Refusal, is_name};
use super::literal::literal;
use super::text::camel_case;
use super::{Input, OWN, short, taskflow};
use crate::dag::{Argument, Dag, Mapping, Operator, OperatorKind, Role, Standing, Task};
use crate::datum::{Datum, TypedObject};
use crate::source::Span;
use crate::target::{Target, takes, written_class};

mod call;
mod options;

use call::Writer;
pub(super) use options::options;

/// The arguments of the function of a task under `@task`.
const KEYWORDS: &str = "op_kwargs";
/// Whether a teardown fails its run; no constructor takes it.
const FAILS_RUN: &str = "on_failure_fail_dagrun";
/// The module of what `map`, `zip` and `concat` make of results.
const RESULTS: &str = "airflow.sdk.definitions.xcom_arg.";
/// The longest line of a call.
const WIDTH: usize = 95;

/// Whether the module makes a task: the format cannot say it, and a class can.
pub(super) fn is_made(task: &Task, dag: &Dag, target: &Target) -> bool {
    let needs_class = task.role != Role::Work || maps_results(task);
    needs_class && can_be_said(task, dag, target)
}

/// Whether a task is mapped over results of other tasks in another way than the format has, which is one of an operator over whole results.
fn maps_results(task: &Task) -> bool {
    let is_function = matches!(task.operator.kind, OperatorKind::Decorated { .. });
    let over_results = match &task.mapping {
        None | Some(Mapping::InMappedGroup) => return false,
        Some(Mapping::Expand(arguments)) => arguments.iter().any(|argument| {
            taskflow::holds_result(&argument.value)
                && (is_function || !matches!(argument.value, Datum::XCom(_)))
        }),
        Some(Mapping::ExpandKwargs { value, .. }) => taskflow::holds_result(value),
    };
    over_results || task.arguments.iter().any(|argument| taskflow::holds_result(&argument.value))
}

/// Whether Python says all of it that the class of the task has to.
fn can_be_said(task: &Task, dag: &Dag, target: &Target) -> bool {
    let Some(class) = written_class(target, &task.operator) else { return false };
    let value = |name: &str| task.arguments.iter().find(|own| own.name == name).map(|own| &own.value);
    // `as_teardown` sets the trigger rule.
    if task.role == Role::Teardown
        && !matches!(value("trigger_rule"), Some(Datum::Str(rule)) if rule == "all_done_setup_success")
        || !matches!(value(FAILS_RUN), None | Some(Datum::Bool(_)))
    {
        return false;
    }
    let Some(mapping) = &task.mapping else { return true };
    let is_function = matches!(task.operator.kind, OperatorKind::Decorated { .. });
    let mapped = match mapping {
        Mapping::InMappedGroup => return false,
        // What the class has under another name today, it would not find here.
        Mapping::Expand(arguments) => arguments.iter().all(|argument| {
            is_name(&argument.name)
                && (is_function || takes(&class, &argument.name) != Some(false))
                && is_sayable(&argument.value, dag)
        }),
        Mapping::ExpandKwargs { value, .. } => is_sayable(value, dag),
    };
    let shared = task.arguments.iter().filter(|argument| taskflow::holds_result(&argument.value));
    mapped
        && shared.into_iter().all(|argument| is_sayable(&argument.value, dag))
        && (!is_function || keywords(task).is_some_and(|pairs| pairs.iter().all(|(key, _)| is_key(key))))
}

/// What a function is given by name; `None` where that is not known.
fn keywords(task: &Task) -> Option<&[(Datum, Datum)]> {
    match task.arguments.iter().find(|argument| argument.name == KEYWORDS).map(|argument| &argument.value) {
        None => Some(&[]),
        Some(Datum::Map(pairs)) => Some(pairs),
        Some(_) => None,
    }
}

fn is_key(key: &Datum) -> bool {
    matches!(key, Datum::Str(name) if is_name(name))
}

/// Whether an expression makes a value: plain data, results of tasks of the DAG, and what is made of those.
fn is_sayable(value: &Datum, dag: &Dag) -> bool {
    match value {
        Datum::XCom(xcom) => {
            xcom.dag_id == dag.dag_id && dag.tasks.iter().any(|task| task.task_id == xcom.task_id)
        }
        Datum::List(_) | Datum::Tuple(_) | Datum::Map(_) => {
            value.children().all(|inner| is_sayable(inner, dag))
        }
        Datum::Object(object) if object.path.starts_with(RESULTS) => made_of_results(object, dag),
        Datum::Reference(_) => true,
        value => literal(value).is_some(),
    }
}

fn made_of_results(object: &TypedObject, dag: &Dag) -> bool {
    let is_filled = object.kwargs.iter().all(|(_, fill)| literal(fill).is_some());
    match (object.path.strip_prefix(RESULTS), object.args.as_slice()) {
        (Some("MapXComArg"), [of, Datum::List(functions)]) => {
            is_sayable(of, dag) && functions.iter().all(|function| matches!(function, Datum::Reference(_)))
        }
        (Some("ZipXComArg" | "ConcatXComArg"), [Datum::List(parts)]) => {
            is_filled && !parts.is_empty() && parts.iter().all(|part| is_sayable(part, dag))
        }
        _ => false,
    }
}

/// The class that makes a task.
pub(super) struct Made {
    /// Its name in the module.
    pub(super) name: String,
    /// The arguments that the definition leaves to it.
    pub(super) arguments: BTreeSet<String>,
    /// Whether it holds functions of the DAG file.
    pub(super) has_functions: bool,
}

/// Writes the class that makes a task, for which [`is_made`] holds, or which carries `options` of the DAG; tasks of one operator share the
/// class where it says the same of them.
pub(super) fn class(
    callables: &mut Callables<'_>,
    input: &Input<'_>,
    task: &mut Task,
    options: &[&Argument],
) -> Result<Option<Made>, Refusal> {
    let Some(path) = written_class(input.target, &task.operator) else { return Ok(None) };
    let fails = task.arguments.iter().position(|argument| argument.name == FAILS_RUN);
    let fails = fails.map(|at| task.arguments.remove(at).value == Datum::Bool(true));
    let operator = operator(callables, &mut task.operator, &path, task.span)?;
    let wish = format!("{}_mapped", short(&task.task_id));
    let mut writer = Writer { callables, takes: Vec::new(), has_functions: false, wish };
    let settings = writer.settings(options)?;
    let (call, arguments) = match &task.mapping {
        None | Some(Mapping::InMappedGroup) if options.is_empty() => {
            (format!("{operator}(**arguments)"), BTreeSet::new())
        }
        None | Some(Mapping::InMappedGroup) => {
            writer.takes.push("dag");
            (format!("{operator}(dag=dag, **arguments)"), BTreeSet::new())
        }
        Some(mapping) => writer.mapped(&operator, task, mapping)?,
    };
    let has_functions = writer.has_functions;
    let takes: String = writer.takes.iter().map(|name| format!("{name}, ")).collect();
    let (as_role, prefix, role) = match task.role {
        Role::Work if task.mapping.is_none() => (String::new(), "", ""),
        Role::Work => (String::new(), "Mapped", ""),
        Role::Setup => (".as_setup()".to_owned(), "Setup", "a setup"),
        Role::Teardown => {
            let fails = if fails == Some(true) { format!("{FAILS_RUN}=True") } else { String::new() };
            (format!(".as_teardown({fails})"), "Teardown", "a teardown")
        }
    };
    let plain = operator.trim_start_matches('_');
    let (mut of, mut what) = if task.role == Role::Work && task.mapping.is_none() {
        (camel_case(short(&task.task_id)), format!("the task {}", task.task_id))
    } else if task.mapping.is_some() {
        let role = if role.is_empty() { String::new() } else { format!(", as {role}") };
        (camel_case(short(&task.task_id)), format!("the mapped task {}{role}", task.task_id))
    } else {
        let article = if plain.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
        (plain.to_owned(), format!("{article} {plain} that is {role}"))
    };
    if !options.is_empty() {
        of.push_str("WithOptions");
        what.push_str(", and gives the DAG options");
    }
    let body = format!(
        "({operator}):\n    \"\"\"Makes {what}, for which the definition has no words.\"\"\"\n\n    \
         def __new__(cls, {takes}**arguments):\n{settings}        return {call}{as_role}"
    );
    let known = callables.made.iter().find_map(|(name, text)| {
        text.strip_prefix(&format!("class {name}")).filter(|rest| **rest == body).map(|_| name.clone())
    });
    let name = known.unwrap_or_else(|| {
        let name = callables.fresh(&format!("{prefix}{of}"));
        callables.add(&name, format!("class {name}{body}"));
        name
    });
    Ok(Some(Made { name, arguments, has_functions }))
}

/// The name that the module has for an operator's class. One that the DAG file defines comes along.
fn operator(
    callables: &mut Callables<'_>,
    operator: &mut Operator,
    path: &str,
    span: Span,
) -> Result<String, Refusal> {
    let (module, name) = path.rsplit_once('.').unwrap_or(("", path));
    if module == callables.names.module
        && matches!(callables.standing(name), Some(Standing::Data(Datum::Reference(_))))
    {
        callables.slice.reach(name, span.range, true);
        operator.path = format!("{OWN}.{name}");
        return Ok(name.to_owned());
    }
    callables.imported(path, span)
}

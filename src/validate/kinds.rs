//! The kinds of values that Airflow or the loader insist on, for parameters where another kind makes the whole file fail.
//!
//! Source: experiments with dag-factory 1.0.1 on Airflow 3.0.6. What depends on a target is for its rules.

use super::place::Report;
use crate::datum::{Datum, Reference, TypedObject};
use crate::diagnostic::codes;
use crate::source::Span;
use crate::target::Form;

/// A kind of values: what it is called, and whether a value is of it.
type Kind = (&'static str, fn(&Datum) -> bool);

const TEXT: Kind = ("text", |value| matches!(value, Datum::Str(_)));
const TEXT_OR_NULL: Kind = ("text or null", |value| matches!(value, Datum::Str(_) | Datum::Null));
const TRUTH: Kind = ("`true` or `false`", |value| matches!(value, Datum::Bool(_)));
const TRUTH_OR_NULL: Kind =
    ("`true`, `false` or null", |value| matches!(value, Datum::Bool(_) | Datum::Null));
const WHOLE: Kind = ("a whole number", |value| matches!(value, Datum::Int(_)));
const TIMEDELTA: Kind = ("a timedelta, written with `__type__: datetime.timedelta`", |value| {
    matches!(value, Datum::TimeDelta(_) | Datum::Null)
});
const SECONDS: Kind =
    ("a number of seconds, or a timedelta written with `__type__: datetime.timedelta`", |value| {
        matches!(value, Datum::Int(_) | Datum::Float(_) | Datum::TimeDelta(_) | Datum::Null)
    });
const TAGS: Kind = (
    "a list of text",
    |value| matches!(value, Datum::List(items) if items.iter().all(|item| matches!(item, Datum::Str(_)))),
);
const MAPPING: Kind = ("a mapping", |value| matches!(value, Datum::Map(_) | Datum::Null));
const MOMENT: Kind =
    ("a timestamp, such as `2030-01-31 06:30:00`", |value| matches!(value, Datum::DateTime(_) | Datum::Null));
const COUNT: Kind = ("a whole number", |value| match value {
    Datum::Int(_) | Datum::Null => true,
    Datum::Str(text) => text.parse::<u32>().is_ok(),
    _ => false,
});

const OF_DAG: &[(&str, Kind)] = &[
    ("catchup", TRUTH),
    ("dag_display_name", TEXT),
    ("dagrun_timeout", TIMEDELTA),
    ("description", TEXT_OR_NULL),
    ("doc_md", TEXT_OR_NULL),
    ("is_paused_upon_creation", TRUTH_OR_NULL),
    ("max_active_runs", WHOLE),
    ("max_active_tasks", WHOLE),
    ("params", MAPPING),
    ("render_template_as_native_obj", TRUTH_OR_NULL),
    ("tags", TAGS),
];

const OF_TASK: &[(&str, Kind)] = &[
    ("depends_on_past", TRUTH),
    ("end_date", MOMENT),
    ("execution_timeout", TIMEDELTA),
    ("max_retry_delay", SECONDS),
    ("retries", COUNT),
    ("retry_delay", SECONDS),
    ("start_date", MOMENT),
    ("trigger_rule", TEXT),
];

/// Checks an argument of a DAG.
pub(super) fn of_dag(name: &str, value: &Datum, span: Span, report: &mut Report) {
    check(OF_DAG, name, value, span, report);
}

/// Checks an argument of a task, or an entry of `default_args`.
pub(super) fn of_task(name: &str, value: &Datum, span: Span, report: &mut Report) {
    check(OF_TASK, name, value, span, report);
}

fn check(kinds: &[(&str, Kind)], name: &str, value: &Datum, span: Span, report: &mut Report) {
    let Some((_, (what, is))) = kinds.iter().find(|(known, _)| *known == name) else { return };
    // An object that is not looked into may make anything.
    if is(value) || value.first_unknown().is_some() || matches!(value, Datum::Object(_) | Datum::Reference(_))
    {
        return;
    }
    let finding = report.error(codes::INVALID_VALUE, span, format!("`{name}` takes {what}"));
    finding.parameter = Some(name.to_owned());
}

/// A callable that the loader imports from its path, as the model has it.
pub(super) fn callable(form: Form, value: Datum) -> Datum {
    match (form, value) {
        (Form::ImportPath | Form::Callback, Datum::Str(path)) => reference(&path),
        (Form::Callback, Datum::Map(pairs)) => partial(pairs),
        (_, value) => value,
    }
}

fn reference(path: &str) -> Datum {
    match path.rsplit_once('.') {
        Some((module, name)) => {
            Datum::Reference(Reference { module: Some(module.to_owned()), name: name.to_owned(), span: None })
        }
        None => Datum::Str(path.to_owned()),
    }
}

/// A mapping of the key `callback` and keyword arguments.
fn partial(pairs: Vec<(Datum, Datum)>) -> Datum {
    let mut kwargs = Vec::new();
    let mut function = None;
    for (key, value) in &pairs {
        match (key, value) {
            (Datum::Str(key), Datum::Str(path)) if key == "callback" => function = Some(reference(path)),
            (Datum::Str(key), value) => kwargs.push((key.clone(), value.clone())),
            _ => return Datum::Map(pairs),
        }
    }
    match function {
        Some(function) => Datum::Object(Box::new(TypedObject {
            path: "functools.partial".to_owned(),
            args: vec![function],
            kwargs,
        })),
        None => Datum::Map(pairs),
    }
}

//! Evaluation in several worlds: a file is evaluated again with something of the outside taken otherwise, and where the models
//! differ, that is what they depend on.
//!
//! The worlds: values that were not supplied taken as unknown, or as the defaults in the code; sets and listings in reverse; a
//! later clock; another place of the DAG folder.

mod compare;
mod secrets;

use std::path::PathBuf;

use compare::{Differences, blocked, compare};
use secrets::Secrets;

use super::model::{Evaluated, Evaluator};
use super::{Converter, Options};
use crate::dag::{Argument, Dag};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Assume, Read, What, World, config_variable};
use crate::map::{HashMap, IndexMap, IndexSet};
use crate::source::{SourceFile, Span};

pub(super) use compare::depends;
pub(super) use secrets::is_secret;

/// The model of a file, with what it depends on named.
pub(super) fn model(
    converter: &Converter,
    world: World,
    file: &std::sync::Arc<SourceFile>,
    module: &ruff_python_ast::ModModule,
) -> Evaluated {
    let evaluator = Evaluator::new(converter, file, module);
    let run = |world: World| evaluator.model(world);
    // What names stand for is asked of the world that is kept.
    let mut base = evaluator
        .evaluate(World { assume: Assume::Unknown, ..world.clone() }, |reads| !reads.iter().any(is_default));
    let mut world = world;
    if base.reads.iter().any(is_default) {
        let mut assumed = evaluator.evaluate(World { assume: Assume::Default, ..world.clone() }, |_| true);
        world.assume = Assume::Default;
        let mut outside: IndexSet<_> = std::mem::take(&mut assumed.outside).into_iter().collect();
        outside.extend(std::mem::take(&mut base.outside));
        assumed.outside = outside.into_iter().collect();
        base = with_defaults(&converter.options, base, assumed);
    } else {
        world.assume = Assume::Unknown;
    }
    if let Some(order) = base.reads.iter().find(|read| read.what == What::Order).cloned() {
        let other = run(World { reverse_sets: true, ..world.clone() });
        refuse_differences(&mut base, &other, &order);
    }
    let clock = places(&base, &What::Clock);
    if !clock.is_empty() {
        let later = jiff::SignedDuration::from_secs(400 * 86_400 + 3_723);
        if let Ok(now) = world.now.checked_add(later) {
            let other = run(World { now, ..world.clone() });
            let what = "follows the clock: it is computed from the present";
            assume_differences(&mut base, &other, &clock, what);
        }
    }
    let place = world.runtime_dags_folder.to_string_lossy().into_owned();
    if base.dags.iter().any(|dag| mentions(dag, &place)) {
        let elsewhere = PathBuf::from("/usr/local/elsewhere/of/dags");
        let other = run(World { runtime_dags_folder: elsewhere, ..world.clone() });
        let what = format!("holds the absolute path of the DAG folder, taken to be `{place}`");
        assume_differences(&mut base, &other, &[], &what);
    }
    let secrets = Secrets::of(&world);
    if !secrets.is_empty() {
        let other = run(secrets.hidden(&world));
        Secrets::refuse(&mut base, &other);
    }
    base
}

/// Whether a default in the code stands in for something that was not supplied.
fn is_default(read: &Read) -> bool {
    matches!(read.what, What::Defaulted(_))
}

/// Where that is read.
fn places(evaluated: &Evaluated, what: &What) -> Vec<Span> {
    evaluated.reads.iter().filter(|read| read.what == *what).map(|read| read.span).collect()
}

/// The read that a value at `span` comes from, where it stands elsewhere and there is no choice of several.
fn origin(reads: &[Span], span: Span) -> Option<Span> {
    match reads {
        [only] if !contains(span, *only) => Some(*only),
        _ => None,
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.range.contains_range(inner.range)
}

/// Joins the model where defaults are unknown with the one where they are used.
fn with_defaults(options: &Options, unknown: Evaluated, mut assumed: Evaluated) -> Evaluated {
    let without: HashMap<&str, &Dag> = unknown.dags.iter().map(|dag| (dag.dag_id.as_str(), dag)).collect();
    let mut present = Vec::new();
    let reads: Vec<(CauseKind, Span)> = defaulted(&unknown.reads);
    let spans: Vec<Span> = assumed.dags.iter().map(|dag| dag.span).collect();
    for dag in &mut assumed.dags {
        present.push(dag.dag_id.clone());
        let other = without.get(dag.dag_id.as_str()).copied();
        let differences = match other {
            Some(other) if blocked(other) && !blocked(dag) => Differences::Structure,
            Some(other) => compare(other, dag),
            None => Differences::Structure,
        };
        let cause = reads.first();
        match differences {
            // Which of them decides cannot be told apart: all are named.
            Differences::Structure => dag.findings.push(structure(options, dag, &reads)),
            Differences::Values(values) => {
                for difference in values {
                    let (name, flag, span) = describe(difference.cause.as_ref(), cause, difference.span);
                    let decides = difference.task.is_none()
                        && difference.parameter.as_deref().is_some_and(|name| DECIDING.contains(&name));
                    let refused = decides && !options.assume_defaults;
                    let message = format!("the value depends on {name}, which is not supplied");
                    let mut finding = if refused {
                        Diagnostic::error(codes::ASSUMED_STRUCTURE, difference.span, message).help(format!(
                            "supply it with {flag}, or take the defaults in the code with `--assume-defaults`"
                        ))
                    } else {
                        Diagnostic::warning(
                            codes::ASSUMED_VALUE,
                            Disposition::Assumed,
                            difference.span,
                            message,
                        )
                        .help(format!("supply it with {flag}"))
                    };
                    let kind = difference.cause.as_ref().map(|cause| &cause.kind);
                    let seen = match kind.or(cause.map(|(kind, _)| kind)) {
                        _ if refused => "read here, with a default",
                        // It may be one of Airflow's own.
                        Some(CauseKind::Config(_)) => "the default is used",
                        _ => "the default in the code is used",
                    };
                    finding = finding.label(span, seen).dag(&dag.dag_id);
                    finding.task_id = difference.task;
                    finding.parameter = difference.parameter;
                    dag.findings.push(finding);
                }
            }
        }
    }
    // A DAG that is there only while the defaults are unknown depends on them as well; it is named, never written.
    for dag in unknown.dags {
        // One without a known id is one of those above.
        if options.assume_defaults || present.contains(&dag.dag_id) || spans.contains(&dag.span) {
            continue;
        }
        let message = "whether this DAG exists depends on a value that is not supplied";
        assumed
            .diagnostics
            .push(Diagnostic::error(codes::ASSUMED_STRUCTURE, dag.span, message).dag(&dag.dag_id));
    }
    assumed
}

/// What was read with a default, each once.
fn defaulted(reads: &[Read]) -> Vec<(CauseKind, Span)> {
    let mut found: IndexMap<CauseKind, Span> = IndexMap::default();
    for read in reads {
        if let What::Defaulted(kind) = &read.what {
            found.entry(kind.clone()).or_insert(read.span);
        }
    }
    found.into_iter().collect()
}

/// The finding that defaults in the code decide how a DAG is built.
fn structure(options: &Options, dag: &Dag, reads: &[(CauseKind, Span)]) -> Diagnostic {
    let supplied: Vec<(String, String, Span)> = reads
        .iter()
        .filter_map(|(kind, span)| supply(kind).map(|(name, flag)| (name, flag, *span)))
        .collect();
    let names: Vec<&str> = supplied.iter().map(|(name, _, _)| name.as_str()).collect();
    let flags: Vec<&str> = supplied.iter().map(|(_, flag, _)| flag.as_str()).collect();
    let (verb, object) = if names.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message = format!(
        "whether and how this DAG is built depends on {}, which {verb} not supplied",
        names.join(", ")
    );
    let help = format!("supply {object} with {}", flags.join(", "));
    let (mut finding, label) = if options.assume_defaults {
        let warning = Diagnostic::warning(codes::ASSUMED_VALUE, Disposition::Assumed, dag.span, message);
        (warning.help(help), "the default in the code is used")
    } else {
        let help = format!("{help}, or take the defaults in the code with `--assume-defaults`");
        let error = Diagnostic::error(codes::ASSUMED_STRUCTURE, dag.span, message);
        (error.help(help), "read here, with a default")
    };
    for (_, _, span) in supplied {
        finding = finding.label(span, label);
    }
    finding.dag(&dag.dag_id)
}

/// Parameters of a DAG that decide when and under which name it runs.
const DECIDING: &[&str] = &["schedule", "schedule_interval", "timetable"];

/// The name of what was not supplied, the flag that supplies it, and where it is read.
fn describe(cause: Option<&Cause>, read: Option<&(CauseKind, Span)>, span: Span) -> (String, String, Span) {
    if let Some(cause) = cause
        && let Some((name, flag)) = supply(&cause.kind)
    {
        return (name, flag, cause.span);
    }
    let span = read.map_or(span, |(_, span)| *span);
    match read.and_then(|(kind, _)| supply(kind)) {
        Some((name, flag)) => (name, flag, span),
        None => ("a value from outside".to_owned(), "`--env` or `--variable`".to_owned(), span),
    }
}

pub(super) fn supply(kind: &CauseKind) -> Option<(String, String)> {
    match kind {
        CauseKind::Environment(name) => {
            Some((format!("the environment variable `{name}`"), format!("`--env {name}=VALUE`")))
        }
        CauseKind::Variable(name) => {
            Some((format!("the Airflow Variable `{name}`"), format!("`--variable {name}=VALUE`")))
        }
        CauseKind::Connection(name) => {
            Some((format!("the Airflow Connection `{name}`"), format!("`--connection {name}=URI`")))
        }
        CauseKind::Config(name) => {
            let (section, key) = name.rsplit_once('.').unwrap_or((name, ""));
            let variable = config_variable(section, key);
            Some((format!("the configuration value `{name}`"), format!("`--env {variable}=VALUE`")))
        }
        CauseKind::Machine(name) => {
            Some((format!("the fact `{name}` of the machine"), format!("`--machine {name}=VALUE`")))
        }
        CauseKind::Import
        | CauseKind::World
        | CauseKind::Volatile
        | CauseKind::Unsupported
        | CauseKind::NotModelled
        | CauseKind::Control
        | CauseKind::Call
        | CauseKind::Limit => None,
    }
}

/// Refuses each DAG whose model is another one when sets and listings are walked in reverse.
fn refuse_differences(base: &mut Evaluated, other: &Evaluated, order: &Read) {
    for dag in &mut base.dags {
        let found = other.dags.iter().find(|other| other.dag_id == dag.dag_id);
        let same = found.is_some_and(
            |other| matches!(compare(dag, other), Differences::Values(values) if values.is_empty()),
        );
        if !same && !blocked(dag) {
            let message = "the DAG depends on the order in which a set or a folder is walked, which Python does not promise";
            dag.findings.push(
                Diagnostic::error(codes::UNKNOWN_ORDER, order.span, message)
                    .label(dag.span, "this DAG")
                    .dag(&dag.dag_id)
                    .help("walk `sorted(…)` of it"),
            );
        }
    }
    for dag in &other.dags {
        if !base.dags.iter().any(|known| known.dag_id == dag.dag_id) {
            let message = "which DAGs there are depends on the order in which a set or a folder is walked";
            base.diagnostics
                .push(Diagnostic::error(codes::UNKNOWN_ORDER, order.span, message).dag(&dag.dag_id));
        }
    }
}

/// Warns of each value that is another one in the other world; `reads` are the places that may decide it.
fn assume_differences(base: &mut Evaluated, other: &Evaluated, reads: &[Span], what: &str) {
    let labelled = |finding: Diagnostic, span: Span, label: &str| match origin(reads, span) {
        Some(read) => finding.label(read, label),
        None => finding,
    };
    for dag in &mut base.dags {
        let Some(found) = other.dags.iter().find(|other| other.dag_id == dag.dag_id) else {
            let message = format!("the id of this DAG {what}");
            let finding = Diagnostic::error(codes::ASSUMED_STRUCTURE, dag.span, message).dag(&dag.dag_id);
            dag.findings.push(labelled(finding, dag.span, "decided here"));
            continue;
        };
        match compare(dag, found) {
            Differences::Structure => {
                let message = format!("how this DAG is built {what}");
                let finding = Diagnostic::error(codes::ASSUMED_STRUCTURE, dag.span, message).dag(&dag.dag_id);
                dag.findings.push(labelled(finding, dag.span, "decided here"));
            }
            Differences::Values(values) => {
                for difference in values {
                    let message = format!("the value {what}");
                    let mut finding = Diagnostic::warning(
                        codes::ASSUMED_VALUE,
                        Disposition::Assumed,
                        difference.span,
                        message,
                    )
                    .dag(&dag.dag_id);
                    finding = labelled(finding, difference.span, "read here");
                    finding.task_id = difference.task;
                    finding.parameter = difference.parameter;
                    dag.findings.push(finding);
                }
            }
        }
    }
}

/// Whether a text of the model holds `text`.
fn mentions(dag: &Dag, text: &str) -> bool {
    let in_arguments = |arguments: &[Argument]| arguments.iter().any(|argument| holds(&argument.value, text));
    dag.dag_id.contains(text)
        || in_arguments(&dag.arguments)
        || in_arguments(&dag.default_args)
        || dag.tasks.iter().any(|task| in_arguments(&task.arguments) || in_arguments(&task.inherited))
}

fn holds(datum: &Datum, text: &str) -> bool {
    let is_mentioned = |datum: &Datum| {
        datum.walk().any(
            |datum| matches!(datum, Datum::Str(value) if value.len() >= text.len() && value.contains(text)),
        )
    };
    // Most values are known, and need no copy that says what is not.
    if datum.first_unknown().is_none() { is_mentioned(datum) } else { is_mentioned(&datum.said()) }
}

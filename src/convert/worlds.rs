//! Evaluation in several worlds: a file is evaluated again with something of the outside taken otherwise, and where the models
//! differ, that is what they depend on.
//!
//! The worlds: values that were not supplied taken as unknown, or as the defaults in the code; sets and listings in reverse; a
//! later clock; another place of the DAG folder.

use std::collections::HashMap;
use std::path::PathBuf;

use super::model::{Evaluated, evaluate};
use super::{Converter, Options};
use crate::dag::{Argument, Dag};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Assume, Read, What, World, config_variable};
use crate::source::{SourceFile, Span};
use crate::target;

/// A difference between the models of one DAG in two worlds.
struct Difference {
    task: Option<String>,
    parameter: Option<String>,
    span: Span,
    /// Why the value is not known in the first of them, if it is not.
    cause: Option<Cause>,
}

/// The differences of one DAG.
enum Differences {
    /// Its tasks, edges or groups differ, or it is missing in one of them.
    Structure,
    /// Values of these.
    Values(Vec<Difference>),
}

/// The model of a file, with what it depends on named.
pub(super) fn model(
    converter: &Converter,
    world: World,
    file: &std::sync::Arc<SourceFile>,
    module: &ruff_python_ast::ModModule,
) -> Evaluated {
    let run = |world: World| evaluate(converter, world, file, module);
    let mut base = run(World { assume: Assume::Unknown, ..world.clone() });
    let defaulted: Vec<&Read> =
        base.reads.iter().filter(|read| matches!(read.what, What::Defaulted(_))).collect();
    let mut world = world;
    if defaulted.is_empty() {
        world.assume = Assume::Unknown;
    } else {
        let mut assumed = run(World { assume: Assume::Default, ..world.clone() });
        world.assume = Assume::Default;
        let unseen = base.outside.iter().filter(|read| !assumed.outside.contains(read)).cloned();
        let unseen: Vec<_> = unseen.collect();
        assumed.outside.extend(unseen);
        base = with_defaults(&converter.options, base, assumed);
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

/// What was supplied and is secret by its name.
struct Secrets(Vec<CauseKind>);

impl Secrets {
    fn of(world: &World) -> Self {
        let variables = world.variables.keys().cloned().map(CauseKind::Variable);
        let env = world.env.keys().cloned().map(CauseKind::Environment);
        let config = world.config.keys().cloned().map(CauseKind::Config);
        // The password and the extra of a Connection are secrets, whatever its name.
        let in_env = world.env.keys().filter_map(|name| name.strip_prefix("AIRFLOW_CONN_"));
        let connections = world.connections.keys().map(String::as_str).chain(in_env);
        let connections = connections.map(|name| CauseKind::Connection(name.to_owned()));
        let named = variables.chain(env).chain(config).filter(is_secret);
        Self(named.chain(connections).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The world in which nobody supplied them.
    fn hidden(&self, world: &World) -> World {
        let mut hidden = world.clone();
        hidden.variables.retain(|name, _| !self.0.contains(&CauseKind::Variable(name.clone())));
        hidden.env.retain(|name, _| !self.0.contains(&CauseKind::Environment(name.clone())));
        hidden.config.retain(|name, _| !self.0.contains(&CauseKind::Config(name.clone())));
        hidden.hide_connection_secrets = true;
        hidden
    }

    /// Refuses each DAG that one of them reaches.
    fn refuse(base: &mut Evaluated, hidden: &Evaluated) {
        let help = "let the task read it when it runs, from a Connection or a secrets manager";
        let refusal = |span: Span, dag: &Dag, cause: Option<&Cause>| {
            let name = cause.and_then(|cause| supply(&cause.kind)).map(|(name, _)| name);
            let name = name.unwrap_or_else(|| "a value that is secret by its name".to_owned());
            let message = format!("{name} would stand in the definition, where all can read it");
            Diagnostic::error(codes::SECRET_IN_DEFINITION, span, message).dag(&dag.dag_id).help(help)
        };
        for dag in &mut base.dags {
            let found = hidden.dags.iter().find(|other| other.dag_id == dag.dag_id);
            let Some(Differences::Values(values)) = found.map(|other| compare(other, dag)) else {
                let finding = refusal(dag.span, dag, None);
                dag.findings.push(finding);
                continue;
            };
            for difference in &values {
                let mut finding = refusal(difference.span, dag, difference.cause.as_ref());
                finding.task_id.clone_from(&difference.task);
                finding.parameter.clone_from(&difference.parameter);
                dag.findings.push(finding);
            }
        }
    }
}

/// Whether something is secret by its name.
pub(super) fn is_secret(kind: &CauseKind) -> bool {
    match kind {
        CauseKind::Variable(name) | CauseKind::Environment(name) => target::is_sensitive(name),
        CauseKind::Config(path) => target::is_sensitive(path.rsplit('.').next().unwrap_or(path)),
        CauseKind::Connection(_) => true,
        _ => false,
    }
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
    let mut found: Vec<(CauseKind, Span)> = Vec::new();
    for read in reads {
        if let What::Defaulted(kind) = &read.what
            && !found.iter().any(|(known, _)| known == kind)
        {
            found.push((kind.clone(), read.span));
        }
    }
    found
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
    let (kind, span) = match (cause, read) {
        (Some(cause), _) if supply(&cause.kind).is_some() => (cause.kind.clone(), cause.span),
        (_, Some((kind, span))) => (kind.clone(), *span),
        (_, None) => return ("a value from outside".to_owned(), "`--env` or `--variable`".to_owned(), span),
    };
    match supply(&kind) {
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

fn blocked(dag: &Dag) -> bool {
    dag.findings.iter().any(Diagnostic::is_error)
}

/// Whether a DAG of one evaluation is another one, or is refused, in the evaluation in which something is hidden.
pub(super) fn depends(dag: &Dag, hidden: &Evaluated) -> bool {
    let Some(other) = hidden.dags.iter().find(|other| other.dag_id == dag.dag_id) else { return true };
    if blocked(other) != blocked(dag) {
        return true;
    }
    !matches!(compare(other, dag), Differences::Values(values) if values.is_empty())
}

/// Holds the models of one DAG against each other.
fn compare(first: &Dag, second: &Dag) -> Differences {
    let same_tasks = first.tasks.len() == second.tasks.len()
        && first.tasks.iter().zip(&second.tasks).all(|(a, b)| {
            a.task_id == b.task_id && a.operator == b.operator && a.group == b.group && a.role == b.role
        });
    let edges = |dag: &Dag| {
        let mut edges: Vec<_> = dag.edges.iter().map(|edge| (edge.upstream, edge.downstream)).collect();
        edges.sort_unstable();
        edges
    };
    let same_groups = first.groups.len() == second.groups.len()
        && first
            .groups
            .iter()
            .zip(&second.groups)
            .all(|(a, b)| a.group_id == b.group_id && a.parent == b.parent);
    if !same_tasks || !same_groups || edges(first) != edges(second) {
        return Differences::Structure;
    }
    let mut found = Vec::new();
    arguments(&first.arguments, &second.arguments, None, &mut found);
    arguments(&first.default_args, &second.default_args, None, &mut found);
    for (a, b) in first.tasks.iter().zip(&second.tasks) {
        arguments(&a.arguments, &b.arguments, Some(&a.task_id), &mut found);
        if a.mapping != b.mapping {
            return Differences::Structure;
        }
    }
    for (a, b) in first.groups.iter().zip(&second.groups) {
        arguments(&a.arguments, &b.arguments, None, &mut found);
    }
    Differences::Values(found)
}

fn arguments(first: &[Argument], second: &[Argument], task: Option<&str>, found: &mut Vec<Difference>) {
    let names: Vec<&str> = second.iter().chain(first).map(|argument| argument.name.as_str()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let (a, b) = (
            first.iter().find(|argument| argument.name == name),
            second.iter().find(|argument| argument.name == name),
        );
        // What is unknown and can be said is compared by what would be said.
        let said = |argument: &Argument| argument.value.said();
        let (value_a, value_b) = (a.map(said), b.map(said));
        if value_a == value_b {
            continue;
        }
        // A value that is not known in either world is the target's business.
        if value_b.as_ref().is_some_and(|value| value.first_unknown().is_some()) {
            continue;
        }
        let Some(span) = b.or(a).map(|argument| argument.span) else { continue };
        found.push(Difference {
            task: task.map(str::to_owned),
            parameter: Some(name.to_owned()),
            span,
            cause: value_a.as_ref().and_then(Datum::first_unknown).cloned(),
        });
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
    datum.said().walk().any(|datum| matches!(datum, Datum::Str(value) if value.contains(text)))
}

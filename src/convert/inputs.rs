//! What a file reads from outside, and which of its DAGs depend on each of that.
//!
//! Nothing tracks where values go: the file is evaluated once more for each name, with that name taken as not known, and a DAG
//! whose model is another one then depends on it.

use std::path::Path;

use super::library::is_aloof;
use super::model::{Evaluated, Evaluator};
use super::worlds::{depends, is_secret};
use super::{Conversion, Converter};
use crate::dag::{Argument, Dag, Mapping};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::eval::{Assume, Got, Outside, World};
use crate::parse::parse;
use crate::source::Span;

/// Something that a file reads from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What kind of thing it is.
    pub kind: CauseKind,
    /// Its name; of what has none, what there is to say.
    pub name: String,
    /// Whether Airflow would mask its value, so that it may stand in no definition.
    pub is_secret: bool,
    /// Whether the code reads it as JSON.
    pub is_json: bool,
    /// What the code got.
    pub got: Got,
    /// The default in the code, where it is a plain value.
    pub default: Option<String>,
    /// Where it is read.
    pub places: Vec<Span>,
    /// The DAGs that depend on it.
    pub dags: Vec<Dependent>,
}

/// A DAG that depends on an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependent {
    /// Its id; none where the file as a whole cannot be followed for want of the input.
    pub dag_id: Option<String>,
    /// What became of it.
    pub effect: Effect,
}

/// What became of a DAG that depends on an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is refused for want of the input.
    Refused,
    /// It is converted with a template that reads the input when a task runs.
    Later,
    /// It is converted with the default in the code.
    Default,
    /// It is converted with what was supplied.
    Supplied,
}

impl Converter {
    /// Converts the file, and lists what it reads from outside.
    pub fn inputs(&self, root: &Path, path: &Path) -> (Conversion, Vec<Input>) {
        let conversion = self.convert_file(root, path);
        let mut inputs = grouped(&conversion.outside);
        if inputs.is_empty() {
            return (conversion, inputs);
        }
        let run = |hidden: Option<CauseKind>| -> Option<Evaluated> {
            let file = self.sources.read(path).ok()?;
            let module = parse(file.text()).ok()?;
            let world = World { assume: Assume::Default, hidden, ..self.world(root) };
            Some(Evaluator::new(self, &file, &module).model(world))
        };
        let base = run(None);
        for input in &mut inputs {
            input.dags = match (&base, input.got) {
                (Some(base), Got::Supplied | Got::Default) => match run(Some(input.kind.clone())) {
                    Some(hidden) => changed(&conversion, base, &hidden, input),
                    None => Vec::new(),
                },
                (_, Got::Nothing) | (None, _) => wanting(&conversion, input),
            };
        }
        // A package that knows nothing of Airflow is listed where a DAG wants something of it.
        inputs.retain(|input| {
            input.kind != CauseKind::Import || !input.dags.is_empty() || !is_aloof(&input.name)
        });
        (conversion, inputs)
    }
}

/// The reads by name, in the order of the first of each.
fn grouped(reads: &[Outside]) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    for read in reads {
        let known = inputs.iter_mut().find(|input| input.kind == read.kind && input.name == read.name);
        let Some(input) = known else {
            inputs.push(Input {
                kind: read.kind.clone(),
                name: read.name.clone(),
                is_secret: is_secret(&read.kind),
                is_json: read.json,
                got: read.got,
                default: read.default.clone(),
                places: vec![read.span],
                dags: Vec::new(),
            });
            continue;
        };
        input.is_json |= read.json;
        // A read without default wants a value, whatever others fall back to.
        input.got = input.got.max(read.got);
        if input.default.is_none() {
            input.default.clone_from(&read.default);
        }
        if !input.places.contains(&read.span) {
            input.places.push(read.span);
        }
    }
    inputs
}

/// The DAGs that are others where the input is not known.
fn changed(conversion: &Conversion, base: &Evaluated, hidden: &Evaluated, input: &Input) -> Vec<Dependent> {
    let depending = base.dags.iter().filter(|dag| depends(dag, hidden));
    let mut found: Vec<Dependent> = depending
        .map(|dag| {
            let effect = if is_refused_for(conversion, dag, input) {
                Effect::Refused
            } else if input.got == Got::Supplied {
                Effect::Supplied
            } else {
                Effect::Default
            };
            Dependent { dag_id: Some(dag.dag_id.clone()), effect }
        })
        .collect();
    found.dedup();
    found
}

/// The DAGs that are refused for want of an input that the code has no default for.
fn wanting(conversion: &Conversion, input: &Input) -> Vec<Dependent> {
    let mut found = Vec::new();
    for dag in &conversion.models {
        if is_refused_for(conversion, dag, input) {
            found.push(Dependent { dag_id: Some(dag.dag_id.clone()), effect: Effect::Refused });
        } else if conversion.diagnostics.iter().any(|finding| {
            finding.code == codes::VARIABLE_READ_LATER
                && finding.dag_id.as_deref() == Some(&dag.dag_id)
                && speaks_of(finding, input)
        }) {
            found.push(Dependent { dag_id: Some(dag.dag_id.clone()), effect: Effect::Later });
        }
    }
    let is_whole_file = conversion
        .diagnostics
        .iter()
        .any(|finding| finding.is_error() && finding.dag_id.is_none() && speaks_of(finding, input));
    if is_whole_file {
        found.push(Dependent { dag_id: None, effect: Effect::Refused });
    }
    found
}

/// Whether a DAG is refused, and an error of it leads to a place where the input is read, or its model lacks the value.
fn is_refused_for(conversion: &Conversion, dag: &Dag, input: &Input) -> bool {
    let errors = || {
        conversion
            .diagnostics
            .iter()
            .filter(|finding| finding.is_error() && finding.dag_id.as_deref() == Some(&dag.dag_id))
    };
    if !conversion.refused.contains(&dag.dag_id) {
        return false;
    }
    let lacks_value = errors().any(|finding| finding.code == codes::UNKNOWN_VALUE) && holds(dag, input);
    lacks_value || errors().any(|finding| speaks_of(finding, input))
}

/// Whether a finding stands, or points to, where the input is read.
fn speaks_of(finding: &Diagnostic, input: &Input) -> bool {
    let own = match &finding.place {
        Place::Span(span) => Some(*span),
        Place::File(_) => None,
    };
    own.iter().chain(finding.labels.iter().map(|label| &label.span)).any(|span| input.places.contains(span))
}

/// Whether a value of the model is not known because of the input.
fn holds(dag: &Dag, input: &Input) -> bool {
    let any = |arguments: &[Argument]| arguments.iter().any(|argument| lacks(&argument.value, input));
    any(&dag.arguments)
        || any(&dag.default_args)
        || dag.groups.iter().any(|group| any(&group.arguments))
        || dag.tasks.iter().any(|task| {
            any(&task.arguments)
                || any(&task.inherited)
                || match &task.mapping {
                    Some(Mapping::Expand(arguments)) => any(arguments),
                    Some(Mapping::ExpandKwargs { value, .. }) => lacks(value, input),
                    Some(Mapping::InMappedGroup) | None => false,
                }
        })
}

fn lacks(datum: &Datum, input: &Input) -> bool {
    let is_named = !matches!(input.kind, CauseKind::World | CauseKind::Import);
    let is_for = |cause: &Cause| input.places.contains(&cause.span) || is_named && cause.kind == input.kind;
    datum.walk().any(|datum| matches!(datum, Datum::Unknown(cause) if is_for(cause)))
}

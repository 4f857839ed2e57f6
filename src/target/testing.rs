//! Small models for tests.

use std::path::Path;

use ruff_text_size::TextRange;

use super::{Places, RenderOptions, Rendering, Target, render};
use crate::dag::{Argument, Dag, Edge, Operator, OperatorKind, Role, SourceAirflow, Task};
use crate::datum::{DateTime, Datum, Zone};
use crate::source::{FileId, Sources, Span};

/// A span like any other.
pub(crate) fn span() -> Span {
    Span::new(sources().1, TextRange::default())
}

/// The files that spans of small models point to.
pub(crate) fn sources() -> (Sources, FileId) {
    let sources = Sources::default();
    let file = sources.add(Path::new("dag.py"), String::new()).id();
    (sources, file)
}

/// An argument.
pub(crate) fn arg(name: &str, value: Datum) -> Argument {
    Argument { name: name.to_owned(), value, span: span() }
}

/// A DAG of Airflow 3 without arguments.
pub(crate) fn dag(dag_id: &str) -> Dag {
    Dag {
        dag_id: dag_id.to_owned(),
        span: span(),
        source_airflow: SourceAirflow::V3,
        arguments: Vec::new(),
        default_args: Vec::new(),
        tasks: Vec::new(),
        groups: Vec::new(),
        edges: Vec::new(),
        findings: Vec::new(),
    }
}

/// A listed operator that needs no argument.
pub(crate) const EMR: &str = "airflow.providers.amazon.aws.operators.emr.EmrCreateJobFlowOperator";

/// A task of that class path.
pub(crate) fn task(task_id: &str, path: &str, arguments: Vec<Argument>) -> Task {
    Task {
        task_id: task_id.to_owned(),
        span: span(),
        operator: Operator {
            path: path.to_owned(),
            name: path.rsplit('.').next().unwrap_or_default().to_owned(),
            kind: OperatorKind::Class,
        },
        arguments,
        inherited: Vec::new(),
        group: None,
        mapping: None,
        role: Role::Work,
    }
}

impl Dag {
    /// The DAG with an argument more.
    pub(crate) fn with(mut self, name: &str, value: Datum) -> Self {
        self.arguments.push(arg(name, value));
        self
    }

    /// The DAG with an entry of default_args more, which every task made later inherits.
    pub(crate) fn with_default(mut self, name: &str, value: Datum) -> Self {
        self.default_args.push(arg(name, value));
        self
    }

    /// The DAG with a task more, which inherits its default_args.
    pub(crate) fn with_task(mut self, mut task: Task) -> Self {
        let set: Vec<String> = task.arguments.iter().map(|argument| argument.name.clone()).collect();
        task.inherited.extend(self.default_args.iter().filter(|entry| !set.contains(&entry.name)).cloned());
        self.tasks.push(task);
        self
    }

    /// The DAG with an edge more.
    pub(crate) fn with_edge(mut self, upstream: usize, downstream: usize) -> Self {
        self.edges.push(Edge { upstream, downstream, span: span(), label: None });
        self
    }

    /// The DAG, written for Airflow 2.
    pub(crate) fn of_2(mut self) -> Self {
        self.source_airflow = SourceAirflow::V2;
        self
    }
}

/// A datetime.
pub(crate) fn at(text: &str, zone: Option<Zone>) -> Datum {
    Datum::DateTime(DateTime { civil: text.parse().unwrap(), zone })
}

/// What a run at the beginning of 2026 knows, with these Airflow Variables.
pub(crate) fn options<const N: usize>(variables: [(&str, &str); N]) -> RenderOptions {
    RenderOptions {
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
        variables: variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        places: Places::default(),
        path: "dag.py".into(),
        roots: Vec::new(),
        runtime_dags_folder: "/usr/local/airflow/dags".into(),
        packaged: None,
        task_output: None,
        made: std::collections::BTreeMap::new(),
        dag_options: std::collections::BTreeSet::new(),
    }
}

/// The rendering for a target by name, at the beginning of 2026.
pub(crate) fn rendered(target: &str, dag: &Dag) -> Rendering {
    let options = options([]);
    render(Target::by_name(target).unwrap(), dag, &options, &sources().0)
}

/// What a rendering says, a line for each record.
pub(crate) fn said(rendering: &Rendering) -> Vec<String> {
    rendering
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = [&diagnostic.task_id, &diagnostic.parameter];
            let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
            format!(
                "{:?} {} [{}] {}",
                diagnostic.severity,
                diagnostic.code,
                place.join("."),
                diagnostic.message
            )
        })
        .collect()
}

/// A definition in one line, near to YAML's flow style.
pub(crate) fn shown(rendering: &Rendering) -> String {
    rendering.definition.as_ref().map_or_else(|| "refused".to_owned(), flow)
}

fn flow(value: &Datum) -> String {
    let all = |items: &[Datum]| items.iter().map(flow).collect::<Vec<_>>().join(", ");
    match value {
        Datum::Str(text) => text.clone(),
        Datum::List(items) => format!("[{}]", all(items)),
        Datum::Map(pairs) => {
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}: {}", flow(key), flow(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Datum::Int(number) => number.to_string(),
        Datum::Bool(value) => value.to_string(),
        Datum::Null => "null".to_owned(),
        Datum::TimeDelta(delta) => format!("{}d{}s", delta.days, delta.seconds),
        Datum::Object(object) => {
            let kwargs = object.kwargs.iter().map(|(name, value)| format!("{name}={}", flow(value)));
            let all: Vec<String> = object.args.iter().map(flow).chain(kwargs).collect();
            format!("{}({})", object.path, all.join(", "))
        }
        other => format!("{other:?}"),
    }
}

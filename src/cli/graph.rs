//! `graph`: a DAG as a drawing in Mermaid or Graphviz's language.
//!
//! Owns what is drawn ([`Graph`]), from the model of a DAG file or from a definition; the languages are in `graph/`.

use std::path::Path;

use super::Exit;
use super::args::{GraphArgs, GraphFormat};
use super::config;
use super::error::Error;
use super::nearest::nearest;
use super::report::{self, Frames};
use super::session::Session;
use super::streams::Streams;
use crate::compare::{self, Definition};
use crate::dag::{Dag, Role};
use crate::diagnostic::{Diagnostic, sort_and_dedup};

mod dot;
mod mermaid;

/// A DAG to be drawn.
#[derive(Debug, Default)]
struct Graph {
    dag_id: String,
    nodes: Vec<Node>,
    groups: Vec<Group>,
    edges: Vec<Edge>,
}

/// A task.
#[derive(Debug)]
struct Node {
    id: String,
    /// The name of its class or decorator.
    operator: String,
    is_mapped: bool,
    role: Role,
    /// The group it is in, by index.
    group: Option<usize>,
}

#[derive(Debug)]
struct Group {
    id: String,
    /// The group around it, by index.
    parent: Option<usize>,
}

/// From one end to the other.
#[derive(Debug)]
struct Edge {
    from: End,
    to: End,
    label: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// A task, by index.
    Task(usize),
    /// A group, by index.
    Group(usize),
}

/// Runs the subcommand.
pub(super) fn run(mut args: GraphArgs) -> Exit {
    let mut streams = Streams::new(args.printing.color);
    let configured = config::apply(&mut args.read, None);
    Exit::report(configured.and_then(|()| graph(&args, &mut streams)), &mut streams)
}

fn graph(args: &GraphArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let [path] = args.read.paths.as_slice() else {
        return Err(Error::Usage("`graph` takes one file".to_owned()));
    };
    let is_definition = path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml");
    let (graphs, exit) = if is_definition {
        let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        let read = compare::read(&text)
            .map_err(|error| Error::content(path, format!("is no definition: {error}")))?;
        (read.iter().map(Graph::of_definition).collect(), Exit::Success)
    } else {
        source(args, streams)?
    };
    let chosen = choose(graphs, args.dag.as_deref(), path)?;
    let drawing = match args.format {
        GraphFormat::Mermaid => mermaid::render(&chosen),
        GraphFormat::Dot => dot::render(&chosen),
    };
    streams.out(&drawing).map_err(Error::io("write to", Path::new("standard output")))?;
    Ok(exit)
}

/// The DAGs of a source file; says what is wrong with them, since what is not known cannot be drawn.
fn source(args: &GraphArgs, streams: &mut Streams) -> Result<(Vec<Graph>, Exit), Error> {
    let session = Session::with_models(&args.read, true)?;
    let sources = session.converter.sources();
    let mut diagnostics = session.diagnostics;
    let mut graphs = Vec::new();
    for conversion in session.conversions {
        diagnostics.extend(conversion.diagnostics);
        graphs.extend(conversion.models.iter().map(Graph::of_dag));
    }
    diagnostics.retain(Diagnostic::is_error);
    sort_and_dedup(&mut diagnostics, sources);
    report::print(&diagnostics, sources, &args.printing, Frames::Err, streams)?;
    Ok((graphs, Exit::of(!diagnostics.is_empty(), &args.printing)))
}

fn choose(graphs: Vec<Graph>, dag_id: Option<&str>, path: &Path) -> Result<Graph, Error> {
    let known: Vec<String> = graphs.iter().map(|graph| graph.dag_id.clone()).collect();
    let shown = path.display();
    let names = || known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let chosen = match dag_id {
        Some(dag_id) => graphs.into_iter().find(|graph| graph.dag_id == dag_id).ok_or_else(|| {
            let near = nearest(dag_id, known.iter().map(String::as_str));
            let meant = near.first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("`{shown}` has no DAG `{dag_id}`{meant}")
        }),
        None if graphs.len() > 1 => {
            Err(format!("`{shown}` has several DAGs; name one with `--dag`: {}", names()))
        }
        None => graphs.into_iter().next().ok_or_else(|| format!("`{shown}` has no DAG")),
    };
    chosen.map_err(Error::Usage)
}

impl Graph {
    fn of_dag(dag: &Dag) -> Self {
        let nodes = dag.tasks.iter().map(|task| Node {
            id: task.task_id.clone(),
            operator: task.operator.name.clone(),
            is_mapped: task.mapping.is_some(),
            role: task.role,
            group: task.group,
        });
        let edges = dag.edges.iter().map(|edge| Edge {
            from: End::Task(edge.upstream),
            to: End::Task(edge.downstream),
            label: edge.label.clone(),
        });
        let groups =
            dag.groups.iter().map(|group| Group { id: group.group_id.clone(), parent: group.parent });
        Self {
            dag_id: dag.dag_id.clone(),
            nodes: nodes.collect(),
            groups: groups.collect(),
            edges: edges.collect(),
        }
    }

    fn of_definition(definition: &Definition) -> Self {
        let (groups, tasks): (Vec<_>, Vec<_>) = definition.members.iter().partition(|member| member.is_group);
        let group = |id: &Option<String>| groups.iter().position(|group| Some(&group.id) == id.as_ref());
        let end = |id: &str| {
            let task = tasks.iter().position(|task| task.id == id).map(End::Task);
            task.or_else(|| groups.iter().position(|group| group.id == id).map(End::Group))
        };
        let edges = definition.members.iter().flat_map(|member| {
            member
                .upstream
                .iter()
                .filter_map(|upstream| Some(Edge { from: end(upstream)?, to: end(&member.id)?, label: None }))
        });
        let class = |path: String| path.rsplit('.').next().unwrap_or_default().to_owned();
        let nodes = tasks.iter().map(|task| Node {
            id: task.id.clone(),
            operator: task.operator().map(class).unwrap_or_default(),
            is_mapped: task.is_mapped(),
            role: Role::Work,
            group: group(&task.group),
        });
        Self {
            dag_id: definition.dag_id.clone(),
            nodes: nodes.collect(),
            edges: edges.collect(),
            groups: groups
                .iter()
                .map(|member| Group { id: member.id.clone(), parent: group(&member.group) })
                .collect(),
        }
    }

    /// What stands right in a group, or in none: groups and tasks by index.
    fn inside(&self, group: Option<usize>) -> (Vec<usize>, Vec<usize>) {
        let groups =
            (0..self.groups.len()).filter(|at| self.groups[*at].parent == group && group != Some(*at));
        let nodes = (0..self.nodes.len()).filter(|at| self.nodes[*at].group == group);
        (groups.collect(), nodes.collect())
    }
}

impl Node {
    /// The lines of its label: id and class.
    fn lines(&self) -> [String; 2] {
        let mapped = if self.is_mapped { " [ ]" } else { "" };
        let role = match self.role {
            Role::Work => "",
            Role::Setup => " (setup)",
            Role::Teardown => " (teardown)",
        };
        [format!("{}{mapped}", self.id), format!("{}{role}", self.operator)]
    }
}

//! Tests of the authoring API: Python text in, the model's graph out. What is expected was seen in Airflow 3.0.6 or 2.10.5.

mod building;
mod doubts;
mod edges;
mod found;
mod seen;
mod taskflow;

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::airflow::{self, AirflowHost, Collected};
use crate::dag::Dag;
use crate::datum::Datum;
use crate::diagnostic::Diagnostic;
use crate::eval::{Assume, CallReach, Host, Library, Limits, Presence, Vm, World};
use crate::modules;
use crate::source::Sources;
use crate::value::{Eval, Stop, Value};

struct Everything(AirflowHost);

impl Library for Everything {
    fn builtin(&self, name: &str) -> Option<Value> {
        modules::builtin(name)
    }

    fn presence(&self, path: &str) -> Presence {
        if path == "airflow" || path.starts_with("airflow.") {
            return airflow::presence(path);
        }
        if modules::find(path).is_some() { Presence::Modelled } else { Presence::Unknown }
    }

    fn member(&self, vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>> {
        match modules::find(module) {
            Some(table) => table.member(vm, name),
            None => airflow::member(vm, module, name),
        }
    }

    fn members(&self, module: &str) -> Vec<&'static str> {
        airflow::members(module)
    }

    fn call_reach(&self, path: &str) -> CallReach {
        if airflow::is_pure(path) { CallReach::Nothing } else { CallReach::Anything }
    }

    fn host(&self) -> &dyn Host {
        &self.0
    }
}

/// What a text came to, and the exception that ended it, if one did.
struct Run {
    collected: Collected,
    raised: Option<String>,
}

fn run(text: &str) -> Run {
    let sources = Arc::new(Sources::default());
    let file = sources.add(Path::new("/dags/file.py"), text.to_owned());
    let module = crate::parse::parse(file.text()).unwrap_or_else(|problem| panic!("{}", problem.message));
    let world = World {
        machine: std::collections::BTreeMap::new(),
        env: [("AIRFLOW__CORE__PARALLELISM".to_owned(), "32".to_owned())].into(),
        variables: [("bucket", "lake"), ("steps", "[1, {\"a\": null}]")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        connections: [("lake".to_owned(), "postgres://me:hidden@db:5432/public?sslmode=require".to_owned())]
            .into(),
        config: [("core.executor".to_owned(), "LocalExecutor".to_owned())].into(),
        hidden: None,
        hide_connection_secrets: false,
        now: "2025-06-01T12:30:00Z".parse().unwrap(),
        assume: Assume::Unknown,
        reverse_sets: false,
        root: PathBuf::from("/dags"),
        include: Vec::new(),
        runtime_dags_folder: PathBuf::from("/usr/local/airflow/dags"),
        pure: Vec::new(),
        limits: Limits::default(),
    };
    let library = Rc::new(Everything(AirflowHost));
    let mut vm = Vm::new(library, Rc::new(world), Arc::clone(&sources), file.id());
    let (globals, result) = vm.run_file(&file, &module);
    let raised = match result {
        Ok(()) => None,
        Err(Stop::Raise(raise)) => Some(vm.show_exception(&raise)),
        Err(Stop::Halt(halt)) => panic!("{}", halt.cause.message),
        Err(Stop::Unknown(cause)) => panic!("{}", cause.message),
    };
    Run { collected: airflow::collect(&mut vm, &globals), raised }
}

/// The only DAG of a text that ends well and whose DAG nothing stands in the way of.
fn dag(text: &str) -> Dag {
    let run = run(text);
    assert_eq!(run.raised, None);
    let [dag] = run.collected.dags.try_into().unwrap_or_else(|dags| panic!("{dags:#?}"));
    assert!(!dag.findings.iter().any(Diagnostic::is_error), "{:#?}", dag.findings);
    dag
}

const HEAD: &str = "from datetime import datetime, timedelta\n\
    from airflow.sdk import DAG, TaskGroup, Label, chain, chain_linear, cross_downstream, dag, task, task_group, setup, teardown, XComArg, Variable\n\
    from airflow.providers.standard.operators.bash import BashOperator\n\
    from airflow.providers.standard.operators.empty import EmptyOperator as E\n";

/// A DAG called `d` whose block has these lines.
fn block(lines: &str) -> Dag {
    dag(&with(lines))
}

fn with(lines: &str) -> String {
    format!("{HEAD}with DAG('d', schedule=None) as d:\n    {}\n", lines.replace('\n', "\n    "))
}

fn ids(dag: &Dag) -> Vec<&str> {
    dag.tasks.iter().map(|task| task.task_id.as_str()).collect()
}

/// The edges as `a>b`, sorted.
fn edges(dag: &Dag) -> Vec<String> {
    let name = |at: usize| dag.tasks[at].task_id.as_str();
    let mut edges: Vec<String> =
        dag.edges.iter().map(|edge| format!("{}>{}", name(edge.upstream), name(edge.downstream))).collect();
    edges.sort();
    edges
}

fn argument<'a>(dag: &'a Dag, task: &str, name: &str) -> Option<&'a Datum> {
    let task = dag.tasks.iter().find(|own| own.task_id == task)?;
    task.arguments.iter().find(|argument| argument.name == name).map(|argument| &argument.value)
}

/// The effective value of a parameter: the author's, else what was inherited.
fn effective<'a>(dag: &'a Dag, task: &str, name: &str) -> Option<&'a Datum> {
    let own = dag.tasks.iter().find(|own| own.task_id == task)?;
    let mut all = own.arguments.iter().chain(&own.inherited);
    all.find(|argument| argument.name == name).map(|argument| &argument.value)
}

/// The codes and lines of what stands in the way of the DAGs of a text, and of what else there is to say.
fn findings(text: &str) -> Vec<String> {
    let run = run(text);
    let line = |finding: &Diagnostic| match &finding.place {
        crate::diagnostic::Place::Span(span) => {
            text[..span.range.start().to_usize()].matches('\n').count() + 1
        }
        crate::diagnostic::Place::File(_) => 0,
    };
    let dags = run.collected.dags.iter().flat_map(|dag| &dag.findings);
    let mut found: Vec<String> = dags
        .chain(&run.collected.diagnostics)
        .map(|finding| format!("{} {}", finding.code, line(finding)))
        .collect();
    found.dedup();
    found
}

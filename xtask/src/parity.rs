//! `cargo xtask parity`: the proof that dag-factory builds from the YAML what Airflow builds from the Python file.
//!
//! Owns the order of things: convert, load both sides, compare, judge. Each step is a module of its own.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use dag_converter::dag::SourceAirflow;
use dag_converter::diagnostic::codes;
use serde_json::json;

use crate::corpus::Failure;
use crate::project;
use crate::venv::Environment;

mod cache;
mod compare;
mod convert;
mod judge;
mod loader;
mod machine;
mod pair;
mod record;
mod report;
mod subject;
mod unroll;

use compare::{Closeness, Difference, Scope};
use convert::{Conversions, Converted};
use judge::{NotBuilt, Verdict};
use loader::{Load, Request};
use record::{Answer, Loaded};
use report::{Judged, Outcome, Pass};
use subject::{Inputs, OWN, Subject};

/// The targets of the record.
const TARGETS: [&str; 3] = ["dag-factory", "mwaa-serverless@2025-11", "mwaa-serverless@2026-08"];

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Only packages whose `name-version` holds one of these texts; `corpus` for the project's own files.
    groups: Vec<String>,
    /// The targets to convert for.
    #[arg(long, default_values_t = TARGETS.map(str::to_owned))]
    target: Vec<String>,
    /// Leave out the second pass, with an inputs file.
    #[arg(long)]
    bare: bool,
    /// The time limit for one file, in seconds.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Write each verdict as a line of JSON to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Renew `corpus/PARITY.md`.
    #[arg(long, conflicts_with_all = ["groups", "target", "bare"])]
    record: bool,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Compares the DAGs of one Python file with those of YAML files, and prints what differs as JSON.
    Pair(pair::Args),
}

/// Runs the proof; fails where a difference is silent or a DAG is lost.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    if let Some(Command::Pair(args)) = args.command {
        return pair::run(&args);
    }
    let subjects = subject::select(&args.groups)?;
    let mut passes = run_pass("bare", subjects.clone(), &args)?;
    if !args.bare {
        let inputs = Inputs::read()?;
        let with_inputs: Vec<Subject> = subjects
            .into_iter()
            // A case of the corpus says itself what it is given.
            .filter(|subject| subject.group != OWN)
            .map(|subject| Subject { inputs: inputs.clone(), ..subject })
            .collect();
        if !with_inputs.is_empty() {
            passes.extend(run_pass("with inputs", with_inputs, &args)?);
        }
    }
    let text = report::text(&passes);
    println!("{text}");
    if let Some(path) = &args.json {
        fs::write(path, report::json_lines(&passes))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    if args.record {
        fs::write(project::root().join("corpus/PARITY.md"), text)?;
        println!("wrote corpus/PARITY.md");
    }
    let failed = passes.iter().any(Pass::has_defects);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What Airflow makes of the Python files, under both versions.
struct Truth {
    three: HashMap<usize, Answer>,
    three_again: HashMap<usize, Answer>,
    two: HashMap<usize, Answer>,
    two_again: HashMap<usize, Answer>,
}

impl Truth {
    /// Loads every file in Airflow 3; in Airflow 2 those that are written for it, or that Airflow 3 has no DAG of.
    fn load(
        name: &str,
        subjects: &[Subject],
        is_for_two: impl Fn(usize) -> bool,
        seconds: u64,
    ) -> Result<Self> {
        let requests: Vec<Request> = subjects
            .iter()
            .enumerate()
            .map(|(id, subject)| Request { python: Some(subject.path.clone()), ..request(id, subject) })
            .collect();
        let twice = |environment, requests: &[Request], what: &str| {
            eprintln!("{name}: loading {} files in {what}, twice", requests.len());
            let first = by_id(loader::load(environment, requests, Load::First, seconds)?);
            // What did not end the first time would not end the second time either.
            let again: Vec<Request> = requests
                .iter()
                .filter(|request| first.get(&request.id).is_some_and(|answer| answer.failed.is_none()))
                .cloned()
                .collect();
            Ok::<_, anyhow::Error>((first, by_id(loader::load(environment, &again, Load::Again, seconds)?)))
        };
        let (three, three_again) = twice(Environment::Airflow3, &requests, "Airflow 3")?;
        let has_dags = |id: usize| {
            three.get(&id).and_then(|answer| answer.files.first()).is_some_and(|file| !file.dags.is_empty())
        };
        let rest: Vec<Request> =
            requests.into_iter().filter(|request| is_for_two(request.id) || !has_dags(request.id)).collect();
        let (two, two_again) = twice(Environment::Airflow2, &rest, "Airflow 2")?;
        Ok(Self { three, three_again, two, two_again })
    }
}

fn run_pass(name: &str, subjects: Vec<Subject>, args: &Args) -> Result<Vec<Pass>> {
    eprintln!("{name}: converting {} files", subjects.len());
    let conversions = convert::all(&subjects, &args.target)?;
    let is_for_two = |id: usize| {
        conversions
            .iter()
            .any(|conversions| written_for(&subjects[id], &conversions[id]) == SourceAirflow::V2)
    };
    let truth = Truth::load(name, &subjects, is_for_two, args.seconds)?;
    let mut passes = Vec::new();
    for (target, conversions) in args.target.iter().zip(conversions) {
        let definitions = convert::load_definitions(&subjects, &conversions, args.seconds)?;
        let owners = owners(&subjects, &conversions);
        let mut outcomes = Vec::new();
        for (id, subject) in subjects.iter().enumerate() {
            let elsewhere = |dag_id: &str| {
                let files = owners.get(&(subject.root.as_path(), dag_id));
                files.is_some_and(|files| files.iter().any(|other| *other != id))
            };
            outcomes.push(judge_file(id, subject, &conversions[id], &truth, &definitions, elsewhere));
        }
        passes.push(Pass { name: name.to_owned(), target: target.clone(), outcomes });
    }
    Ok(passes)
}

/// The files of a DAG folder that a DAG was found in, whatever became of it.
fn owners<'a>(
    subjects: &'a [Subject],
    conversions: &'a Conversions,
) -> HashMap<(&'a Path, &'a str), Vec<usize>> {
    let mut owners: HashMap<(&Path, &str), Vec<usize>> = HashMap::new();
    for (id, (subject, conversion)) in subjects.iter().zip(conversions).enumerate() {
        for dag in conversion.iter().flat_map(|converted| &converted.conversion.models) {
            owners.entry((&subject.root, &dag.dag_id)).or_default().push(id);
        }
    }
    owners
}

/// The Airflow that a file is written for: what is said of it, else what the converter found.
fn written_for(subject: &Subject, conversion: &std::result::Result<Converted, Failure>) -> SourceAirflow {
    let found = conversion.as_ref().ok().and_then(|converted| converted.conversion.models.first());
    subject.source_airflow.or_else(|| found.map(|dag| dag.source_airflow)).unwrap_or(SourceAirflow::V3)
}

/// A request about a file that says nothing yet of what to load.
fn request(id: usize, subject: &Subject) -> Request {
    Request {
        id,
        path: subject.import_path(),
        env: subject.inputs.env.clone(),
        variables: subject.inputs.variables.clone(),
        ..Request::default()
    }
}

fn by_id(answers: Vec<Answer>) -> HashMap<usize, Answer> {
    answers.into_iter().map(|answer| (answer.id, answer)).collect()
}

/// What Airflow made of one file, first and second load.
struct Loads<'a> {
    airflow: SourceAirflow,
    first: &'a Loaded,
    again: Option<&'a Loaded>,
}

impl Truth {
    /// The version that can load the file and that it is written for; where that one cannot load it, the other. Else why
    /// neither can.
    fn of(&self, id: usize, preferred: SourceAirflow) -> std::result::Result<Loads<'_>, String> {
        let (first, second) = match preferred {
            SourceAirflow::V3 => (SourceAirflow::V3, SourceAirflow::V2),
            SourceAirflow::V2 => (SourceAirflow::V2, SourceAirflow::V3),
        };
        let mut empty = None;
        let mut error = None;
        for airflow in [first, second] {
            let (loads, again) = match airflow {
                SourceAirflow::V3 => (&self.three, &self.three_again),
                SourceAirflow::V2 => (&self.two, &self.two_again),
            };
            let Some(answer) = loads.get(&id) else { continue };
            let Some(file) = answer.files.first() else {
                error = error.or_else(|| answer.failed.clone());
                continue;
            };
            let again = again.get(&id).and_then(|answer| answer.files.first());
            let loads = Loads { airflow, first: file, again };
            match &file.error {
                _ if !file.dags.is_empty() => return Ok(loads),
                None => empty = empty.or(Some(loads)),
                Some(said) => error = error.or_else(|| Some(said.clone())),
            }
        }
        empty.ok_or_else(|| error.unwrap_or_else(|| "no answer".to_owned()))
    }
}

fn judge_file(
    id: usize,
    subject: &Subject,
    conversion: &std::result::Result<Converted, Failure>,
    truth: &Truth,
    definitions: &HashMap<usize, Answer>,
    elsewhere: impl Fn(&str) -> bool,
) -> Outcome {
    let mut outcome = Outcome::new(subject);
    let preferred = written_for(subject, conversion);
    let none = Converted::default();
    let converted = match conversion {
        Ok(converted) => converted,
        Err(failure) => {
            outcome.failure = Some(failure.clone());
            &none
        }
    };
    let conversion = &converted.conversion;
    let loads = match truth.of(id, preferred) {
        Ok(loads) => loads,
        Err(error) => {
            outcome.unloadable = Some(error);
            outcome.unjudged =
                conversion.definitions.iter().map(|definition| definition.dag_id.clone()).collect();
            return outcome;
        }
    };
    let in_three = truth.three.get(&id).and_then(|answer| answer.files.first());
    let importable = in_three.is_some_and(|file| file.error.is_none());
    let closeness = match loads.airflow {
        SourceAirflow::V3 => Closeness::Effective,
        SourceAirflow::V2 => Closeness::Authored,
    };
    for dag in &loads.first.dags {
        let again = loads.again.and_then(|again| again.dags.iter().find(|other| other.dag_id == dag.dag_id));
        let index = conversion.definitions.iter().position(|definition| definition.dag_id == dag.dag_id);
        let is_twice = conversion.definitions.iter().filter(|made| made.dag_id == dag.dag_id).count() > 1;
        let verdict = match (loads.first.unproved.first(), index) {
            (Some(stub), _) => Verdict::Unproved(stub.clone()),
            // Who writes definitions into a folder writes neither of two with one id.
            (None, Some(_)) if is_twice => Verdict::Refused(codes::DUPLICATE_DAG_ID.as_str().to_owned()),
            (None, None) => match judge::of_missing(&dag.dag_id, &conversion.diagnostics) {
                // A DAG that is imported from another DAG file belongs to that one.
                Verdict::Lost if elsewhere(&dag.dag_id) => continue,
                verdict => verdict,
            },
            (None, Some(index)) => match definition(definitions.get(&id), index, &dag.dag_id) {
                Ok(made) => {
                    let unrolled = unroll::unrolled(dag, &conversion.diagnostics);
                    let dag = unrolled.as_ref().unwrap_or(dag);
                    let differences = compare::compare(dag, again, made, closeness);
                    judge::of_differences(&dag.dag_id, differences, &conversion.diagnostics)
                }
                Err(why) => judge::of_unloadable(&dag.dag_id, &why, &conversion.diagnostics, importable),
            },
        };
        let errors = match &verdict {
            Verdict::Refused(_) => converted.errors_about(&dag.dag_id),
            Verdict::Equal
            | Verdict::Declared(_)
            | Verdict::Changed(_)
            | Verdict::Assumed(_)
            | Verdict::Silent(_)
            | Verdict::Lost
            | Verdict::Unproved(_) => Vec::new(),
        };
        outcome.judged.push(Judged { dag_id: dag.dag_id.clone(), airflow: loads.airflow, verdict, errors });
    }
    for definition in &conversion.definitions {
        if !loads.first.dags.iter().any(|dag| dag.dag_id == definition.dag_id)
            && loads.first.unproved.is_empty()
        {
            let verdict =
                Verdict::Silent(vec![whole(json!(null), json!("a DAG that Airflow does not have"))]);
            outcome.judged.push(Judged {
                dag_id: definition.dag_id.clone(),
                airflow: loads.airflow,
                verdict,
                errors: Vec::new(),
            });
        }
    }
    outcome
}

/// The DAG that dag-factory built of a definition, or why there is none.
fn definition<'a>(
    answer: Option<&'a Answer>,
    index: usize,
    dag_id: &str,
) -> std::result::Result<&'a record::DagRecord, NotBuilt> {
    let failed = |why: &str| NotBuilt::Failed(why.to_owned());
    let Some(answer) = answer else { return Err(failed("the definition was not loaded")) };
    let Some(file) = answer.files.get(index) else {
        return Err(failed(answer.failed.as_deref().unwrap_or("the definition was not loaded")));
    };
    if let Some(stub) = file.unproved.first() {
        return Err(NotBuilt::Unproved(stub.clone()));
    }
    match file.dags.iter().find(|dag| dag.dag_id == dag_id) {
        Some(dag) => Ok(dag),
        None => Err(failed(file.error.as_deref().unwrap_or("no such DAG"))),
    }
}

/// The difference that one side lacks the DAG.
pub(crate) fn whole(python: serde_json::Value, yaml: serde_json::Value) -> Difference {
    Difference {
        scope: Scope::Dag,
        field: "itself".to_owned(),
        python,
        yaml,
        parameters: Vec::new(),
        of_dag: false,
    }
}

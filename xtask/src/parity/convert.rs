//! The converter's side of the proof: every file converted, and its definitions loaded by dag-factory.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use dag_converter::convert::{Conversion, Converter, Options};
use dag_converter::dag::SourceAirflow;
use dag_converter::diagnostic::JsonRecord;
use dag_converter::package::Package;
use dag_converter::target::Target;
use serde_json::Value;

use super::loader::{self, Load, Request};
use super::record::{Answer, Loaded};
use super::request;
use super::subject::Subject;
use crate::corpus::{self, Failure, Job, Work};
use crate::venv::Environment;

/// The time limit for the conversion of one file, which a build without optimisation needs too.
const LIMIT: Duration = Duration::from_secs(90);

/// What the converter made of a file.
#[derive(Debug, Default)]
pub(crate) struct Converted {
    /// Its result.
    pub(crate) conversion: Conversion,
    /// Its errors as JSON, with lines and columns.
    errors: Vec<Value>,
}

impl Converted {
    /// The errors for which a DAG is refused.
    pub(crate) fn errors_about(&self, dag_id: &str) -> Vec<Value> {
        let about = |error: &&Value| error["dag_id"].as_str().is_none_or(|id| id == dag_id);
        self.errors.iter().filter(about).cloned().collect()
    }
}

/// What the converter made of all files for one target, in their order.
pub(crate) type Conversions = Vec<std::result::Result<Converted, Failure>>;

/// Converts every file with its own options, for each of the targets.
pub(crate) fn all(subjects: &[Subject], targets: &[String]) -> Result<Vec<Conversions>> {
    let mut converters = HashMap::new();
    let mut into: Vec<&'static Target> = Vec::new();
    for target in targets {
        into.push(corpus::options(target)?.target);
    }
    for subject in subjects {
        let three = subject.options()?;
        // The interpreter of Airflow 2 is another one.
        let two = (subject.inputs.machine.two != three.machine).then(|| {
            let machine = subject.inputs.machine.two.clone();
            let mut env = three.env.clone();
            env.extend(machine.get("airflow-home").map(|home| ("AIRFLOW_HOME".to_owned(), home.clone())));
            Converter::new(Options { machine, env, ..three.clone() })
        });
        converters.insert(subject.path.clone(), (Converter::new(three), two));
    }
    let work: Arc<Work<Vec<Converted>>> = Arc::new(move |job: &Job| {
        let Some((three, two)) = converters.get(&job.path) else { return Vec::new() };
        let (mut converter, mut evaluation) = (three, three.evaluate_file(&job.root, &job.path));
        if let Some(two) = two
            && evaluation.dags.first().is_some_and(|dag| dag.source_airflow == SourceAirflow::V2)
        {
            (converter, evaluation) = (two, two.evaluate_file(&job.root, &job.path));
        }
        let converted = |target: &&'static Target| {
            let conversion = converter.render(evaluation.clone(), target);
            let errors = conversion.diagnostics.iter().filter(|found| found.is_error());
            let errors = errors
                .filter_map(|error| serde_json::to_value(JsonRecord::new(error, converter.sources())).ok());
            Converted { errors: errors.collect(), conversion }
        };
        into.iter().map(converted).collect()
    });
    let jobs: Vec<Job> = subjects
        .iter()
        .map(|subject| Job {
            package: subject.group.clone(),
            file: subject.file.clone(),
            root: subject.root.clone(),
            path: subject.path.clone(),
        })
        .collect();
    let mut all: Vec<Conversions> = targets.iter().map(|_| Vec::new()).collect();
    for done in corpus::convert_all(&work, &jobs, LIMIT) {
        match done.outcome {
            Ok(made) => all.iter_mut().zip(made).for_each(|(all, made)| all.push(Ok(made))),
            Err(failure) => all.iter_mut().for_each(|all| all.push(Err(failure.clone()))),
        }
    }
    Ok(all)
}

/// Writes the definitions of every file and loads them; the files of an answer are in the order of the definitions. Each is loaded by
/// itself, with its own code package and no other: the packages of a file's DAGs have modules of the same name.
pub(crate) fn load_definitions(
    subjects: &[Subject],
    conversions: &Conversions,
    seconds: u64,
) -> Result<HashMap<usize, Answer>> {
    let folder = tempfile::tempdir()?;
    let mut requests = Vec::new();
    // The subject of each request, by its number.
    let mut owners = Vec::new();
    for (id, (subject, conversion)) in subjects.iter().zip(conversions).enumerate() {
        let Ok(Converted { conversion, .. }) = conversion else { continue };
        let own = folder.path().join(id.to_string());
        let has_packages = conversion.definitions.iter().any(|definition| definition.package.is_some());
        let mut together = Vec::new();
        for (index, definition) in conversion.definitions.iter().enumerate() {
            let path = own.join(format!("{index}.yml"));
            fs::create_dir_all(&own)?;
            fs::write(&path, &definition.yaml)?;
            together.push(std::path::absolute(path)?);
            if has_packages {
                let mut request = request(owners.len(), subject);
                if let Some(package) = &definition.package {
                    // Before the DAG folder, whose files have the same names.
                    request.path.insert(0, write_package(package, &own.join(format!("{index}_code")))?);
                }
                requests.push(Request { yaml: std::mem::take(&mut together), ..request });
                owners.push(id);
            }
        }
        if !together.is_empty() {
            requests.push(Request { yaml: together, ..request(owners.len(), subject) });
            owners.push(id);
        }
    }
    eprintln!("loading definitions in dag-factory, {} times", requests.len());
    let mut loaded = loader::load(Environment::Airflow3, &requests, Load::First, seconds)?;
    loaded.sort_by_key(|answer| answer.id);
    let mut answers: HashMap<usize, Answer> = HashMap::new();
    for answer in loaded {
        let id = owners[answer.id];
        let whole = answers.entry(id).or_insert_with(|| Answer { id, files: Vec::new(), failed: None });
        if answer.files.is_empty() {
            // Those that follow keep their places.
            whole.files.push(Loaded { error: answer.failed.clone(), ..Loaded::default() });
        }
        whole.files.extend(answer.files);
        whole.failed = whole.failed.take().or(answer.failed);
    }
    Ok(answers)
}

/// Writes a code package as a folder; gives its path.
fn write_package(package: &Package, folder: &Path) -> Result<PathBuf> {
    let folder = std::path::absolute(folder)?;
    // A package of distributions alone holds no code of the user's.
    fs::create_dir_all(&folder)?;
    for entry in &package.entries {
        let path = folder.join(&entry.path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        fs::write(path, &entry.bytes)?;
    }
    Ok(folder)
}

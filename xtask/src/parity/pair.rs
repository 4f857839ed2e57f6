//! One Python file against YAML files that someone wrote: to look into a difference, and to show that the comparison bites.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::compare::{self, Closeness};
use super::loader::{self, Load, Request};
use super::report;
use crate::venv::Environment;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The Python file.
    python: PathBuf,
    /// The YAML files, each with DAGs of the Python file.
    #[arg(required = true)]
    yaml: Vec<PathBuf>,
}

/// Prints a line of JSON for each DAG of each YAML file: the file, the DAG and the differences.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let python = std::path::absolute(&args.python)?;
    let root = python.parent().context("the Python file has no folder")?.to_owned();
    let path = vec![root, super::subject::stand_ins()];
    let source = Request { id: 0, python: Some(python.clone()), path: path.clone(), ..Request::default() };
    let first = loader::load(Environment::Airflow3, std::slice::from_ref(&source), Load::First, 60)?;
    let again = loader::load(Environment::Airflow3, &[source], Load::Again, 60)?;
    let truth =
        first[0].files.first().with_context(|| format!("it was not loaded: {:?}", first[0].failed))?;
    if let Some(error) = &truth.error {
        bail!("{}: {error}", python.display());
    }
    let yaml: Vec<PathBuf> =
        args.yaml.iter().map(std::path::absolute).collect::<std::result::Result<_, _>>()?;
    let definitions = Request { id: 1, yaml, path, ..Request::default() };
    let made = loader::load(Environment::Airflow3, &[definitions], Load::First, 60)?;
    if let Some(failed) = &made[0].failed {
        bail!("the definitions were not loaded: {failed}");
    }
    let mut is_equal = true;
    for file in &made[0].files {
        let name = Path::new(&file.path).file_name().unwrap_or_default().to_string_lossy();
        if let Some(error) = &file.error {
            println!("{}", json!({ "file": name, "error": error }));
            is_equal = false;
        }
        for dag in &file.dags {
            let same = |other: &&super::record::DagRecord| other.dag_id == dag.dag_id;
            let Some(truth) = truth.dags.iter().find(same) else {
                println!(
                    "{}",
                    json!({ "file": name, "error": format!("no DAG {} in the Python file", dag.dag_id) })
                );
                is_equal = false;
                continue;
            };
            let again = again[0].files.first().and_then(|file| file.dags.iter().find(same));
            let found = compare::compare(truth, again, dag, Closeness::Effective);
            is_equal &= found.is_empty();
            let found: Vec<_> = found.iter().map(report::difference).collect();
            println!("{}", json!({ "file": name, "dag_id": dag.dag_id, "differences": found }));
        }
    }
    Ok(if is_equal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

//! One Python file against YAML files that someone wrote: to look into a difference, and to show that the comparison bites.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use dag_converter::convert::{Converter, Options};
use dag_converter::diagnostic::Diagnostic;
use serde_json::json;

use super::compare::{self, Closeness};
use super::judge::{self, Verdict};
use super::loader::{self, Load, Request};
use super::report;
use crate::corpus;
use crate::venv::Environment;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The Python file.
    python: PathBuf,
    /// The YAML files, each with DAGs of the Python file.
    #[arg(required = true)]
    yaml: Vec<PathBuf>,
    /// Judge what differs by what the converter says of the Python file for this target, and print only what it does not say.
    #[arg(long)]
    target: Option<String>,
}

/// Prints a line of JSON for each DAG of each YAML file: the file, the DAG and the differences.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let python = std::path::absolute(&args.python)?;
    let root = python.parent().context("the Python file has no folder")?.to_owned();
    let path = vec![root.clone(), super::subject::stand_ins()];
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
    let records = match &args.target {
        Some(target) => Some(said(&root, &python, target)?),
        None => None,
    };
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
            let mut found = compare::compare(truth, again, dag, Closeness::Effective);
            let mut line = json!({ "file": name, "dag_id": dag.dag_id });
            if let Some(records) = &records {
                let verdict = judge::of_differences(&dag.dag_id, found, records);
                line["verdict"] = json!(verdict.name());
                found = if let Verdict::Silent(silent) = verdict { silent } else { Vec::new() };
            }
            is_equal &= found.is_empty();
            line["differences"] = found.iter().map(report::difference).collect();
            println!("{line}");
        }
    }
    Ok(if is_equal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the converter says of a file for a target.
fn said(root: &Path, python: &Path, target: &str) -> Result<Vec<Diagnostic>> {
    let converter = Converter::new(Options {
        include: vec![super::subject::stand_ins()],
        runtime_dags_folder: root.to_owned(),
        ..corpus::options(target)?
    });
    Ok(converter.convert_file(root, python).diagnostics)
}

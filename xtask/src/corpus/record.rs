//! `corpus/real.tsv`: what the converter makes of each DAG of the fetched packages, a line for each.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use dag_converter::convert::Conversion;
use dag_converter::diagnostic::Diagnostic;

use super::convert::{Done, Failure};
use crate::project;

/// What became of one DAG, or of a file in which no DAG was found, for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The package, by `name-version`.
    pub(crate) package: String,
    /// The file's path inside the package.
    pub(crate) file: String,
    /// The DAG; `None` where the row is about the file.
    pub(crate) dag_id: Option<String>,
    /// Its tasks and edges, where its model is known.
    pub(crate) size: Option<(usize, usize)>,
    /// The verdict.
    pub(crate) verdict: Verdict,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A definition was made; the start of the SHA-256 of its text.
    Converted(String),
    /// It was refused: the code and the message of the first reason.
    Refused(String, String),
    /// No DAG, no definition, and no error.
    NoDag,
    /// A DAG without definition and without a reason: a defect of the converter.
    Lost,
    /// The converter failed: a defect.
    Failed(Failure),
}

impl Verdict {
    fn cell(&self) -> String {
        match self {
            Self::Converted(digest) => format!("converted {digest}"),
            Self::Refused(code, _) => format!("refused {code}"),
            Self::NoDag => "no DAG".to_owned(),
            Self::Lost => "lost".to_owned(),
            Self::Failed(Failure::Panic(_)) => "panicked".to_owned(),
            Self::Failed(Failure::Late) => "late".to_owned(),
        }
    }
}

/// The rows of one file.
pub(crate) fn rows(done: &Done) -> Vec<Row> {
    let row = |dag_id: Option<&str>, size, verdict| Row {
        package: done.job.package.clone(),
        file: done.job.file.to_string_lossy().replace('\\', "/"),
        dag_id: dag_id.map(str::to_owned),
        size,
        verdict,
    };
    let conversion = match &done.outcome {
        Ok(conversion) => conversion,
        Err(failure) => return vec![row(None, None, Verdict::Failed(failure.clone()))],
    };
    let mut rows = Vec::new();
    for dag in &conversion.models {
        let verdict = verdict(conversion, &dag.dag_id);
        rows.push(row(Some(&dag.dag_id), Some((dag.tasks.len(), dag.edges.len())), verdict));
    }
    let ids = conversion.definitions.iter().map(|definition| &definition.dag_id).chain(&conversion.refused);
    for dag_id in ids {
        if !rows.iter().any(|row| row.dag_id.as_ref() == Some(dag_id)) {
            rows.push(row(Some(dag_id), None, verdict(conversion, dag_id)));
        }
    }
    if rows.is_empty() {
        let verdict = match first_error(conversion, None) {
            Some(error) => refused(error),
            None if conversion.dags_found > 0 => Verdict::Lost,
            None => Verdict::NoDag,
        };
        rows.push(row(None, None, verdict));
    }
    rows
}

fn verdict(conversion: &Conversion, dag_id: &str) -> Verdict {
    if let Some(definition) = conversion.definitions.iter().find(|definition| definition.dag_id == dag_id) {
        let digest = project::sha256(definition.yaml.as_bytes());
        return Verdict::Converted(digest[..12].to_owned());
    }
    first_error(conversion, Some(dag_id))
        .or_else(|| first_error(conversion, None))
        .map_or(Verdict::Lost, refused)
}

/// The first error about a DAG, or about the file as a whole.
fn first_error<'a>(conversion: &'a Conversion, dag_id: Option<&str>) -> Option<&'a Diagnostic> {
    conversion.diagnostics.iter().find(|diagnostic| {
        diagnostic.is_error() && (dag_id.is_none() || diagnostic.dag_id.as_deref() == dag_id)
    })
}

fn refused(error: &Diagnostic) -> Verdict {
    Verdict::Refused(error.code.as_str().to_owned(), error.message.clone())
}

/// The record of one run for each target, as the text of `corpus/real.tsv`. All runs are over the same files.
pub(crate) fn text(runs: &[(&str, Vec<Row>)]) -> String {
    let mut text = String::from("package\tfile\tdag_id\ttasks\tedges");
    for (target, _) in runs {
        text.push('\t');
        text.push_str(target);
    }
    text.push('\n');
    let Some((_, first)) = runs.first() else { return text };
    for (index, row) in first.iter().enumerate() {
        let number = |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
        let cells = [
            row.package.clone(),
            row.file.clone(),
            row.dag_id.clone().unwrap_or_else(|| "-".to_owned()),
            number(row.size.map(|(tasks, _)| tasks)),
            number(row.size.map(|(_, edges)| edges)),
        ];
        text.push_str(&cells.map(|cell| cell.replace(['\t', '\n'], " ")).join("\t"));
        for (_, rows) in runs {
            // The DAGs of a file do not depend on the target; a row that is not the same DAG is shown as what it is.
            let same = rows.iter().skip(index.saturating_sub(64)).find(|other| {
                (&other.package, &other.file, &other.dag_id) == (&row.package, &row.file, &row.dag_id)
            });
            text.push('\t');
            text.push_str(&same.map_or("other DAGs".to_owned(), |row| row.verdict.cell()));
        }
        text.push('\n');
    }
    text
}

/// Where the record is kept.
pub(crate) fn path() -> PathBuf {
    project::root().join("corpus/real.tsv")
}

/// The committed record; empty where there is none yet.
pub(crate) fn committed() -> Result<String> {
    match fs::read_to_string(path()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        read => read.with_context(|| format!("cannot read {}", path().display())),
    }
}

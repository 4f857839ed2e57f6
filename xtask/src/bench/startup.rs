//! Instructions: of a start, of the first file, of each further one, and what they are spent on.

use std::collections::HashSet;
use std::fs;

use anyhow::Result;

use super::build::Built;
use super::profile::{Profile, profile};
use super::{Effort, Measured, Row, generate, shown};
use crate::corpus::NOW;

const COMMAND: &str = "cargo xtask bench startup";

/// One DAG of one task.
const SMALL: &str = r#"from datetime import datetime
from airflow import DAG
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

with DAG("small", start_date=datetime(2030, 1, 1), schedule="@daily", catchup=False):
    AthenaOperator(task_id="t", database="d", query="select 1", output_location="s3://b/", retries=1)
"#;

/// The steps of a conversion, by the functions that begin them.
const STEPS: &[(&str, &str)] = &[
    ("find the files", "dag_converter::cli::files::collect"),
    ("convert them", "dag_converter::cli::workers::convert_one"),
    ("· read and decode", "dag_converter::source::Sources::read"),
    ("· parse DAG files", "dag_converter::parse::parse"),
    ("· evaluate", "dag_converter::convert::worlds::model"),
    ("· · run the code", "Vm>::run_file"),
    ("· · · imports", "Vm>::import"),
    ("· · · · parse local modules", "dag_converter::source::SourceFile::tree"),
    ("· · collect the model", "dag_converter::airflow::collect::collect"),
    ("· · names for code packages", "dag_converter::airflow::names::module_names"),
    ("· pack code", "dag_converter::package::whole"),
    ("· apply the target's rules", "dag_converter::target::render"),
    ("· write YAML", "dag_converter::yaml::write"),
    ("· read it back and compare", "dag_converter::yaml::check::check"),
    ("· hold it against the target once more", "dag_converter::validate::validate"),
    ("write the output folder", "dag_converter::cli::output::Folder::write"),
    ("print the findings", "dag_converter::cli::report::print"),
];

/// Measures it; nothing without valgrind.
pub(super) fn measure(built: &Built, effort: Effort) -> Result<Measured> {
    let Some(version) = profile(&built.converter, &["--version"])? else {
        return Ok(Measured { details: "valgrind is not installed.\n".to_owned(), ..Measured::default() });
    };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("small.py");
    fs::write(&file, SMALL)?;
    let (one, many) = (shown(&file), shown(&generate::folder(effort.files(100))?));
    let converted = |input: &str, output: &str| -> Result<Profile> {
        let output = shown(&folder.path().join(output));
        let args = [
            "convert",
            input,
            "--output",
            &output,
            "--now",
            NOW,
            "--isolated",
            "--quiet",
            "--threads",
            "1",
            "--exit-zero",
        ];
        profile(&built.converter, &args)?.ok_or_else(|| anyhow::anyhow!("valgrind is gone"))
    };
    let first = converted(&one, "one")?;
    let run = converted(&many, "many")?;
    let mut details = format!(
        "callgrind counts instructions, so that a busy machine changes nothing.\n\n\
         | run | instructions, millions |\n|---|---|\n\
         | `dag-converter --version` | {:.2} |\n\
         | `dag-converter convert` of one file with one DAG of one task | {:.2} |\n\
         | `dag-converter convert` of {} generated files | {:.2} |\n\n",
        millions(version.total),
        millions(first.total),
        effort.files(100),
        millions(run.total),
    );
    details.push_str("The largest shares of the run over one file (each with what it calls):\n\n| share | function |\n|---|---|\n");
    let mut seen = HashSet::new();
    let telling = first.inclusive.iter().filter(|(name, _)| is_telling(name) && seen.insert(name.as_str()));
    for (name, count) in telling.take(20) {
        let share = millions(*count) * 100.0 / millions(first.total);
        details.push_str(&format!("| {share:.1} % | `{}` |\n", plain(name)));
    }
    details.push_str(
        "\nWhat the run over the generated files is spent on:\n\n| step | share of the run |\n|---|---|\n",
    );
    for (step, function) in STEPS {
        details.push_str(&format!("| {step} | {:.1} % |\n", run.share(function) * 100.0));
    }
    let row = |what: &str, ratio: f64| Row {
        what: what.to_owned(),
        figure: format!("{ratio:.2}"),
        target: None,
        command: COMMAND,
    };
    #[expect(clippy::cast_precision_loss, reason = "at most 100 files")]
    let files = effort.files(100) as f64;
    let each = millions(run.total - version.total) / files;
    Ok(Measured {
        rows: vec![row(
            "instructions of a start (`--version`) ÷ those of one generated file",
            millions(version.total) / each,
        )],
        details,
    })
}

/// Whether a function says something: one of the project, of the parsers it starts with, or of the loader.
fn is_telling(name: &str) -> bool {
    let of_interest = [
        "dag_converter::",
        "CommandFactory>::command",
        "_dl_relocate_object",
        "toml::from_str",
        "Regex::new",
    ];
    let frames =
        ["dag_converter::main", "cli::run", "core::iter", "{{closure}}", "core::ops", "core::ptr", "'2"];
    of_interest.iter().any(|part| name.contains(part)) && !frames.iter().any(|part| name.contains(part))
}

/// The name of a function without what generics and files add to it.
fn plain(name: &str) -> String {
    name.replace("dag_converter::", "").replace('|', "\\|").replace('`', "'").chars().take(90).collect()
}

#[expect(clippy::cast_precision_loss, reason = "for the eye")]
fn millions(count: u64) -> f64 {
    count as f64 / 1e6
}

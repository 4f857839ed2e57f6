//! The whole conversion against parsing alone, in one thread.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::build::Built;
use super::{Effort, Measured, Row, generate};
use crate::{corpus, project};

/// The total may be this many times the time of parsing alone.
const TARGET: f64 = 2.0;

/// Measures it on the real files, where they are fetched, and on generated ones.
pub(super) fn measure(built: &Built, effort: Effort) -> Result<Measured> {
    let mut measured = Measured::default();
    measured.details.push_str(
        "Parsing alone is reading a file, running `ruff_python_parser` over it and dropping the tree. The conversion is all from reading \
         to the checked text of the definitions and their packages, nothing written. Each file is measured in turn by each of them; \
         the sums are of the medians of the files.\n\n\
         | files | target | MB | definitions | parsing alone, ms | up to the model | the whole conversion |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let real = match corpus::jobs(&corpus::packages()?)? {
        Some(jobs) => jobs.into_iter().map(|job| (job.root, job.path)).collect(),
        None => Vec::new(),
    };
    let folder = generate::folder(effort.files(1_000))?;
    let made: Vec<_> = WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pipeline_")))
        .map(|path| (folder.clone(), path))
        .collect();
    let sets = [
        ("real", "dag-factory", &real),
        ("real", "mwaa-serverless", &real),
        ("generated", "mwaa-serverless", &made),
    ];
    for (name, target, files) in sets {
        if files.is_empty() {
            measured.details.push_str("\nThe real files are not fetched: `cargo xtask corpus fetch`.\n");
            continue;
        }
        let files = if effort.is_quick { &files[..files.len().min(20)] } else { &files[..] };
        let figures = pairs(built, target, files, effort.rounds(5))?;
        let of = |key: &str| figures[key].as_f64().context("a figure is missing");
        let (parsed, evaluated, converted) = (of("parsed_us")?, of("evaluated_us")?, of("converted_us")?);
        let ratio = converted / parsed;
        measured.rows.push(Row {
            what: format!("whole conversion ÷ parsing alone, {} {name} files, `{target}`", files.len()),
            figure: format!("{ratio:.1}"),
            target: Some((format!("≤ {TARGET}"), ratio <= TARGET)),
            command: "cargo xtask bench parse",
        });
        measured.details.push_str(&format!(
            "| {} {name} | `{target}` | {:.1} | {} | {:.1} | {:.1} ({:.1}×) | {:.1} ({ratio:.1}×) |\n",
            files.len(),
            of("bytes")? / 1e6,
            figures["definitions"],
            parsed / 1e3,
            evaluated / 1e3,
            evaluated / parsed,
            converted / 1e3,
        ));
    }
    Ok(measured)
}

/// Runs `benches/pairs.rs`.
fn pairs(
    built: &Built,
    target: &str,
    files: &[(impl AsRef<Path>, impl AsRef<Path>)],
    rounds: usize,
) -> Result<serde_json::Value> {
    let list = tempfile::NamedTempFile::new()?;
    let lines: Vec<String> = files
        .iter()
        .map(|(root, file)| format!("{}\t{}\n", root.as_ref().display(), file.as_ref().display()))
        .collect();
    fs::write(list.path(), lines.concat())?;
    let output =
        project::output(Command::new(&built.pairs).arg(list.path()).arg(target).arg(rounds.to_string()))?;
    serde_json::from_slice(&output.stdout).context("the bench printed no JSON")
}

//! `diff`: what changed in meaning between two files or folders of definitions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Exit;
use super::args::{DiffArgs, DiffFormat};
use super::error::Error;
use super::streams::Streams;
use crate::compare::{Comparison, Definition, Fate, read};

mod json;
mod markdown;
mod text;

/// Runs the subcommand.
pub(super) fn run(args: &DiffArgs) -> Exit {
    let mut streams = Streams::new(args.color);
    Exit::report(compare(args, &mut streams), &mut streams)
}

fn compare(args: &DiffArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let comparison = Comparison::of(&side(&args.old)?, &side(&args.new)?);
    let colour = args.output_file.is_none() && streams.colour_out();
    let report = match args.output_format {
        DiffFormat::Text => text::render(&comparison, colour),
        DiffFormat::Markdown => markdown::render(&comparison, args.max_size),
        DiffFormat::Json => json::render(&comparison),
    };
    match &args.output_file {
        Some(path) => std::fs::write(path, report).map_err(Error::io("write to", path))?,
        None => streams.out(&report).map_err(Error::io("write to", Path::new("standard output")))?,
    }
    if args.output_format != DiffFormat::Text || args.output_file.is_some() {
        streams.err(&format!("{}\n", totals(&comparison)));
    }
    Ok(if comparison.is_empty() || args.exit_zero { Exit::Success } else { Exit::Findings })
}

/// The definitions of a file, or of all definition files below a folder.
fn side(path: &Path) -> Result<Vec<Definition>, Error> {
    let mut definitions = Vec::new();
    let mut places: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files(path)? {
        let text = std::fs::read_to_string(&file).map_err(Error::io("read", &file))?;
        for definition in
            read(&text).map_err(|error| Error::content(&file, format!("is no definition: {error}")))?
        {
            if let Some(other) = places.insert(definition.dag_id.clone(), file.clone()) {
                let message =
                    format!("has the DAG `{}`, which `{}` has too", definition.dag_id, other.display());
                return Err(Error::content(&file, message));
            }
            definitions.push(definition);
        }
    }
    Ok(definitions)
}

fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !std::fs::metadata(path).map_err(Error::io("read", path))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let is_hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry.map_err(|error| {
            let place = error.path().unwrap_or(path).to_owned();
            Error::io("read", &place)(error.into())
        })?;
        let extension = entry.path().extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some("yml" | "yaml")) && entry.path().is_file() {
            files.push(entry.path().to_owned());
        }
    }
    Ok(files)
}

/// `2 DAGs changed, 1 added, 3 the same`.
fn totals(comparison: &Comparison) -> String {
    let count = |of: fn(&Fate) -> bool| comparison.dags.iter().filter(|dag| of(&dag.fate)).count();
    let counts = [
        (count(|fate| *fate == Fate::Changed), "changed"),
        (count(|fate| *fate == Fate::Added), "added"),
        (count(|fate| *fate == Fate::Removed), "removed"),
        (count(|fate| matches!(fate, Fate::Renamed { .. })), "renamed"),
        (comparison.same, "the same"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if counts.is_empty() {
        "no DAGs on either side".to_owned()
    } else {
        format!("DAGs: {}", counts.join(", "))
    }
}

//! `validate`: definitions that are there already, held against a target.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::ValidateArgs;
use super::error::Error;
use super::report::{self, Frames};
use super::session::judge;
use super::streams::Streams;
use super::{Exit, outside, summary};
use crate::diagnostic::{Diagnostic, codes, sort_and_dedup};
use crate::source::{MAX_SOURCE_BYTES, SourceFile, Sources, Span};
use crate::target::RenderOptions;
use crate::validate::validate;

/// What findings call standard input.
const STDIN: &str = "<stdin>";

/// Runs the subcommand.
pub(super) fn run(args: &ValidateArgs) -> Exit {
    let mut streams = Streams::new(args.printing.color);
    Exit::report(check(args, &mut streams), &mut streams)
}

fn check(args: &ValidateArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let now = outside::now(args.now, None)?;
    let policy = args.policy.policy()?;
    let sources = Sources::default();
    let mut read = Reading { sources: &sources, files: Vec::new(), diagnostics: Vec::new() };
    for path in &args.paths {
        read.path(path)?;
    }
    let Reading { files, mut diagnostics, .. } = read;
    let mut dags: Vec<(String, Span)> = Vec::new();
    for file in &files {
        let validation =
            validate(args.target(), file, &sources, RenderOptions { now, ..RenderOptions::default() });
        dags.extend(validation.dags);
        diagnostics.extend(validation.diagnostics);
    }
    diagnostics.extend(duplicates(&dags, &sources));
    judge(&policy, &mut diagnostics, &sources);
    sort_and_dedup(&mut diagnostics, &sources);
    report::print(&diagnostics, &sources, &args.printing, Frames::Out, streams)?;
    streams.err(&summary::definitions(dags.len(), files.len(), &diagnostics, args.target().name()));
    streams.err(&summary::findings(&diagnostics, &sources, !args.printing.quiet));
    Ok(Exit::of(diagnostics.iter().any(Diagnostic::is_error), &args.printing))
}

/// The files of a run.
struct Reading<'a> {
    sources: &'a Sources,
    files: Vec<Arc<SourceFile>>,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// Reads what the user named: a file of any name, all definitions below a folder, or standard input.
    fn path(&mut self, path: &Path) -> Result<(), Error> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            let limit = std::io::stdin().lock().take(MAX_SOURCE_BYTES + 1).read_to_end(&mut bytes);
            limit.map_err(Error::io("read", Path::new("standard input")))?;
            self.add(Path::new(STDIN), bytes);
            return Ok(());
        }
        let metadata = std::fs::metadata(path).map_err(Error::io("read", path))?;
        if !metadata.is_dir() {
            let bytes = std::fs::read(path).map_err(Error::io("read", path))?;
            self.add(path, bytes);
            return Ok(());
        }
        let mut found: Vec<PathBuf> = Vec::new();
        let is_shown = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
        };
        for entry in walkdir::WalkDir::new(path).into_iter().filter_entry(is_shown) {
            let entry = entry.map_err(|error| Error::Usage(error.to_string()))?;
            let extension = entry.path().extension().and_then(|extension| extension.to_str());
            if entry.file_type().is_file()
                && extension.is_some_and(|extension| ["yml", "yaml"].contains(&extension))
            {
                found.push(entry.into_path());
            }
        }
        found.sort();
        if found.is_empty() {
            let message = "no definition was found in this folder";
            let warning = Diagnostic::file_warning(codes::NO_DAG, path, message);
            self.diagnostics.push(warning.help("definitions are files that end in `.yml` or `.yaml`"));
        }
        for path in found {
            let bytes = std::fs::read(&path).map_err(Error::io("read", &path))?;
            self.add(&path, bytes);
        }
        Ok(())
    }

    fn add(&mut self, path: &Path, bytes: Vec<u8>) {
        if u64::try_from(bytes.len()).is_ok_and(|size| size > MAX_SOURCE_BYTES) {
            let message = format!("the file has more than {MAX_SOURCE_BYTES} bytes");
            self.diagnostics.push(Diagnostic::file_error(codes::UNREADABLE_FILE, path, message));
            return;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            let message = "the bytes are no UTF-8, which is what the loader reads";
            self.diagnostics.push(Diagnostic::file_error(codes::UNREADABLE_FILE, path, message));
            return;
        };
        // As the loader reads it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let file = self.sources.add(path, text);
        if !self.files.iter().any(|known| known.id() == file.id()) {
            self.files.push(file);
        }
    }
}

/// An error for each definition whose dag_id another one of the run has too.
fn duplicates(dags: &[(String, Span)], sources: &Sources) -> Vec<Diagnostic> {
    let mut by_id: HashMap<&str, Vec<Span>> = HashMap::new();
    for (dag_id, span) in dags {
        by_id.entry(dag_id).or_default().push(*span);
    }
    let mut findings = Vec::new();
    for (dag_id, span) in dags {
        let Some(other) =
            by_id.get(dag_id.as_str()).and_then(|spans| spans.iter().find(|other| *other != span))
        else {
            continue;
        };
        // Within one file the same is a key that stands twice.
        if other.file == span.file {
            continue;
        }
        let elsewhere = sources.get(other.file).path().display().to_string();
        let message = format!("the dag_id `{dag_id}` is used by `{elsewhere}` too");
        let error = Diagnostic::error(codes::DUPLICATE_DAG_ID, *span, message);
        findings.push(error.dag(dag_id).parameter("dag_id").help("give one of them another id"));
    }
    findings
}

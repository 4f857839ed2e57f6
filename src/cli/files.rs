//! From the paths that the user named to the files of the run, each with the DAG folder it belongs to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::args::{AirflowignoreSyntax, SourceArgs, SourceVersion};
use super::error::Error;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::{DiscoverOptions, IgnoreSyntax, SkipReason, Skipped, below, default_root, discover};

/// A file of the run.
#[derive(Debug)]
pub(super) struct Input {
    /// The DAG folder it belongs to.
    pub(super) root: PathBuf,
    /// The file.
    pub(super) path: PathBuf,
    /// Whether the user named it, rather than a folder it is in.
    pub(super) named: bool,
}

/// Collects the files, each once, in the order of the paths; and what was passed over.
pub(super) fn collect(
    paths: &[PathBuf],
    source: &SourceArgs,
) -> Result<(Vec<Input>, Vec<Diagnostic>), Error> {
    let options = options(source);
    for folder in source.include.iter().chain(&source.dags_folder) {
        if !folder.is_dir() {
            return Err(Error::Usage(format!("`{}` is no folder", folder.display())));
        }
    }
    let mut files = Files::default();
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(Error::io("read", path))?;
        let root = source.dags_folder.clone().unwrap_or_else(|| default_root(path));
        if below(&root, path).is_none() {
            let (path, root) = (path.display(), root.display());
            return Err(Error::Usage(format!("`{path}` does not lie in the DAG folder `{root}`")));
        }
        if !metadata.is_dir() {
            files.add(&root, path.clone(), true);
            continue;
        }
        let found = discover(&root, path, &options);
        if found.files.is_empty() {
            files.diagnostics.push(no_files(path));
        }
        for file in found.files {
            files.add(&root, file, false);
        }
        files.diagnostics.extend(found.skipped.into_iter().map(skipped));
    }
    Ok((files.inputs, files.diagnostics))
}

#[derive(Default)]
struct Files {
    inputs: Vec<Input>,
    diagnostics: Vec<Diagnostic>,
    /// The places of the files among the inputs; a link and its target are two files, as they are for Airflow.
    known: HashMap<PathBuf, usize>,
}

impl Files {
    fn add(&mut self, root: &Path, path: PathBuf, named: bool) {
        let index = *self.known.entry(identity(&path)).or_insert(self.inputs.len());
        match self.inputs.get_mut(index) {
            Some(input) => input.named |= named,
            None => self.inputs.push(Input { root: root.to_owned(), path, named }),
        }
    }
}

/// The path with the links of its folder resolved, its own aside.
fn identity(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// How files are found.
pub(super) fn options(source: &SourceArgs) -> DiscoverOptions {
    let airflow_2 = source.source_airflow == Some(SourceVersion::V2);
    let regexp = match source.airflowignore_syntax {
        Some(syntax) => syntax == AirflowignoreSyntax::Regexp,
        None => airflow_2,
    };
    let syntax = if regexp { IgnoreSyntax::Regexp } else { IgnoreSyntax::Glob };
    DiscoverOptions { syntax, no_safe_mode: source.no_safe_mode, airflow_2, include: source.include.clone() }
}

fn no_files(folder: &Path) -> Diagnostic {
    Diagnostic::file_warning(codes::NO_DAG, folder, "no DAG file was found in this folder").help(
        "files are passed over that `.airflowignore` names, and those that do not mention `airflow` and `dag`; \
         `--no-safe-mode` takes the latter",
    )
}

fn skipped(skipped: Skipped) -> Diagnostic {
    let message = skipped.reason.to_string();
    match skipped.reason {
        SkipReason::Unreadable(_) => Diagnostic::file_error(codes::UNREADABLE_FILE, skipped.path, message),
        SkipReason::BadPattern { .. } => {
            Diagnostic::file_warning(codes::INVALID_IGNORE_PATTERN, skipped.path, message)
        }
        SkipReason::Package => not_read(skipped.path, message).help("unpack it beside the other DAG files"),
        SkipReason::LinkOutside(_) => {
            not_read(skipped.path, message).help("name the folder it leads to with `--include`")
        }
        SkipReason::LinkDangling | SkipReason::LinkSeen => not_read(skipped.path, message),
    }
}

fn not_read(path: PathBuf, message: String) -> Diagnostic {
    Diagnostic::file_warning(codes::NOT_READ, path, message).disposition(Disposition::Refused)
}

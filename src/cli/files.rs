//! From the paths that the user named to the files of the run, each with the DAG folder it belongs to.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

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

/// Collects the files, each once, sorted, so that the order in which they were named changes nothing; and what
/// was passed over.
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
    let exclusions = Exclusions::of(source)?;
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
        let mut found = discover(&root, path, &options);
        found.files.retain(|file| !exclusions.covers(file));
        found.skipped.retain(|skipped| !exclusions.covers(&skipped.path));
        if found.files.is_empty() {
            files.diagnostics.push(no_files(path));
        }
        for file in found.files {
            files.add(&root, file, false);
        }
        files.diagnostics.extend(found.skipped.into_iter().map(skipped));
    }
    files.inputs.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((files.inputs, files.diagnostics))
}

/// What `--exclude` and the settings pass over, each from a folder of its own.
struct Exclusions(Vec<Gitignore>);

impl Exclusions {
    fn of(source: &SourceArgs) -> Result<Self, Error> {
        let here = (PathBuf::new(), source.exclude.clone());
        let sets = [here].into_iter().chain(source.excluded_by_config.clone());
        sets.map(|(folder, patterns)| {
            let folder = std::path::absolute(folder.join(".")).map_err(Error::io("read", &folder))?;
            let mut builder = GitignoreBuilder::new(folder);
            for pattern in &patterns {
                let wrong = |error| Error::Usage(format!("`{pattern}` is no pattern to exclude: {error}"));
                builder.add_line(None, pattern).map_err(wrong)?;
            }
            builder
                .build()
                .map_err(|error| Error::Usage(format!("the patterns to exclude are too many: {error}")))
        })
        .collect::<Result<_, _>>()
        .map(Self)
    }

    fn covers(&self, path: &Path) -> bool {
        let Ok(path) = std::path::absolute(path) else { return false };
        self.0.iter().any(|patterns| {
            path.starts_with(patterns.path())
                && patterns.matched_path_or_any_parents(&path, false).is_ignore()
        })
    }
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
        "files are passed over that `.airflowignore` or `--exclude` names, and those that do not mention `airflow` and `dag`; \
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

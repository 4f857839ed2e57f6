//! What earlier runs left in the folder, held against this one: definitions, and the code beside them, that are stale or about to be
//! replaced.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::manifest::{Entry, digest};
use super::{Folder, Planned, name};
use crate::cli::args::CodeForm;
use crate::convert::{Conversion, Definition};
use crate::diagnostic::{Diagnostic, Disposition, codes};

/// The folder as earlier runs left it, and the source files of this one.
pub(super) struct Earlier<'a> {
    folder: &'a Folder,
    /// By the path that the manifest has for them.
    sources: HashMap<String, Source>,
}

/// A source file of this run.
struct Source {
    path: PathBuf,
    /// Whether it has errors.
    failed: bool,
}

/// What this run does not bring up to date.
#[derive(Default)]
pub(super) struct Stale {
    /// A finding for each.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Those that nothing needs any more.
    pub(super) gone: Vec<Gone>,
}

/// A definition or its code that nothing needs any more.
#[derive(Debug)]
pub(super) struct Gone {
    /// The file, or the folder of the files, in the output folder.
    pub(super) name: String,
    /// Its files.
    pub(super) files: Vec<String>,
    /// Whether all of them are as this tool wrote them.
    pub(super) is_untouched: bool,
    /// Whether its DAG is gone too, as far as this run knows.
    pub(super) is_lost: bool,
}

/// Why something is stale.
enum Reason<'a> {
    /// The DAG was refused.
    Refused(&'a str),
    /// The source has errors, so that its DAGs are not known.
    Failed(&'a Path),
    /// The source has no such DAG any more.
    Lost(&'a Path, &'a str),
    /// There is no such source any more.
    SourceGone(String),
    /// The definition is written without it.
    Unneeded,
}

impl Reason<'_> {
    /// The finding on a file or folder of the output folder.
    fn finding(&self, folder: &Path, name: &str) -> Diagnostic {
        let (path, what) = (&folder.join(name), what(name));
        let error = |reason: String| {
            Diagnostic::file_error(codes::STALE_DEFINITION, path, format!("this {what} is stale: {reason}"))
        };
        let warning = |reason: String| {
            let message = format!("this {what} is stale: {reason}");
            Diagnostic::file_warning(codes::STALE_DEFINITION, path, message).help(format!(
                "remove {}, or let `--prune` do it",
                if path.is_dir() { "it" } else { "the file" }
            ))
        };
        match self {
            Self::Refused(dag_id) => error(format!("the DAG `{dag_id}` was refused now"))
                .help("remove the file, or mend the DAG and convert it again"),
            Self::Failed(source) => {
                error(format!("`{}`, which it was made from, has errors now", source.display()))
                    .help("remove the file, or mend the source and convert it again")
            }
            Self::Lost(source, dag_id) => {
                warning(format!("`{}` no longer has the DAG `{dag_id}`", source.display()))
            }
            Self::SourceGone(source) => warning(format!("`{source}`, which it was made from, is gone")),
            Self::Unneeded => warning("the definition is written without it now".to_owned()),
        }
    }
}

/// What a file or folder of the output folder is, by its name.
pub(super) fn what(name: &str) -> &'static str {
    if name.contains('/') {
        return "file of the code folder";
    }
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("txt") => "requirements file",
        Some("zip") => PACKAGE,
        Some("yml") => "definition",
        _ => "code folder",
    }
}

/// What a zip is called.
const PACKAGE: &str = "code package";

impl<'a> Earlier<'a> {
    pub(super) fn new(folder: &'a Folder, conversions: &[Conversion]) -> Self {
        let source = |conversion: &Conversion| {
            let failed = conversion.diagnostics.iter().any(Diagnostic::is_error);
            (folder.relative(&conversion.path), Source { path: conversion.path.clone(), failed })
        };
        Self { folder, sources: conversions.iter().map(source).collect() }
    }

    /// A warning where an earlier run wrote this file from another source, which is still there and was not read now.
    pub(super) fn replaced(
        &self,
        file_name: &str,
        path: &Path,
        definition: &Definition,
    ) -> Option<Diagnostic> {
        let entry = self.folder.manifest.definitions.get(file_name)?;
        let is_same = entry.source == self.folder.relative(path);
        if is_same || self.sources.contains_key(&entry.source) || !self.is_there(entry) {
            return None;
        }
        let (dag_id, source) = (&definition.dag_id, self.shown(&entry.source));
        let message =
            format!("this replaces the definition of `{dag_id}` that an earlier run wrote from `{source}`");
        let warning =
            Diagnostic::warning(codes::REPLACED_DEFINITION, Disposition::Note, definition.span, message);
        let help =
            "a dag_id can be used once; convert both files in one run to see whether both still use it";
        Some(warning.dag(dag_id).help(help))
    }

    /// An error for each file whose DAG is refused now or whose source has errors; a warning where the DAG or the source
    /// is gone, or where the definition is written without it now.
    pub(super) fn stale(&self, refused: &BTreeSet<String>, planned: &[Planned], form: CodeForm) -> Stale {
        let refused: BTreeMap<String, &String> =
            refused.iter().filter_map(|dag_id| Some((name::file_name(dag_id).ok()?, dag_id))).collect();
        let is_there = |name: &str| self.folder.path.join(name).exists();
        let known = &self.folder.manifest.definitions;
        let mut stale = Stale::default();
        let names: BTreeSet<&String> = refused.keys().chain(known.keys()).collect();
        for file_name in names {
            let planned = planned
                .binary_search_by(|other| other.file_name.cmp(file_name))
                .ok()
                .and_then(|at| planned.get(at));
            let entry = known.get(file_name);
            let (reason, dag_id) = match (planned, refused.get(file_name), entry) {
                (Some(planned), ..) => (Some(Reason::Unneeded), planned.dag_id.as_str()),
                (None, Some(dag_id), _) => (Some(Reason::Refused(dag_id)), dag_id.as_str()),
                (None, None, Some(entry)) => (self.orphan(entry), entry.dag_id.as_str()),
                (None, None, None) => continue,
            };
            let Some(reason) = reason else { continue };
            let mut groups = entry.map(|entry| self.code(entry, planned, form)).unwrap_or_default();
            if planned.is_none() && is_there(file_name) {
                let files = vec![file_name.clone()];
                let is_untouched = entry.is_some_and(|entry| {
                    std::fs::read(self.folder.path.join(file_name)).is_ok_and(|held| entry.describes(&held))
                });
                groups.insert(0, Gone { name: file_name.clone(), files, is_untouched, is_lost: true });
            }
            for mut group in groups {
                let finding = reason.finding(&self.folder.path, &group.name).dag(dag_id);
                group.is_lost = planned.is_none();
                if !finding.is_error() {
                    stale.gone.push(group);
                }
                stale.diagnostics.push(finding);
            }
        }
        stale
    }

    /// The code of an earlier run that this one does not write.
    fn code(&self, entry: &Entry, planned: Option<&Planned>, form: CodeForm) -> Vec<Gone> {
        let mut groups: BTreeMap<&str, Gone> = BTreeMap::new();
        for (name, written) in &entry.code {
            if planned.is_some_and(|planned| planned.code.iter().any(|file| file.name == *name)) {
                continue;
            }
            let Ok(held) = std::fs::read(self.folder.path.join(name)) else { continue };
            let is_untouched = digest(&held) == *written;
            // Of a folder of code the user makes the package.
            if !is_untouched && planned.is_some() && form == CodeForm::Dir && what(name) == PACKAGE {
                continue;
            }
            let top = name.split('/').next().unwrap_or(name);
            // Where the folder is written still, its files are named one by one.
            let is_kept = planned.is_some_and(|planned| {
                planned.code.iter().any(|file| file.name.split('/').next() == Some(top))
            });
            let group = groups.entry(if is_kept { name } else { top }).or_insert_with_key(|name| Gone {
                name: (*name).to_owned(),
                files: Vec::new(),
                is_untouched: true,
                is_lost: true,
            });
            group.files.push(name.clone());
            group.is_untouched &= is_untouched;
        }
        groups.into_values().collect()
    }

    /// What there is to say of what this run neither wrote nor refused by name.
    fn orphan<'e>(&'e self, entry: &'e Entry) -> Option<Reason<'e>> {
        match self.sources.get(&entry.source) {
            Some(Source { path, failed: true }) => Some(Reason::Failed(path)),
            Some(Source { path, failed: false }) => Some(Reason::Lost(path, &entry.dag_id)),
            None if !self.is_there(entry) => Some(Reason::SourceGone(self.shown(&entry.source))),
            None => None,
        }
    }

    /// A source file of the manifest as a user finds it: from the current directory where it lies below, else absolute.
    fn shown(&self, source: &str) -> String {
        let path = super::resolve(&self.folder.path.join(source));
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let below = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
        below.unwrap_or(path).display().to_string()
    }

    /// Whether the source of a definition still exists.
    fn is_there(&self, entry: &Entry) -> bool {
        self.folder.path.join(&entry.source).is_file()
    }
}

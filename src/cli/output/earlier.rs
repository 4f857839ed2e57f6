//! What earlier runs left in the folder, held against this one: definitions that are stale or about to be replaced.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::manifest::Entry;
use super::{Folder, Planned, name};
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
    /// The names of those whose DAG or source is gone.
    pub(super) gone: Vec<String>,
}

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
    /// is gone.
    pub(super) fn stale(&self, refused: &BTreeSet<String>, planned: &[Planned]) -> Stale {
        let is_left = |file_name: &str| {
            let is_planned =
                planned.binary_search_by(|other| other.file_name.as_str().cmp(file_name)).is_ok();
            !is_planned && self.folder.path.join(file_name).exists()
        };
        let refused: BTreeMap<String, &String> =
            refused.iter().filter_map(|dag_id| Some((name::file_name(dag_id).ok()?, dag_id))).collect();
        let mut stale = Stale::default();
        for (file_name, dag_id) in refused.iter().filter(|(file_name, _)| is_left(file_name)) {
            let path = self.folder.path.join(file_name);
            let message = format!("this definition is stale: the DAG `{dag_id}` was refused now");
            let error = Diagnostic::file_error(codes::STALE_DEFINITION, path, message);
            let error = error.dag(*dag_id).help("remove the file, or mend the DAG and convert it again");
            stale.diagnostics.push(error);
        }
        for (file_name, entry) in &self.folder.manifest.definitions {
            if !refused.contains_key(file_name) && is_left(file_name) {
                let Some(orphan) = self.orphan(file_name, entry) else { continue };
                if !orphan.is_error() {
                    stale.gone.push(file_name.clone());
                }
                stale.diagnostics.push(orphan);
            }
        }
        stale
    }

    /// What there is to say of a definition that this run neither wrote nor refused by name.
    fn orphan(&self, file_name: &str, entry: &Entry) -> Option<Diagnostic> {
        let path = self.folder.path.join(file_name);
        let diagnostic = match self.sources.get(&entry.source) {
            Some(Source { path: source, failed: true }) => {
                let source = source.display();
                let message =
                    format!("this definition is stale: `{source}`, which it was made from, has errors now");
                Diagnostic::file_error(codes::STALE_DEFINITION, path, message)
                    .help("remove the file, or mend the source and convert it again")
            }
            Some(Source { path: source, failed: false }) => {
                let (source, dag_id) = (source.display(), &entry.dag_id);
                let message =
                    format!("this definition is stale: `{source}` no longer has the DAG `{dag_id}`");
                Diagnostic::file_warning(codes::STALE_DEFINITION, path, message)
                    .help("remove the file, or let `--prune` do it")
            }
            None if !self.is_there(entry) => {
                let source = self.shown(&entry.source);
                let message =
                    format!("this definition is stale: `{source}`, which it was made from, is gone");
                Diagnostic::file_warning(codes::STALE_DEFINITION, path, message)
                    .help("remove the file, or let `--prune` do it")
            }
            None => return None,
        };
        Some(diagnostic.dag(&entry.dag_id))
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

//! The output folder: what is written, what is left alone, and what an earlier run left behind.
//!
//! `plan` decides and reads; `write` writes. No path leaves the folder, and no file is ever half written.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::error::Error;
use crate::convert::{Conversion, Definition};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::Sources;
use manifest::{Entry, Manifest};

mod manifest;
mod name;
#[cfg(test)]
mod tests;

/// The output folder as it was found.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    manifest: Manifest,
}

/// What is to become of the folder.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The definitions to be there, sorted by file name.
    pub(super) definitions: Vec<Planned>,
    /// The findings of the conversions, what stands in the way of a file, and what is stale.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A definition to be there.
#[derive(Debug)]
pub(super) struct Planned {
    /// The DAG's id.
    pub(super) dag_id: String,
    /// The name of the file in the folder.
    pub(super) file_name: String,
    /// The text.
    pub(super) yaml: String,
    /// Whether something was dropped, changed or assumed.
    pub(super) has_losses: bool,
    /// What the file holds now; `None` where there is none, or none that can be read.
    pub(super) before: Option<Vec<u8>>,
    /// The source file, from the output folder.
    source: String,
}

impl Planned {
    /// Whether the file is there and holds just this.
    pub(super) fn is_unchanged(&self) -> bool {
        self.before.as_deref() == Some(self.yaml.as_bytes())
    }
}

impl Folder {
    /// Reads what is there; the folder need not exist.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        if path.exists() && !path.is_dir() {
            return Err(Error::Usage(format!("the output `{}` is no folder", path.display())));
        }
        Ok(Self { path: path.to_owned(), manifest: Manifest::load(path)? })
    }

    /// Its path, as the user gave it.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The instant that the clock showed in the last run into this folder.
    pub(super) fn kept_instant(&self) -> Option<Timestamp> {
        self.manifest.now
    }

    /// Whether no other file of the folder looks like a definition than the planned ones.
    pub(super) fn holds_nothing_beside(&self, plan: &Plan) -> bool {
        let planned: HashSet<&str> =
            plan.definitions.iter().map(|planned| planned.file_name.as_str()).collect();
        let Ok(entries) = std::fs::read_dir(&self.path) else { return false };
        entries.flatten().all(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !name.ends_with(".yml") || planned.contains(name.as_ref())
        })
    }

    /// Decides what is written and finds what stands in the way.
    pub(super) fn plan(&self, conversions: Vec<Conversion>, sources: &Sources) -> Plan {
        let mut plan = Plan::default();
        let files: Vec<SourceState> =
            conversions.iter().map(|conversion| self.source_state(conversion)).collect();
        let mut refused: BTreeSet<String> =
            conversions.iter().flat_map(|conversion| conversion.refused.iter().cloned()).collect();
        let mut claims: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        for conversion in conversions {
            plan.diagnostics.extend(conversion.diagnostics);
            for dag_id in conversion.refused.iter().collect::<BTreeSet<_>>() {
                let claim = Claim { dag_id: dag_id.clone(), path: conversion.path.clone(), definition: None };
                claims.entry(dag_id.to_lowercase()).or_default().push(claim);
            }
            for definition in conversion.definitions {
                let claim = Claim {
                    dag_id: definition.dag_id.clone(),
                    path: conversion.path.clone(),
                    definition: Some(definition),
                };
                claims.entry(claim.dag_id.to_lowercase()).or_default().push(claim);
            }
        }
        for mut claims in claims.into_values() {
            if claims.len() > 1 {
                refused.extend(claims.iter().map(|claim| claim.dag_id.clone()));
                plan.diagnostics.extend(duplicates(&claims, sources));
                continue;
            }
            let Some(Claim { path, definition: Some(definition), .. }) = claims.pop() else { continue };
            match name::file_name(&definition.dag_id) {
                Ok(file_name) => {
                    self.check_replaced(&file_name, &path, &definition, &files, &mut plan);
                    plan.definitions.push(self.planned(file_name, &path, definition));
                }
                Err(reason) => plan.diagnostics.push(unsafe_name(&definition, &reason)),
            }
        }
        plan.definitions.sort_by(|a, b| a.file_name.cmp(&b.file_name));
        self.find_stale(&refused, &files, &mut plan);
        plan
    }

    /// Writes what is planned and not there yet, then the manifest; gives what went wrong. What cannot be written does not
    /// keep the rest.
    pub(super) fn write(&mut self, plan: &Plan, now: Timestamp) -> Vec<Diagnostic> {
        if plan.definitions.is_empty() && self.manifest.definitions.is_empty() {
            return Vec::new();
        }
        if let Err(error) = std::fs::create_dir_all(&self.path) {
            let message = format!("the output folder cannot be made: {error}");
            return vec![Diagnostic::file_error(codes::WRITE_ERROR, &self.path, message)];
        }
        let mut failures = Vec::new();
        for planned in &plan.definitions {
            let path = self.path.join(&planned.file_name);
            if !planned.is_unchanged()
                && let Err(error) = write_whole(&self.path, &path, planned.yaml.as_bytes())
            {
                let message = format!("the definition cannot be written: {error}");
                failures.push(Diagnostic::file_error(codes::WRITE_ERROR, path, message).dag(&planned.dag_id));
                continue;
            }
            let entry = Entry::new(&planned.dag_id, &planned.source, planned.yaml.as_bytes());
            self.manifest.definitions.insert(planned.file_name.clone(), entry);
        }
        self.manifest.now = Some(now);
        self.manifest.definitions.retain(|name, _| self.path.join(name).exists());
        if let Err(error) = self.manifest.save(&self.path) {
            let message = format!("the manifest cannot be written: {error}");
            let path = self.path.join(manifest::FILE_NAME);
            failures.push(Diagnostic::file_error(codes::WRITE_ERROR, path, message));
        }
        failures
    }

    fn planned(&self, file_name: String, path: &Path, definition: Definition) -> Planned {
        Planned {
            before: std::fs::read(self.path.join(&file_name)).ok(),
            file_name,
            source: self.relative(path),
            dag_id: definition.dag_id,
            yaml: definition.yaml,
            has_losses: definition.has_losses,
        }
    }

    /// Warns where an earlier run wrote this file from another source, which is still there and was not read now.
    fn check_replaced(
        &self,
        file_name: &str,
        path: &Path,
        definition: &Definition,
        files: &[SourceState],
        plan: &mut Plan,
    ) {
        let Some(entry) = self.manifest.definitions.get(file_name) else { return };
        let read_now = files.iter().any(|file| file.source == entry.source);
        if entry.source == self.relative(path) || read_now || !self.path.join(&entry.source).is_file() {
            return;
        }
        let message = format!(
            "this replaces the definition of `{}` that an earlier run wrote from `{}`",
            definition.dag_id, entry.source
        );
        plan.diagnostics.push(
            Diagnostic::warning(codes::REPLACED_DEFINITION, Disposition::Note, definition.span, message)
                .dag(&definition.dag_id)
                .help("a dag_id can be used once; convert both files in one run to see whether both still use it"),
        );
    }

    /// Finds the files whose DAG is refused now, or is no longer in the source that an earlier run had it from.
    fn find_stale(&self, refused: &BTreeSet<String>, files: &[SourceState], plan: &mut Plan) {
        let planned: HashSet<&str> =
            plan.definitions.iter().map(|planned| planned.file_name.as_str()).collect();
        let mut stale: BTreeMap<String, Diagnostic> = BTreeMap::new();
        for dag_id in refused {
            let Ok(file_name) = name::file_name(dag_id) else { continue };
            let path = self.path.join(&file_name);
            if !planned.contains(file_name.as_str()) && path.exists() {
                let message = format!("this definition is stale: the DAG `{dag_id}` was refused now");
                let diagnostic = Diagnostic::file_error(codes::STALE_DEFINITION, path, message)
                    .dag(dag_id)
                    .help("remove the file, or mend the DAG and convert it again");
                stale.insert(file_name, diagnostic);
            }
        }
        for (file_name, entry) in &self.manifest.definitions {
            let path = self.path.join(file_name);
            if planned.contains(file_name.as_str()) || stale.contains_key(file_name) || !path.exists() {
                continue;
            }
            let Some(file) = files.iter().find(|file| file.source == entry.source) else { continue };
            let source = file.path.display();
            let diagnostic = if file.failed {
                let message =
                    format!("this definition is stale: `{source}`, which it was made from, has errors now");
                Diagnostic::file_error(codes::STALE_DEFINITION, path, message)
                    .help("remove the file, or mend the source and convert it again")
            } else {
                let message =
                    format!("this definition is stale: `{source}` no longer has the DAG `{}`", entry.dag_id);
                Diagnostic::file_warning(codes::STALE_DEFINITION, path, message).help("remove the file")
            };
            stale.insert(file_name.clone(), diagnostic.dag(&entry.dag_id));
        }
        plan.diagnostics.extend(stale.into_values());
    }

    fn source_state(&self, conversion: &Conversion) -> SourceState {
        SourceState {
            source: self.relative(&conversion.path),
            path: conversion.path.clone(),
            failed: conversion.diagnostics.iter().any(Diagnostic::is_error),
        }
    }

    /// A path as the manifest keeps it: from the output folder, with `/` between its parts.
    fn relative(&self, path: &Path) -> String {
        let (folder, path) = (resolve(&self.path), resolve(path));
        let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..".to_owned(), folder.components().count() - shared);
        let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// A source file of this run, as far as older definitions made from it are concerned.
struct SourceState {
    source: String,
    path: PathBuf,
    failed: bool,
}

/// A file's claim to a dag_id; without a definition where the DAG was refused.
struct Claim {
    dag_id: String,
    path: PathBuf,
    definition: Option<Definition>,
}

impl Claim {
    fn place(&self, sources: &Sources) -> String {
        let path = self.path.display();
        match &self.definition {
            Some(definition) => {
                let position = sources.get(definition.span.file).position(definition.span.range.start());
                format!("{path}:{}:{}", position.line, position.column)
            }
            None => path.to_string(),
        }
    }
}

/// An error at each definition that shares its file name with other DAGs, naming the place of the next.
fn duplicates(claims: &[Claim], sources: &Sources) -> Vec<Diagnostic> {
    let places: Vec<String> = claims.iter().map(|claim| claim.place(sources)).collect();
    let mut diagnostics = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        let Some(definition) = &claim.definition else { continue };
        let other = (index + 1) % claims.len();
        let (dag_id, other_id, place) = (&claim.dag_id, &claims[other].dag_id, &places[other]);
        let message = if dag_id == other_id {
            format!("the dag_id `{dag_id}` is used twice, so neither is written: here and at `{place}`")
        } else {
            format!(
                "the dag_ids `{dag_id}`, here, and `{other_id}`, at `{place}`, differ in case only, so neither is written: \
                 where the file system ignores case they would be one file"
            )
        };
        let help = match claims.len() {
            2 => "give one of them another id".to_owned(),
            count => format!("give each of them its own id; they are {count}: {}", places.join(", ")),
        };
        diagnostics.push(
            Diagnostic::error(codes::DUPLICATE_DAG_ID, definition.span, message)
                .dag(dag_id)
                .parameter("dag_id")
                .help(help),
        );
    }
    diagnostics
}

fn unsafe_name(definition: &Definition, reason: &name::Unsafe) -> Diagnostic {
    let message = format!("the dag_id `{}` is no safe file name: {reason}", definition.dag_id);
    Diagnostic::error(codes::UNSAFE_DAG_ID, definition.span, message)
        .dag(&definition.dag_id)
        .parameter("dag_id")
        .help("use letters, digits, `_`, `-` and `.` only")
}

/// The path with links and `..` resolved as far as it exists.
fn resolve(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), absolute.strip_prefix(ancestor)) {
            return real.join(rest);
        }
    }
    absolute
}

/// Writes a file of `folder` under another name and renames it, so that nobody ever sees half of it.
fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dag-converter-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the umask takes away: a scheduler under another user reads these files.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

//! The output folder: what is written, what is left alone, and what an earlier run left behind.
//!
//! `plan` decides and reads; `write` writes. No path leaves the folder, and no file is ever half written.

use std::collections::{BTreeSet, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::args::CodeForm;
use super::error::Error;
use super::references;
use crate::convert::{Conversion, Definition};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{Sources, read_data};
use claims::Claims;
use code::CodeFile;
use earlier::{Earlier, Gone};
use manifest::{Entry, Manifest};

mod claims;
mod code;
mod earlier;
mod manifest;
mod name;
mod review;
#[cfg(test)]
mod tests;

/// The output folder as it was found.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// The same, absolute and without links, as it was before anything was written.
    real: PathBuf,
    manifest: Manifest,
}

/// What is to become of the folder.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The definitions to be there, sorted by file name.
    pub(super) definitions: Vec<Planned>,
    /// The findings of the conversions, what stands in the way of a file, and what is stale.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files to be removed.
    pub(super) removals: Vec<Removal>,
    /// What nothing needs any more.
    gone: Vec<Gone>,
}

/// A definition, or its code, to be removed.
#[derive(Debug)]
pub(super) struct Removal {
    /// The name of the file, or of the folder of its files, in the folder.
    pub(super) name: String,
    /// Its files.
    pub(super) files: Vec<String>,
}

impl Removal {
    /// Whether it is a definition, not its code.
    pub(super) fn is_definition(&self) -> bool {
        earlier::what(&self.name) == "definition"
    }
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
    /// What the file holds now; `None` where there is none, or none that can be read.
    pub(super) before: Option<Vec<u8>>,
    /// What travels beside it: the code package, and the list of distributions to add to it.
    pub(super) code: Vec<CodeFile>,
    /// The source file, from the output folder.
    source: String,
}

impl Planned {
    /// Whether the file is there and holds just this, and so do those beside it.
    pub(super) fn is_unchanged(&self) -> bool {
        self.before.as_deref() == Some(self.yaml.as_bytes()) && self.code.iter().all(|file| file.is_there)
    }
}

impl Folder {
    /// Reads what is there; the folder need not exist.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        if path.exists() && !path.is_dir() {
            return Err(Error::Usage(format!("the output `{}` is no folder", path.display())));
        }
        Ok(Self { path: path.to_owned(), real: resolve(path), manifest: Manifest::load(path)? })
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
    pub(super) fn plan(&self, conversions: Vec<Conversion>, sources: &Sources, form: CodeForm) -> Plan {
        let mut plan = Plan::default();
        let there = self.manifest.definitions.values().map(|entry| entry.dag_id.clone()).collect();
        plan.diagnostics.extend(references::check(&conversions, &there));
        let earlier = Earlier::new(self, &conversions);
        let mut claims = Claims::default();
        for conversion in conversions {
            plan.diagnostics.extend(conversion.diagnostics);
            claims.add(&conversion.path, conversion.definitions, conversion.refused);
        }
        let settled = claims.settle(sources);
        plan.diagnostics.extend(settled.diagnostics);
        for (path, file_name, definition) in settled.granted {
            plan.diagnostics.extend(earlier.replaced(&file_name, &path, &definition));
            match code::files(&self.path, &file_name, &definition, form) {
                Ok(files) => plan.definitions.push(self.planned(file_name, &path, definition, files)),
                Err(finding) => plan.diagnostics.push(*finding),
            }
        }
        plan.definitions.sort_by(|a, b| a.file_name.cmp(&b.file_name));
        let stale = earlier.stale(&settled.refused, &plan.definitions, form);
        plan.diagnostics.extend(stale.diagnostics);
        plan.gone = stale.gone;
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
            // The code first: a definition without it would fail, code without a definition does nothing.
            let written = code::write(&self.path, &planned.code);
            if !planned.is_unchanged()
                && let Err(error) =
                    written.and_then(|()| write_whole(&self.path, &path, planned.yaml.as_bytes(), 0o666))
            {
                let message = format!("the definition cannot be written: {error}");
                failures.push(Diagnostic::file_error(codes::WRITE_ERROR, path, message).dag(&planned.dag_id));
                continue;
            }
            let mut entry = Entry::new(&planned.dag_id, &planned.source, planned.yaml.as_bytes());
            // What an earlier run left stays known until it is gone.
            let left = self.manifest.definitions.remove(&planned.file_name);
            entry.code = left.map(|left| left.code).unwrap_or_default();
            let written = planned.code.iter();
            entry.code.extend(written.map(|file| (file.name.clone(), manifest::digest(&file.bytes))));
            self.manifest.definitions.insert(planned.file_name.clone(), entry);
        }
        for file in plan.removals.iter().flat_map(|removal| &removal.files) {
            let path = self.path.join(file);
            if let Err(error) = std::fs::remove_file(&path) {
                let message = format!("this cannot be removed: {error}");
                failures.push(Diagnostic::file_error(codes::WRITE_ERROR, &path, message));
            }
            // Folders of code go with their last file.
            let folders = path.ancestors().skip(1).take_while(|above| *above != self.path);
            let _ = folders.map(std::fs::remove_dir).take_while(Result::is_ok).count();
        }
        self.manifest.now = Some(now);
        let folder = &self.path;
        self.manifest.definitions.retain(|name, entry| {
            entry.code.retain(|name, _| folder.join(name).exists());
            folder.join(name).exists() || !entry.code.is_empty()
        });
        if let Err(error) = self.manifest.save(&self.path) {
            let message = format!("the manifest cannot be written: {error}");
            let path = self.path.join(manifest::FILE_NAME);
            failures.push(Diagnostic::file_error(codes::WRITE_ERROR, path, message));
        }
        failures
    }

    fn planned(
        &self,
        file_name: String,
        path: &Path,
        definition: Definition,
        code: Vec<CodeFile>,
    ) -> Planned {
        Planned {
            code,
            before: read_data(&self.path.join(&file_name)).ok(),
            file_name,
            source: self.relative(path),
            dag_id: definition.dag_id,
            yaml: definition.yaml,
        }
    }

    /// A path as the manifest keeps it: from the output folder, with `/` between its parts.
    fn relative(&self, path: &Path) -> String {
        let (folder, path) = (&self.real, resolve(path));
        let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..".to_owned(), folder.components().count() - shared);
        let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// The ids of the DAGs that would have a definition, and the findings, where there is no output folder.
pub(super) fn check(conversions: Vec<Conversion>, sources: &Sources) -> (Vec<String>, Vec<Diagnostic>) {
    let mut claims = Claims::default();
    let mut diagnostics = references::check(&conversions, &BTreeSet::new());
    for conversion in conversions {
        diagnostics.extend(conversion.diagnostics);
        claims.add(&conversion.path, conversion.definitions, conversion.refused);
    }
    let settled = claims.settle(sources);
    diagnostics.extend(settled.diagnostics);
    (settled.granted.into_iter().map(|(_, _, definition)| definition.dag_id).collect(), diagnostics)
}

/// The path with links and `..` resolved as far as it exists.
fn resolve(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let (Ok(real), Ok(rest)) = (ancestor.canonicalize(), absolute.strip_prefix(ancestor)) {
            // Joining nothing would add a slash.
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    absolute
}

/// Writes a file of `folder` under another name and renames it, so that nobody ever sees half of it.
fn write_whole(folder: &Path, path: &Path, bytes: &[u8], mode: u32) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dag-converter-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the umask takes away: a scheduler under another user reads these files.
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

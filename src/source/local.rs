//! Where a local module lies: Python's search for files and packages below some roots.

use std::path::{Path, PathBuf};

/// What a search for a module found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalModule {
    /// A module file, or the `__init__.py` of a package.
    File {
        /// The file.
        path: PathBuf,
        /// Whether it is the `__init__.py` of a package.
        is_package: bool,
    },
    /// A folder without `__init__.py`: a namespace package.
    Namespace,
    /// Two different files.
    Ambiguous(PathBuf, PathBuf),
    /// Nothing.
    Missing,
}

/// Looks for the module of these name parts below the roots, in order. A second, different hit makes it ambiguous.
pub fn find_local_module(roots: &[PathBuf], parts: &[&str]) -> LocalModule {
    let safe =
        parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_'));
    if !safe {
        return LocalModule::Missing;
    }
    let mut found = LocalModule::Missing;
    for root in roots {
        let hit = find_below(root, parts);
        match (&found, &hit) {
            (_, LocalModule::Missing | LocalModule::Ambiguous(..)) => {}
            (LocalModule::Missing, _) | (LocalModule::Namespace, LocalModule::File { .. }) => found = hit,
            (LocalModule::File { path: known, .. }, LocalModule::File { path: other, .. }) => {
                let is_same = known == other
                    || known
                        .canonicalize()
                        .is_ok_and(|known| other.canonicalize().is_ok_and(|other| other == known));
                if !is_same {
                    return LocalModule::Ambiguous(known.clone(), other.clone());
                }
            }
            (LocalModule::Namespace | LocalModule::File { .. } | LocalModule::Ambiguous(..), _) => {}
        }
    }
    found
}

fn find_below(root: &Path, parts: &[&str]) -> LocalModule {
    let folder: PathBuf = parts.iter().fold(root.to_owned(), |path, part| path.join(part));
    let init = folder.join("__init__.py");
    if init.is_file() {
        return LocalModule::File { path: init, is_package: true };
    }
    let file = folder.with_extension("py");
    if file.is_file() {
        return LocalModule::File { path: file, is_package: false };
    }
    if folder.is_dir() { LocalModule::Namespace } else { LocalModule::Missing }
}

//! What ends a run before, or instead of, its result: a wrong command line, or a disk that says no.

use std::path::{Path, PathBuf};

/// Why a run could not be done. Each is exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The command line asks for what cannot be.
    #[error("{0}")]
    Usage(String),
    /// A file or folder of the command's own cannot be read or written.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// `read`, `write to`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the disk said.
        source: std::io::Error,
    },
    /// A file of the command's own does not hold what it should.
    #[error("`{}` {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, without its values.
        what: String,
    },
}

impl Error {
    /// An error of the disk, for `map_err`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    /// A file with the wrong content.
    pub(crate) fn content(path: &Path, what: impl Into<String>) -> Self {
        Self::Content { path: path.to_owned(), what: what.into() }
    }
}

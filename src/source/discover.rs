//! Which files of a folder may hold DAGs: `.airflowignore`, links, Airflow's own heuristic.

use std::path::{Path, PathBuf};

/// The syntax of `.airflowignore` files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IgnoreSyntax {
    /// As `.gitignore`: the default of Airflow 3.
    #[default]
    Glob,
    /// Regular expressions: the default of Airflow 2.
    Regexp,
}

/// How to look for files.
#[derive(Debug, Clone, Default)]
pub struct DiscoverOptions {
    /// The syntax of `.airflowignore`.
    pub syntax: IgnoreSyntax,
    /// Take every `.py`, whatever its text.
    pub no_safe_mode: bool,
    /// Further roots that links may point into.
    pub include: Vec<PathBuf>,
}

/// A file that was passed over in a way the user should hear of.
#[derive(Debug, Clone)]
pub struct Skipped {
    /// The path.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files that may hold DAGs, sorted.
    pub files: Vec<PathBuf>,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
}

/// Finds the DAG files below `root`.
pub fn discover(_root: &Path, _options: &DiscoverOptions) -> Discovered {
    Discovered::default()
}

/// Airflow's heuristic: the lower-cased bytes hold `dag` and `airflow`.
pub fn may_hold_dags(_bytes: &[u8]) -> bool {
    true
}

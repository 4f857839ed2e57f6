//! What the outside is taken to be: what the user supplied, the clock, the place of the DAG folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Limits;
use crate::datum::CauseKind;
use crate::source::Span;

/// How a value that was not supplied, but for which the code has a default, is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assume {
    /// As unknown: shows what it reaches.
    Unknown,
    /// As the default in the code.
    Default,
}

/// The outside, as one evaluation sees it. A file may be evaluated in several worlds: where the models differ, the
/// difference between the worlds is what the models depend on.
#[derive(Debug, Clone)]
pub struct World {
    /// Environment variables that the user supplied.
    pub env: BTreeMap<String, String>,
    /// Airflow Variables that the user supplied.
    pub variables: BTreeMap<String, String>,
    /// The present.
    pub now: jiff::Timestamp,
    /// What becomes of values with a default in the code.
    pub assume: Assume,
    /// Whether sets and directory listings are iterated over in reverse.
    pub reverse_sets: bool,
    /// The root of local imports and file reads.
    pub root: PathBuf,
    /// Further roots.
    pub include: Vec<PathBuf>,
    /// Where the root lies when Airflow runs.
    pub runtime_dags_folder: PathBuf,
    /// Import paths of callables that the user says have no effect.
    pub pure: Vec<String>,
    /// The bounds.
    pub limits: Limits,
}

/// Something that was read from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What it was.
    pub what: What,
    /// Where.
    pub span: Span,
}

/// Kinds of reads that matter to how a file is judged.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A value that was not supplied, for which the code has a default.
    Defaulted(CauseKind),
    /// A set or directory was iterated over.
    Order,
    /// The clock.
    Clock,
    /// The absolute place of the DAG folder.
    Place,
}

//! What a definition cannot hold, and where in the definition it stands.

use std::fmt;

use crate::datum::Cause;

/// A value that the format cannot hold.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{path}` {reason}")]
pub struct Inexpressible {
    /// Where it stands.
    pub path: DataPath,
    /// What is in the way.
    pub reason: Reason,
}

/// The way from the root of a definition to a value: first the dag_id, then keys and indices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataPath(pub Vec<Step>);

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into a map, or into a keyword argument of an object; a key that is no text as Python would print it.
    Key(String),
    /// Into a list, a tuple, a set as it was given, or the positional arguments of an object.
    Index(usize),
}

impl DataPath {
    /// The keys from the root to the first step that is an index: `[dag_id, "tasks", task_id, parameter]`, mostly.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map_while(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
    }
}

impl fmt::Display for DataPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if place == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Why the format cannot hold a value. Each text goes on from the value's path.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Reason {
    /// The definition is not a map with one text key and a map under it.
    #[error("is no definition: one dag_id with a map under it is wanted")]
    NotADefinition,
    /// dag-factory sets these root keys aside and makes no DAG of them.
    #[error("is no dag_id that dag-factory takes: it reads the key `{0}` as something else")]
    ReservedDagId(String),
    /// The value is not known.
    #[error("is not known: {}", .0.message)]
    Unknown(Cause),
    /// dag-factory folds every dict with such a key, however it was made.
    #[error("has the key `{0}`, which dag-factory folds away")]
    FoldedKey(String),
    /// A keyword argument that `__type__` forms use for themselves.
    #[error("has the keyword argument `{0}`, which dag-factory keeps for itself")]
    ReservedArgument(String),
    /// A key or set member twice, by Python's equality.
    #[error("holds `{0}` twice")]
    Twice(String),
    /// A key or set member that Python cannot hash.
    #[error("has a {0} as a key or member, which Python cannot hash")]
    Unhashable(&'static str),
    /// Not-a-number equals nothing, itself included, so it cannot be found again.
    #[error("has not-a-number as a key or member")]
    NanKey,
    /// A function or class that no import path leads to.
    #[error("is `{0}`, which no import path leads to")]
    NotImportable(String),
    /// dag-factory splits the path of a callable at its last dot and imports what stands before it.
    #[error("is made by `{0}`, which is no import path")]
    NotAPath(String),
    /// dag-factory rebuilds these as the type that they derive from.
    #[error("is a `{0}`, which dag-factory turns into a plain {1}")]
    Subclass(String, &'static str),
    /// A Python builtin with arguments that it does not take.
    #[error("is a call of `{0}` with arguments that it does not take")]
    BadArguments(String),
    /// Collections nest too deep for PyYAML and dag-factory, which recurse.
    #[error("nests deeper than {max} levels", max = super::MAX_DEPTH)]
    TooDeep,
    /// Python refuses to read a decimal number of more than 4300 digits.
    #[error("has more than 4300 digits")]
    TooManyDigits,
    /// A date, time or delta that Python's types cannot hold.
    #[error("is {0}, which Python's `{1}` cannot hold")]
    OutOfRange(String, &'static str),
    /// A zone that the time zone database does not have under this name.
    #[error("is in `{0}`, which is no time zone")]
    NoTimeZone(String),
    /// A wall time that a change of clocks skips or repeats: the instant is not known.
    #[error("is at a wall time that a change of clocks in `{0}` skips or repeats")]
    ClockChange(String),
}

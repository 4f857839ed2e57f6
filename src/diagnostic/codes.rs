//! The names of all findings. `explain` tells a user what each means; a test holds the list complete and sorted.

use std::fmt;

/// The kebab-case name of a kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)+

        /// Every code with its one-line meaning, in alphabetical order.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),+];
    };
}

codes! {
    /// The value depends on something that the code falls back from: a default, the clock, the place of the file.
    ASSUMED_VALUE = "assumed-value";
    /// A bound of the evaluation was passed.
    LIMIT = "limit";
    /// Airflow would fail to import this file: it raises an exception.
    IMPORT_ERROR = "import-error";
    /// The operator runs Python or Bash from a code package, which is not written yet.
    NEEDS_CODE_PACKAGE = "needs-code-package";
    /// The file cannot be read, or its bytes are no text.
    UNREADABLE_FILE = "unreadable-file";
    /// The file is no valid Python.
    SYNTAX_ERROR = "syntax-error";
    /// Something unknown was called where a DAG is being built, and may have changed it.
    UNKNOWN_CALL_IN_DAG = "unknown-call-in-dag";
    /// Whether tasks, edges or DAGs are made here depends on something unknown.
    UNKNOWN_CONTROL = "unknown-control";
    /// A value that reaches a DAG is not known.
    UNKNOWN_VALUE = "unknown-value";
    /// The target does not offer this operator.
    UNSUPPORTED_OPERATOR = "unsupported-operator";
    /// The target ignores this parameter.
    UNSUPPORTED_PARAMETER = "unsupported-parameter";
}

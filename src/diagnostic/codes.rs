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
    /// Two DAGs of a run have one dag_id, or two that differ in case only, so neither is written.
    DUPLICATE_DAG_ID = "duplicate-dag-id";
    /// Airflow would fail to import this file: it raises an exception.
    IMPORT_ERROR = "import-error";
    /// The converter itself failed on this file; that is a fault of the tool.
    INTERNAL_ERROR = "internal-error";
    /// A line of an `.airflowignore` file is no valid pattern.
    INVALID_IGNORE_PATTERN = "invalid-ignore-pattern";
    /// A bound of the evaluation was passed.
    LIMIT = "limit";
    /// The operator runs Python or Bash from a code package, which is not written yet.
    NEEDS_CODE_PACKAGE = "needs-code-package";
    /// A file or folder that was named holds no DAG.
    NO_DAG = "no-dag";
    /// A zip package, or what a link leads to, was passed over.
    NOT_READ = "not-read";
    /// The definition of another source file was replaced.
    REPLACED_DEFINITION = "replaced-definition";
    /// The output folder holds an older definition of a DAG that was not written now.
    STALE_DEFINITION = "stale-definition";
    /// The file is no valid Python.
    SYNTAX_ERROR = "syntax-error";
    /// Something unknown was called where a DAG is being built, and may have changed it.
    UNKNOWN_CALL_IN_DAG = "unknown-call-in-dag";
    /// Whether tasks, edges or DAGs are made here depends on something unknown.
    UNKNOWN_CONTROL = "unknown-control";
    /// A value that reaches a DAG is not known.
    UNKNOWN_VALUE = "unknown-value";
    /// The file cannot be read, or its bytes are no text.
    UNREADABLE_FILE = "unreadable-file";
    /// The dag_id cannot be a file name.
    UNSAFE_DAG_ID = "unsafe-dag-id";
    /// The target does not offer this operator.
    UNSUPPORTED_OPERATOR = "unsupported-operator";
    /// The target ignores this parameter.
    UNSUPPORTED_PARAMETER = "unsupported-parameter";
    /// A definition could not be written.
    WRITE_ERROR = "write-error";
}

//! What the converter says: diagnostics as plain data, and one file for each format they are printed in.
//!
//! Owns the type, its order and its rendering. Who finds what, and when, is the business of the layers above.

use std::path::PathBuf;

use serde::Serialize;

use crate::source::Span;

pub mod codes;
mod json;
mod text;

pub use codes::Code;
pub use json::JsonRecord;
pub use text::{Style, TextRenderer};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was not converted.
    Error,
    /// It was converted, and something differs when it runs.
    Warning,
    /// It was converted, and the reader may want to know how.
    Note,
}

/// What became of the thing that a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Disposition {
    /// Left out of the definition.
    Dropped,
    /// Written otherwise than the author wrote it.
    Changed,
    /// Written with a value that the code falls back to, or that depends on where it runs.
    Assumed,
    /// Not written; its DAG is refused.
    Refused,
    /// Nothing was lost.
    Note,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// At a range of a source file.
    Span(Span),
    /// At a file as a whole, which may not have been read.
    File(PathBuf),
}

/// A second place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// One finding. The message is a terse phrase that stands alone; what to do about it is in `help`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kebab-case name under which `explain` knows this kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What happened to the thing it is about.
    pub disposition: Disposition,
    /// The phrase.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Further places, with what is to be seen there.
    pub labels: Vec<Label>,
    /// What the user can do.
    pub help: Option<String>,
    /// The DAG it concerns.
    pub dag_id: Option<String>,
    /// The task it concerns.
    pub task_id: Option<String>,
    /// The argument of the DAG or operator it concerns.
    pub parameter: Option<String>,
}

impl Diagnostic {
    /// An error: its DAG, or its file, is refused.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Disposition::Refused, Place::Span(span), message.into())
    }

    /// A warning with what became of the thing.
    pub fn warning(code: Code, disposition: Disposition, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, disposition, Place::Span(span), message.into())
    }

    /// A note.
    pub fn note(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, Disposition::Note, Place::Span(span), message.into())
    }

    /// An error about a file that has no text to point into.
    pub fn file_error(code: Code, path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Disposition::Refused, Place::File(path.into()), message.into())
    }

    fn new(code: Code, severity: Severity, disposition: Disposition, place: Place, message: String) -> Self {
        Self {
            code,
            severity,
            disposition,
            message,
            place,
            labels: Vec::new(),
            help: None,
            dag_id: None,
            task_id: None,
            parameter: None,
        }
    }

    /// Sets the disposition.
    pub fn disposition(mut self, disposition: Disposition) -> Self {
        self.disposition = disposition;
        self
    }

    /// Adds a second place.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what the user can do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the DAG.
    pub fn dag(mut self, dag_id: impl Into<String>) -> Self {
        self.dag_id = Some(dag_id.into());
        self
    }

    /// Names the task.
    pub fn task(mut self, task_id: impl Into<String>) -> Self {
        self.task_id = Some(task_id.into());
        self
    }

    /// Names the parameter.
    pub fn parameter(mut self, parameter: impl Into<String>) -> Self {
        self.parameter = Some(parameter.into());
        self
    }

    /// Whether this finding keeps its DAG or file from being converted.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

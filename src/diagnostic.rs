//! What the converter says: diagnostics as plain data, and one file for each format they are printed in.
//!
//! Owns the type, its order and its rendering. Who finds what, and when, is the business of the layers above.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::source::{FileId, Sources, Span};

pub mod codes;
mod concise;
mod github;
mod json;
mod place;
mod sarif;
mod text;

pub use codes::Code;
pub use concise::concise;
pub use github::github;
pub use json::JsonRecord;
pub use sarif::sarif;
pub use text::{TextRenderer, visible};

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

impl Place {
    /// The path of the file, as the user gave it.
    pub fn path(&self, sources: &Sources) -> PathBuf {
        match self {
            Self::Span(span) => sources.get(span.file).path().to_owned(),
            Self::File(path) => path.clone(),
        }
    }

    fn offsets(&self) -> Option<(u32, u32)> {
        match self {
            Self::Span(span) => Some((span.range.start().to_u32(), span.range.end().to_u32())),
            Self::File(_) => None,
        }
    }
}

/// A second place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// What the user decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ruling {
    /// It is an error because `--deny` says so, with this code or group.
    Denied(&'static str),
    /// It is in nobody's way.
    Allowed(Allowance),
}

/// Who allowed a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Allowance {
    /// `--allow`.
    Flag,
    /// A comment in the source.
    Comment {
        /// The comment.
        span: Span,
        /// The reason that it gives.
        reason: String,
    },
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
    /// What the user decided about it, where anything.
    pub ruling: Option<Box<Ruling>>,
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

    /// A warning about a file or folder as a whole.
    pub fn file_warning(code: Code, path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, Disposition::Note, Place::File(path.into()), message.into())
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
            ruling: None,
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

    /// What it concerns, in words: "DAG `a`, task `b`, parameter `c`"; `None` where it concerns a file.
    pub fn concerns(&self) -> Option<String> {
        let names = [("DAG", &self.dag_id), ("task", &self.task_id), ("parameter", &self.parameter)];
        let names = names.into_iter().filter_map(|(word, name)| Some(format!("{word} `{}`", name.as_ref()?)));
        let names: Vec<String> = names.collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Whether this finding keeps its DAG or file from being converted.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the user has allowed it, so that it is on record for programs only.
    pub fn is_allowed(&self) -> bool {
        matches!(self.ruling.as_deref(), Some(Ruling::Allowed(_)))
    }
}

/// Puts diagnostics in the order in which every format prints them (path, position, code, DAG, task, parameter), and keeps
/// one for each code, place, DAG, task and parameter: the gravest, then the first by its message.
pub fn sort_and_dedup(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    let ranks = ranks(diagnostics, sources);
    let all = diagnostics.as_slice();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&one, &other| {
        let place = |at: usize| (ranks[at], all[at].place.offsets());
        let rest = |at: usize| {
            let diagnostic = &all[at];
            (diagnostic.code, subject(diagnostic), diagnostic.severity, diagnostic.message.as_str())
        };
        place(one).cmp(&place(other)).then_with(|| rest(one).cmp(&rest(other)))
    });
    let mut seen = HashSet::with_capacity(order.len());
    order.retain(|&at| seen.insert((all[at].code, &all[at].place, subject(&all[at]))));
    let mut left: Vec<Option<Diagnostic>> = std::mem::take(diagnostics).into_iter().map(Some).collect();
    diagnostics.extend(order.into_iter().filter_map(|at| left[at].take()));
}

/// For each diagnostic the place of its path among all paths in their order. Paths are compared part by part, so that it is worth
/// comparing each of them once.
fn ranks(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<usize> {
    let mut files: BTreeMap<FileId, PathBuf> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Place::Span(span) = &diagnostic.place {
            files.entry(span.file).or_insert_with(|| sources.get(span.file).path().to_owned());
        }
    }
    let mut paths: Vec<&Path> = files.values().map(PathBuf::as_path).collect();
    paths.extend(diagnostics.iter().filter_map(|diagnostic| match &diagnostic.place {
        Place::File(path) => Some(path.as_path()),
        Place::Span(_) => None,
    }));
    paths.sort_unstable();
    paths.dedup();
    let rank = |path: &Path| paths.partition_point(|other| *other < path);
    let ranks: BTreeMap<FileId, usize> = files.iter().map(|(file, path)| (*file, rank(path))).collect();
    let rank_of = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Span(span) => ranks.get(&span.file).copied().unwrap_or_default(),
        Place::File(path) => rank(path),
    };
    diagnostics.iter().map(rank_of).collect()
}

/// What a diagnostic concerns: DAG, task, parameter.
fn subject(diagnostic: &Diagnostic) -> [Option<&str>; 3] {
    [diagnostic.dag_id.as_deref(), diagnostic.task_id.as_deref(), diagnostic.parameter.as_deref()]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ruff_text_size::{TextRange, TextSize};

    use super::*;

    #[test]
    fn records_are_sorted_and_one_is_kept_for_each_subject() {
        let sources = Sources::default();
        // The ids run against the order of the paths.
        let b = sources.add(Path::new("b.py"), "x = 1\ny = 2\n".to_owned());
        let a = sources.add(Path::new("a.py"), "x = 1\n".to_owned());
        let at = |file, start: u32| Span::new(file, TextRange::at(TextSize::new(start), TextSize::new(1)));
        let warning = |file, start| {
            Diagnostic::warning(
                codes::UNSUPPORTED_PARAMETER,
                Disposition::Dropped,
                at(file, start),
                "is dropped",
            )
        };
        let mut records = vec![
            warning(b.id(), 6).dag("d").task("t"),
            warning(b.id(), 6).dag("d").task("s"),
            warning(b.id(), 0).dag("d").task("t"),
            Diagnostic::error(codes::UNSUPPORTED_PARAMETER, at(b.id(), 6), "is refused").dag("d").task("t"),
            warning(a.id(), 0),
            Diagnostic::file_error(codes::UNREADABLE_FILE, "b.py", "cannot be read"),
            warning(a.id(), 0),
        ];
        sort_and_dedup(&mut records, &sources);
        let got: Vec<String> = records
            .iter()
            .map(|record| {
                let path = record.place.path(&sources);
                format!(
                    "{} {:?} {:?} {}",
                    path.display(),
                    record.place.offsets(),
                    record.task_id,
                    record.message
                )
            })
            .collect();
        assert_eq!(
            got,
            [
                "a.py Some((0, 1)) None is dropped",
                "b.py None None cannot be read",
                "b.py Some((0, 1)) Some(\"t\") is dropped",
                "b.py Some((6, 7)) Some(\"s\") is dropped",
                "b.py Some((6, 7)) Some(\"t\") is refused",
            ]
        );
    }
}

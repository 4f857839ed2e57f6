//! Where something stands in the YAML, and the findings of a file as they come up.

use ruff_text_size::{TextRange, TextSize};

use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::source::{FileId, Span};
use crate::yaml::{self, Node, Value};

/// The findings of a file.
#[derive(Debug)]
pub(super) struct Report {
    file: FileId,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(file: FileId) -> Self {
        Self { file, diagnostics: Vec::new() }
    }

    /// The span of a range of bytes.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        let offset = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
        Span::new(self.file, TextRange::new(offset(range.start), offset(range.end.max(range.start))))
    }

    /// The span of a key and its value, where the value is a scalar; else that of the key.
    pub(super) fn entry(&self, key: &Node, value: &Node) -> Span {
        match &value.value {
            // An alias stands elsewhere.
            Value::Scalar(_) if value.range.start >= key.range.end => {
                self.span(key.range.start..value.range.end)
            }
            Value::Scalar(_) | Value::Sequence(_) | Value::Mapping(_) => self.span(key.range.clone()),
        }
    }

    /// Adds an error.
    pub(super) fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Diagnostic::error(code, span, message))
    }

    /// Adds a finding, and gives it back to be completed.
    pub(super) fn add(&mut self, finding: Diagnostic) -> &mut Diagnostic {
        let place = self.diagnostics.len();
        self.diagnostics.push(finding);
        &mut self.diagnostics[place]
    }

    /// The value that the loader makes of a node; unknown, with a finding, where it would fail.
    pub(super) fn load(&mut self, node: &Node, dag_id: &str) -> Datum {
        match yaml::load(node) {
            Ok(value) => value,
            Err(error) => {
                let span = self.span(node.range.clone());
                let finding = self.error(codes::INVALID_YAML, span, error.message.clone());
                finding.dag_id = Some(dag_id.to_owned());
                Datum::Unknown(Cause::new(CauseKind::Unsupported, span, error.message))
            }
        }
    }
}

/// The entries of a mapping whose keys are text, each key once, as PyYAML keeps them.
pub(super) fn entries(node: &Node) -> Option<Vec<(&str, &Node, &Node)>> {
    let Value::Mapping(pairs) = &node.value else { return None };
    let mut entries: Vec<(&str, &Node, &Node)> = Vec::new();
    for (key, value) in pairs {
        let Some(name) = key.as_str() else { continue };
        match entries.iter_mut().find(|(known, ..)| *known == name) {
            Some(entry) => *entry = (name, key, value),
            None => entries.push((name, key, value)),
        }
    }
    Some(entries)
}

//! What a run says when it is over: findings, then the summary.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use super::output::Plan;
use crate::diagnostic::{Diagnostic, JsonRecord, Severity, TextRenderer, codes, visible};
use crate::source::Sources;

/// The findings as JSON, one object a line.
pub(super) fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        // A record holds strings and numbers only, which always have a JSON form.
        if let Ok(line) = serde_json::to_string(&JsonRecord::new(diagnostic, sources)) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// The findings as frames.
pub(super) fn text(diagnostics: &[Diagnostic], sources: &Sources, colour: bool, width: usize) -> String {
    TextRenderer::new(sources, colour, width).render(diagnostics)
}

/// What a run came to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    /// Files that were read.
    pub(super) files: usize,
    /// DAGs in them.
    pub(super) dags: usize,
}

/// The lines that close a run: DAGs by what became of them, files of the output folder, findings.
pub(super) fn summary(
    totals: Totals,
    plan: &Plan,
    diagnostics: &[Diagnostic],
    folder: &Path,
    is_diff: bool,
) -> String {
    let converted = plan.definitions.len();
    let warned: HashSet<&str> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning)
        .filter_map(|diagnostic| diagnostic.dag_id.as_deref())
        .collect();
    let with_warnings =
        plan.definitions.iter().filter(|planned| warned.contains(planned.dag_id.as_str())).count();
    let dags = totals.dags.max(converted);
    let mut out = format!("{} in {}", counted(dags, "DAG"), counted(totals.files, "file"));
    if dags > 0 {
        let refused = dags - converted;
        let warned =
            if with_warnings > 0 { format!(" ({with_warnings} with warnings)") } else { String::new() };
        let _ = write!(out, ": {converted} converted{warned}, {refused} refused");
    }
    out.push('\n');
    let is_written = !diagnostics.iter().any(|diagnostic| diagnostic.code == codes::WRITE_ERROR);
    if converted > 0 && is_written {
        let new = plan.definitions.iter().filter(|planned| planned.before.is_none()).count();
        let unchanged = plan.definitions.iter().filter(|planned| planned.is_unchanged()).count();
        let _ = writeln!(
            out,
            "{} {}in `{}`: {new} new, {} changed, {unchanged} unchanged",
            counted(converted, "definition"),
            if is_diff { "would be " } else { "" },
            visible(&folder.to_string_lossy()),
            converted - new - unchanged
        );
    }
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let counts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .map(|(severity, word)| (count(severity), word))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
    if !counts.is_empty() {
        let _ = writeln!(out, "{}", counts.join(", "));
    }
    out
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

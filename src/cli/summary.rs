//! The lines that close a run: what became of the DAGs, what was found, and why, the worst first.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::output::Plan;
use crate::diagnostic::{Code, Diagnostic, Disposition, Severity, visible};
use crate::source::Sources;

/// How many reasons the table shows.
const MAX_REASONS: usize = 20;
/// How many parameters a line shows.
const MAX_PARAMETERS: usize = 8;

/// What a run came to, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    /// Files that were read.
    pub(super) files: usize,
    /// DAGs in them.
    pub(super) dags: usize,
}

/// The line on DAGs by what became of them; `converted` are the ids of those that have a definition.
pub(super) fn dags(totals: Totals, converted: &[&str], diagnostics: &[Diagnostic]) -> String {
    let warned: HashSet<&str> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning && !diagnostic.is_allowed())
        .filter_map(|diagnostic| diagnostic.dag_id.as_deref())
        .collect();
    let warned = converted.iter().filter(|dag_id| warned.contains(**dag_id)).count();
    let dags = totals.dags.max(converted.len());
    let mut out = format!("{} in {}", counted(dags, "DAG"), counted(totals.files, "file"));
    if dags > 0 {
        let (exact, refused) = (converted.len() - warned, dags - converted.len());
        let _ = write!(out, ": {exact} exact, {warned} with warnings, {refused} refused");
    }
    out.push('\n');
    out
}

/// The line on definitions that were validated.
pub(super) fn definitions(dags: usize, files: usize, diagnostics: &[Diagnostic], target: &str) -> String {
    let of = |severity| -> HashSet<&str> {
        let such = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity && !diagnostic.is_allowed());
        such.filter_map(|diagnostic| diagnostic.dag_id.as_deref()).collect()
    };
    let (wrong, warned) = (of(Severity::Error), of(Severity::Warning));
    let warned = warned.difference(&wrong).count();
    let wrong = wrong.len().min(dags);
    let mut out = format!("{} in {}", counted(dags, "definition"), counted(files, "file"));
    if dags > 0 {
        let sound = dags.saturating_sub(wrong + warned);
        let _ = write!(out, " for {target}: {sound} sound, {warned} with warnings, {wrong} with errors");
    }
    out.push('\n');
    out
}

/// The line on the files of the output folder, where there are any.
pub(super) fn folder(plan: &Plan, folder: &Path, is_dry: bool) -> String {
    let total = plan.definitions.len();
    let removed = plan.removals.iter().filter(|removal| removal.is_definition()).count();
    if total + removed == 0 {
        return String::new();
    }
    let new = plan.definitions.iter().filter(|planned| planned.before.is_none()).count();
    let unchanged = plan.definitions.iter().filter(|planned| planned.is_unchanged()).count();
    format!(
        "{} {}in `{}`: {new} new, {} changed, {unchanged} unchanged{}\n",
        counted(total, "definition"),
        if is_dry { "would be " } else { "" },
        visible(&folder.to_string_lossy()),
        total - new - unchanged,
        if removed > 0 { format!(", {removed} removed") } else { String::new() },
    )
}

/// The line on findings by severity, below a table of the reasons where there is more than one; the table only where
/// `with_table` says so.
pub(super) fn findings(diagnostics: &[Diagnostic], sources: &Sources, with_table: bool) -> String {
    let mut out =
        if with_table { table(diagnostics, sources) + &left_out(diagnostics) } else { String::new() };
    let said = || diagnostics.iter().filter(|diagnostic| !diagnostic.is_allowed());
    let count = |severity| said().filter(|diagnostic| diagnostic.severity == severity).count();
    let mut counts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .map(|(severity, word)| (count(severity), word))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
    let allowed = diagnostics.len() - said().count();
    if allowed > 0 {
        counts.push(format!("{allowed} allowed"));
    }
    if !counts.is_empty() {
        let _ = writeln!(out, "{}", counts.join(", "));
    }
    out
}

/// Whom a reason concerns.
#[derive(Default)]
struct Reach<'a> {
    dags: BTreeSet<&'a str>,
    files: BTreeSet<PathBuf>,
    findings: usize,
}

/// Errors and warnings by code: the errors first, then those that concern the most DAGs.
fn table(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut reasons: BTreeMap<(Severity, Code), Reach<'_>> = BTreeMap::new();
    let said = |diagnostic: &&Diagnostic| diagnostic.severity != Severity::Note && !diagnostic.is_allowed();
    for diagnostic in diagnostics.iter().filter(said) {
        let reach = reasons.entry((diagnostic.severity, diagnostic.code)).or_default();
        reach.dags.extend(diagnostic.dag_id.as_deref());
        reach.files.insert(diagnostic.place.path(sources));
        reach.findings += 1;
    }
    if reasons.len() < 2 {
        return String::new();
    }
    let mut rows: Vec<_> = reasons.into_iter().collect();
    rows.sort_by(|((severity, _), reach), ((other_severity, _), other)| {
        let counts = |reach: &Reach<'_>| (reach.dags.len(), reach.files.len(), reach.findings);
        severity.cmp(other_severity).then_with(|| counts(other).cmp(&counts(reach)))
    });
    let width = rows
        .iter()
        .take(MAX_REASONS)
        .map(|((_, code), _)| code.as_str().len())
        .fold("reason".len(), usize::max);
    let mut out =
        format!("\n{:8} {:width$}  {:>5}  {:>5}  {:>8}\n", "", "reason", "DAGs", "files", "findings");
    for ((severity, code), reach) in rows.iter().take(MAX_REASONS) {
        let word = if *severity == Severity::Error { "error" } else { "warning" };
        let (dags, files, findings) = (reach.dags.len(), reach.files.len(), reach.findings);
        let _ = writeln!(out, "{word:8} {:width$}  {dags:>5}  {files:>5}  {findings:>8}", code.as_str());
    }
    if rows.len() > MAX_REASONS {
        let _ = writeln!(out, "and {} more reasons", rows.len() - MAX_REASONS);
    }
    out.push('\n');
    out
}

/// The parameters that are left out, by what that costs: those first that change what happens.
fn left_out(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for (severity, cost) in [(Severity::Warning, "changes what happens"), (Severity::Note, "changes nothing")]
    {
        let mut parameters: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
        let dropped = diagnostics.iter().filter(|record| {
            record.disposition == Disposition::Dropped && record.severity == severity && !record.is_allowed()
        });
        for record in dropped {
            if let Some(parameter) = &record.parameter {
                parameters.entry(parameter).or_default().insert(record.dag_id.as_deref());
            }
        }
        let mut parameters: Vec<(&str, usize)> =
            parameters.into_iter().map(|(name, dags)| (name, dags.len())).collect();
        parameters.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
        if parameters.is_empty() {
            continue;
        }
        let shown: Vec<String> = parameters
            .iter()
            .take(MAX_PARAMETERS)
            .map(|(name, dags)| format!("`{}` ({})", visible(name), counted(*dags, "DAG")))
            .collect();
        let more = parameters.len() - shown.len();
        let tail = if more == 0 { String::new() } else { format!(" and {more} more") };
        let _ = writeln!(out, "left out, which {cost}: {}{tail}", shown.join(", "));
    }
    out
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

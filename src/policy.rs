//! What a user decided about findings: `--deny` makes errors of them, `--allow` and comments in the source take them out of the
//! way. Owns who wins: a comment at the place over the command line, there a code over a group.
//!
//! What is allowed stays on record; only what people read leaves it out.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Allowance, Code, Diagnostic, Disposition, Place, Ruling, Severity, codes};
use crate::source::{FileId, Sources, Span};

mod comment;

use comment::{Comment, Problem};

/// Errors that can be allowed: what they warn of is for the user to decide.
const PERMITTED: &[Code] = &[codes::NO_DAG, codes::SECRET_IN_DEFINITION, codes::STALE_DEFINITION];

/// A group of findings that can be denied together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// All warnings.
    Warnings,
    /// Warnings of something that is lost or changed when the DAG runs.
    Behaviour,
}

impl Group {
    const ALL: [(&'static str, Self); 2] = [("behaviour", Self::Behaviour), ("warnings", Self::Warnings)];

    fn holds(self, finding: &Diagnostic) -> bool {
        let is_loss = matches!(finding.disposition, Disposition::Dropped | Disposition::Changed);
        finding.severity == Severity::Warning && (self == Self::Warnings || is_loss)
    }
}

/// The decisions of a run. Shared by threads.
#[derive(Debug, Default)]
pub struct Policy {
    denied: Vec<Code>,
    groups: Vec<(&'static str, Group)>,
    allowed: Vec<Code>,
    comments: Mutex<HashMap<FileId, Arc<Vec<Comment>>>>,
}

/// Why a decision cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// No such code or group.
    #[error("there is no code `{0}`")]
    Unknown(String),
    /// The code is denied and allowed.
    #[error("`{0}` is both denied and allowed")]
    Contradiction(Code),
    /// An error that nobody can wave through.
    #[error("`{0}` cannot be allowed: it is an error, and there would be no sound definition")]
    NotAllowable(Code),
}

impl Policy {
    /// The policy of `--deny` (codes, `behaviour`, `warnings`) and `--allow` (codes).
    pub fn new(deny: &[String], allow: &[String]) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        for word in deny {
            match Group::ALL.iter().find(|(name, _)| name == word) {
                Some(group) => policy.groups.push(*group),
                None => policy.denied.push(named(word)?),
            }
        }
        for word in allow {
            let code = named(word)?;
            if policy.denied.contains(&code) {
                return Err(PolicyError::Contradiction(code));
            }
            if !is_allowable(code) {
                return Err(PolicyError::NotAllowable(code));
            }
            policy.allowed.push(code);
        }
        Ok(policy)
    }

    /// Decides about each finding that is not decided about yet.
    pub fn apply(&self, findings: &mut [Diagnostic], sources: &Sources) {
        for finding in findings.iter_mut().filter(|finding| finding.ruling.is_none()) {
            self.decide(finding, sources);
        }
    }

    fn decide(&self, finding: &mut Diagnostic, sources: &Sources) {
        let code = finding.code;
        if let Some(comment) = self.comment_on(finding, sources) {
            if finding.is_error() && !PERMITTED.contains(&code) {
                let label = "an error of this kind cannot be allowed";
                finding
                    .labels
                    .push(crate::diagnostic::Label { span: comment.span, message: label.to_owned() });
                return;
            }
            allow(finding, Allowance::Comment { span: comment.span, reason: comment.reason.clone() });
        } else if self.allowed.contains(&code) {
            if !finding.is_error() || PERMITTED.contains(&code) {
                allow(finding, Allowance::Flag);
            }
        } else if !finding.is_error() {
            let group = self.groups.iter().find(|(_, group)| group.holds(finding)).map(|(name, _)| *name);
            let by = self.denied.contains(&code).then_some(code.as_str()).or(group);
            if let Some(by) = by {
                finding.severity = Severity::Error;
                finding.ruling = Some(Box::new(Ruling::Denied(by)));
            }
        }
    }

    /// The comment that allows a finding.
    fn comment_on(&self, finding: &Diagnostic, sources: &Sources) -> Option<Comment> {
        let Place::Span(span) = finding.place else { return None };
        let comments = self.comments(span.file, sources);
        let at = span.range.start();
        comments
            .iter()
            .find(|comment| comment.allows(finding.code) && comment.covers.contains_inclusive(at))
            .cloned()
    }

    /// The comments of a file, read once.
    fn comments(&self, file: FileId, sources: &Sources) -> Arc<Vec<Comment>> {
        let mut known = self.comments.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(file).or_insert_with(|| Arc::new(comment::read(&sources.get(file)))))
    }

    /// What there is to say of the comments themselves: those that are none, and those that no finding needs. To be asked when
    /// all findings of a run are decided about.
    pub fn comment_findings(&self, findings: &[Diagnostic], sources: &Sources) -> Vec<Diagnostic> {
        let used: HashSet<(Span, Code)> = findings.iter().filter_map(used_comment).collect();
        // Of a file with errors not everything was looked at.
        let in_doubt: HashSet<FileId> = findings
            .iter()
            .filter(|finding| finding.is_error())
            .filter_map(|finding| if let Place::Span(span) = finding.place { Some(span.file) } else { None })
            .collect();
        let mut found = Vec::new();
        for file in sources.all() {
            for comment in self.comments(file.id(), sources).iter() {
                found.extend(comment.problems.iter().map(|problem| invalid(comment, problem)));
                if in_doubt.contains(&file.id()) {
                    continue;
                }
                let unused = comment.codes.iter().filter(|code| !used.contains(&(comment.span, **code)));
                found.extend(unused.map(|code| {
                    let message = format!("there is no `{code}` here to allow");
                    Diagnostic::warning(codes::UNUSED_ALLOW, Disposition::Note, comment.span, message)
                        .parameter(code.as_str())
                        .help("remove it from the comment")
                }));
            }
        }
        found
    }
}

fn named(word: &str) -> Result<Code, PolicyError> {
    Code::by_name(word).ok_or_else(|| PolicyError::Unknown(word.to_owned()))
}

/// Whether some finding of this code can be allowed: a warning, a note, or an error that is for the user to decide.
fn is_allowable(code: Code) -> bool {
    PERMITTED.contains(&code)
        || code.entry().is_none_or(|entry| entry.severities().any(|severity| severity != "error"))
}

fn allow(finding: &mut Diagnostic, by: Allowance) {
    // What was an error is written all the same, which is worth a warning to who reads the records.
    finding.severity = finding.severity.max(Severity::Warning);
    if finding.disposition == Disposition::Refused {
        finding.disposition = Disposition::Note;
    }
    finding.ruling = Some(Box::new(Ruling::Allowed(by)));
}

/// The comment by which a finding was allowed, or which tried to.
fn used_comment(finding: &Diagnostic) -> Option<(Span, Code)> {
    match finding.ruling.as_deref() {
        Some(Ruling::Allowed(Allowance::Comment { span, .. })) => Some((*span, finding.code)),
        Some(Ruling::Allowed(Allowance::Flag) | Ruling::Denied(_)) | None => None,
    }
}

fn invalid(comment: &Comment, problem: &Problem) -> Diagnostic {
    let (message, help) = match problem {
        Problem::Form => (
            "this comment is none that allows something".to_owned(),
            "write `# dag-converter: allow[code] reason`".to_owned(),
        ),
        Problem::NoReason => (
            "this comment allows nothing without a reason".to_owned(),
            "say behind the bracket why it is right here".to_owned(),
        ),
        Problem::UnknownCode(name) => {
            let names: Vec<&str> = codes::ALL.iter().map(|entry| entry.code.as_str()).collect();
            let near = similar::get_close_matches(name.as_str(), &names, 1, 0.6);
            let help = near.first().map_or_else(
                || "`dag-converter explain` lists the codes".to_owned(),
                |near| format!("there is `{near}`"),
            );
            (format!("there is no code `{name}` to allow"), help)
        }
        Problem::NotAllowable(code) => (
            format!("`{code}` is an error that cannot be allowed"),
            format!("`dag-converter explain {code}` says what to do"),
        ),
    };
    let finding =
        Diagnostic::warning(codes::INVALID_ALLOW, Disposition::Note, comment.span, message).help(help);
    match problem {
        Problem::UnknownCode(name) => finding.parameter(name),
        Problem::NotAllowable(code) => finding.parameter(code.as_str()),
        Problem::Form | Problem::NoReason => finding,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ruff_text_size::{TextRange, TextSize};

    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn policy(deny: &[&str], allow: &[&str]) -> Result<Policy, PolicyError> {
        Policy::new(&words(deny), &words(allow))
    }

    /// What becomes of a warning that a parameter is dropped, at the first `GlueJobOperator` of a text.
    fn ruled(policy: &Policy, text: &str) -> (Severity, Option<Ruling>) {
        let sources = Sources::default();
        let file = sources.add(Path::new("a.py"), text.to_owned());
        let at = TextSize::new(u32::try_from(text.find("pool").unwrap()).unwrap());
        let span = Span::new(file.id(), TextRange::at(at, TextSize::new(4)));
        let mut findings =
            [Diagnostic::warning(codes::UNSUPPORTED_PARAMETER, Disposition::Dropped, span, "is dropped")];
        policy.apply(&mut findings, &sources);
        let [finding] = findings;
        (finding.severity, finding.ruling.map(|ruling| *ruling))
    }

    #[test]
    fn the_comment_wins_over_the_command_line_and_a_code_over_a_group() {
        let plain = "Glue(pool=1)\n";
        let comment = "Glue(pool=1)  # dag-converter: allow[unsupported-parameter] one at a time anyway\n";
        let denied = |by| (Severity::Error, Some(Ruling::Denied(by)));
        let by_flag = (Severity::Warning, Some(Ruling::Allowed(Allowance::Flag)));
        assert_eq!(ruled(&policy(&[], &[]).unwrap(), plain), (Severity::Warning, None));
        assert_eq!(ruled(&policy(&["warnings"], &[]).unwrap(), plain), denied("warnings"));
        assert_eq!(ruled(&policy(&["behaviour"], &[]).unwrap(), plain), denied("behaviour"));
        let code = "unsupported-parameter";
        assert_eq!(ruled(&policy(&["warnings", code], &[]).unwrap(), plain), denied(code));
        assert_eq!(ruled(&policy(&["warnings"], &[code]).unwrap(), plain), by_flag);
        let (severity, ruling) = ruled(&policy(&[code], &[]).unwrap(), comment);
        assert_eq!(severity, Severity::Warning);
        assert!(
            matches!(ruling, Some(Ruling::Allowed(Allowance::Comment { reason, .. })) if reason == "one at a time anyway")
        );
    }

    #[test]
    fn what_cannot_be_is_said() {
        let error = |deny: &[&str], allow: &[&str]| policy(deny, allow).unwrap_err();
        assert_eq!(error(&["x"], &[]), PolicyError::Unknown("x".into()));
        assert_eq!(error(&[], &["behaviour"]), PolicyError::Unknown("behaviour".into()));
        assert_eq!(error(&["cron-form"], &["cron-form"]), PolicyError::Contradiction(codes::CRON_FORM));
        assert_eq!(error(&[], &["unknown-value"]), PolicyError::NotAllowable(codes::UNKNOWN_VALUE));
        assert!(policy(&[], &["secret-in-definition"]).is_ok());
    }
}

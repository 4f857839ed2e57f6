//! `.airflowignore` files: their lines as rules, and whether a path falls under them.
//!
//! Source: `airflow/utils/file.py` of Airflow 3.0.6 (`_GlobIgnoreRule`, `_RegexpIgnoreRule`); 2.x is the same here.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use fancy_regex::Regex;

use super::{IgnoreSyntax, glob};

/// The name of the ignore files.
pub(super) const IGNORE_FILE: &str = ".airflowignore";

/// The rules that hold in a folder: those of the folders above, outermost first, then its own.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules(Vec<Rc<Rule>>);

#[derive(Debug)]
struct Rule {
    line: String,
    regex: Regex,
    ignores: bool,
    subject: Subject,
}

/// What of a path a rule looks at.
#[derive(Debug, PartialEq, Eq)]
enum Subject {
    /// Regexp syntax: any part of the path below the root, in all lines a file has.
    Anywhere,
    /// Glob without an inner slash: the start of the name.
    Name,
    /// Glob with one: the start of the path below the folder of the ignore file, which is given below the root.
    Below(PathBuf),
}

/// A line that is no valid pattern.
#[derive(Debug)]
pub(super) struct BadLine {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Why.
    pub(super) reason: String,
}

impl Rules {
    /// Adds the lines of the ignore file in `folder`, a path below the root; gives the lines that are no patterns.
    pub(super) fn extend(&mut self, text: &str, folder: &Path, syntax: IgnoreSyntax) -> Vec<BadLine> {
        let mut bad = Vec::new();
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (index, line) in text.split('\n').enumerate() {
            let line = strip_comment(line);
            if line.is_empty() {
                continue;
            }
            match Rule::compile(line, folder, syntax) {
                // Airflow keeps the first of equal rules only, so that a later repetition overrides nothing.
                Ok(Some(rule)) if !self.0.iter().any(|known| known.same(&rule)) => self.0.push(Rc::new(rule)),
                Ok(_) => {}
                Err(reason) => bad.push(BadLine { number: index + 1, reason }),
            }
        }
        bad
    }

    /// Whether a path below the root is ignored; the last glob rule that matches decides, any regexp rule suffices.
    pub(super) fn ignore(&self, path: &Path, is_folder: bool) -> bool {
        let mut ignored = false;
        for rule in &self.0 {
            if rule.matches(path, is_folder) {
                if rule.subject == Subject::Anywhere {
                    return true;
                }
                ignored = rule.ignores;
            }
        }
        ignored
    }
}

impl Rule {
    fn compile(line: &str, folder: &Path, syntax: IgnoreSyntax) -> Result<Option<Self>, String> {
        let (pattern, ignores, subject) = match syntax {
            IgnoreSyntax::Regexp => (line.to_owned(), true, Subject::Anywhere),
            IgnoreSyntax::Glob => {
                let Some(translated) = glob::translate(line)? else { return Ok(None) };
                let subject = if line.starts_with('/') || line.trim_end_matches('/').contains('/') {
                    Subject::Below(folder.to_owned())
                } else {
                    Subject::Name
                };
                // Python's `match` is anchored at the start, with or without a `^` of the pattern's own.
                (format!("^(?:{})", translated.regex), translated.ignores, subject)
            }
        };
        let regex = Regex::new(&pattern).map_err(|error| error.to_string())?;
        Ok(Some(Self { line: line.to_owned(), regex, ignores, subject }))
    }

    fn same(&self, other: &Self) -> bool {
        self.line == other.line && self.subject == other.subject
    }

    fn matches(&self, path: &Path, is_folder: bool) -> bool {
        let subject = match &self.subject {
            Subject::Anywhere => Some(path),
            Subject::Name => path.file_name().map(Path::new),
            Subject::Below(folder) => path.strip_prefix(folder).ok(),
        };
        let Some(subject) = subject else { return false };
        let mut text = subject.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if is_folder && self.subject != Subject::Anywhere && self.line.ends_with('/') {
            text.push('/');
        }
        // An expression that runs away is taken not to match: a file too many is better than one that is missing.
        self.regex.is_match(&text).unwrap_or(false)
    }
}

/// Cuts a comment and the blanks before it, as `re.sub(r"\s*#.*", "", line)` does.
fn strip_comment(line: &str) -> &str {
    match line.find('#') {
        Some(at) => line[..at].trim_end(),
        None => line,
    }
}

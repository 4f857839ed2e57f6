//! `# dag-converter: allow[code, …] reason`: where such comments stand, what they say, and which places they cover.

use ruff_text_size::{TextRange, TextSize};

use super::is_allowable;
use crate::diagnostic::Code;
use crate::parse::{comments, statements};
use crate::source::{SourceFile, Span};

const MARK: &str = "dag-converter:";

/// A comment that speaks to this tool.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub(super) span: Span,
    /// What it allows; nothing where it has no reason.
    pub(super) codes: Vec<Code>,
    pub(super) reason: String,
    /// Findings that begin in here are allowed.
    pub(super) covers: TextRange,
    pub(super) problems: Vec<Problem>,
}

/// What is wrong with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    /// It is no `allow[…]`.
    Form,
    /// There is no reason in it.
    NoReason,
    /// There is no such code.
    UnknownCode(String),
    /// The code is an error's, which cannot be allowed.
    NotAllowable(Code),
}

impl Comment {
    pub(super) fn allows(&self, code: Code) -> bool {
        self.codes.contains(&code)
    }
}

/// The comments of a file: of Python, each for its statement or line; of anything else, each for its line.
pub(super) fn read(file: &SourceFile) -> Vec<Comment> {
    let text = file.text();
    if !text.contains(MARK) {
        return Vec::new();
    }
    let is_python = file.path().extension().is_none_or(|extension| extension == "py");
    let (found, statements) =
        if is_python { (comments(text), statements(text)) } else { (in_lines(text), Vec::new()) };
    let mut read = Vec::new();
    for range in found {
        let said = file.slice(range).trim_start_matches('#').trim();
        let Some(said) = said.strip_prefix(MARK) else { continue };
        let (codes, reason, problems) = parsed(said.trim());
        let span = Span::new(file.id(), range);
        read.push(Comment { span, codes, reason, covers: covers(text, range, &statements), problems });
    }
    read
}

/// The comments of YAML, as far as they speak to this tool: from a `#` at the beginning of a line or behind a blank.
fn in_lines(text: &str) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let marked = line.match_indices('#').map(|(at, _)| at).find(|at| {
            let is_comment = *at == 0 || line[..*at].ends_with([' ', '\t']);
            is_comment && line[at + 1..].trim_start().starts_with(MARK)
        });
        if let Some(at) = marked {
            found.push(range(start + at, start + line.trim_end().len()));
        }
        start += line.len();
    }
    found
}

fn parsed(said: &str) -> (Vec<Code>, String, Vec<Problem>) {
    let list = said.strip_prefix("allow").map(str::trim_start).and_then(|rest| rest.strip_prefix('['));
    let Some((list, reason)) = list.and_then(|rest| rest.split_once(']')) else {
        return (Vec::new(), String::new(), vec![Problem::Form]);
    };
    let (mut codes, mut problems) = (Vec::new(), Vec::new());
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match Code::by_name(name) {
            Some(code) if is_allowable(code) => codes.push(code),
            Some(code) => problems.push(Problem::NotAllowable(code)),
            None => problems.push(Problem::UnknownCode(name.to_owned())),
        }
    }
    if codes.is_empty() && problems.is_empty() {
        problems.push(Problem::Form);
    }
    let reason = reason.trim_start_matches([':', '-', ' ']).trim().to_owned();
    if reason.is_empty() {
        problems.push(Problem::NoReason);
        codes.clear();
    }
    (codes, reason, problems)
}

/// The places for which a comment speaks: the statement that it stands behind or before; inside a statement of several lines, its
/// line, or the next one where it has a line of its own.
fn covers(text: &str, comment: TextRange, statements: &[TextRange]) -> TextRange {
    let own = line_at(text, comment.start());
    let before = &text[own.start().to_usize()..comment.start().to_usize()];
    let stands_alone = before.trim().is_empty();
    let next = || line_at(text, own.end() + TextSize::new(1));
    // The innermost statement is the one that begins last.
    let around = statements
        .iter()
        .filter(|statement| touches(text, **statement, own))
        .max_by_key(|statement| statement.start());
    if stands_alone {
        if around.is_some_and(|statement| statement.start() < comment.start()) {
            return next();
        }
        let following = statements.iter().filter(|statement| statement.start() > comment.start());
        return following.min_by_key(|statement| statement.start()).copied().unwrap_or_else(next);
    }
    match around {
        Some(statement) => {
            let first = line_at(text, statement.start());
            let last = line_at(text, statement.end());
            if own == first || own == last { *statement } else { own }
        }
        None => own,
    }
}

/// Whether a statement has a part of a line.
fn touches(text: &str, statement: TextRange, line: TextRange) -> bool {
    let (first, last) = (line_at(text, statement.start()), line_at(text, statement.end()));
    first.start() <= line.start() && line.start() <= last.start()
}

/// The line that holds an offset, its end aside.
fn line_at(text: &str, offset: TextSize) -> TextRange {
    let at = text.floor_char_boundary(offset.to_usize().min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    range(start, end)
}

fn range(start: usize, end: usize) -> TextRange {
    let offset = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
    TextRange::new(offset(start), offset(end.max(start)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Sources;

    /// The text that each comment covers.
    fn covered(path: &str, text: &str) -> Vec<String> {
        let file = Sources::default().add(Path::new(path), text.to_owned());
        read(&file).iter().map(|comment| file.slice(comment.covers).to_owned()).collect()
    }

    #[test]
    fn a_comment_speaks_for_its_statement_or_line() {
        let allow = "# dag-converter: allow[cron-form] it is";
        let text = format!(
            "a = 1 {allow}\n{allow}\n\nwith DAG(\n    'd',\n    x=1, {allow}\n    {allow}\n    y=2,\n) as dag: {allow}\n    b = 2\n\
             s = '{allow}'\n    \n"
        );
        let end = text.find(") as dag: ").unwrap() + 10 + allow.len();
        let header = text[text.find("with").unwrap()..end].to_owned();
        assert_eq!(
            covered("a.py", &text),
            [
                "a = 1".to_owned(),
                header.clone(),
                format!("    x=1, {allow}"),
                "    y=2,".to_owned(),
                header.clone(),
            ]
        );
        let yaml = format!("a: 1 {allow}\n{allow}\nb: '#x'\n");
        assert_eq!(covered("a.yml", &yaml), [format!("a: 1 {allow}"), "b: '#x'".to_owned()]);
    }

    #[test]
    fn what_is_wrong_with_a_comment_is_known() {
        let problems = |said: &str| parsed(said).2;
        assert_eq!(problems("allow[cron-form, limit-x] why"), [Problem::UnknownCode("limit-x".into())]);
        assert_eq!(problems("allow[cron-form]"), [Problem::NoReason]);
        assert_eq!(problems("allow[] why"), [Problem::Form]);
        assert_eq!(problems("ignore this"), [Problem::Form]);
        assert_eq!(problems("allow[cron-form]: why"), []);
        assert!(matches!(problems("allow[unknown-value] why")[..], [Problem::NotAllowable(_)]));
        assert_eq!(parsed("allow[cron-form]: because").1, "because");
    }
}

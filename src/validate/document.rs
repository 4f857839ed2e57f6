//! The text and its scalars: variables that the loader expands, YAML that it cannot read, keys that stand twice, and plain
//! scalars that YAML 1.1 takes for something else than they look like.

use super::place::Report;
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::source::SourceFile;
use crate::yaml::{self, Node, ReadError, Tag, Value};

/// Warns of every `$NAME`, which the loader replaces by the environment's before anything else is read.
///
/// Source: `os.path.expandvars` in dag-factory 1.0.1, over the raw text, comments and quoted scalars included.
pub(super) fn variables(text: &str, report: &mut Report) {
    for at in yaml::variables(text) {
        let name: String = text[at + 1..]
            .trim_start_matches('{')
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let span = report.span(at..at + 1 + name.len());
        let message =
            format!("`${name}` is replaced by an environment variable of that name when the file is loaded");
        let warning = Diagnostic::warning(codes::EXPANDED_VARIABLE, Disposition::Note, span, message);
        report.add(warning.help("in double quotes `\\x24` is a dollar sign that stays one"));
    }
}

/// Says that the text is no YAML, or none that dag-factory loads.
pub(super) fn broken(file: &SourceFile, error: &ReadError, report: &mut Report) {
    let at = error.position.map_or(0, |position| offset(file.text(), position.line, position.column));
    let span = report.span(at..at);
    report.error(codes::INVALID_YAML, span, error.message.clone());
}

/// The byte at a line and a column in characters, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let within: usize =
        rest.chars().take_while(|c| *c != '\n').take(column.saturating_sub(1)).map(char::len_utf8).sum();
    (start + within).min(text.len())
}

/// Looks through all scalars and keys.
pub(super) fn scalars(root: &Node, text: &str, report: &mut Report) {
    for key in yaml::duplicate_keys(root) {
        let span = report.span(key.range.clone());
        let name = key.as_str().unwrap_or("?");
        let message =
            format!("the key `{name}` stands here for a second time, and what stood there before is lost");
        report.error(codes::DUPLICATE_KEY, span, message);
    }
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        match &node.value {
            Value::Scalar(value) => {
                if let Some(message) = surprise(node, value, text) {
                    let span = report.span(node.range.clone());
                    let warning =
                        Diagnostic::warning(codes::AMBIGUOUS_VALUE, Disposition::Note, span, message);
                    report.add(warning.help("quote it where text is meant, else write it in full"));
                }
            }
            Value::Sequence(items) => left.extend(items),
            Value::Mapping(pairs) => left.extend(pairs.iter().flat_map(|(key, value)| [key, value])),
        }
    }
}

/// What YAML 1.1 makes of a plain scalar that most people would read otherwise.
fn surprise(node: &Node, value: &str, text: &str) -> Option<String> {
    let written = text.get(node.range.clone()).unwrap_or_default();
    if written != value {
        // In quotes, or in a block: text, whatever it looks like.
        return None;
    }
    match &node.tag {
        Tag::Bool if !["true", "false"].contains(&value.to_ascii_lowercase().as_str()) => {
            let is_true = ["yes", "on"].contains(&value.to_ascii_lowercase().as_str());
            Some(format!("`{value}` is the truth value `{is_true}` to the loader"))
        }
        Tag::Int | Tag::Float if value.contains(':') => {
            Some(format!("`{value}` is a number in base 60 to the loader, {}", number(node)?))
        }
        Tag::Int if is_octal(value) => {
            Some(format!("`{value}` is an octal number to the loader, {}", number(node)?))
        }
        Tag::Str if is_exponent(value) => Some(format!(
            "`{value}` is text to the loader: a float needs a point and a signed exponent, as in `1.0e+3`"
        )),
        Tag::Str if ["None", "none", "nil"].contains(&value) => {
            Some(format!("`{value}` is text to the loader: `null` is Python's None"))
        }
        _ => None,
    }
}

fn number(node: &Node) -> Option<String> {
    match yaml::load(node).ok()? {
        crate::datum::Datum::Int(number) => Some(number.to_string()),
        crate::datum::Datum::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_octal(value: &str) -> bool {
    let digits = value.trim_start_matches(['+', '-']);
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_exponent(value: &str) -> bool {
    value.contains(['e', 'E'])
        && value.starts_with(|c: char| c.is_ascii_digit())
        && value.parse::<f64>().is_ok()
}

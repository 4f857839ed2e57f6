//! Texts with holes: where a part is not known but a template renders to it when a task runs, the whole is a template too.
//!
//! Kept to what is exact: an f-string around a value, text before or behind it, an item of a JSON value.

use std::ops::Range;

use ruff_python_ast::Operator;

use crate::datum::{Cause, Template};
use crate::source::Span;
use crate::value::Value;

/// A text that is being put together.
#[derive(Debug, Default)]
pub(super) struct Filled {
    text: String,
    /// Where the templates of unknown parts stand.
    holes: Vec<Range<usize>>,
    reads: Vec<(String, Span)>,
    /// Whether a part has no template.
    is_lost: bool,
}

impl Filled {
    /// Adds a known part.
    pub(super) fn push(&mut self, part: &str) {
        self.text.push_str(part);
    }

    /// Adds a part that is not known; `cause` is the reason where the part is the value itself.
    pub(super) fn push_unknown(&mut self, cause: Option<&Cause>) {
        let Some(template) = cause.and_then(|cause| cause.template.as_ref()) else {
            self.is_lost = true;
            return;
        };
        let start = self.text.len();
        self.text.push_str(&template.text);
        self.holes.push(start..self.text.len());
        self.reads.extend(template.reads.iter().cloned());
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text, which is the value where nothing was unknown.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The template that renders to the text; none where the text around a hole would change what the template means.
    pub(super) fn template(self) -> Option<Template> {
        if self.is_lost {
            return None;
        }
        let starts = std::iter::once(0).chain(self.holes.iter().map(|hole| hole.end));
        let ends = self.holes.iter().map(|hole| hole.start).chain([self.text.len()]);
        let mut gaps = starts.zip(ends).filter_map(|(start, end)| self.text.get(start..end));
        let is_exact = gaps.all(|gap| is_closed(gap) && !gap.ends_with('{') && !gap.starts_with(['}', '\n']));
        is_exact.then_some(Template { text: self.text, is_text: true, reads: self.reads })
    }
}

/// Whether each Jinja block that begins in a text ends in it.
fn is_closed(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let close = match rest.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                rest = &rest[at + 1..];
                continue;
            }
        };
        match rest[at + 2..].find(close) {
            Some(end) => rest = &rest[at + 2 + end + 2..],
            None => return false,
        }
    }
    !text.contains("{%") || !text.contains("raw")
}

/// `left + right` where one is text and the other a text that a template renders to, or both are such.
pub(super) fn sum(op: Operator, left: &Value, right: &Value) -> Option<Cause> {
    if op != Operator::Add {
        return None;
    }
    let cause = left.unknown().or(right.unknown())?.clone();
    let mut filled = Filled::default();
    for side in [left, right] {
        match side {
            Value::Str(text) => filled.push(text),
            Value::Unknown(cause) => {
                if !cause.template.as_ref()?.is_text {
                    return None;
                }
                filled.push_unknown(Some(cause));
            }
            _ => return None,
        }
    }
    let template = filled.template()?;
    Some(cause.derived().with_template(template))
}

/// `object[key]` where the object is a JSON value that a template gives, and the key one that a template can say.
pub(super) fn item(object: &Value, key: &Value) -> Option<Cause> {
    let cause = object.unknown()?;
    let template = cause.template.as_ref().filter(|template| !template.is_text)?;
    let inner = template.text.strip_prefix("{{ ")?.strip_suffix(" }}")?;
    let key = match key {
        Value::Str(key)
            if key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ')) =>
        {
            format!("'{key}'")
        }
        Value::Int(number) if number.sign() != num_bigint::Sign::Minus => number.to_string(),
        _ => return None,
    };
    let text = format!("{{{{ {inner}[{key}] }}}}");
    let template = Template { text, is_text: false, reads: template.reads.clone() };
    Some(cause.derived().with_template(template))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_closed_or_not() {
        for text in ["", "s3://x/{{ ds }}/", "{", "{{ a }}{% if b %}{% endif %}", "}}", "{ {"] {
            assert!(is_closed(text), "{text}");
        }
        for text in ["{{ a.", "{% if", "{{ a }}{#", "{% raw %}"] {
            assert!(!is_closed(text), "{text}");
        }
    }
}

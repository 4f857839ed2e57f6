//! Forms as block-style YAML text: two columns a level, sequences indented under their key, `{}` and `[]` where empty.

use std::borrow::Cow;

use super::form::Form;
use super::style;

/// The longest key that is written before its colon on one line, in bytes.
///
/// PyYAML takes a key only where its colon stands within 1024 characters, libyaml-safer within 1024 bytes.
const LONGEST_SIMPLE_KEY: usize = 1000;

/// The text of a document.
pub(super) fn layout(form: &Form<'_>) -> String {
    let mut layout = Layout { out: String::new() };
    layout.node(form, 0);
    layout.out
}

struct Layout {
    out: String,
}

impl Layout {
    /// Writes a node where the cursor is, at column `indent`, and ends its last line.
    fn node(&mut self, form: &Form<'_>, indent: usize) {
        match form {
            Form::List(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    self.line_start(index, indent);
                    self.out.push_str("- ");
                    self.node(item, indent + 2);
                }
            }
            Form::Map(entries) if !entries.is_empty() => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.line_start(index, indent);
                    self.key(key, indent);
                    self.value(value, indent);
                }
            }
            leaf => {
                self.out.push_str(&scalar(leaf, indent));
                self.out.push('\n');
            }
        }
    }

    /// Indents every line of a collection but its first, on which the cursor is in place.
    fn line_start(&mut self, index: usize, indent: usize) {
        if index > 0 {
            self.indent(indent);
        }
    }

    fn indent(&mut self, indent: usize) {
        style::blanks(&mut self.out, indent);
    }

    /// Writes a key with its colon.
    fn key(&mut self, key: &str, indent: usize) {
        let key = style::line(key);
        if key.len() > LONGEST_SIMPLE_KEY {
            self.out.push_str("? ");
            self.out.push_str(&key);
            self.out.push('\n');
            self.indent(indent);
        } else {
            self.out.push_str(&key);
        }
        self.out.push(':');
    }

    /// Writes what stands after a colon: a scalar on the same line, a collection on the next.
    fn value(&mut self, form: &Form<'_>, indent: usize) {
        match form {
            Form::List(items) if items.is_empty() => self.out.push_str(" []\n"),
            Form::Map(entries) if entries.is_empty() => self.out.push_str(" {}\n"),
            Form::List(_) | Form::Map(_) => {
                self.out.push('\n');
                self.indent(indent + 2);
                self.node(form, indent + 2);
            }
            Form::Plain(_) | Form::Text(_) | Form::Binary(_) => {
                self.out.push(' ');
                self.node(form, indent + 2);
            }
        }
    }
}

/// A scalar, or an empty collection, whose further lines stand at column `indent`.
fn scalar<'a>(form: &'a Form<'_>, indent: usize) -> Cow<'a, str> {
    match form {
        Form::Plain(text) => Cow::Borrowed(text),
        Form::Text(text) => style::value(text, indent),
        Form::Binary(digits) if digits.is_empty() => Cow::Borrowed("!!binary ''"),
        Form::Binary(digits) => Cow::Owned(format!("!!binary {digits}")),
        Form::List(_) => Cow::Borrowed("[]"),
        Form::Map(_) => Cow::Borrowed("{}"),
    }
}

//! Source text cut out of a file and set at another depth, comments and formatting kept; texts spelled as names.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, TraversalSignal};
use ruff_python_ast::{AnyNodeRef, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// A range of the file that is replaced when it is cut out.
pub(super) type Edit = (TextRange, String);

/// A text as Python can spell a name: what is no letter, digit or underscore of ASCII becomes an underscore, and `before` stands in front
/// where it would begin with a digit or be empty. It may still be a keyword.
pub(super) fn python_name(text: &str, before: &str) -> String {
    let spelled = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let name: String = text.chars().map(spelled).collect();
    if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
        return format!("{before}{name}");
    }
    name
}

/// A text in the manner of class names: `load_orders.all` becomes `LoadOrdersAll`.
pub(super) fn camel_case(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

/// Cuts `range` out of `file`: each line loses `strip` leading blanks and gains `indent`, but for those inside a text literal.
pub(super) fn cut(
    file: &str,
    range: TextRange,
    literals: &[TextRange],
    edits: &[Edit],
    strip: usize,
    indent: &str,
) -> String {
    let mut out = String::new();
    let mut at = range.start();
    // Blanks still to be taken off the line at hand; the first line begins at its code.
    let mut blanks = 0;
    let mut is_fresh = true;
    while at < range.end() {
        if let Some((edited, text)) = edits.iter().find(|(edited, _)| edited.start() == at) {
            if is_fresh {
                out.push_str(indent);
                is_fresh = false;
            }
            out.push_str(text);
            at = edited.end();
            continue;
        }
        let Some(letter) = file.get(at.to_usize()..).and_then(|rest| rest.chars().next()) else { break };
        let inside = literals.iter().any(|literal| literal.start() < at && at < literal.end());
        if letter == '\n' {
            out.push('\n');
            let next = at + TextSize::of('\n');
            let continues = literals.iter().any(|literal| literal.start() < next && next < literal.end());
            (blanks, is_fresh) = if continues { (0, false) } else { (strip, true) };
        } else if !inside && blanks > 0 && (letter == ' ' || letter == '\t') {
            blanks -= 1;
        } else {
            if is_fresh {
                blanks = 0;
                out.push_str(indent);
                is_fresh = false;
            }
            out.push(letter);
        }
        at += TextSize::of(letter);
    }
    out
}

/// The text literals inside a node that may go over several lines.
pub(super) fn literals(node: AnyNodeRef<'_>) -> Vec<TextRange> {
    #[derive(Default)]
    struct Literals(Vec<TextRange>);
    impl<'a> SourceOrderVisitor<'a> for Literals {
        fn enter_node(&mut self, node: AnyNodeRef<'a>) -> TraversalSignal {
            match node {
                AnyNodeRef::StringLiteral(_)
                | AnyNodeRef::BytesLiteral(_)
                | AnyNodeRef::FString(_)
                | AnyNodeRef::TString(_) => self.0.push(node.range()),
                _ => {}
            }
            TraversalSignal::Traverse
        }
    }
    let mut found = Literals::default();
    node.visit_source_order(&mut found);
    found.0
}

/// The column in bytes at which the line of an offset begins its code.
pub(super) fn column(file: &str, at: TextSize) -> usize {
    let start = line_start(file, at);
    file.get(start..at.to_usize()).map_or(0, |before| before.len() - before.trim_start().len())
}

/// The offset of the first byte of the line.
pub(super) fn line_start(file: &str, at: TextSize) -> usize {
    file.get(..at.to_usize()).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

/// Where a statement's own text begins: behind the decorators of a function.
pub(super) fn without_decorators(file: &str, def: &StmtFunctionDef) -> TextRange {
    let Some(last) = def.decorator_list.last() else { return def.range() };
    let mut at = last.range().end().to_usize();
    while let Some(rest) = file.get(at..) {
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with('#') {
            break;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
    let start = TextSize::try_from(at).unwrap_or_else(|_| def.range().start());
    TextRange::new(start.min(def.range().end()), def.range().end())
}

/// A statement with the comments right above it and behind its last line.
pub(super) fn with_comments(file: &str, stmt: &Stmt) -> TextRange {
    let column = column(file, stmt.range().start());
    let mut start = line_start(file, stmt.range().start());
    let has_line =
        file.get(start..stmt.range().start().to_usize()).is_some_and(|before| before.trim().is_empty());
    if has_line {
        while let Some(above) = start.checked_sub(1) {
            let from = file.get(..above).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
            let line = file.get(from..above).unwrap_or_default();
            let blanks = line.len() - line.trim_start().len();
            if !line.trim_start().starts_with('#') || blanks != column || line.starts_with("#!") {
                break;
            }
            start = from;
        }
        start += column;
    } else {
        start = stmt.range().start().to_usize();
    }
    let mut end = stmt.range().end().to_usize();
    let rest = file.get(end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        end += line.trim_end().len();
    }
    let size = |at: usize| TextSize::try_from(at).unwrap_or_default();
    TextRange::new(size(start), size(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_as_python_can() {
        for (text, name) in [("a-b.c", "a_b_c"), ("2024", "_2024"), ("", "_"), ("é", "_"), ("_x", "_x")] {
            assert_eq!(python_name(text, "_"), name);
        }
        assert_eq!(camel_case("load_orders.all-2x"), "LoadOrdersAll2x");
    }

    #[test]
    fn literals_keep_their_lines() {
        let file = "with x:\n    # About it.\n    def f(a=b):\n        '''Doc\n    string'''\n        return [\n            1,\n        ]  # one\n";
        let module = crate::parse::parse(file).unwrap();
        let Stmt::With(with) = &module.body[0] else { panic!() };
        let stmt = &with.body[0];
        let Stmt::FunctionDef(def) = stmt else { panic!() };
        let default = def.parameters.args[0].default.as_ref().unwrap().range();
        let found = literals(AnyNodeRef::from(stmt));
        let edits = [(default, "3".to_owned())];
        let text =
            cut(file, with_comments(file, stmt), &found, &edits, column(file, stmt.range().start()), "");
        assert_eq!(
            text,
            "# About it.\ndef f(a=3):\n    '''Doc\n    string'''\n    return [\n        1,\n    ]  # one"
        );
    }
}

//! String literals by place: where in the source a part of a text stands that the code has as a literal.
//!
//! What a text is at run time only the evaluator knows; this finds it again among the literals, escapes and quotes respected.

use std::ops::Range;

use ruff_python_ast::visitor::source_order::{self, SourceOrderVisitor};
use ruff_python_ast::{
    AnyStringFlags, Expr, ExprFString, FStringPart, InterpolatedStringElement, ModModule, StringFlags as _,
    StringLiteral,
};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// The string literals of a module, those of f-strings as far as they are literal.
#[derive(Debug, Default)]
pub struct Literals {
    texts: Vec<Text>,
}

/// Text that the source has in one piece, in as many literals as are written side by side.
#[derive(Debug)]
struct Text {
    /// The expression it is part of.
    range: TextRange,
    value: String,
    parts: Vec<Part>,
}

/// The inner range of one literal, its quotes left out.
#[derive(Debug)]
struct Part {
    source: TextRange,
    /// How long what it says is, in bytes.
    length: usize,
    /// Whether a backslash is only a backslash.
    raw: bool,
    /// Whether a brace is written twice, as in an f-string.
    braces: bool,
}

impl Literals {
    /// Collects the literals of a module.
    pub fn of(module: &ModModule) -> Self {
        let mut literals = Self::default();
        literals.visit_body(&module.body);
        literals
    }

    /// Where `part` of `text` stands in `source`: in a literal within the range that says just this text; else in one there
    /// that says the words around it, from `around`; else in the only one of the file that says the text.
    pub fn find(
        &self,
        source: &str,
        within: TextRange,
        text: &str,
        part: Range<usize>,
        around: Range<usize>,
    ) -> Option<TextRange> {
        let inside = || self.texts.iter().filter(|literal| within.contains_range(literal.range));
        if let Some(same) = inside().find(|literal| literal.value == text) {
            return same.place(source, part);
        }
        let words = text.get(around.clone()).filter(|words| !words.is_empty())?;
        let shifted = |at: usize| {
            Some(at + part.start.checked_sub(around.start)?..at + part.end.checked_sub(around.start)?)
        };
        let found = inside().find_map(|literal| Some((literal, literal.value.find(words)?)));
        if let Some((literal, at)) = found {
            return literal.place(source, shifted(at)?);
        }
        let mut everywhere = self.texts.iter().filter(|literal| literal.value == text);
        match (everywhere.next(), everywhere.next()) {
            (Some(only), None) => only.place(source, part),
            _ => None,
        }
    }

    fn literal(&mut self, parts: &[&StringLiteral], range: TextRange) {
        let mut text = Text { range, value: String::new(), parts: Vec::new() };
        for part in parts {
            text.push(&part.value, inner(part.range, part.flags.into()), part.flags.prefix().is_raw(), false);
        }
        self.texts.push(text);
    }

    fn fstring(&mut self, node: &ExprFString) {
        let fresh = || Text { range: node.range(), value: String::new(), parts: Vec::new() };
        let mut text = fresh();
        for part in &node.value {
            match part {
                FStringPart::Literal(literal) => {
                    let raw = literal.flags.prefix().is_raw();
                    text.push(&literal.value, inner(literal.range, literal.flags.into()), raw, false);
                }
                FStringPart::FString(fstring) => {
                    let raw = fstring.flags.prefix().is_raw();
                    for element in &fstring.elements {
                        match element {
                            InterpolatedStringElement::Literal(literal) => {
                                text.push(&literal.value, literal.range, raw, true);
                            }
                            InterpolatedStringElement::Interpolation(_) => {
                                self.texts.push(std::mem::replace(&mut text, fresh()));
                            }
                        }
                    }
                }
            }
        }
        self.texts.push(text);
    }
}

/// The range between the quotes.
fn inner(range: TextRange, flags: AnyStringFlags) -> TextRange {
    let start = (range.start() + flags.opener_len()).min(range.end());
    TextRange::new(start, range.end().checked_sub(flags.closer_len()).unwrap_or(start).max(start))
}

impl<'a> SourceOrderVisitor<'a> for Literals {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::StringLiteral(node) => {
                let parts: Vec<&StringLiteral> = node.value.iter().collect();
                self.literal(&parts, node.range());
            }
            Expr::FString(node) => {
                self.fstring(node);
                source_order::walk_expr(self, expr);
            }
            _ => source_order::walk_expr(self, expr),
        }
    }
}

impl Text {
    fn push(&mut self, value: &str, source: TextRange, raw: bool, braces: bool) {
        self.value.push_str(value);
        self.parts.push(Part { source, length: value.len(), raw, braces });
    }

    fn place(&self, source: &str, part: Range<usize>) -> Option<TextRange> {
        let start = self.offset(source, part.start)?;
        // The end of what is there is looked for from its last character, for the next may be in another literal.
        let last = self.value.get(part.clone())?.chars().next_back()?.len_utf8();
        let end = self.offset(source, part.end - last)?;
        let end = end + TextSize::try_from(last).ok()?;
        (end > start).then(|| TextRange::new(start, end))
    }

    /// Where the character stands in the source that is at this offset of the value.
    fn offset(&self, source: &str, mut offset: usize) -> Option<TextSize> {
        for part in &self.parts {
            if offset < part.length {
                return part.offset(source, offset);
            }
            offset -= part.length;
        }
        None
    }
}

impl Part {
    fn offset(&self, source: &str, offset: usize) -> Option<TextSize> {
        let written = source.get(self.source.start().to_usize()..self.source.end().to_usize())?;
        let (mut at, mut said) = (0, 0);
        while said < offset {
            let (taken, gives) = self.step(&written[at..])?;
            at += taken;
            said += gives;
        }
        // What gives nothing, a line that goes on, is passed over.
        while let Some((taken, 0)) = self.step(&written[at..]) {
            at += taken;
        }
        (said == offset).then(|| self.source.start() + TextSize::try_from(at).unwrap_or_default())
    }

    /// How many bytes the next character takes in the source, and how many it gives.
    fn step(&self, rest: &str) -> Option<(usize, usize)> {
        let mut letters = rest.chars();
        let first = letters.next()?;
        let second = letters.next();
        let brace = self.braces && (first == '{' || first == '}') && second == Some(first);
        match (first, second) {
            _ if brace => Some((2, 1)),
            ('\\', Some(second)) if !self.raw => Some(escape(rest, second)),
            _ => Some((first.len_utf8(), first.len_utf8())),
        }
    }
}

/// What an escape takes and gives, from its backslash on.
///
/// Source: the language reference of Python 3.12, "Escape sequences".
fn escape(rest: &str, letter: char) -> (usize, usize) {
    let coded = |digits: &str, radix: u32| {
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map_or(1, char::len_utf8)
    };
    let fixed = |count: usize| {
        let digits = rest.get(2..2 + count).unwrap_or_default();
        (2 + digits.len(), coded(digits, 16))
    };
    match letter {
        '\n' => (2, 0),
        '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' => (2, 1),
        'x' => fixed(2),
        'u' => fixed(4),
        'U' => fixed(8),
        '0'..='7' => {
            let count = rest[1..].bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            (1 + count, coded(&rest[1..=count], 8))
        }
        // The length of a character by name is not known here; what follows one is not found.
        'N' => (rest.find('}').map_or(2, |end| end + 1), 1),
        _ => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    /// The source from the place of `part` to the end of the line, and the line.
    fn found(source: &str, text: &str, part: &str) -> Option<(usize, String)> {
        let module = parse(source).unwrap();
        let start = text.find(part).unwrap();
        let range = start..start + part.len();
        let within = TextRange::up_to(TextSize::of(source));
        let around = text[..start].rfind("{{").unwrap_or(start)..range.end;
        let place = Literals::of(&module).find(source, within, text, range, around)?;
        let line = source[..place.start().to_usize()].matches('\n').count() + 1;
        Some((line, source[place.start().to_usize()..place.end().to_usize()].to_owned()))
    }

    #[test]
    fn places_are_found_through_escapes_quotes_and_neighbours() {
        let name = |line: usize| Some((line, "ds".to_owned()));
        assert_eq!(found("f('a {{ ds }}')\n", "a {{ ds }}", "ds"), name(1));
        assert_eq!(found("f('\\t\\x41\\u00e9\\101 {{ ds }}')\n", "\tA\u{e9}A {{ ds }}", "ds"), name(1));
        assert_eq!(found("f(r'\\t {{ ds }}')\n", "\\t {{ ds }}", "ds"), name(1));
        assert_eq!(found("f('''a\n\\\n{{ ds }}''')\n", "a\n{{ ds }}", "ds"), name(3));
        assert_eq!(found("f('a'\n  \"b {{ ds }}\")\n", "ab {{ ds }}", "ds"), name(2));
        assert_eq!(found("f('\\d {{ ds }}')\n", "\\d {{ ds }}", "ds"), name(1));
        assert_eq!(found("f(f'{x}\\n{{{{ ds }}}}')\n", "1\n{{ ds }}", "ds"), name(1));
        assert_eq!(found("f('x' + 'a {{ ds }}')\n", "xa {{ ds }}", "ds"), name(1));
        assert_eq!(found("f(x)\n", "{{ ds }}", "ds"), None);
    }
}

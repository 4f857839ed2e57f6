//! Where libyaml reads a text that PyYAML refuses or reads otherwise: the difference is mended, or refused.

use std::ops::Range;

use libyaml_safer::ScalarStyle;

use super::read::ReadError;
use crate::source::Position;

/// The characters that end a line in YAML 1.1.
pub(super) const BREAKS: [char; 4] = ['\n', '\u{85}', '\u{2028}', '\u{2029}'];

/// Fails at a character that PyYAML's reader takes for no text (`Reader.NON_PRINTABLE`).
pub(super) fn refuse_unprintable(text: &str) -> Result<(), ReadError> {
    // Nearly every definition is of these alone.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Ok(());
    }
    let printable = |c: char| {
        matches!(c, '\t' | '\n' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || c >= '\u{10000}'
    };
    let Some((at, c)) = text.char_indices().find(|&(_, c)| !printable(c)) else {
        return Ok(());
    };
    let message = format!("the character U+{:04X} may stand in YAML only as an escape", u32::from(c));
    Err(ReadError::new(message, Some(position(text, at))))
}

/// Fails at a question mark in a plain scalar in brackets, which ends the scalar for PyYAML.
pub(super) fn refuse_question_mark(scalar: &str, at: Position) -> Result<(), ReadError> {
    if scalar.contains('?') {
        return Err(ReadError::new("a `?` in brackets wants quotes around its text", Some(at)));
    }
    Ok(())
}

/// Takes the newline that the reader added out of a block scalar that ends the text, where it became part of the value.
pub(super) fn end_of_block(
    text: &str,
    mut value: String,
    range: &Range<usize>,
    at: Position,
) -> Result<String, ReadError> {
    if range.end < text.len() {
        return Ok(value);
    }
    let last_line = text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
    if last_line.trim_matches(' ').is_empty() {
        // Whether these blanks are a line of the scalar depends on its indentation, which the parser does not tell.
        return Err(ReadError::new("the text ends in a line of blanks inside a block scalar", Some(at)));
    }
    if value.ends_with('\n') {
        value.pop();
    }
    Ok(value)
}

/// The bytes of a scalar that are its content: without anchor and tag, and without the first line of a block.
pub(super) fn content(text: &str, range: &Range<usize>, style: ScalarStyle) -> Range<usize> {
    let scalar = text.get(range.clone()).unwrap_or_default();
    let mut rest = scalar;
    while rest.starts_with(['&', '!']) {
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
        while rest.starts_with('#') {
            rest = rest.trim_start_matches(|c| c != '\n').trim_start();
        }
    }
    let header = match style {
        ScalarStyle::Literal | ScalarStyle::Folded => rest.find('\n').unwrap_or(rest.len()),
        _ => 0,
    };
    range.end - rest.len() + header..range.end
}

/// Fails at a tab outside of comments and of the `contents` of quotes and blocks: PyYAML takes none there.
pub(super) fn refuse_tabs(text: &str, contents: &[Range<usize>]) -> Result<(), ReadError> {
    if !text.contains('\t') {
        return Ok(());
    }
    let mut contents = contents.iter().peekable();
    let (mut comment, mut before) = (false, '\n');
    for (at, c) in text.char_indices() {
        while contents.peek().is_some_and(|content| content.end <= at) {
            contents.next();
        }
        let content = contents.peek().is_some_and(|content| content.start <= at);
        let begins = c == '#' && (matches!(before, ' ' | '\t') || BREAKS.contains(&before));
        comment = !content && !BREAKS.contains(&c) && (comment || begins);
        if c == '\t' && !content && !comment {
            return Err(ReadError::new("a tab stands where YAML wants spaces", Some(position(text, at))));
        }
        before = c;
    }
    Ok(())
}

/// The place of a byte.
pub(super) fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

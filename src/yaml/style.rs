//! How a text is written: plain, in quotes, or as a block, so that PyYAML and every other reader have the same text back.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::dollar::{begins_variable, first_variable};
use super::resolve::is_text_everywhere;

/// A text as the value of a key or an item, whose further lines stand `indent` columns in.
///
/// Several visible lines become a block literal; where that would lose something, a double-quoted scalar broken after
/// each of its line ends.
pub(super) fn value(text: &str, indent: usize) -> Cow<'_, str> {
    if !text.contains('\n') {
        return line(text);
    }
    if is_block(text) {
        Cow::Owned(block(text, indent))
    } else {
        Cow::Owned(double_quoted(text, Some(indent)))
    }
}

/// A text on one line, as the key of a mapping needs it.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let visible = text.chars().all(is_visible) && first_variable(text).is_none();
    if !visible || (text.contains('\'') && !text.contains(['"', '\\'])) {
        return Cow::Owned(double_quoted(text, None));
    }
    Cow::Owned(format!("'{}'", text.replace('\'', "''")))
}

/// Whether the text stands for itself without quotes, in a block mapping or sequence, as a key or a value.
fn is_plain(text: &str) -> bool {
    const INDICATORS: [char; 18] =
        ['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@'];
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    // A dash, a question mark or a colon begins a plain scalar where no blank follows.
    let starts = !(INDICATORS.contains(&first) || matches!(first, ' ' | '`'))
        || (matches!(first, '-' | '?' | ':') && chars.next().is_some_and(|second| second != ' '));
    starts
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.ends_with([' ', ':'])
        && goes_on_plain(text)
        && is_text_everywhere(text)
}

/// Whether nothing within the text ends a plain scalar, and nothing in it needs an escape.
fn goes_on_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let goes_on = |(at, byte): (usize, &u8)| match byte {
        b':' => bytes.get(at + 1) != Some(&b' '),
        b'#' => at == 0 || bytes.get(at - 1) != Some(&b' '),
        b'$' => !begins_variable(text, at),
        0x20..=0x7e | 0x80.. => true,
        0..=0x1f | 0x7f => false,
    };
    bytes.iter().enumerate().all(goes_on) && (text.is_ascii() || text.chars().all(is_visible))
}

/// Whether a text can be a block literal: nothing in it needs an escape, its first line gives the indentation, and no
/// line ends in blanks, which editors and linters would strip.
fn is_block(text: &str) -> bool {
    !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with("\n\n")
        && !text.split('\n').any(|line| line.ends_with([' ', '\t']))
        && text.chars().all(|c| is_visible(c) || matches!(c, '\n' | '\t'))
        && first_variable(text).is_none()
}

/// Adds so many blanks.
pub(super) fn blanks(out: &mut String, mut count: usize) {
    const BLANKS: &str = "                                ";
    while count > 0 {
        let some = count.min(BLANKS.len());
        out.push_str(&BLANKS[..some]);
        count -= some;
    }
}

fn block(text: &str, indent: usize) -> String {
    let (header, body) = text.strip_suffix('\n').map_or(("|-", text), |body| ("|", body));
    let mut out = header.to_owned();
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            blanks(&mut out, indent);
            out.push_str(line);
        }
    }
    out
}

/// The text with escapes. With an indentation it is broken after each line end, by an escaped line break, which a reader
/// drops together with the blanks that follow; so a line that begins with a blank has the first one escaped.
fn double_quoted(text: &str, indent: Option<usize>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    out.push('"');
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '$' if begins_variable(text, at) => out.push_str("\\x24"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => {
                out.push_str("\\n");
                if let Some(indent) = indent
                    && let Some(&(_, next)) = chars.peek()
                {
                    out.push_str("\\\n");
                    blanks(&mut out, indent);
                    if next == ' ' {
                        out.push('\\');
                    }
                }
            }
            c if is_visible(c) => out.push(c),
            c => escape(&mut out, c),
        }
    }
    out.push('"');
    out
}

fn escape(out: &mut String, c: char) {
    let code = u32::from(c);
    let written = match code {
        0..=0xff => write!(out, "\\x{code:02X}"),
        0x100..=0xffff => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    };
    debug_assert!(written.is_ok(), "writing to a string does not fail");
}

/// Whether a reader of the file sees the character, and sees which it is.
fn is_visible(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0x20..=0x7e)
        || (code > 0x7f && code & 0xfffe != 0xfffe && !INVISIBLE.iter().any(|range| range.contains(&code)))
}

/// Control characters, blanks but the space, what is drawn as nothing or turns the direction of text, and the private planes;
/// beside these, the last two of each plane are no characters.
const INVISIBLE: [RangeInclusive<u32>; 29] = [
    0x80..=0xa0,
    0xad..=0xad,
    // Combining grapheme joiner, Arabic and Syriac format characters.
    0x34f..=0x34f,
    0x600..=0x605,
    0x61c..=0x61c,
    0x6dd..=0x6dd,
    0x70f..=0x70f,
    0x8e2..=0x8e2,
    // Blank Hangul letters, the Ogham space, Khmer and Mongolian characters without a glyph.
    0x115f..=0x1160,
    0x1680..=0x1680,
    0x17b4..=0x17b5,
    0x180b..=0x180f,
    // Spaces, joiners, marks of direction, line and paragraph separators, invisible operators.
    0x2000..=0x200f,
    0x2028..=0x202f,
    0x205f..=0x206f,
    // The empty Braille pattern, the ideographic space, the Hangul filler.
    0x2800..=0x2800,
    0x3000..=0x3000,
    0x3164..=0x3164,
    // Private use, non-characters, the byte order mark, the halfwidth filler, annotations.
    0xe000..=0xf8ff,
    0xfdd0..=0xfdef,
    0xfeff..=0xfeff,
    0xffa0..=0xffa0,
    0xfff0..=0xfffb,
    // Format characters of Kaithi, hieroglyphs, shorthand and music.
    0x110bd..=0x110bd,
    0x110cd..=0x110cd,
    0x13430..=0x1345f,
    0x1bca0..=0x1bca3,
    0x1d173..=0x1d17a,
    // Tags, variation selectors, the private planes.
    0xe0000..=0x10_ffff,
];

#[cfg(test)]
mod tests {
    use super::{line, value};

    #[test]
    fn text_is_plain_where_it_can_be() {
        for text in [
            "a",
            "daily_sales",
            "s3://b/k",
            "a {{ ds }} b",
            "a,b",
            "a[0]",
            "it's",
            "a:b",
            "a#b",
            "-c",
            "--conf",
            "?x",
            ":x",
            "10.0.0.1",
            "None",
            "cost 5$",
            "$(date)",
            "echo $@ $?",
            "caf\u{e9} \u{4e2d} \u{1f600}",
            "a | b",
            "a & b",
            "C:\\x",
            "0 6 * * *",
            "5m",
            "a  b",
            "say \"x\"",
            "@",
            "a@b",
        ] {
            let quoted = ["@"].contains(&text);
            assert_eq!(line(text) == text, !quoted, "{text} -> {}", line(text));
        }
    }

    #[test]
    fn text_is_quoted_where_it_must_be() {
        let rows = [
            ("", "''"),
            ("yes", "'yes'"),
            ("12:30", "'12:30'"),
            ("2024-01-01", "'2024-01-01'"),
            ("1e3", "'1e3'"),
            ("=", "'='"),
            ("<<", "'<<'"),
            ("~", "'~'"),
            ("@daily", "'@daily'"),
            ("`x`", "'`x`'"),
            ("%x", "'%x'"),
            ("*/5 * * * *", "'*/5 * * * *'"),
            ("{{ ds }}", "'{{ ds }}'"),
            ("[x", "'[x'"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("a:", "'a:'"),
            (" a", "' a'"),
            ("a ", "'a '"),
            ("- a", "'- a'"),
            ("-", "'-'"),
            ("---", "'---'"),
            ("... x", "'... x'"),
            ("'x'", "\"'x'\""),
            ("'x' \"y\"", "'''x'' \"y\"'"),
            ("it's: a", "\"it's: a\""),
            ("a\tb", "\"a\\tb\""),
            ("a\rb", "\"a\\rb\""),
            ("echo $HOME", "\"echo \\x24HOME\""),
            ("${x} \"y\" $$z", "\"\\x24{x} \\\"y\\\" $\\x24z\""),
            ("a\u{a0}b", "\"a\\xA0b\""),
            ("a\u{200b}b", "\"a\\u200Bb\""),
            ("\u{85}\u{2028}\u{feff}\0", "\"\\x85\\u2028\\uFEFF\\x00\""),
            ("\u{e0001}\u{1fffe}", "\"\\U000E0001\\U0001FFFE\""),
        ];
        for (text, expected) in rows {
            assert_eq!(line(text), expected);
        }
    }

    #[test]
    fn several_lines_are_a_block_where_nothing_is_lost() {
        assert_eq!(value("a\n  b\n\nc\n", 2), "|\n  a\n    b\n\n  c");
        assert_eq!(value("a\n\tb", 4), "|-\n    a\n    \tb");
        assert_eq!(value("- a: #\n", 2), "|\n  - a: #");
        let rows = [
            ("a\n\n", "\"a\\n\\\n  \\n\""),
            ("\na", "\"\\n\\\n  a\""),
            (" a\nb", "\" a\\n\\\n  b\""),
            ("a \nb", "\"a \\n\\\n  b\""),
            ("a\n   b\n\tc", "|-\n  a\n     b\n  \tc"),
            ("a\n  $b\n\t\"c\"", "\"a\\n\\\n  \\  \\x24b\\n\\\n  \\t\\\"c\\\"\""),
            ("a\r\nb", "\"a\\r\\n\\\n  b\""),
            ("\n", "\"\\n\""),
        ];
        for (text, expected) in rows {
            assert_eq!(value(text, 2), expected);
        }
    }
}

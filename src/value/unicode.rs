//! What Python's `str` methods ask of characters, where Rust's own answers differ.

use std::borrow::Cow;

use unicode_properties::{
    GeneralCategory as Category, GeneralCategoryGroup as Group, UnicodeGeneralCategory,
};

/// `str.isalpha` for one character.
pub fn is_alpha(char: char) -> bool {
    char.is_ascii_alphabetic() || !char.is_ascii() && char.general_category_group() == Group::Letter
}

/// `str.isdecimal` for one character.
pub fn is_decimal(char: char) -> bool {
    char.is_ascii_digit() || !char.is_ascii() && char.general_category() == Category::DecimalNumber
}

/// `str.isdigit` for one character: decimals, and those with the property Digit (Unicode 15).
pub fn is_digit(char: char) -> bool {
    is_decimal(char)
        || matches!(u32::from(char),
            0xb2..=0xb3 | 0xb9 | 0x1369..=0x1371 | 0x19da | 0x2070 | 0x2074..=0x2079 | 0x2080..=0x2089
            | 0x2460..=0x2468 | 0x2474..=0x247c | 0x2488..=0x2490 | 0x24ea | 0x24f5..=0x24fd | 0x24ff
            | 0x2776..=0x277e | 0x2780..=0x2788 | 0x278a..=0x2792 | 0x10a40..=0x10a43 | 0x10e60..=0x10e68
            | 0x11052..=0x1105a | 0x1f100..=0x1f10a)
}

/// `str.isnumeric` for one character.
pub fn is_numeric(char: char) -> bool {
    is_digit(char) || !char.is_ascii() && (char.is_numeric() || is_numeric_ideograph(char))
}

/// Ideographs that stand for numbers (Unicode 14, the property Numeric_Type of letters).
fn is_numeric_ideograph(char: char) -> bool {
    matches!(u32::from(char), 0x3405 | 0x3483 | 0x382a | 0x3b4d | 0x4e00 | 0x4e03 | 0x4e07 | 0x4e09 | 0x4e5d | 0x4e8c | 0x4e94 | 0x4e96 | 0x4ebf..=0x4ec0 | 0x4edf | 0x4ee8 | 0x4f0d | 0x4f70 | 0x5104 | 0x5146 | 0x5169 | 0x516b | 0x516d | 0x5341 | 0x5343..=0x5345 | 0x534c | 0x53c1..=0x53c4 | 0x56db | 0x58f1 | 0x58f9 | 0x5e7a | 0x5efe..=0x5eff | 0x5f0c..=0x5f0e | 0x5f10 | 0x62fe | 0x634c | 0x67d2 | 0x6f06 | 0x7396 | 0x767e | 0x8086 | 0x842c | 0x8cae | 0x8cb3 | 0x8d30 | 0x9621 | 0x9646 | 0x964c | 0x9678 | 0x96f6 | 0xf96b | 0xf973 | 0xf978 | 0xf9b2 | 0xf9d1 | 0xf9d3 | 0xf9fd | 0x20001 | 0x20064 | 0x200e2 | 0x20121 | 0x2092a | 0x20983 | 0x2098c | 0x2099c | 0x20aea | 0x20afd | 0x20b19 | 0x22390 | 0x22998 | 0x23b1b | 0x2626d | 0x2f890)
}

/// `str.isprintable` for one character.
pub fn is_printable(char: char) -> bool {
    if char.is_ascii() {
        return !char.is_ascii_control();
    }
    !matches!(char.general_category_group(), Group::Other | Group::Separator)
}

/// `str.isspace` for one character.
pub fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

/// Whether a line ends here, as `str.splitlines` sees it.
pub fn is_line_break(char: char) -> bool {
    matches!(
        char,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}' | '\u{1d}' | '\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether `char` is a letter in title case, as `ǅ` is.
pub fn is_title(char: char) -> bool {
    !char.is_ascii() && char.general_category() == Category::TitlecaseLetter
}

/// Without white space at both ends, as Python has white space.
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Without white space around a number: in an ASCII text, the controls U+001C to U+001F are none there.
pub fn strip_number(text: &str) -> &str {
    if text.is_ascii() { text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']) } else { strip(text) }
}

/// The text with all decimal digits as ASCII digits.
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|char| decimal_value(char).and_then(|v| char::from_digit(v, 10)).unwrap_or(char))
        .collect()
}

/// The value of a decimal digit. Decimals come in runs of ten, in order.
fn decimal_value(char: char) -> Option<u32> {
    if !is_decimal(char) {
        return None;
    }
    let code = u32::from(char);
    // The mathematical digits are five runs without a gap.
    if (0x1d7ce..=0x1d7ff).contains(&code) {
        return Some((code - 0x1d7ce) % 10);
    }
    let before = (1..10).take_while(|back| char::from_u32(code - back).is_some_and(is_decimal)).count();
    u32::try_from(before).ok()
}

/// `str.casefold`.
pub fn casefold(text: &str) -> String {
    text.chars().flat_map(fold).collect()
}

fn fold(char: char) -> Vec<char> {
    if char.is_ascii() {
        return vec![char.to_ascii_lowercase()];
    }
    match u32::from(char) {
        // Dotless i folds to itself, and Cherokee folds to its capitals.
        0x131 | 0x13a0..=0x13f5 => vec![char],
        0x13f8..=0x13fd | 0xab70..=0xabbf => char.to_uppercase().collect(),
        _ => char.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect(),
    }
}

/// `str.title` for the first character of a word.
pub fn title(char: char) -> String {
    if char.is_ascii() {
        return char.to_ascii_uppercase().to_string();
    }
    match u32::from(char) {
        0x1c4..=0x1c6 => '\u{1c5}'.to_string(),
        0x1c7..=0x1c9 => '\u{1c8}'.to_string(),
        0x1ca..=0x1cc => '\u{1cb}'.to_string(),
        0x1f1..=0x1f3 => '\u{1f2}'.to_string(),
        0x149 => "\u{2bc}N".to_owned(),
        code @ 0x1f80..=0x1faf => char::from_u32(code | 8).unwrap_or(char).to_string(),
        0x1fb3 | 0x1fbc => '\u{1fbc}'.to_string(),
        0x1fc3 | 0x1fcc => '\u{1fcc}'.to_string(),
        0x1ff3 | 0x1ffc => '\u{1ffc}'.to_string(),
        // The iota below stays below.
        0x1fb2..=0x1ff7 => char.to_uppercase().map(|c| if c == '\u{399}' { '\u{345}' } else { c }).collect(),
        // Georgian has no title case.
        0x10d0..=0x10fa | 0x10fd..=0x10ff => char.to_string(),
        _ => {
            let upper: Vec<char> = char.to_uppercase().collect();
            let [first, rest @ ..] = upper.as_slice() else { return char.to_string() };
            let rest: String = rest.iter().flat_map(|char| char.to_lowercase()).collect();
            format!("{first}{rest}")
        }
    }
}

/// `str.lower`, with the final sigma.
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Whether the text is an identifier, keywords included.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|char| char == '_' || is_identifier_start(char)) && chars.all(is_identifier_part)
}

fn is_identifier_start(char: char) -> bool {
    is_alpha(char)
        || !char.is_ascii()
            && (char.general_category() == Category::LetterNumber
                || matches!(u32::from(char), 0x1885..=0x1886 | 0x2118 | 0x212e | 0x309b..=0x309c))
}

fn is_identifier_part(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric() || char == '_';
    }
    is_identifier_start(char)
        || matches!(
            char.general_category(),
            Category::NonspacingMark
                | Category::SpacingMark
                | Category::DecimalNumber
                | Category::ConnectorPunctuation
        )
        || matches!(u32::from(char), 0xb7 | 0x387 | 0x1369..=0x1371 | 0x19da)
}

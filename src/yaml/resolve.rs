//! What a plain scalar is: PyYAML's YAML 1.1 resolver, and the question whether any reader takes a text for other than text.

use super::node::Tag;
use super::number;

/// The tag that PyYAML 6.0 gives a plain scalar.
///
/// Source: `yaml/resolver.py`.
pub(super) fn resolve(text: &str) -> Tag {
    // PyYAML looks at the first character before it tries a pattern; a text that begins otherwise can match none.
    match text.as_bytes().first() {
        None => Tag::Null,
        Some(b'~') if text == "~" => Tag::Null,
        Some(b'<') if text == "<<" => Tag::Merge,
        Some(b'=') if text == "=" => Tag::Default,
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => number(text),
        Some(_) if BOOL.contains(&text) => Tag::Bool,
        Some(_) if ["null", "Null", "NULL"].contains(&text) => Tag::Null,
        Some(_) => Tag::Str,
    }
}

/// Whether every reader takes the plain scalar `text` for text: PyYAML, YAML 1.1 as its specification has it, and YAML 1.2.
pub(super) fn is_text_everywhere(text: &str) -> bool {
    let word = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match text.as_bytes().first() {
        None | Some(b'~' | b'<' | b'=') => resolve(text) == Tag::Str,
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => !number::is_number_or_date_anywhere(text),
        Some(_) => !word(&["y", "yes", "n", "no", "true", "false", "on", "off", "null"]),
    }
}

const BOOL: [&str; 18] = [
    "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE", "on", "On",
    "ON", "off", "Off", "OFF",
];

fn number(text: &str) -> Tag {
    if number::is_float(text) {
        Tag::Float
    } else if number::is_int(text) {
        Tag::Int
    } else if number::is_timestamp(text) {
        Tag::Timestamp
    } else {
        Tag::Str
    }
}

#[cfg(test)]
mod tests {
    use super::{is_text_everywhere, resolve};
    use crate::yaml::Tag;

    #[test]
    fn plain_scalars_are_what_pyyaml_takes_them_for() {
        let rows: [(Tag, &[&str]); 8] = [
            (Tag::Null, &["", "~", "null", "Null", "NULL"]),
            (Tag::Bool, &["yes", "No", "ON", "off", "true", "FALSE"]),
            (
                Tag::Int,
                &[
                    "0", "-1", "+1", "1_000", "0777", "012", "0x1F", "0b101", "1_", "0_", "1:30", "12:30:45",
                    "-1:30", "0b_", "0x_",
                ],
            ),
            (
                Tag::Float,
                &[
                    "1.5e-7", "1.0e+3", "1.e+3", ".5", "5.", "1_0.5", "1:30.5", ".inf", "-.inf", "+.INF",
                    ".nan", "-0.0",
                ],
            ),
            (
                Tag::Timestamp,
                &[
                    "2024-01-01",
                    "2024-13-45",
                    "2024-1-1 1:00:00",
                    "2024-01-01T10:00:00.5Z",
                    "2024-01-01 10:00:00 +1",
                ],
            ),
            (Tag::Merge, &["<<"]),
            (Tag::Default, &["="]),
            (
                Tag::Str,
                &[
                    "y",
                    "N",
                    "tRUE",
                    "None",
                    "nULL",
                    "0o17",
                    "08",
                    "09",
                    "0X1F",
                    "_1",
                    "0:30",
                    "00:30",
                    "1:60",
                    "1e3",
                    "1E3",
                    "1e+16",
                    "1.5e10",
                    "1.0e3",
                    "-.5",
                    "+.5",
                    "nan",
                    "inf",
                    "2024-1-1",
                    "2024-01-01 10:00",
                    "-.nan",
                    "<",
                    "==",
                    "<<<",
                    "a",
                    "-",
                    ".",
                    "+",
                ],
            ),
        ];
        for (tag, texts) in rows {
            for text in texts {
                assert_eq!(resolve(text), tag, "{text}");
                assert!(tag == Tag::Str || !is_text_everywhere(text), "{text}");
            }
        }
    }

    #[test]
    fn what_some_reader_takes_for_a_number_or_a_date_is_no_text_everywhere() {
        for text in [
            "y", "N", "tRUE", "0o17", "08", "0X1F", "00:30", "1:60", "1e3", "1.5E10", "-.5", "+.5",
            "2024-1-1",
        ] {
            assert!(!is_text_everywhere(text), "{text}");
        }
        for text in [
            "None",
            "10.0.0.1",
            "1.2.3",
            "5m",
            "-c",
            "...",
            "2024-01-01-data",
            "3.12-slim",
            "1-2",
            "0 6 * * *",
        ] {
            assert!(is_text_everywhere(text), "{text}");
        }
    }
}

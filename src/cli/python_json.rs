//! JSON text as Python's `json.dumps(value, indent=2)` writes it, which is how Airflow keeps a Variable that is no string.
//!
//! Source: `Variable.set` of Airflow 2.10.5 and 3.0.6; CPython's `json.encoder`.

use std::fmt::Write as _;

use serde_json::{Number, Value};

/// The text of a value.
pub(super) fn dumps(value: &Value) -> String {
    let mut out = String::new();
    push(&mut out, value, 0);
    out
}

fn push(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::String(text) => push_string(out, text),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                start_item(out, index, depth + 1);
                push(out, item, depth + 1);
            }
            end_items(out, depth, ']');
        }
        Value::Object(items) if items.is_empty() => out.push_str("{}"),
        Value::Object(items) => {
            out.push('{');
            for (index, (key, item)) in items.iter().enumerate() {
                start_item(out, index, depth + 1);
                push_string(out, key);
                out.push_str(": ");
                push(out, item, depth + 1);
            }
            end_items(out, depth, '}');
        }
    }
}

fn start_item(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    out.push_str(&"  ".repeat(depth));
}

fn end_items(out: &mut String, depth: usize, close: char) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// A whole number as written; a float as Python's `repr` has it.
fn number_text(number: &Number) -> String {
    let text = number.to_string();
    if !text.contains(['.', 'e', 'E']) {
        return if text == "-0" { "0".to_owned() } else { text };
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_infinite() => if float > 0.0 { "Infinity" } else { "-Infinity" }.to_owned(),
        Ok(float) => float_text(float),
        Err(_) => text,
    }
}

/// The shortest digits that read back as the same float, with an exponent below 1e-4 and from 1e16 on.
fn float_text(float: f64) -> String {
    let scientific = format!("{float:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    match exponent.parse::<i32>() {
        Ok(power) if float != 0.0 && !(-4..16).contains(&power) => {
            format!("{digits}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
        }
        _ => format!("{float:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right side is what CPython 3.12 printed for `json.dumps(json.loads(left), indent=2)`.
    #[test]
    fn text_is_that_of_python() {
        for (json, python) in [
            ("1", "1"),
            ("-0", "0"),
            ("-0.0", "-0.0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("1.0", "1.0"),
            ("1e5", "100000.0"),
            ("1E16", "1e+16"),
            ("1234567890123456.0", "1234567890123456.0"),
            ("12345678901234567.0", "1.2345678901234568e+16"),
            ("0.0001", "0.0001"),
            ("0.00001", "1e-05"),
            ("1.5e300", "1.5e+300"),
            ("1e400", "Infinity"),
            ("0.1", "0.1"),
            ("null", "null"),
            ("[]", "[]"),
            ("{}", "{}"),
            (
                r#"{"b":[1,{"a":true}],"a":{}}"#,
                "{\n  \"b\": [\n    1,\n    {\n      \"a\": true\n    }\n  ],\n  \"a\": {}\n}",
            ),
            (
                r#"["é\u0001\u007f/\"\\\n\t😀"]"#,
                "[\n  \"\\u00e9\\u0001\\u007f/\\\"\\\\\\n\\t\\ud83d\\ude00\"\n]",
            ),
        ] {
            assert_eq!(dumps(&serde_json::from_str(json).unwrap()), python, "{json}");
        }
    }
}

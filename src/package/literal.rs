//! Plain data as Python source.

use crate::datum::Datum;

/// The expression that makes just this value; `None` for what is no plain data.
pub(crate) fn literal(value: &Datum) -> Option<String> {
    let all =
        |items: &[Datum]| items.iter().map(literal).collect::<Option<Vec<_>>>().map(|all| all.join(", "));
    Some(match value {
        Datum::Null => "None".to_owned(),
        Datum::Bool(true) => "True".to_owned(),
        Datum::Bool(false) => "False".to_owned(),
        Datum::Int(number) => number.to_string(),
        Datum::Float(number) if number.is_finite() => format!("{number:?}"),
        Datum::Float(number) if number.is_nan() => "float('nan')".to_owned(),
        Datum::Float(number) => format!("float('{}inf')", if *number < 0.0 { "-" } else { "" }),
        Datum::Str(text) => quoted(text),
        Datum::Bytes(bytes) => {
            let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
            format!("b'{escaped}'")
        }
        Datum::List(items) => format!("[{}]", all(items)?),
        Datum::Tuple(items) if items.len() == 1 => format!("({},)", all(items)?),
        Datum::Tuple(items) => format!("({})", all(items)?),
        Datum::Set(items) if items.is_empty() => "set()".to_owned(),
        Datum::Set(items) => format!("{{{}}}", all(items)?),
        Datum::FrozenSet(items) => format!("frozenset([{}])", all(items)?),
        Datum::Map(pairs) => {
            let pairs =
                pairs.iter().map(|(key, value)| Some(format!("{}: {}", literal(key)?, literal(value)?)));
            format!("{{{}}}", pairs.collect::<Option<Vec<_>>>()?.join(", "))
        }
        // Whether a date is Python's own or pendulum's is not told apart.
        Datum::DateTime(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Object(_)
        | Datum::Reference(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => return None,
    })
}

/// A text literal of one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() || (!letter.is_ascii() && !letter.is_alphanumeric()) => {
                out.push_str(&format!("\\U{:08x}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_written_as_python_reads_it() {
        let value = Datum::Map(vec![
            (Datum::str("a\"\\\n\u{1}é\u{2028}"), Datum::Tuple(vec![Datum::Float(1e30)])),
            (Datum::int(1), Datum::List(vec![Datum::Null, Datum::Bool(true), Datum::Set(Vec::new())])),
        ]);
        let text = literal(&value).unwrap();
        assert_eq!(text, r#"{"a\"\\\n\U00000001é\U00002028": (1e30,), 1: [None, True, set()]}"#);
        assert!(literal(&Datum::List(vec![Datum::Date(jiff::civil::date(2026, 1, 1))])).is_none());
    }
}

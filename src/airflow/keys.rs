//! Airflow's rules for ids, as `validate_key` and `validate_group_key` have them in 2.10.5 and 3.0.6.

use crate::value::{Eval, Stop, Value};

/// Checks a dag_id or task_id: text of at most 250 letters, digits, `_`, `-` and `.`.
pub fn validate_key(key: &Value) -> Eval<()> {
    validate(key, 250, "dots, and underscores", |c| matches!(c, '-' | '.'))
}

/// Checks a group_id: text of at most 200 letters, digits, `_` and `-`.
pub fn validate_group_key(key: &Value) -> Eval<()> {
    validate(key, 200, "and underscores", |c| c == '-')
}

/// The plain text of an id: members of enums of strings are strings, Airflow's and the user's alike.
pub fn plain(key: Value) -> Value {
    if let Some(text) = super::enums::text_of(&key) {
        return Value::Str(text);
    }
    match &key {
        Value::Instance(instance) => match &*instance.inner.borrow() {
            Some(Value::Str(text))
                if instance.class.library_base().is_some_and(|base| base.name == "str") =>
            {
                Value::Str(std::rc::Rc::clone(text))
            }
            _ => key.clone(),
        },
        _ => key,
    }
}

fn validate(key: &Value, limit: usize, allowed: &str, extra: fn(char) -> bool) -> Eval<()> {
    let text = match key {
        Value::Unknown(cause) => return Err(Stop::Unknown(cause.clone())),
        Value::Str(text) => text,
        other => {
            return Err(Stop::type_error(format!(
                "the key has to be a string and is a `{}`",
                other.type_name()
            )));
        }
    };
    let length = text.chars().count();
    if length > limit {
        return Err(Stop::value_error(format!(
            "the key has to be less than {limit} characters, not {length}"
        )));
    }
    // Airflow's pattern ends in `$`, which matches before a last line end.
    let body = text.strip_suffix('\n').unwrap_or(text);
    if body.is_empty() || !body.chars().all(|c| c.is_alphanumeric() || c == '_' || extra(c)) {
        return Err(Stop::value_error(format!(
            "the key '{text}' has to be made of alphanumeric characters, dashes, {allowed} exclusively"
        )));
    }
    Ok(())
}

/// The id with the trailing `__<number>` taken off, as Airflow's `re.split(r"__\d+$", id)[0]` does.
pub fn without_suffix(id: &str) -> &str {
    match id.rsplit_once("__") {
        Some((base, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => base,
        _ => id,
    }
}

/// The number `n` of an id that reads `<base>__<n>`.
pub fn suffix_of(id: &str, base: &str) -> Option<u64> {
    let number = id.strip_prefix(base)?.strip_prefix("__")?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| number.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked_as_airflow_checks_them() {
        for good in ["a", "a.b-c_9", "é", "1"] {
            assert!(validate_key(&Value::str(good)).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a/b", "a+", "a\n\n"] {
            assert!(validate_key(&Value::str(bad)).is_err(), "{bad:?}");
        }
        assert!(validate_key(&Value::str("x".repeat(250))).is_ok());
        assert!(validate_key(&Value::str("x".repeat(251))).is_err());
        assert!(validate_key(&Value::int(1)).is_err());
        assert!(validate_group_key(&Value::str("a.b")).is_err());
    }

    #[test]
    fn suffixes_are_split_as_airflow_splits_them() {
        assert_eq!(without_suffix("a__12"), "a");
        assert_eq!(without_suffix("a__b"), "a__b");
        assert_eq!(suffix_of("a__3", "a"), Some(3));
        assert_eq!(suffix_of("a__x", "a"), None);
    }
}

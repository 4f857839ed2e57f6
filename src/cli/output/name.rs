//! dag_ids as file names.

/// The longest file name that common file systems take, in bytes.
const MAX_BYTES: usize = 255;

/// Why a dag_id cannot be a file name.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unsafe {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It would be hidden, or `..`.
    #[error("it starts with a dot")]
    LeadingDot,
    /// A character that Airflow does not allow in a dag_id, `/` and control characters among them.
    #[error("it holds the character {0:?}")]
    Character(char),
    /// A name that means a device on Windows.
    #[error("Windows keeps `{0}` for a device")]
    Device(String),
    /// It has too many bytes.
    #[error("a file name has at most {MAX_BYTES} bytes, and it makes {0}")]
    TooLong(usize),
}

/// The name of the file that holds the definition of a DAG.
///
/// Letters and digits of any script, `_`, `-` and `.` are allowed, which is what Airflow allows in a dag_id
/// (`validate_key` of 2.10.5 and 3.0.6).
pub(super) fn file_name(dag_id: &str) -> Result<String, Unsafe> {
    if dag_id.is_empty() {
        return Err(Unsafe::Empty);
    }
    if let Some(c) = dag_id.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')) {
        return Err(Unsafe::Character(c));
    }
    if dag_id.starts_with('.') {
        return Err(Unsafe::LeadingDot);
    }
    // Windows looks at what stands before the first dot.
    let stem = dag_id.split('.').next().unwrap_or_default();
    if is_device(&stem.to_ascii_uppercase()) {
        return Err(Unsafe::Device(stem.to_owned()));
    }
    let name = format!("{dag_id}.yml");
    if name.len() > MAX_BYTES {
        return Err(Unsafe::TooLong(name.len()));
    }
    Ok(name)
}

fn is_device(stem: &str) -> bool {
    let numbered = |port: &str| {
        stem.strip_prefix(port).is_some_and(|number| {
            let mut chars = number.chars();
            matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    matches!(stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_leave_the_folder_or_break_it_are_refused() {
        for (dag_id, reason) in [
            ("", Unsafe::Empty),
            (".", Unsafe::LeadingDot),
            ("..", Unsafe::LeadingDot),
            (".dag-converter.json", Unsafe::LeadingDot),
            ("../x", Unsafe::Character('/')),
            ("/etc/x", Unsafe::Character('/')),
            ("a\\b", Unsafe::Character('\\')),
            ("a:b", Unsafe::Character(':')),
            ("a\0", Unsafe::Character('\0')),
            ("a\n", Unsafe::Character('\n')),
            ("a\u{1b}[31m", Unsafe::Character('\u{1b}')),
            ("a\u{202e}b", Unsafe::Character('\u{202e}')),
            ("con", Unsafe::Device("con".to_owned())),
            ("NUL.daily", Unsafe::Device("NUL".to_owned())),
            ("com1", Unsafe::Device("com1".to_owned())),
            (&"é".repeat(126), Unsafe::TooLong(256)),
        ] {
            assert_eq!(file_name(dag_id), Err(reason), "{dag_id:?}");
        }
    }

    #[test]
    fn ids_that_airflow_allows_are_taken() {
        for dag_id in [
            "etl",
            "a.b-c_d",
            "Übersicht_2",
            "日次",
            "console",
            "com",
            "com10",
            "a..b",
            "-x",
            &"x".repeat(250),
        ] {
            assert_eq!(file_name(dag_id), Ok(format!("{dag_id}.yml")));
        }
    }
}

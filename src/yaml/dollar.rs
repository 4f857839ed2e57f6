//! What `os.path.expandvars`, which dag-factory runs over the raw text of a file, takes for a variable.

/// Whether `expandvars` may take the `$` at byte `at` of `text` for the beginning of a variable.
///
/// The pattern of CPython's `posixpath` is `\$(\w+|\{[^}]*\})` with ASCII words; the brace that closes may stand anywhere
/// later in the file, so that each `${` counts.
pub(super) fn begins_variable(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes.get(at) == Some(&b'$')
        && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'_' | b'{'))
}

/// The bytes of every `$` in `text` that `expandvars` may replace.
pub fn variables(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('$').map(|(at, _)| at).filter(|&at| begins_variable(text, at))
}

/// The byte of the first `$` in `text` that `expandvars` may replace.
pub(super) fn first_variable(text: &str) -> Option<usize> {
    variables(text).next()
}

#[cfg(test)]
mod tests {
    use super::first_variable;

    #[test]
    fn only_what_expandvars_takes_counts() {
        for text in ["$HOME", "a $x", "$_", "$1", "${a b}", "${", "$$HOME", "\\$HOME", "$(x) $y"] {
            assert!(first_variable(text).is_some(), "{text}");
        }
        for text in
            ["", "$", "$$", "$(x)", "$@", "$?", "$#", "$ x", "cost: 5$", "$\u{e9}", "$-", "$'x'", "$\"x\""]
        {
            assert_eq!(first_variable(text), None, "{text}");
        }
    }
}

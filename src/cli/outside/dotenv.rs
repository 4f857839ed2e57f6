//! `--env-file`: files of `NAME=value` lines, as python-dotenv and Docker read them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::error::Error;

/// Reads the file: `NAME=value` lines, with or without `export`, comments, and quoted values, which may hold several lines.
/// `${NAME}` and `${NAME:-default}` stand for what an earlier line set, outside of single quotes.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let text = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let wrong =
        |line: usize, what: &str| Error::content(path, format!("cannot be read at line {line}: {what}"));
    let mut found = BTreeMap::new();
    let mut rest = text.as_str();
    let mut line = 1;
    while !rest.is_empty() {
        let (head, tail) = rest.split_once('\n').unwrap_or((rest, ""));
        let entry = head.trim_start();
        if entry.trim().is_empty() || entry.starts_with('#') {
            (rest, line) = (tail, line + 1);
            continue;
        }
        let entry = entry.strip_prefix("export ").unwrap_or(entry).trim_start();
        let Some((name, value)) = entry.split_once('=') else {
            return Err(wrong(line, "there is no `=`"));
        };
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(wrong(line, "there is no name before the `=`"));
        }
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            let plain = value.find(" #").map_or(value, |at| &value[..at]);
            let plain = if plain.starts_with('#') { "" } else { plain.trim_end() };
            let value = expand(plain, &found).ok_or_else(|| wrong(line, UNSET))?;
            found.insert(name.to_owned(), value);
            (rest, line) = (tail, line + 1);
            continue;
        };
        // A quoted value may go on in the next lines.
        let from = head.len() - value.len() + 1;
        let quoted = &rest[from..];
        let Some(end) = closing(quoted, quote) else {
            return Err(wrong(line, "the quotes are not closed"));
        };
        let (inner, after) = (&quoted[..end], &quoted[end + 1..]);
        let (trailing, next) = after.split_once('\n').unwrap_or((after, ""));
        let trailing = trailing.trim();
        if !trailing.is_empty() && !trailing.starts_with('#') {
            return Err(wrong(line, "something follows the closing quotes"));
        }
        let value = if quote == '\'' {
            inner.replace("\\'", "'").replace("\\\\", "\\")
        } else {
            expand(&unescape(inner), &found).ok_or_else(|| wrong(line, UNSET))?
        };
        found.insert(name.to_owned(), value);
        line += inner.matches('\n').count() + 1;
        rest = next;
    }
    Ok(found)
}

const UNSET: &str = "`${…}` stands for a name that no earlier line sets";

/// Where a quoted text ends.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return Some(at);
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(other @ ('\\' | '"' | '\'')) => out.push(other),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}

/// Puts earlier values in the place of `${NAME}`; nothing where there is none.
fn expand(text: &str, known: &BTreeMap<String, String>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, next) = after.split_once('}')?;
        let (name, default) =
            name.split_once(":-").map_or((name, None), |(name, default)| (name, Some(default)));
        out.push_str(before);
        out.push_str(known.get(name).map(String::as_str).or(default)?);
        rest = next;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<BTreeMap<String, String>, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn lines_are_read_as_python_dotenv_reads_them() {
        let text = "# comment\n\nPLAIN=a b # note\nexport EXPORTED = yes\nEMPTY=\nHASH=a#b\nSINGLE='$x \"${PLAIN}\" # in'\n\
            DOUBLE=\"two\\nlines\" # note\nLONG=\"one\ntwo\"\nAFTER=${PLAIN}/${EXPORTED}\nFALLBACK=${NONE:-n}\nEQ=a=b\nJSON='{\"a\": 1}'\n";
        let got = parse(text).unwrap();
        let want = [
            ("AFTER", "a b/yes"),
            ("DOUBLE", "two\nlines"),
            ("EMPTY", ""),
            ("EQ", "a=b"),
            ("EXPORTED", "yes"),
            ("FALLBACK", "n"),
            ("HASH", "a#b"),
            ("JSON", "{\"a\": 1}"),
            ("LONG", "one\ntwo"),
            ("PLAIN", "a b"),
            ("SINGLE", "$x \"${PLAIN}\" # in"),
        ];
        let got: Vec<(&str, &str)> =
            got.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn what_is_wrong_is_named_without_its_value() {
        for (text, line) in
            [("A=1\nhunter2\n", "line 2"), ("A='x\ny'\nB=\"hunter2\n", "line 3"), ("A=${hunter2}", "line 1")]
        {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.contains(line) && !message.contains("hunter2"), "{message}");
        }
    }
}

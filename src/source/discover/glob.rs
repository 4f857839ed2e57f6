//! The glob syntax of `.airflowignore`: one pattern to one regular expression, step by step as pathspec makes it.
//!
//! Airflow matches each pattern by itself through pathspec's regular expression, and so differs from git: `*/` matches
//! nothing, for one. A matcher of git's rules would pass over folders that Airflow reads.
//!
//! Source: `GitIgnoreSpecPattern.pattern_to_regex` of pathspec 1.1.1, as `_GlobIgnoreRule` of Airflow 3.0.6 calls it.

/// A pattern as a regular expression, to be matched at the start of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    /// The regular expression.
    pub(super) regex: String,
    /// Whether what matches is ignored; `false` after a leading `!`.
    pub(super) ignores: bool,
}

/// Translates a pattern; `None` for one that matches nothing, an error in words for one that Airflow chokes on.
pub(super) fn translate(pattern: &str) -> Result<Option<Translated>, String> {
    let trimmed = if pattern.ends_with("\\ ") { pattern } else { pattern.trim_end() };
    if trimmed.is_empty() || trimmed == "/" {
        return Ok(None);
    }
    let (ignores, body) = match trimmed.strip_prefix('!') {
        Some(rest) => (false, rest),
        None => (true, trimmed),
    };
    let folder_only = body.is_empty() || body.ends_with('/');
    let segments = normalise(body)?;
    let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
    let regex = match parts.as_slice() {
        // At the start of a path this matches nothing, and so the pattern `*/` ignores nothing.
        ["**", "*", "**"] => Some("/".to_owned()),
        ["**"] if folder_only => Some("/".to_owned()),
        ["**"] | ["**", "*"] => Some(".".to_owned()),
        _ => join(&parts)?,
    };
    Ok(regex.map(|regex| Translated { regex, ignores }))
}

fn normalise(body: &str) -> Result<Vec<String>, String> {
    let mut segments: Vec<String> = body.split('/').map(str::to_owned).collect();
    if segments[0].is_empty() {
        segments.remove(0);
    } else if (segments.len() == 1 || (segments.len() == 2 && segments[1].is_empty())) && segments[0] != "**"
    {
        segments.insert(0, "**".to_owned());
    }
    match segments.last_mut() {
        None => return Err("it holds no pattern".to_owned()),
        Some(last) if last.is_empty() => "**".clone_into(last),
        Some(_) => {}
    }
    segments.dedup_by(|segment, previous| segment == "**" && previous == "**");
    Ok(segments)
}

/// Joins the segments; `None` where a bracket is not closed, which git and pathspec both pass over.
fn join(segments: &[&str]) -> Result<Option<String>, String> {
    let mut regex = String::new();
    let mut need_slash = false;
    let end = segments.len() - 1;
    for (i, &segment) in segments.iter().enumerate() {
        if segment == "**" {
            if i == 0 {
                regex.push_str("^(?:.+/)?");
            } else if i < end {
                regex.push_str("(?:/.+)?");
                need_slash = true;
            } else {
                regex.push('/');
            }
            continue;
        }
        if i == 0 {
            regex.push('^');
        }
        if need_slash {
            regex.push('/');
        }
        if segment == "*" {
            regex.push_str("[^/]+");
        } else {
            match translate_segment(segment)? {
                Some(part) => regex.push_str(&part),
                None => return Ok(None),
            }
        }
        if i == end {
            regex.push_str("(?:/|$)");
        }
        need_slash = true;
    }
    Ok(Some(regex))
}

fn translate_segment(segment: &str) -> Result<Option<String>, String> {
    let chars: Vec<char> = segment.chars().collect();
    let mut regex = String::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        i += 1;
        match c {
            '\\' => {
                let Some(&escaped) = chars.get(i) else {
                    return Err("a backslash stands at its end".to_owned());
                };
                i += 1;
                push_literal(&mut regex, escaped);
            }
            '*' => regex.push_str("[^/]*"),
            '?' => regex.push_str("[^/]"),
            '[' => {
                let Some(after) = push_class(&mut regex, &chars, i) else {
                    return Ok(None);
                };
                i = after;
            }
            _ => push_literal(&mut regex, c),
        }
    }
    Ok(Some(regex))
}

/// Copies the bracket expression whose first inner character is at `start`; gives the place behind its `]`.
fn push_class(regex: &mut String, chars: &[char], start: usize) -> Option<usize> {
    let negated = matches!(chars.get(start), Some('!' | '^'));
    let first = start + usize::from(negated);
    let search = first + usize::from(chars.get(first) == Some(&']'));
    let close = search + chars.get(search..)?.iter().position(|&c| c == ']')?;
    regex.push_str(if negated { "[^" } else { "[" });
    let mut rest = &chars[first..close];
    // A range sign between two characters means a range; all else is literal. Rust's classes know more signs.
    while let [low, tail @ ..] = rest {
        push_class_literal(regex, *low);
        rest = match tail {
            ['-', high, tail @ ..] => {
                regex.push('-');
                push_class_literal(regex, *high);
                tail
            }
            _ => tail,
        };
    }
    regex.push(']');
    Some(close + 1)
}

fn push_class_literal(regex: &mut String, c: char) {
    if c.is_ascii_punctuation() {
        regex.push('\\');
    }
    regex.push(c);
}

fn push_literal(regex: &mut String, c: char) {
    let mut buffer = [0; 4];
    regex.push_str(&fancy_regex::escape(c.encode_utf8(&mut buffer)));
}

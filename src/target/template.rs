//! Jinja templates, as far as the rules need to see into them: the names that an expression reads.

/// The names that the expressions of a text read from its context, in order, none twice; with the attribute that follows.
///
/// Text without `{{` or `{%` has none. What the template itself binds (`set`, `for`, arguments of a macro) is left out.
pub(crate) fn names(text: &str) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut bound: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[open..].starts_with("{{") { "}}" } else { "%}" };
        let body = &rest[open + 2..];
        let Some(end) = end_of(body, close) else { break };
        let is_statement = close == "%}";
        read(&body[..end], is_statement, &mut names, &mut bound);
        rest = &body[end + 2..];
    }
    names
}

/// A name that a template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The variable.
    pub(crate) name: String,
    /// The attribute asked of it, where one follows: `ds_add` in `macros.ds_add(…)`.
    pub(crate) attribute: Option<String>,
}

/// Where the closing mark is, quotes skipped.
fn end_of(body: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in body.char_indices() {
        if quote == Some(letter) {
            quote = None;
        } else if quote.is_none() {
            if letter == '\'' || letter == '"' {
                quote = Some(letter);
            } else if body[at..].starts_with(close) {
                return Some(at);
            }
        }
    }
    None
}

#[derive(Debug, Clone, PartialEq)]
enum Token<'t> {
    Name(&'t str),
    Sign(char),
    Other,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let end = if letter == '\'' || letter == '"' {
            tokens.push(Token::Other);
            text[at + 1..].find(letter).map_or(text.len(), |end| at + 1 + end + 1)
        } else if letter.is_alphabetic() || letter == '_' {
            let end = text[at..].find(|c: char| !c.is_alphanumeric() && c != '_');
            let end = end.map_or(text.len(), |end| at + end);
            tokens.push(Token::Name(&text[at..end]));
            end
        } else if letter.is_ascii_digit() {
            let end = text[at..].find(|c: char| !c.is_alphanumeric() && c != '.');
            tokens.push(Token::Other);
            end.map_or(text.len(), |end| at + end)
        } else {
            if !letter.is_whitespace() {
                tokens.push(Token::Sign(letter));
            }
            at + letter.len_utf8()
        };
        at = end;
    }
    tokens
}

/// Words of Jinja's grammar, and what it gives every template.
const WORDS: &[&str] = &[
    "and",
    "as",
    "block",
    "break",
    "call",
    "context",
    "continue",
    "cycler",
    "dict",
    "do",
    "elif",
    "else",
    "endblock",
    "endcall",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endraw",
    "endset",
    "endwith",
    "extends",
    "false",
    "False",
    "filter",
    "for",
    "from",
    "if",
    "ignore",
    "import",
    "in",
    "include",
    "is",
    "joiner",
    "lipsum",
    "loop",
    "macro",
    "missing",
    "namespace",
    "none",
    "None",
    "not",
    "or",
    "range",
    "raw",
    "recursive",
    "self",
    "set",
    "super",
    "true",
    "True",
    "with",
    "without",
];

fn read(body: &str, is_statement: bool, names: &mut Vec<Name>, bound: &mut Vec<String>) {
    let tokens = tokens(body.trim_matches(['-', '+']));
    let statement = match tokens.first() {
        Some(Token::Name(word)) if is_statement => *word,
        _ => "",
    };
    // `for a, b in x`, `set a, b = x`, `with a = x` and `macro m(a, b)` bind names.
    let binding_end = match statement {
        "for" => tokens.iter().position(|token| *token == Token::Name("in")),
        "set" => tokens.iter().position(|token| *token == Token::Sign('=')).or(Some(tokens.len())),
        "macro" => Some(tokens.len()),
        _ => None,
    };
    for (at, token) in tokens.iter().enumerate() {
        let Token::Name(name) = *token else { continue };
        if WORDS.contains(&name) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(at + 1);
        if binding_end.is_some_and(|end| at < end) {
            bound.push(name.to_owned());
            continue;
        }
        let is_keyword = after == Some(&Token::Sign('='))
            && tokens.get(at + 2) != Some(&Token::Sign('='))
            && matches!(before, Some(Token::Sign('(' | ',')));
        if statement == "with" && after == Some(&Token::Sign('=')) {
            bound.push(name.to_owned());
            continue;
        }
        let is_test = before == Some(&Token::Name("is"))
            || (before == Some(&Token::Name("not"))
                && at.checked_sub(2).map(|at| &tokens[at]) == Some(&Token::Name("is")));
        if is_keyword
            || is_test
            || matches!(before, Some(Token::Sign('.' | '|')))
            || bound.iter().any(|b| b == name)
        {
            continue;
        }
        let attribute = match (after, tokens.get(at + 2)) {
            (Some(Token::Sign('.')), Some(Token::Name(attribute))) => Some((*attribute).to_owned()),
            _ => None,
        };
        let name = Name { name: name.to_owned(), attribute };
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        names(text)
            .into_iter()
            .map(|name| match name.attribute {
                Some(attribute) => format!("{}.{attribute}", name.name),
                None => name.name,
            })
            .collect()
    }

    #[test]
    fn names_are_those_of_the_context() {
        assert_eq!(read("s3://b/{{ ds }}/{{ macros.ds_add(ds, -1) }}"), ["ds", "macros.ds_add"]);
        assert_eq!(read("{{ ti.xcom_pull(task_ids='a', key=\"ds }}\") | tojson }}"), ["ti.xcom_pull"]);
        assert_eq!(read("{% for x in params.xs %}{{ x }}{{ loop.index }}{% endfor %}"), ["params.xs"]);
        assert_eq!(read("{% set a = ds %}{{ a ~ dag_run.conf['k'] }}"), ["ds", "dag_run.conf"]);
        assert_eq!(read("{{ a if b is defined else f(k=c, d == e) }}"), ["a", "b", "f", "c", "d", "e"]);
        assert!(read("no template { ds }").is_empty());
    }
}

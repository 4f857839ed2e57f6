//! One line for each finding, as compilers print them and editors read them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::place::{Columns, Region};
use super::{Diagnostic, Severity, visible};
use crate::source::Sources;

/// The findings as `path:line:column: severity[code]: message (what it concerns)`, a line each.
pub fn concise(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let path = diagnostic.place.path(sources);
        let place = match Region::of_place(&diagnostic.place, sources, Columns::Characters) {
            Some(region) => format!("{}:{}:{}", path.display(), region.line, region.column),
            None => path.display().to_string(),
        };
        let (word, style) = match diagnostic.severity {
            Severity::Error => ("error", AnsiColor::Red.on_default().bold()),
            Severity::Warning => ("warning", AnsiColor::Yellow.on_default().bold()),
            Severity::Note => ("note", AnsiColor::Green.on_default().bold()),
        };
        let style = if colour { style } else { Style::new() };
        let concerns = diagnostic.concerns().map(|names| format!(" ({names})")).unwrap_or_default();
        let (place, code) = (one_line(&place), diagnostic.code);
        let rest = one_line(&format!("{}{concerns}", diagnostic.message));
        let _ = writeln!(out, "{place}: {style}{word}[{code}]{style:#}: {rest}");
    }
    out
}

fn one_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::codes;
    use super::*;
    use crate::source::Span;

    #[test]
    fn a_finding_is_a_line() {
        let sources = Sources::default();
        let file = sources.add(Path::new("dags/a.py"), "x = 1\n".to_owned());
        let records = [
            Diagnostic::error(codes::LIMIT, Span::start_of(file.id()), "two\nlines\u{1b}").dag("d").task("t"),
            Diagnostic::file_error(codes::UNREADABLE_FILE, "b\n.py", "no"),
        ];
        assert_eq!(
            concise(&records, &sources, false),
            "dags/a.py:1:1: error[limit]: two lines\u{241b} (DAG `d`, task `t`)\n\
             b .py: error[unreadable-file]: no\n"
        );
        assert!(concise(&records, &sources, true).contains("\u{1b}[1m\u{1b}[31merror[limit]\u{1b}[0m"));
    }
}

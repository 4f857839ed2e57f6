//! GitHub's workflow commands, which its runner shows as annotations of the changed files.
//!
//! Source: "Workflow commands for GitHub Actions" of GitHub's documentation; the escapes are those of `@actions/core`
//! (`command.ts`).

use std::fmt::Write as _;
use std::path::Path;

use super::place::{Columns, Region, relative};
use super::{Diagnostic, Severity};
use crate::source::Sources;

/// The findings as workflow commands, a line each; the gravest first, since the runner shows the first ten of a kind.
/// Paths are taken from `base`, the checkout.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources, base: &Path) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.severity);
    let mut out = String::new();
    for diagnostic in sorted {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let path = relative(&diagnostic.place.path(sources), base);
        let _ = write!(out, "::{command} file={}", property(&path.to_string_lossy()));
        if let Some(region) = Region::of_place(&diagnostic.place, sources, Columns::Characters) {
            let _ = write!(out, ",line={},endLine={}", region.line, region.end_line);
            // The runner drops the columns of what spans lines, and complains.
            if region.line == region.end_line {
                let _ = write!(out, ",col={},endColumn={}", region.column, region.end_column);
            }
        }
        let mut message = diagnostic.message.clone();
        if let Some(concerns) = diagnostic.concerns() {
            let _ = write!(message, " ({concerns})");
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = writeln!(out, ",title={}::{}", property(diagnostic.code.as_str()), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use ruff_text_size::{TextRange, TextSize};

    use super::super::codes;
    use super::*;
    use crate::source::Span;

    #[test]
    fn what_the_runner_would_read_otherwise_is_escaped() {
        let sources = Sources::default();
        let file = sources.add(Path::new("/repo/dags/a,b:c%.py"), "x = 1\ny = 2\n".to_owned());
        let span =
            |start, end| Span::new(file.id(), TextRange::new(TextSize::new(start), TextSize::new(end)));
        let records = [
            Diagnostic::note(codes::LIMIT, span(0, 8), "over two lines"),
            Diagnostic::error(codes::LIMIT, span(4, 5), "100 %:\n::set-output name=x::y")
                .dag("d")
                .help("do, so"),
            Diagnostic::file_warning(codes::NO_DAG, "b.py", "no"),
        ];
        assert_eq!(
            github(&records, &sources, Path::new("/repo")),
            "::error file=dags/a%2Cb%3Ac%25.py,line=1,endLine=1,col=5,endColumn=6,title=limit::100 %25:%0A::set-output \
             name=x::y (DAG `d`)%0Ahelp: do, so\n\
             ::warning file=b.py,title=no-dag::no\n\
             ::notice file=dags/a%2Cb%3Ac%25.py,line=1,endLine=2,title=limit::over two lines\n"
        );
    }
}

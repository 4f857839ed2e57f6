//! JSON, one object a line: for programs, complete, nothing folded.

use serde::Serialize;

use super::place::{Columns, Region};
use super::{Diagnostic, Disposition, Severity};
use crate::source::Sources;

/// One diagnostic as `--output-format json` prints it. What concerns nothing, or has no place in a text, is null.
#[derive(Debug, Serialize)]
pub struct JsonRecord<'a> {
    code: &'static str,
    severity: Severity,
    message: &'a str,
    /// Lossy where the path is no UTF-8.
    path: String,
    /// Lines and columns count from 1, columns in characters; the end is the place behind the last character.
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    dag_id: Option<&'a str>,
    task_id: Option<&'a str>,
    parameter: Option<&'a str>,
    disposition: Disposition,
    help: Option<&'a str>,
    labels: Vec<JsonLabel<'a>>,
}

/// A second place of a diagnostic, with what is to be seen there.
#[derive(Debug, Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    path: String,
    #[serde(flatten)]
    region: Region,
}

impl<'a> JsonRecord<'a> {
    /// The record of a diagnostic.
    pub fn new(diagnostic: &'a Diagnostic, sources: &Sources) -> Self {
        let region = Region::of_place(&diagnostic.place, sources, Columns::Characters);
        let labels = diagnostic.labels.iter().map(|label| JsonLabel {
            message: &label.message,
            path: sources.get(label.span.file).path().to_string_lossy().into_owned(),
            region: Region::of(label.span, sources, Columns::Characters),
        });
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity,
            message: &diagnostic.message,
            path: diagnostic.place.path(sources).to_string_lossy().into_owned(),
            line: region.map(|region| region.line),
            column: region.map(|region| region.column),
            end_line: region.map(|region| region.end_line),
            end_column: region.map(|region| region.end_column),
            dag_id: diagnostic.dag_id.as_deref(),
            task_id: diagnostic.task_id.as_deref(),
            parameter: diagnostic.parameter.as_deref(),
            disposition: diagnostic.disposition,
            help: diagnostic.help.as_deref(),
            labels: labels.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ruff_text_size::{TextRange, TextSize};

    use super::*;
    use crate::diagnostic::codes;
    use crate::source::Span;

    #[test]
    fn fields_are_complete_and_in_order() {
        let sources = Sources::default();
        let file = sources.add(Path::new("dags/a.py"), "é = 1\ny = (\n2)\n".to_owned());
        let span = Span::new(file.id(), TextRange::new(TextSize::new(3), TextSize::new(14)));
        let record =
            Diagnostic::warning(codes::UNKNOWN_VALUE, Disposition::Assumed, span, "a \"value\"\u{1b}")
                .label(Span::new(file.id(), TextRange::new(TextSize::new(0), TextSize::new(2))), "here")
                .dag("d")
                .task("t")
                .parameter("p")
                .help("do");
        assert_eq!(
            serde_json::to_string(&JsonRecord::new(&record, &sources)).unwrap(),
            r#"{"code":"unknown-value","severity":"warning","message":"a \"value\"\u001b","path":"dags/a.py","line":1,"column":3,"end_line":3,"end_column":2,"dag_id":"d","task_id":"t","parameter":"p","disposition":"assumed","help":"do","labels":[{"message":"here","path":"dags/a.py","line":1,"column":1,"end_line":1,"end_column":2}]}"#
        );
        let record = Diagnostic::file_error(codes::UNREADABLE_FILE, "b.py", "no");
        assert_eq!(
            serde_json::to_string(&JsonRecord::new(&record, &sources)).unwrap(),
            r#"{"code":"unreadable-file","severity":"error","message":"no","path":"b.py","line":null,"column":null,"end_line":null,"end_column":null,"dag_id":null,"task_id":null,"parameter":null,"disposition":"refused","help":null,"labels":[]}"#
        );
    }
}

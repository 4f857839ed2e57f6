//! What frames look like, and what never reaches a terminal.

use std::path::PathBuf;

use insta::assert_snapshot;
use ruff_text_size::{TextRange, TextSize};

use super::*;
use crate::diagnostic::{Disposition, codes, sort_and_dedup};

const DAG: &str = "\
from helpers import POOL

with DAG(
    'etl',
) as dag:
    for i in range(40):
        BashOperator(task_id=f't{i}', bash_command='true', pool=POOL)
";

/// The span of the first occurrence of `part`.
fn span(file: &SourceFile, part: &str) -> Span {
    let start = file.text().find(part).unwrap();
    Span::new(file.id(), TextRange::at(TextSize::try_from(start).unwrap(), TextSize::of(part)))
}

fn render(sources: &Sources, records: &mut Vec<Diagnostic>) -> String {
    sort_and_dedup(records, sources);
    TextRenderer::new(sources, false, 100).render(records)
}

#[test]
fn a_frame_has_place_source_labels_and_help() {
    let sources = Sources::default();
    let file = sources.add(Path::new("dags/etl.py"), DAG.to_owned());
    let helpers =
        sources.add(Path::new("dags/helpers.py"), "import os\nPOOL = os.environ['POOL']\n".to_owned());
    let mut records = vec![
        Diagnostic::error(codes::UNKNOWN_VALUE, span(&file, "POOL)"), "`pool` is not known")
            .label(span(&file, "DAG(\n    'etl',\n)"), "in this DAG")
            .label(span(&helpers, "os.environ['POOL']"), "POOL is not supplied")
            .dag("etl")
            .task("t0")
            .parameter("pool")
            .help("supply it: `--env POOL=VALUE`"),
    ];
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn records_of_one_code_and_place_are_folded() {
    let sources = Sources::default();
    let file = sources.add(Path::new("dags/etl.py"), DAG.to_owned());
    let mut records: Vec<Diagnostic> = (0..40)
        .map(|i| {
            Diagnostic::warning(
                codes::UNSUPPORTED_PARAMETER,
                Disposition::Dropped,
                span(&file, "pool=POOL"),
                "`pool` is dropped",
            )
            .dag("etl")
            .task(format!("t{i:02}"))
            .parameter("pool")
        })
        .collect();
    records.push(
        Diagnostic::error(codes::UNKNOWN_VALUE, span(&file, "pool=POOL"), "a different code").dag("etl"),
    );
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn what_is_said_of_several_places_is_one_frame_and_notes_come_last() {
    let sources = Sources::default();
    let file = sources.add(Path::new("dags/etl.py"), DAG.to_owned());
    let other = sources.add(Path::new("dags/other.py"), DAG.to_owned());
    let dropped = |place, message: &str| {
        Diagnostic::warning(codes::UNSUPPORTED_PARAMETER, Disposition::Dropped, place, message).dag("etl")
    };
    let mut records = vec![
        Diagnostic::note(codes::MOVED_NAME, span(&file, "POOL"), "one name is another").dag("etl"),
        Diagnostic::note(codes::MOVED_NAME, span(&file, "'etl'"), "so is this one").dag("etl"),
        Diagnostic::note(codes::MOVED_NAME, span(&other, "POOL"), "one name is another").dag("other"),
        dropped(span(&file, "range"), "`pool` is dropped").task("a"),
        dropped(span(&file, "BashOperator"), "`pool` is dropped").task("b"),
        dropped(span(&file, "as dag"), "`queue` is dropped").task("b"),
        Diagnostic::error(codes::UNKNOWN_VALUE, span(&file, "POOL)"), "`pool` is not known").dag("etl"),
        dropped(span(&other, "range"), "`pool` is dropped").task("a"),
    ];
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn different_messages_of_one_place_are_all_shown() {
    let sources = Sources::default();
    let file = sources.add(Path::new("a.py"), "x = 1\n".to_owned());
    let mut records: Vec<Diagnostic> = (0..9)
        .map(|i| {
            Diagnostic::note(codes::ASSUMED_VALUE, span(&file, "x"), format!("message {i}"))
                .task(format!("t{i}"))
        })
        .collect();
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn files_without_text_and_empty_places_are_shown() {
    let sources = Sources::default();
    let empty = sources.add(Path::new("empty.py"), String::new());
    let end = sources.add(Path::new("end.py"), "x = (\n".to_owned());
    let at_end = Span::new(end.id(), TextRange::empty(TextSize::new(6)));
    let past = Span::new(end.id(), TextRange::at(TextSize::new(900), TextSize::new(3)));
    let mut records = vec![
        Diagnostic::file_error(codes::UNREADABLE_FILE, PathBuf::from("c.py"), "cannot read the file")
            .help("check its rights"),
        Diagnostic::error(codes::SYNTAX_ERROR, Span::start_of(empty.id()), "nothing here"),
        Diagnostic::error(codes::SYNTAX_ERROR, at_end, "the bracket is not closed"),
        Diagnostic::error(codes::LIMIT, past, "past the end"),
    ];
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn long_lines_are_cut() {
    let sources = Sources::default();
    let long = format!("x = '{}' + secret(1) + '{}'\n", "a".repeat(400), "b".repeat(400));
    let file = sources.add(Path::new("long.py"), long);
    let huge = sources.add(Path::new("huge.py"), format!("{}y\n", "é".repeat(400_000)));
    let mut records = vec![
        Diagnostic::error(codes::LIMIT, span(&file, "secret(1)"), "in the middle"),
        Diagnostic::error(codes::LIMIT, span(&file, &"b".repeat(400)), "longer than the terminal"),
        Diagnostic::error(codes::LIMIT, span(&huge, "y"), "in a line of a megabyte"),
    ];
    assert_snapshot!(render(&sources, &mut records));
}

#[test]
fn nothing_that_a_terminal_obeys_gets_through() {
    let sources = Sources::default();
    let every: String = (0u32..0x3000).filter_map(char::from_u32).filter(|c| *c != '\n').collect();
    let file =
        sources.add(Path::new("a\u{1b}[31m\n.py"), "é\u{9b}31m\u{202e} = bad('\u{1b}[0m\u{7}')\n".to_owned());
    let record = Diagnostic::error(codes::LIMIT, span(&file, "bad("), format!("message {every}"))
        .label(span(&file, "= "), "label \u{1b}[0m\u{9d}")
        .dag(format!("dag {every}"))
        .task(format!("task {every}"))
        .help(format!("help {every}"));
    let text = render(&sources, &mut vec![record]);
    let bad: Vec<char> = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\t')).collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{2028}']));
    let lines: Vec<&str> = text.lines().collect();
    let source = lines.iter().position(|line| line.starts_with("1 | ")).unwrap();
    let column = |line: &str, part: &str| line[..line.find(part).unwrap()].chars().count();
    assert_eq!(
        column(lines[source], "bad("),
        column(lines[source + 1], "^^^^"),
        "the mark stands under its text"
    );
}

#[test]
fn colours_are_written_where_they_are_asked_for() {
    let sources = Sources::default();
    let file = sources.add(Path::new("a.py"), "x = 1\n".to_owned());
    let record = Diagnostic::error(codes::LIMIT, span(&file, "x"), "message");
    assert!(TextRenderer::new(&sources, true, 100).render(std::slice::from_ref(&record)).contains("\u{1b}["));
}

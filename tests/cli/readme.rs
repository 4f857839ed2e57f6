//! The README: its example is what the command prints, and its tables are complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::run::{assert_exit, command, stderr, stdout};

fn readme() -> String {
    fs::read_to_string("README.md").unwrap()
}

/// The fenced blocks of a language.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("\n```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_example_is_real() {
    let text = readme();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = command(here, &["convert", "--now", "2026-01-15T00:00:00Z", "--output"]);
        command.arg(output.path()).args(arguments).output().unwrap()
    };
    let converted = run(&["sample/dags"]);
    assert_exit(&converted, 0);
    let refused = run(&["sample/refused", "--quiet"]);
    assert_exit(&refused, 1);

    for python in blocks(&text, "python") {
        let source = fs::read_to_string("sample/dags/lake_tables.py").unwrap();
        assert!(source.contains(python), "this is not in the sample:\n{python}");
    }
    let definition = fs::read_to_string(output.path().join("lake_crm.yml")).unwrap();
    assert_eq!(blocks(&text, "yaml"), [definition]);
    let lines = fs::read_to_string(output.path().join("daily_sales.yml")).unwrap().lines().count();
    assert!(text.contains(&format!("what the author set ({lines} lines)")), "{lines} lines");

    let said =
        [converted, refused].map(|run| stderr(&run).replace(output.path().to_str().unwrap(), "output_yaml"));
    let shown = blocks(&text, "text");
    assert_eq!(shown.len(), said.len());
    for (shown, said) in shown.into_iter().zip(said) {
        for line in shown.lines() {
            assert!(line == "..." || said.lines().any(|other| other == line), "not said:\n{line}\n{said}");
        }
    }
}

#[test]
fn the_tables_are_complete() {
    let text = readme();
    let here = Path::new(".");
    let help = command(here, &["convert", "--help"]).output().unwrap();
    let options: BTreeSet<&str> = stdout(&help)
        .split_whitespace()
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .map(|word| word.trim_end_matches(','))
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
        .collect();
    assert!(options.contains("--pure"), "{options:?}");
    for option in options.iter().filter(|option| **option != "--help") {
        assert!(text.contains(&format!("`{option}")), "{option} is not in the README");
    }
    let explained = command(here, &["explain"]).output().unwrap();
    let codes: BTreeSet<&str> =
        stdout(&explained).lines().filter_map(|line| line.split_whitespace().next()).collect();
    let table = text.split("## What is refused").nth(1).unwrap().split("\nSome of these").next().unwrap();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        for code in row.split('|').nth(1).unwrap().split(',') {
            let code = code.trim().trim_matches('`');
            assert!(codes.contains(code), "there is no code {code}");
        }
    }
}

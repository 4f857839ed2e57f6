//! `convert --check`, `--diff` and `--prune`: the output folder under review.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::convert::{dag, plain, written};
use super::run::{assert_exit, command, folder, records, run, stderr, stdout};

/// Three DAGs, converted.
fn bench() -> TempDir {
    let here = folder(&[("dags/a.py", &plain("a")), ("dags/b.py", &plain("b")), ("dags/c.py", &plain("c"))]);
    assert_exit(&run(&here, &["convert", "dags"]), 0);
    here
}

fn edit(here: &TempDir, path: &str, from: &str, to: &str) {
    let path = here.path().join(path);
    fs::write(&path, fs::read_to_string(&path).unwrap().replace(from, to)).unwrap();
}

/// Code, severity and path of each finding.
fn found(here: &TempDir, arguments: &[&str]) -> Vec<(String, String, String)> {
    let mut all = vec!["convert", "dags", "--quiet", "--output-format", "json"];
    all.extend(arguments);
    let text = |record: &Value, field: &str| record[field].as_str().unwrap().to_owned();
    let records = records(&run(here, &all));
    records
        .iter()
        .map(|record| (text(record, "code"), text(record, "severity"), text(record, "path")))
        .collect()
}

fn finding(code: &str, severity: &str, path: &str) -> (String, String, String) {
    (code.to_owned(), severity.to_owned(), path.to_owned())
}

#[test]
fn a_folder_that_is_up_to_date_passes() {
    let here = bench();
    let output = run(&here, &["convert", "dags", "--check", "--diff"]);
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "");
    let text = stderr(&output);
    assert!(
        text.contains("3 definitions would be in `output_yaml`: 0 new, 0 changed, 3 unchanged\n"),
        "{text}"
    );
}

#[test]
fn what_a_run_would_change_fails() {
    let here = bench();
    edit(&here, "dags/a.py", "select 1", "select 2");
    fs::remove_file(here.path().join("dags/b.py")).unwrap();
    fs::remove_file(here.path().join("output_yaml/c.yml")).unwrap();
    let before = written(&here);
    let output = run(&here, &["convert", "dags", "--check", "--diff"]);
    assert_exit(&output, 1);
    assert!(stdout(&output).starts_with("--- output_yaml/a.yml\n+++ output_yaml/a.yml\n@@ "));
    assert!(stdout(&output).contains("\n--- /dev/null\n+++ output_yaml/c.yml\n"), "{}", stdout(&output));
    assert_eq!(
        found(&here, &["--check"]),
        [
            finding("outdated-definition", "error", "output_yaml/a.yml"),
            finding("stale-definition", "error", "output_yaml/b.yml"),
            finding("outdated-definition", "error", "output_yaml/c.yml"),
        ]
    );
    assert_eq!(written(&here), before, "nothing is written");
    assert_exit(&run(&here, &["convert", "dags", "--check", "--exit-zero"]), 0);
    assert_exit(&run(&here, &["convert", "dags", "--prune"]), 0);
    assert_exit(&run(&here, &["convert", "dags", "--check"]), 0);
}

#[test]
fn refusals_are_reported_beside_differences() {
    let here = bench();
    edit(&here, "dags/a.py", "select 1", "select 2");
    let refused = dag("b", "import requests", "requests.get(\"u\").text");
    fs::write(here.path().join("dags/b.py"), refused).unwrap();
    let output = run(&here, &["convert", "dags", "--check", "--diff"]);
    assert_exit(&output, 1);
    let text = stderr(&output);
    for code in ["unknown-value", "outdated-definition", "stale-definition"] {
        assert!(text.contains(&format!("error[{code}]")), "{code}: {text}");
    }
    assert!(stdout(&output).contains("+      query: select 2\n"));
    let arguments = ["convert", "dags", "--diff", "--output-format", "sarif"];
    let output = run(&here, &arguments);
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("`--output-file`"));
    let output = command(here.path(), &arguments).args(["--output-file", "findings"]).output().unwrap();
    assert_exit(&output, 1);
    assert!(stdout(&output).starts_with("--- "));
}

#[test]
fn a_diff_is_coloured_on_demand() {
    let here = bench();
    edit(&here, "dags/a.py", "select 1", "select 2");
    let output = run(&here, &["convert", "dags", "--diff", "--color", "always"]);
    assert!(stdout(&output).contains("\u{1b}[32m+      query: select 2\u{1b}[0m\n"), "{}", stdout(&output));
}

#[test]
fn only_what_is_gone_and_untouched_is_pruned() {
    let here = bench();
    for name in ["b", "c"] {
        fs::remove_file(here.path().join(format!("dags/{name}.py"))).unwrap();
    }
    edit(&here, "output_yaml/c.yml", "select 1", "select by hand");
    fs::write(here.path().join("output_yaml/other.yml"), "mine\n").unwrap();
    let output = run(&here, &["convert", "dags", "--prune", "--diff"]);
    assert_exit(&output, 0);
    assert!(stdout(&output).starts_with("--- output_yaml/b.yml\n+++ /dev/null\n"), "{}", stdout(&output));
    assert_eq!(written(&here), [".dag-converter.json", "a.yml", "b.yml", "c.yml", "other.yml"]);
    assert_eq!(
        found(&here, &["--prune", "--check"]),
        [
            finding("stale-definition", "error", "output_yaml/b.yml"),
            finding("stale-definition", "error", "output_yaml/c.yml")
        ]
    );
    let output = run(&here, &["convert", "dags", "--prune"]);
    assert_exit(&output, 0);
    assert!(
        stderr(&output).contains("not removed: it was changed since this tool wrote it"),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&output).contains("0 new, 0 changed, 1 unchanged, 1 removed\n"), "{}", stderr(&output));
    assert_eq!(written(&here), [".dag-converter.json", "a.yml", "c.yml", "other.yml"]);
}

#[test]
fn a_dag_that_may_be_in_a_broken_file_is_not_pruned() {
    let here = bench();
    fs::remove_file(here.path().join("dags/b.py")).unwrap();
    fs::write(here.path().join("dags/renamed.py"), format!("{}\nx = = 1\n", plain("b"))).unwrap();
    let output = run(&here, &["convert", "dags", "--prune"]);
    assert_exit(&output, 1);
    assert!(
        stderr(&output).contains("its DAG may be one of a file that has errors now"),
        "{}",
        stderr(&output)
    );
    assert!(written(&here).contains(&"b.yml".to_owned()));
}

#[test]
fn a_dag_that_is_refused_is_not_pruned() {
    let here = bench();
    let refused = dag("b", "import requests", "requests.get(\"u\").text");
    fs::write(here.path().join("dags/b.py"), refused).unwrap();
    assert_exit(&run(&here, &["convert", "dags", "--prune"]), 1);
    assert!(written(&here).contains(&"b.yml".to_owned()));
}

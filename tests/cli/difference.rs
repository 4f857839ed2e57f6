//! `diff`: two files or folders of definitions, in three forms.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::formats::assert_valid;
use super::run::{assert_exit, folder, run, stderr, stdout};

const OLD: &str = "\
sales:
  schedule: '@daily'
  start_date: '2030-01-01'
  tasks:
    extract: {operator: a.b.AthenaOperator, query: \"select 1\\nfrom t\\n\", database: d}
    load: {operator: a.b.GlueJobOperator, job_name: j, dependencies: [extract]}
    tell: {operator: a.b.SnsPublishOperator, dependencies: [load]}
";

fn bench() -> TempDir {
    let new = OLD
        .replace("@daily", "@hourly")
        .replace("select 1", "select 2")
        .replace("    tell:", "    notify:")
        .replace("[load]", "[extract]");
    folder(&[
        ("old/sales.yml", OLD),
        ("old/gone.yml", "gone: {tasks: {}}\n"),
        ("old/same.yml", "same: {schedule: null, tasks: {t: {operator: x}}}\n"),
        ("old/.hidden/x.yml", "- no definition\n"),
        ("new/sales.yml", &new),
        ("new/deep/same.yaml", "same:\n  tasks:\n    t:\n      'operator': x\n  schedule:\n"),
    ])
}

#[test]
fn what_means_the_same_is_no_difference() {
    let here = bench();
    let output = run(&here, &["diff", "old/same.yml", "new/deep/same.yaml"]);
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "DAGs: 1 the same\n");
    let output = run(&here, &["diff", "old", "old", "--output-format", "json"]);
    assert_exit(&output, 0);
    assert_eq!(serde_json::from_str::<Value>(stdout(&output)).unwrap()["identical"], true);
}

#[test]
fn text_has_a_line_for_each_difference() {
    let output = run(&bench(), &["diff", "old", "new"]);
    assert_exit(&output, 1);
    assert_eq!(
        stdout(&output),
        "\
- DAG gone (0 tasks)

~ DAG sales
    ~ schedule: \"@daily\" -> \"@hourly\"
    ~ task extract
        ~ query:
              @@ -1,2 +1,2 @@
            - select 1
            + select 2
              from t
    > task notify, renamed from tell
    + edge extract -> notify
    - edge load -> notify

DAGs: 1 changed, 1 removed, 1 the same
"
    );
    let output = run(&bench(), &["diff", "old", "new", "--color", "always", "--exit-zero"]);
    assert_exit(&output, 0);
    assert!(
        stdout(&output).contains("    \u{1b}[31m- edge load -> notify\u{1b}[0m\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn markdown_is_folded_and_bounded() {
    let here = bench();
    let output = run(&here, &["diff", "old", "new", "--output-format", "markdown"]);
    assert_exit(&output, 1);
    let text = stdout(&output);
    assert!(text.starts_with("### DAGs: 1 changed, 1 removed, 1 the same\n"), "{text}");
    assert!(text.contains("<summary><code>sales</code>: 1 parameter, 2 tasks, 2 edges</summary>"), "{text}");
    assert!(
        text.contains(
            "| <code>schedule</code> | <code>\"&#64;daily\"</code> | <code>\"&#64;hourly\"</code> |"
        ),
        "{text}"
    );
    assert!(text.contains("```diff\n@@ -1,2 +1,2 @@\n-select 1\n+select 2\n from t\n```\n"), "{text}");
    let output = run(
        &here,
        &[
            "diff",
            "old",
            "new",
            "--output-format",
            "markdown",
            "--max-size",
            "400",
            "--output-file",
            "comment.md",
        ],
    );
    assert_exit(&output, 1);
    assert_eq!((stdout(&output), stderr(&output)), ("", "DAGs: 1 changed, 1 removed, 1 the same\n"));
    let text = fs::read_to_string(here.path().join("comment.md")).unwrap();
    assert!(text.len() <= 400 && text.contains("are left out"), "{text}");
}

#[test]
fn json_is_as_its_schema_says() {
    let output = run(&bench(), &["diff", "old", "new", "--output-format", "json"]);
    assert_exit(&output, 1);
    let document: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_valid("docs/diff.schema.json", &document);
    let sales = &document["dags"][1];
    assert_eq!(sales["change"], "changed");
    assert_eq!(sales["parameters"][0]["new"], "@hourly");
    assert_eq!(sales["tasks"][1]["renamed_from"], "tell");
}

#[test]
fn what_cannot_be_read_is_exit_code_2() {
    let here = bench();
    fs::write(here.path().join("new/twice.yml"), "sales: {}\n").unwrap();
    fs::write(here.path().join("broken.yml"), "a: {b: 1, b: 2}\n").unwrap();
    for (arguments, message) in [
        (["old", "nowhere"], "error: cannot read `nowhere`"),
        (["old", "new"], "`new/twice.yml` has the DAG `sales`, which `new/sales.yml` has too"),
        (["old", "broken.yml"], "`broken.yml` is no definition: line 1, column 11: the key `b` stands twice"),
    ] {
        let output = run(&here, &["diff", arguments[0], arguments[1], "--exit-zero"]);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

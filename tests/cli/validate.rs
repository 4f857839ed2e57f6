//! `validate`: which files are read, what is printed where, and the exit codes. What is found is for `tests/validate.rs`.

use std::io::Write as _;
use std::process::Stdio;

use super::run::{assert_exit, command, findings, folder, pair, run, stderr, stdout};

const SOUND: &str = "\
sound:
  schedule: '0 6 * * *'
  start_date: '2090-01-01'
  default_args: {retries: 0}
  tasks:
    call:
      operator: airflow.providers.amazon.aws.operators.lambda_function.LambdaInvokeFunctionOperator
      function_name: f
";

#[test]
fn folders_are_searched_and_findings_stand_at_yaml_lines() {
    let broken = SOUND.replace("function_name", "funktion_name").replace("sound:", "broken:");
    let here = folder(&[
        ("w/a.yml", SOUND),
        ("w/deep/b.yaml", &broken),
        ("w/notes.txt", "a: ["),
        ("w/.git/c.yml", "a: ["),
    ]);
    let output = run(&here, &["validate", "w"]);
    assert_exit(&output, 1);
    assert!(
        stdout(&output)
            .contains("error[unknown-parameter]: `LambdaInvokeFunctionOperator` takes no `funktion_name`")
    );
    assert!(stdout(&output).contains("--> w/deep/b.yaml:8:7"), "{}", stdout(&output));
    let summary =
        "2 definitions in 2 files for mwaa-serverless@2026-08: 1 sound, 0 with warnings, 1 with errors\n";
    assert!(stderr(&output).starts_with(summary), "{}", stderr(&output));
    assert_exit(&run(&here, &["validate", "w/a.yml"]), 0);
    assert_exit(&run(&here, &["validate", "w", "--exit-zero"]), 0);
    let output = run(&here, &["validate", "w", "--output-format", "json", "--quiet"]);
    let codes: Vec<String> = findings(&output).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["missing-parameter", "unknown-parameter"]);
}

#[test]
fn standard_input_and_files_of_any_name_are_read() {
    let here = folder(&[("definition", SOUND), ("latin", "")]);
    std::fs::write(here.path().join("latin"), b"a: \xe9\n").unwrap();
    let mut child = command(here.path(), &["validate", "-", "--output-format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"\xef\xbb\xbfd:\r\n  tasks: 5\r\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_exit(&output, 1);
    assert!(stdout(&output).starts_with("<stdin>:2:10: error[invalid-definition]"), "{}", stdout(&output));
    assert_exit(&run(&here, &["validate", "definition"]), 0);
    let output = run(&here, &["validate", "latin", "--output-format", "json"]);
    assert_exit(&output, 1);
    assert_eq!(findings(&output), [pair("unreadable-file", "latin")]);
    assert_exit(&run(&here, &["validate", "nope.yml"]), 2);
    assert_exit(&run(&here, &["validate"]), 2);
}

#[test]
fn one_dag_id_in_two_files_is_an_error_in_both() {
    let here = folder(&[("w/a.yml", SOUND), ("w/b.yml", SOUND)]);
    let output = run(&here, &["validate", "w", "--output-format", "json", "--quiet"]);
    assert_exit(&output, 1);
    assert_eq!(findings(&output), [pair("duplicate-dag-id", "w/a.yml"), pair("duplicate-dag-id", "w/b.yml")]);
}

#[test]
fn the_target_and_the_clock_count() {
    let yaml = SOUND
        .replace("2090", "2026")
        .replace("function_name: f", "function_name: f\n      trigger_rule: all_done");
    let here = folder(&[("a.yml", &yaml)]);
    let codes = |arguments: &[&str]| -> Vec<String> {
        let arguments = [&["validate", "a.yml", "--output-format", "json"], arguments].concat();
        let output = run(&here, &arguments);
        assert_exit(&output, 0);
        findings(&output).into_iter().map(|(code, _)| code).filter(|code| code != "task-time-limit").collect()
    };
    let late = ["--now", "2026-06-01T00:00:00Z"];
    let early = ["--now", "2025-06-01T00:00:00Z"];
    assert_eq!(codes(&late), ["past-start-date", "unpromised"]);
    assert_eq!(codes(&early), ["unpromised"]);
    assert_eq!(
        codes(&["--target", "mwaa-serverless@2025-11", early[0], early[1]]),
        ["unsupported-parameter"]
    );
    assert_eq!(codes(&["--target", "dag-factory", late[0], late[1]]), [""; 0]);
}

//! The binary as a user meets it: arguments, streams, exit codes, and files that are no good. DAGs from end to end, and the
//! example of the README, are in `convert`.

#[path = "cli/bounds.rs"]
mod bounds;
#[path = "cli/code.rs"]
mod code;
#[path = "cli/config.rs"]
mod config;
#[path = "cli/convert.rs"]
mod convert;
#[path = "cli/difference.rs"]
mod difference;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/graph.rs"]
mod graph;
#[cfg(target_os = "linux")]
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/policy.rs"]
mod policy;
#[path = "cli/progress.rs"]
mod progress;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/references.rs"]
mod references;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/tell.rs"]
mod tell;
#[path = "cli/validate.rs"]
mod validate;
#[path = "cli/walk.rs"]
mod walk;

use std::fs;
use std::process::Stdio;

use serde_json::Value;

use run::{assert_exit, command, findings, folder, json, pair, records, run, stderr, stdout};

/// Python that Airflow would look at, without a DAG.
const NO_DAG: &str = "# airflow dag\n";
/// The same, and no Python.
const BROKEN: &str = "# airflow dag\nx = = 1\n";

#[test]
fn help_has_examples_and_exit_codes() {
    let here = folder(&[]);
    for arguments in [["convert", "--help"], ["convert", "-h"]] {
        let output = run(&here, &arguments);
        assert_exit(&output, 0);
        assert!(
            stdout(&output)
                .contains("dag-converter convert my-local-folder/source.py --output /output_yaml/")
        );
        assert!(stdout(&output).contains("Exit codes:"));
    }
    assert!(stdout(&run(&here, &["--version"])).starts_with("dag-converter "));
}

#[test]
fn the_command_of_the_user_guide_is_understood() {
    let here = folder(&[("my-local-folder/source.py", NO_DAG)]);
    let output = run(&here, &["convert", "my-local-folder/source.py", "--output", "output_yaml/"]);
    assert_exit(&output, 1);
    assert!(stderr(&output).starts_with("error[no-dag]: this file holds no DAG that Airflow would find\n"));
    assert!(!here.path().join("output_yaml").exists());
}

#[test]
fn wrong_command_lines_are_exit_code_2() {
    let here =
        folder(&[("a.py", NO_DAG), ("dags/b.py", NO_DAG), ("file", ""), ("list.json", "[\"hunter2\"]")]);
    fs::create_dir(here.path().join("out")).unwrap();
    fs::write(here.path().join("out/.dag-converter.json"), "<<<<<<<").unwrap();
    for (arguments, message) in [
        (&["convert"][..], "<PATH>"),
        (&["convert", "nope"], "cannot read `nope`"),
        (&["convert", "a.py", "nope"], "cannot read `nope`"),
        (&["convert", "a.py", "--target", "x"], "mwaa-serverless@2025-11"),
        (&["convert", "a.py", "--dags-folder", "dags"], "`a.py` does not lie in the DAG folder `dags`"),
        (&["convert", "a.py", "--dags-folder", "file"], "`file` is no folder"),
        (&["convert", "a.py", "--include", "nope"], "`nope` is no folder"),
        (&["convert", "a.py", "--env", "X"], "`--env` takes NAME=VALUE"),
        (&["convert", "a.py", "--variable", "=x"], "`--variable` takes NAME=VALUE"),
        (&["convert", "a.py", "--variables-file", "nope.json"], "cannot read `nope.json`"),
        (&["convert", "a.py", "--variables-file", "list.json"], "`list.json` is no JSON object"),
        (&["convert", "a.py", "--now", "yesterday"], "--now"),
        (&["convert", "a.py", "--output", "file"], "the output `file` is no folder"),
        (&["convert", "a.py", "--output", "out"], "is no manifest of this tool"),
        (&["convert", "a.py", "--diff", "--output-format", "json"], "name a file for the findings"),
    ] {
        let output = run(&here, arguments);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("hunter2"));
        assert_eq!(stdout(&output), "");
    }
    let output =
        command(here.path(), &["convert", "a.py"]).env("SOURCE_DATE_EPOCH", "soon").output().unwrap();
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("`SOURCE_DATE_EPOCH` is no number of seconds"));
}

#[test]
fn a_file_that_does_not_parse_is_shown_and_the_others_are_read() {
    let here = folder(&[("dags/a.py", BROKEN), ("dags/b.py", NO_DAG), ("dags/c.py", BROKEN)]);
    let output = run(&here, &["convert", "dags"]);
    assert_exit(&output, 1);
    let text = stderr(&output);
    assert!(text.contains("--> dags/a.py:2:5\n  |\n2 | x = = 1\n  |     ^"), "{text}");
    assert!(text.contains("--> dags/c.py:2:5\n"));
    assert!(text.ends_with("0 DAGs in 3 files\n2 errors\n"), "the summary is last: {text}");
    assert_eq!(stdout(&output), "");
}

#[test]
fn json_has_one_object_a_line_with_just_these_fields() {
    let here = folder(&[("dags/a.py", BROKEN), ("dags/b.py", "# airflow dag \0")]);
    let output = run(&here, &["convert", "dags", "--output-format", "json", "--color", "always"]);
    assert_exit(&output, 1);
    let records = records(&output);
    assert_eq!(records.len(), 2);
    let fields: Vec<&str> = records[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "code",
            "severity",
            "message",
            "path",
            "line",
            "column",
            "end_line",
            "end_column",
            "dag_id",
            "task_id",
            "parameter",
            "disposition",
            "help",
            "labels",
            "denied",
            "allowed",
        ]
    );
    assert_eq!((&records[0]["code"], &records[0]["line"]), (&Value::from("syntax-error"), &Value::from(2)));
    assert_eq!((&records[1]["code"], &records[1]["line"]), (&Value::from("unreadable-file"), &Value::Null));
    let text = stderr(&output);
    assert!(text.starts_with("0 DAGs in 2 files\n\n") && text.ends_with("\n\n2 errors\n"), "{text}");
}

#[test]
fn quiet_hides_warnings_only() {
    let here = folder(&[("dags/a.py", BROKEN), ("dags/old.zip", "PK\x03\x04"), ("empty/readme.md", "")]);
    let output = run(&here, &["convert", "dags", "empty"]);
    assert_exit(&output, 1);
    assert!(stderr(&output).contains("warning[not-read]: a zip package is not read\n--> dags/old.zip\n"));
    assert!(stderr(&output).contains("warning[no-dag]: no DAG file was found in this folder\n--> empty\n"));
    let output = run(&here, &["convert", "dags", "empty", "--quiet"]);
    assert_exit(&output, 1);
    assert!(stderr(&output).contains("error[syntax-error]") && !stderr(&output).contains("warning["));
    let output = run(&here, &["convert", "empty", "-q"]);
    assert_exit(&output, 0);
    assert_eq!(json(&here, &["dags", "-q"]), [pair("syntax-error", "dags/a.py")]);
}

#[test]
fn colours_are_as_asked_for() {
    let here = folder(&[("dags/a.py", BROKEN)]);
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(here.path(), &["convert", "dags"]);
        command.args(arguments).envs(variables.iter().copied());
        stderr(&command.output().unwrap()).contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "no terminal");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "an option is stronger");
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let files: Vec<(String, &str)> = (0..400).map(|i| (format!("dags/{i}.py"), BROKEN)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let here = folder(&files);
    let mut child = command(here.path(), &["convert", "dags", "--output-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_exit(&output, 1);
    assert!(!stderr(&output).contains("anic") && !stderr(&output).contains("write"), "{}", stderr(&output));
}

#[test]
fn folders_are_searched_as_airflow_does() {
    let here = folder(&[
        ("dags/.airflowignore", "old\n"),
        ("dags/old/a.py", BROKEN),
        ("dags/b.py", BROKEN),
        ("dags/bold.py", BROKEN),
        ("dags/plain.py", "x = = 1\n"),
        ("dags/plain.txt", BROKEN),
    ]);
    assert_eq!(
        json(&here, &["dags"]),
        [pair("syntax-error", "dags/b.py"), pair("syntax-error", "dags/bold.py")]
    );
    let only_b = [pair("syntax-error", "dags/b.py")];
    assert_eq!(json(&here, &["dags", "--airflowignore-syntax", "regexp"]), only_b);
    assert_eq!(json(&here, &["dags", "--source-airflow", "2"]), only_b, "regexp is the default of Airflow 2");
    assert_eq!(json(&here, &["dags", "--no-safe-mode"]).len(), 3);
    let old = [pair("syntax-error", "dags/old/a.py")];
    assert_eq!(json(&here, &["dags/old/a.py"]), old, "a file that is named is taken");
    assert_eq!(json(&here, &["dags/old", "--dags-folder", "dags"]), old, "and so is a folder");
    assert_eq!(json(&here, &["dags/plain.py"]), [pair("syntax-error", "dags/plain.py")]);
}

#[test]
fn bad_ignore_patterns_are_named() {
    let here = folder(&[("dags/.airflowignore", "(\n"), ("dags/a.py", NO_DAG)]);
    let arguments = ["dags", "--airflowignore-syntax", "regexp"];
    assert_eq!(json(&here, &arguments), [pair("invalid-ignore-pattern", "dags/.airflowignore")]);
}

#[test]
fn a_file_is_read_once() {
    let here = folder(&[("dags/a.py", BROKEN)]);
    let absolute = here.path().join("dags/a.py");
    let output = run(&here, &["convert", "dags", "dags/a.py", "./dags/../dags", absolute.to_str().unwrap()]);
    assert!(stderr(&output).ends_with("0 DAGs in 1 file\n1 error\n"), "{}", stderr(&output));
}

#[test]
fn files_that_are_no_python_text_are_named() {
    let here = folder(&[("latin.py", "# coding: latin-1\n"), ("empty.py", "")]);
    fs::write(here.path().join("bytes.py"), b"x = '\xff'\n").unwrap();
    fs::write(here.path().join("latin.py"), b"# coding: latin-1\nx = '\xff' ??\n").unwrap();
    fs::write(here.path().join("two.py"), "print 'Python 2'\n").unwrap();
    assert_eq!(
        json(&here, &["bytes.py", "empty.py", "latin.py", "two.py"]),
        [
            pair("unreadable-file", "bytes.py"),
            pair("no-dag", "empty.py"),
            pair("syntax-error", "latin.py"),
            pair("syntax-error", "two.py"),
        ]
    );
}

#[test]
fn deep_nesting_does_not_end_the_run() {
    let deep = |open: &str, close: &str| format!("x = {}1{}\n", open.repeat(100_000), close.repeat(100_000));
    let here = folder(&[
        ("a.py", &deep("(", ")")),
        ("b.py", &deep("[", "]")),
        ("c.py", &deep("-", "")),
        ("d.py", BROKEN),
    ]);
    let output = run(&here, &["convert", "a.py", "b.py", "c.py", "d.py", "--output-format", "json"]);
    assert_exit(&output, 1);
    assert!(findings(&output).contains(&pair("syntax-error", "d.py")));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_named() {
    let here = folder(&[("dags/a.py", NO_DAG), ("shared/b.py", BROKEN)]);
    std::os::unix::fs::symlink("../shared", here.path().join("dags/linked")).unwrap();
    assert_eq!(json(&here, &["dags"]), [pair("not-read", "dags/linked")]);
    assert_eq!(json(&here, &["dags", "--include", "shared"]), [pair("syntax-error", "dags/linked/b.py")]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_a_terminal_would_obey_are_shown_harmlessly() {
    use std::os::unix::ffi::OsStrExt as _;

    let here = folder(&[("dags/\u{1b}[31mred.py", "# airflow dag\n'\u{1b}[31m' = = 1\n")]);
    let odd = here.path().join("dags").join(std::ffi::OsStr::from_bytes(b"\xff.py"));
    fs::write(odd, BROKEN).unwrap();
    let output = run(&here, &["convert", "dags"]);
    assert_exit(&output, 1);
    assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
    let found = json(&here, &["dags"]);
    assert_eq!(found.len(), 2);
    assert!(found.iter().any(|(_, path)| path == "dags/\u{fffd}.py"));
    let output = run(&here, &["convert", "no\u{1b}[31m"]);
    assert!(!stderr(&output).contains('\u{1b}'));
}

#[test]
fn a_diff_writes_nothing() {
    let here = folder(&[("dags/a.py", NO_DAG)]);
    let output = run(&here, &["convert", "dags", "--diff"]);
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "");
    assert!(!here.path().join("output_yaml").exists());
}

//! DAGs from end to end: what is written, said, and left in the folder.

use std::fs;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use super::run::{assert_exit, command, folder, json, pair, records, run, stderr, stdout};

/// A DAG file with one task; `head` stands before the DAG, `query` is the task's.
pub(crate) fn dag(dag_id: &str, head: &str, query: &str) -> String {
    format!(
        "from datetime import datetime\n\
         from airflow import DAG\n\
         from airflow.providers.amazon.aws.operators.athena import AthenaOperator\n\
         {head}\n\
         with DAG({dag_id:?}, start_date=datetime(2030, 1, 1), schedule=\"@daily\", catchup=False):\n    \
             AthenaOperator(task_id=\"t\", database=\"d\", query={query}, output_location=\"s3://b/\", retries=1)\n"
    )
}

pub(crate) fn plain(dag_id: &str) -> String {
    dag(dag_id, "", "\"select 1\"")
}

fn read(here: &TempDir, path: &str) -> String {
    fs::read_to_string(here.path().join(path)).unwrap()
}

pub(crate) fn written(here: &TempDir) -> Vec<String> {
    let Ok(entries) = fs::read_dir(here.path().join("output_yaml")) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The codes of the errors in a folder `dags`.
fn errors(here: &TempDir, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["dags", "--quiet"];
    all.extend(arguments);
    json(here, &all).into_iter().map(|(code, _)| code).collect()
}

#[test]
fn a_dag_becomes_a_definition() {
    let here = folder(&[("dags/a.py", &plain("a"))]);
    let output = run(&here, &["convert", "dags"]);
    assert_exit(&output, 0);
    assert_eq!(
        read(&here, "output_yaml/a.yml"),
        "a:\n  \
           start_date: '2030-01-01'\n  \
           schedule: '@daily'\n  \
           tasks:\n    \
             t:\n      \
               operator: airflow.providers.amazon.aws.operators.athena.AthenaOperator\n      \
               database: d\n      \
               query: select 1\n      \
               output_location: s3://b/\n      \
               retries: 1\n"
    );
    assert_eq!(written(&here), [".dag-converter.json", "a.yml"]);
    let text = stderr(&output);
    assert!(
        text.contains(
            "1 DAG in 1 file: 1 exact, 0 with warnings, 0 refused\n1 definition in `output_yaml`: 1 new,"
        ),
        "{text}"
    );
    assert!(text.contains("\n  aws s3 cp output_yaml/a.yml s3://BUCKET/a.yml\n"), "{text}");
    assert!(text.ends_with(
        "\n  aws mwaa-serverless create-workflow --name a --definition-s3-location '{\"Bucket\": \"BUCKET\", \
         \"ObjectKey\": \"a.yml\"}' --role-arn ROLE_ARN\n"
    ));
    assert_eq!(stdout(&output), "");
}

#[test]
fn the_lines_that_deploy_are_for_the_service_and_for_people() {
    let here = folder(&[("dags/a.py", &plain("a"))]);
    for arguments in
        [&["--target", "dag-factory"][..], &["--quiet"], &["--diff"], &["--output-format", "json"]]
    {
        let output = command(here.path(), &["convert", "dags"]).args(arguments).output().unwrap();
        assert_exit(&output, 0);
        assert!(!stderr(&output).contains("aws "), "{arguments:?}");
    }
    let output = run(&here, &["convert", "dags", "--target", "mwaa-serverless@2025-11"]);
    assert!(stderr(&output).contains("aws s3 cp"));
}

#[test]
fn a_refused_dag_leaves_the_others() {
    let here = folder(&[
        ("dags/bad.py", "# airflow dag\nx = = 1\n"),
        ("dags/good.py", &plain("good")),
        ("dags/unknown.py", &dag("unknown", "import requests", "requests.get(\"u\").text")),
    ]);
    let output = run(&here, &["convert", "dags", "--output-format", "json", "-q"]);
    assert_exit(&output, 1);
    let record = records(&output).into_iter().find(|record| record["code"] == "unknown-value").unwrap();
    let of = |field: &str| record[field].clone();
    assert_eq!(
        [
            of("severity"),
            of("path"),
            of("line"),
            of("dag_id"),
            of("task_id"),
            of("parameter"),
            of("disposition")
        ],
        [
            Value::from("error"),
            Value::from("dags/unknown.py"),
            Value::from(6),
            Value::from("unknown"),
            Value::from("t"),
            Value::from("query"),
            Value::from("refused"),
        ]
    );
    assert_eq!(written(&here), [".dag-converter.json", "good.yml"]);
    let summary = stderr(&output);
    assert!(summary.starts_with("2 DAGs in 3 files: 1 exact, 0 with warnings, 1 refused\n"), "{summary}");
}

#[test]
fn what_the_code_reads_from_outside_is_given_by_options() {
    let head = "import os\nfrom airflow.models import Variable\n\
                Q = os.environ[\"A\"] + os.getenv(\"B\", \"b0\") + Variable.get(\"C\") + Variable.get(\"D\", default_var=\"d0\")";
    let here = folder(&[
        ("dags/a.py", &dag("a", head, "Q")),
        ("variables.json", "{\"C\": \"file\", \"D\": {\"value\": \"d1\"}}"),
    ]);
    assert_eq!(errors(&here, &[]), ["unknown-value"], "nothing is given");
    let mut command = command(here.path(), &["convert", "dags"]);
    assert_exit(&command.env("A", "mine").output().unwrap(), 1);
    let given = ["convert", "dags", "--env", "A=a=1", "--variable", "C=c"];
    let output = run(&here, &given);
    assert_exit(&output, 0);
    assert!(read(&here, "output_yaml/a.yml").contains("query: a=1b0cd0\n"));
    let text = stderr(&output);
    assert!(text.contains("= help: supply it with `--env B=VALUE`"), "{text}");
    let output =
        run(&here, &["convert", "dags", "--env", "A=a", "--env", "B=", "--variables-file", "variables.json"]);
    assert_exit(&output, 0);
    assert!(read(&here, "output_yaml/a.yml").contains("query: afiled1\n"));
    assert!(!stderr(&output).contains("assumed-value"));
}

#[test]
fn defaults_that_decide_structure_are_assumed_on_demand() {
    let text = plain("a")
        .replace(
            "    AthenaOperator(",
            "    for i in range(int(os.getenv(\"N\", \"1\"))):\n        AthenaOperator(",
        )
        .replace("\"t\"", "f\"t{i}\"");
    let here = folder(&[("dags/a.py", &format!("import os\n{text}"))]);
    assert_eq!(errors(&here, &[]), ["assumed-structure"]);
    assert_eq!(written(&here), [""; 0]);
    assert_eq!(errors(&here, &["--assume-defaults"]), [""; 0]);
    assert!(!read(&here, "output_yaml/a.yml").contains("t1:"));
    assert_eq!(errors(&here, &["--env", "N=2"]), [""; 0]);
    assert!(read(&here, "output_yaml/a.yml").contains("t1:"));
}

#[test]
fn calls_are_pure_on_demand() {
    let here = folder(&[(
        "dags/a.py",
        &plain("a")
            .replace("    AthenaOperator(", "    register(\"a\")\n    AthenaOperator(")
            .replace("with DAG", "from acme.tools import register\nwith DAG"),
    )]);
    let output = run(&here, &["convert", "dags", "-q"]);
    assert_exit(&output, 1);
    assert!(stderr(&output).contains("error[unknown-call-in-dag]"));
    assert!(stderr(&output).contains("`--pure acme.tools.register`"), "{}", stderr(&output));
    assert_exit(&run(&here, &["convert", "dags", "--pure", "acme.tools.register"]), 0);
    let output = run(&here, &["convert", "dags", "--pure", "acme tools"]);
    assert_exit(&output, 2);
    assert!(stderr(&output).contains("`--pure` takes an import path"));
}

#[test]
fn an_id_that_two_dags_share_gives_no_file() {
    let here = folder(&[
        ("dags/a.py", &plain("a")),
        ("dags/b.py", &plain("a")),
        ("dags/c.py", &plain("c")),
        ("dags/d.py", &plain("C")),
        ("dags/e.py", &plain("e")),
    ]);
    assert_eq!(errors(&here, &[]), ["duplicate-dag-id"; 4]);
    assert_eq!(written(&here), [".dag-converter.json", "e.yml"]);
}

#[test]
fn ids_never_leave_the_folder() {
    let here = folder(&[
        ("dags/a.py", &plain("../a")),
        ("dags/b.py", &plain("/b")),
        ("dags/c.py", &plain("..")),
        ("dags/d.py", &plain("nul")),
    ]);
    for target in ["mwaa-serverless", "dag-factory"] {
        let output = run(&here, &["convert", "dags", "--target", target, "-q"]);
        assert_exit(&output, 1);
        assert_eq!(written(&here), [""; 0]);
    }
    assert!(!here.path().join("a.yml").exists());
}

#[test]
fn a_definition_whose_dag_is_refused_now_is_stale() {
    let here = folder(&[("dags/a.py", &plain("a")), ("dags/b.py", &plain("b")), ("dags/c.py", &plain("c"))]);
    assert_exit(&run(&here, &["convert", "dags"]), 0);
    fs::write(here.path().join("dags/a.py"), dag("a", "import requests", "requests.get(\"u\").text"))
        .unwrap();
    fs::remove_file(here.path().join("dags/b.py")).unwrap();
    fs::write(here.path().join("dags/c.py"), plain("d")).unwrap();
    let output = run(&here, &["convert", "dags"]);
    assert_exit(&output, 1);
    let text = stderr(&output);
    assert!(
        text.contains("error[stale-definition]: this definition is stale: the DAG `a` was refused now\n"),
        "{text}"
    );
    let gone =
        "warning[stale-definition]: this definition is stale: `dags/b.py`, which it was made from, is gone\n";
    assert!(text.contains(gone), "{text}");
    assert!(text.contains("this definition is stale: `dags/c.py` no longer has the DAG `c`\n"), "{text}");
    assert_eq!(
        written(&here),
        [".dag-converter.json", "a.yml", "b.yml", "c.yml", "d.yml"],
        "nothing is deleted"
    );
}

#[test]
fn a_second_run_changes_nothing() {
    let head = "from airflow.utils.dates import days_ago";
    let text = dag("a", head, "\"select 1\"").replace("datetime(2030, 1, 1)", "days_ago(2)");
    let here = folder(&[("dags/a.py", &text)]);
    let convert = |arguments: &[&str], epoch: &str| -> Output {
        let mut command = command(here.path(), &["convert", "dags"]);
        command.args(arguments).env("SOURCE_DATE_EPOCH", epoch).output().unwrap()
    };
    assert_exit(&convert(&[], "1770000000"), 0);
    let first = read(&here, "output_yaml/a.yml");
    assert!(first.contains("2026-01-31"), "{first}");
    let manifest = read(&here, "output_yaml/.dag-converter.json");
    assert!(manifest.contains("\"now\": \"2026-02-02T02:40:00Z\""), "{manifest}");
    let output = convert(&[], "");
    assert!(stderr(&output).contains("0 new, 0 changed, 1 unchanged\n"), "the manifest keeps the clock");
    assert_eq!(read(&here, "output_yaml/.dag-converter.json"), manifest);
    let output = convert(&["--diff", "--now", "2026-03-10T00:00:00Z"], "1770000000");
    assert!(
        stdout(&output).starts_with("--- output_yaml/a.yml\n+++ output_yaml/a.yml\n@@ "),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("\n+  start_date: '2026-03-08'\n"), "{}", stdout(&output));
    assert_eq!(read(&here, "output_yaml/a.yml"), first, "a diff writes nothing");
}

#[test]
fn sources_may_be_latin_1() {
    let here = folder(&[]);
    let text = format!("# -*- coding: latin-1 -*-\n{}", dag("a", "", "\"select 'caf\u{e9}'\""));
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    fs::write(here.path().join("a.py"), bytes).unwrap();
    assert_exit(&run(&here, &["convert", "a.py"]), 0);
    assert!(read(&here, "output_yaml/a.yml").contains("query: select 'caf\u{e9}'\n"));
}

#[test]
fn ignore_files_are_honoured_in_either_syntax() {
    let files =
        [("dags/keep.py", plain("keep")), ("dags/old/a.py", plain("a")), ("dags/bold.py", plain("bold"))];
    let mut files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    files.push(("dags/.airflowignore", "old/\n# nothing\n"));
    let here = folder(&files);
    assert_exit(&run(&here, &["convert", "dags"]), 0);
    assert_eq!(written(&here), [".dag-converter.json", "bold.yml", "keep.yml"]);
    fs::write(here.path().join("dags/.airflowignore"), "old\n").unwrap();
    fs::remove_dir_all(here.path().join("output_yaml")).unwrap();
    assert_exit(&run(&here, &["convert", "dags", "--airflowignore-syntax", "regexp"]), 0);
    assert_eq!(written(&here), [".dag-converter.json", "keep.yml"]);
}

#[test]
fn a_file_that_is_named_must_hold_a_dag() {
    let here = folder(&[("dags/a.py", &plain("a")), ("dags/b.py", "# airflow dag\n")]);
    assert_eq!(json(&here, &["dags/b.py"]), [pair("no-dag", "dags/b.py")]);
    assert_exit(&run(&here, &["convert", "dags"]), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_not_said_to_be() {
    let here = folder(&[("dags/a.py", &plain("a"))]);
    let output = run(&here, &["convert", "dags", "--output", "/proc/none"]);
    assert_exit(&output, 2);
    let text = stderr(&output);
    assert!(text.contains("error[write-error]: the output folder cannot be made"), "{text}");
    assert!(!text.contains("1 definition") && !text.contains("aws s3"), "{text}");
}

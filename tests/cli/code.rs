//! Code packages beside definitions: what earlier runs left of them, `--code`, and the commands that are printed.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::run::{assert_exit, folder, records, run, stderr, stdout};

/// A DAG whose task needs a distribution that the service lacks.
const CALLS: &str = "\
from datetime import datetime
from airflow import DAG
from airflow.providers.standard.operators.python import PythonOperator

def count():
    import pandas
    return len(pandas.DataFrame())

with DAG('a', start_date=datetime(2030, 1, 1), schedule=None):
    PythonOperator(task_id='count', python_callable=count)
";

fn bench(arguments: &[&str]) -> TempDir {
    let here = folder(&[("dags/a.py", CALLS)]);
    assert_exit(&convert(&here, arguments), 0);
    here
}

fn convert(here: &TempDir, arguments: &[&str]) -> std::process::Output {
    let mut all = vec!["convert", "dags", "-o", "out"];
    all.extend(arguments);
    run(here, &all)
}

fn there(here: &TempDir) -> Vec<String> {
    fn walk(folder: &std::path::Path, prefix: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(&entry.path(), &format!("{name}/"), found),
                false if name.starts_with('.') => {}
                false => found.push(name),
            }
        }
    }
    let mut found = Vec::new();
    walk(&here.path().join("out"), "", &mut found);
    found.sort();
    found
}

/// Severity, path and message of each stale file.
fn stale(here: &TempDir, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["--quiet", "--output-format", "json"];
    all.extend(arguments);
    let text = |record: &Value, field: &str| record[field].as_str().unwrap().to_owned();
    let output = convert(here, &all);
    let quiet = records(&output);
    let quiet = quiet.iter().filter(|record| record["code"] == "stale-definition");
    quiet
        .map(|record| {
            let shown = ["severity", "path", "message"].map(|field| text(record, field));
            shown.join(" ")
        })
        .collect()
}

/// The stale files as a run that shows warnings names them.
fn warned(here: &TempDir, arguments: &[&str]) -> String {
    stderr(&convert(here, arguments)).to_owned()
}

#[test]
fn a_package_of_another_form_is_stale() {
    let here = bench(&[]);
    assert_eq!(there(&here), ["a.requirements.txt", "a.yml", "a.zip"]);
    let text = warned(&here, &["--code", "dir"]);
    assert!(text.contains("this code package is stale: the definition is written without it now"), "{text}");
    assert_eq!(there(&here), ["a.requirements.txt", "a.yml", "a.zip", "a_code/a.py"]);
    assert_eq!(
        stale(&here, &["--code", "dir", "--check"]),
        ["error out/a.zip this code package is stale: the definition is written without it now"]
    );
    assert_exit(&convert(&here, &["--code", "dir", "--prune"]), 0);
    assert_eq!(there(&here), ["a.requirements.txt", "a.yml", "a_code/a.py"]);
    assert_exit(&convert(&here, &["--code", "dir", "--check"]), 0);

    assert_exit(&convert(&here, &["--prune"]), 0);
    assert_eq!(there(&here), ["a.requirements.txt", "a.yml", "a.zip"], "the folder went with its last file");
}

#[test]
fn a_package_that_the_user_makes_of_the_folder_is_not_stale() {
    let here = bench(&[]);
    fs::write(here.path().join("out/a.zip"), "made by hand").unwrap();
    let output = convert(&here, &["--code", "dir"]);
    assert!(!stderr(&output).contains("stale"), "{}", stderr(&output));
}

#[test]
fn a_dag_that_needs_no_code_any_more_leaves_it_stale() {
    let here = bench(&[]);
    let plain = CALLS
        .replace("python_callable=count", "bash_command='true'")
        .replace("python import Python", "bash import Bash");
    let plain = plain.replace("PythonOperator", "BashOperator");
    fs::write(here.path().join("dags/a.py"), plain).unwrap();
    let text = warned(&here, &[]);
    assert!(text.contains("this requirements file is stale"), "{text}");
    // Whether the definition was changed meanwhile or not.
    assert!(warned(&here, &[]).contains("this code package is stale"));
    assert_eq!(stale(&here, &["--check"]).len(), 2);
    assert_exit(&convert(&here, &["--prune"]), 0);
    assert_eq!(there(&here), ["a.yml"]);
}

#[test]
fn the_code_of_a_refused_dag_is_stale_too() {
    let here = bench(&["--code", "dir"]);
    let output = convert(&here, &["--code", "none"]);
    assert_exit(&output, 1);
    assert_eq!(
        stale(&here, &["--code", "none"]),
        [
            "error out/a.requirements.txt this requirements file is stale: the DAG `a` was refused now",
            "error out/a.yml this definition is stale: the DAG `a` was refused now",
            "error out/a_code this code folder is stale: the DAG `a` was refused now",
        ]
    );
    // Also where the definition itself is gone already.
    fs::remove_file(here.path().join("out/a.yml")).unwrap();
    assert_exit(&convert(&here, &["--code", "none"]), 1);
    assert_eq!(stale(&here, &["--code", "none", "--prune"]).len(), 2);
    assert_eq!(there(&here), ["a.requirements.txt", "a_code/a.py"], "what is refused is not pruned");
}

#[test]
fn code_goes_with_its_definition_and_changed_code_stays() {
    let here = bench(&["--code", "dir"]);
    fs::remove_file(here.path().join("dags/a.py")).unwrap();
    fs::write(here.path().join("out/a.requirements.txt"), "pandas==1\n").unwrap();
    let output = convert(&here, &["--code", "dir", "--prune", "--diff"]);
    assert!(stdout(&output).contains("--- out/a_code/a.py\n+++ /dev/null\n"), "{}", stdout(&output));
    let text = warned(&here, &["--prune", "--no-safe-mode"]);
    assert!(text.contains("not removed: it was changed since this tool wrote it"), "{text}");
    assert_eq!(there(&here), ["a.requirements.txt"]);
}

#[test]
fn a_diff_and_a_check_show_changed_code() {
    let here = bench(&["--code", "dir"]);
    let changed = CALLS.replace("len(pandas.DataFrame())", "0");
    fs::write(here.path().join("dags/a.py"), changed).unwrap();
    let output = convert(&here, &["--code", "dir", "--check", "--diff"]);
    assert_exit(&output, 1);
    let text = stdout(&output);
    assert!(text.contains("--- out/a_code/a.py\n") && text.contains("+    return 0"), "{text}");
    assert!(stderr(&output).contains("the code beside this definition is not what would be written"));
}

/// A setup, a mapping over a result, and an option of the DAG.
const BEYOND_THE_FORMAT: &str = "\
from datetime import datetime
from airflow.sdk import DAG, setup, task

@setup
def create():
    return [1, 2]

@task
def work(part):
    return part

with DAG('a', start_date=datetime(2030, 1, 1), schedule=None, fail_fast=True):
    work.expand(part=create())
";

#[test]
fn without_its_module_dag_factory_is_told_less() {
    let here = folder(&[("dags/a.py", BEYOND_THE_FORMAT)]);
    assert_exit(&convert(&here, &["--target", "dag-factory"]), 0);
    assert_eq!(there(&here), ["a.yml", "a_code.py"]);
    let yaml = fs::read_to_string(here.path().join("out/a.yml")).unwrap();
    assert!(yaml.contains("operator: a_code.SetupPythonDecoratedOperatorWithOptions"), "{yaml}");
    assert!(yaml.contains("operator: a_code.MappedWork") && !yaml.contains("expand"), "{yaml}");
    let output = convert(&here, &["--target", "dag-factory", "--code", "none"]);
    assert_exit(&output, 1);
    let text = stderr(&output);
    for said in [
        "error[setup-teardown]: a definition cannot say that this is a setup task",
        "let a module beside the definition make it (`--code module`)",
        "error[dynamic-mapping]: dag-factory cannot say the mapping of a function under `@task` over the result of a task",
        "error[unsupported-parameter]: dag-factory cannot hold `fail_fast`",
        "let a module beside the definition give it to the DAG (`--code module`)",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

//! `inputs`, and the flags and files that supply what DAG files read from outside.

use std::fs;
use std::path::Path;

use super::run::{assert_exit, command, folder, run, stderr, stdout};
use serde_json::json;

/// The case of the corpus that the lists are made of.
const PROJECT: &str = "corpus/outside/project";

fn list(arguments: &[&str]) -> String {
    let mut all = vec!["inputs", PROJECT, "--target", "dag-factory"];
    all.extend(arguments);
    let output = command(Path::new(env!("CARGO_MANIFEST_DIR")), &all).output().unwrap();
    assert_exit(&output, 0);
    assert_eq!(stderr(&output), "");
    stdout(&output).to_owned()
}

#[test]
fn the_list_of_a_project_is_exact() {
    insta::with_settings!({ snapshot_path => "../../corpus/outside/project", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("inputs", list(&[]));
        insta::assert_snapshot!("inputs.json", list(&["--format", "json"]));
        insta::assert_snapshot!("inputs.toml", list(&["--format", "toml"]));
    });
}

/// The file to fill in is filled in and passed back: what was refused is converted, and everything counts as supplied.
#[test]
fn the_file_to_fill_in_goes_back() {
    let template = list(&["--format", "toml"]);
    let filled = template
        .replace("# \"lake_bucket\" = \"\"", "\"lake_bucket\" = \"lake-of-acme\"")
        .replace("# \"limits\" = {}", "\"limits\" = { gold = 4, silver = 2 }")
        .replace("# \"STAGE\" = \"dev\"", "\"STAGE\" = \"prod\"")
        .replace("# \"AUDIT_TOPIC\" = \"\"", "\"AUDIT_TOPIC\" = \"arn:aws:sns:eu-west-1:1:audit\"")
        .replace(
            "# \"broker\" = \"TYPE://LOGIN:PASSWORD@HOST:PORT/SCHEMA\"",
            "\"broker\" = { conn_type = \"kafka\", host = \"b.example\", port = 9092, password = \"hunter2\" }",
        );
    let here = folder(&[("inputs.toml", &filled)]);
    let inputs = here.path().join("inputs.toml");
    let inputs = inputs.to_str().unwrap();

    let listed: serde_json::Value =
        serde_json::from_str(&list(&["--format", "json", "--inputs", inputs])).unwrap();
    for input in listed["inputs"].as_array().unwrap() {
        let is_supplied = input["state"] == "supplied";
        let may_be =
            !matches!(input["kind"].as_str(), Some("module" | "other")) && input["name"] != "audit_token";
        assert_eq!(is_supplied, may_be, "{input}");
        assert_eq!(input["refused"], json!([]), "{input}");
    }
    assert_eq!(listed["unread"], json!([]));
    assert!(!list(&["--format", "toml", "--inputs", inputs]).contains("lake-of-acme"));

    let out = here.path().join("out");
    let arguments = ["convert", PROJECT, "--target", "dag-factory", "--inputs", inputs, "--output"];
    let mut convert = command(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
    let output = convert.arg(&out).output().unwrap();
    assert_exit(&output, 0);
    let written = fs::read_to_string(out.join("mart_sales.yml")).unwrap();
    for text in ["bucket: lake-of-acme", "pool_slots: 4", "prod", "feeds b.example:9092"] {
        assert!(written.contains(text), "{text} in {written}");
    }
    assert!(!format!("{written}{}", stderr(&output)).contains("hunter2"));
}

const READS: &str = "import os\nfrom airflow import DAG\nfrom airflow.configuration import conf\n\
    from airflow.hooks.base import BaseHook\nfrom airflow.models import Variable\n\
    from airflow.providers.amazon.aws.operators.glue_crawler import GlueCrawlerOperator\n\
    with DAG('d', schedule=None):\n    GlueCrawlerOperator(task_id='t', config={'Name': '-'.join([os.environ['A'], os.environ['B'],\n\
    Variable.get('v'), Variable.get('w'), conf.get('core', 'x'), conf.get('my.part', 'y'), str(conf.getint('core', 'n')),\n\
    BaseHook.get_connection('c').host, BaseHook.get_connection('e').login])})\n";

#[test]
fn all_ways_to_supply_count_as_for_airflow() {
    let here = folder(&[
        ("d.py", READS),
        (".env", "export A='from file'\nB=\"${A}, weaker\"\nAIRFLOW_VAR_V=v-of-env\n"),
        ("airflow.cfg", "[core]\nx = of cfg\nn = 7\n[my.part]\ny = weaker\n"),
        ("variables.json", "{\"w\": \"w-of-file\", \"v\": \"weaker\"}"),
    ]);
    let arguments = [
        "convert",
        "d.py",
        "--target",
        "dag-factory",
        "--env-file",
        ".env",
        "--env",
        "B=flag",
        "--variables-file",
        "variables.json",
        "--airflow-config",
        "airflow.cfg",
        "--env",
        "AIRFLOW__MY_PART__Y=of env",
        "--connection",
        "c=postgres://u:p@db.example:5432/s",
        "--env",
        "AIRFLOW_CONN_E={\"conn_type\": \"http\", \"login\": \"me\"}",
    ];
    let output = run(&here, &arguments);
    assert_exit(&output, 0);
    let written = fs::read_to_string(here.path().join("output_yaml/d.yml")).unwrap();
    assert!(
        written.contains("from file-flag-v-of-env-w-of-file-of cfg-of env-7-db.example-me"),
        "{written}{}",
        stderr(&output)
    );
}

#[test]
fn secrets_of_connections_reach_no_definition() {
    for part in ["password", "extra", "extra_dejson['key']"] {
        let text = READS.replace("('c').host", &format!("('c').{part}"));
        let here = folder(&[("d.py", &text)]);
        let given = "c=postgres://u:hunter2@db/s?key=hunter2";
        let mut arguments = vec!["convert", "d.py", "--target", "dag-factory", "--connection", given];
        for pair in ["A=a", "B=b", "AIRFLOW_VAR_V=v", "AIRFLOW_VAR_W=w", "AIRFLOW_CONN_E=x://me@h"] {
            arguments.extend(["--env", pair]);
        }
        for pair in ["AIRFLOW__CORE__X=x", "AIRFLOW__CORE__N=1", "AIRFLOW__MY_PART__Y=y"] {
            arguments.extend(["--env", pair]);
        }
        let output = run(&here, &arguments);
        assert_exit(&output, 1);
        assert!(stderr(&output).contains("error[secret-in-definition]"), "{}", stderr(&output));
        assert!(!stderr(&output).contains("hunter2"));
    }
}

#[test]
fn facts_of_the_machine_are_listed_and_go_back() {
    let code = "import sys, tempfile\nfrom airflow import DAG\nfrom airflow.operators.bash import BashOperator\n\
                with DAG('d', schedule=None):\n    BashOperator(task_id='t', bash_command=f'{sys.executable} {tempfile.gettempdir()}')\n";
    let here = folder(&[("d.py", code)]);
    let listed = run(&here, &["inputs", "d.py", "--target", "dag-factory", "--format", "toml"]);
    let form = stdout(&listed);
    assert!(
        form.contains("[machine]\n\n# d.py:5:47\n# refused without it: d\n# \"executable\" = \"\"\n"),
        "{form}"
    );
    let filled = form
        .replace("# \"executable\" = \"\"", "executable = \"/usr/bin/python3\"")
        .replace("# \"tempdir\" = \"\"", "tempdir = \"/var/tmp\"");
    fs::write(here.path().join("filled.toml"), filled).unwrap();
    let arguments = ["convert", "d.py", "--target", "dag-factory", "--inputs", "filled.toml"];
    let output = run(&here, &[&arguments[..], &["--machine", "tempdir=/tmp"]].concat());
    assert_exit(&output, 0);
    let written = fs::read_to_string(here.path().join("output_yaml/d.yml")).unwrap();
    assert!(written.contains("bash_command: /usr/bin/python3 /tmp\n"), "{written}");
    let wrong = run(&here, &["inputs", "d.py", "--machine", "temp=/tmp"]);
    assert_exit(&wrong, 2);
    assert!(stderr(&wrong).contains("`which.COMMAND`, not `temp`"), "{}", stderr(&wrong));
}

#[test]
fn files_that_are_wrong_are_exit_code_2_without_their_values() {
    let here = folder(&[
        ("d.py", READS),
        ("no.toml", "variables = hunter2"),
        ("other.toml", "[variabels]\na = \"hunter2\""),
        ("number.toml", "[env]\nA = 5"),
        ("no.json", "{\"env\": hunter2}"),
        ("no.cfg", "x = hunter2"),
    ]);
    for (arguments, message) in [
        (["--inputs", "no.toml"], "`no.toml` is no TOML: it cannot be read at line 1"),
        (["--inputs", "other.toml"], "`other.toml` has `variabels`"),
        (["--inputs", "number.toml"], "`number.toml` has an entry in `env` that is not text"),
        (["--inputs", "no.json"], "`no.json` is no JSON"),
        (["--airflow-config", "no.cfg"], "`no.cfg` is no `airflow.cfg`: line 1"),
        (["--connection", "hunter2"], "`--connection` takes NAME=VALUE"),
        (["--env-file", "nope"], "cannot read `nope`"),
    ] {
        let output = run(&here, &["inputs", "d.py", arguments[0], arguments[1]]);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert!(!stderr(&output).contains("hunter2"), "{}", stderr(&output));
    }
}

#[test]
fn what_nothing_reads_is_named() {
    let here = folder(&[("d.py", READS)]);
    let output = run(&here, &["inputs", "d.py", "--variable", "vv=1", "--env", "A=1"]);
    assert_exit(&output, 0);
    assert!(
        stdout(&output).contains("Supplied, and read by no file\n  vv (variable)\n"),
        "{}",
        stdout(&output)
    );
}

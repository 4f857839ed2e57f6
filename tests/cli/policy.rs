//! `--deny`, `--allow` and the comments that allow: what becomes of definitions, records and the exit code.

use serde_json::Value;
use tempfile::TempDir;

use super::run::{assert_exit, folder, records, run, stderr, stdout};

/// A DAG whose one task has a parameter that the service ignores, in line 7; `comment` stands behind it.
fn pooled(comment: &str) -> TempDir {
    let text = format!(
        "from airflow import DAG\n\
         from airflow.providers.amazon.aws.operators.glue import GlueJobOperator\n\
         with DAG('d', schedule=None):\n    \
             GlueJobOperator(\n        \
                 task_id='t',\n        \
                 retries=0,\n        \
                 pool='p',  {comment}\n    \
             )\n"
    );
    folder(&[("dags/d.py", &text)])
}

fn found(here: &TempDir, arguments: &[&str], exit: i32) -> Vec<Value> {
    let arguments = [&["check", "dags", "--output-format", "json"], arguments].concat();
    let output = run(here, &arguments);
    assert_exit(&output, exit);
    records(&output)
}

fn of<'r>(records: &'r [Value], code: &str) -> &'r Value {
    records
        .iter()
        .find(|record| record["code"] == code)
        .unwrap_or_else(|| panic!("no {code} in {records:#?}"))
}

#[test]
fn what_is_denied_is_an_error_and_refuses_its_dag() {
    let here = pooled("");
    assert_eq!(of(&found(&here, &[], 0), "unsupported-parameter")["severity"], "warning");
    for deny in ["unsupported-parameter", "behaviour", "warnings"] {
        let records = found(&here, &["--deny", deny], 1);
        let record = of(&records, "unsupported-parameter");
        assert_eq!((&record["severity"], &record["denied"]), (&"error".into(), &deny.into()));
    }
    // A note can be denied by its code.
    assert_eq!(of(&found(&here, &["--deny", "task-time-limit"], 1), "task-time-limit")["severity"], "error");
    let output = run(&here, &["convert", "dags", "--deny", "behaviour"]);
    assert_exit(&output, 1);
    assert!(
        stderr(&output).contains("= note: an error because of `--deny behaviour`"),
        "{}",
        stderr(&output)
    );
    assert!(!here.path().join("output_yaml/d.yml").exists());
}

#[test]
fn what_is_allowed_stays_on_record_for_programs() {
    let here = pooled("");
    let records =
        found(&here, &["--deny", "warnings", "--allow", "unsupported-parameter,task-time-limit"], 0);
    let record = of(&records, "unsupported-parameter");
    assert_eq!((&record["severity"], &record["allowed"]["by"]), (&"warning".into(), &"option".into()));
    let output =
        run(&here, &["check", "dags", "--allow", "unsupported-parameter", "--allow", "task-time-limit"]);
    assert_exit(&output, 0);
    assert_eq!(stdout(&output), "");
    assert!(
        stderr(&output).ends_with("1 DAG in 1 file: 1 exact, 0 with warnings, 0 refused\n2 allowed\n"),
        "{}",
        stderr(&output)
    );
    let output =
        run(&here, &["check", "dags", "--allow", "unsupported-parameter", "--output-format", "sarif"]);
    let log: Value = serde_json::from_str(stdout(&output)).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == "unsupported-parameter").unwrap();
    assert_eq!(result["suppressions"][0]["kind"], "external");
}

#[test]
fn a_comment_allows_at_its_line_against_the_command_line() {
    let here = pooled("# dag-converter: allow[unsupported-parameter] glue has a limit of its own");
    let records = found(&here, &["--deny", "unsupported-parameter"], 0);
    let allowed = &of(&records, "unsupported-parameter")["allowed"];
    assert_eq!(
        *allowed,
        serde_json::json!({"by": "comment", "reason": "glue has a limit of its own", "path": "dags/d.py", "line": 7})
    );
}

#[test]
fn comments_that_allow_nothing_are_findings() {
    for (comment, code, message) in [
        (
            "# dag-converter: allow[cron-form] why not",
            "unused-allow",
            "there is no `cron-form` here to allow",
        ),
        ("# dag-converter: allow[unsupported-parameter]", "invalid-allow", "without a reason"),
        ("# dag-converter: allow[pools] why not", "invalid-allow", "there is no code `pools`"),
        (
            "# dag-converter: allow[unknown-value] why not",
            "invalid-allow",
            "`unknown-value` is an error that cannot be allowed",
        ),
        ("# dag-converter: please", "invalid-allow", "none that allows something"),
    ] {
        let records = found(&pooled(comment), &[], 0);
        let record = of(&records, code);
        assert!(record["message"].as_str().unwrap().contains(message), "{record}");
        assert_eq!((&record["severity"], &record["line"]), (&"warning".into(), &7.into()));
        assert_eq!(of(&records, "unsupported-parameter")["allowed"], Value::Null);
        assert_exit(&run(&pooled(comment), &["check", "dags", "--deny", code]), 1);
    }
}

#[test]
fn an_error_that_can_be_permitted_writes_the_dag() {
    let text = "from airflow import DAG\nfrom airflow.models import Variable\n\
                from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator\n\
                with DAG('d', schedule=None):\n    \
                LambdaInvokeFunctionOperator(task_id='t', function_name='f', payload=Variable.get('api_token'))COMMENT\n";
    let arguments = ["--variable", "api_token=hunter2", "--deny", "secret-in-definition"];
    let plain = folder(&[("dags/d.py", &text.replace("COMMENT", ""))]);
    assert_eq!(of(&found(&plain, &arguments, 1), "secret-in-definition")["severity"], "error");
    let allow = ["convert", "dags", "--variable", "api_token=hunter2", "--allow", "secret-in-definition"];
    assert_exit(&run(&plain, &allow), 0);
    assert!(std::fs::read_to_string(plain.path().join("output_yaml/d.yml")).unwrap().contains("hunter2"));
    let comment = "  # dag-converter: allow[secret-in-definition] a token for tests";
    let commented = folder(&[("dags/d.py", &text.replace("COMMENT", comment))]);
    let records = found(&commented, &arguments, 0);
    assert_eq!(of(&records, "secret-in-definition")["allowed"]["by"], "comment");
}

#[test]
fn decisions_that_cannot_be_are_exit_code_2() {
    for (arguments, message) in [
        (&["--deny", "warning"][..], "there is no code `warning`; did you mean `warnings`?"),
        (&["--allow", "unsuported-operator"], "did you mean `unsupported-operator`?"),
        (&["--allow", "unknown-value"], "`unknown-value` cannot be allowed"),
        (&["--allow", "cron-form", "--deny", "cron-form"], "`cron-form` is both denied and allowed"),
    ] {
        let output = run(&pooled(""), &[&["check", "dags"], arguments].concat());
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn definitions_by_hand_are_judged_too() {
    let yaml = "d:\n  tasks:\n    t:\n      operator: airflow.providers.amazon.aws.operators.glue.GlueJobOperator\n      pool: p";
    let here = folder(&[
        ("d.yml", &format!("{yaml}\n")),
        ("e.yml", &format!("{yaml}  # dag-converter: allow[unsupported-parameter] so it is\n")),
    ]);
    assert_exit(&run(&here, &["validate", "d.yml"]), 0);
    assert_exit(&run(&here, &["validate", "d.yml", "--deny", "warnings"]), 1);
    assert_exit(&run(&here, &["validate", "e.yml", "--deny", "warnings"]), 0);
}

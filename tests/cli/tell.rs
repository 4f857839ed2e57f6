//! The commands that show what the tool knows: `explain`, `operators`, `targets`.

use serde_json::Value;

use super::run::{assert_exit, folder, run, stderr, stdout};

fn told(arguments: &[&str]) -> String {
    let output = run(&folder(&[]), arguments);
    assert_exit(&output, 0);
    stdout(&output).to_owned()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&told(arguments)).expect("one JSON document")
}

#[test]
fn explain_lists_all_codes_and_shows_one_with_example_and_advice() {
    let list = told(&["explain"]);
    assert!(list.lines().count() > 60);
    assert!(list.lines().any(|line| line.starts_with("unknown-value ") && line.ends_with("is not known.")));
    // A code may come as messages show it.
    for name in ["secret-in-definition", "[secret-in-definition]"] {
        let text = told(&["explain", name]);
        assert!(text.starts_with("secret-in-definition: error (all targets)\n\n"), "{text}");
        assert!(text.contains("\nExample:\n") && text.contains("\nWhat to do: "), "{text}");
    }
    let both = told(&["explain", "cycle", "limit"]);
    assert!(both.starts_with("cycle: ") && both.contains("\n\nlimit: "), "{both}");
}

#[test]
fn names_that_are_none_bring_the_nearest_and_exit_code_2() {
    for (arguments, message) in [
        (&["explain", "unkown-value"][..], "there is no code `unkown-value`; did you mean `unknown-value`"),
        (&["explain", "\u{1b}[31m"], "there is no code `\u{241b}[31m`; `dag-converter explain` lists them"),
        (&["operators", "GlueJobOperater"], "did you mean `GlueJobOperator`"),
        (&["targets", "mwaa-serverless@2025-12"], "did you mean `mwaa-serverless@2025-11`"),
        (&["operators", "--target", "mwaa"], "mwaa-serverless@2026-08"),
    ] {
        let output = run(&folder(&[]), arguments);
        assert_exit(&output, 2);
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn operators_are_listed_with_what_the_target_says() {
    let list = told(&["operators", "--target", "mwaa-serverless@2025-11"]);
    assert!(list.lines().any(|line| line.starts_with("yes ") && line.contains(" AthenaOperator ")), "{list}");
    assert!(list.contains("mwaa-serverless@2025-11: 181 supported, "), "{list}");
    assert!(!list.lines().any(|line| line.starts_with("no ")));
    let all = told(&["operators", "--all"]);
    assert!(all.lines().any(|line| line.starts_with("no ") && line.contains(" SQLExecuteQueryOperator ")));
    let some = told(&["operators", "redshift"]);
    assert!(some.lines().all(|line| line.is_empty()
        || line.to_lowercase().contains("redshift")
        || line.contains("supported")));
    let refused = some.lines().find(|line| line.contains(" S3ToRedshiftOperator ")).unwrap();
    assert!(refused.starts_with("no "), "{refused}");
    let document = json(&["operators", "--target", "dag-factory", "--format", "json"]);
    let rows = document["operators"].as_array().unwrap();
    assert!(rows.len() > 900 && rows.iter().all(|row| row["supported"] == "yes"));
}

#[test]
fn one_operator_has_its_parameters_template_fields_and_old_paths() {
    let page = told(&["operators", "EmrAddStepsOperator"]);
    for line in [
        "  package     apache-airflow-providers-amazon 9.30.0\n",
        "  moved     airflow.contrib.operators.emr_add_steps_operator.EmrAddStepsOperator\n",
        "  * job_flow_id ",
        "  * aws_conn_id ",
        "(ignored by the target)",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    // By an old path, and by an old class name in any case.
    for name in ["airflow.contrib.operators.ecs_operator.ECSOperator", "ecsoperator"] {
        assert!(told(&["operators", name]).starts_with("EcsRunTaskOperator\n"));
    }
    let page = json(&["operators", "S3ListOperator", "--format", "json"]);
    assert_eq!(page["supported"], "yes");
    assert_eq!(page["package"], "apache-airflow-providers-amazon==9.30.0");
    let bucket = page["parameters"].as_array().unwrap().iter().find(|row| row["name"] == "bucket").unwrap();
    assert_eq!((&bucket["required"], &bucket["template"]), (&Value::Bool(true), &Value::Bool(true)));
    let page = json(&["operators", "SQLExecuteQueryOperator", "--format", "json"]);
    assert_eq!(page["supported"], "no");
    assert!(page["reason"].as_str().unwrap().contains("does not offer"));
}

#[test]
fn targets_show_limits_sources_and_what_becomes_of_parameters() {
    let brief = told(&["targets"]);
    for name in
        ["mwaa-serverless@2025-11\n", "mwaa-serverless@2026-08 (also mwaa-serverless)\n", "dag-factory\n"]
    {
        assert!(brief.contains(name), "{brief}");
    }
    let full = told(&["targets", "mwaa-serverless@2025-11"]);
    let behaviour =
        full.split("Task parameters that are left out, which changes what runs:\n").nth(1).unwrap();
    let (behaviour, harmless) = behaviour.split_once("which changes nothing that runs:\n").unwrap();
    assert!(behaviour.contains("  G  trigger_rule") && behaviour.contains("  G  pool\n"), "{full}");
    assert!(harmless.contains("  G  doc_md"), "{full}");
    let document = json(&["targets", "mwaa-serverless", "--format", "json"]);
    let retries =
        document[0]["task_parameters"].as_array().unwrap().iter().find(|row| row["name"] == "retries");
    let retries = retries.unwrap();
    assert_eq!((&retries["min"], &retries["max"], &retries["mark"]), (&0.into(), &3.into(), &"T".into()));
}

//! `graph` and `completions`.

use std::fs;

use super::run::{assert_exit, folder, run, stderr, stdout};

const DAG: &str = "\
from datetime import datetime
from airflow.sdk import DAG, Label, TaskGroup
from airflow.providers.amazon.aws.operators.athena import AthenaOperator

ARGS = dict(database=\"d\", output_location=\"s3://b/\")
with DAG(\"sales\", start_date=datetime(2030, 1, 1), schedule=None):
    start = AthenaOperator(task_id=\"start\", query=\"q\", **ARGS)
    with TaskGroup(\"tables\") as tables:
        with TaskGroup(\"inner\"):
            many = AthenaOperator.partial(task_id=\"many\", **ARGS).expand(query=[\"a\", \"b\"])
    end = AthenaOperator(task_id=\"end\", query=\"q\", **ARGS)
    start >> Label(\"big | \\\"ones\\\"\") >> many
    many >> end
";

#[test]
fn a_dag_is_drawn_in_mermaid() {
    let here = folder(&[("dags/a.py", DAG)]);
    let output = run(&here, &["graph", "dags/a.py"]);
    assert_eq!(
        stdout(&output),
        "\
---
title: \"sales\"
---
flowchart LR
    t0[\"start<br/>AthenaOperator\"]
    t2[\"end<br/>AthenaOperator\"]
    subgraph g0[\"tables\"]
        subgraph g1[\"tables.inner\"]
            t1[[\"tables.inner.many #91; #93;<br/>AthenaOperator\"]]
        end
    end
    t0 -->|\"big #124; #34;ones#34;\"| t1
    t1 --> t2
"
    );
    assert_exit(&output, 0);
}

#[test]
fn a_dag_is_drawn_in_dot() {
    let here = folder(&[("dags/a.py", DAG)]);
    let output = run(&here, &["graph", "dags/a.py", "--format", "dot", "--dag", "sales"]);
    assert_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.starts_with("digraph \"sales\" {\n    rankdir=LR;\n"), "{text}");
    assert!(
        text.contains("subgraph cluster_0 {\n        label=\"tables\";\n        subgraph cluster_1 {\n"),
        "{text}"
    );
    assert!(
        text.contains("t1 [label=\"tables.inner.many [ ]\\nAthenaOperator\", peripheries=2];\n"),
        "{text}"
    );
    assert!(text.contains("    t0 -> t1 [label=\"big | \\\"ones\\\"\"];\n    t1 -> t2;\n}\n"), "{text}");
}

#[test]
fn a_definition_is_drawn_too() {
    let yaml = "d:\n  task_groups: {g: {}}\n  tasks:\n    a: {operator: x.Op, task_group_name: g}\n    \
                b: {operator: x.Op, expand: {q: [1]}, dependencies: [g]}\nother: {tasks: {}}\n";
    let here = folder(&[("d.yml", yaml)]);
    let text = run(&here, &["graph", "d.yml", "--dag", "d"]);
    assert_exit(&text, 0);
    assert!(stdout(&text).contains("    g0 --> t1\n"), "{}", stdout(&text));
    let dot = run(&here, &["graph", "d.yml", "--dag", "d", "--format", "dot"]);
    assert!(stdout(&dot).contains("t0 -> t1 [ltail=cluster_0];"), "{}", stdout(&dot));
    for (arguments, message) in [
        (&["graph", "d.yml"][..], "has several DAGs; name one with `--dag`: `d`, `other`"),
        (&["graph", "d.yml", "--dag", "othr"], "has no DAG `othr`; did you mean `other`?"),
        (&["graph", "nowhere.py"], "cannot read `nowhere.py`"),
    ] {
        let output = run(&here, arguments);
        assert_exit(&output, 2);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn what_is_not_known_of_a_dag_is_said_beside_its_drawing() {
    let unknown = DAG.replace(
        "    many >> end\n",
        "    import requests\n    if requests.get(\"u\"):\n        many >> end\n",
    );
    let here = folder(&[("dags/a.py", &unknown)]);
    let output = run(&here, &["graph", "dags/a.py"]);
    assert_exit(&output, 1);
    assert!(stdout(&output).contains("flowchart") && stderr(&output).contains("error[unknown-control]"));
    fs::write(here.path().join("dags/a.py"), "x = = 1\n").unwrap();
    assert_exit(&run(&here, &["graph", "dags/a.py"]), 2);
}

#[test]
fn shells_complete_the_commands() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = run(&here, &["completions", shell]);
        assert_exit(&output, 0);
        for word in ["convert", "completions", "output-format", "mwaa-serverless"] {
            assert!(stdout(&output).contains(word), "{shell}: {word}");
        }
    }
    assert_exit(&run(&here, &["completions", "tcsh"]), 2);
}

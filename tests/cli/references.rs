//! References between the DAGs of a run.

use super::run::{assert_exit, folder, records, run};

const PARTS: &str = "\
from datetime import datetime
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
from airflow.sdk import DAG, TaskGroup
";

fn file(dag_id: &str, tasks: &str) -> String {
    let tasks: String = tasks.lines().map(|line| format!("    {line}\n")).collect();
    format!("{PARTS}with DAG({dag_id:?}, start_date=datetime(2026, 1, 1), schedule=None):\n{tasks}")
}

/// What is said of each task, as `severity task.parameter: message`.
fn said(arguments: &[&str], files: &[(&str, &str)]) -> Vec<String> {
    let output = run(&folder(files), arguments);
    let mut said: Vec<String> = records(&output)
        .iter()
        .filter(|record| record["code"] == "dag-reference")
        .map(|record| {
            let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
            format!("{} {}.{}: {}", text("severity"), text("task_id"), text("parameter"), text("message"))
        })
        .collect();
    said.sort();
    said
}

#[test]
fn other_dags_are_held_against_what_became_of_them() {
    let here = file(
        "here",
        "ExternalTaskSensor(task_id='good', external_dag_id='there', external_task_id='load')\n\
         ExternalTaskSensor(task_id='group', external_dag_id='there', external_task_group_id='steps')\n\
         ExternalTaskSensor(task_id='all', external_dag_id='there', external_task_ids=['load', 'lode'])\n\
         ExternalTaskSensor(task_id='nogroup', external_dag_id='there', external_task_group_id='step')\n\
         ExternalTaskMarker(task_id='mark', external_dag_id='broken', external_task_id='x')\n\
         TriggerDagRunOperator(task_id='start', trigger_dag_id='elsewhere')\n\
         TriggerDagRunOperator(task_id='self', trigger_dag_id='here')\n\
         TriggerDagRunOperator(task_id='later', trigger_dag_id='{{ params.dag }}')\n\
         TriggerDagRunOperator.partial(task_id='many').expand(trigger_dag_id=['there', 'broken'])",
    );
    let there = file(
        "there",
        "EmptyOperator(task_id='load')\n\
         with TaskGroup('steps'):\n    EmptyOperator(task_id='one')",
    );
    let broken = file("broken", "EmptyOperator(task_id='x', retries=unknown())")
        .replace("with", "from mine import unknown\nwith");
    let files = [("here.py", here.as_str()), ("there.py", &there), ("broken.py", &broken)];
    let arguments = ["check", "--target", "dag-factory", "--output-format", "json", "."];
    assert_eq!(
        said(&arguments, &files),
        [
            "note start.trigger_dag_id: `trigger_dag_id` names the DAG `elsewhere`, which is not among the DAGs of this run",
            "warning all.external_task_ids: the DAG `there` has no task `lode`",
            "warning many.trigger_dag_id: `trigger_dag_id` names the DAG `broken`, which is refused",
            "warning mark.external_dag_id: `external_dag_id` names the DAG `broken`, which is refused",
            "warning nogroup.external_task_group_id: the DAG `there` has no task group `step`",
        ]
    );
}

#[test]
fn definitions_of_earlier_runs_count() {
    let folder = folder(&[
        ("one.py", &file("one", "EmptyOperator(task_id='a')")),
        ("two.py", &file("two", "TriggerDagRunOperator(task_id='go', trigger_dag_id='one')")),
    ]);
    let convert = |path: &str| {
        let arguments = ["convert", path, "--target", "dag-factory", "-o", "out", "--output-format", "json"];
        let output = run(&folder, &arguments);
        assert_exit(&output, 0);
        records(&output).iter().filter(|record| record["code"] == "dag-reference").count()
    };
    assert_eq!(convert("two.py"), 1);
    assert_eq!(convert("one.py"), 0);
    assert_eq!(convert("two.py"), 0);
}

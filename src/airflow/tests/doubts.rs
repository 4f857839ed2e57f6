//! What doubts refuse, and what they leave alone.

use super::*;

fn refused(lines: &str) -> Vec<String> {
    findings(&with(&format!("from acme import helper, Thing, flag\n{lines}")))
}

#[test]
fn unknown_code_refuses_the_dag_it_may_change() {
    assert_eq!(refused("helper()"), ["unknown-call-in-dag 7"]);
    assert_eq!(refused("if flag:\n    E(task_id='a')"), ["unknown-control 8"]);
    assert_eq!(refused("E(task_id=flag)"), ["unknown-value 7"]);
    assert_eq!(refused("TaskGroup(flag)"), ["unknown-value 7"]);
    assert_eq!(refused("E(task_id='a') >> flag"), ["unknown-value 7"]);
    assert_eq!(refused("E(task_id='a', **flag)"), ["unknown-value 7"]);
    assert_eq!(refused("chain(E(task_id='a'), *flag)"), ["unknown-value 7"]);
}

#[test]
fn what_cannot_touch_the_dag_does_not_refuse_it() {
    let text = format!(
        "{HEAD}from acme import helper, Thing, flag\n\
         helper(flag)\n\
         with DAG('d', schedule=None) as d:\n    \
             Thing(task_id='a', x=flag) >> E(task_id='b')\n    \
             n = 1 if flag else 2\n"
    );
    let dag = dag(&text);
    assert_eq!(dag.tasks[0].operator.path, "acme.Thing");
    assert_eq!(edges(&dag), ["a>b"]);
}

#[test]
fn a_dag_handed_to_unknown_code_is_refused() {
    let text = format!(
        "{HEAD}from acme import helper\nd = DAG('d', schedule=None)\ne = DAG('e', schedule=None)\nhelper([d])\n"
    );
    let run = run(&text);
    let found: Vec<bool> = run.collected.dags.iter().map(|dag| dag.findings.is_empty()).collect();
    assert_eq!(found, [false, true]);
}

#[test]
fn a_store_on_a_class_that_builds_refuses_all_dags_of_the_file() {
    let text = format!(
        "{HEAD}with DAG('a', schedule=None):\n    E(task_id='t')\n\
         BashOperator.template_fields = ()\n\
         with DAG('b', schedule=None):\n    E(task_id='t')\n"
    );
    let run = run(&text);
    let found: Vec<bool> = run.collected.dags.iter().map(|dag| dag.findings.is_empty()).collect();
    // The tasks of the first run with the changed class too.
    assert_eq!(found, [false, false]);
}

#[test]
fn an_attribute_that_is_no_parameter_refuses() {
    assert_eq!(refused("t = E(task_id='a')\nt.hook = 1"), ["unsupported-attribute 8"]);
    assert_eq!(refused("t = E(task_id='a')\nt.ui_color = '#fff'"), Vec::<String>::new());
}

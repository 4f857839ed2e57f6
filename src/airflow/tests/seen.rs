//! Whole files against what Airflow itself made of them: tasks, roles, groups and upstream ids.

use super::*;
use crate::dag::{Mapping, Role};

/// One line a task, as the dumps have it: DAG, task, role, group, and what is upstream.
fn lines(text: &str) -> Vec<String> {
    let run = run(text);
    assert_eq!(run.raised, None);
    let mut lines = Vec::new();
    for dag in &run.collected.dags {
        let errors: Vec<_> = dag.findings.iter().filter(|finding| finding.is_error()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        for (at, task) in dag.tasks.iter().enumerate() {
            let role = match (task.role, &task.mapping) {
                (Role::Setup, _) => "S",
                (Role::Teardown, _) => "T",
                (Role::Work, Some(Mapping::Expand(_) | Mapping::ExpandKwargs { .. })) => "M",
                (Role::Work, Some(Mapping::InMappedGroup) | None) => "-",
            };
            let group = task.group.map_or("-", |group| dag.groups[group].group_id.as_str());
            let before = dag.edges.iter().filter(|edge| edge.downstream == at);
            let mut before: Vec<&str> =
                before.map(|edge| dag.tasks[edge.upstream].task_id.as_str()).collect();
            before.sort_unstable();
            let head = [dag.dag_id.as_str(), task.task_id.as_str(), role, group, "<"];
            lines.push(head.into_iter().chain(before).collect::<Vec<_>>().join(" "));
        }
    }
    lines.sort();
    // A DagBag holds one of several DAGs of one id; here they are alike.
    lines.dedup();
    lines
}

macro_rules! seen {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            let text = include_str!(concat!("seen/", stringify!($name), ".py"));
            let expected = include_str!(concat!("seen/", stringify!($name), ".txt"));
            let mut expected: Vec<&str> = expected.lines().collect();
            expected.sort_unstable();
            assert_eq!(lines(text), expected);
        })+
    };
}

seen! {
    groups_2
    groups_3
    mixed_2
    mixed_3
    setups_3
    setups_and_dag_functions_2
    setups_and_dag_functions_3
    subclasses_3
    taskflow_3
}

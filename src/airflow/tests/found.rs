//! Which DAGs DagBag finds.

use super::*;

const MAKERS: &str = "def made(name):\n    \
        d = DAG(name, schedule=None)\n    \
        E(task_id='t', dag=d)\n    \
        return d\n\
    def entered(name):\n    \
        with DAG(name, schedule=None) as d:\n        \
            E(task_id='t')\n    \
        return d\n";

fn found(lines: &str) -> (Vec<String>, usize) {
    let run = run(&format!("{HEAD}{MAKERS}{lines}\n"));
    assert_eq!(run.raised, None, "{lines}");
    let ids = run.collected.dags.into_iter().map(|dag| dag.dag_id).collect();
    (ids, run.collected.diagnostics.len())
}

#[test]
fn module_level_names_and_registered_dags_are_found() {
    for (lines, expected, warnings) in [
        ("x = made('a')", vec!["a"], 0),
        ("made('a')", vec![], 1),
        ("x = [made('a')]", vec![], 1),
        ("x = [entered('a')]", vec!["a"], 0),
        ("for n in range(3):\n    x = made(f'a{n}')", vec!["a2"], 2),
        ("for n in range(2):\n    globals()[f'x{n}'] = made(f'a{n}')", vec!["a0", "a1"], 0),
        ("x = made('a')\ndel x", vec![], 1),
        ("with DAG('a', schedule=None, auto_register=False):\n    E(task_id='t')", vec![], 1),
        ("DAG('a', schedule=None)", vec![], 0),
        ("@dag\ndef f():\n    E(task_id='t')\nf()", vec!["f"], 0),
        ("@dag\ndef f():\n    E(task_id='t')", vec![], 0),
    ] {
        let (ids, said) = found(lines);
        assert_eq!((ids, said), (expected.into_iter().map(str::to_owned).collect(), warnings), "{lines}");
    }
}

#[test]
fn a_task_in_no_dag_is_named() {
    let text = format!("{HEAD}with DAG('d', schedule=None):\n    pass\nE(task_id='a')\n");
    assert_eq!(findings(&text), ["task-without-dag 7"]);
}

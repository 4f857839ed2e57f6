//! Edges in every form, drawn when Airflow draws them.

use super::*;

#[test]
fn shifts_take_tasks_lists_and_groups() {
    let dag = block(
        "a, b, c, x = E(task_id='a'), E(task_id='b'), E(task_id='c'), E(task_id='x')\n\
         last = a >> [b, c] >> x\n\
         assert last is x\n\
         [a, b] >> E(task_id='y') << (c,)\n\
         a >> b\n\
         x.set_upstream([a, b])\n\
         x.set_downstream(E(task_id='z'))",
    );
    assert_eq!(edges(&dag), ["a>b", "a>c", "a>x", "a>y", "b>x", "b>y", "c>x", "c>y", "x>z"]);
}

#[test]
fn group_edges_mean_the_roots_and_leaves_of_their_moment() {
    let dag = block(
        "c = E(task_id='c')\n\
         with TaskGroup('g') as g:\n    \
             a, b = E(task_id='a'), E(task_id='b')\n\
         c >> g\n\
         a >> b\n\
         g >> E(task_id='d')\n\
         with TaskGroup('empty') as empty:\n    \
             pass\n\
         c >> empty >> E(task_id='after')",
    );
    assert_eq!(edges(&dag), ["c>after", "c>g.a", "c>g.b", "g.a>g.b", "g.b>d"]);
}

#[test]
fn labels_join_what_stands_on_both_sides() {
    let dag = block(
        "a, b, c = E(task_id='a'), E(task_id='b'), E(task_id='c')\n\
         a >> Label('yes') >> b\n\
         c << Label('no') << [a, b]\n\
         with TaskGroup('g') as g:\n    \
             u, v = E(task_id='u'), E(task_id='v')\n    \
             u >> v\n\
         u >> Label('out') >> E(task_id='d')",
    );
    // Between groups a label makes an edge of the group as a whole.
    assert_eq!(edges(&dag), ["a>b", "a>c", "b>c", "g.u>g.v", "g.v>d"]);
}

#[test]
fn chains_pair_lists() {
    let dag = block(
        "t = [E(task_id=f't{n}') for n in range(8)]\n\
         chain(t[0], [t[1], t[2]], [t[3], t[4]], t[5])\n\
         cross_downstream([t[0], t[1]], [t[6], t[7]])",
    );
    assert_eq!(
        edges(&dag),
        ["t0>t1", "t0>t2", "t0>t6", "t0>t7", "t1>t3", "t1>t6", "t1>t7", "t2>t4", "t3>t5", "t4>t5"]
    );
    let dag =
        block("t = [E(task_id=f't{n}') for n in range(5)]\nchain_linear(t[0], [t[1], t[2]], [t[3], t[4]])");
    assert_eq!(edges(&dag), ["t0>t1", "t0>t2", "t1>t3", "t1>t4", "t2>t3", "t2>t4"]);
    let run =
        run(&with("t = [E(task_id=f't{n}') for n in range(5)]\nchain([t[0], t[1]], [t[2], t[3], t[4]])"));
    assert!(run.raised.is_some_and(|shown| shown.starts_with("ValueError")));
}

#[test]
fn results_in_template_fields_draw_edges() {
    let dag = block(
        "a, b = BashOperator(task_id='a', bash_command='x'), BashOperator(task_id='b', bash_command='x')\n\
         c = BashOperator(task_id='c', bash_command=a.output['k'], env={'deep': [{'b': b.output}]})\n\
         t = BashOperator(task_id='t', bash_command=f'echo {a.output}')\n\
         t.env = {'late': XComArg(b)}\n\
         BashOperator(task_id='n', bash_command='x', output_encoding=a.output)",
    );
    assert_eq!(edges(&dag), ["a>c", "b>c", "b>t"]);
    let text = "echo {{ task_instance.xcom_pull(task_ids='a', dag_id='d', key='return_value') }}";
    assert_eq!(argument(&dag, "t", "bash_command"), Some(&Datum::str(text)));
    let Some(Datum::XCom(xcom)) = argument(&dag, "c", "bash_command") else { panic!("no result") };
    assert_eq!((xcom.task_id.as_str(), xcom.key.as_str()), ("a", "k"));
}

#[test]
fn a_task_without_a_dag_joins_that_of_its_neighbour() {
    let dag = dag(&format!(
        "{HEAD}d = DAG('d', schedule=None)\na = E(task_id='a', dag=d)\nb = E(task_id='b')\na >> b\n"
    ));
    assert_eq!((ids(&dag), edges(&dag)), (vec!["a", "b"], vec!["a>b".to_owned()]));
}

#[test]
fn setups_and_teardowns_stand_around_the_work() {
    let dag = block(
        "s = E(task_id='s')\n\
         t = E(task_id='t')\n\
         with t.as_teardown(setups=s):\n    \
             a, b, c = E(task_id='a'), E(task_id='b'), E(task_id='c')\n    \
             a >> b",
    );
    assert_eq!(edges(&dag), ["a>b", "b>t", "c>t", "s>a", "s>c", "s>t"]);
    let roles: Vec<crate::dag::Role> = dag.tasks.iter().take(2).map(|task| task.role).collect();
    assert_eq!(roles, [crate::dag::Role::Setup, crate::dag::Role::Teardown]);
    assert_eq!(argument(&dag, "t", "trigger_rule"), Some(&Datum::str("all_done_setup_success")));
}

#[test]
fn a_cycle_stands_in_the_way() {
    let text = with("a, b = E(task_id='a'), E(task_id='b')\na >> b\nb >> a");
    assert_eq!(findings(&text), ["cycle 8"]);
}

//! DAGs, operators, default_args, groups, subclasses, and what can be read while building.

use super::*;

#[test]
fn arguments_are_held_by_reference() {
    let dag = block(
        "steps = [1]\n\
         env = {'n': 0}\n\
         a = BashOperator(task_id='a', bash_command='x', env=env, params={'steps': steps})\n\
         steps.append(2)\n\
         for n in range(3):\n    \
             env['n'] = n\n    \
             BashOperator(task_id=f't{n}', bash_command='x', env=env)",
    );
    let two = Datum::Map(vec![(Datum::str("n"), Datum::int(2))]);
    assert_eq!(ids(&dag), ["a", "t0", "t1", "t2"]);
    assert_eq!(argument(&dag, "t0", "env"), Some(&two));
    let steps = Datum::List(vec![Datum::int(1), Datum::int(2)]);
    assert_eq!(argument(&dag, "a", "params"), Some(&Datum::Map(vec![(Datum::str("steps"), steps)])));
}

#[test]
fn default_args_are_merged_when_an_operator_is_called() {
    let dag = dag(&format!(
        "{HEAD}args = {{'retries': 1, 'owner': 'dag', 'queue': 'q'}}\n\
         with DAG('d', schedule=None, default_args=args) as d:\n    \
             args['retries'] = 99\n    \
             E(task_id='plain')\n    \
             with TaskGroup('g', default_args={{'owner': 'g', 'pool': 'p'}}):\n        \
                 with TaskGroup('h', default_args={{'owner': 'h'}}):\n            \
                     E(task_id='in')\n            \
                     E(task_id='own', default_args={{'owner': 'own'}}, pool=None)\n    \
             d.default_args['retries'] = 5\n    \
             E(task_id='later', owner='me')\n"
    ));
    let of = |task, name| effective(&dag, task, name).cloned();
    assert_eq!(of("plain", "retries"), Some(Datum::int(1)));
    assert_eq!(of("g.h.in", "owner"), Some(Datum::str("h")));
    assert_eq!(of("g.h.in", "pool"), Some(Datum::str("p")));
    assert_eq!(of("g.h.own", "owner"), Some(Datum::str("own")));
    assert_eq!(of("g.h.own", "pool"), Some(Datum::Null));
    assert_eq!(of("later", "retries"), Some(Datum::int(5)));
    assert_eq!(of("later", "owner"), Some(Datum::str("me")));
    assert_eq!(argument(&dag, "later", "retries"), None);
}

#[test]
fn groups_prefix_ids_and_put_suffixes_on_collisions() {
    let dag = block(
        "with TaskGroup('a') as a:\n    \
             E(task_id='x')\n    \
             with TaskGroup('b', prefix_group_id=False) as b:\n        \
                 E(task_id='y')\n        \
                 with TaskGroup('c'):\n            \
                     E(task_id='z')\n\
         with TaskGroup('a', add_suffix_on_collision=True):\n    \
             E(task_id='x')",
    );
    assert_eq!(ids(&dag), ["a.x", "y", "c.z", "a__1.x"]);
    let groups: Vec<&str> = dag.groups.iter().map(|group| group.group_id.as_str()).collect();
    assert_eq!(groups, ["a", "a.b", "c", "a__1"]);
    assert_eq!(dag.groups[2].parent, Some(1));
    assert_eq!(dag.tasks[2].group, Some(2));
}

#[test]
fn airflow_refuses_what_it_refuses() {
    for (lines, raised) in [
        ("E(task_id='a')\nE(task_id='a')", "DuplicateTaskIdFound"),
        ("TaskGroup('g')\nTaskGroup('g')", "DuplicateTaskIdFound"),
        ("E(task_id='g')\nTaskGroup('g')", "DuplicateTaskIdFound"),
        ("E(task_id='a b')", "ValueError"),
        ("TaskGroup('a.b')", "ValueError"),
        ("E('a')", "TypeError"),
        ("d.get_task('x')", "TaskNotFound"),
        ("a, b = BashOperator(task_id='a', bash_command='x').output", "TypeError"),
        ("E(task_id='a') >> [[E(task_id='b')]]", "AttributeError"),
        ("E(task_id='a') >> None", "AttributeError"),
        ("o = DAG('o', schedule=None)\nE(task_id='a') >> E(task_id='b', dag=o)", "AirflowException"),
    ] {
        let run = run(&with(lines));
        let shown = run.raised.unwrap_or_default();
        assert!(shown.starts_with(raised), "{lines}: {shown}");
    }
    for (id, raised) in [("'a/b'", "ValueError"), ("1", "TypeError"), ("None", "TypeError")] {
        let run = run(&format!("{HEAD}DAG({id}, schedule=None)\n"));
        assert!(run.raised.is_some_and(|shown| shown.starts_with(raised)), "{id}");
    }
}

#[test]
fn attributes_can_be_read_and_set() {
    let dag = dag(&format!(
        "{HEAD}from airflow.utils.trigger_rule import TriggerRule\n\
         d = DAG('d', schedule='@daily', tags=['x'])\n\
         a = BashOperator(task_id='a', bash_command='echo 1', dag=d)\n\
         b = BashOperator(task_id='b', bash_command=a.bash_command + ' ' + a.task_id + ' ' + d.dag_id, dag=d)\n\
         b.trigger_rule = TriggerRule.ALL_DONE\n\
         a >> b\n\
         assert [t.task_id for t in d.roots] == ['a'] and [t.task_id for t in d.leaves] == ['b']\n\
         assert a.downstream_task_ids == {{'b'}} and d.task_ids == ['a', 'b'] and d.get_task('a') is a\n\
         assert TriggerRule.ALL_DONE == 'all_done' and TriggerRule('always').name == 'ALWAYS'\n\
         assert f'{{TriggerRule.ALL_DONE}}' == 'all_done' and str(a) == '<Task(BashOperator): a>'\n\
         d.doc_md = 'words'\n\
         d.tags.add('y')\n\
         for t in d.tasks:\n    \
             t.owner = 'late'\n"
    ));
    assert_eq!(argument(&dag, "b", "bash_command"), Some(&Datum::str("echo 1 a d")));
    assert_eq!(argument(&dag, "b", "trigger_rule"), Some(&Datum::str("all_done")));
    assert_eq!(argument(&dag, "a", "owner"), Some(&Datum::str("late")));
    let tags = dag.arguments.iter().find(|argument| argument.name == "tags").map(|found| &found.value);
    assert_eq!(tags, Some(&Datum::List(vec![Datum::str("x"), Datum::str("y")])));
}

#[test]
fn subclasses_are_followed() {
    let text = format!(
        "{HEAD}from airflow.sdk import BaseOperator\n\
         class Load(BaseOperator):\n    \
             template_fields = ('table',)\n    \
             def __init__(self, table, mode='append', **kwargs):\n        \
                 super().__init__(**kwargs)\n        \
                 self.table = table\n        \
                 self.mode = mode\n\
         class Named(Load):\n    \
             def __init__(self, name, **kwargs):\n        \
                 super().__init__(table=name, task_id='load_' + name, **kwargs)\n\
         with DAG('d', schedule=None, default_args={{'mode': 'overwrite'}}) as d:\n    \
             a = Load(task_id='a', table='x')\n    \
             b = Named(name='y')\n    \
             assert a.mode == 'overwrite' and b.table == 'y' and isinstance(b, Load)\n    \
             assert isinstance(b, BaseOperator) and not isinstance(a, Named)\n    \
             Load(task_id='c', table=a.output)\n"
    );
    let dag = dag(&text);
    assert_eq!(ids(&dag), ["a", "load_y", "c"]);
    assert_eq!(edges(&dag), ["a>c"]);
    assert_eq!(dag.tasks[1].operator.path, "file.Named");
    let base = "airflow.sdk.BaseOperator".to_owned();
    assert_eq!(dag.tasks[1].operator.kind, crate::dag::OperatorKind::Subclass { base });
    let arguments: Vec<&str> = dag.tasks[1].arguments.iter().map(|found| found.name.as_str()).collect();
    assert_eq!(arguments, ["name"]);
}

#[test]
fn variables_and_configuration_come_from_the_user() {
    let dag = block(
        "from airflow.models import Variable as Old\n\
         from airflow.configuration import conf\n\
         BashOperator(task_id='a', bash_command=Variable.get('bucket'), env={\n    \
             'steps': Old.get('steps', deserialize_json=True),\n    \
             'n': conf.getint('core', 'parallelism'),\n    \
             'none': Variable.get('nowhere', default=None),\n    \
             'must': Variable.get('nothing'),\n\
         })",
    );
    assert_eq!(argument(&dag, "a", "bash_command"), Some(&Datum::str("lake")));
    let Some(Datum::Map(env)) = argument(&dag, "a", "env") else { panic!("no env") };
    let inner = Datum::Map(vec![(Datum::str("a"), Datum::Null)]);
    assert_eq!(env[0].1, Datum::List(vec![Datum::int(1), inner]));
    assert_eq!(env[1].1, Datum::int(32));
    for (at, name) in [(2, "nowhere"), (3, "nothing")] {
        let cause = env[at].1.first_unknown().unwrap();
        assert_eq!(cause.kind, crate::datum::CauseKind::Variable(name.to_owned()));
        assert_eq!(cause.help.as_deref(), Some(format!("supply it with `--variable {name}=VALUE`").as_str()));
    }
}

#[test]
fn old_names_make_a_file_one_for_airflow_2() {
    use crate::dag::SourceAirflow::{V2, V3};
    for (lines, version) in [
        ("from airflow import DAG\nDAG('d', schedule_interval=None)", V2),
        ("from airflow import DAG\nDAG('d', 'words', schedule=None)", V2),
        ("from airflow import DAG\nfrom airflow.utils.dates import days_ago\nDAG('d', schedule=None)", V2),
        ("from airflow import DAG\nfrom airflow.operators.dummy import DummyOperator\nDAG('d')", V2),
        ("from airflow import DAG\nfrom airflow.operators.bash import BashOperator\nDAG('d')", V3),
        ("from airflow.sdk import DAG\nDAG('d', schedule=None)", V3),
    ] {
        let text = lines.replace("\nDAG(", "\nd = DAG(");
        assert_eq!(dag(&text).source_airflow, version, "{lines}");
    }
}

//! `@dag`, `@task`, `@task_group`, mapping.

use super::*;
use crate::dag::{Mapping, OperatorKind};

#[test]
fn calls_of_task_functions_make_tasks_and_edges() {
    let dag = block(
        "@task\n\
         def one(n=0):\n    \
             \"\"\"Words.\"\"\"\n\
         @task(multiple_outputs=True, retries=3)\n\
         def two(a, b=None): ...\n\
         @task.branch(task_id='pick')\n\
         def three(z): ...\n\
         x, y = one(), one(1)\n\
         z = two(x, b=[y, {'k': one.override(task_id='uno')(2)}])\n\
         three(z['key'])",
    );
    assert_eq!(ids(&dag), ["one", "one__1", "uno", "two", "pick"]);
    assert_eq!(edges(&dag), ["one>two", "one__1>two", "two>pick", "uno>two"]);
    assert_eq!(dag.tasks[4].operator.kind, OperatorKind::Decorated { decorator: "task.branch".to_owned() });
    assert_eq!(argument(&dag, "one", "doc_md"), Some(&Datum::str("Words.")));
    assert_eq!(argument(&dag, "one__1", "op_args"), Some(&Datum::Tuple(vec![Datum::int(1)])));
    assert_eq!(argument(&dag, "two", "multiple_outputs"), Some(&Datum::Bool(true)));
    let Some(Datum::Reference(function)) = argument(&dag, "one", "python_callable") else {
        panic!("no function")
    };
    assert_eq!((function.module.as_deref(), function.name.as_str()), (Some("file"), "one.function"));
}

#[test]
fn calls_that_do_not_fit_raise_where_airflow_raises() {
    for (call, raised) in [
        ("f()", true),
        ("f(1, 2, 3)", true),
        ("f(1, 2)", false),
        ("f(1, z=2)", true),
        ("f.partial(q=1)", true),
        ("f.expand(a='text')", true),
        ("f.expand()", true),
        ("f(1)", false),
    ] {
        let run = run(&with(&format!("@task\ndef f(a, ds=None): ...\n{call}")));
        assert_eq!(run.raised.is_some(), raised, "{call}: {:?}", run.raised);
    }
}

#[test]
fn a_return_annotation_tells_of_several_outputs() {
    for (annotation, several) in [
        ("dict", true),
        ("dict[str, int]", true),
        ("'Dict[str, int]'", true),
        ("list", false),
        ("Optional[dict]", false),
        ("dict | None", false),
    ] {
        let text = format!("@task\ndef f() -> {annotation}: ...\nf()");
        let dag = block(&text);
        assert_eq!(argument(&dag, "f", "multiple_outputs").is_some(), several, "{annotation}");
    }
}

#[test]
fn dag_functions_make_dags() {
    let dag = dag(&format!(
        "{HEAD}@dag(schedule='@daily', tags=['x'])\n\
         def flow(day: str = 'today', n=3):\n    \
             'Words.'\n    \
             BashOperator(task_id='a', bash_command='x', env={{'day': day}})\n\
         flow(n=4)\n"
    ));
    assert_eq!((dag.dag_id.as_str(), ids(&dag)), ("flow", vec!["a"]));
    let named = |name: &str| dag.arguments.iter().find(|found| found.name == name).map(|found| &found.value);
    assert_eq!(named("doc_md"), Some(&Datum::str("Words.")));
    let params = vec![(Datum::str("day"), Datum::str("today")), (Datum::str("n"), Datum::int(4))];
    assert_eq!(named("params"), Some(&Datum::Map(params)));
}

#[test]
fn group_functions_give_what_they_return_or_the_group() {
    let dag = block(
        "@task\n\
         def t(x=None): ...\n\
         @task_group\n\
         def g(x):\n    \
             return t(x)\n\
         @task_group(group_id='named')\n\
         def h():\n    \
             t() >> t()\n\
         a = t()\n\
         b = g(a)\n\
         g(b) >> h()",
    );
    assert_eq!(ids(&dag), ["t", "g.t", "g__1.t", "named.t", "named.t__1"]);
    assert_eq!(edges(&dag), ["g.t>g__1.t", "g__1.t>named.t", "named.t>named.t__1", "t>g.t"]);
}

#[test]
fn mapped_tasks_are_kept_whole() {
    let dag = block(
        "@task\n\
         def t(x, y=0): ...\n\
         a = t(1)\n\
         t.partial(y=2).expand(x=[1, a])\n\
         BashOperator.partial(task_id='m', env={'a': a}).expand(bash_command=['x', 'y'])\n\
         t.override(task_id='k').expand_kwargs([{'x': 1}])\n\
         @task_group\n\
         def g(n):\n    \
             t.override(task_id='in')(n)\n\
         g.expand(n=a)",
    );
    assert_eq!(ids(&dag), ["t", "t__1", "m", "k", "g.in"]);
    assert_eq!(edges(&dag), ["t>g.in", "t>m", "t>t__1"]);
    let Some(Mapping::Expand(over)) = &dag.tasks[2].mapping else { panic!("not mapped") };
    assert_eq!(over[0].value, Datum::List(vec![Datum::str("x"), Datum::str("y")]));
    assert!(matches!(dag.tasks[3].mapping, Some(Mapping::ExpandKwargs { .. })));
    assert_eq!(dag.tasks[4].mapping, Some(Mapping::InMappedGroup));
    assert_eq!(dag.groups[0].arguments[0].name, "expand");
}

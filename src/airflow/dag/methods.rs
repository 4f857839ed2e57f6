//! The methods of DAGs.

use std::rc::Rc;

use super::DagObject;
use crate::airflow::params;
use crate::airflow::relations::{self, Node};
use crate::airflow::state;
use crate::airflow::task::Task;
use crate::datum::CauseKind;
use crate::eval::Vm;
use crate::source::Span;
use crate::value::{Args, Eval, Native, Stop, Type, Value};

/// The methods of DAGs.
pub static DAG: Type = Type {
    methods: &[
        Native::new("get_task", |_, mut args| {
            let dag = receiver(&mut args)?;
            dag.get_task(&args.expect("task_id")?).map(|task| Value::Object(task))
        }),
        Native::new("has_task", |_, mut args| {
            let dag = receiver(&mut args)?;
            let id = args.expect("task_id")?;
            Ok(Value::Bool(id.as_str().is_some_and(|id| dag.tasks.borrow().contains_key(id))))
        }),
        Native::new("add_task", add_task).hosted(),
        Native::new("add_tasks", add_tasks).hosted(),
        Native::new("set_dependency", set_dependency).hosted(),
        Native::new("topological_sort", topological_sort),
        Native::new("param", params::dag_param).hosted(),
        Native::new("get_dagrun", |vm, _| vm.unknown(CauseKind::World, "DAG runs are not known")),
        // Running a DAG, or serving its command line, adds nothing to it.
        Native::new("test", |_, _| Ok(Value::None)).lenient(),
        Native::new("cli", |_, _| Ok(Value::None)).lenient(),
        Native::new("run", |_, _| Ok(Value::None)).lenient(),
        Native::new("clear", |_, _| Ok(Value::None)).lenient(),
        Native::new("validate", |_, _| Ok(Value::None)).lenient(),
        Native::new("tree_view", |_, _| Ok(Value::None)).lenient(),
    ],
    ..Type::new("airflow.sdk.definitions.dag", "DAG", |_, _| {
        Err(Stop::type_error("DAG is not called through this table"))
    })
};

/// Takes the DAG in front of a method's arguments.
pub fn receiver(args: &mut Args) -> Eval<Rc<DagObject>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<DagObject>())
        .ok_or_else(|| Stop::type_error("this method needs a DAG"))
}

fn add_one(vm: &mut Vm, dag: &Rc<DagObject>, value: &Value, span: Span) -> Eval<()> {
    if let Some(task) = value.downcast::<Task>() {
        return dag.add_task(vm, &task, span);
    }
    let cause = match value {
        Value::Unknown(cause) => cause.clone(),
        other => vm.cause(CauseKind::Unsupported, format!("a `{}` is added to a DAG", other.type_name())),
    };
    dag.refuse(state::unknown(span, "a task that is added to the DAG is not known", &cause));
    Ok(())
}

fn add_task(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let task = args.expect("task")?;
    add_one(vm, &dag, &task, span)?;
    Ok(Value::None)
}

fn add_tasks(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let tasks = args.expect("tasks")?;
    match vm.iterate(&tasks) {
        Ok(tasks) => {
            for task in tasks {
                add_one(vm, &dag, &task, span)?;
            }
        }
        Err(Stop::Unknown(cause)) => {
            dag.refuse(state::unknown(span, "the tasks that are added to the DAG are not known", &cause));
        }
        Err(stop) => return Err(stop),
    }
    Ok(Value::None)
}

fn set_dependency(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let dag = receiver(&mut args)?;
    let (up, down) = (args.expect("upstream_task_id")?, args.expect("downstream_task_id")?);
    match (&up, &down) {
        (Value::Unknown(cause), _) | (_, Value::Unknown(cause)) => {
            dag.refuse(state::unknown(span, "an edge is drawn to something that is not known", cause));
        }
        _ => {
            let (up, down) = (dag.get_task(&up)?, dag.get_task(&down)?);
            relations::set_relatives(vm, &Node::Task(up), &Value::Object(down), false, span, None)?;
        }
    }
    Ok(Value::None)
}

fn topological_sort(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    receiver(&mut args)?;
    vm.unknown(CauseKind::NotModelled, "`DAG.topological_sort` is not modelled")
}

//! The methods of task groups.

use std::rc::Rc;

use super::{Child, Group};
use crate::airflow::relations;
use crate::airflow::task::{Task, objects};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::Vm;
use crate::value::{Args, Eval, Native, Object, Stop, Type, Value};

/// The methods of task groups.
pub static TASK_GROUP: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
        Native::new("add", add).hosted(),
        Native::new("child_id", |_, mut args| {
            let group = receiver(&mut args)?;
            Ok(group.child_id(&args.expect("label")?))
        }),
        Native::new("get_roots", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.roots())))),
        Native::new("get_leaves", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.leaves())))),
        Native::new("iter_tasks", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.tasks())))),
        Native::new("has_task", |_, mut args| {
            let group = receiver(&mut args)?;
            let task = args.expect("task")?.downcast::<Task>();
            Ok(Value::Bool(
                task.is_some_and(|task| group.tasks().iter().any(|own| own.serial == task.serial)),
            ))
        }),
        Native::new("get_child_by_label", child_by_label),
    ],
    ..Type::new("airflow.sdk.definitions.taskgroup", "TaskGroup", |_, _| {
        Err(Stop::type_error("TaskGroup is not called through this table"))
    })
};

fn receiver(args: &mut Args) -> Eval<Rc<Group>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<Group>())
        .ok_or_else(|| Stop::type_error("this method needs a task group"))
}

fn add(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let group = receiver(&mut args)?;
    let added = args.expect("task")?;
    let Some(task) = added.downcast::<Task>() else {
        let finding =
            Diagnostic::error(codes::CHANGED_LIBRARY, args.span, "a task group is added to another by hand");
        group.refuse(finding);
        return Ok(added);
    };
    group.add_task(vm, &task)?;
    Ok(added)
}

fn child_by_label(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let group = receiver(&mut args)?;
    let key = group.child_id(&args.expect("label")?);
    for child in &*group.children.borrow() {
        match child {
            Child::Task(task) if task.id().is(&key) => {
                return Ok(Value::Object(Rc::clone(task) as Rc<dyn Object>));
            }
            Child::Group(inner) if inner.id().is(&key) => {
                return Ok(Value::Object(Rc::clone(inner) as Rc<dyn Object>));
            }
            Child::Task(_) | Child::Group(_) => {}
        }
    }
    Err(Stop::key_error(key))
}

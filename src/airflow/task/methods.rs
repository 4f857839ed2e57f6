//! The methods of tasks.

use std::rc::Rc;

use super::{Task, objects};
use crate::airflow::relations;
use crate::airflow::setup;
use crate::airflow::state;
use crate::eval::Vm;
use crate::map::IndexMap;
use crate::value::{Arg, Args, Eval, Native, Object, Stop, Type, Value};

/// The methods of tasks.
pub static TASK: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
        Native::new("as_setup", setup::as_setup).hosted(),
        Native::new("as_teardown", setup::as_teardown).hosted(),
        Native::new("has_dag", |_, args| Ok(Value::Bool(receiver(&args)?.dag().is_some()))),
        Native::new("get_dag", |vm, args| {
            let task = receiver(&args)?;
            match task.dag() {
                Some(dag) => Ok(Value::Object(dag)),
                None => task.attr(vm, "dag").map(Option::unwrap_or_default),
            }
        }),
        Native::new("get_direct_relatives", direct_relatives),
        Native::new("get_direct_relative_ids", direct_relative_ids),
        Native::new("get_flat_relative_ids", flat_relative_ids),
        Native::new("add_inlets", |vm, args| extend_assets(vm, args, "inlets")).hosted(),
        Native::new("add_outlets", |vm, args| extend_assets(vm, args, "outlets")).hosted(),
        Native::new("partial", |_, _| {
            Err(Stop::type_error("partial can only be called on Operator classes, not Tasks themselves"))
        }),
        Native::new("__init__", crate::airflow::operator::base_init).hosted(),
    ],
    ..Type::new("airflow.sdk.bases.operator", "BaseOperator", |_, _| {
        Err(Stop::type_error("BaseOperator is not called through this table"))
    })
};

fn receiver(args: &Args) -> Eval<Rc<Task>> {
    args.positional
        .front()
        .and_then(|arg| arg.value.downcast::<Task>())
        .ok_or_else(|| Stop::type_error("this method needs a task"))
}

fn upstream_flag(vm: &mut Vm, args: &mut Args) -> Eval<bool> {
    args.positional.pop_front();
    match args.take("upstream") {
        Some(value) => vm.truth(&value),
        None => Ok(false),
    }
}

fn direct_relatives(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    Ok(Value::list(objects(if upstream { task.upstream() } else { task.downstream() })))
}

fn direct_relative_ids(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    Ok(Task::ids(&if upstream { task.upstream() } else { task.downstream() }))
}

fn flat_relative_ids(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    let mut found: IndexMap<usize, Rc<Task>> = IndexMap::default();
    let mut open = vec![task];
    while let Some(task) = open.pop() {
        for next in if upstream { task.upstream() } else { task.downstream() } {
            vm.spend(1)?;
            if found.insert(next.serial, Rc::clone(&next)).is_none() {
                open.push(next);
            }
        }
    }
    Ok(Task::ids(&found.into_values().collect::<Vec<_>>()))
}

fn extend_assets(vm: &mut Vm, mut args: Args, name: &'static str) -> Eval<Value> {
    let span = args.span;
    let task = receiver(&args)?;
    args.positional.pop_front();
    let added = args.expect(name)?;
    let added = match added {
        Value::Unknown(cause) => {
            task.refuse(state::unknown(span, format!("what is added to `{name}` is not known"), &cause));
            return Ok(Value::None);
        }
        added => vm.iterate(&added)?,
    };
    let mut items = match task.argument(name).map(|arg| arg.value) {
        None | Some(Value::None) => Vec::new(),
        Some(value @ (Value::List(_) | Value::Tuple(_))) => vm.iterate(&value)?,
        Some(single) => vec![single],
    };
    items.extend(added);
    task.args.borrow_mut().insert(name.into(), Arg { value: Value::list(items), span });
    Ok(Value::None)
}

//! The methods of functions under `@task`.

use std::rc::Rc;

use super::TaskFunction;
use crate::airflow::mappable;
use crate::airflow::mapping::{self, MappingSource};
use crate::eval::Vm;
use crate::value::{Arg, Args, Eval, Native, Stop, Type, Value};

pub(super) static TASK_FUNCTION: Type = Type {
    methods: &[
        Native::new("override", |_, mut args| {
            let function = receiver(&mut args)?;
            if let Some(cause) = args.open {
                return Err(Stop::Unknown(cause));
            }
            let mut kwargs = function.kwargs.borrow().clone();
            kwargs.extend(args.named);
            Ok(function.with_kwargs(kwargs))
        })
        .lenient(),
        Native::new("partial", partial).lenient(),
        Native::new("expand", |vm, mut args| {
            let function = receiver(&mut args)?;
            let span = args.span;
            let source = mapping::expand_source(&mut args)?;
            mappable::check_rule(
                function.kwargs.borrow().get("trigger_rule").map(|arg| &arg.value),
                &source,
            )?;
            if let MappingSource::Expand(named) = &source {
                let names: Vec<Rc<str>> = named.iter().map(|(name, _)| Rc::clone(name)).collect();
                function.check_names("expand", &names)?;
                for (name, arg) in named {
                    mappable::check(name, &arg.value)?;
                }
                function.check_not_partial(&names)?;
            }
            function.teardown_rule(span)?;
            mappable::check_results(&source)?;
            function.make(vm, Args::empty("expand", span), Some(source))
        })
        .hosted(),
        Native::new("expand_kwargs", |vm, mut args| {
            let function = receiver(&mut args)?;
            let span = args.span;
            let source = mapping::expand_kwargs_source(&mut args)?;
            mappable::check_kwargs(&source)?;
            function.make(vm, Args::empty("expand_kwargs", span), Some(source))
        })
        .hosted(),
    ],
    ..Type::new("airflow.sdk.bases.decorator", "_TaskDecorator", |_, _| {
        Err(Stop::type_error("_TaskDecorator is not called through this table"))
    })
};

fn receiver(args: &mut Args) -> Eval<Rc<TaskFunction>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<TaskFunction>())
        .ok_or_else(|| Stop::type_error("this method needs a task function"))
}

fn partial(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let function = receiver(&mut args)?;
    if let Some(cause) = args.open {
        return Err(Stop::Unknown(cause));
    }
    let names: Vec<Rc<str>> = args.named.iter().map(|(name, _)| Rc::clone(name)).collect();
    function.check_names("partial", &names)?;
    let mut kwargs = function.kwargs.borrow().clone();
    let mut items: Vec<(Rc<str>, Value)> =
        args.named.into_iter().map(|(name, arg)| (name, arg.value)).collect();
    if let Some(Value::Dict(old)) = kwargs.get("op_kwargs").map(|arg| arg.value.clone()) {
        for (key, value) in &*old.seen() {
            let Value::Str(name) = key.value() else { continue };
            if items.iter().any(|(given, _)| given == name) {
                return Err(Stop::type_error(format!("duplicate partial argument: '{name}'")));
            }
            items.push((Rc::clone(name), value.clone()));
        }
    }
    kwargs.insert("op_kwargs".into(), Arg { value: Value::dict(items), span });
    Ok(function.with_kwargs(kwargs))
}

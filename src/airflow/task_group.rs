//! `@task_group`: calling the function makes a group and what stands in it.

use std::rc::Rc;

use super::group::{self, Group};
use super::mapping::{self, MappedArgument, MappingSource};
use super::signature::{self, Signature};
use super::task::ArgMap;
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// `task_group` as a decorator, bare or with arguments.
pub static TASK_GROUP_DECORATOR: Native = Native::new("task_group", |_, mut args| {
    let span = args.span;
    let function = args.take("python_callable");
    if let Some(cause) = args.open {
        return Err(Stop::Unknown(cause));
    }
    let kwargs: ArgMap = args.named.into_iter().collect();
    match function {
        Some(function) if is_callable(&function) && kwargs.is_empty() => Ok(factory(function, kwargs, span)),
        _ => Ok(Value::object(Decorator { kwargs, span })),
    }
})
.lenient();

fn is_callable(value: &Value) -> bool {
    matches!(value, Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::Unknown(_))
}

fn factory(function: Value, mut kwargs: ArgMap, span: Span) -> Value {
    if !kwargs.contains_key("group_id")
        && let Some(name) = signature::name_of(&function)
    {
        kwargs.insert("group_id".into(), Arg { value: name, span });
    }
    Value::object(GroupFactory { function, kwargs, partial: ArgMap::default(), span })
}

/// `@task_group(…)`, waiting for its function.
struct Decorator {
    kwargs: ArgMap,
    span: Span,
}

impl Object for Decorator {
    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let function = args.expect("function")?;
        args.finish()?;
        Ok(factory(function, self.kwargs.clone(), self.span))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task group decorator is used as a value"))
    }
}

/// A function under `@task_group`.
pub struct GroupFactory {
    function: Value,
    kwargs: ArgMap,
    partial: ArgMap,
    span: Span,
}

impl GroupFactory {
    fn make(&self, vm: &mut Vm, call: Args, source: Option<MappingSource>) -> Eval<Value> {
        let span = call.span;
        if self.kwargs.contains_key("add_suffix_on_collision") {
            let message = "TaskGroup() got multiple values for keyword argument 'add_suffix_on_collision'";
            return Err(Stop::type_error(message));
        }
        let named = self.kwargs.clone().into_iter().collect();
        let group = group::make(vm, Args { named, ..Args::empty("TaskGroup", span) }, true, source)?;
        if let Some(doc) = signature::doc_of(&self.function).filter(|doc| !doc.is_empty()) {
            let mut args = group.args.borrow_mut();
            let tooltip = args.get("tooltip").is_some_and(|arg| arg.value.as_str() != Some(""));
            if !tooltip {
                args.insert("tooltip".into(), Arg { value: Value::Str(doc), span: self.span });
            }
        }
        Rc::clone(&group).enter(vm, span)?;
        let result = vm.call(&self.function, call);
        let left = Rc::<Group>::clone(&group).exit(vm);
        let value = match result {
            Ok(value) => value,
            Err(Stop::Unknown(cause)) => Value::Unknown(cause.indirect()),
            Err(stop) => return Err(stop),
        };
        left?;
        Ok(if value.is_none() { Value::Object(group) } else { value })
    }

    fn signature(&self) -> Option<Signature> {
        signature::function_of(&self.function).map(|function| Signature::of(&function))
    }

    fn check_names(&self, verb: &str, names: &[Rc<str>]) -> Eval<()> {
        let Some(signature) = self.signature() else { return Ok(()) };
        if signature.takes_any() {
            return Ok(());
        }
        let known = signature.names();
        match names.iter().find(|name| !known.contains(name)) {
            Some(name) => {
                Err(Stop::type_error(format!("{verb}() got an unexpected keyword argument '{name}'")))
            }
            None => Ok(()),
        }
    }

    fn mapped(&self, vm: &mut Vm, source: MappingSource, names: &[Rc<str>], span: Span) -> Eval<Value> {
        let mut call =
            Args { named: self.partial.clone().into_iter().collect(), ..Args::empty("expand", span) };
        for name in names {
            let value = Value::object(MappedArgument { source: source.clone(), key: Rc::clone(name) });
            call.named.push((Rc::clone(name), Arg { value, span }));
        }
        self.make(vm, call, Some(source))
    }
}

impl Drop for GroupFactory {
    fn drop(&mut self) {
        let args = self.kwargs.drain(..).chain(self.partial.drain(..));
        crate::value::release::later(args.map(|(_, arg)| arg.value));
        crate::value::release::later([std::mem::take(&mut self.function)]);
    }
}

impl Object for GroupFactory {
    fn class(&self) -> Option<&'static Type> {
        Some(&GROUP_FACTORY)
    }

    fn type_name(&self) -> Rc<str> {
        "_TaskGroupFactory".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "function").then(|| self.function.clone()))
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        self.make(vm, args, None)
    }

    fn call_effect(&self) -> Effect {
        Effect::Host
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task group function is used as a value"))
    }
}

static GROUP_FACTORY: Type = Type {
    methods: &[
        Native::new("override", |_, mut args| {
            let factory = receiver(&mut args)?;
            if let Some(cause) = args.open {
                return Err(Stop::Unknown(cause));
            }
            let mut kwargs = factory.kwargs.clone();
            kwargs.extend(args.named);
            Ok(Value::object(GroupFactory {
                function: factory.function.clone(),
                kwargs,
                partial: factory.partial.clone(),
                span: factory.span,
            }))
        })
        .lenient(),
        Native::new("partial", |_, mut args| {
            let factory = receiver(&mut args)?;
            if let Some(cause) = args.open {
                return Err(Stop::Unknown(cause));
            }
            let names: Vec<Rc<str>> = args.named.iter().map(|(name, _)| Rc::clone(name)).collect();
            factory.check_names("partial", &names)?;
            if let Some(name) = names.iter().find(|name| factory.partial.contains_key(*name)) {
                return Err(Stop::type_error(format!("duplicate partial argument: '{name}'")));
            }
            let mut partial = factory.partial.clone();
            partial.extend(args.named);
            Ok(Value::object(GroupFactory {
                function: factory.function.clone(),
                kwargs: factory.kwargs.clone(),
                partial,
                span: factory.span,
            }))
        })
        .lenient(),
        Native::new("expand", |vm, mut args| {
            let factory = receiver(&mut args)?;
            let span = args.span;
            let source = mapping::expand_source(&mut args)?;
            let names: Vec<Rc<str>> = match &source {
                MappingSource::Expand(named) => named.iter().map(|(name, _)| Rc::clone(name)).collect(),
                MappingSource::ExpandKwargs(..) => Vec::new(),
            };
            factory.check_names("expand", &names)?;
            if let Some(name) = names.iter().find(|name| factory.partial.contains_key(*name)) {
                return Err(Stop::type_error(format!("mapping already partial argument: '{name}'")));
            }
            factory.mapped(vm, source, &names, span)
        })
        .hosted(),
        Native::new("expand_kwargs", |vm, mut args| {
            let factory = receiver(&mut args)?;
            let span = args.span;
            let source = mapping::expand_kwargs_source(&mut args)?;
            let names = match factory.signature() {
                Some(signature) if signature.is_variadic() => {
                    return Err(Stop::type_error(
                        "calling expand_kwargs() on task group function with * or ** is not supported",
                    ));
                }
                Some(signature) => signature.names(),
                None => Vec::new(),
            };
            let names: Vec<Rc<str>> =
                names.into_iter().filter(|name| !factory.partial.contains_key(name)).collect();
            factory.mapped(vm, source, &names, span)
        })
        .hosted(),
    ],
    ..Type::new("airflow.sdk.definitions.decorators.task_group", "_TaskGroupFactory", |_, _| {
        Err(Stop::type_error("_TaskGroupFactory is not called through this table"))
    })
};

fn receiver(args: &mut Args) -> Eval<Rc<GroupFactory>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<GroupFactory>())
        .ok_or_else(|| Stop::type_error("this method needs a task group function"))
}

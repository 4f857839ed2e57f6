//! Dynamic task mapping of operators: `partial`, `expand`, `expand_kwargs`.

use std::cell::RefCell;
use std::rc::Rc;

use super::mappable;
use super::operator::{self, OperatorClass};
use super::task::Task;
use crate::datum::{CauseKind, Datum, TypedObject};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// What a task or group is mapped over. Held by reference.
#[derive(Clone)]
pub enum MappingSource {
    /// `expand(name=…)`.
    Expand(Vec<(Rc<str>, Arg)>),
    /// `expand_kwargs(…, strict=…)`.
    ExpandKwargs(Arg, bool),
}

impl MappingSource {
    /// The values mapped over, with their places.
    pub fn values(&self) -> Vec<(Value, Span)> {
        match self {
            Self::Expand(args) => args.iter().map(|(_, arg)| (arg.value.clone(), arg.span)).collect(),
            Self::ExpandKwargs(arg, _) => vec![(arg.value.clone(), arg.span)],
        }
    }
}

/// What `Operator.partial(…)` gives: a call that waits for its mapping.
pub struct OperatorPartial {
    class: Rc<OperatorClass>,
    args: RefCell<Option<Args>>,
    span: Span,
}

/// `Operator.partial`; the receiver is the class.
pub static OPERATOR_PARTIAL: Native = Native::new("partial", partial).hosted();

fn partial(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let class = args.positional.pop_front().and_then(|arg| arg.value.downcast::<OperatorClass>());
    let Some(class) = class else { return Err(Stop::type_error("partial() needs an operator class")) };
    new_partial(vm, class, args)
}

/// The partial call of a class.
pub fn new_partial(_vm: &mut Vm, class: Rc<OperatorClass>, args: Args) -> Eval<Value> {
    operator::refuse_positional(&args)?;
    let span = args.span;
    Ok(Value::object(OperatorPartial { class, args: RefCell::new(Some(args)), span }))
}

impl Drop for OperatorPartial {
    fn drop(&mut self) {
        if let Some(args) = self.args.get_mut() {
            args.release();
        }
    }
}

impl Object for OperatorPartial {
    fn class(&self) -> Option<&'static Type> {
        Some(&PARTIAL)
    }

    fn type_name(&self) -> Rc<str> {
        "OperatorPartial".into()
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a partial operator is used as a value"))
    }
}

static PARTIAL: Type = Type {
    methods: &[
        Native::new("expand", |vm, mut args| {
            let partial = receiver(&mut args)?;
            let source = expand_source(&mut args)?;
            make(vm, &partial, source, args.span)
        })
        .hosted(),
        Native::new("expand_kwargs", |vm, mut args| {
            let partial = receiver(&mut args)?;
            let source = expand_kwargs_source(&mut args)?;
            make(vm, &partial, source, args.span)
        })
        .hosted(),
    ],
    ..Type::new("airflow.sdk.definitions.mappedoperator", "OperatorPartial", |_, _| {
        Err(Stop::type_error("OperatorPartial is not called through this table"))
    })
};

fn receiver(args: &mut Args) -> Eval<Rc<OperatorPartial>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<OperatorPartial>())
        .ok_or_else(|| Stop::type_error("this method needs a partial operator"))
}

/// The mapping of `expand(name=…)`.
pub fn expand_source(args: &mut Args) -> Eval<MappingSource> {
    if let Some(cause) = args.open.take() {
        // The names are not known; one entry stands for them, so that the mapping is refused as a whole.
        let arg = Arg { value: Value::Unknown(cause), span: args.span };
        return Ok(MappingSource::ExpandKwargs(arg, true));
    }
    if !args.positional.is_empty() {
        return Err(Stop::type_error("expand() takes keyword arguments alone"));
    }
    if args.named.is_empty() {
        return Err(Stop::type_error("no arguments to expand against"));
    }
    Ok(MappingSource::Expand(std::mem::take(&mut args.named)))
}

/// The mapping of `expand_kwargs(…)`.
pub fn expand_kwargs_source(args: &mut Args) -> Eval<MappingSource> {
    let span = args.span;
    let strict = match args.named("strict") {
        Some(value) => !matches!(value.known()?, Value::Bool(false) | Value::None),
        None => true,
    };
    match args.take_arg("kwargs") {
        Some(arg) => Ok(MappingSource::ExpandKwargs(arg, strict)),
        None => match args.open.take() {
            Some(cause) => {
                let value = Value::Unknown(cause);
                Ok(MappingSource::ExpandKwargs(Arg { value, span }, strict))
            }
            None => Err(Stop::type_error("expand_kwargs() missing required argument: 'kwargs'")),
        },
    }
}

fn make(vm: &mut Vm, partial: &Rc<OperatorPartial>, source: MappingSource, span: Span) -> Eval<Value> {
    let args = partial.args.borrow().clone();
    let Some(args) = args else { return Ok(Value::None) };
    mappable::check_operator(vm, &args, &source)?;
    // The kwargs of `partial` are merged with default_args when it is called, the task is made by `expand`; between
    // the two nothing but the current DAG could differ, which `partial` kept.
    let mut task = Task::blank(vm, &partial.class, partial.class.kind(), partial.span)?;
    task.mapping = Some(source.clone());
    let task = Rc::new(task);
    operator::construct(vm, &task, args)?;
    refuse_in_mapped_group(&task, span);
    for (value, span) in source.values() {
        super::relations::follow_references(vm, &task, &value, span)?;
    }
    operator::finish(vm, &task)?;
    Ok(Value::Object(task))
}

/// Airflow refuses an expansion inside a mapped group.
pub fn refuse_in_mapped_group(task: &Rc<Task>, span: Span) {
    let mut group = task.group();
    while let Some(around) = group {
        if around.mapped.is_some() {
            task.refuse(Diagnostic::error(
                codes::IMPORT_ERROR,
                span,
                "operator expansion in an expanded task group is not supported by Airflow",
            ));
            return;
        }
        group = around.parent();
    }
}

/// An argument of a mapped task group, which has a value for each of its instances.
pub struct MappedArgument {
    /// What the group is mapped over.
    pub source: MappingSource,
    /// The name of the argument.
    pub key: Rc<str>,
}

crate::value::release::released!(MappedArgument);

impl Object for MappedArgument {
    fn type_name(&self) -> Rc<str> {
        "MappedArgument".into()
    }

    fn str(&self, vm: &mut Vm) -> Eval<Rc<str>> {
        vm.unknown(
            CauseKind::Volatile,
            format!("the mapped argument `{}` is put into text, where it has no value", self.key),
        )
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.source.values().iter().for_each(|(value, _)| visit(value));
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Object(Box::new(TypedObject {
            path: "airflow.sdk.definitions._internal.expandinput.MappedArgument".to_owned(),
            args: Vec::new(),
            kwargs: vec![("key".to_owned(), Datum::str(&*self.key))],
        }))
    }
}

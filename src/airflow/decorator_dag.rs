//! `@dag`: calling the function makes a DAG and what stands in it.

use std::rc::Rc;

use super::dag::{self, DagObject};
use super::params::DagParam;
use super::signature::{self, Signature};
use super::state::State;
use crate::dag::SourceAirflow;
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Object, Stop, Value};

/// `dag` as a decorator, bare or with arguments.
pub static DAG_DECORATOR: Native = Native::new("dag", |_, mut args| {
    let bare = args.positional.len() == 1 && args.named.is_empty() && args.open.is_none();
    let function = args.positional.front().map(|arg| arg.value.clone());
    match function {
        Some(function) if bare && !matches!(function, Value::Str(_) | Value::Unknown(_)) => {
            args.positional.pop_front();
            Ok(Value::object(DagFactory { function, args, bare: true }))
        }
        _ => Ok(Value::object(Decorator(args))),
    }
})
// It makes no DAG yet; but where it is not known whether it runs, neither is whether there is a DAG.
.hosted();

/// `@dag(…)`, waiting for its function.
struct Decorator(Args);

impl Drop for Decorator {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Object for Decorator {
    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let function = args.expect("f")?;
        args.finish()?;
        Ok(Value::object(DagFactory { function, args: self.0.clone(), bare: false }))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a DAG decorator is used as a value"))
    }
}

/// A function under `@dag`.
pub struct DagFactory {
    function: Value,
    /// The arguments of the decorator.
    args: Args,
    /// Whether the decorator stands without parentheses.
    bare: bool,
}

impl DagFactory {
    /// The arguments of `DAG(…)`: the id is that given, else the function's name.
    fn dag_args(&self, span: Span) -> Args {
        let mut args = self.args.clone();
        args.callee = "DAG".into();
        let blank = |value: &Value| matches!(value, Value::Str(text) if text.trim().is_empty());
        let named = args.named_arg("dag_id").filter(|arg| !blank(&arg.value));
        let positional = args.positional.pop_front().filter(|arg| !blank(&arg.value) && !arg.value.is_none());
        let id = named
            .or(positional)
            .or_else(|| signature::name_of(&self.function).map(|value| Arg { value, span: self.args.span }));
        args.positional.push_front(id.unwrap_or(Arg { value: Value::None, span }));
        args
    }

    fn make(&self, vm: &mut Vm, call: Args) -> Eval<Value> {
        let span = call.span;
        // In Airflow 2 the function was taken for the first argument of the decorator, seen in 2.10.5.
        if self.bare && State::of(vm).source() == SourceAirflow::V2 {
            return Err(Stop::type_error(
                "dag.<locals>.wrapper() missing 1 required positional argument: 'f'",
            ));
        }
        let function = signature::function_of(&self.function);
        let bound = match &function {
            Some(function) => Signature::of(function).bind(call, |_| false)?,
            None => call.named.into_iter().collect(),
        };
        let dag = dag::make(vm, self.dag_args(span))?;
        Rc::clone(&dag).enter(vm, span)?;
        if let Some(doc) = signature::doc_of(&self.function).filter(|doc| !doc.is_empty()) {
            let mut args = dag.args.borrow_mut();
            let documented = args.get("doc_md").is_some_and(|arg| !arg.value.is_none());
            if !documented {
                let span = function.as_ref().map_or(span, |function| function.span);
                args.insert("doc_md".into(), Arg { value: Value::Str(doc), span });
            }
        }
        let mut inner = Args::empty("dag function", span);
        for (name, arg) in bound {
            let value = DagParam::bind(&dag, Rc::clone(&name), Some(arg.value), arg.span);
            inner.named.push((name, Arg { value, span: arg.span }));
        }
        let result = vm.call(&self.function, inner);
        let left = Rc::<DagObject>::clone(&dag).exit(vm);
        match result {
            Ok(_) | Err(Stop::Unknown(_)) => {}
            Err(stop) => return Err(stop),
        }
        left?;
        Ok(Value::Object(dag))
    }
}

impl Drop for DagFactory {
    fn drop(&mut self) {
        crate::value::release::later([std::mem::take(&mut self.function)]);
        self.args.release();
    }
}

impl Object for DagFactory {
    fn type_name(&self) -> Rc<str> {
        "function".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "__wrapped__" => Some(self.function.clone()),
            "__name__" | "__qualname__" => signature::name_of(&self.function),
            "__doc__" => Some(signature::doc_of(&self.function).map_or(Value::None, Value::Str)),
            _ => None,
        })
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, _name: &str, _value: Value, _span: Span) -> Eval<bool> {
        Ok(true)
    }

    fn call(self: Rc<Self>, vm: &mut Vm, args: Args) -> Eval<Value> {
        self.make(vm, args)
    }

    fn call_effect(&self) -> Effect {
        Effect::Host
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a DAG function is used as a value"))
    }
}

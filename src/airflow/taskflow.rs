//! TaskFlow: `@task` and its variants, `@setup`, `@teardown`, and what calling, mapping and overriding such functions does.
//!
//! Follows `_TaskDecorator` and `DecoratedOperator` of 2.10.5 and 3.0.6.

mod context;
mod function;
mod methods;
mod setup;

pub use function::TaskFunction;
pub use setup::{SETUP, TEARDOWN};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::dag::DagObject;
use super::signature::{self, Signature};
use super::task::ArgMap;
use super::typed::TypedValue;
use crate::datum::{CauseKind, Datum, Reference};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Eval, Object, Stop, Value};

/// `task`, `task.<variant>`, `dag.task`.
pub struct TaskDecorator {
    /// The name behind the at sign.
    name: Rc<str>,
    /// The DAG of `dag.task`.
    dag: Option<Rc<DagObject>>,
}

/// The value of `airflow.decorators.task`.
pub fn task_decorator() -> Value {
    Value::object(TaskDecorator { name: "task".into(), dag: None })
}

/// One variant by its own import: `airflow.operators.python.task` of 2.0.
pub fn variant(name: &str) -> Value {
    Value::object(TaskDecorator { name: name.into(), dag: None })
}

/// The value of `dag.task`.
pub fn decorator_of(dag: &Rc<DagObject>) -> Value {
    Value::object(TaskDecorator { name: "task".into(), dag: Some(Rc::clone(dag)) })
}

impl Object for TaskDecorator {
    fn type_name(&self) -> Rc<str> {
        "TaskDecoratorCollection".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if name.starts_with("__") {
            return Ok(None);
        }
        Ok(Some(match name {
            "run_if" | "skip_if" => Value::object(Condition { name: name.into() }),
            "python" => Value::object(Self { name: "task".into(), dag: self.dag.clone() }),
            _ => Value::object(Self { name: format!("task.{name}").into(), dag: self.dag.clone() }),
        }))
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let span = args.span;
        let function = args.take_arg("python_callable").filter(|arg| !arg.value.is_none());
        if !args.positional.is_empty() {
            return Err(Stop::type_error("no args allowed while using @task, use kwargs instead"));
        }
        if let Some(cause) = args.open {
            return Err(Stop::Unknown(cause));
        }
        let mut kwargs: ArgMap = args.named.into_iter().collect();
        if let Some(dag) = &self.dag {
            kwargs.insert("dag".into(), Arg { value: Value::Object(Rc::clone(dag) as Rc<dyn Object>), span });
        }
        let multiple_outputs = kwargs.shift_remove("multiple_outputs").filter(|arg| !arg.value.is_none());
        let factory = TaskFactory { name: Rc::clone(&self.name), kwargs, multiple_outputs, span };
        match function {
            Some(function) => factory.decorate(&function.value, span),
            None => Ok(Value::object(factory)),
        }
    }

    fn is_same(&self, other: &Value) -> bool {
        other.downcast::<TaskDecorator>().is_some_and(|other| self.name == other.name && self.dag.is_none())
    }

    fn datum(&self, _collector: &mut Collector<'_>) -> Datum {
        Datum::Reference(Reference {
            module: Some("airflow.decorators".to_owned()),
            name: self.name.to_string(),
            span: None,
            captured: Vec::new(),
        })
    }
}

/// `@task(…)`, waiting for its function.
struct TaskFactory {
    name: Rc<str>,
    kwargs: ArgMap,
    multiple_outputs: Option<Arg>,
    span: Span,
}

impl TaskFactory {
    fn decorate(&self, function: &Value, span: Span) -> Eval<Value> {
        match function {
            Value::Function(_)
            | Value::Method(_)
            | Value::Native(_)
            | Value::Unknown(_)
            | Value::Object(_)
            | Value::Instance(_)
            | Value::Class(_)
            | Value::Type(_) => {}
            other => {
                return Err(Stop::type_error(format!(
                    "no args allowed while using @task, use kwargs instead; got a `{}`",
                    other.type_name()
                )));
            }
        }
        if let Some(inner) = signature::function_of(function)
            && Signature::of(&inner).names().iter().any(|name| &**name == "self")
        {
            return Err(Stop::type_error(format!("@{} does not support methods", self.name)));
        }
        let mut kwargs = self.kwargs.clone();
        if !kwargs.contains_key("task_id")
            && let Some(name) = signature::name_of(function)
        {
            kwargs.insert("task_id".into(), Arg { value: name, span });
        }
        Ok(Value::object(TaskFunction {
            function: function.clone(),
            name: Rc::clone(&self.name),
            kwargs: RefCell::new(kwargs),
            multiple_outputs: self.multiple_outputs.clone(),
            span,
            setup: Cell::new(false),
            teardown: Cell::new(false),
            fail: RefCell::default(),
        }))
    }
}

impl Drop for TaskFactory {
    fn drop(&mut self) {
        crate::value::release::later(self.kwargs.drain(..).map(|(_, arg)| arg.value));
        crate::value::release::later(self.multiple_outputs.take().map(|arg| arg.value));
    }
}

impl Object for TaskFactory {
    fn type_name(&self) -> Rc<str> {
        "function".into()
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let function = args.expect("python_callable")?;
        args.finish()?;
        self.decorate(&function, self.span)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task decorator is used as a value"))
    }
}

/// `task.run_if` and `task.skip_if`.
struct Condition {
    name: Rc<str>,
}

impl Object for Condition {
    fn call(self: Rc<Self>, _vm: &mut Vm, args: Args) -> Eval<Value> {
        let path = format!("airflow.sdk.definitions.decorators.condition.{}", self.name);
        let span = args.span;
        let hook = Value::object(TypedValue::new(path, args)?);
        Ok(Value::object(ConditionFactory { hook, span }))
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task decorator is used as a value"))
    }
}

/// `@task.run_if(…)`, waiting for its task.
struct ConditionFactory {
    hook: Value,
    span: Span,
}

impl Drop for ConditionFactory {
    fn drop(&mut self) {
        crate::value::release::later([std::mem::take(&mut self.hook)]);
    }
}

impl Object for ConditionFactory {
    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let task = args.expect("task")?.known()?;
        let Some(function) = task.downcast::<TaskFunction>() else {
            return Err(Stop::type_error("run_if and skip_if can only be used with task"));
        };
        let mut kwargs = function.kwargs.borrow_mut();
        let before = kwargs.get("pre_execute").map(|arg| arg.value.clone());
        let value = match before {
            None | Some(Value::None) => self.hook.clone(),
            Some(first) => TypedValue::of(
                "airflow.sdk.definitions.decorators.condition.combine_hooks",
                self.span,
                vec![first, self.hook.clone()],
            ),
        };
        kwargs.insert("pre_execute".into(), Arg { value, span: self.span });
        drop(kwargs);
        Ok(task)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task decorator is used as a value"))
    }
}

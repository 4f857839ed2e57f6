//! `@setup` and `@teardown`.

use std::rc::Rc;

use super::{TaskFactory, TaskFunction};
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::{Arg, Args, Eval, Native, Object, Stop, Value};

fn as_task_function(value: &Value, span: Span) -> Eval<Rc<TaskFunction>> {
    if let Some(function) = value.downcast::<TaskFunction>() {
        return Ok(function);
    }
    if value.downcast::<crate::airflow::task_group::GroupFactory>().is_some() {
        return crate::airflow::exceptions::airflow("task groups cannot be marked as setup or teardown");
    }
    let factory =
        TaskFactory { name: "task".into(), kwargs: IndexMap::default(), multiple_outputs: None, span };
    let made = factory.decorate(value, span)?;
    made.downcast::<TaskFunction>().ok_or_else(|| Stop::type_error("this decorator needs a function"))
}

/// `@setup`.
pub static SETUP: Native = Native::new("setup", |_, mut args| {
    let span = args.span;
    let function = as_task_function(&args.expect("func")?, span)?;
    args.finish()?;
    function.setup.set(true);
    Ok(Value::Object(function))
})
.lenient();

/// `@teardown` and `@teardown(on_failure_fail_dagrun=…)`.
pub static TEARDOWN: Native = Native::new("teardown", |_, mut args| {
    let span = args.span;
    let fail = args.named_arg("on_failure_fail_dagrun");
    if let Some(function) = args.take("_func").filter(|value| !value.is_none()) {
        args.finish()?;
        return teardown(&function, fail, span);
    }
    args.finish()?;
    Ok(Value::object(TeardownFactory { fail, span }))
})
.lenient();

fn teardown(function: &Value, fail: Option<Arg>, span: Span) -> Eval<Value> {
    let function = as_task_function(function, span)?;
    function.teardown.set(true);
    *function.fail.borrow_mut() = fail;
    Ok(Value::Object(function))
}

struct TeardownFactory {
    fail: Option<Arg>,
    span: Span,
}

impl Object for TeardownFactory {
    fn call(self: Rc<Self>, _vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let function = args.expect("func")?;
        args.finish()?;
        teardown(&function, self.fail.clone(), self.span)
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task decorator is used as a value"))
    }
}

//! TaskFlow: `@task` and its variants, `@setup`, `@teardown`, and what calling, mapping and overriding such functions does.
//!
//! Follows `_TaskDecorator` and `DecoratedOperator` of 2.10.5 and 3.0.6.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;

use super::dag::DagObject;
use super::mapping::{self, MappingSource};
use super::operator::{self, OperatorClass};
use super::signature::{self, Signature};
use super::state;
use super::task::{ArgMap, DagRef, Task};
use super::typed::TypedValue;
use super::xcom::XComArg;
use super::{defaults, enums, keys};
use crate::dag::OperatorKind;
use crate::datum::{CauseKind, Datum, Reference};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::class::Flavour;
use crate::value::{Arg, Args, Effect, Eval, Function, Native, Object, Stop, Type, Value};

/// Names that a function may take which Airflow fills in when it runs. Source: `KNOWN_CONTEXT_KEYS` of 2.10.5 and 3.0.6.
const CONTEXT_KEYS: &[&str] = &[
    "conf",
    "conn",
    "dag",
    "dag_run",
    "data_interval_end",
    "data_interval_start",
    "ds",
    "ds_nodash",
    "end_date",
    "exception",
    "execution_date",
    "expanded_ti_count",
    "inlet_events",
    "inlets",
    "logical_date",
    "macros",
    "map_index_template",
    "next_ds",
    "next_ds_nodash",
    "next_execution_date",
    "outlet_events",
    "outlets",
    "params",
    "prev_data_interval_end_success",
    "prev_data_interval_start_success",
    "prev_ds",
    "prev_ds_nodash",
    "prev_end_date_success",
    "prev_execution_date",
    "prev_execution_date_success",
    "prev_start_date_success",
    "reason",
    "run_id",
    "start_date",
    "task",
    "task_instance",
    "task_instance_key_str",
    "task_reschedule_count",
    "templates_dict",
    "test_mode",
    "ti",
    "tomorrow_ds",
    "tomorrow_ds_nodash",
    "triggering_asset_events",
    "triggering_dataset_events",
    "try_number",
    "ts",
    "ts_nodash",
    "ts_nodash_with_tz",
    "var",
    "yesterday_ds",
    "yesterday_ds_nodash",
];

fn is_context_key(name: &str) -> bool {
    CONTEXT_KEYS.binary_search(&name).is_ok()
}

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

/// A function under `@task`: calling it makes a task.
pub struct TaskFunction {
    /// The function.
    pub function: Value,
    /// The decorator's name behind the at sign.
    name: Rc<str>,
    kwargs: RefCell<ArgMap>,
    multiple_outputs: Option<Arg>,
    span: Span,
    setup: Cell<bool>,
    teardown: Cell<bool>,
    fail: RefCell<Option<Arg>>,
}

impl TaskFunction {
    fn with_kwargs(&self, kwargs: ArgMap) -> Value {
        Value::object(Self {
            function: self.function.clone(),
            name: Rc::clone(&self.name),
            kwargs: RefCell::new(kwargs),
            multiple_outputs: self.multiple_outputs.clone(),
            span: self.span,
            setup: Cell::new(self.setup.get()),
            teardown: Cell::new(self.teardown.get()),
            fail: RefCell::new(self.fail.borrow().clone()),
        })
    }

    fn signature(&self) -> Option<Signature> {
        signature::function_of(&self.function).map(|function| Signature::of(&function))
    }

    fn function_span(&self) -> Span {
        signature::function_of(&self.function).map_or(self.span, |function| function.span)
    }

    /// `multiple_outputs` as given, or as the return annotation implies it.
    fn multiple_outputs(&self, vm: &mut Vm) -> Option<Arg> {
        if let Some(given) = &self.multiple_outputs {
            return Some(given.clone());
        }
        let function = signature::function_of(&self.function)?;
        returns_mapping(vm, &function).then(|| Arg { value: Value::Bool(true), span: self.function_span() })
    }

    /// The arguments of the task, beside those of the decorator: the function, what it is called with, its doc.
    fn fill(&self, vm: &mut Vm, args: &mut ArgMap, called: bool) {
        let span = self.function_span();
        args.insert("python_callable".into(), Arg { value: self.function.clone(), span });
        if let Some(outputs) = self.multiple_outputs(vm) {
            args.insert("multiple_outputs".into(), outputs);
        }
        let documented = ["doc", "doc_json", "doc_md", "doc_rst", "doc_yaml"]
            .iter()
            .any(|name| args.get(*name).is_some_and(|arg| !arg.value.is_none()));
        // `expand` leaves the docstring out.
        if called
            && !documented
            && let Some(doc) = signature::doc_of(&self.function).filter(|doc| !doc.is_empty())
        {
            args.insert("doc_md".into(), Arg { value: Value::Str(doc), span });
        }
    }

    fn make(self: &Rc<Self>, vm: &mut Vm, call: Args, source: Option<MappingSource>) -> Eval<Value> {
        let span = call.span;
        let mut kwargs = self.kwargs.borrow().clone();
        if self.teardown.get() {
            if kwargs.contains_key("trigger_rule") {
                return Err(Stop::value_error("trigger rule not configurable for teardown tasks"));
            }
            let rule = enums::member_of(&enums::TRIGGER_RULE, &Value::str("all_done_setup_success"));
            kwargs.insert("trigger_rule".into(), Arg { value: rule.unwrap_or_default(), span });
        }
        let fail = kwargs.shift_remove("on_failure_fail_dagrun").or_else(|| self.fail.borrow().clone());
        let partial = kwargs.shift_remove("op_kwargs");
        let class = Rc::new(OperatorClass::at(format!("airflow.decorators.{}", self.name)));
        let kind = OperatorKind::Decorated { decorator: self.name.to_string() };
        let mut task = Task::blank(vm, &class, kind, span);
        task.mapping.clone_from(&source);
        let task = Rc::new(task);
        let mut args = Args { named: kwargs.into_iter().collect(), ..Args::empty(&*self.name, span) };
        Self::unique_id(vm, &mut args)?;
        let open = call.open.clone();
        let mut op_kwargs: IndexMap<Rc<str>, Arg> = IndexMap::new();
        if let Some(Value::Dict(partial)) = partial.map(|arg| arg.value) {
            for (key, value) in &*partial.seen() {
                if let Value::Str(name) = key.value() {
                    op_kwargs.insert(Rc::clone(name), Arg { value: value.clone(), span });
                }
            }
        }
        op_kwargs.extend(call.named.iter().cloned());
        if source.is_none() {
            self.fill_from_defaults(vm, &args, &mut op_kwargs)?;
            if let Some(signature) = self.signature() {
                let probe = Args { named: op_kwargs.clone().into_iter().collect(), ..call.clone() };
                signature.bind(probe, is_context_key)?;
            }
        }
        operator::construct(vm, &task, args)?;
        if let Some(cause) = open {
            task.refuse(state::unknown(span, "the arguments of the task are not known", &cause));
        }
        {
            let mut own = task.args.borrow_mut();
            if !call.positional.is_empty() {
                let values: Vec<Value> = call.positional.iter().map(|arg| arg.value.clone()).collect();
                own.insert("op_args".into(), Arg { value: Value::tuple(values), span });
            }
            if !op_kwargs.is_empty() {
                let value =
                    Value::dict(op_kwargs.iter().map(|(name, arg)| (Rc::clone(name), arg.value.clone())));
                own.insert("op_kwargs".into(), Arg { value, span });
            }
        }
        let mut own = task.args.borrow().clone();
        self.fill(vm, &mut own, source.is_none());
        *task.args.borrow_mut() = own;
        task.set_setup(self.setup.get())?;
        task.set_teardown(self.teardown.get())?;
        if let Some(fail) = fail {
            task.args.borrow_mut().insert("on_failure_fail_dagrun".into(), fail);
        }
        if let Some(source) = source {
            mapping::refuse_in_mapped_group(&task, span);
            for (value, span) in source.values() {
                super::relations::follow_references(vm, &task, &value, span)?;
            }
        }
        operator::finish(vm, &task)?;
        Ok(XComArg::of(&task))
    }

    /// Parameters of the function that the call does not give are filled from `default_args`: `_hook_apply_defaults`.
    fn fill_from_defaults(
        &self,
        vm: &mut Vm,
        args: &Args,
        op_kwargs: &mut IndexMap<Rc<str>, Arg>,
    ) -> Eval<()> {
        let Some(signature) = self.signature() else { return Ok(()) };
        let mut probe = args.clone();
        let dag = match operator::dag_argument(vm, &mut probe)? {
            DagRef::Known(dag) => dag.upgrade(),
            DagRef::None | DagRef::Unknown(_) => None,
        };
        let group = operator::group_argument(vm, &mut probe, dag.as_ref())?;
        let own = probe.named_arg("default_args");
        let merged = defaults::merged(vm, dag.as_ref(), group.as_deref(), own.as_ref());
        for name in signature.names() {
            if !op_kwargs.contains_key(&name)
                && let Some(arg) = merged.values.get(&name)
            {
                op_kwargs.insert(name, arg.clone());
            }
        }
        Ok(())
    }

    /// Puts a suffix on a task_id that is taken: `get_unique_task_id`.
    fn unique_id(vm: &mut Vm, args: &mut Args) -> Eval<()> {
        let mut probe = args.clone();
        let DagRef::Known(dag) = operator::dag_argument(vm, &mut probe)? else { return Ok(()) };
        let Some(dag) = dag.upgrade() else { return Ok(()) };
        let group = operator::group_argument(vm, &mut probe, Some(&dag))?;
        let Some((_, arg)) = args.named.iter_mut().find(|(name, _)| &**name == "task_id") else {
            return Ok(());
        };
        let Value::Str(id) = &arg.value else { return Ok(()) };
        let full = match group.map(|group| group.child_id(&arg.value)) {
            Some(Value::Str(full)) => full,
            _ => Rc::clone(id),
        };
        let tasks = dag.tasks.borrow();
        if !tasks.contains_key(&full) {
            return Ok(());
        }
        let prefix = keys::without_suffix(&full);
        let last = tasks.keys().filter_map(|key| keys::suffix_of(key, prefix)).max().unwrap_or(0);
        arg.value = Value::str(format!("{}__{}", keys::without_suffix(id), last + 1));
        Ok(())
    }

    /// The names given to `partial` and `expand` must be parameters of the function, and no context variables.
    fn check_names(&self, verb: &str, names: &[Rc<str>]) -> Eval<()> {
        if let Some(name) = names.iter().find(|name| is_context_key(name)) {
            return Err(Stop::value_error(format!("cannot call {verb}() on task context variable '{name}'")));
        }
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
}

/// Whether the return annotation of a function is a mapping: what `_infer_multiple_outputs` looks at.
fn returns_mapping(vm: &mut Vm, function: &Function) -> bool {
    let Some(text) = &function.returns else { return false };
    let text = text.trim().trim_matches(['"', '\'']);
    if text.contains('|') && !text.contains('[') {
        return false;
    }
    let base = text.split('[').next().unwrap_or(text).trim();
    let last = base.rsplit('.').next().unwrap_or(base);
    if text.rsplit(']').next().is_some_and(|rest| rest.contains('|')) {
        return false;
    }
    let _ = vm;
    if matches!(
        last,
        "dict"
            | "Dict"
            | "Mapping"
            | "MutableMapping"
            | "OrderedDict"
            | "DefaultDict"
            | "defaultdict"
            | "Counter"
    ) {
        return true;
    }
    let globals = function.scope.globals();
    match globals.get(base) {
        Some(Value::Class(class)) => {
            class.effective_flavour() == Flavour::TypedDict
                || class.library_base().is_some_and(|base| matches!(base.name, "dict" | "OrderedDict"))
        }
        _ => false,
    }
}

impl Object for TaskFunction {
    fn class(&self) -> Option<&'static Type> {
        Some(&TASK_FUNCTION)
    }

    fn type_name(&self) -> Rc<str> {
        "_TaskDecorator".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(match name {
            "function" | "__wrapped__" => Some(self.function.clone()),
            "__name__" | "__qualname__" => signature::name_of(&self.function),
            "__doc__" => Some(signature::doc_of(&self.function).map_or(Value::None, Value::Str)),
            "is_setup" => Some(Value::Bool(self.setup.get())),
            "is_teardown" => Some(Value::Bool(self.teardown.get())),
            _ => None,
        })
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        match name {
            "is_setup" => self.setup.set(vm.truth(&value)?),
            "is_teardown" => self.teardown.set(vm.truth(&value)?),
            "on_failure_fail_dagrun" => *self.fail.borrow_mut() = Some(Arg { value, span }),
            _ => {}
        }
        Ok(true)
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
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task function is used as a value"))
    }
}

static TASK_FUNCTION: Type = Type {
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
            if let MappingSource::Expand(named) = &source {
                let names: Vec<Rc<str>> = named.iter().map(|(name, _)| Rc::clone(name)).collect();
                function.check_names("expand", &names)?;
                for (name, arg) in named {
                    mapping::check_mappable(vm, name, &arg.value)?;
                }
            }
            function.make(vm, Args::empty("expand", span), Some(source))
        })
        .hosted(),
        Native::new("expand_kwargs", |vm, mut args| {
            let function = receiver(&mut args)?;
            let span = args.span;
            let source = mapping::expand_kwargs_source(&mut args)?;
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

fn as_task_function(value: &Value, span: Span) -> Eval<Rc<TaskFunction>> {
    if let Some(function) = value.downcast::<TaskFunction>() {
        return Ok(function);
    }
    if value.downcast::<super::task_group::GroupFactory>().is_some() {
        return super::exceptions::airflow("task groups cannot be marked as setup or teardown");
    }
    let factory = TaskFactory { name: "task".into(), kwargs: IndexMap::new(), multiple_outputs: None, span };
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

#[cfg(test)]
mod tests {
    #[test]
    fn context_keys_are_sorted() {
        assert!(super::CONTEXT_KEYS.is_sorted());
    }
}

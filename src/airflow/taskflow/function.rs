//! A function under `@task`: what calling and mapping it makes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::context::{injected, is_context_key, is_filled};
use super::methods::TASK_FUNCTION;
use crate::airflow::mapping::{self, MappingSource};
use crate::airflow::operator::{self, OperatorClass};
use crate::airflow::signature::{self, Signature};
use crate::airflow::state;
use crate::airflow::task::{ArgMap, DagRef, Task};
use crate::airflow::xcom::XComArg;
use crate::airflow::{defaults, enums, keys};
use crate::dag::OperatorKind;
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::class::Flavour;
use crate::value::{Arg, Args, Effect, Eval, Function, Object, Stop, Type, Value};

/// A function under `@task`: calling it makes a task.
pub struct TaskFunction {
    /// The function.
    pub function: Value,
    /// The decorator's name behind the at sign.
    pub(super) name: Rc<str>,
    pub(super) kwargs: RefCell<ArgMap>,
    pub(super) multiple_outputs: Option<Arg>,
    pub(super) span: Span,
    pub(super) setup: Cell<bool>,
    pub(super) teardown: Cell<bool>,
    pub(super) fail: RefCell<Option<Arg>>,
}

impl TaskFunction {
    pub(super) fn with_kwargs(&self, kwargs: ArgMap) -> Value {
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

    pub(super) fn make(
        self: &Rc<Self>,
        vm: &mut Vm,
        call: Args,
        source: Option<MappingSource>,
    ) -> Eval<Value> {
        let span = call.span;
        let mut kwargs = self.kwargs.borrow().clone();
        let fail = kwargs.shift_remove("on_failure_fail_dagrun").or_else(|| self.fail.borrow().clone());
        let partial = kwargs.shift_remove("op_kwargs");
        let class = Rc::new(OperatorClass::at(format!("airflow.decorators.{}", self.name)));
        let kind = OperatorKind::Decorated { decorator: self.name.to_string() };
        let mut task = Task::blank(vm, &class, kind, span)?;
        task.mapping.clone_from(&source);
        let task = Rc::new(task);
        let mut args = Args { named: kwargs.into_iter().collect(), ..Args::empty(&*self.name, span) };
        Self::unique_id(vm, &mut args)?;
        let open = call.open.clone();
        let mut op_kwargs: IndexMap<Rc<str>, Arg> = IndexMap::default();
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
                signature.check_context_defaults(is_context_key)?;
                signature.check_order(|name| is_filled(&self.name, name))?;
                signature
                    .bind(probe, |name| is_filled(&self.name, name) || injected(&self.name) == Some(name))?;
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
            if !op_kwargs.is_empty() || injected(&self.name).is_some() {
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
                crate::airflow::relations::follow_references(vm, &task, &value, span)?;
            }
        }
        operator::finish(vm, &task)?;
        Ok(XComArg::of(&task))
    }

    /// Gives a teardown its trigger rule. Airflow keeps it with the function, so that a second call of it raises: seen in
    /// 2.10.5 and 3.0.6.
    pub(super) fn teardown_rule(&self, span: Span) -> Eval<()> {
        if !self.teardown.get() {
            return Ok(());
        }
        let mut kwargs = self.kwargs.borrow_mut();
        if kwargs.contains_key("trigger_rule") {
            return Err(Stop::value_error("trigger rule not configurable for teardown tasks"));
        }
        let rule = enums::member_of(&enums::TRIGGER_RULE, &Value::str("all_done_setup_success"));
        kwargs.insert("trigger_rule".into(), Arg { value: rule.unwrap_or_default(), span });
        Ok(())
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

    /// `prevent_duplicates(self.kwargs, …)`: the names of `expand` are held against the decorator's own arguments.
    pub(super) fn check_not_partial(&self, names: &[Rc<str>]) -> Eval<()> {
        let kwargs = self.kwargs.borrow();
        match names.iter().find(|name| kwargs.contains_key(*name)) {
            Some(name) => Err(Stop::type_error(format!("mapping already partial argument: {name}"))),
            None => Ok(()),
        }
    }

    /// The names given to `partial` and `expand` must be parameters of the function, and no context variables.
    pub(super) fn check_names(&self, verb: &str, names: &[Rc<str>]) -> Eval<()> {
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

impl Drop for TaskFunction {
    fn drop(&mut self) {
        let others = [self.multiple_outputs.take(), self.fail.take()];
        let args = self.kwargs.get_mut().drain(..).map(|(_, arg)| arg);
        crate::value::release::later(args.chain(others.into_iter().flatten()).map(|arg| arg.value));
        crate::value::release::later([std::mem::take(&mut self.function)]);
    }
}

impl Object for TaskFunction {
    fn class(&self) -> Option<&'static Type> {
        Some(&TASK_FUNCTION)
    }

    fn type_name(&self) -> Rc<str> {
        "_TaskDecorator".into()
    }

    fn wrapped_function(&self) -> Option<(&'static str, Value)> {
        Some(("function", self.function.clone()))
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
        self.teardown_rule(args.span)?;
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

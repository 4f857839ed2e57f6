//! A task as a Python object: what can be read from it, stored on it, and done with it.

use std::rc::Rc;

use super::{DagRef, TASK, Task, objects};
use crate::airflow::enums;
use crate::airflow::operator::OperatorClass;
use crate::airflow::relations::{self, Node};
use crate::airflow::state;
use crate::airflow::xcom::XComArg;
use crate::airflow::{exceptions, setup};
use crate::dag::Role;
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Effect, Eval, Object, Operation, Stop, Type, Value};

crate::value::release::released!(Task);

impl Object for Task {
    fn class(&self) -> Option<&'static Type> {
        Some(&TASK)
    }

    fn class_value(&self) -> Option<Value> {
        Some(Value::Object(Rc::clone(&self.class) as Rc<dyn Object>))
    }

    fn type_name(&self) -> Rc<str> {
        self.class.name().into()
    }

    fn is_instance_of(&self, class: &Value) -> Option<bool> {
        match class.downcast::<OperatorClass>() {
            Some(class) => self.class.derives_from(&class),
            None => Some(false),
        }
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if TASK.method(name).is_some() {
            return Ok(None);
        }
        if let Some(value) = self.attrs.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        Ok(Some(match name {
            "task_id" | "node_id" => self.id(),
            "label" => match (self.id(), self.group().and_then(|group| group.prefix_text())) {
                (Value::Str(id), Some(prefix)) => {
                    Value::str(id.strip_prefix(&format!("{prefix}.")).unwrap_or(&id))
                }
                (id, _) => id,
            },
            "task_display_name" => match self.argument(name) {
                Some(arg) if !arg.value.is_none() => arg.value,
                _ => self.id(),
            },
            "task_type" | "operator_name" | "_task_type" => Value::str(self.class.name()),
            "dag" => match &*self.dag.borrow() {
                DagRef::Known(dag) => dag.upgrade().map_or(Value::None, |dag| Value::Object(dag)),
                DagRef::Unknown(cause) => Value::Unknown(cause.clone()),
                DagRef::None => {
                    return exceptions::airflow("the operator has not been assigned to a DAG yet");
                }
            },
            "dag_id" => self.dag_id(),
            "task_group" => self.group().map_or(Value::None, |group| Value::Object(group)),
            "output" => XComArg::of(&self),
            "roots" | "leaves" => Value::list(vec![Value::Object(self)]),
            "upstream_task_ids" => Self::ids(&self.upstream()),
            "downstream_task_ids" => Self::ids(&self.downstream()),
            "upstream_list" => Value::list(objects(self.upstream())),
            "downstream_list" => Value::list(objects(self.downstream())),
            "is_setup" => Value::Bool(self.role.get() == Role::Setup),
            "is_teardown" => Value::Bool(self.role.get() == Role::Teardown),
            "is_mapped" => Value::Bool(self.mapping.is_some()),
            "__class__" | "operator_class" => Value::Object(Rc::clone(&self.class) as Rc<dyn Object>),
            "template_fields" => match self.class.template_fields(vm) {
                Some(fields) => Value::tuple(fields.into_iter().map(Value::from).collect::<Vec<_>>()),
                None => return Ok(Some(self.not_modelled(vm, name))),
            },
            "trigger_rule" => match self.argument(name) {
                Some(arg) => enums::member_of(&enums::TRIGGER_RULE, &arg.value).unwrap_or(arg.value),
                None => {
                    enums::member_of(&enums::TRIGGER_RULE, &Value::str("all_success")).unwrap_or_default()
                }
            },
            _ => match self.argument(name) {
                // Airflow converts these when they are set, so that what is read is not what was written.
                Some(arg) if CONVERTED.contains(&name) && !arg.value.is_none() => {
                    let _ = arg;
                    self.not_modelled(vm, name)
                }
                Some(arg) => arg.value,
                None => match self.class.class_attribute(name) {
                    Some(value) => return bind(&self, value),
                    None => self.not_modelled(vm, name),
                },
            },
        }))
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        self.store(vm, name, value, span)?;
        Ok(true)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::Task(self), operation)
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, span: Span) -> Eval<Option<Value>> {
        setup::enter(vm, vec![self], span).map(Some)
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        setup::exit(vm)
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        match &*self.id.borrow() {
            Value::Str(id) => Ok(format!("<Task({}): {id}>", self.class.name()).into()),
            Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
            _ => Ok("<Task>".into()),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.borrow().values().for_each(|arg| visit(&arg.value));
    }

    fn open(&self, cause: &Cause) {
        self.refuse(state::unknown(cause.span, "a task may have been changed here", cause));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(
            CauseKind::Unsupported,
            format!("the task `{}` itself is used as a value", self.display_id()),
        ))
    }
}

/// Attributes that Airflow converts when they are set.
const CONVERTED: &[&str] = &[
    "retries",
    "retry_delay",
    "max_retry_delay",
    "start_date",
    "end_date",
    "params",
    "resources",
    "on_execute_callback",
    "on_failure_callback",
    "on_success_callback",
    "on_retry_callback",
    "on_skipped_callback",
    "inlets",
    "outlets",
    "weight_rule",
];

/// A class attribute as an instance has it: functions become methods.
fn bind(task: &Rc<Task>, value: Value) -> Eval<Option<Value>> {
    Ok(Some(match value {
        Value::Function(_) => Value::Method(Rc::new(crate::value::Method {
            receiver: Value::Object(Rc::clone(task) as Rc<dyn Object>),
            function: value,
        })),
        other => other,
    }))
}

//! A task group as a Python object.

use std::rc::Rc;

use super::{Child, Group, TASK_GROUP, TASK_GROUP_CLASS};
use crate::airflow::derived;
use crate::airflow::relations::{self, Node};
use crate::airflow::state::{self, State};
use crate::airflow::task::objects;
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Effect, Eval, Object, Operation, Type, Value};

crate::value::release::released!(Group);

impl Object for Group {
    fn class(&self) -> Option<&'static Type> {
        Some(&TASK_GROUP)
    }

    fn class_value(&self) -> Option<Value> {
        Some(
            self.user
                .as_ref()
                .map_or_else(|| TASK_GROUP_CLASS.value(), |user| Value::Object(Rc::clone(user) as _)),
        )
    }

    fn is_instance_of(&self, class: &Value) -> Option<bool> {
        derived::is_instance(self.user.as_ref(), class)
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(Some(match name {
            "group_id" | "node_id" => self.id(),
            "label" => self.label.borrow().clone(),
            "dag" => self.dag().map_or(Value::None, |dag| Value::Object(dag)),
            "dag_id" => self.dag().map_or(Value::None, |dag| dag.id()),
            "parent_group" | "task_group" => self.parent().map_or(Value::None, |group| Value::Object(group)),
            "prefix_group_id" => Value::Bool(self.prefix.get()),
            "is_root" => Value::Bool(self.is_root()),
            "default_args" => Value::Dict(Rc::clone(&self.default_args.borrow())),
            "roots" => Value::list(objects(self.roots())),
            "leaves" => Value::list(objects(self.leaves())),
            "children" => Value::dict(self.children.borrow().iter().map(|child| match child {
                Child::Task(task) => (task.key(), Value::Object(Rc::clone(task) as Rc<dyn Object>)),
                Child::Group(group) => (group.key(), Value::Object(Rc::clone(group) as Rc<dyn Object>)),
            })),
            "upstream_join_id" | "downstream_join_id" => match self.id() {
                Value::Unknown(cause) => Value::Unknown(cause),
                _ => Value::str(format!("{}.{name}", self.key())),
            },
            "tooltip" | "ui_color" | "ui_fgcolor" | "group_display_name" => {
                match self.args.borrow().get(name) {
                    Some(arg) => arg.value.clone(),
                    None => Value::str(match name {
                        "ui_color" => "CornflowerBlue",
                        "ui_fgcolor" => "#000",
                        _ => "",
                    }),
                }
            }
            _ if TASK_GROUP.method(name).is_some() => return Ok(None),
            _ => match self.attrs.borrow().get(name) {
                Some(value) => value.clone(),
                None => match self.user.as_ref().and_then(|user| user.attribute(name)) {
                    Some(value) => derived::bind(&Value::Object(Rc::clone(&self) as Rc<dyn Object>), value),
                    None => return Ok(None),
                },
            },
        }))
    }

    fn set_attr(self: Rc<Self>, _vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        match name {
            "tooltip" | "ui_color" | "ui_fgcolor" | "group_display_name" => {
                self.args.borrow_mut().insert(name.into(), Arg { value, span });
            }
            "default_args" => match value {
                Value::Dict(dict) => {
                    *self.default_args.borrow_mut() = dict;
                    self.default_args_span.set(span);
                }
                _ => self.refuse(Diagnostic::error(
                    codes::CHANGED_LIBRARY,
                    span,
                    "`default_args` of a task group is replaced by something that is no dict",
                )),
            },
            _ if self.user.is_some() && !OWN.contains(&name) => {
                self.attrs.borrow_mut().insert(name.into(), value);
            }
            _ => self.refuse(Diagnostic::error(
                codes::CHANGED_LIBRARY,
                span,
                format!("`{name}` of a task group is replaced after it was made"),
            )),
        }
        Ok(true)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn iterate(self: Rc<Self>, _vm: &mut Vm) -> Eval<Option<Vec<Value>>> {
        Ok(Some(objects(self.tasks())))
    }

    fn truth(&self) -> Eval<bool> {
        Ok(true)
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::Group(self), operation)
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        State::of(vm).group_stack.push(Rc::clone(&self));
        Ok(Some(Value::Object(self)))
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        if let Some(source) = &self.mapped {
            for (value, span) in source.values() {
                for task in relations::references(&value) {
                    relations::set_relatives(
                        vm,
                        &Node::Group(Rc::clone(&self)),
                        &Value::Object(task),
                        true,
                        span,
                        None,
                    )?;
                }
            }
        }
        State::of(vm).group_stack.pop();
        Ok(())
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for child in &*self.children.borrow() {
            match child {
                Child::Task(task) => visit(&Value::Object(Rc::clone(task) as Rc<dyn Object>)),
                Child::Group(group) => visit(&Value::Object(Rc::clone(group) as Rc<dyn Object>)),
            }
        }
        self.args.borrow().values().for_each(|arg| visit(&arg.value));
    }

    fn open(&self, cause: &Cause) {
        self.refuse(state::unknown(cause.span, "a task group may have been changed here", cause));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a task group is used as a value"))
    }
}

/// What `TaskGroup` keeps on itself. Source: its attributes in 2.10.5 and 3.0.6.
const OWN: &[&str] = &[
    "_group_id",
    "children",
    "dag",
    "default_args",
    "downstream_group_ids",
    "downstream_task_ids",
    "group_id",
    "parent_group",
    "prefix_group_id",
    "upstream_group_ids",
    "upstream_task_ids",
    "used_group_ids",
];

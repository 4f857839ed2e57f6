//! A DAG as a Python object: what can be read from it, stored on it, and done with it.

use std::rc::Rc;

use super::{DAG, DAG_CLASS, DagObject};
use crate::airflow::derived;
use crate::airflow::state::{self, State};
use crate::airflow::task::objects;
use crate::airflow::taskflow;
use crate::datum::{Cause, CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Effect, Eval, Object, Stop, Type, Value};

crate::value::release::released!(DagObject);

impl Object for DagObject {
    fn class(&self) -> Option<&'static Type> {
        Some(&DAG)
    }

    fn class_value(&self) -> Option<Value> {
        Some(self.user.as_ref().map_or_else(|| DAG_CLASS.value(), |user| Value::Object(Rc::clone(user) as _)))
    }

    fn is_instance_of(&self, class: &Value) -> Option<bool> {
        derived::is_instance(self.user.as_ref(), class)
    }

    fn type_name(&self) -> Rc<str> {
        "DAG".into()
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        if DAG.method(name).is_some() {
            return Ok(None);
        }
        if let Some(value) = self.attrs.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        let tasks = self.task_list();
        Ok(Some(match name {
            "dag_id" | "_dag_id" => self.id(),
            "safe_dag_id" => match self.id() {
                Value::Str(id) => Value::str(id.replace('.', "__dot__")),
                other => other,
            },
            "default_args" => self.default_args.borrow().0.clone(),
            "params" => Value::Object(self.params()),
            "tasks" => Value::list(objects(tasks)),
            "task_ids" => Value::list(tasks.iter().map(|task| task.id()).collect()),
            "task_count" => Value::int(tasks.len()),
            "task_dict" => Value::dict(
                tasks.iter().map(|task| (task.key(), Value::Object(Rc::clone(task) as Rc<dyn Object>))),
            ),
            "roots" => {
                Value::list(objects(tasks.into_iter().filter(|task| task.upstream().is_empty()).collect()))
            }
            "leaves" => {
                Value::list(objects(tasks.into_iter().filter(|task| task.downstream().is_empty()).collect()))
            }
            "teardowns" => Value::list(objects(
                tasks.into_iter().filter(|task| task.role.get() == crate::dag::Role::Teardown).collect(),
            )),
            "task_group" | "_task_group" => Value::Object(Rc::clone(&self.root) as Rc<dyn Object>),
            "task" => taskflow::decorator_of(&self),
            "auto_register" => Value::Bool(self.auto_register.get()),
            "tags" => self.tags(vm)?,
            "dag_display_name" => match self.args.borrow().get(name) {
                Some(arg) if !arg.value.is_none() => arg.value.clone(),
                _ => self.id(),
            },
            _ => match self.args.borrow().get(name) {
                // These are converted when they are set, so that what is read is not what was written.
                Some(_)
                    if matches!(
                        name,
                        "start_date" | "end_date" | "template_searchpath" | "access_control"
                    ) =>
                {
                    Self::not_modelled(vm, name)
                }
                Some(arg) => arg.value.clone(),
                None if NONE_BY_DEFAULT.contains(&name) => Value::None,
                None => match self.user.as_ref().and_then(|user| user.attribute(name)) {
                    Some(value) => derived::bind(&Value::Object(Rc::clone(&self) as Rc<dyn Object>), value),
                    None => Self::not_modelled(vm, name),
                },
            },
        }))
    }

    fn set_attr(self: Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<bool> {
        self.store(vm, name, value, span);
        Ok(true)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, _span: Span) -> Eval<Option<Value>> {
        State::of(vm).dag_stack.push(Rc::clone(&self));
        Ok(Some(Value::Object(self)))
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        let state = State::of(vm);
        let left = state.dag_stack.pop();
        if let Some(dag) = left
            && dag.auto_register.get()
            && !state.registered.iter().any(|known| Rc::ptr_eq(known, &dag))
        {
            state.registered.push(dag);
        }
        Ok(())
    }

    fn repr(&self, _vm: &mut Vm) -> Eval<Rc<str>> {
        match self.id() {
            Value::Str(id) => Ok(format!("<DAG: {id}>").into()),
            Value::Unknown(cause) => Err(Stop::Unknown(cause)),
            _ => Ok("<DAG>".into()),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.args.borrow().values().for_each(|arg| visit(&arg.value));
        visit(&self.default_args.borrow().0);
    }

    fn open(&self, cause: &Cause) {
        self.refuse(state::unknown(cause.span, "the DAG may have been changed here", cause));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(
            CauseKind::Unsupported,
            format!("the DAG `{}` itself is used as a value", self.display_id()),
        ))
    }
}

/// Attributes that are `None` where they are not set.
const NONE_BY_DEFAULT: &[&str] = &[
    "description",
    "doc_md",
    "dagrun_timeout",
    "on_success_callback",
    "on_failure_callback",
    "sla_miss_callback",
    "user_defined_macros",
    "user_defined_filters",
    "is_paused_upon_creation",
    "jinja_environment_kwargs",
    "parent_dag",
];

//! A task: what was passed to its operator, where it stands, what it follows and precedes.

mod methods;
mod object;

pub use methods::TASK;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::dag::DagObject;
use super::exceptions;
use super::group::Group;
use super::mapping::MappingSource;
use super::operator::OperatorClass;
use super::relations::{self};
use super::state::State;
use crate::dag::{OperatorKind, Role};
use crate::datum::{Cause, CauseKind};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::Vm;
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::exception::ATTRIBUTE_ERROR;
use crate::value::{Arg, Eval, Stop, Value};

/// Arguments by name, in the order of first setting.
pub type ArgMap = IndexMap<Rc<str>, Arg>;

/// The parameters that can be set on a mapped task after it was made. Source: the properties of `MappedOperator` of 2.10.5 and 3.0.6.
const SET_WHERE_MAPPED: &[&str] = &[
    "depends_on_past",
    "execution_timeout",
    "ignore_first_depends_on_past",
    "inlets",
    "map_index_template",
    "max_active_tis_per_dag",
    "max_active_tis_per_dagrun",
    "max_retry_delay",
    "on_execute_callback",
    "on_failure_callback",
    "on_retry_callback",
    "on_skipped_callback",
    "on_success_callback",
    "outlets",
    "pool",
    "pool_slots",
    "priority_weight",
    "queue",
    "retries",
    "retry_delay",
    "retry_exponential_backoff",
    "sla",
    "trigger_rule",
    "wait_for_downstream",
    "wait_for_past_depends_before_skipping",
    "weight_rule",
];

/// Those that can only be read.
const ONLY_READ_WHERE_MAPPED: &[&str] = &[
    "doc",
    "doc_json",
    "doc_md",
    "doc_rst",
    "doc_yaml",
    "email",
    "executor",
    "executor_config",
    "owner",
    "resources",
    "run_as_user",
    "task_display_name",
];

/// Which DAG a task is in.
#[derive(Clone, Default)]
pub enum DagRef {
    /// None, yet.
    #[default]
    None,
    /// This one.
    Known(Weak<DagObject>),
    /// One that is not known.
    Unknown(Cause),
}

/// A task. Shared by reference, as in Airflow.
pub struct Task {
    /// A number that no other task of the run has.
    pub serial: usize,
    /// The full id, group prefixes included; unknown where it is not known; `None` until the base class has run.
    pub(super) id: RefCell<Value>,
    /// The call that made it.
    pub span: Span,
    /// Its class.
    pub class: Rc<OperatorClass>,
    /// How it came to be.
    pub kind: OperatorKind,
    /// What the author passed or set later; `task_id`, `dag`, `task_group` and `default_args` are not among them.
    pub args: RefCell<ArgMap>,
    /// What the merged `default_args` held when it was made.
    pub inherited: RefCell<ArgMap>,
    /// Attributes that are no parameters of its operator.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// How it is mapped, where it is.
    pub mapping: Option<MappingSource>,
    /// Setup, teardown or neither.
    pub role: Cell<Role>,
    /// Whether the constructor has ended, so that stores on it may draw edges.
    pub made: Cell<bool>,
    pub(super) dag: RefCell<DagRef>,
    pub(super) group: RefCell<Weak<Group>>,
    pub(super) upstream: RefCell<IndexMap<usize, Weak<Task>>>,
    pub(super) downstream: RefCell<IndexMap<usize, Weak<Task>>>,
}

impl Task {
    /// A task of `class` that is in no DAG and has no id yet.
    pub fn blank(vm: &mut Vm, class: &Rc<OperatorClass>, kind: OperatorKind, span: Span) -> Eval<Self> {
        Ok(Self {
            serial: State::next_serial(vm)?,
            id: RefCell::new(Value::None),
            span,
            class: Rc::clone(class),
            kind,
            args: RefCell::default(),
            inherited: RefCell::default(),
            attrs: RefCell::default(),
            mapping: None,
            role: Cell::default(),
            made: Cell::new(false),
            dag: RefCell::default(),
            group: RefCell::default(),
            upstream: RefCell::default(),
            downstream: RefCell::default(),
        })
    }

    /// The full id, group prefixes included; unknown where it is not known.
    pub fn id(&self) -> Value {
        self.id.borrow().clone()
    }

    /// The key under which its DAG and group hold it: its id, or something unique where that is not known.
    pub fn key(&self) -> Rc<str> {
        match &*self.id.borrow() {
            Value::Str(id) => Rc::clone(id),
            _ => format!("\0{}", self.serial).into(),
        }
    }

    /// The id for messages.
    pub fn display_id(&self) -> Rc<str> {
        match &*self.id.borrow() {
            Value::Str(id) => Rc::clone(id),
            _ => "?".into(),
        }
    }

    /// Its DAG, where that is known.
    pub fn dag(&self) -> Option<Rc<DagObject>> {
        match &*self.dag.borrow() {
            DagRef::Known(dag) => dag.upgrade(),
            DagRef::None | DagRef::Unknown(_) => None,
        }
    }

    /// The id of its DAG; `adhoc_<owner>` where it has none, as Airflow has it.
    pub fn dag_id(&self) -> Value {
        match &*self.dag.borrow() {
            DagRef::Known(dag) => {
                if let Some(dag) = dag.upgrade() {
                    return dag.id();
                }
            }
            DagRef::Unknown(cause) => return Value::Unknown(cause.clone()),
            DagRef::None => {}
        }
        match self.argument("owner").map_or(Value::str("airflow"), |arg| arg.value) {
            Value::Str(owner) => Value::str(format!("adhoc_{owner}")),
            other => other,
        }
    }

    /// Its group; the root group counts as one.
    pub fn group(&self) -> Option<Rc<Group>> {
        self.group.borrow().upgrade()
    }

    /// The tasks right before it, in the order in which the edges were drawn.
    pub fn upstream(&self) -> Vec<Rc<Task>> {
        self.upstream.borrow().values().filter_map(Weak::upgrade).collect()
    }

    /// The tasks right after it, in the order in which the edges were drawn.
    pub fn downstream(&self) -> Vec<Rc<Task>> {
        self.downstream.borrow().values().filter_map(Weak::upgrade).collect()
    }

    /// An argument as it stands: set, inherited, or neither.
    pub fn argument(&self, name: &str) -> Option<Arg> {
        self.args.borrow().get(name).cloned().or_else(|| self.inherited.borrow().get(name).cloned())
    }

    /// Its arguments as they stand: those that are inherited, with what was set in their places, then the others that were set.
    pub fn effective(&self) -> Vec<(Rc<str>, Arg)> {
        let (inherited, args) = (self.inherited.borrow(), self.args.borrow());
        let inherited_or_set =
            inherited.iter().map(|(name, arg)| (Rc::clone(name), args.get(name).unwrap_or(arg).clone()));
        let others = args.iter().filter(|(name, _)| !inherited.contains_key(*name));
        inherited_or_set.chain(others.map(|(name, arg)| (Rc::clone(name), arg.clone()))).collect()
    }

    /// Refuses its DAG.
    pub fn refuse(&self, finding: Diagnostic) {
        if let Some(dag) = self.dag() {
            dag.refuse(finding.task(&*self.display_id()));
        }
    }

    /// Makes it a setup, as the setter `is_setup` does.
    pub fn set_setup(&self, flag: bool) -> Eval<()> {
        if flag && self.role.get() == Role::Teardown {
            return Err(Stop::value_error(format!(
                "cannot mark task '{}' as setup; task is already a teardown",
                self.display_id()
            )));
        }
        if flag {
            self.role.set(Role::Setup);
        } else if self.role.get() == Role::Setup {
            self.role.set(Role::Work);
        }
        Ok(())
    }

    /// Makes it a teardown, as the setter `is_teardown` does.
    pub fn set_teardown(&self, flag: bool) -> Eval<()> {
        if flag && self.role.get() == Role::Setup {
            return Err(Stop::value_error(format!(
                "cannot mark task '{}' as teardown; task is already a setup",
                self.display_id()
            )));
        }
        if flag {
            self.role.set(Role::Teardown);
        } else if self.role.get() == Role::Teardown {
            self.role.set(Role::Work);
        }
        Ok(())
    }

    fn ids(tasks: &[Rc<Task>]) -> Value {
        let ids = tasks.iter().filter_map(|task| crate::value::Key::new(task.id()).ok()).collect();
        Value::Set(Rc::new(crate::value::Set::new(ids, false)))
    }

    fn store(self: &Rc<Self>, vm: &mut Vm, name: &str, value: Value, span: Span) -> Eval<()> {
        match name {
            "dag" | "_dag" => return self.set_dag(vm, &value, span),
            "is_setup" => return vm.truth(&value).and_then(|flag| self.set_setup(flag)),
            "is_teardown" => return vm.truth(&value).and_then(|flag| self.set_teardown(flag)),
            "task_id" | "task_group" | "default_args" | "upstream_task_ids" | "downstream_task_ids" => {
                self.refuse(Diagnostic::error(
                    codes::CHANGED_LIBRARY,
                    span,
                    format!("`{name}` of a task is replaced after it was made"),
                ));
                return Ok(());
            }
            "template_fields" | "template_ext" | "template_fields_renderers" | "shallow_copy_attrs"
                if self.made.get() =>
            {
                self.refuse(Diagnostic::error(
                    codes::CHANGED_LIBRARY,
                    span,
                    format!("`{name}` of a task is replaced, which a definition cannot say"),
                ));
                return Ok(());
            }
            _ => {}
        }
        if !self.made.get() {
            self.attrs.borrow_mut().insert(name.into(), value);
            return Ok(());
        }
        if self.mapping.is_some() && self.class.takes(name) && !SET_WHERE_MAPPED.contains(&name) {
            if ONLY_READ_WHERE_MAPPED.contains(&name) {
                let message = format!("property '{name}' of 'MappedOperator' object has no setter");
                return Err(Stop::raise(&ATTRIBUTE_ERROR, message));
            }
            let message =
                format!("`{name}` is set on a mapped task, whose instances do not have it from there");
            self.refuse(Diagnostic::error(codes::CHANGED_LIBRARY, span, message));
            return Ok(());
        }
        self.attrs.borrow_mut().shift_remove(name);
        if self.class.takes(name) {
            self.args.borrow_mut().insert(name.into(), Arg { value: value.clone(), span });
            if self.class.is_template_field(vm, name) {
                relations::follow_references(vm, self, &value, span)?;
            }
            return Ok(());
        }
        if !matches!(name, "ui_color" | "ui_fgcolor") {
            let message = format!(
                "`{name}` is set on a task, and is no parameter of `{}` that a definition could set",
                self.class.name()
            );
            self.refuse(Diagnostic::error(codes::UNSUPPORTED_ATTRIBUTE, span, message).parameter(name));
        }
        self.attrs.borrow_mut().insert(name.into(), value);
        Ok(())
    }

    fn set_dag(self: &Rc<Self>, vm: &mut Vm, value: &Value, span: Span) -> Eval<()> {
        match value {
            Value::None => Ok(()),
            Value::Unknown(cause) => {
                *self.dag.borrow_mut() = DagRef::Unknown(cause.clone());
                State::of(vm).loose.push(Rc::clone(self));
                Ok(())
            }
            other => {
                let Some(dag) = other.downcast::<DagObject>() else {
                    return Err(Stop::type_error(format!("expected DAG; received {}", other.type_name())));
                };
                if self.dag().is_some_and(|own| !Rc::ptr_eq(&own, &dag)) {
                    return exceptions::airflow(format!(
                        "the DAG assigned to <Task({}): {}> can not be changed",
                        self.class.name(),
                        self.display_id()
                    ));
                }
                dag.add_task(vm, self, span)
            }
        }
    }
}

impl Task {
    fn not_modelled(&self, vm: &Vm, name: &str) -> Value {
        Value::Unknown(vm.cause(
            CauseKind::NotModelled,
            format!("the attribute `{name}` of a `{}` task is not modelled", self.class.name()),
        ))
    }
}

/// Tasks as values.
pub fn objects(tasks: Vec<Rc<Task>>) -> Vec<Value> {
    tasks.into_iter().map(|task| Value::Object(task)).collect()
}

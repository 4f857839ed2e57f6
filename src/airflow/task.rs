//! A task: what was passed to its operator, where it stands, what it follows and precedes.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use indexmap::IndexMap;

use super::dag::DagObject;
use super::enums;
use super::group::Group;
use super::mapping::MappingSource;
use super::operator::OperatorClass;
use super::relations::{self, Node};
use super::state::{self, State};
use super::xcom::XComArg;
use super::{exceptions, setup};
use crate::dag::{OperatorKind, Role};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Object, Stop, Type, Value};

/// Arguments by name, in the order of first setting.
pub type ArgMap = IndexMap<Rc<str>, Arg>;

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
    pub fn blank(vm: &mut Vm, class: &Rc<OperatorClass>, kind: OperatorKind, span: Span) -> Self {
        Self {
            serial: State::of(vm).next_serial(),
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
        }
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
                    return dag.id.clone();
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

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        op: ruff_python_ast::Operator,
        other: &Value,
        reflected: bool,
        span: Span,
    ) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::Task(self), op, other, reflected, span)
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

impl Task {
    fn not_modelled(&self, vm: &Vm, name: &str) -> Value {
        Value::Unknown(vm.cause(
            CauseKind::NotModelled,
            format!("the attribute `{name}` of a `{}` task is not modelled", self.class.name()),
        ))
    }
}

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

/// Tasks as values.
pub fn objects(tasks: Vec<Rc<Task>>) -> Vec<Value> {
    tasks.into_iter().map(|task| Value::Object(task)).collect()
}

/// The methods of tasks.
pub static TASK: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
        Native::new("as_setup", setup::as_setup).hosted(),
        Native::new("as_teardown", setup::as_teardown).hosted(),
        Native::new("has_dag", |_, args| Ok(Value::Bool(receiver(&args)?.dag().is_some()))),
        Native::new("get_dag", |vm, args| {
            let task = receiver(&args)?;
            match task.dag() {
                Some(dag) => Ok(Value::Object(dag)),
                None => task.attr(vm, "dag").map(Option::unwrap_or_default),
            }
        }),
        Native::new("get_direct_relatives", direct_relatives),
        Native::new("get_direct_relative_ids", direct_relative_ids),
        Native::new("get_flat_relative_ids", flat_relative_ids),
        Native::new("add_inlets", |vm, args| extend_assets(vm, args, "inlets")).hosted(),
        Native::new("add_outlets", |vm, args| extend_assets(vm, args, "outlets")).hosted(),
        Native::new("partial", |_, _| {
            Err(Stop::type_error("partial can only be called on Operator classes, not Tasks themselves"))
        }),
        Native::new("__init__", super::operator::base_init).hosted(),
    ],
    ..Type::new("airflow.sdk.bases.operator", "BaseOperator", |_, _| {
        Err(Stop::type_error("BaseOperator is not called through this table"))
    })
};

fn receiver(args: &Args) -> Eval<Rc<Task>> {
    args.positional
        .front()
        .and_then(|arg| arg.value.downcast::<Task>())
        .ok_or_else(|| Stop::type_error("this method needs a task"))
}

fn upstream_flag(vm: &mut Vm, args: &mut Args) -> Eval<bool> {
    args.positional.pop_front();
    match args.take("upstream") {
        Some(value) => vm.truth(&value),
        None => Ok(false),
    }
}

fn direct_relatives(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    Ok(Value::list(objects(if upstream { task.upstream() } else { task.downstream() })))
}

fn direct_relative_ids(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    Ok(Task::ids(&if upstream { task.upstream() } else { task.downstream() }))
}

fn flat_relative_ids(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let task = receiver(&args)?;
    let upstream = upstream_flag(vm, &mut args)?;
    let mut found: IndexMap<usize, Rc<Task>> = IndexMap::new();
    let mut open = vec![task];
    while let Some(task) = open.pop() {
        for next in if upstream { task.upstream() } else { task.downstream() } {
            vm.spend(1)?;
            if found.insert(next.serial, Rc::clone(&next)).is_none() {
                open.push(next);
            }
        }
    }
    Ok(Task::ids(&found.into_values().collect::<Vec<_>>()))
}

fn extend_assets(vm: &mut Vm, mut args: Args, name: &'static str) -> Eval<Value> {
    let span = args.span;
    let task = receiver(&args)?;
    args.positional.pop_front();
    let added = args.expect(name)?;
    let added = match added {
        Value::Unknown(cause) => {
            task.refuse(state::unknown(span, format!("what is added to `{name}` is not known"), &cause));
            return Ok(Value::None);
        }
        added => vm.iterate(&added)?,
    };
    let mut items = match task.argument(name).map(|arg| arg.value) {
        None | Some(Value::None) => Vec::new(),
        Some(value @ (Value::List(_) | Value::Tuple(_))) => vm.iterate(&value)?,
        Some(single) => vec![single],
    };
    items.extend(added);
    task.args.borrow_mut().insert(name.into(), Arg { value: Value::list(items), span });
    Ok(Value::None)
}

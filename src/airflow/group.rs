//! `TaskGroup`: nesting, prefixes, suffixes on collision, and the tasks that edges to and from a group mean.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use indexmap::{IndexMap, IndexSet};

use super::api::ApiClass;
use super::dag::DagObject;
use super::mapping::MappingSource;
use super::relations::{self, Node};
use super::state::{self, State};
use super::task::{ArgMap, Task, objects};
use super::{defaults, exceptions, keys};
use crate::dag::{Role, SourceAirflow};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::exception::RUNTIME_ERROR;
use crate::value::{Arg, Args, Dict, Effect, Eval, Key, Native, Object, Stop, Type, Value};

/// What a group holds.
#[derive(Clone)]
pub enum Child {
    /// A task.
    Task(Rc<Task>),
    /// A group.
    Group(Rc<Group>),
}

/// A task group; the root group of a DAG has no label.
pub struct Group {
    /// A number that no other group of the run has.
    pub serial: usize,
    /// Its own id, without prefixes: text, unknown, or `None` for the root.
    pub label: Value,
    /// Whether the ids of its children begin with its own.
    pub prefix: bool,
    /// The call that made it.
    pub span: Span,
    /// What the author set on it.
    pub args: RefCell<ArgMap>,
    /// Its `default_args`, those of its parents merged in.
    pub default_args: RefCell<Rc<Dict>>,
    /// Where its `default_args` were written.
    pub default_args_span: Cell<Span>,
    /// Its tasks and groups, in the order in which they were added.
    pub children: RefCell<Vec<Child>>,
    /// How it is mapped, where it is.
    pub mapped: Option<MappingSource>,
    pub(super) dag: RefCell<Weak<DagObject>>,
    pub(super) parent: RefCell<Weak<Group>>,
    pub(super) upstream_tasks: RefCell<IndexMap<usize, Weak<Task>>>,
}

impl Group {
    /// The root group of a DAG.
    pub fn root(dag: Weak<DagObject>, span: Span, serial: usize) -> Rc<Self> {
        let group = Self::blank(Value::None, span, serial);
        *group.dag.borrow_mut() = dag;
        Rc::new(group)
    }

    fn blank(label: Value, span: Span, serial: usize) -> Self {
        Self {
            serial,
            label,
            prefix: true,
            span,
            args: RefCell::default(),
            default_args: RefCell::new(Rc::new(Dict::new(IndexMap::new()))),
            default_args_span: Cell::new(span),
            children: RefCell::default(),
            mapped: None,
            dag: RefCell::default(),
            parent: RefCell::default(),
            upstream_tasks: RefCell::default(),
        }
    }

    /// Its DAG.
    pub fn dag(&self) -> Option<Rc<DagObject>> {
        self.dag.borrow().upgrade()
    }

    /// The group around it.
    pub fn parent(&self) -> Option<Rc<Group>> {
        self.parent.borrow().upgrade()
    }

    /// Whether it is the root group of a DAG.
    pub fn is_root(&self) -> bool {
        self.label.is_none()
    }

    /// Its full id: `TaskGroup.group_id`.
    pub fn id(&self) -> Value {
        match self.parent() {
            Some(parent) if parent.prefix && !parent.is_root() => parent.child_id(&self.label),
            _ => self.label.clone(),
        }
    }

    /// The id under which it is held by its parent and its DAG.
    pub fn key(&self) -> Rc<str> {
        match self.id() {
            Value::Str(id) => id,
            _ => format!("\0group{}", self.serial).into(),
        }
    }

    /// The prefix of its children's ids, where they have one.
    pub fn prefix_text(&self) -> Option<Rc<str>> {
        match self.id() {
            Value::Str(id) if self.prefix => Some(id),
            _ => None,
        }
    }

    /// The full id of a child: `TaskGroup.child_id`.
    pub fn child_id(&self, label: &Value) -> Value {
        if !self.prefix {
            return label.clone();
        }
        match (self.id(), label) {
            (Value::None, _) | (_, Value::Unknown(_)) => label.clone(),
            (Value::Unknown(cause), _) => Value::Unknown(cause),
            (Value::Str(id), Value::Str(label)) => Value::str(format!("{id}.{label}")),
            _ => label.clone(),
        }
    }

    /// Its tasks, those of inner groups included, in order.
    pub fn tasks(&self) -> Vec<Rc<Task>> {
        let children = self.children.borrow().clone();
        children
            .into_iter()
            .flat_map(|child| match child {
                Child::Task(task) => vec![task],
                Child::Group(group) => group.tasks(),
            })
            .collect()
    }

    /// The tasks that nothing in the group precedes: `get_roots`.
    pub fn roots(&self) -> Vec<Rc<Task>> {
        let tasks = self.tasks();
        let ids: IndexSet<usize> = tasks.iter().map(|task| task.serial).collect();
        tasks
            .into_iter()
            .filter(|task| !task.upstream.borrow().keys().any(|serial| ids.contains(serial)))
            .collect()
    }

    /// The tasks that nothing in the group follows, teardowns looked through: `get_leaves`.
    pub fn leaves(&self) -> Vec<Rc<Task>> {
        let tasks = self.tasks();
        let ids: IndexSet<usize> = tasks.iter().map(|task| task.serial).collect();
        let mut leaves = Vec::new();
        for task in tasks {
            if task.downstream.borrow().keys().any(|serial| ids.contains(serial)) {
                continue;
            }
            if task.role.get() == Role::Teardown {
                first_non_teardown(&task, &ids, &mut leaves);
            } else {
                leaves.push(task);
            }
        }
        leaves
    }

    /// Puts a task into the group: `TaskGroup.add`.
    pub fn add_task(self: &Rc<Self>, vm: &mut Vm, task: &Rc<Task>) -> Eval<()> {
        if let Some(old) = task.group()
            && !Rc::ptr_eq(&old, self)
        {
            if State::of(vm).group_stack.is_empty() {
                return exceptions::raise(
                    &exceptions::TASK_ALREADY_IN_TASK_GROUP,
                    format!("task '{}' is already in another task group", task.display_id()),
                );
            }
            old.children
                .borrow_mut()
                .retain(|child| !matches!(child, Child::Task(own) if own.serial == task.serial));
        }
        let key = task.key();
        if self.has_child(&key) {
            return exceptions::duplicate(format!("task id '{key}' has already been added to the DAG"));
        }
        *task.group.borrow_mut() = Rc::downgrade(self);
        self.children.borrow_mut().push(Child::Task(Rc::clone(task)));
        Ok(())
    }

    fn add_group(self: &Rc<Self>, group: &Rc<Group>) -> Eval<()> {
        *group.parent.borrow_mut() = Rc::downgrade(self);
        let key = group.key();
        if self.has_child(&key) {
            return exceptions::duplicate(format!("task group id '{key}' has already been added to the DAG"));
        }
        if let (Some(own), Some(other)) = (self.dag(), group.dag())
            && !Rc::ptr_eq(&own, &other)
        {
            return Err(Stop::raise(&RUNTIME_ERROR, "cannot mix TaskGroups from different DAGs"));
        }
        self.children.borrow_mut().push(Child::Group(Rc::clone(group)));
        Ok(())
    }

    fn has_child(&self, key: &str) -> bool {
        self.children.borrow().iter().any(|child| match child {
            Child::Task(task) => &*task.key() == key,
            Child::Group(group) => &*group.key() == key,
        })
    }

    /// Refuses its DAG.
    pub fn refuse(&self, finding: Diagnostic) {
        if let Some(dag) = self.dag() {
            dag.refuse(finding);
        }
    }
}

fn first_non_teardown(task: &Rc<Task>, ids: &IndexSet<usize>, leaves: &mut Vec<Rc<Task>>) {
    for upstream in task.upstream() {
        if !ids.contains(&upstream.serial) {
            continue;
        }
        if upstream.role.get() == Role::Teardown {
            first_non_teardown(&upstream, ids, leaves);
        } else if task.role.get() == Role::Teardown && upstream.role.get() == Role::Setup {
            // The way from a teardown to its setup is not followed.
        } else if !upstream.downstream().iter().any(|down| {
            down.serial != task.serial && ids.contains(&down.serial) && down.role.get() != Role::Teardown
        }) {
            leaves.push(upstream);
        }
    }
}

/// The class `TaskGroup`.
pub static TASK_GROUP_CLASS: ApiClass = ApiClass {
    name: "TaskGroup",
    module: "airflow.sdk.definitions.taskgroup",
    new: |vm, args| make(vm, args, false, None).map(|group| Value::Object(group)),
    statics: &[],
    effect: Effect::Host,
    builds: true,
};

/// The parameters behind `group_id` by position, in 1.10 to 2.x.
const POSITIONAL_2: &[&str] =
    &["prefix_group_id", "parent_group", "dag", "default_args", "tooltip", "ui_color", "ui_fgcolor"];
/// The same in 3.x.
const POSITIONAL_3: &[&str] =
    &["group_display_name", "prefix_group_id", "parent_group", "dag", "default_args", "tooltip", "ui_color"];

/// Makes a group: `TaskGroup(…)`, and what `@task_group` makes when called.
pub fn make(vm: &mut Vm, mut args: Args, add_suffix: bool, mapped: Option<MappingSource>) -> Eval<Rc<Group>> {
    let span = args.span;
    let label = match args.take("group_id") {
        Some(label) => keys::plain(label),
        None => match &args.open {
            Some(cause) => Value::Unknown(cause.clone()),
            None => return Err(Stop::type_error("TaskGroup() missing required argument: 'group_id'")),
        },
    };
    let order = match args.positional.front() {
        Some(Arg { value: Value::Bool(_), .. }) => POSITIONAL_2,
        _ => POSITIONAL_3,
    };
    for name in order {
        if let Some(arg) = args.positional.pop_front() {
            args.named.push(((*name).into(), arg));
        }
    }
    let prefix = match args.named_arg("prefix_group_id") {
        None => true,
        Some(arg) => match vm.truth(&arg.value) {
            Ok(flag) => flag,
            Err(Stop::Unknown(cause)) => {
                let finding =
                    state::unknown(arg.span, "whether the group prefixes its ids is not known", &cause);
                if let Some(dag) = State::of(vm).current_dag() {
                    dag.refuse(finding);
                }
                true
            }
            Err(stop) => return Err(stop),
        },
    };
    let add_suffix = match args.named("add_suffix_on_collision") {
        Some(value) => vm.truth(&value)?,
        None => add_suffix,
    };
    let given_dag = match args.named("dag") {
        None | Some(Value::None) => None,
        Some(other) => {
            let found = other.downcast::<DagObject>();
            if found.is_none() {
                other.known()?;
            }
            found
        }
    };
    let given_parent = match args.named("parent_group") {
        None | Some(Value::None) => None,
        Some(other) => {
            let found = other.downcast::<Group>();
            if found.is_none() {
                other.known()?;
            }
            found
        }
    };
    let own_defaults = args.named_arg("default_args");
    let old = State::of(vm).source() == SourceAirflow::V2;
    let parent = given_parent.or_else(|| match &given_dag {
        Some(dag) if State::of(vm).group_stack.is_empty() => Some(Rc::clone(&dag.root)),
        _ => State::of(vm).current_group(given_dag.as_ref()),
    });
    let Some(parent) = parent else {
        return Err(Stop::raise(&RUNTIME_ERROR, "TaskGroup can only be used inside a dag"));
    };
    let dag = given_dag.or_else(|| parent.dag());
    let Some(dag) = dag else {
        return Err(Stop::raise(&RUNTIME_ERROR, "TaskGroup can only be used inside a dag"));
    };
    match &label {
        Value::Unknown(cause) => {
            dag.refuse(state::unknown(span, "the group_id is not known", cause).parameter("group_id"));
        }
        label if prefix || !old => keys::validate_group_key(label)?,
        _ => {}
    }
    let label = without_collision(&dag, &parent, label, add_suffix, old)?;
    let serial = State::of(vm).next_serial();
    let group = Rc::new(Group {
        prefix,
        mapped,
        dag: RefCell::new(Rc::downgrade(&dag)),
        ..Group::blank(label, span, serial)
    });
    parent.add_group(&group)?;
    set_defaults(&group, &parent, own_defaults);
    let key = group.key();
    let mut used = dag.used_ids.borrow_mut();
    for id in [key.to_string(), format!("{key}.downstream_join_id"), format!("{key}.upstream_join_id")] {
        used.insert(id.into());
    }
    drop(used);
    if let Some(cause) = &args.open {
        dag.refuse(state::unknown(span, "the arguments of the task group are not known", cause));
    }
    *group.args.borrow_mut() = args.named.into_iter().collect();
    if !prefix {
        group.args.borrow_mut().insert("prefix_group_id".into(), Arg { value: Value::Bool(false), span });
    }
    Ok(group)
}

/// `default_args` are copied deeply, and those of the parent are merged in once, when the group is made.
fn set_defaults(group: &Rc<Group>, parent: &Rc<Group>, own: Option<Arg>) {
    let mut values: IndexMap<Key, Value> = parent.default_args.borrow().seen().clone();
    let mut open = parent.default_args.borrow().why_open();
    group.default_args_span.set(own.as_ref().map_or(parent.default_args_span.get(), |arg| arg.span));
    match own.map(|arg| defaults::deep(&arg.value, 0)) {
        None | Some(Value::None) => {}
        Some(Value::Dict(dict)) => {
            open = open.or_else(|| dict.why_open());
            for (key, value) in &*dict.seen() {
                values.insert(key.clone(), value.clone());
            }
        }
        Some(Value::Unknown(cause)) => open = open.or(Some(cause)),
        Some(other) => {
            let message = format!("default_args is a `{}`, which is not supported", other.type_name());
            let span = group.default_args_span.get();
            open = open.or(Some(Cause::new(CauseKind::Unsupported, span, message)));
        }
    }
    let dict = Dict::new(values);
    if let Some(cause) = open {
        dict.open(&cause);
    }
    *group.default_args.borrow_mut() = Rc::new(dict);
}

fn without_collision(
    dag: &Rc<DagObject>,
    parent: &Rc<Group>,
    label: Value,
    add_suffix: bool,
    old: bool,
) -> Eval<Value> {
    let Value::Str(text) = &label else { return Ok(label) };
    let full = match parent.child_id(&label) {
        Value::Str(full) if !old && !parent.is_root() && parent.prefix => full,
        _ => Rc::clone(text),
    };
    let used = dag.used_ids.borrow();
    if !used.contains(&full) {
        return Ok(label);
    }
    if !add_suffix {
        return exceptions::duplicate(format!("group_id '{text}' has already been added to the DAG"));
    }
    let base = keys::without_suffix(text);
    let last = used.iter().filter_map(|id| keys::suffix_of(id, base)).max();
    Ok(Value::str(match last {
        None => format!("{text}__1"),
        Some(last) => format!("{base}__{}", last + 1),
    }))
}

impl Object for Group {
    fn class(&self) -> Option<&'static Type> {
        Some(&TASK_GROUP)
    }

    fn class_value(&self) -> Option<Value> {
        Some(TASK_GROUP_CLASS.value())
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok(Some(match name {
            "group_id" | "node_id" => self.id(),
            "label" => self.label.clone(),
            "dag" => self.dag().map_or(Value::None, |dag| Value::Object(dag)),
            "dag_id" => self.dag().map_or(Value::None, |dag| dag.id.clone()),
            "parent_group" | "task_group" => self.parent().map_or(Value::None, |group| Value::Object(group)),
            "prefix_group_id" => Value::Bool(self.prefix),
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
            _ => return Ok(None),
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

    fn binary(
        self: Rc<Self>,
        vm: &mut Vm,
        op: ruff_python_ast::Operator,
        other: &Value,
        reflected: bool,
        span: Span,
    ) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::Group(self), op, other, reflected, span)
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

/// The methods of task groups.
pub static TASK_GROUP: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
        Native::new("add", add).hosted(),
        Native::new("child_id", |_, mut args| {
            let group = receiver(&mut args)?;
            Ok(group.child_id(&args.expect("label")?))
        }),
        Native::new("get_roots", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.roots())))),
        Native::new("get_leaves", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.leaves())))),
        Native::new("iter_tasks", |_, mut args| Ok(Value::list(objects(receiver(&mut args)?.tasks())))),
        Native::new("has_task", |_, mut args| {
            let group = receiver(&mut args)?;
            let task = args.expect("task")?.downcast::<Task>();
            Ok(Value::Bool(
                task.is_some_and(|task| group.tasks().iter().any(|own| own.serial == task.serial)),
            ))
        }),
        Native::new("get_child_by_label", child_by_label),
    ],
    ..Type::new("airflow.sdk.definitions.taskgroup", "TaskGroup", |_, _| {
        Err(Stop::type_error("TaskGroup is not called through this table"))
    })
};

fn receiver(args: &mut Args) -> Eval<Rc<Group>> {
    args.positional
        .pop_front()
        .and_then(|arg| arg.value.downcast::<Group>())
        .ok_or_else(|| Stop::type_error("this method needs a task group"))
}

fn add(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let group = receiver(&mut args)?;
    let added = args.expect("task")?;
    let Some(task) = added.downcast::<Task>() else {
        let finding =
            Diagnostic::error(codes::CHANGED_LIBRARY, args.span, "a task group is added to another by hand");
        group.refuse(finding);
        return Ok(added);
    };
    group.add_task(vm, &task)?;
    Ok(added)
}

fn child_by_label(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let group = receiver(&mut args)?;
    let key = group.child_id(&args.expect("label")?);
    for child in &*group.children.borrow() {
        match child {
            Child::Task(task) if task.id().is(&key) => {
                return Ok(Value::Object(Rc::clone(task) as Rc<dyn Object>));
            }
            Child::Group(inner) if inner.id().is(&key) => {
                return Ok(Value::Object(Rc::clone(inner) as Rc<dyn Object>));
            }
            Child::Task(_) | Child::Group(_) => {}
        }
    }
    Err(Stop::key_error(key))
}

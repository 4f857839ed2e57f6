//! `TaskGroup`: nesting, prefixes, suffixes on collision, and the tasks that edges to and from a group mean.

mod make;
mod methods;
mod object;

pub use make::{TASK_GROUP_CLASS, make};
pub use methods::TASK_GROUP;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::dag::DagObject;
use super::derived::Derived;
use super::exceptions;
use super::mapping::MappingSource;
use super::state::State;
use super::task::{ArgMap, Task};
use crate::dag::Role;
use crate::diagnostic::Diagnostic;
use crate::eval::Vm;
use crate::map::{IndexMap, IndexSet};
use crate::source::Span;
use crate::value::exception::RUNTIME_ERROR;
use crate::value::{Dict, Eval, Stop, Value};

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
    /// The user's class that it is an instance of, where that derives from `TaskGroup`.
    pub user: Option<Rc<Derived>>,
    /// Attributes that a class of the user's set on it.
    pub attrs: RefCell<IndexMap<Rc<str>, Value>>,
    /// Its own id, without prefixes: text, unknown, or `None` for the root.
    pub label: RefCell<Value>,
    /// Whether the ids of its children begin with its own.
    pub prefix: Cell<bool>,
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
    /// The ids of its children.
    keys: RefCell<IndexSet<Rc<str>>>,
    /// How it is mapped, where it is.
    pub mapped: Option<MappingSource>,
    pub(super) dag: RefCell<Weak<DagObject>>,
    pub(super) parent: RefCell<Weak<Group>>,
    pub(super) upstream_tasks: RefCell<IndexMap<usize, Weak<Task>>>,
}

impl Group {
    /// The root group of a DAG.
    pub fn root(dag: Weak<DagObject>, span: Span, serial: usize) -> Rc<Self> {
        let group = Self::blank(span, serial);
        *group.dag.borrow_mut() = dag;
        Rc::new(group)
    }

    fn blank(span: Span, serial: usize) -> Self {
        Self {
            serial,
            user: None,
            attrs: RefCell::default(),
            label: RefCell::new(Value::None),
            prefix: Cell::new(true),
            span,
            args: RefCell::default(),
            default_args: RefCell::new(Rc::new(Dict::new(IndexMap::default()))),
            default_args_span: Cell::new(span),
            children: RefCell::default(),
            keys: RefCell::default(),
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
        self.label.borrow().is_none()
    }

    /// Its full id: `TaskGroup.group_id`.
    pub fn id(&self) -> Value {
        match self.parent() {
            Some(parent) if parent.prefix.get() && !parent.is_root() => parent.child_id(&self.label.borrow()),
            _ => self.label.borrow().clone(),
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
            Value::Str(id) if self.prefix.get() => Some(id),
            _ => None,
        }
    }

    /// The full id of a child: `TaskGroup.child_id`.
    pub fn child_id(&self, label: &Value) -> Value {
        if !self.prefix.get() {
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
            old.keys.borrow_mut().shift_remove(&task.key());
            old.children
                .borrow_mut()
                .retain(|child| !matches!(child, Child::Task(own) if own.serial == task.serial));
        }
        let key = task.key();
        if !self.keys.borrow_mut().insert(Rc::clone(&key)) {
            return exceptions::duplicate(format!("task id '{key}' has already been added to the DAG"));
        }
        *task.group.borrow_mut() = Rc::downgrade(self);
        self.children.borrow_mut().push(Child::Task(Rc::clone(task)));
        Ok(())
    }

    fn add_group(self: &Rc<Self>, group: &Rc<Group>) -> Eval<()> {
        *group.parent.borrow_mut() = Rc::downgrade(self);
        let key = group.key();
        if !self.keys.borrow_mut().insert(Rc::clone(&key)) {
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

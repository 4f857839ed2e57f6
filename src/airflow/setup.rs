//! Setup and teardown: `as_setup`, `as_teardown`, and `with` over such tasks.
//!
//! Follows `SetupTeardownContext` of 2.10.5 and 3.0.6, whose stacks and bookkeeping decide which edges are drawn.

use std::rc::Rc;

use super::enums;
use super::relations::{self, Node};
use super::state::State;
use super::task::Task;
use crate::dag::Role;
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Native, Object, Stop, Type, Value};

type Tasks = Vec<Rc<Task>>;

/// One of the four slots of the context, with what it held before.
#[derive(Default)]
struct Slot {
    now: Tasks,
    before: Vec<Tasks>,
}

impl Slot {
    fn push(&mut self, tasks: Tasks) {
        if !self.now.is_empty() && !same(&self.now, &tasks) {
            self.before.push(std::mem::take(&mut self.now));
        }
        self.now = tasks;
    }

    /// Gives what it held, and what it holds now.
    fn pop(&mut self) -> (Tasks, Tasks) {
        let old = std::mem::take(&mut self.now);
        if let Some(before) = self.before.pop() {
            self.now = before;
        }
        (old, self.now.clone())
    }
}

fn same(a: &Tasks, b: &Tasks) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Rc::ptr_eq(a, b))
}

/// The state of `with setup:` and `with teardown:` blocks.
#[derive(Default)]
pub struct SetupContext {
    active: bool,
    /// The tasks made or added inside, by the managing tasks.
    inside: Vec<(Tasks, Tasks)>,
    setups: Slot,
    teardowns: Slot,
    teardowns_of_setup: Slot,
    setups_of_teardown: Slot,
}

/// `x.as_setup()`.
pub fn as_setup(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let receiver = args.positional.pop_front().map(|arg| arg.value).unwrap_or_default();
    let _ = vm;
    args.finish()?;
    for task in tasks_of(&receiver)? {
        task.set_setup(true)?;
    }
    Ok(receiver)
}

/// `x.as_teardown(setups=…, on_failure_fail_dagrun=…)`.
pub fn as_teardown(vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let span = args.span;
    let receiver = args.positional.pop_front().map(|arg| arg.value).unwrap_or_default();
    let setups = args.named("setups").filter(|value| !value.is_none());
    let fail = args.named_arg("on_failure_fail_dagrun").filter(|arg| !arg.value.is_none());
    args.finish()?;
    for task in tasks_of(&receiver)? {
        task.set_teardown(true)?;
        set_rule(&task, span);
        if let Some(fail) = &fail {
            task.args.borrow_mut().insert("on_failure_fail_dagrun".into(), fail.clone());
        }
        let Some(setups) = &setups else { continue };
        let list = match Node::of(setups) {
            Some(_) => vec![setups.clone()],
            None => vm.iterate(setups)?,
        };
        for setup in list {
            for one in tasks_of(&setup)? {
                one.set_setup(true)?;
            }
            if let Some(node) = Node::of(&setup) {
                let after = Value::Object(Rc::clone(&task) as Rc<dyn Object>);
                relations::set_relatives(vm, &node, &after, false, span, None)?;
            }
        }
    }
    Ok(receiver)
}

/// Gives a teardown its trigger rule.
pub fn set_rule(task: &Rc<Task>, span: Span) {
    let rule = enums::member_of(&enums::TRIGGER_RULE, &Value::str("all_done_setup_success"));
    task.args.borrow_mut().insert("trigger_rule".into(), Arg { value: rule.unwrap_or_default(), span });
}

fn tasks_of(value: &Value) -> Eval<Tasks> {
    match Node::of(value) {
        Some(Node::Task(task)) => Ok(vec![task]),
        Some(Node::XCom(xcom)) => Ok(xcom.references()),
        Some(Node::Group(_) | Node::Edge(_)) | None => {
            value.clone().known()?;
            Err(Stop::no_attribute(value, "is_setup"))
        }
    }
}

/// `context_wrapper([…])`: several setups or teardowns for one `with`.
pub static CONTEXT_WRAPPER: Native = Native::new("context_wrapper", |vm, mut args| {
    let tasks = args.expect("tasks")?;
    let mut all = Vec::new();
    for task in vm.iterate(&tasks)? {
        all.extend(tasks_of(&task)?);
    }
    Ok(Value::object(Wrapper(all)))
});

struct Wrapper(Tasks);

crate::value::release::released!(Wrapper);

impl Object for Wrapper {
    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn enter(self: Rc<Self>, vm: &mut Vm, span: Span) -> Eval<Option<Value>> {
        enter(vm, self.0.clone(), span).map(Some)
    }

    fn exit(self: Rc<Self>, vm: &mut Vm) -> Eval<()> {
        exit(vm)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        self.0.iter().for_each(|task| visit(&Value::Object(Rc::clone(task) as Rc<dyn Object>)));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a setup context is used as a value"))
    }
}

/// What `with setup_task as scope:` binds.
struct Scope;

impl Object for Scope {
    fn class(&self) -> Option<&'static Type> {
        Some(&SCOPE)
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "a setup context is used as a value"))
    }
}

static SCOPE: Type = Type {
    methods: &[Native::new("add_task", |vm, mut args| {
        args.positional.pop_front();
        let task = args.expect("task")?;
        for task in tasks_of(&task)? {
            note_task(vm, &task);
        }
        Ok(Value::None)
    })
    .hosted()],
    ..Type::new("airflow.utils.setup_teardown", "SetupTeardownContext", |_, _| Ok(Value::object(Scope)))
};

/// Enters `with task:` for setups or teardowns.
pub fn enter(vm: &mut Vm, tasks: Tasks, _span: Span) -> Eval<Value> {
    if tasks.iter().any(|task| task.role.get() == Role::Work) {
        return Err(Stop::value_error("only setup/teardown tasks can be used as context managers"));
    }
    if tasks.iter().any(|task| task.role.get() != tasks[0].role.get()) {
        return Err(Stop::value_error("all tasks in the list must be either setup or teardown tasks"));
    }
    let Some(first) = tasks.first().cloned() else { return Ok(Value::object(Scope)) };
    let setup = first.role.get() == Role::Setup;
    let around = nearest(vm, &first, setup)?;
    let context = &mut State::of(vm).setup;
    if setup {
        context.setups.push(tasks);
        context.teardowns_of_setup.push(around);
    } else {
        context.teardowns.push(tasks);
        context.setups_of_teardown.push(around);
    }
    context.active = true;
    Ok(Value::object(Scope))
}

/// The nearest teardowns after a setup, or setups before a teardown: `_update_teardown_downstream` and its twin.
fn nearest(vm: &mut Vm, from: &Rc<Task>, teardowns: bool) -> Eval<Tasks> {
    let wanted = if teardowns { Role::Teardown } else { Role::Setup };
    let mut tasks = if teardowns { from.downstream() } else { from.upstream() };
    for _ in 0..1000 {
        vm.spend(tasks.len() + 1)?;
        let found: Tasks = tasks.iter().filter(|task| task.role.get() == wanted).cloned().collect();
        if !found.is_empty() {
            return Ok(found);
        }
        let mut next: Tasks = Vec::new();
        for task in &tasks {
            for near in task.downstream().into_iter().chain(task.upstream()) {
                if !Rc::ptr_eq(&near, from) && !next.iter().any(|known| Rc::ptr_eq(known, &near)) {
                    next.push(near);
                }
            }
        }
        if next.is_empty() {
            return Ok(Vec::new());
        }
        tasks = next;
    }
    // Airflow recurses without end here.
    vm.limit("the search for the setup or teardown of a context does not end")
}

/// Notes a task that is made inside such a block: `update_context_map`.
pub fn note_task(vm: &mut Vm, task: &Rc<Task>) {
    let context = &mut State::of(vm).setup;
    if !context.active || task.role.get() != Role::Work {
        return;
    }
    for managing in [context.setups.now.clone(), context.teardowns.now.clone()] {
        if managing.is_empty() {
            continue;
        }
        match context.inside.iter_mut().find(|(known, _)| same(known, &managing)) {
            Some((_, tasks)) => tasks.push(Rc::clone(task)),
            None => context.inside.push((managing, vec![Rc::clone(task)])),
        }
    }
}

fn depend(vm: &mut Vm, receiving: &Tasks, new: &Tasks, upstream: bool) -> Eval<()> {
    for task in new {
        for other in receiving {
            let value = Value::Object(Rc::clone(other) as Rc<dyn Object>);
            let span = task.span;
            relations::set_relatives(vm, &Node::Task(Rc::clone(task)), &value, upstream, span, None)?;
        }
    }
    Ok(())
}

/// Leaves the block: the edges between what manages it and what was made inside are drawn.
pub fn exit(vm: &mut Vm) -> Eval<()> {
    let (setups, teardowns) = {
        let context = &State::of(vm).setup;
        (context.setups.now.clone(), context.teardowns.now.clone())
    };
    if !setups.is_empty() {
        let inside = work_inside(vm, &setups);
        if let Some(first) = inside.first().cloned() {
            let roots: Tasks = inside.iter().filter(|task| task.upstream().is_empty()).cloned().collect();
            let roots = if roots.is_empty() { vec![first] } else { roots };
            depend(vm, &roots, &setups, false)?;
            let leaves = leaves_of(&inside);
            let after = State::of(vm).setup.teardowns_of_setup.now.clone();
            let before = if teardowns.is_empty() { leaves } else { teardowns.clone() };
            depend(vm, &before, &after, true)?;
        }
    }
    if !teardowns.is_empty() {
        let inside = work_inside(vm, &teardowns);
        if let Some(first) = inside.first().cloned() {
            let leaves = leaves_of(&inside);
            depend(vm, &leaves, &teardowns, true)?;
            let roots: Tasks = inside.iter().filter(|task| task.upstream().is_empty()).cloned().collect();
            let roots = if roots.is_empty() { vec![first] } else { roots };
            let before = State::of(vm).setup.setups_of_teardown.now.clone();
            let after = if setups.is_empty() { roots } else { setups.clone() };
            depend(vm, &after, &before, false)?;
        }
    }
    close(vm, &setups, &teardowns)
}

fn work_inside(vm: &mut Vm, managing: &Tasks) -> Tasks {
    let context = &State::of(vm).setup;
    let inside = context.inside.iter().find(|(known, _)| same(known, managing));
    inside
        .map(|(_, tasks)| tasks.iter().filter(|task| task.role.get() == Role::Work).cloned().collect())
        .unwrap_or_default()
}

fn leaves_of(inside: &Tasks) -> Tasks {
    let leaves: Tasks = inside.iter().filter(|task| task.downstream().is_empty()).cloned().collect();
    if leaves.is_empty() { inside.last().cloned().into_iter().collect() } else { leaves }
}

/// `set_setup_teardown_relationships`: nested blocks chain their setups and teardowns.
fn close(vm: &mut Vm, setups: &Tasks, teardowns: &Tasks) -> Eval<()> {
    let (old, now) = State::of(vm).setup.setups.pop();
    depend(vm, &old, &now, false)?;
    let (old, now) = State::of(vm).setup.teardowns.pop();
    depend(vm, &old, &now, true)?;
    let (old, now) = State::of(vm).setup.teardowns_of_setup.pop();
    depend(vm, &old, &now, true)?;
    let (old, now) = State::of(vm).setup.setups_of_teardown.pop();
    depend(vm, &old, &now, false)?;
    let context = &mut State::of(vm).setup;
    context.inside.retain(|(known, _)| !same(known, setups) && !same(known, teardowns));
    context.active = false;
    Ok(())
}

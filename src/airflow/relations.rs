//! Edges: `>>`, `<<`, `set_upstream`, `chain` and its kin, drawn when Airflow draws them.
//!
//! Follows `DAGNode._set_relatives`, `TaskGroup._set_relatives` and `XComArg.set_upstream` of 3.0.6.

use std::rc::Rc;

use ruff_python_ast::Operator;

use super::edges::EdgeModifier;
use super::exceptions;
use super::group::Group;
use super::mapping::MappedArgument;
use super::shared::Walked;
use super::state::{self, State};
use super::task::{DagRef, Task};
use super::xcom::XComArg;
use crate::dag::SourceAirflow;
use crate::diagnostic::Diagnostic;
use crate::eval::Vm;
use crate::source::Span;
use crate::value::{Args, Eval, Object, Operation, Stop, Value};

/// What edges can be drawn to and from.
#[derive(Clone)]
pub enum Node {
    /// A task.
    Task(Rc<Task>),
    /// A task group.
    Group(Rc<Group>),
    /// The result of a task.
    XCom(Rc<XComArg>),
    /// A label that waits for its other side.
    Edge(Rc<EdgeModifier>),
}

impl Node {
    /// The node in a value, if it is one.
    pub fn of(value: &Value) -> Option<Self> {
        if let Some(task) = value.downcast::<Task>() {
            return Some(Self::Task(task));
        }
        if let Some(group) = value.downcast::<Group>() {
            return Some(Self::Group(group));
        }
        if let Some(xcom) = value.downcast::<XComArg>() {
            return Some(Self::XCom(xcom));
        }
        value.downcast::<EdgeModifier>().map(Self::Edge)
    }

    /// The node as a value.
    pub fn value(&self) -> Value {
        match self {
            Self::Task(task) => Value::Object(Rc::clone(task) as Rc<dyn Object>),
            Self::Group(group) => Value::Object(Rc::clone(group) as Rc<dyn Object>),
            Self::XCom(xcom) => Value::Object(Rc::clone(xcom) as Rc<dyn Object>),
            Self::Edge(edge) => Value::Object(Rc::clone(edge) as Rc<dyn Object>),
        }
    }

    /// The nodes that an edge into it ends at.
    pub fn roots(&self) -> Vec<Node> {
        match self {
            Self::Task(_) => vec![self.clone()],
            Self::Group(group) => group.roots().into_iter().map(Self::Task).collect(),
            Self::XCom(xcom) => xcom.references().into_iter().map(Self::Task).collect(),
            Self::Edge(edge) => edge.downstream.borrow().clone(),
        }
    }

    /// The nodes that an edge out of it begins at.
    pub fn leaves(&self) -> Vec<Node> {
        match self {
            Self::Task(_) => vec![self.clone()],
            Self::Group(group) => group.leaves().into_iter().map(Self::Task).collect(),
            Self::XCom(xcom) => xcom.references().into_iter().map(Self::Task).collect(),
            Self::Edge(edge) => edge.upstream.borrow().clone(),
        }
    }

    /// Refuses the DAGs it touches.
    pub fn refuse(&self, finding: &Diagnostic) {
        match self {
            Self::Task(task) => task.refuse(finding.clone()),
            Self::Group(group) => group.refuse(finding.clone()),
            Self::XCom(xcom) => xcom.references().iter().for_each(|task| task.refuse(finding.clone())),
            Self::Edge(edge) => {
                edge.upstream.borrow().iter().for_each(|node| node.refuse(finding));
                edge.downstream.borrow().iter().for_each(|node| node.refuse(finding));
            }
        }
    }
}

/// `node >> other`, `node << other` and their reflected forms.
pub fn shift(
    vm: &mut Vm,
    node: &Node,
    Operation { op, other, reflected, span }: Operation<'_>,
) -> Eval<Option<Value>> {
    let upstream = match op {
        Operator::RShift => reflected,
        Operator::LShift => !reflected,
        Operator::Add
        | Operator::Sub
        | Operator::Mult
        | Operator::MatMult
        | Operator::Div
        | Operator::Mod
        | Operator::Pow
        | Operator::BitOr
        | Operator::BitXor
        | Operator::BitAnd
        | Operator::FloorDiv => return Ok(None),
    };
    set_relatives(vm, node, other, upstream, span, None)?;
    Ok(Some(if reflected { node.value() } else { other.clone() }))
}

/// `node.set_upstream(other)` and `node.set_downstream(other)`.
pub fn method(vm: &mut Vm, mut args: Args, upstream: bool) -> Eval<Value> {
    let span = args.span;
    let node = args.positional.pop_front().and_then(|arg| Node::of(&arg.value));
    let Some(node) = node else { return Err(Stop::type_error("this method needs a task")) };
    let other = args.expect("task_or_task_list")?;
    let modifier = args.take("edge_modifier").and_then(|value| value.downcast::<EdgeModifier>());
    set_relatives(vm, &node, &other, upstream, span, modifier.as_ref())?;
    Ok(Value::None)
}

/// The items of a list or tuple, or the value itself: what `isinstance(x, Sequence)` decides.
pub fn listed(other: &Value) -> Eval<Vec<Value>> {
    match other {
        Value::List(list) => Ok(list.items()?.clone()),
        Value::Tuple(items) => Ok(items.to_vec()),
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        single => Ok(vec![single.clone()]),
    }
}

/// Draws edges between a node and others: they run before it where `upstream`, else after it.
pub fn set_relatives(
    vm: &mut Vm,
    node: &Node,
    other: &Value,
    upstream: bool,
    span: Span,
    modifier: Option<&Rc<EdgeModifier>>,
) -> Eval<()> {
    vm.spend(1)?;
    let others = match listed(other) {
        Ok(others) => others,
        Err(Stop::Unknown(cause)) => {
            node.refuse(&state::unknown(span, "an edge is drawn to something that is not known", &cause));
            return Ok(());
        }
        Err(stop) => return Err(stop),
    };
    match node {
        Node::Task(task) => task_relatives(vm, task, &others, upstream, span, modifier),
        Node::Group(group) => group_relatives(vm, group, other, &others, upstream, span, modifier),
        Node::XCom(xcom) => {
            for task in xcom.references() {
                set_relatives(vm, &Node::Task(task), other, upstream, span, modifier)?;
            }
            Ok(())
        }
        Node::Edge(edge) => edge.set_relatives(vm, other, &others, upstream, span),
    }
}

fn node_of(value: &Value, node: &Node, span: Span) -> Eval<Option<Node>> {
    if let Some(node) = Node::of(value) {
        return Ok(Some(node));
    }
    match value {
        Value::Unknown(cause) => {
            node.refuse(&state::unknown(span, "an edge is drawn to something that is not known", cause));
            Ok(None)
        }
        Value::Instance(_) => {
            let cause = crate::datum::Cause::new(
                crate::datum::CauseKind::Unsupported,
                span,
                format!("edges to a `{}` object are not supported", value.type_name()),
            );
            node.refuse(&state::unknown(span, "an edge is drawn to something that is not known", &cause));
            Ok(None)
        }
        other => Err(Stop::no_attribute(other, "update_relative")),
    }
}

fn task_relatives(
    vm: &mut Vm,
    task: &Rc<Task>,
    others: &[Value],
    upstream: bool,
    span: Span,
    modifier: Option<&Rc<EdgeModifier>>,
) -> Eval<()> {
    let this = Node::Task(Rc::clone(task));
    let mut tasks = Vec::new();
    for other in others {
        let Some(other) = node_of(other, &this, span)? else { continue };
        update_relative(vm, &other, &this, !upstream, span)?;
        for relative in if upstream { other.leaves() } else { other.roots() } {
            match relative {
                Node::Task(task) => tasks.push(task),
                Node::Group(_) | Node::XCom(_) | Node::Edge(_) => {
                    return Err(Stop::type_error(format!(
                        "relationships can only be set between Operators; received {}",
                        relative.value().type_name()
                    )));
                }
            }
        }
    }
    join_dags(vm, task, &tasks, span)?;
    for other in tasks {
        let (before, after) = if upstream { (&other, task) } else { (task, &other) };
        connect(vm, before, after, span)?;
        if let Some(label) = modifier.and_then(|modifier| modifier.label.as_str())
            && let Some(dag) = after.dag()
        {
            dag.labels.borrow_mut().insert((before.serial, after.serial), label.to_string());
        }
    }
    Ok(())
}

/// Tasks joined by an edge share one DAG; those without one are put into it.
fn join_dags(vm: &mut Vm, task: &Rc<Task>, others: &[Rc<Task>], span: Span) -> Eval<()> {
    let all = || std::iter::once(task).chain(others);
    if all().any(|task| matches!(&*task.dag.borrow(), DagRef::Unknown(_))) {
        return Ok(());
    }
    let mut dag = None;
    for own in all().filter_map(|task| task.dag()) {
        match &dag {
            None => dag = Some(own),
            Some(first) if Rc::ptr_eq(first, &own) => {}
            Some(first) => {
                return exceptions::airflow(format!(
                    "tried to set relationships between tasks in more than one DAG: {} and {}",
                    first.display_id(),
                    own.display_id()
                ));
            }
        }
    }
    let Some(dag) = dag else {
        return exceptions::airflow(
            "tried to create relationships between tasks that don't have DAGs yet; set the DAG for at least one task",
        );
    };
    for task in all() {
        if task.dag().is_none() {
            dag.add_task(vm, task, span)?;
        }
    }
    Ok(())
}

/// Draws one edge, unless it is there.
pub fn connect(vm: &mut Vm, before: &Rc<Task>, after: &Rc<Task>, span: Span) -> Eval<()> {
    vm.spend(1)?;
    let known = before.downstream.borrow().contains_key(&after.serial);
    before.downstream.borrow_mut().insert(after.serial, Rc::downgrade(after));
    after.upstream.borrow_mut().insert(before.serial, Rc::downgrade(before));
    if !known && let Some(dag) = after.dag() {
        dag.edges.borrow_mut().push((before.serial, after.serial, span));
    }
    Ok(())
}

/// `other.update_relative(node, upstream)`: what a group or a label notes of an edge to it.
fn update_relative(vm: &mut Vm, other: &Node, node: &Node, upstream: bool, span: Span) -> Eval<()> {
    match other {
        Node::Task(_) | Node::XCom(_) => Ok(()),
        Node::Group(group) => {
            note_group_edge(group, node, upstream);
            Ok(())
        }
        Node::Edge(edge) => {
            let value = node.value();
            edge.set_relatives(vm, &value, std::slice::from_ref(&value), upstream, span)
        }
    }
}

/// Keeps the tasks that precede a group as a whole: an empty group passes edges on to them.
fn note_group_edge(group: &Rc<Group>, other: &Node, upstream: bool) {
    if !upstream || matches!(other, Node::Group(_)) {
        return;
    }
    for root in other.roots() {
        if let Node::Task(task) = root {
            group.upstream_tasks.borrow_mut().insert(task.serial, Rc::downgrade(&task));
        }
    }
}

fn group_relatives(
    vm: &mut Vm,
    group: &Rc<Group>,
    other: &Value,
    others: &[Value],
    upstream: bool,
    span: Span,
    modifier: Option<&Rc<EdgeModifier>>,
) -> Eval<()> {
    let this = Node::Group(Rc::clone(group));
    // The leaves are looked for before the edges are drawn, the roots after.
    let leaves = if upstream { Vec::new() } else { leaves_or_before(vm, group) };
    for other in others {
        let Some(other) = node_of(other, &this, span)? else { continue };
        note_group_edge(group, &other, upstream);
    }
    let tasks = if upstream { group.roots() } else { leaves };
    for task in tasks {
        set_relatives(vm, &Node::Task(task), other, upstream, span, modifier)?;
    }
    Ok(())
}

/// The leaves of a group; those of what precedes an empty group, as Airflow 3 has it.
fn leaves_or_before(vm: &mut Vm, group: &Rc<Group>) -> Vec<Rc<Task>> {
    if State::of(vm).source() == SourceAirflow::V2 {
        return group.leaves();
    }
    let mut around = Some(Rc::clone(group));
    while let Some(group) = around {
        let leaves = group.leaves();
        if !leaves.is_empty() {
            return leaves;
        }
        let before: Vec<Rc<Task>> =
            group.upstream_tasks.borrow().values().filter_map(std::rc::Weak::upgrade).collect();
        if !before.is_empty() {
            return before;
        }
        around = group.parent();
    }
    Vec::new()
}

/// The tasks whose results a value refers to, however deep: `XComArg.iter_xcom_references`.
pub fn references(value: &Value) -> Vec<Rc<Task>> {
    let mut found = Vec::new();
    collect(value, 0, &mut Walked::default(), &mut found);
    found
}

fn collect(value: &Value, depth: usize, walked: &mut Walked, found: &mut Vec<Rc<Task>>) {
    if depth > 100 || !walked.enters(value, depth) {
        return;
    }
    match value {
        Value::Tuple(items) => items.iter().for_each(|item| collect(item, depth + 1, walked, found)),
        Value::List(list) => list.seen().iter().for_each(|item| collect(item, depth + 1, walked, found)),
        Value::Set(set) => set.seen().iter().for_each(|item| collect(item.value(), depth + 1, walked, found)),
        Value::Dict(dict) => dict.seen().values().for_each(|item| collect(item, depth + 1, walked, found)),
        Value::Object(_) => {
            if let Some(xcom) = value.downcast::<XComArg>() {
                found.extend(xcom.references());
            } else if let Some(mapped) = value.downcast::<MappedArgument>() {
                mapped.source.values().iter().for_each(|(value, _)| collect(value, depth + 1, walked, found));
            } else if let Some(task) = value.downcast::<Task>() {
                let args = task.args.borrow().clone();
                args.values().for_each(|arg| collect(&arg.value, depth + 1, walked, found));
            }
        }
        _ => {}
    }
}

/// Draws the edges that results in an argument imply: `XComArg.apply_upstream_relationship`.
pub fn follow_references(vm: &mut Vm, task: &Rc<Task>, value: &Value, span: Span) -> Eval<()> {
    for before in references(value) {
        set_relatives(vm, &Node::Task(Rc::clone(task)), &Value::Object(before), true, span, None)?;
    }
    Ok(())
}

//! `Label` and `EdgeModifier`: a label between two tasks that waits for both sides.
//!
//! Follows `EdgeModifier` of 2.10.5 and 3.0.6, its turning of tasks into their groups included.

use std::cell::RefCell;
use std::rc::Rc;

use super::api::ApiClass;
use super::group::Group;
use super::relations::{self, Node};
use super::state;
use super::task::{DagRef, Task};
use crate::datum::{Cause, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, Disposition, codes};
use crate::eval::{Collector, Vm};
use crate::map::IndexSet;
use crate::source::Span;
use crate::value::{Args, Effect, Eval, Native, Object, Operation, Stop, Type, Value};

/// A label on edges.
pub struct EdgeModifier {
    /// The label.
    pub label: Value,
    /// What it was drawn from so far.
    pub upstream: RefCell<Vec<Node>>,
    /// What it was drawn to so far.
    pub downstream: RefCell<Vec<Node>>,
}

/// The class `EdgeModifier`.
pub static EDGE_MODIFIER_CLASS: ApiClass = ApiClass {
    name: "EdgeModifier",
    module: "airflow.sdk.definitions.edges",
    new: label,
    statics: &[],
    effect: Effect::None,
    builds: false,
    derived: None,
};

/// `Label(label)`.
pub static LABEL: Native = Native::new("Label", label).lenient();

fn label(_vm: &mut Vm, mut args: Args) -> Eval<Value> {
    let label = args.take("label").unwrap_or_default();
    Ok(Value::object(EdgeModifier { label, upstream: RefCell::default(), downstream: RefCell::default() }))
}

impl EdgeModifier {
    /// Keeps one side; draws the edges once the other is there.
    pub fn set_relatives(
        self: &Rc<Self>,
        vm: &mut Vm,
        other: &Value,
        others: &[Value],
        upstream: bool,
        span: Span,
    ) -> Eval<()> {
        let (own, far) =
            if upstream { (&self.upstream, &self.downstream) } else { (&self.downstream, &self.upstream) };
        for other in others {
            match (Node::of(other), other) {
                (Some(Node::Edge(_)), _) => {
                    return Err(Stop::type_error(
                        "cannot use edge labels with EdgeModifier, only tasks, XComArg or TaskGroups",
                    ));
                }
                (Some(node), _) => own.borrow_mut().push(node),
                (None, Value::Unknown(cause)) => {
                    let finding =
                        state::unknown(span, "an edge is drawn to something that is not known", cause);
                    Node::Edge(Rc::clone(self)).refuse(&finding);
                }
                (None, other) => {
                    return Err(Stop::type_error(format!(
                        "cannot use edge labels with {}, only tasks, XComArg or TaskGroups",
                        other.type_name()
                    )));
                }
            }
        }
        if !self.upstream.borrow().is_empty() && !self.downstream.borrow().is_empty() {
            self.convert_to_groups();
        }
        let nodes = far.borrow().clone();
        if !nodes.is_empty() && !self.label.is_none() {
            self.note(span);
        }
        for node in nodes {
            relations::set_relatives(vm, &node, other, upstream, span, Some(self))?;
        }
        Ok(())
    }

    /// Says that the label, which only the graph view shows, is in no definition.
    fn note(&self, span: Span) {
        let tasks = self.tasks();
        let dag = tasks.iter().find_map(|task| match &*task.dag.borrow() {
            DagRef::Known(dag) => dag.upgrade(),
            DagRef::None | DagRef::Unknown(_) => None,
        });
        if let Some(dag) = dag {
            let message = "the label of this edge is left out: a definition has none";
            let note = Diagnostic::note(codes::UNSUPPORTED_PARAMETER, span, message);
            dag.refuse(note.disposition(Disposition::Dropped).parameter("label"));
        }
    }

    /// Turns tasks of different groups into their groups: `_convert_streams_to_task_groups`.
    fn convert_to_groups(&self) {
        let mut groups: IndexSet<Rc<str>> = IndexSet::default();
        for node in self.upstream.borrow().iter().chain(&*self.downstream.borrow()) {
            let around = match node {
                Node::Task(task) => task.group(),
                Node::Group(group) => group.parent().or_else(|| Some(Rc::clone(group))),
                Node::XCom(xcom) => xcom.task().and_then(|task| task.group()),
                Node::Edge(_) => None,
            };
            if let Some(group) = around {
                groups.insert(if group.is_root() { "root".into() } else { group.key() });
            }
        }
        if groups.len() == 1 {
            return;
        }
        for side in [&self.upstream, &self.downstream] {
            for node in side.borrow_mut().iter_mut() {
                if let Some(group) = Self::inner_group(node) {
                    *node = Node::Group(group);
                }
            }
        }
    }

    fn inner_group(node: &Node) -> Option<Rc<Group>> {
        let around = match node {
            Node::Task(task) => task.group(),
            Node::Group(group) => group.parent(),
            Node::XCom(_) | Node::Edge(_) => None,
        };
        around.filter(|group| !group.is_root())
    }

    /// The tasks on both sides.
    pub fn tasks(&self) -> Vec<Rc<Task>> {
        let both: Vec<Node> =
            self.upstream.borrow().iter().chain(&*self.downstream.borrow()).cloned().collect();
        both.into_iter()
            .flat_map(|node| match node {
                Node::Task(task) => vec![task],
                Node::Group(group) => group.tasks(),
                Node::XCom(xcom) => xcom.references(),
                Node::Edge(_) => Vec::new(),
            })
            .collect()
    }
}

crate::value::release::released!(EdgeModifier);

impl Object for EdgeModifier {
    fn class(&self) -> Option<&'static Type> {
        Some(&EDGE_MODIFIER)
    }

    fn class_value(&self) -> Option<Value> {
        Some(EDGE_MODIFIER_CLASS.value())
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        let nodes = |nodes: &[Node]| Value::list(nodes.iter().map(Node::value).collect());
        Ok(match name {
            "label" => Some(self.label.clone()),
            "roots" => Some(nodes(&self.downstream.borrow())),
            "leaves" => Some(nodes(&self.upstream.borrow())),
            _ => None,
        })
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn binary(self: Rc<Self>, vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        relations::shift(vm, &Node::Edge(self), operation)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        for node in self.upstream.borrow().iter().chain(&*self.downstream.borrow()) {
            visit(&node.value());
        }
    }

    fn open(&self, cause: &Cause) {
        let finding = state::unknown(cause.span, "an edge may have been drawn here", cause);
        self.tasks().iter().for_each(|task| task.refuse(finding.clone()));
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "an edge label is used as a value"))
    }
}

static EDGE_MODIFIER: Type = Type {
    methods: &[
        Native::new("set_upstream", |vm, args| relations::method(vm, args, true)).hosted(),
        Native::new("set_downstream", |vm, args| relations::method(vm, args, false)).hosted(),
    ],
    ..Type::new("airflow.sdk.definitions.edges", "EdgeModifier", label)
};

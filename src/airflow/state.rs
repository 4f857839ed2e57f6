//! What one run has built so far: DAGs, the stacks of `with`, and what throws doubt on them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::dag::DagObject;
use super::group::Group;
use super::setup::SetupContext;
use super::task::Task;
use super::typed::LibrarySet;
use crate::dag::SourceAirflow;
use crate::datum::Cause;
use crate::diagnostic::{Diagnostic, codes};
use crate::eval::Vm;
use crate::source::Span;
use crate::value::{Arg, Eval, Value};

/// The slot that this part of the library keeps in the evaluator.
#[derive(Default)]
pub struct State {
    /// `--source-airflow`, where the user gave it.
    pub forced: Option<SourceAirflow>,
    /// The first use of something that Airflow 3.0 lacks, with its name.
    pub evidence: Option<(Span, String)>,
    /// Every DAG that was made, in order.
    pub dags: Vec<Rc<DagObject>>,
    /// DAGs entered by `with` and not left.
    pub dag_stack: Vec<Rc<DagObject>>,
    /// Groups entered by `with` and not left.
    pub group_stack: Vec<Rc<Group>>,
    /// DAGs that were left by `with`, or made by `@dag`, and register themselves.
    pub registered: Vec<Rc<DagObject>>,
    /// DAGs that a name may not stand for any more, or something unknown may have kept, and where.
    pub unbound: Vec<(Rc<DagObject>, Diagnostic)>,
    /// Places where a DAG may be made, or not.
    pub unmade: Vec<Diagnostic>,
    /// Reasons to refuse every DAG of the file.
    pub doubts: Vec<Diagnostic>,
    /// The first store on a class that builds DAGs: all DAGs of the file are refused.
    pub tampered: Option<Diagnostic>,
    /// Empty containers that operators were given, by parameter. Many constructors put a new one in their place.
    pub empties: Vec<(Rc<Task>, Rc<str>, Arg)>,
    /// Tasks that have no DAG, or one that is not known.
    pub loose: Vec<Rc<Task>>,
    /// What makes DAGs in ways that are not supported.
    pub unsupported: Vec<Diagnostic>,
    /// `with setup_task:` blocks.
    pub setup: SetupContext,
    /// What `Variable.set` stored while the file ran.
    pub variables: BTreeMap<String, Value>,
    /// The sets of library classes that the file has had in its hands.
    pub(super) sets: Vec<LibrarySet>,
    serial: usize,
}

impl State {
    /// The state of a run.
    pub fn of(vm: &mut Vm) -> &mut Self {
        vm.state::<Self>()
    }

    /// A number that no other task, group or DAG of the run has. There are only so many.
    pub fn next_serial(vm: &mut Vm) -> Eval<usize> {
        let most = vm.budget.limits().objects;
        let serial = State::of(vm).serial + 1;
        if serial > most {
            return vm.limit(format!("the file makes more than {most} tasks, task groups and DAGs"));
        }
        State::of(vm).serial = serial;
        Ok(serial)
    }

    /// The DAG of the innermost `with`.
    pub fn current_dag(&self) -> Option<Rc<DagObject>> {
        self.dag_stack.last().cloned()
    }

    /// The group of the innermost `with`, else the root group of `dag`, else that of the current DAG: what
    /// `TaskGroupContext.get_current(dag)` gives.
    pub fn current_group(&self, dag: Option<&Rc<DagObject>>) -> Option<Rc<Group>> {
        if let Some(group) = self.group_stack.last() {
            return Some(Rc::clone(group));
        }
        dag.or(self.dag_stack.last()).map(|dag| Rc::clone(&dag.root))
    }

    /// The Airflow that the file is written for, where the user says it or the code has shown it.
    pub fn said_source(&self) -> Option<SourceAirflow> {
        self.forced.or(self.evidence.as_ref().map(|_| SourceAirflow::V2))
    }

    /// The Airflow that the file is written for, as far as it has been seen.
    pub fn source(&self) -> SourceAirflow {
        self.forced.unwrap_or(match self.evidence {
            Some(_) => SourceAirflow::V2,
            None => SourceAirflow::V3,
        })
    }

    /// Notes the use of something that Airflow 3.0 lacks.
    pub fn saw_old(&mut self, span: Span, what: impl Into<String>) {
        if self.evidence.is_none() {
            self.evidence = Some((span, what.into()));
        }
    }

    /// Notes a store on a class that builds DAGs.
    pub fn tamper(&mut self, span: Span, what: &str) {
        if self.tampered.is_none() {
            let message = format!("`{what}` is replaced, so that DAGs may be built or run otherwise");
            self.tampered = Some(Diagnostic::error(codes::CHANGED_LIBRARY, span, message));
        }
    }
}

/// The diagnostic for something unknown that reaches what is built: an error at `span` with the origin as its label.
pub fn unknown(span: Span, message: impl Into<String>, cause: &Cause) -> Diagnostic {
    explained(Diagnostic::error(codes::UNKNOWN_VALUE, span, message), cause)
}

/// The diagnostic with the origin and the way out of a cause.
pub fn explained(mut diagnostic: Diagnostic, cause: &Cause) -> Diagnostic {
    diagnostic = diagnostic.label(cause.span, cause.message.clone());
    if let Some(help) = &cause.help {
        diagnostic = diagnostic.help(help.clone());
    }
    diagnostic
}

//! The model: DAGs, tasks, groups and edges as plain data, each part with the span it was written at.
//!
//! What the Python said, complete, before any target has dropped or rewritten anything.

use crate::datum::{Cause, Datum};
use crate::diagnostic::Diagnostic;
use crate::map::IndexMap;
use crate::source::{FileId, Span};

mod mapping;

/// The major version of Airflow that a file is written for; it decides defaults and the meaning of schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceAirflow {
    /// 1.10 and 2.x.
    V2,
    /// 3.x.
    V3,
}

/// An argument as it reached a DAG, an operator or a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The parameter's name.
    pub name: String,
    /// What it came to when the file ended.
    pub value: Datum,
    /// Where it was written.
    pub span: Span,
}

/// One DAG as Airflow's DagBag would have it.
#[derive(Debug, Clone)]
pub struct Dag {
    /// Its id.
    pub dag_id: String,
    /// The call that made it.
    pub span: Span,
    /// The version of Airflow it is written for.
    pub source_airflow: SourceAirflow,
    /// What the author set on the DAG, in the order of first setting, under the parameter names of the call;
    /// `dag_id` and `default_args` are not among them.
    pub arguments: Vec<Argument>,
    /// The entries of its `default_args`, as they were when the file ended.
    pub default_args: Vec<Argument>,
    /// Its tasks, in the order in which they were made.
    pub tasks: Vec<Task>,
    /// Its task groups, outer before inner.
    pub groups: Vec<Group>,
    /// Its edges, in the order in which they were made, none twice.
    pub edges: Vec<Edge>,
    /// What is known to stand in the way, or worth knowing, before any target is asked.
    pub findings: Vec<Diagnostic>,
}

/// One task.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its full id, group prefixes included.
    pub task_id: String,
    /// The call that made it.
    pub span: Span,
    /// Its operator.
    pub operator: Operator,
    /// What the author passed or set later, under the parameter names; `task_id`, `dag`, `task_group` and
    /// `default_args` are not among them.
    pub arguments: Vec<Argument>,
    /// What `default_args` of the DAG, of its groups and of the call itself gave it when it was made: the effective
    /// entry of each key that `arguments` does not set.
    pub inherited: Vec<Argument>,
    /// The innermost group it is in, by index into the DAG's groups.
    pub group: Option<usize>,
    /// How `expand` maps it, where it does.
    pub mapping: Option<Mapping>,
    /// Setup or teardown, where it is one.
    pub role: Role,
}

/// The trigger rules of Airflow 2.10.5 and 3.0.6.
pub const TRIGGER_RULES: &[&str] = &[
    "all_done",
    "all_done_setup_success",
    "all_failed",
    "all_skipped",
    "all_success",
    "always",
    "none_failed",
    "none_failed_min_one_success",
    "none_skipped",
    "one_done",
    "one_failed",
    "one_success",
];

/// The trigger rules that 2.x takes besides, and what it makes of them. Source: `BaseOperator.__init__` of 2.10.5.
pub const OLD_TRIGGER_RULES: &[(&str, &str)] =
    &[("dummy", "always"), ("none_failed_or_skipped", "none_failed_min_one_success")];

/// The class of what stands for a param of the DAG in arguments, and has its value when the task runs. Source: Airflow 3.0.6.
pub const DAG_PARAM: &str = "airflow.sdk.definitions.param.DagParam";

/// The class of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    /// The import path as the file wrote it: `airflow.operators.bash_operator.BashOperator`.
    pub path: String,
    /// The class name.
    pub name: String,
    /// How the task came to be.
    pub kind: OperatorKind,
}

/// How a task came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperatorKind {
    /// An operator class of Airflow or of a provider was called.
    Class,
    /// A class of the user's was called, which derives from an operator; the path of that operator, as imported.
    Subclass {
        /// The import path of the nearest base class that is not the user's.
        base: String,
    },
    /// A function under `@task` was called; the decorator as written (`task`, `task.branch`, …).
    Decorated {
        /// The decorator's name behind the at sign.
        decorator: String,
    },
}

/// How a task is mapped.
#[derive(Debug, Clone, PartialEq)]
pub enum Mapping {
    /// `expand(name=…)`.
    Expand(Vec<Argument>),
    /// `expand_kwargs(…)`.
    ExpandKwargs {
        /// The dicts, or what gives them when the task runs.
        value: Datum,
        /// Where they are written.
        span: Span,
        /// Whether a name that `partial` has too is an error when the task runs.
        strict: bool,
    },
    /// It stands in a mapped task group.
    InMappedGroup,
}

/// Whether a task is set up or torn down around others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// An ordinary task.
    #[default]
    Work,
    /// `as_setup` or `@setup`.
    Setup,
    /// `as_teardown` or `@teardown`.
    Teardown,
}

/// A task group.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its full id, prefixes included.
    pub group_id: String,
    /// The group around it, by index.
    pub parent: Option<usize>,
    /// The call that made it.
    pub span: Span,
    /// What the author set on it (`tooltip`, `prefix_group_id`, …), its id and default_args aside.
    pub arguments: Vec<Argument>,
}

/// An edge from one task to another, by index into the DAG's tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The task that runs first.
    pub upstream: usize,
    /// The task that waits for it.
    pub downstream: usize,
    /// Where the author drew it.
    pub span: Span,
    /// The text that `Label` gives it, which only drawings show.
    pub label: Option<String>,
}

/// What the module-level names of a file stood for when it ended: the DAG file itself, or a local module that it imports.
#[derive(Debug, Clone, PartialEq)]
pub struct ModuleNames {
    /// Its import path from the DAG folder.
    pub module: String,
    /// The file.
    pub file: FileId,
    /// The names in the order of their first binding.
    pub names: IndexMap<String, Standing>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Plain data, a function or a class.
    Data(Datum),
    /// A module.
    Module(String),
    /// A function under `@task`, which makes tasks where a DAG is built.
    TaskFunction,
    /// What only exists while a DAG is built.
    Built(Built),
    /// Not known, with the reason.
    Unknown(Cause),
}

/// Something that only exists while a DAG is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// As messages call it: `a DAG`.
    pub what: &'static str,
    /// The attribute that names it, and the name: of tasks and DAGs where it is known.
    pub named: Option<(&'static str, String)>,
}

impl ModuleNames {
    /// What a name stands for, where it is bound.
    pub fn standing(&self, name: &str) -> Option<&Standing> {
        self.names.get(name)
    }
}

//! Options of a DAG that the loader passes over without a word: a class that makes a task is given the DAG, and sets them.

use super::{is_made, is_sayable};
use crate::dag::{Argument, Dag};
use crate::datum::Datum;
use crate::target::{Target, written_class};

/// The attribute of the DAG that one of its arguments becomes, under the name of today.
pub(super) fn attribute(argument: &str) -> &str {
    match argument {
        "fail_stop" => "fail_fast",
        name => name,
    }
}

/// The options of a DAG that a class of the module gives it.
pub(in crate::package) struct Options<'a> {
    /// The arguments.
    pub(in crate::package) arguments: Vec<&'a Argument>,
    /// The task whose class does so, by its place.
    pub(in crate::package) carrier: usize,
}

impl Options<'_> {
    /// The attributes that are set.
    pub(in crate::package) fn names(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().map(|argument| attribute(&argument.name))
    }
}

/// The options of a DAG for which the format has no words and the module has; `None` where there are none, or no task to carry them: one
/// that the loader makes by a call of its class.
pub(in crate::package) fn options<'a>(dag: &'a Dag, target: &Target) -> Option<Options<'a>> {
    let is_default = |value: &Datum| match value {
        Datum::Null | Datum::Bool(false) => true,
        Datum::Int(_) => *value == Datum::int(0),
        Datum::Map(pairs) => pairs.is_empty(),
        _ => false,
    };
    let is_given = |argument: &&Argument| {
        target.sets_by_code(attribute(&argument.name))
            && !is_default(&argument.value)
            && is_sayable(&argument.value, dag)
    };
    let arguments: Vec<&Argument> = dag.arguments.iter().filter(is_given).collect();
    let carrier = dag.tasks.iter().position(|task| {
        let is_called = task.mapping.is_none() || is_made(task, dag, target);
        is_called && written_class(target, &task.operator).is_some()
    });
    carrier.filter(|_| !arguments.is_empty()).map(|carrier| Options { arguments, carrier })
}

//! `default_args`: how those of the DAG, of its groups and of a call are merged when an operator is called.

use std::rc::Rc;

use super::dag::DagObject;
use super::group::Group;
use super::state;
use super::task::ArgMap;
use crate::diagnostic::Diagnostic;
use crate::eval::Vm;
use crate::map::IndexMap;
use crate::source::Span;
use crate::value::container::DictKind;
use crate::value::{Arg, Dict, Eval, Key, List, Set, Stop, Value};

/// The merged `default_args` of a call.
#[derive(Default)]
pub struct Merged {
    /// The effective entries.
    pub values: ArgMap,
    /// Why some are not known, for the DAG.
    pub findings: Vec<Diagnostic>,
}

/// What `get_merged_defaults` gives: DAG < group (which holds its parents') < the call's own.
pub fn merged(vm: &mut Vm, dag: Option<&Rc<DagObject>>, group: Option<&Group>, own: Option<&Arg>) -> Merged {
    let mut merged = Merged::default();
    if let Some(dag) = dag {
        let (value, span) = dag.default_args();
        merged.add(vm, &value, span);
        if let Some(group) = group {
            let value = Value::Dict(Rc::clone(&group.default_args.borrow()));
            merged.add(vm, &value, group.default_args_span.get());
        }
    }
    if let Some(own) = own {
        merged.add(vm, &own.value, own.span);
    }
    merged
}

impl Merged {
    fn add(&mut self, _vm: &mut Vm, value: &Value, span: Span) {
        match entries(value) {
            Ok(entries) => {
                for (name, value) in entries {
                    self.values.insert(name, Arg { value, span });
                }
            }
            Err(Stop::Unknown(cause)) => {
                let finding = state::unknown(span, "the default_args are not known", &cause);
                self.findings.push(finding.parameter("default_args"));
            }
            // A value that is no mapping raises where Airflow looks at it, which is where it was given.
            Err(Stop::Raise(_) | Stop::Halt(_)) => {}
        }
    }
}

/// The text keys of a dict of arguments with their values; none for `None`.
pub fn entries(value: &Value) -> Eval<Vec<(Rc<str>, Value)>> {
    match value {
        Value::None => Ok(Vec::new()),
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        Value::Dict(dict) => Ok(dict
            .items()?
            .iter()
            .filter_map(|(key, value)| match key.value() {
                Value::Str(name) => Some((Rc::clone(name), value.clone())),
                _ => None,
            })
            .collect()),
        other => Err(Stop::type_error(format!("default_args must be a dict, not `{}`", other.type_name()))),
    }
}

/// `copy.copy` of a dict; an open one stays open.
pub fn shallow(dict: &Dict) -> Rc<Dict> {
    let copy = Dict::of_kind(kind(dict), dict.seen().clone());
    if let Some(cause) = dict.why_open() {
        copy.open(&cause);
    }
    Rc::new(copy)
}

/// `copy.copy` of a list, dict or set; anything else as it is.
pub fn shallow_copy(value: &Value) -> Value {
    match value {
        Value::List(list) => {
            let copy = List::new(list.seen().clone());
            if let Some(cause) = list.why_open() {
                copy.open(&cause);
            }
            Value::List(Rc::new(copy))
        }
        Value::Dict(dict) => Value::Dict(shallow(dict)),
        Value::Set(set) => {
            let copy = Set::new(set.seen().clone(), set.frozen);
            if let Some(cause) = set.why_open() {
                copy.open(&cause);
            }
            Value::Set(Rc::new(copy))
        }
        other => other.clone(),
    }
}

fn kind(dict: &Dict) -> DictKind {
    dict.kind.clone()
}

/// `copy.deepcopy` of containers; what they hold besides is shared, as Airflow's own objects are never changed through a copy.
pub fn deep(value: &Value, depth: usize) -> Value {
    if depth > 100 {
        return value.clone();
    }
    match value {
        Value::List(list) => {
            let copy = List::new(list.seen().iter().map(|item| deep(item, depth + 1)).collect());
            if let Some(cause) = list.why_open() {
                copy.open(&cause);
            }
            Value::List(Rc::new(copy))
        }
        Value::Dict(dict) => {
            let items: IndexMap<Key, Value> =
                dict.seen().iter().map(|(key, value)| (key.clone(), deep(value, depth + 1))).collect();
            let copy = Dict::of_kind(kind(dict), items);
            if let Some(cause) = dict.why_open() {
                copy.open(&cause);
            }
            Value::Dict(Rc::new(copy))
        }
        Value::Set(set) => {
            let copy = Set::new(set.seen().clone(), set.frozen);
            if let Some(cause) = set.why_open() {
                copy.open(&cause);
            }
            Value::Set(Rc::new(copy))
        }
        Value::Tuple(items) => {
            Value::tuple(items.iter().map(|item| deep(item, depth + 1)).collect::<Vec<_>>())
        }
        other => other.clone(),
    }
}

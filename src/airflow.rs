//! Airflow's authoring API, 1.10 to 3: what DAG files import from `airflow`, and the collection of the DAGs they build.
//!
//! Owns the classes and functions of the API as values of the evaluator, what they build (`state`), what doubts do to it (`host`), and the
//! model at the end (`collect`). What a target makes of the model is no business of this layer.

pub mod api;
pub mod asset;
pub mod catalog;
pub mod chain;
pub mod checks;
pub mod collect;
pub mod config;
pub mod connection;
mod constants;
pub mod dag;
pub mod data;
pub mod dates;
pub mod decorator_dag;
pub mod defaults;
pub mod derived;
pub mod edges;
pub mod enums;
pub mod exceptions;
pub mod group;
pub mod host;
pub mod keys;
pub mod mappable;
pub mod mapping;
pub mod names;
pub mod operator;
pub mod params;
pub mod paths;
mod plain_enum;
pub mod relations;
pub mod schedule;
pub mod setup;
mod shared;
pub mod signature;
pub mod state;
pub mod subclass;
pub mod table;
pub mod task;
pub mod task_group;
pub mod taskflow;
pub mod typed;
pub mod variable;
pub mod version;
pub mod xcom;

#[cfg(test)]
mod tests;

pub use collect::{Collected, collect};
pub use data::{is_data, is_package_of_data};
pub use host::AirflowHost;
pub use names::{has_built, module_names};
pub use paths::{is_pure, member, members, presence, presence_in};
pub use state::State;

use crate::dag::SourceAirflow;
use crate::eval::Vm;

/// Sets the Airflow that the file is written for, where the user says so.
pub fn set_source_airflow(vm: &mut Vm, source: SourceAirflow) {
    State::of(vm).forced = Some(source);
}

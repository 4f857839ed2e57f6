//! `airflow.__version__`: the release whose behaviour is modelled, by what the file is written for.

use super::state::State;
use crate::dag::SourceAirflow;
use crate::eval::Vm;
use crate::value::Value;

/// `airflow.__version__` and `airflow.version.version`.
pub fn version(vm: &mut Vm) -> Value {
    Value::str(match State::of(vm).source() {
        SourceAirflow::V2 => "2.10.5",
        SourceAirflow::V3 => "3.0.6",
    })
}

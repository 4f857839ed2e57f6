//! Stand-in until the model of Airflow is merged.
use crate::dag::{Dag, SourceAirflow};
use crate::datum::Cause;
use crate::diagnostic::Diagnostic;
use crate::eval::*;
use crate::value::*;
use std::rc::Rc;
pub struct AirflowHost;
impl Host for AirflowHost {
    fn doubt(&self, _: &mut Vm, _: &Doubt<'_>) {}
    fn is_building(&self, _: &mut Vm) -> bool {
        false
    }
    fn call_unknown(&self, _: &mut Vm, _: &Cause, args: Args) -> Eval<Result<Value, Args>> {
        Ok(Err(args))
    }
}
pub struct Collected {
    pub dags: Vec<Dag>,
    pub diagnostics: Vec<Diagnostic>,
}
pub fn collect(_: &mut Vm, _: &Rc<Scope>) -> Collected {
    Collected { dags: vec![], diagnostics: vec![] }
}
pub fn presence(_: &str) -> Presence {
    Presence::Exists
}
pub fn member(_: &mut Vm, _: &str, _: &str) -> Eval<Option<Value>> {
    Ok(None)
}
pub fn set_source_airflow(_: &mut Vm, _: SourceAirflow) {}

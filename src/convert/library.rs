//! What code can import here: Python's modules and Airflow's, behind the evaluator's one door.

use crate::airflow::{self, AirflowHost};
use crate::eval::{Host, Library, Presence, SCOPED, Vm};
use crate::modules::{self, Member};
use crate::value::{Eval, Value};

/// Import paths under which calling a name makes data and does nothing else.
const PURE: &[&str] = &["cosmos.", "docker.types.", "kubernetes.client.", "structlog."];

/// The library of a run.
pub(super) struct Everything {
    host: AirflowHost,
}

impl Everything {
    pub(super) fn new() -> Self {
        Self { host: AirflowHost }
    }
}

impl Library for Everything {
    fn builtin(&self, name: &str) -> Option<Value> {
        if let Some((_, native)) = SCOPED.iter().find(|(scoped, _)| *scoped == name) {
            return Some(Value::Native(native));
        }
        let (_, member) = modules::find("builtins")?.members.iter().find(|(member, _)| *member == name)?;
        match member {
            Member::Function(native) => Some(Value::Native(native)),
            Member::Class(class) => Some(Value::Type(class)),
            Member::Constant(make) => Some(make()),
            Member::Dynamic(_) => None,
        }
    }

    fn presence(&self, path: &str) -> Presence {
        let top = path.split('.').next().unwrap_or(path);
        if top == "airflow" {
            return airflow::presence(path);
        }
        if modules::find(path).is_some() {
            return Presence::Modelled;
        }
        if modules::is_stdlib(top) || modules::is_airflow_dependency(top) {
            return Presence::Exists;
        }
        Presence::Unknown
    }

    fn member(&self, vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>> {
        match modules::find(module) {
            Some(table) => table.member(vm, name),
            None => airflow::member(vm, module, name),
        }
    }

    fn members(&self, module: &str) -> Vec<&'static str> {
        modules::find(module)
            .map_or_else(Vec::new, |table| table.members.iter().map(|(name, _)| *name).collect())
    }

    fn is_pure(&self, path: &str) -> bool {
        PURE.iter().any(|prefix| path.starts_with(prefix))
    }

    fn host(&self) -> &dyn Host {
        &self.host
    }
}

//! Import paths under `airflow`: which modules there are, and what a name in one of them is.

use super::operator::OperatorClass;
use super::plain_enum::PlainEnum;
use super::state::State;
use super::typed::{TypedClass, split_path};
use super::{catalog, table};
use crate::catalog::{DataKind, data, exists_in_2, exists_in_3, is_module, module_constant};
use crate::dag::SourceAirflow;
use crate::datum::{CauseKind, Form};
use crate::eval::{Presence, Vm};
use crate::value::{Eval, Value};

/// Whether a module under `airflow` exists in any version.
pub fn presence(path: &str) -> Presence {
    presence_in(path, None)
}

/// Whether a module under `airflow` exists. `source` is the Airflow that the user says the files are written for: what that
/// lacks is absent; where they do not say, what any version has is there.
pub fn presence_in(path: &str, source: Option<SourceAirflow>) -> Presence {
    match source {
        Some(SourceAirflow::V2) if exists_in_3(path) && !exists_in_2(path) => return Presence::Absent,
        Some(SourceAirflow::V3) if exists_in_2(path) && !exists_in_3(path) => return Presence::Absent,
        Some(SourceAirflow::V2 | SourceAirflow::V3) | None => {}
    }
    if path == "airflow" || table::is_module(path) || is_provider_module(path) || is_module(path) {
        return Presence::Modelled;
    }
    // Plugins of 1.10 could put modules below these, and other packages do below `airflow` itself.
    Presence::Unknown
}

/// Whether a path reads like a module of a provider or of `contrib`: those are not listed, and are taken to exist.
fn is_provider_module(path: &str) -> bool {
    let below = ["airflow.providers", "airflow.contrib"]
        .iter()
        .find_map(|root| path.strip_prefix(root).filter(|rest| rest.is_empty() || rest.starts_with('.')));
    let last = split_path(path).1;
    below.is_some() && !is_class_name(last)
}

fn is_class_name(name: &str) -> bool {
    name.trim_start_matches('_').starts_with(|c: char| c.is_ascii_uppercase())
}

/// A name in a module under `airflow`; `None` where it is neither modelled nor a class whose instances are kept as calls.
pub fn member(vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>> {
    let path = format!("{module}.{name}");
    if let Some(origins) = handed_on(module) {
        for origin in origins {
            match member(vm, origin, name)? {
                None | Some(Value::Unknown(_)) => {}
                found => return Ok(found),
            }
        }
    }
    note_version(vm, module, &path);
    if let Some(row) = table::find(module, name) {
        return row.value(vm, &path).map(Some);
    }
    if is_operator(module, name, &path) {
        return Ok(Some(Value::object(OperatorClass::at(path))));
    }
    if is_typed(module, name) {
        return Ok(Some(TypedClass::value(path)));
    }
    if let Some(value) = plain(vm, module, name, &path)? {
        return Ok(Some(value));
    }
    // Below a provider each path reads like a module, so that a name there has to be told from one here.
    if is_provider_module(module) && (is_class_name(name) || !is_package(module)) {
        let message = format!("`{path}` is not modelled");
        let cause = vm.cause(CauseKind::NotModelled, message).with_path(path);
        return Ok(Some(Value::Unknown(cause.with_form(Form::At(module.len())))));
    }
    Ok(None)
}

/// What the catalogue has of a name that only stands for data.
fn plain(vm: &mut Vm, module: &str, name: &str, path: &str) -> Eval<Option<Value>> {
    if let Some(literal) = module_constant(module, name) {
        return vm.eval_literal(literal).map(Some);
    }
    let span = vm.here();
    Ok(data(path).and_then(|data| match data.kind {
        DataKind::Class => Some(TypedClass::value(path)),
        DataKind::Enum | DataKind::StrEnum | DataKind::IntEnum | DataKind::OwnEnum => {
            Some(PlainEnum::value(path, data, span))
        }
        // What such a class is called with is not known.
        DataKind::Constants => None,
    }))
}

/// The modules whose names a module of the compatibility provider hands on.
///
/// Source: `_IMPORT_MAP` in the modules of apache-airflow-providers-common-compat 1.23.0.
fn handed_on(module: &str) -> Option<&'static [&'static str]> {
    Some(match module.strip_prefix("airflow.providers.common.compat.")? {
        "sdk" => &[
            "airflow.sdk",
            "airflow.sdk.bases.sensor",
            "airflow.sdk.bases.decorator",
            "airflow.sdk.exceptions",
            "airflow.exceptions",
            "airflow.configuration",
        ],
        "assets" | "lineage.hook" | "notifier" => &["airflow.sdk"],
        "standard.operators" => &["airflow.providers.standard.operators.python"],
        "standard.triggers" => &["airflow.providers.standard.triggers.temporal"],
        _ => return None,
    })
}

/// Notes a name that Airflow 3.0 lacks and an older one has.
fn note_version(vm: &mut Vm, module: &str, path: &str) {
    if exists_in_3(path) {
        return;
    }
    let older = exists_in_2(path)
        || module.starts_with("airflow.contrib.")
        || matches!(module, "airflow.operators" | "airflow.sensors" | "airflow.hooks")
            && is_class_name(split_path(path).1);
    if older {
        let here = vm.here();
        State::of(vm).saw_old(here, path);
    }
}

/// Whether the last part of a module's path is the name of a package that holds modules of one kind.
fn is_package(module: &str) -> bool {
    matches!(
        split_path(module).1,
        "operators"
            | "sensors"
            | "transfers"
            | "hooks"
            | "providers"
            | "contrib"
            | "aws"
            | "cloud"
            | "amazon"
            | "google"
    )
}

/// Operators by catalogue, or by name below the modules that hold operators.
fn is_operator(module: &str, name: &str, path: &str) -> bool {
    if !is_class_name(name) {
        return false;
    }
    if catalog::is_operator(path) {
        return true;
    }
    let named = ["Operator", "Sensor", "SensorAsync", "OperatorAsync", "Transfer"]
        .iter()
        .any(|suffix| name.ends_with(suffix) && name.len() > suffix.len());
    let parts: Vec<&str> = module.split('.').collect();
    named
        && parts.first() == Some(&"airflow")
        && parts
            .iter()
            .any(|part| matches!(*part, "operators" | "sensors" | "transfers" | "contrib" | "decorators"))
}

/// Classes whose instances are kept as calls: timetables, notifiers, triggers, hooks, lineage entities, Kubernetes secrets.
fn is_typed(module: &str, name: &str) -> bool {
    let parts: Vec<&str> = module.split('.').collect();
    let within = |wanted: &[&str]| parts.iter().any(|part| wanted.contains(part));
    if within(&["notifications", "notifiers"]) {
        return true;
    }
    is_class_name(name)
        && (within(&["timetables"])
            || within(&["triggers"]) && name.ends_with("Trigger")
            || within(&["hooks"]) && name.ends_with("Hook") && is_provider_module(module)
            || module == "airflow.lineage.entities"
            || matches!(
                module,
                "airflow.providers.cncf.kubernetes.secret"
                    | "airflow.kubernetes.secret"
                    | "airflow.contrib.kubernetes.secret"
                    | "airflow.contrib.kubernetes.volume"
                    | "airflow.contrib.kubernetes.volume_mount"
                    | "airflow.kubernetes.volume"
                    | "airflow.kubernetes.volume_mount"
            ))
}

/// The names that `from module import *` is known to bind.
pub fn members(module: &str) -> Vec<&'static str> {
    table::members(module)
}

/// Whether calling what lies at a path below `airflow` builds nothing: hooks, sessions, helpers. Operators, groups and DAGs of
/// providers do build.
pub fn is_pure(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("airflow.") else { return false };
    if rest.contains("example_dags") {
        return false;
    }
    let (module, name) = split_path(path);
    let builds = ["Group", "Dag", "DAG", "Operator", "Sensor", "Transfer", "partial"]
        .iter()
        .any(|part| name.contains(part));
    let holds_operators =
        module.split('.').any(|part| matches!(part, "operators" | "sensors" | "transfers" | "decorators"));
    !(builds || holds_operators && is_class_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_told_from_names() {
        for path in [
            "airflow",
            "airflow.models",
            "airflow.models.dag",
            "airflow.operators.bash_operator",
            "airflow.providers.amazon.aws.operators.s3",
            "airflow.contrib.operators.ecs_operator",
            "airflow.sdk",
        ] {
            assert_eq!(presence(path), Presence::Modelled, "{path}");
        }
        for path in ["airflow.models.DagBag", "airflow.operators.my_plugin", "airflow.utils.email.send_email"]
        {
            assert_eq!(presence(path), Presence::Unknown, "{path}");
        }
        assert_eq!(presence_in("airflow.sdk", Some(SourceAirflow::V2)), Presence::Absent);
        assert_eq!(presence_in("airflow.operators.bash_operator", Some(SourceAirflow::V3)), Presence::Absent);
    }

    #[test]
    fn operators_are_known_by_catalogue_or_name() {
        let is_one = |path: &str| {
            let (module, name) = split_path(path);
            is_operator(module, name, path)
        };
        assert!(is_one("airflow.operators.bash.BashOperator"));
        assert!(is_one("airflow.contrib.operators.foo.FooOperator"));
        assert!(is_one("airflow.providers.acme.transfers.x.AToBOperator"));
        assert!(!is_one("airflow.providers.acme.hooks.x.AcmeHook"));
        assert!(!is_one("airflow.models.DagBag"));
    }
}

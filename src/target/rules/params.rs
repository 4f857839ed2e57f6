//! params: Airflow takes those in `default_args` out of there and adds them to the DAG's own; all must be JSON in Airflow 3.
//!
//! Source: `dag_params_converter` and `Param._check_json` of Airflow 3.0.6.

use crate::dag::SourceAirflow;
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner, take};

const PARAMS: &str = "params";

pub(super) fn run(draft: &mut Draft<'_>) {
    of_default_args(draft);
    let mut given: Vec<(Owner, Entry)> = Vec::new();
    given.extend(draft.argument(PARAMS).cloned().map(|entry| (Owner::Dag, entry)));
    for (place, task) in draft.tasks.iter().enumerate() {
        let own = task.arguments.iter().chain(&task.inherited).filter(|entry| entry.name == PARAMS);
        given.extend(own.cloned().map(|entry| (Owner::Task(place), entry)));
    }
    for (owner, entry) in given {
        let Datum::Map(pairs) = &entry.value else { continue };
        for (name, value) in pairs {
            let (Datum::Str(name), false) = (name, is_json(default_of(value))) else { continue };
            let finding = no_json(draft.dag.source_airflow, name, &entry);
            draft.report_on(owner, PARAMS, finding);
        }
    }
}

fn no_json(source: SourceAirflow, name: &str, entry: &Entry) -> Diagnostic {
    let help = "write it as text, and read the text where it is used";
    match source {
        SourceAirflow::V2 => {
            let message =
                format!("the param `{name}` holds a value that is no JSON, which Airflow 3 does not take");
            Diagnostic::error(codes::INEXPRESSIBLE, entry.span, message).help(help)
        }
        SourceAirflow::V3 => {
            let message = format!(
                "Airflow cannot import this file: it raises `ParamValidationError`, for the param `{name}` holds a value that is no JSON"
            );
            Diagnostic::error(codes::IMPORT_ERROR, entry.span, message).help(help)
        }
    }
}

/// The value of a param: that of a `Param` is its default.
fn default_of(value: &Datum) -> &Datum {
    match value {
        Datum::Object(object) if object.path.ends_with(".Param") => {
            let named = object.kwargs.iter().find(|(name, _)| name == "default").map(|(_, value)| value);
            named.or(object.args.first()).unwrap_or(&Datum::Null)
        }
        other => other,
    }
}

/// Whether `json.dumps` takes a value; what is not known may be anything.
fn is_json(value: &Datum) -> bool {
    match value {
        Datum::Null
        | Datum::Bool(_)
        | Datum::Int(_)
        | Datum::Float(_)
        | Datum::Str(_)
        | Datum::XCom(_)
        | Datum::Unknown(_) => true,
        Datum::List(items) | Datum::Tuple(items) => items.iter().all(is_json),
        Datum::Map(pairs) => pairs.iter().all(|(key, value)| {
            let is_key = matches!(
                key,
                Datum::Null
                    | Datum::Bool(_)
                    | Datum::Int(_)
                    | Datum::Float(_)
                    | Datum::Str(_)
                    | Datum::Unknown(_)
            );
            is_key && is_json(value)
        }),
        Datum::Bytes(_)
        | Datum::Set(_)
        | Datum::FrozenSet(_)
        | Datum::DateTime(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Object(_)
        | Datum::Reference(_) => false,
    }
}

fn of_default_args(draft: &mut Draft<'_>) {
    let Some(default) = take(&mut draft.default_args, PARAMS) else { return };
    for task in &mut draft.tasks {
        task.inherited.retain(|entry| entry.name != PARAMS || entry.value != default.value);
    }
    let own = take(&mut draft.arguments, PARAMS);
    let value = match (own.as_ref().map(|entry| &entry.value), &default.value) {
        (Some(own @ Datum::Unknown(_)), _) => own.clone(),
        (None | Some(Datum::Null), _) | (Some(_), Datum::Unknown(_)) => default.value.clone(),
        (Some(Datum::Map(own)), Datum::Map(added)) => {
            let mut merged = own.clone();
            merged.retain(|(key, _)| !added.iter().any(|(other, _)| other == key));
            merged.extend(added.iter().cloned());
            Datum::Map(merged)
        }
        (Some(own), _) => {
            let message = "`params` of `default_args` and of the DAG cannot be put together";
            let error = Diagnostic::error(codes::INEXPRESSIBLE, default.span, message);
            draft.report_on(Owner::Dag, PARAMS, error);
            own.clone()
        }
    };
    draft.arguments.push(Entry { value, ..default });
}

//! params in `default_args`: Airflow takes them out of there and adds them to the DAG's own.
//!
//! Source: `dag_params_converter` of Airflow 3.0.6.

use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner, take};

const PARAMS: &str = "params";

pub(super) fn run(draft: &mut Draft<'_>) {
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

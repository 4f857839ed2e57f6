//! Constants of provider packages that are not modelled, enum members among them: written by the path under which they are had.

use crate::catalog::{self, Resolved};
use crate::datum::{CauseKind, Datum, Reference};

/// Puts references in the place of constants that only their import path is known of.
///
/// What such a name stands for is looked up where the definition is loaded, as Airflow would have done. A value that was
/// computed from one is another matter, and stays unknown.
pub(super) fn refer(value: &mut Datum) {
    match value {
        Datum::Unknown(cause) => {
            let path = cause.path.as_deref().filter(|_| cause.kind == CauseKind::NotModelled);
            if let Some(reference) = path.and_then(reference) {
                *value = Datum::Reference(reference);
            }
        }
        Datum::List(items) | Datum::Tuple(items) | Datum::Set(items) | Datum::FrozenSet(items) => {
            items.iter_mut().for_each(refer);
        }
        Datum::Map(pairs) => pairs.iter_mut().for_each(|(_, item)| refer(item)),
        Datum::Object(object) => {
            object.args.iter_mut().for_each(refer);
            object.kwargs.iter_mut().for_each(|(_, item)| refer(item));
        }
        Datum::Null
        | Datum::Bool(_)
        | Datum::Int(_)
        | Datum::Float(_)
        | Datum::Str(_)
        | Datum::Bytes(_)
        | Datum::DateTime(_)
        | Datum::Date(_)
        | Datum::Time(_)
        | Datum::TimeDelta(_)
        | Datum::Reference(_)
        | Datum::XCom(_) => {}
    }
}

/// `airflow.providers.a.b.Class.CONSTANT`, or `CONSTANT` of a module, perhaps with `.value` or `.name` of an enum member.
fn reference(path: &str) -> Option<Reference> {
    if !path.starts_with("airflow.providers.") || path.contains('[') {
        return None;
    }
    let parts: Vec<&str> = path.split('.').collect();
    let first = parts.iter().position(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let (module, names) = parts.split_at(first);
    let constant = names.iter().position(|name| is_constant(name)).filter(|at| *at <= 1)?;
    if !matches!(names[constant + 1..], [] | ["value" | "name"]) {
        return None;
    }
    match catalog::resolve(&parts[..=first].join(".")) {
        None | Some(Resolved::Current(_)) => {}
        Some(Resolved::Moved { .. } | Resolved::Gone { .. }) => return None,
    }
    Some(Reference {
        module: Some(module.join(".")),
        name: names.join("."),
        span: None,
        captured: Vec::new(),
    })
}

fn is_constant(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn constants_of_providers_are_known_by_their_paths() {
        for (path, expected) in [
            ("airflow.providers.amazon.aws.hooks.eks.ClusterStates.ACTIVE", Some("ClusterStates.ACTIVE")),
            (
                "airflow.providers.amazon.aws.hooks.eks.ClusterStates.ACTIVE.value",
                Some("ClusterStates.ACTIVE.value"),
            ),
            ("airflow.providers.amazon.aws.hooks.s3.LIMIT", Some("LIMIT")),
            ("airflow.providers.amazon.aws.hooks.s3.S3Hook", None),
            ("airflow.providers.amazon.aws.hooks.s3.S3Hook.conn_type", None),
            ("airflow.providers.amazon.aws.hooks.s3.LIMIT.bit_length", None),
            ("mine.States.ACTIVE", None),
        ] {
            let found = reference(path);
            assert_eq!(found.as_ref().map(|reference| reference.name.as_str()), expected, "{path}");
        }
    }
}

//! Constants and classes of packages that are not modelled, enum members among them: written by the path under which they are had.

use super::data;
use super::typed::split_path;
use crate::catalog::{self, Resolved};
use crate::datum::{CauseKind, Datum, Reference};
use crate::modules;

/// Puts references in the place of constants that only their import path is known of.
///
/// What such a name stands for is looked up where the definition is loaded, as Airflow would have done. A value that was
/// computed from one is another matter, and stays unknown.
pub(super) fn refer(value: &mut Datum) {
    match value {
        Datum::Unknown(cause) => {
            let reference = cause.path.as_deref().and_then(|path| match cause.kind {
                CauseKind::NotModelled => reference(path).or_else(|| installed_class(path)),
                CauseKind::Import => listed(path),
                _ => None,
            });
            if let Some(reference) = reference {
                *value = Datum::Reference(reference);
            }
        }
        other => other.values_mut().for_each(refer),
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

/// A class of Python's library or of a package that Airflow itself needs: it is there wherever the file could be imported.
fn installed_class(path: &str) -> Option<Reference> {
    let top = path.split('.').next()?;
    let (module, name) = split_path(path);
    let is_module = module.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c));
    let installed = modules::is_stdlib(top) || modules::is_airflow_dependency(top);
    (installed && is_module && !module.is_empty() && data::is_class_name(path)).then(|| Reference {
        module: Some(module.to_owned()),
        name: name.to_owned(),
        span: None,
        captured: Vec::new(),
    })
}

/// A class, or a constant of a class, of a package that is known to hold data.
fn listed(path: &str) -> Option<Reference> {
    if path.contains('[') || !data::is_in_listed_package(path) {
        return None;
    }
    let parts: Vec<&str> = path.split('.').collect();
    let first = parts.iter().position(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let (module, names) = parts.split_at(first);
    let (constant, classes) = names.split_last()?;
    let is_class = |name: &&str| data::is_class_name(name);
    let known =
        classes.iter().all(is_class) && (is_class(constant) || !classes.is_empty() && is_constant(constant));
    known.then(|| Reference {
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
    use super::{installed_class, listed, reference};

    #[test]
    fn classes_of_installed_and_listed_packages_are_known_by_their_paths() {
        let name = |found: Option<crate::datum::Reference>| {
            found.map(|found| (found.module.unwrap_or_default(), found.name))
        };
        let pair = |module: &str, name: &str| Some((module.to_owned(), name.to_owned()));
        assert_eq!(
            name(installed_class("requests.auth.HTTPBasicAuth")),
            pair("requests.auth", "HTTPBasicAuth")
        );
        assert_eq!(name(installed_class("requests.codes.ok")), None);
        assert_eq!(name(installed_class("mine.Thing")), None);
        assert_eq!(
            name(listed("google.cloud.speech_v1.RecognitionConfig.AudioEncoding.LINEAR16")),
            pair("google.cloud.speech_v1", "RecognitionConfig.AudioEncoding.LINEAR16")
        );
        assert_eq!(name(listed("cosmos.ExecutionMode.LOCAL")), pair("cosmos", "ExecutionMode.LOCAL"));
        assert_eq!(name(listed("google.cloud.speech_v1.enums.make")), None);
    }

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

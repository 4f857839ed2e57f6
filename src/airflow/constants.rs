//! Constants and classes of packages that are not modelled, enum members among them: written by the path under which they are had.

use super::data;
use crate::catalog::{self, Resolved};
use crate::datum::{Datum, Reference};
use crate::modules;

/// Puts references in the place of constants that only their import path is known of, wherever they stand.
///
/// What such a name stands for is looked up where the definition is loaded, as Airflow would have done. Of names that are less
/// certain to be constants, the rules of the target decide.
pub(super) fn refer(value: &mut Datum) {
    match value {
        Datum::Unknown(cause) => match (cause.said(), cause.path.as_deref()) {
            (Some(Datum::Reference(_)), Some(path)) if is_not_what_it_was(path) => {
                *value = Datum::Unknown(cause.indirect());
            }
            (Some(said @ Datum::Reference(reference)), Some(path)) if is_certain(path, reference) => {
                *value = said.clone();
            }
            _ => {}
        },
        other => other.values_mut().for_each(refer),
    }
}

/// Whether the class of a provider has another path today, or is gone.
fn is_not_what_it_was(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let Some(first) = parts.iter().position(|part| part.starts_with(char::is_uppercase)) else {
        return false;
    };
    let class = parts[..=first].join(".");
    path.starts_with("airflow.providers.")
        && matches!(catalog::resolve(&class), Some(Resolved::Moved { .. } | Resolved::Gone { .. }))
}

fn is_certain(path: &str, reference: &Reference) -> bool {
    let names: Vec<&str> = reference.name.split('.').collect();
    is_providers(path, &names) || is_installed_class(path, &names) || is_listed(path, &names)
}

/// `airflow.providers.a.b.Class.CONSTANT`, or `CONSTANT` of a module, perhaps with `.value` or `.name` of an enum member.
fn is_providers(path: &str, names: &[&str]) -> bool {
    let constant = names.iter().position(|name| is_constant(name)).filter(|at| *at <= 1);
    path.starts_with("airflow.providers.")
        && constant.is_some_and(|at| matches!(names[at + 1..], [] | ["value" | "name"]))
}

/// A class of Python's library or of a package that Airflow itself needs: it is there wherever the file could be imported.
fn is_installed_class(path: &str, names: &[&str]) -> bool {
    let top = path.split('.').next().unwrap_or(path);
    let installed = modules::is_stdlib(top) || modules::is_airflow_dependency(top);
    installed && matches!(names, [name] if data::is_class_name(name))
}

/// A class, or a constant of a class, of a package that is known to hold data.
fn is_listed(path: &str, names: &[&str]) -> bool {
    let Some((constant, classes)) = names.split_last() else { return false };
    let is_class = |name: &&str| data::is_class_name(name);
    data::is_in_listed_package(path)
        && classes.iter().all(is_class)
        && (is_class(constant) || !classes.is_empty() && is_constant(constant))
}

fn is_constant(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{is_installed_class, is_listed, is_providers};

    fn split(path: &str) -> (String, Vec<&str>) {
        let (module, names) = path.split_once(':').unwrap();
        let names: Vec<&str> = names.split('.').collect();
        (format!("{module}.{}", names.join(".")), names)
    }

    #[test]
    fn classes_of_installed_and_listed_packages_are_certain() {
        for (path, installed, listed) in [
            ("requests.auth:HTTPBasicAuth", true, false),
            ("requests:codes.ok", false, false),
            ("mine:Thing", false, false),
            ("google.cloud.speech_v1:RecognitionConfig.AudioEncoding.LINEAR16", false, true),
            ("cosmos:ExecutionMode.LOCAL", false, true),
            ("google.cloud.speech_v1:enums.make", false, false),
        ] {
            let (path, names) = split(path);
            let found = (is_installed_class(&path, &names), is_listed(&path, &names));
            assert_eq!(found, (installed, listed), "{path}");
        }
    }

    #[test]
    fn constants_of_providers_are_certain() {
        for (path, expected) in [
            ("airflow.providers.amazon.aws.hooks.eks:ClusterStates.ACTIVE", true),
            ("airflow.providers.amazon.aws.hooks.eks:ClusterStates.ACTIVE.value", true),
            ("airflow.providers.amazon.aws.hooks.s3:LIMIT", true),
            ("airflow.providers.amazon.aws.hooks.s3:S3Hook", false),
            ("airflow.providers.amazon.aws.hooks.s3:S3Hook.conn_type", false),
            ("airflow.providers.amazon.aws.hooks.s3:LIMIT.bit_length", false),
            ("mine:States.ACTIVE", false),
        ] {
            let (path, names) = split(path);
            assert_eq!(is_providers(&path, &names), expected, "{path}");
        }
    }
}

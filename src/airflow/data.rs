//! Classes of other packages that only hold data: what calling them does, and whether an object of one can be kept as its call.
//!
//! Constructors listed here take their arguments and do nothing else, so that a definition can repeat the call. Classes of Airflow's
//! own packages are told by the catalogue.

use super::typed::split_path;
use crate::catalog::{self, DataKind};

/// Packages and modules whose classes are data, and the endings of those names in them that are not.
///
/// Source: kubernetes 32.0, docker 7.1, google-api-core 2.44, proto-plus messages of the `google-cloud-*` packages, botocore 1.40,
/// tenacity 9.1, acryl-datahub-airflow-plugin 1.2.
const PACKAGES: &[&str] = &[
    "kubernetes.client.",
    "docker.types.",
    "google.api_core.retry.",
    "google.api_core.retry_async.",
    "google.api_core.client_options.",
    "google.protobuf.",
    "google.genai.types.",
    "google.cloud.bigquery.table.",
    "google.cloud.bigquery.schema.",
    "botocore.config.",
    "datahub_airflow_plugin.entities.",
];

/// Names by which those classes are handed on.
const NAMES: &[&str] = &[
    "botocore.client.Config",
    "google.cloud.bigquery.SchemaField",
    "google.cloud.bigquery.Table",
    "google.cloud.bigquery.TableReference",
    "google.cloud.bigquery.DatasetReference",
    "google.cloud.bigquery.TimePartitioning",
];

/// Endings of class names that stand for a way out of the process.
const CONNECTED: &[&str] = &["Client", "AsyncClient", "Api", "Session"];

/// Whether the last part of a path is written as classes are.
pub fn is_class_name(path: &str) -> bool {
    let name = split_path(path).1.trim_start_matches('_');
    name.chars().next().is_some_and(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// Whether calling what lies at a path makes an object that can be kept as that call.
pub fn is_data(path: &str) -> bool {
    if let Some(rest) = path.strip_prefix("tenacity.") {
        return ["wait_", "stop_", "retry_if_", "retry_unless_"].iter().any(|part| rest.contains(part));
    }
    if !is_class_name(path) || CONNECTED.iter().any(|ending| path.ends_with(ending)) {
        return false;
    }
    PACKAGES.iter().any(|package| path.starts_with(package))
        || NAMES.contains(&path)
        || is_message(path)
        || is_setting_of_cosmos(path)
        || matches!(catalog::data(path).map(|data| data.kind), Some(DataKind::Class))
}

/// Whether a path leads to a message of a Google API: `google.cloud.dlp_v2.types.ContentItem`, `google.cloud.vision_v1.Feature`.
fn is_message(path: &str) -> bool {
    let Some((module, _)) = path.strip_prefix("google.").and_then(|rest| rest.rsplit_once('.')) else {
        return false;
    };
    let mut parts = module.split('.').skip(1);
    parts.any(|part| part == "types" || part == "gapic" || is_version(part))
}

/// Whether the name of a package ends in the version of an API: `dlp_v2`, `admin_v1beta`.
fn is_version(part: &str) -> bool {
    let Some((_, version)) = part.rsplit_once("_v") else { return false };
    version.starts_with(|c: char| c.is_ascii_digit())
}

/// Classes of cosmos that only hold settings; its others make tasks.
fn is_setting_of_cosmos(path: &str) -> bool {
    path.starts_with("cosmos.") && ["Config", "ProfileMapping"].iter().any(|ending| path.ends_with(ending))
}

/// Whether a path leads into a package whose classes are listed here, so that a constant of such a class is had by its path.
pub fn is_in_listed_package(path: &str) -> bool {
    PACKAGES.iter().any(|package| path.starts_with(package))
        || path.starts_with("cosmos.")
        || path.starts_with("google.") && path.split('.').any(|part| part == "types" || is_version(part))
}

/// Whether a path certainly leads to a module: one of the packages that are listed here, or a version of a Google API.
pub fn is_package_of_data(path: &str) -> bool {
    let last = split_path(path).1;
    PACKAGES.iter().any(|package| package.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
        || path.starts_with("google.") && (last == "types" || is_version(last))
}

/// Whether an object of the class at a path has an argument as the attribute of the same name.
///
/// Where the constructor makes something else of its arguments the attribute is not known.
pub fn keeps(path: &str, name: &str) -> bool {
    if path.starts_with("airflow.") {
        return match catalog::data(path).filter(|data| data.kind != DataKind::Constants) {
            Some(data) => data.keeps(name),
            None => !split_path(path).1.ends_with("Hook"),
        };
    }
    path.starts_with("kubernetes.client.") || is_setting_of_cosmos(path) && path.ends_with("Config")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_told_from_clients_and_functions() {
        for path in [
            "kubernetes.client.models.V1Pod",
            "docker.types.Mount",
            "google.api_core.retry.Retry",
            "google.cloud.dlp_v2.types.ContentItem",
            "google.cloud.vision_v1.Feature",
            "google.protobuf.field_mask_pb2.FieldMask",
            "google.analytics.admin_v1beta.DataStream",
            "cosmos.ProjectConfig",
            "cosmos.profiles.PostgresUserPasswordProfileMapping",
            "tenacity.wait_exponential",
            "tenacity.stop.stop_after_attempt",
        ] {
            assert!(is_data(path), "{path}");
        }
        for path in [
            "kubernetes.client.CoreV1Api",
            "kubernetes.client.ApiClient",
            "kubernetes.config.load_kube_config",
            "google.cloud.storage.Client",
            "google.cloud.dlp_v2.DlpServiceClient",
            "google.cloud.dlp_v2.types.utils.make",
            "cosmos.DbtTaskGroup",
            "tenacity.Retrying",
            "mine.types.Thing",
        ] {
            assert!(!is_data(path), "{path}");
        }
    }
}

//! What is known of operator classes: which a service takes, and what the class of an old path is called today.
//!
//! The one seam to the catalogue: whoever asks about a class asks here.

use std::sync::LazyLock;

use super::profile::{Mark, Target, airflow};

/// A class on the list of the service, and who says so.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) path: &'static str,
    pub(crate) marks: Vec<Mark>,
}

impl Listed {
    /// The class name.
    pub(crate) fn name(&self) -> &'static str {
        class_name(self.path)
    }
}

static LIST: LazyLock<Vec<Listed>> = LazyLock::new(|| {
    let rows = include_str!("operators.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
        .map(|(path, marks)| Listed { path, marks: marks.chars().filter_map(mark).collect() })
        .collect()
});

fn mark(letter: char) -> Option<Mark> {
    match letter {
        'G' => Some(Mark::G),
        'D' => Some(Mark::D),
        'T' => Some(Mark::T),
        'L' => Some(Mark::L),
        _ => None,
    }
}

/// Paths that moved, for the classes that nearly every file uses. The catalogue knows the rest.
const MOVED: &[(&str, &str)] = &[
    ("airflow.operators.bash.BashOperator", "airflow.providers.standard.operators.bash.BashOperator"),
    (
        "airflow.operators.bash_operator.BashOperator",
        "airflow.providers.standard.operators.bash.BashOperator",
    ),
    ("airflow.operators.dummy.DummyOperator", "airflow.providers.standard.operators.empty.EmptyOperator"),
    (
        "airflow.operators.dummy_operator.DummyOperator",
        "airflow.providers.standard.operators.empty.EmptyOperator",
    ),
    ("airflow.operators.empty.EmptyOperator", "airflow.providers.standard.operators.empty.EmptyOperator"),
    (
        "airflow.operators.python.BranchPythonOperator",
        "airflow.providers.standard.operators.python.BranchPythonOperator",
    ),
    ("airflow.operators.python.PythonOperator", "airflow.providers.standard.operators.python.PythonOperator"),
    (
        "airflow.operators.python.ShortCircuitOperator",
        "airflow.providers.standard.operators.python.ShortCircuitOperator",
    ),
    (
        "airflow.operators.python_operator.BranchPythonOperator",
        "airflow.providers.standard.operators.python.BranchPythonOperator",
    ),
    (
        "airflow.operators.python_operator.PythonOperator",
        "airflow.providers.standard.operators.python.PythonOperator",
    ),
    (
        "airflow.operators.python_operator.ShortCircuitOperator",
        "airflow.providers.standard.operators.python.ShortCircuitOperator",
    ),
];

/// The class name of a path.
pub(crate) fn class_name(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The path under which Airflow 3.0.6 and its providers have the class of `path`; `None` where that is not known.
pub(crate) fn resolve(path: &str) -> Option<String> {
    if LIST.binary_search_by(|listed| listed.path.cmp(path)).is_ok() {
        return Some(path.to_owned());
    }
    if let Ok(at) = MOVED.binary_search_by(|(old, _)| (*old).cmp(path)) {
        return Some(MOVED[at].1.to_owned());
    }
    let amazon = path.starts_with("airflow.contrib.") || path.contains(".amazon.");
    let mut same_name = LIST.iter().filter(|listed| amazon && listed.name() == class_name(path));
    match (same_name.next(), same_name.next()) {
        (Some(listed), None) => Some(listed.path.to_owned()),
        _ => None,
    }
}

/// The listed classes that `target` takes.
pub(crate) fn supported(target: &Target) -> impl Iterator<Item = &'static Listed> {
    LIST.iter()
        .filter(|listed| listed.marks.iter().any(|mark| target.operators.marks.contains(mark)))
        .filter(|listed| !target.operators.refused.contains_key(listed.path))
}

/// The row of a path in the list, where `target` takes it.
pub(crate) fn listed(target: &Target, path: &str) -> Option<&'static Listed> {
    supported(target).find(|listed| listed.path == path)
}

/// Whether the constructor of the class takes a parameter of that name, so that `default_args` reach it.
/// `None` where that is not known.
pub(crate) fn takes(path: &str, parameter: &str) -> Option<bool> {
    let base = airflow().task.get(parameter).is_some_and(|row| row.renamed.is_none());
    let amazon = ["aws_conn_id", "botocore_config", "region_name", "verify"].contains(&parameter)
        && path.starts_with("airflow.providers.amazon.");
    (base || amazon).then_some(true)
}

/// The classes whose `python_callable` dag-factory imports from a path, and their subclasses in Airflow.
pub(crate) fn imports_callable(path: &str) -> bool {
    const CLASSES: &[&str] = &[
        "BranchPythonOperator",
        "BranchPythonVirtualenvOperator",
        "BranchExternalPythonOperator",
        "ExternalPythonOperator",
        "PythonOperator",
        "PythonSensor",
        "PythonVirtualenvOperator",
        "ShortCircuitOperator",
    ];
    path.starts_with("airflow.") && CLASSES.contains(&class_name(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_hold_what_the_sources_say() {
        assert!(LIST.is_sorted_by(|a, b| a.path < b.path));
        assert!(MOVED.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(LIST.iter().filter(|listed| listed.marks.contains(&Mark::G)).count(), 181);
        assert!(LIST.iter().all(|listed| !listed.marks.is_empty()));
    }

    #[test]
    fn old_paths_are_resolved() {
        let glue = "airflow.providers.amazon.aws.operators.glue.GlueJobOperator";
        assert_eq!(resolve(glue).as_deref(), Some(glue));
        assert_eq!(
            resolve("airflow.providers.amazon.aws.sensors.s3_key.S3KeySensor").as_deref(),
            Some("airflow.providers.amazon.aws.sensors.s3.S3KeySensor")
        );
        assert_eq!(
            resolve("airflow.operators.dummy_operator.DummyOperator").as_deref(),
            Some("airflow.providers.standard.operators.empty.EmptyOperator")
        );
        assert_eq!(resolve("mycompany.operators.GlueJobOperator"), None);
    }
}

//! What `DAG`, `TaskGroup` and `BaseOperator` took in each release of Airflow.

use std::sync::OnceLock;

use super::blocks::{self, Blocks, Lines, Table};
use super::operator::Parameter;

static SLOTS: [OnceLock<Vec<Parameter>>; blocks::CONSTRUCTORS.starts.len()] =
    [const { OnceLock::new() }; blocks::CONSTRUCTORS.starts.len()];

static CONSTRUCTORS: Table<Vec<Parameter>> = Table::new(
    Blocks::new(include_str!("data/constructors.txt"), &blocks::CONSTRUCTORS),
    &SLOTS,
    |_, lines| Lines::iter(lines).map(Parameter::read).collect(),
);

/// A release of Airflow itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// 1.10.15.
    V1_10,
    /// 2.10.5.
    V2_10,
    /// 3.0.6.
    V3_0,
}

/// A class of Airflow itself that a DAG file calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constructor {
    /// `BaseOperator`.
    BaseOperator,
    /// `DAG`.
    Dag,
    /// `TaskGroup`; 1.10 has none.
    TaskGroup,
}

impl Constructor {
    /// The parameters in a release, in order; none where the release lacks the class.
    pub fn parameters(self, release: Release) -> impl Iterator<Item = Parameter> {
        let title = match (release, self) {
            (Release::V1_10, Self::BaseOperator) => "1.10 BaseOperator",
            (Release::V1_10, Self::Dag) => "1.10 DAG",
            (Release::V1_10, Self::TaskGroup) => "1.10 TaskGroup",
            (Release::V2_10, Self::BaseOperator) => "2.10 BaseOperator",
            (Release::V2_10, Self::Dag) => "2.10 DAG",
            (Release::V2_10, Self::TaskGroup) => "2.10 TaskGroup",
            (Release::V3_0, Self::BaseOperator) => "3.0 BaseOperator",
            (Release::V3_0, Self::Dag) => "3.0 DAG",
            (Release::V3_0, Self::TaskGroup) => "3.0 TaskGroup",
        };
        CONSTRUCTORS.get(title).into_iter().flatten().copied()
    }

    /// The parameter of this name in a release.
    pub fn parameter(self, release: Release, name: &str) -> Option<Parameter> {
        self.parameters(release).find(|parameter| parameter.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_releases_apart() {
        let dag = |release, name| Constructor::Dag.parameter(release, name).is_some();
        for (name, in_1, in_2, in_3) in [
            ("dag_id", true, true, true),
            ("schedule_interval", true, true, false),
            ("schedule", false, true, true),
            ("concurrency", true, true, false),
            ("max_active_tasks", false, true, true),
            ("fail_stop", false, true, false),
            ("fail_fast", false, false, true),
        ] {
            let found = [Release::V1_10, Release::V2_10, Release::V3_0].map(|release| dag(release, name));
            assert_eq!(found, [in_1, in_2, in_3], "{name}");
        }
        let group = |release| Constructor::TaskGroup.parameter(release, "group_id");
        assert!(group(Release::V1_10).is_none());
        assert!(group(Release::V3_0).is_some_and(|group| group.is_required()));
    }
}

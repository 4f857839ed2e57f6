//! What became of every import path that Airflow and its providers have had for an operator, and of those of other classes
//! that were moved.

use super::blocks::{self, Blocks, Lines};
use super::operator::operator;

/// Written by `cargo xtask catalog`: another path than that of the defining module, and on the next line what became of it,
/// where it leads, and the package that says so.
static MOVED: Blocks = Blocks::new(include_str!("data/moved.txt"), &blocks::MOVED);

/// What became of an import path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved {
    /// It is the path of an operator today; here that through the module which defines it.
    Current(&'static str),
    /// The class is elsewhere now.
    Moved {
        /// Its present path.
        to: &'static str,
        /// What else changed.
        how: Move,
        /// The package in which the move can be seen, as `name==version`.
        package: &'static str,
    },
    /// It was an operator and has no successor.
    Gone {
        /// The last of the packages looked at that had it, as `name==version`.
        last: &'static str,
    },
}

/// How a class came to its present path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The same class under the same name in another module.
    Moved,
    /// The same class under another name, or the base class of a deprecated one that did nothing but rename it and its
    /// parameters: [`argument_move`](super::argument_move) tells which, and [`filled`](super::filled) what it gave.
    Renamed,
    /// A class that the deprecation notice names; it may take other arguments and do other things.
    Replaced,
}

impl Resolved {
    /// The present path, where there is one.
    pub fn path(self) -> Option<&'static str> {
        match self {
            Self::Current(path) | Self::Moved { to: path, .. } => Some(path),
            Self::Gone { .. } => None,
        }
    }
}

/// What became of the class that any version of Airflow or of a provider had under this path. `None` where none of the
/// packages looked at had an operator there, or a class of another kind that moved.
pub fn resolve(path: &str) -> Option<Resolved> {
    if let Some(operator) = operator(path) {
        return Some(Resolved::Current(operator.path()));
    }
    let (_, lines) = MOVED.get(path)?;
    read(lines)
}

/// Every other path that a class has or had, with what became of it, sorted by path.
pub fn other_paths() -> impl Iterator<Item = (&'static str, Resolved)> {
    MOVED.iter().filter_map(|(path, lines)| Some((path, read(lines)?)))
}

fn read(lines: Lines) -> Option<Resolved> {
    let words: Vec<&'static str> = lines.iter().next()?.split(' ').collect();
    let moved = |how, to, package| Some(Resolved::Moved { to, how, package });
    match words[..] {
        ["also", to, _] => Some(Resolved::Current(to)),
        ["moved", to, package] => moved(Move::Moved, to, package),
        ["renamed", to, package] => moved(Move::Renamed, to, package),
        ["replaced", to, package] => moved(Move::Replaced, to, package),
        ["gone", last] => Some(Resolved::Gone { last }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_read() {
        for (path, _) in MOVED.iter() {
            assert!(operator(path).is_none(), "{path} is there");
            let resolved = resolve(path).unwrap_or_else(|| panic!("{path}"));
            let to = resolved.path().unwrap_or("airflow");
            assert!(to.starts_with("airflow") && !MOVED.iter().any(|(old, _)| old == to), "{path} -> {to}");
        }
    }

    #[test]
    fn resolves_what_is_current() {
        let path = "airflow.providers.standard.operators.bash.BashOperator";
        assert_eq!(resolve(path), Some(Resolved::Current(path)));
        let sensor = "airflow.sdk.bases.sensor.BaseSensorOperator";
        assert_eq!(resolve("airflow.sdk.BaseSensorOperator"), Some(Resolved::Current(sensor)));
        assert_eq!(resolve("airflow.operators.bash.NoSuchOperator"), None);
    }

    #[test]
    fn follows_old_names_to_their_ends() {
        use Move::{Moved, Renamed, Replaced};
        let emr = "airflow.providers.amazon.aws.operators.emr";
        let empty = "airflow.providers.standard.operators.empty.EmptyOperator";
        let glue = "airflow.providers.amazon.aws.operators.glue.GlueJobOperator";
        let ecs = "airflow.providers.amazon.aws.operators.ecs.EcsRunTaskOperator";
        let s3_key = "airflow.providers.amazon.aws.sensors.s3.S3KeySensor";
        let sql = "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator";
        for (old, how, to) in [
            ("airflow.operators.DummyOperator", Renamed, empty),
            ("airflow.operators.dummy.DummyOperator", Renamed, empty),
            ("airflow.operators.dummy_operator.DummyOperator", Renamed, empty),
            (
                "airflow.contrib.operators.emr_add_steps_operator.EmrAddStepsOperator",
                Moved,
                &format!("{emr}.EmrAddStepsOperator"),
            ),
            (
                "airflow.providers.amazon.aws.operators.emr_containers.EMRContainerOperator",
                Renamed,
                &format!("{emr}.EmrContainerOperator"),
            ),
            ("airflow.providers.amazon.aws.operators.glue.AwsGlueJobOperator", Renamed, glue),
            ("airflow.contrib.operators.ecs_operator.ECSOperator", Renamed, ecs),
            ("airflow.providers.amazon.aws.operators.ecs.EcsOperator", Renamed, ecs),
            ("airflow.sensors.s3_key_sensor.S3KeySensor", Moved, s3_key),
            ("airflow.sensors.s3_prefix_sensor.S3PrefixSensor", Renamed, s3_key),
            ("airflow.operators.postgres_operator.PostgresOperator", Renamed, sql),
            ("airflow.providers.snowflake.operators.snowflake.SnowflakeOperator", Replaced, sql),
            (
                "airflow.providers.cncf.kubernetes.operators.kubernetes_pod.KubernetesPodOperator",
                Moved,
                "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
            ),
            ("airflow.hooks.S3_hook.S3Hook", Moved, "airflow.providers.amazon.aws.hooks.s3.S3Hook"),
        ] {
            let Some(Resolved::Moved { to: found, how: found_how, package }) = resolve(old) else {
                panic!("{old}: {:?}", resolve(old));
            };
            assert_eq!((found, found_how), (to, how), "{old}");
            assert!(package.contains("=="), "{old}");
        }
        let gone = resolve("airflow.operators.subdag_operator.SubDagOperator");
        assert_eq!(gone, Some(Resolved::Gone { last: "apache-airflow==2.10.5" }));
    }
}

//! What became of parameters: which were renamed or removed since a class was imported under its old path.

use std::sync::OnceLock;

use super::blocks::{self, Blocks, Lines, Table};
use super::constructor::Constructor;
use super::moved::{Resolved, resolve};

/// Written by `cargo xtask catalog`, which says in `parameters.rs` what each line means.
static PARAMETERS: Table<Vec<Line>> =
    Table::new(Blocks::new(include_str!("data/parameters.txt"), &blocks::PARAMETERS), &SLOTS, |_, lines| {
        Lines::iter(lines).filter_map(Line::read).collect()
    });

static SLOTS: [OnceLock<Vec<Line>>; blocks::PARAMETERS.starts.len()] =
    [const { OnceLock::new() }; blocks::PARAMETERS.starts.len()];

/// What became of a parameter that the present class does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArgumentMove {
    /// What takes its place.
    pub successor: Successor,
    /// The first of the packages looked at that does not take it, as `name==version`.
    pub since: &'static str,
}

/// What takes the place of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Successor {
    /// The parameter of this name, with the same value.
    Same(&'static str),
    /// The parameter of this name, whose value has to be put differently.
    Other(&'static str),
    /// Nothing: it had no effect any more, or its effect is gone.
    Removed,
}

/// What one line of a block says.
#[derive(Debug, Clone, Copy)]
enum Line {
    Via(&'static str),
    Moved(&'static str, ArgumentMove),
    Filled(&'static str, &'static str),
}

impl Line {
    fn read(line: &'static str) -> Option<Self> {
        if let Some((name, literal)) = line.split_once(" = ") {
            return Some(Self::Filled(name, literal));
        }
        let words: Vec<&'static str> = line.split(' ').collect();
        let moved = |old, successor, since| Some(Self::Moved(old, ArgumentMove { successor, since }));
        match words[..] {
            ["@", path] => Some(Self::Via(path)),
            [old, ">", new, since] => moved(old, Successor::Same(new), since),
            [old, "~", new, since] => moved(old, Successor::Other(new), since),
            [old, "!", since] => moved(old, Successor::Removed, since),
            _ => None,
        }
    }
}

/// The lines that count for a class imported from `path`: its own, those of the classes on the way, that of the present class.
fn lines(path: &str) -> impl Iterator<Item = Line> {
    let own = PARAMETERS.get(path);
    let via = own.into_iter().flatten().filter_map(|line| match line {
        Line::Via(path) => Some(*path),
        Line::Moved(..) | Line::Filled(..) => None,
    });
    let present = resolve(path).and_then(Resolved::path).filter(|present| *present != path);
    let others = via.chain(present).filter_map(|path| PARAMETERS.get(path));
    own.into_iter().chain(others).flatten().copied()
}

/// What became of a parameter of the class that was imported from `path`, old or present, where the present class does not
/// take it. `None` where no package looked at had it. For `DAG`, `TaskGroup` and `BaseOperator` see
/// [`Constructor::argument_move`].
pub fn argument_move(path: &str, name: &str) -> Option<ArgumentMove> {
    let moves = lines(path).filter_map(|line| match line {
        Line::Moved(old, argument) if old == name => Some(argument),
        Line::Moved(..) | Line::Via(_) | Line::Filled(..) => None,
    });
    moves.reduce(|first, other| if first.successor == Successor::Removed { other } else { first })
}

/// The arguments that the deprecated class of an old path gave its successor where the caller gave nothing, and whose
/// defaults differ there: name of the present parameter and Python literal. A call that is written by the present path
/// needs them.
pub fn filled(path: &str) -> Vec<(&'static str, &'static str)> {
    let mut filled: Vec<(&str, &str)> = Vec::new();
    for line in lines(path) {
        if let Line::Filled(name, literal) = line
            && !filled.iter().any(|(known, _)| *known == name)
        {
            filled.push((name, literal));
        }
    }
    filled
}

impl Constructor {
    /// What became of a parameter that Airflow 3.0.6 no longer takes.
    pub fn argument_move(self, name: &str) -> Option<ArgumentMove> {
        argument_move(
            match self {
                Self::BaseOperator => "airflow.sdk.bases.operator.BaseOperator",
                Self::Dag => "airflow.sdk.definitions.dag.DAG",
                Self::TaskGroup => "airflow.sdk.definitions.taskgroup.TaskGroup",
            },
            name,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::operator::{base_operator_parameters, operator};
    use super::*;

    fn successor(path: &str, name: &str) -> Option<Successor> {
        argument_move(path, name).map(|argument| argument.successor)
    }

    #[test]
    fn every_row_can_be_read() {
        let text = include_str!("data/parameters.txt");
        for line in text.lines().filter_map(|line| line.strip_prefix(' ')) {
            assert!(Line::read(line).is_some(), "{line}");
        }
        for path in PARAMETERS.titles() {
            let present = resolve(path).and_then(Resolved::path).and_then(operator);
            for line in PARAMETERS.get(path).into_iter().flatten() {
                let new = match line {
                    Line::Moved(_, ArgumentMove { successor, .. }) => match successor {
                        Successor::Same(new) | Successor::Other(new) => new,
                        Successor::Removed => continue,
                    },
                    Line::Filled(name, _) => *name,
                    Line::Via(via) => {
                        assert!(PARAMETERS.get(via).is_some(), "{path}: {via}");
                        continue;
                    }
                };
                assert!(present.is_none_or(|present| present.takes(new)), "{path}: {line:?}");
            }
        }
    }

    #[test]
    fn knows_renamed_and_removed_parameters() {
        use Successor::{Other, Removed, Same};
        let mongo = "airflow.providers.amazon.aws.transfers.mongo_to_s3.MongoToS3Operator";
        let python = "airflow.operators.python_operator.PythonOperator";
        let prefix = "airflow.sensors.s3_prefix_sensor.S3PrefixSensor";
        let postgres = "airflow.operators.postgres_operator.PostgresOperator";
        assert_eq!(successor(mongo, "s3_conn_id"), Some(Same("aws_conn_id")));
        assert_eq!(successor(python, "provide_context"), Some(Removed));
        assert_eq!(successor(prefix, "prefix"), Some(Other("bucket_key")));
        assert_eq!(successor(postgres, "postgres_conn_id"), Some(Same("conn_id")));
        assert_eq!(successor(postgres, "sql"), None);
        assert_eq!(filled(postgres), [("conn_id", "\"postgres_default\"")]);
    }

    #[test]
    fn knows_what_became_of_the_dags_own() {
        let dag = |name| Constructor::Dag.argument_move(name).map(|argument| argument.successor);
        assert_eq!(dag("schedule_interval"), Some(Successor::Same("schedule")));
        assert_eq!(dag("timetable"), Some(Successor::Same("schedule")));
        assert_eq!(dag("concurrency"), Some(Successor::Same("max_active_tasks")));
        assert_eq!(dag("fail_stop"), Some(Successor::Same("fail_fast")));
        assert_eq!(dag("orientation"), Some(Successor::Removed));
        assert_eq!(dag("schedule"), None);
        let task = Constructor::BaseOperator.argument_move("task_concurrency");
        let new = "max_active_tis_per_dag";
        assert_eq!(task.map(|argument| argument.successor), Some(Successor::Same(new)));
        assert!(base_operator_parameters().any(|parameter| parameter.name == new));
    }
}

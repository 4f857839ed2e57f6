//! What Airflow itself says of the parameters of DAG and BaseOperator (`profiles/airflow.toml`): the values that they have anyway.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::embedded;
use super::literal::Literal;
use crate::dag::SourceAirflow;

static AIRFLOW: LazyLock<Airflow> = LazyLock::new(|| embedded::AIRFLOW.read());

/// What Airflow says of its own parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Airflow {
    pub(crate) dag: BTreeMap<String, AirflowParameter>,
    pub(crate) task: BTreeMap<String, AirflowParameter>,
    /// Classes of values, by the path they had in Airflow 2.
    pub(crate) moved: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AirflowParameter {
    #[serde(default)]
    default: Option<Literal>,
    #[serde(default)]
    default_2: Option<Literal>,
    /// Whether Airflow 3 has it no more, and does without being told what it told Airflow 2.
    #[serde(default)]
    pub(crate) removed: bool,
}

impl AirflowParameter {
    /// The value that a DAG written for `airflow` has where its author says nothing.
    pub(crate) fn default(&self, airflow: SourceAirflow) -> Option<&Literal> {
        match airflow {
            SourceAirflow::V2 => self.default_2.as_ref().or(self.default.as_ref()),
            SourceAirflow::V3 => self.default.as_ref(),
        }
    }
}

/// Airflow's own table.
pub(crate) fn airflow() -> &'static Airflow {
    &AIRFLOW
}

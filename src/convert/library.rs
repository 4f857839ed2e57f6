//! What code can import here: Python's modules and Airflow's, behind the evaluator's one door.

use crate::airflow::{self, AirflowHost};
use crate::catalog;
use crate::eval::{CallReach, Host, Library, Presence, Vm};
use crate::modules;
use crate::value::{Eval, Value};

/// Packages that are often installed beside Airflow and know nothing of it, so that they cannot add to a DAG; sorted.
const ALOOF: &[&str] = &[
    "boto3",
    "botocore",
    "confluent_kafka",
    "google",
    "hvac",
    "kubernetes",
    "mysql",
    "numpy",
    "oracledb",
    "pandas",
    "paramiko",
    "polars",
    "psycopg2",
    "pyarrow",
    "pymongo",
    "pymysql",
    "pyspark",
    "pytz",
    "redis",
    "slack_sdk",
    "snowflake",
    "sqlparse",
];

/// Whether a module belongs to a package that cannot add to a DAG.
pub(super) fn is_aloof(path: &str) -> bool {
    let top = path.split('.').next().unwrap_or(path);
    modules::is_stdlib(top) || modules::is_airflow_dependency(top) || ALOOF.binary_search(&top).is_ok()
}

/// Packages whose functions reach services: clients of clouds, of databases and of the web; sorted.
const SERVICES: &[&str] = &[
    "boto3",
    "ftplib",
    "httpx",
    "hvac",
    "mysql",
    "oracledb",
    "paramiko",
    "psycopg2",
    "pymongo",
    "pymysql",
    "redis",
    "requests",
    "slack_sdk",
    "smtplib",
    "snowflake",
    "urllib3",
];

/// The library of a run.
pub(super) struct Everything {
    host: AirflowHost,
}

impl Everything {
    pub(super) fn new() -> Self {
        Self { host: AirflowHost }
    }
}

impl Library for Everything {
    fn builtin(&self, name: &str) -> Option<Value> {
        modules::builtin(name)
    }

    fn presence(&self, path: &str) -> Presence {
        let top = path.split('.').next().unwrap_or(path);
        if top == "airflow" {
            return airflow::presence(path);
        }
        if modules::find(path).is_some() {
            return Presence::Modelled;
        }
        if modules::is_stdlib(top)
            || modules::is_airflow_dependency(top)
            || catalog::is_required_by_a_provider(top)
        {
            return Presence::Exists;
        }
        Presence::Unknown
    }

    fn member(&self, vm: &mut Vm, module: &str, name: &str) -> Eval<Option<Value>> {
        match modules::find(module) {
            Some(table) => table.member(vm, name),
            None => airflow::member(vm, module, name),
        }
    }

    fn members(&self, module: &str) -> Vec<&'static str> {
        modules::find(module)
            .map_or_else(Vec::new, |table| table.members.iter().map(|(name, _)| *name).collect())
    }

    fn call_reach(&self, path: &str) -> CallReach {
        let top = path.split('.').next().unwrap_or(path);
        if airflow::is_data(path) || top == "structlog" || airflow::is_pure(path) {
            return CallReach::Nothing;
        }
        if is_aloof(path) && top != "airflow" { CallReach::Arguments } else { CallReach::Anything }
    }

    fn is_module(&self, path: &str) -> bool {
        // Source: kubernetes 32.0.1, which the pinned provider needs.
        matches!(path, "kubernetes.client" | "kubernetes.client.models" | "kubernetes.config")
            || airflow::is_package_of_data(path)
    }

    fn is_service(&self, path: &str) -> bool {
        let (top, rest) = path.split_once('.').unwrap_or((path, ""));
        let name = path.rsplit('.').next().unwrap_or(path);
        match top {
            "airflow" => rest.contains("hooks.") && name.ends_with("Hook"),
            "google" => name.ends_with("Client"),
            "sqlalchemy" => name == "create_engine",
            _ => SERVICES.binary_search(&top).is_ok(),
        }
    }

    fn host(&self) -> &dyn Host {
        &self.host
    }
}

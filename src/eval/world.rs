//! What the outside is taken to be: what the user supplied, the clock, the place of the DAG folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Limits;
use crate::datum::CauseKind;
use crate::source::Span;
use crate::value::Value;

/// How a value that was not supplied, but for which the code has a default, is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assume {
    /// As unknown: shows what it reaches.
    Unknown,
    /// As the default in the code.
    Default,
}

/// The outside, as one evaluation sees it. A file may be evaluated in several worlds: where the models differ, the
/// difference between the worlds is what the models depend on.
#[derive(Debug, Clone)]
pub struct World {
    /// Environment variables that the user supplied.
    pub env: BTreeMap<String, String>,
    /// Airflow Variables that the user supplied.
    pub variables: BTreeMap<String, String>,
    /// Airflow Connections that the user supplied, each as the URI or the JSON that Airflow keeps.
    pub connections: BTreeMap<String, String>,
    /// Values of the Airflow configuration that the user supplied, by `section.key` in lower case.
    pub config: BTreeMap<String, String>,
    /// Facts of the machine where Airflow runs that the user says, by name.
    pub machine: BTreeMap<String, String>,
    /// What is taken as not known in this world, whatever was supplied and whatever default the code has.
    pub hidden: Option<CauseKind>,
    /// Whether the passwords and extras of Connections are taken as not known.
    pub hide_connection_secrets: bool,
    /// The present.
    pub now: jiff::Timestamp,
    /// What becomes of values with a default in the code.
    pub assume: Assume,
    /// Whether sets and directory listings are iterated over in reverse.
    pub reverse_sets: bool,
    /// The root of local imports and file reads.
    pub root: PathBuf,
    /// Further roots.
    pub include: Vec<PathBuf>,
    /// Where the root lies when Airflow runs.
    pub runtime_dags_folder: PathBuf,
    /// Import paths of callables that the user says have no effect.
    pub pure: Vec<String>,
    /// The bounds.
    pub limits: Limits,
}

impl World {
    /// What the user supplied for a name, unless this world hides it.
    pub fn supplied(&self, kind: &CauseKind) -> Option<&str> {
        if self.hidden.as_ref() == Some(kind) {
            return None;
        }
        let found = match kind {
            CauseKind::Environment(name) => self.env.get(name),
            CauseKind::Variable(name) => {
                // Airflow looks into the environment before its database.
                let variable = format!("AIRFLOW_VAR_{}", name.to_uppercase());
                self.env.get(&variable).or_else(|| self.variables.get(name))
            }
            CauseKind::Connection(name) => {
                let variable = format!("AIRFLOW_CONN_{}", name.to_uppercase());
                self.env.get(&variable).or_else(|| self.connections.get(name))
            }
            CauseKind::Config(path) => {
                let (section, key) = path.rsplit_once('.').unwrap_or((path, ""));
                let variable = config_variable(section, key);
                self.env.get(&variable).or_else(|| self.config.get(&path.to_lowercase()))
            }
            CauseKind::Machine(name) => self.machine.get(name),
            CauseKind::Import
            | CauseKind::World
            | CauseKind::Volatile
            | CauseKind::Unsupported
            | CauseKind::NotModelled
            | CauseKind::Control
            | CauseKind::Call
            | CauseKind::Limit => None,
        };
        found.map(String::as_str)
    }

    /// Whether the default in the code is taken for something that was not supplied.
    pub fn takes_default(&self, kind: &CauseKind) -> bool {
        self.assume == Assume::Default && self.hidden.as_ref() != Some(kind)
    }
}

/// A read of something outside of the files, for whoever lists them. It says nothing of what the value reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Outside {
    /// What was read.
    pub kind: CauseKind,
    /// The name that it goes by: that of a Variable, a path, a callable.
    pub name: String,
    /// Where.
    pub span: Span,
    /// What the code got.
    pub got: Got,
    /// The default in the code, where it is a plain value.
    pub default: Option<String>,
    /// Whether the code reads the value as JSON.
    pub json: bool,
}

/// What a read of the outside gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Got {
    /// What the user supplied.
    Supplied,
    /// Nothing was supplied; the code has a default.
    Default,
    /// Nothing was supplied, and the code has no default.
    Nothing,
}

impl Got {
    /// What a read gets, by whether something was supplied and whether the code has a default.
    pub fn of(supplied: bool, default: bool) -> Self {
        match (supplied, default) {
            (true, _) => Self::Supplied,
            (false, true) => Self::Default,
            (false, false) => Self::Nothing,
        }
    }
}

/// The environment variable that stands for a value of the Airflow configuration.
///
/// Source: `AirflowConfigParser._env_var_name` of 2.10.5 and 3.0.6.
pub fn config_variable(section: &str, key: &str) -> String {
    let section = section.replace(['.', '-'], "_");
    format!("AIRFLOW__{}__{}", section.to_uppercase(), key.to_uppercase())
}

/// A value as a listing shows it, if it is a plain one.
pub fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::None => Some("None".to_owned()),
        Value::Bool(flag) => Some(if *flag { "True" } else { "False" }.to_owned()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Str(text) if text.len() <= 200 => Some(text.to_string()),
        _ => None,
    }
}

/// Something that was read from outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Read {
    /// What it was.
    pub what: What,
    /// Where.
    pub span: Span,
}

/// Kinds of reads that matter to how a file is judged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    /// A value that was not supplied, for which the code has a default.
    Defaulted(CauseKind),
    /// A set or directory was iterated over.
    Order,
    /// The clock.
    Clock,
    /// The absolute place of the DAG folder.
    Place,
}

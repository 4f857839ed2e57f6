//! What the Python program prints of a DAG: the canonical JSON, read back.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// The answer to one request.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Answer {
    /// The request's number.
    pub(crate) id: usize,
    /// The files that were loaded.
    #[serde(default)]
    pub(crate) files: Vec<Loaded>,
    /// Why nothing was loaded: the time limit, or the end of the process.
    pub(crate) failed: Option<String>,
}

/// What came of one file.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Loaded {
    /// Its path.
    pub(crate) path: String,
    /// Its DAGs, sorted by id.
    pub(crate) dags: Vec<DagRecord>,
    /// The end of the traceback of what went wrong.
    pub(crate) error: Option<String>,
    /// How stubs were used while it was loaded.
    pub(crate) unproved: Vec<String>,
}

/// One DAG as Airflow built it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct DagRecord {
    /// Its id.
    pub(crate) dag_id: String,
    /// Its class.
    pub(crate) class: String,
    /// Its attributes.
    pub(crate) fields: Map<String, Value>,
    /// Its timetable and next runs.
    pub(crate) schedule: Map<String, Value>,
    /// Its tasks.
    pub(crate) tasks: Vec<TaskRecord>,
    /// Its groups.
    pub(crate) groups: Vec<GroupRecord>,
    /// The labels of its edges.
    pub(crate) labels: Value,
}

/// One task.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TaskRecord {
    /// Its full id.
    pub(crate) task_id: String,
    /// Its class, or for a mapped task the class that it is mapped of.
    pub(crate) class: String,
    /// Its attributes; for a mapped task the arguments of `partial`.
    pub(crate) fields: Map<String, Value>,
    /// The arguments that it was made with.
    pub(crate) authored: Map<String, Value>,
    /// The parameters whose arguments attributes of other names hold, by attribute.
    #[serde(default)]
    pub(crate) given_as: BTreeMap<String, Vec<String>>,
    /// The attributes that the DAG file set after it was made.
    pub(crate) set_later: Vec<String>,
    /// How it is mapped.
    pub(crate) expand: Value,
    /// The ids of the tasks before it, sorted.
    pub(crate) upstream: Vec<String>,
    /// The id of its group.
    pub(crate) group: Option<String>,
    /// Whether it is an instance of a mapped task, of which nothing is known but what the author gave.
    #[serde(skip)]
    pub(crate) is_instance: bool,
    /// The attributes that Airflow replaces with what a template file holds.
    pub(crate) resolved: Map<String, Value>,
}

/// One group.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct GroupRecord {
    /// Its full id.
    pub(crate) group_id: String,
    /// The group around it.
    pub(crate) parent: Option<String>,
    /// Its attributes.
    pub(crate) fields: Map<String, Value>,
    /// How it is mapped.
    pub(crate) expand: Value,
}

impl DagRecord {
    /// The task of an id.
    pub(crate) fn task(&self, task_id: &str) -> Option<&TaskRecord> {
        self.tasks.iter().find(|task| task.task_id == task_id)
    }

    /// The group of an id.
    pub(crate) fn group(&self, group_id: &str) -> Option<&GroupRecord> {
        self.groups.iter().find(|group| group.group_id == group_id)
    }
}

impl TaskRecord {
    /// What an attribute came to: the attribute, else the argument of that name.
    pub(crate) fn effective(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).or_else(|| self.authored.get(name))
    }

    /// Whether the author gave an attribute its value.
    pub(crate) fn is_authored(&self, name: &str) -> bool {
        self.authored.contains_key(name) || self.set_later.iter().any(|set| set == name)
    }
}

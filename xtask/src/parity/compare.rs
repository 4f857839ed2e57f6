//! Compares the DAG that Airflow builds from Python with the one that dag-factory builds from the YAML.
//!
//! Says what differs. Whether a difference was declared is the business of `judge`.

mod forms;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use forms::{PLACE, between_versions, date, doc, family, kept_arguments, keys, name_of, tags};

use super::record::{DagRecord, GroupRecord, TaskRecord};

/// Whose attribute differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// The DAG's.
    Dag,
    /// The task's of this id.
    Task(String),
    /// The group's of this id.
    Group(String),
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Difference {
    /// Whose.
    pub(crate) scope: Scope,
    /// Of which attribute; `schedule.…` for the parts of the schedule, `itself` where one side lacks the whole.
    pub(crate) field: String,
    /// What Airflow builds from the Python file; null where it has none.
    pub(crate) python: Value,
    /// What dag-factory builds from the YAML.
    pub(crate) yaml: Value,
    /// The parameters whose arguments the attribute holds, where they have other names.
    pub(crate) parameters: Vec<String>,
    /// Whether a task may have it from its DAG: from `default_args`, or as an argument that tasks take over.
    pub(crate) of_dag: bool,
}

/// How closely the two are to agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closeness {
    /// Both were built by the same Airflow: every attribute is compared, defaults included.
    Effective,
    /// The Python was loaded by Airflow 2: what the author gave is compared, edges, schedule expression and zone,
    /// catchup and trigger rules. Defaults of another version are no difference.
    Authored,
}

/// DAG attributes that are compared between versions of Airflow.
const AUTHORED_DAG_FIELDS: &[&str] = &[
    "access_control",
    "catchup",
    "dagrun_timeout",
    "default_args",
    "description",
    "doc_md",
    "end_date",
    "is_paused_upon_creation",
    "max_active_runs",
    "max_active_tasks",
    "on_failure_callback",
    "on_success_callback",
    "params",
    "render_template_as_native_obj",
    "start_date",
    "tags",
    "template_searchpath",
    "user_defined_macros",
];

/// What dag-factory adds to every DAG, and what only decides whether a file's DAGs are found: these were.
const FACTORY_FIELDS: &[&str] = &["is_dagfactory_auto_generated", "dag_id", "auto_register"];

/// The class that authors know as `DAG`, and the same with what the scheduler needs, by which 3.0 has old imports.
const DAG_CLASSES: &[&str] = &["airflow.sdk.definitions.dag:DAG", "airflow.models.dag:DAG"];

/// Everything in which two DAGs differ. `again` is the Python file loaded a second time, under another clock and another
/// order of sets: what changes there by itself and was not written by the author is no difference.
pub(crate) fn compare(
    python: &DagRecord,
    again: Option<&DagRecord>,
    yaml: &DagRecord,
    closeness: Closeness,
) -> Vec<Difference> {
    let mut comparison = Comparison { again, found: Vec::new() };
    comparison.dag(python, yaml, closeness);
    comparison.schedule(python, yaml, closeness);
    comparison.tasks(python, yaml, closeness);
    comparison.groups(python, yaml);
    comparison.found
}

struct Comparison<'a> {
    again: Option<&'a DagRecord>,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn push(&mut self, scope: &Scope, field: &str, python: &Value, yaml: &Value) {
        let (scope, field) = (scope.clone(), field.to_owned());
        let (python, yaml) = (python.clone(), yaml.clone());
        self.found.push(Difference { scope, field, python, yaml, parameters: Vec::new(), of_dag: false });
    }

    fn check(&mut self, scope: &Scope, field: &str, python: Option<&Value>, yaml: Option<&Value>) {
        let (python, yaml) = (python.unwrap_or(&Value::Null), yaml.unwrap_or(&Value::Null));
        if python != yaml {
            self.push(scope, field, python, yaml);
        }
    }

    fn dag(&mut self, python: &DagRecord, yaml: &DagRecord, closeness: Closeness) {
        let names: Vec<&str> = match closeness {
            Closeness::Effective => {
                let names: BTreeSet<&str> =
                    python.fields.keys().chain(yaml.fields.keys()).map(String::as_str).collect();
                names.into_iter().filter(|name| !FACTORY_FIELDS.contains(name)).collect()
            }
            Closeness::Authored => AUTHORED_DAG_FIELDS.to_vec(),
        };
        for name in names {
            let (left, right) = (python.fields.get(name), yaml.fields.get(name));
            match name {
                "tags" => {
                    let (left, mut right) = (tags(left), tags(right));
                    if !left.contains("dagfactory") {
                        right.remove("dagfactory");
                    }
                    if left != right {
                        self.push(&Scope::Dag, name, &json!(left), &json!(right));
                    }
                }
                // Airflow 2 leaves to the tasks what `default_args` say, Airflow 3 gives it to the DAG too.
                "start_date" | "end_date" if closeness == Closeness::Authored => {
                    let (left, right) = (date(python, name), date(yaml, name));
                    self.check(&Scope::Dag, name, left, right);
                }
                "params" if closeness == Closeness::Authored => {
                    let (left, right) = (left.map(between_versions), right.map(between_versions));
                    self.check(&Scope::Dag, name, left.as_ref(), right.as_ref());
                }
                "doc_md" => self.check(&Scope::Dag, name, left, doc(right).as_ref()),
                "default_args" => self.default_args(python, yaml),
                _ => self.check(&Scope::Dag, name, left, right),
            }
        }
        let is_plain = |dag: &DagRecord| DAG_CLASSES.contains(&dag.class.as_str());
        let same_class = python.class == yaml.class || (is_plain(python) && is_plain(yaml));
        if closeness == Closeness::Effective && !same_class {
            self.push(&Scope::Dag, "class", &json!(python.class), &json!(yaml.class));
        }
        self.check(&Scope::Dag, "labels", Some(&python.labels), Some(&yaml.labels));
    }

    /// The entries of `default_args`, each by itself. One that stands on one side alone makes no difference where every task has the
    /// same value all the same: nothing else reads them.
    fn default_args(&mut self, python: &DagRecord, yaml: &DagRecord) {
        let name = "default_args";
        let (left, right) = (python.fields.get(name), yaml.fields.get(name));
        let (Some(Value::Object(left)), Some(Value::Object(right))) = (left, right) else {
            return self.check(&Scope::Dag, name, left, right);
        };
        for name in keys(left, right) {
            let is_on_one_side = left.contains_key(name) != right.contains_key(name);
            if is_on_one_side && reaches_all_alike(name, python, yaml) {
                continue;
            }
            self.check(&Scope::Dag, &format!("default_args.{name}"), left.get(name), right.get(name));
        }
    }

    fn schedule(&mut self, python: &DagRecord, yaml: &DagRecord, closeness: Closeness) {
        let names: &[&str] = match closeness {
            Closeness::Effective => &["timetable", "state", "zone", "runs", "error"],
            Closeness::Authored => &["expression", "zone"],
        };
        for name in names {
            let field = format!("schedule.{name}");
            self.check(&Scope::Dag, &field, python.schedule.get(*name), yaml.schedule.get(*name));
        }
        if closeness == Closeness::Authored {
            let (left, right) = (family(python), family(yaml));
            if left != right {
                self.push(&Scope::Dag, "schedule.timetable", &left, &right);
            }
        }
    }

    fn tasks(&mut self, python: &DagRecord, yaml: &DagRecord, closeness: Closeness) {
        for task in &python.tasks {
            let scope = Scope::Task(task.task_id.clone());
            match yaml.task(&task.task_id) {
                None => self.push(&scope, "itself", &json!(task.class), &Value::Null),
                Some(other) => self.task(&scope, python, (task, other), closeness),
            }
        }
        for task in &yaml.tasks {
            if python.task(&task.task_id).is_none() {
                self.push(&Scope::Task(task.task_id.clone()), "itself", &Value::Null, &json!(task.class));
            }
        }
    }

    fn task(
        &mut self,
        scope: &Scope,
        dag: &DagRecord,
        (python, yaml): (&TaskRecord, &TaskRecord),
        closeness: Closeness,
    ) {
        let same_class = match closeness {
            Closeness::Effective => python.class == yaml.class,
            Closeness::Authored => name_of(&python.class) == name_of(&yaml.class),
        };
        if !same_class {
            self.push(scope, "class", &json!(python.class), &json!(yaml.class));
        }
        let again = self.again.and_then(|again| again.task(&python.task_id));
        for name in compared(python, yaml, closeness) {
            let (left, right) = (python.effective(name), yaml.effective(name));
            let null = Value::Null;
            let (left, right) = (left.unwrap_or(&null), right.unwrap_or(&null));
            // A template may be given as a file's name or as what the file holds: Airflow loads both alike.
            let is_resolved = python.resolved.get(name).is_some_and(|resolved| resolved == right);
            let agree = closeness == Closeness::Authored && between_versions(left) == between_versions(right);
            let alike = match (kept_arguments(left), kept_arguments(right)) {
                (Some(left), Some(right)) => left == right,
                _ => left == right,
            };
            if alike || is_resolved || agree {
                continue;
            }
            let changes = again.is_some_and(|again| again.effective(name).unwrap_or(&null) != left);
            if changes && !python.is_authored(name) {
                continue;
            }
            if let (Some(left), Some(right)) = (kept_arguments(left), kept_arguments(right)) {
                // Each is an argument by its own name.
                for name in left.keys().chain(right.keys()).collect::<BTreeSet<_>>() {
                    self.check(scope, name, left.get(*name).copied(), right.get(*name).copied());
                }
                continue;
            }
            self.push(scope, name, left, right);
            if let Some(difference) = self.found.last_mut() {
                difference.parameters = python.given_as.get(name).cloned().unwrap_or_default();
                difference.of_dag = is_of_dag(dag, name, &difference.parameters);
            }
        }
        self.check(scope, "expand", Some(&python.expand), Some(&yaml.expand));
        self.check(scope, "upstream", Some(&json!(python.upstream)), Some(&json!(yaml.upstream)));
        self.check(scope, "task_group", Some(&json!(python.group)), Some(&json!(yaml.group)));
    }

    fn groups(&mut self, python: &DagRecord, yaml: &DagRecord) {
        let ids: BTreeSet<&str> =
            python.groups.iter().chain(&yaml.groups).map(|group| group.group_id.as_str()).collect();
        for id in ids {
            let scope = Scope::Group(id.to_owned());
            match (python.group(id), yaml.group(id)) {
                (Some(left), Some(right)) => self.group(&scope, left, right),
                (left, right) => {
                    let is_there = |group: Option<&GroupRecord>| json!(group.map(|_| "there"));
                    self.push(&scope, "itself", &is_there(left), &is_there(right));
                }
            }
        }
    }

    fn group(&mut self, scope: &Scope, python: &GroupRecord, yaml: &GroupRecord) {
        // What the tasks have of a group's `default_args` is compared with them.
        for name in keys(&python.fields, &yaml.fields).into_iter().filter(|name| *name != "default_args") {
            let (left, right) = (python.fields.get(name), yaml.fields.get(name));
            // Groups of Airflow 2 have no such name, and it is empty where nobody gave one.
            if name == "group_display_name" && left.is_none() && right == Some(&json!("")) {
                continue;
            }
            self.check(scope, name, left, right);
        }
        self.check(scope, "parent_group", Some(&json!(python.parent)), Some(&json!(yaml.parent)));
        self.check(scope, "expand", Some(&python.expand), Some(&yaml.expand));
    }
}

/// Whether a task may have an attribute from its DAG. Source: `BaseOperator.__init__` of Airflow 3.0.6 for the dates and `params`.
fn is_of_dag(dag: &DagRecord, name: &str, parameters: &[String]) -> bool {
    let names = || std::iter::once(name).chain(parameters.iter().map(String::as_str));
    let defaults = dag.fields.get("default_args").and_then(Value::as_object);
    names().any(|name| {
        ["start_date", "end_date", "params"].contains(&name)
            || defaults.is_some_and(|defaults| defaults.keys().any(|key| super::judge::stands_for(key, name)))
    })
}

/// Whether every task has an attribute of this name, the same on both sides.
fn reaches_all_alike(name: &str, python: &DagRecord, yaml: &DagRecord) -> bool {
    python.tasks.iter().all(|task| {
        let other = yaml.task(&task.task_id).and_then(|other| other.fields.get(name));
        other.is_some() && task.fields.get(name) == other
    })
}

/// The attributes of a task that are compared.
fn compared<'a>(python: &'a TaskRecord, yaml: &'a TaskRecord, closeness: Closeness) -> BTreeSet<&'a str> {
    let mut names = match closeness {
        Closeness::Effective | Closeness::Authored if python.is_instance => {
            python.fields.keys().map(String::as_str).collect()
        }
        Closeness::Effective => keys(&python.fields, &yaml.fields),
        Closeness::Authored if python.expand.is_null() => {
            let mut names = keys(&python.authored, &yaml.authored);
            names.extend(python.set_later.iter().map(String::as_str));
            names.insert("trigger_rule");
            names
        }
        // Of a mapped task, Airflow does not keep apart what the author gave and what it filled in.
        Closeness::Authored => {
            yaml.fields.keys().filter(|name| python.fields.contains_key(*name)).map(String::as_str).collect()
        }
    };
    names.retain(|name| !PLACE.contains(name));
    names
}

#[cfg(test)]
mod tests {
    use super::forms::FACTORY_DOC;
    use super::*;

    /// A DAG with one task, `a`, whose fields and authored arguments are given.
    fn dag(timetable: &str, fields: Value, authored: Value) -> DagRecord {
        serde_json::from_value(json!({
            "dag_id": "d",
            "class": "airflow:DAG",
            "fields": { "tags": { "$set": ["x"] }, "doc_md": "text", "catchup": true },
            "schedule": { "timetable": timetable, "expression": "0 0 * * *", "zone": "UTC", "runs": [] },
            "tasks": [{
                "task_id": "a",
                "class": "package.module:EmptyOperator",
                "fields": fields,
                "authored": authored,
                "set_later": ["pool"],
                "expand": null,
                "upstream": [],
                "group": null,
                "resolved": { "sql": "select 1" },
            }],
            "groups": [],
            "labels": [],
        }))
        .expect("the record is well formed")
    }

    fn found(
        python: &DagRecord,
        again: Option<&DagRecord>,
        yaml: &DagRecord,
        closeness: Closeness,
    ) -> Vec<String> {
        compare(python, again, yaml, closeness).into_iter().map(|difference| difference.field).collect()
    }

    const CRON: &str = "airflow.timetables.trigger:CronTriggerTimetable";

    #[test]
    fn defaults_count_only_within_one_version() {
        let python = dag(CRON, json!({ "retries": 1, "pool": "p", "queue": "old" }), json!({ "retries": 1 }));
        let yaml = dag(CRON, json!({ "retries": 1, "pool": "p", "queue": "new" }), json!({ "retries": 1 }));
        assert_eq!(found(&python, None, &yaml, Closeness::Effective), ["queue"]);
        assert!(found(&python, None, &yaml, Closeness::Authored).is_empty());
        let yaml = dag(CRON, json!({ "retries": 2, "pool": "q", "queue": "old" }), json!({ "retries": 2 }));
        assert_eq!(found(&python, None, &yaml, Closeness::Authored), ["pool", "retries"]);
    }

    #[test]
    fn what_the_author_did_not_write_may_change_from_load_to_load() {
        let token = |token: &str, authored: Value| dag(CRON, json!({ "token": token }), authored);
        let [one, two, three] = ["1", "2", "3"].map(|text| token(text, json!({})));
        assert!(found(&one, Some(&two), &three, Closeness::Effective).is_empty());
        assert_eq!(found(&one, Some(&one), &three, Closeness::Effective), ["token"]);
        let authored = token("1", json!({ "token": "1" }));
        assert_eq!(found(&authored, Some(&two), &three, Closeness::Effective), ["token"]);
    }

    #[test]
    fn a_template_file_is_what_it_holds() {
        let python = dag(CRON, json!({ "sql": "a.sql" }), json!({}));
        assert!(
            found(&python, None, &dag(CRON, json!({ "sql": "select 1" }), json!({})), Closeness::Effective)
                .is_empty()
        );
        assert_eq!(
            found(&python, None, &dag(CRON, json!({ "sql": "b.sql" }), json!({})), Closeness::Effective),
            ["sql"]
        );
    }

    #[test]
    fn versions_agree_on_the_kind_of_timetable() {
        let old = dag("airflow.timetables.interval:CronDataIntervalTimetable", json!({}), json!({}));
        let new = dag(CRON, json!({}), json!({}));
        assert!(found(&old, None, &new, Closeness::Authored).is_empty());
        assert_eq!(found(&old, None, &new, Closeness::Effective), ["schedule.timetable"]);
        let never = dag("airflow.timetables.simple:NullTimetable", json!({}), json!({}));
        assert_eq!(found(&old, None, &never, Closeness::Authored), ["schedule.timetable"]);
    }

    #[test]
    fn a_dag_of_2_begins_with_the_earliest_of_its_tasks() {
        let start = |day: &str| json!({ "$datetime": format!("2024-01-{day}T00:00:00"), "zone": "UTC" });
        let python = dag(CRON, json!({ "start_date": start("02") }), json!({}));
        let begun = |day: &str| {
            let mut yaml = dag(CRON, json!({ "start_date": start("02") }), json!({}));
            yaml.fields.insert("start_date".to_owned(), start(day));
            yaml
        };
        assert!(found(&python, None, &begun("02"), Closeness::Authored).is_empty());
        assert_eq!(found(&python, None, &begun("03"), Closeness::Authored), ["start_date"]);
        assert_eq!(found(&python, None, &begun("02"), Closeness::Effective), ["start_date"]);
    }

    #[test]
    fn what_dag_factory_adds_is_no_difference() {
        let python = dag(CRON, json!({}), json!({}));
        let mut yaml = dag(CRON, json!({}), json!({}));
        yaml.fields.insert("tags".to_owned(), json!(["x", "dagfactory"]));
        yaml.fields.insert("doc_md".to_owned(), json!(format!("text\n{FACTORY_DOC}\nd:\n```")));
        assert!(found(&python, None, &yaml, Closeness::Effective).is_empty());
        yaml.fields.insert("tags".to_owned(), json!(["x", "y", "dagfactory"]));
        yaml.fields.insert("doc_md".to_owned(), json!("other"));
        assert_eq!(found(&python, None, &yaml, Closeness::Effective), ["doc_md", "tags"]);
    }
}

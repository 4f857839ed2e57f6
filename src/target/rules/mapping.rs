//! Dynamic task mapping: written as `expand` where the target has it, else unrolled where the values are literal.

use crate::dag::{Mapping, OperatorKind, Task};
use crate::datum::Datum;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::{Draft, Entry, Owner, TaskDraft};
use crate::target::profile::{MappingForm, Verdict};
use crate::target::rules::templates::texts;
use crate::target::rules::values::unknown;

/// The most tasks that one mapping is unrolled to; a definition of the service's size holds fewer.
const MOST: usize = 1000;

pub(super) fn run(draft: &mut Draft<'_>) {
    let mut unrolled: Vec<(usize, usize)> = Vec::new();
    for place in 0..draft.tasks.len() {
        let task = draft.tasks[place].task;
        let outcome = match &task.mapping {
            None => continue,
            Some(Mapping::InMappedGroup) => Err(no(draft, task, "a task of a mapped group")),
            Some(Mapping::ExpandKwargs(value, span)) => Err(match value.first_unknown() {
                Some(cause) => Box::new(unknown("expand_kwargs", *span, cause)),
                None => no(draft, task, "`expand_kwargs`"),
            }),
            Some(Mapping::Expand(_)) => match draft.target.mapping.form {
                MappingForm::Expand => expand(draft, place),
                MappingForm::Unroll => instances(draft, place).map(|count| unrolled.push((place, count))),
            },
        };
        if let Err(finding) = outcome {
            draft.report(finding.task(&task.task_id));
        }
    }
    for &(place, count) in &unrolled {
        let names: Vec<String> = draft.tasks[place].expand.iter().map(|entry| entry.name.clone()).collect();
        let message = format!("the mapping is written out as {count} tasks");
        let span = draft.tasks[place].task.span;
        for name in names {
            draft.changed(codes::MAPPING_UNROLLED, Owner::Task(place), &name, span, message.clone());
        }
    }
    if !unrolled.is_empty() {
        unroll(draft, &unrolled);
    }
}

fn no(draft: &Draft<'_>, task: &Task, what: &str) -> Box<Diagnostic> {
    let message = format!("{} cannot say {what}", draft.target.called());
    Box::new(
        Diagnostic::error(codes::DYNAMIC_MAPPING, task.span, message)
            .help("make the tasks in a loop over values that the file holds"),
    )
}

/// Puts the mapping into the form in which dag-factory reads it.
fn expand(draft: &mut Draft<'_>, place: usize) -> Result<(), Box<Diagnostic>> {
    let task = draft.tasks[place].task;
    if matches!(task.operator.kind, OperatorKind::Decorated { .. }) {
        return Err(no(draft, task, "the mapping of a function under `@task`"));
    }
    let ids: Vec<String> = draft.tasks.iter().map(|task| task.id.clone()).collect();
    let mut entries = std::mem::take(&mut draft.tasks[place].expand);
    for entry in &mut entries {
        let fail = |message: String| {
            let finding = Diagnostic::error(codes::DYNAMIC_MAPPING, entry.span, message);
            Err(Box::new(finding.parameter(&entry.name)))
        };
        // The loader takes a member that is exactly this for a reference, and stumbles over it.
        let reserved =
            |item: &Datum| matches!(item, Datum::Str(text) if text == ".output" || text == "XcomArg");
        match &entry.value {
            Datum::XCom(xcom) if xcom.key != "return_value" || !ids.contains(&xcom.task_id) => {
                return fail(
                    "dag-factory maps only over the whole result of a task of the same DAG".to_owned(),
                );
            }
            Datum::XCom(xcom) if xcom.task_id.contains(".output") => {
                return fail(format!("dag-factory cannot tell `{}` in a reference", xcom.task_id));
            }
            Datum::XCom(xcom) => entry.value = Datum::Str(format!("{}.output", xcom.task_id)),
            Datum::List(items) | Datum::Tuple(items) if items.iter().any(reserved) => {
                return fail("dag-factory takes `.output` in a mapping for a reference".to_owned());
            }
            Datum::Map(pairs) if pairs.iter().any(|(key, _)| reserved(key)) => {
                return fail("dag-factory takes `.output` in a mapping for a reference".to_owned());
            }

            Datum::List(_) | Datum::Tuple(_) | Datum::Map(_) | Datum::Unknown(_) => {}
            _ => return fail("dag-factory maps only over lists, dicts and results of tasks".to_owned()),
        }
    }
    draft.tasks[place].expand = entries;
    Ok(())
}

/// How many tasks a literal mapping comes to.
fn instances(draft: &Draft<'_>, place: usize) -> Result<usize, Box<Diagnostic>> {
    let drafted = &draft.tasks[place];
    let task = drafted.task;
    let mut count: usize = 1;
    for entry in &drafted.expand {
        if let Datum::Unknown(cause) = &entry.value {
            return Err(Box::new(unknown(&entry.name, entry.span, cause)));
        }
        if draft.target.task.get(&entry.name).is_some_and(|row| row.verdict != Verdict::Write) {
            return Err(no(draft, task, &format!("a mapping over `{}`, which it ignores", entry.name)));
        }
        let Some(values) = literal(&entry.value) else {
            return Err(no(draft, task, "a mapping over the result of a task"));
        };
        if values.is_empty() {
            return Err(no(draft, task, "an empty mapping"));
        }
        count = count.saturating_mul(values.len());
    }
    if count > MOST {
        return Err(no(draft, task, &format!("a mapping over more than {MOST} values")));
    }
    let id = task.task_id.as_str();
    if let Some(other) = draft.tasks.iter().find(|other| refers_to(other, id)) {
        let what = if other.id == id {
            "a mapped task that reads its own index".to_owned()
        } else {
            format!("a mapping whose results `{}` reads", other.id)
        };
        return Err(no(draft, task, &what));
    }
    let taken = |id: &str| draft.tasks.iter().any(|task| task.id == id);
    if (0..count).any(|n| taken(&instance_id(id, n))) {
        return Err(no(draft, task, "a mapping that would give two tasks one id"));
    }
    Ok(count)
}

fn instance_id(id: &str, n: usize) -> String {
    format!("{id}__{n}")
}

/// The values that a literal maps over: the items of a list, and of a dict the pairs of key and value.
///
/// Source: `DictOfListsExpandInput` of Airflow 3.0.6.
fn literal(value: &Datum) -> Option<Vec<Datum>> {
    match value {
        Datum::List(items) | Datum::Tuple(items) => Some(items.clone()),
        Datum::Map(pairs) => {
            Some(pairs.iter().map(|(key, value)| Datum::Tuple(vec![key.clone(), value.clone()])).collect())
        }
        _ => None,
    }
}

/// Whether a task reads the results of the task of that id, or, being that task, the index of its instance.
fn refers_to(task: &TaskDraft<'_>, id: &str) -> bool {
    let quoted = [format!("'{id}'"), format!("\"{id}\"")];
    task.arguments.iter().chain(&task.inherited).chain(&task.expand).any(|entry| {
        let in_template = texts(&entry.value).any(|text| {
            let template = text.contains("{{") || text.contains("{%");
            let reads = quoted.iter().any(|quoted| text.contains(quoted));
            template && (reads || (task.id == id && text.contains("map_index")))
        });
        in_template || results(&entry.value).any(|other| other == id)
    })
}

/// The ids of the tasks whose results stand in a value.
pub(crate) fn results(value: &Datum) -> impl Iterator<Item = &str> {
    value.walk().filter_map(|datum| if let Datum::XCom(xcom) = datum { Some(&*xcom.task_id) } else { None })
}

/// Replaces each mapped task by its instances, and its edges by theirs.
fn unroll(draft: &mut Draft<'_>, unrolled: &[(usize, usize)]) {
    let mut places: Vec<Vec<usize>> = Vec::new();
    let mut tasks = Vec::new();
    for (place, task) in std::mem::take(&mut draft.tasks).into_iter().enumerate() {
        let first = tasks.len();
        match unrolled.iter().find(|(unrolled, _)| *unrolled == place) {
            None => tasks.push(task),
            Some((_, count)) => tasks.extend((0..*count).map(|n| instance(&task, n))),
        }
        places.push((first..tasks.len()).collect());
    }
    draft.tasks = tasks;
    let edges = std::mem::take(&mut draft.edges);
    for (up, down) in edges {
        for &up in &places[up] {
            draft.edges.extend(places[down].iter().map(|&down| (up, down)));
        }
    }
}

/// The n-th instance; of several mapped arguments, the last one turns fastest.
fn instance<'a>(task: &TaskDraft<'a>, n: usize) -> TaskDraft<'a> {
    let mut instance = task.clone();
    instance.id = instance_id(&task.id, n);
    instance.key.clone_from(&instance.id);
    instance.expand.clear();
    let mut rest = n;
    let mut mapped: Vec<Entry> = Vec::new();
    for entry in task.expand.iter().rev() {
        let values = literal(&entry.value).unwrap_or_default();
        let value = values.get(rest % values.len().max(1)).cloned().unwrap_or(Datum::Null);
        rest /= values.len().max(1);
        mapped.push(Entry { value, ..entry.clone() });
    }
    mapped.reverse();
    instance.inherited.retain(|entry| !mapped.iter().any(|mapped| mapped.name == entry.name));
    instance.arguments.extend(mapped);
    instance
}

#[cfg(test)]
mod tests {
    use crate::dag::{Dag, Mapping};
    use crate::datum::{Datum, XCom};
    use crate::target::testing::{EMR, arg, dag, rendered, said, shown, task};

    const SERVICE: &str = "mwaa-serverless";

    fn list(items: &[&str]) -> Datum {
        Datum::List(items.iter().map(|item| Datum::str(*item)).collect())
    }

    fn result(task_id: &str) -> Datum {
        Datum::XCom(XCom { dag_id: "d".into(), task_id: task_id.into(), key: "return_value".into() })
    }

    fn mapped(expand: Vec<crate::dag::Argument>) -> Dag {
        let mut dag = dag("d")
            .with_default("retries", Datum::int(1))
            .with_task(task("first", EMR, vec![]))
            .with_task(task("m", EMR, vec![arg("wait_policy", Datum::str("p"))]))
            .with_task(task("last", EMR, vec![]))
            .with_edge(0, 1)
            .with_edge(1, 2);
        dag.tasks[1].mapping = Some(Mapping::Expand(expand));
        dag
    }

    #[test]
    fn a_literal_mapping_is_unrolled_with_the_last_argument_turning_fastest() {
        let dag =
            mapped(vec![arg("emr_conn_id", list(&["a", "b"])), arg("job_flow_overrides", list(&["x", "y"]))]);
        let rendering = rendered(SERVICE, &dag);
        let text = shown(&rendering);
        for (n, (a, x)) in [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")].into_iter().enumerate() {
            let task = format!(
                "m__{n}: {{operator: {EMR}, wait_policy: p, emr_conn_id: {a}, job_flow_overrides: {x}, dependencies: [first]}}"
            );
            assert!(text.contains(&task), "{text}");
        }
        assert!(text.contains("dependencies: [m__0, m__1, m__2, m__3]"), "{text}");
        let changed = "Note mapping-unrolled [m.emr_conn_id] the mapping is written out as 4 tasks";
        assert!(said(&rendering).contains(&changed.to_owned()));
    }

    #[test]
    fn what_cannot_be_unrolled_is_refused() {
        let reads = |text: &str| {
            let mut dag = mapped(vec![arg("emr_conn_id", list(&["a"]))]);
            dag.tasks[2].arguments.push(arg("job_flow_overrides", Datum::str(text)));
            dag
        };
        let mut own_index = mapped(vec![arg("emr_conn_id", list(&["a"]))]);
        own_index.tasks[1].arguments.push(arg("job_flow_overrides", Datum::str("{{ ti.map_index }}")));
        let mut taken = mapped(vec![arg("emr_conn_id", list(&["a"]))]);
        taken.tasks[2].task_id = "m__0".to_owned();
        for dag in [
            mapped(vec![arg("emr_conn_id", list(&[]))]),
            mapped(vec![arg("emr_conn_id", result("first"))]),
            mapped(vec![arg("pool", list(&["a"]))]),
            reads("{{ ti.xcom_pull(task_ids='m') }}"),
            own_index,
            taken,
        ] {
            let rendering = rendered(SERVICE, &dag);
            assert!(rendering.definition.is_none());
            assert!(said(&rendering).iter().any(|line| line.starts_with("Error dynamic-mapping [m]")));
        }
        assert!(rendered(SERVICE, &reads("task_ids='m'")).definition.is_some());
    }

    #[test]
    fn dag_factory_maps_over_lists_and_whole_results() {
        let text = shown(&rendered("dag-factory", &mapped(vec![arg("emr_conn_id", list(&["a"]))])));
        assert!(text.contains("expand: {emr_conn_id: [a]}"), "{text}");
        let text = shown(&rendered("dag-factory", &mapped(vec![arg("emr_conn_id", result("first"))])));
        assert!(text.contains("expand: {emr_conn_id: first.output}"), "{text}");
        for value in [list(&[".output"]), Datum::str("a"), result("elsewhere")] {
            assert!(rendered("dag-factory", &mapped(vec![arg("emr_conn_id", value)])).definition.is_none());
        }
    }
}

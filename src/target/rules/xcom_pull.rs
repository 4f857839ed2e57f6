//! `xcom_pull` in templates: of a task that does not exist, or that has not run by then, it gives `None`.

use std::collections::HashSet;

use crate::diagnostic::{Disposition, codes};
use crate::target::draft::Draft;
use crate::target::rules::templates::{Found, report};
use crate::target::template::Pull;

pub(super) fn run(draft: &mut Draft<'_>) {
    // Where tasks or edges are missing from the model, their absence says nothing.
    if draft.is_incomplete() {
        return;
    }
    // No rule between that of templates and this one changes a text.
    let Some(all) = draft.templates.take() else { return };
    let mut upstream = vec![Vec::new(); draft.tasks.len()];
    for &(up, down) in &draft.edges {
        upstream[down].push(up);
    }
    for (place, texts) in all.iter().enumerate() {
        if !texts.iter().any(|(_, read)| read.as_ref().is_ok_and(|template| !template.pulls.is_empty())) {
            continue;
        }
        let before = ancestors(&upstream, place);
        for (rendered, read) in texts {
            let Ok(template) = read else { continue };
            let found = template.pulls.iter().flat_map(|pull| doubts(draft, place, &before, pull)).collect();
            report(draft, place, rendered, found);
        }
    }
}

/// Every task that a task waits for.
fn ancestors(upstream: &[Vec<usize>], place: usize) -> HashSet<usize> {
    let mut seen = HashSet::new();
    let mut waiting = vec![place];
    while let Some(task) = waiting.pop() {
        waiting.extend(upstream[task].iter().copied().filter(|&up| seen.insert(up)));
    }
    seen
}

fn doubts(draft: &Draft<'_>, place: usize, before: &HashSet<usize>, pull: &Pull) -> Vec<Found> {
    // The tasks of other DAGs are not looked at here.
    if pull.dag_id.as_ref().is_some_and(|dag_id| *dag_id != draft.dag.dag_id) {
        return Vec::new();
    }
    let found = |id: &str, message: &str, help: Option<String>| Found {
        code: codes::XCOM_PULL,
        disposition: Disposition::Note,
        range: pull.range.clone(),
        name: id.to_owned(),
        message: message.to_owned(),
        help,
        label: None,
    };
    let doubt = |id: &String| {
        let Some(at) = draft.tasks.iter().position(|task| task.id == *id) else {
            let message = "there is no task {}, so `xcom_pull` gives `None`";
            return Some(found(id, message, alike(draft, id).map(|near| format!("there is `{near}`"))));
        };
        // A task reads its own result of an earlier try.
        (at != place && !before.contains(&at)).then(|| {
            let message = "{} is not upstream of this task, so `xcom_pull` may give `None`";
            found(id, message, Some(format!("draw an edge: `{id} >> {}`", draft.tasks[place].id)))
        })
    };
    pull.task_ids.iter().filter_map(doubt).collect()
}

/// The task that was meant, perhaps: of the same name in a group, or the one most alike.
fn alike<'d>(draft: &'d Draft<'_>, id: &str) -> Option<&'d str> {
    let ids = || draft.tasks.iter().map(|task| task.id.as_str());
    let in_group = ids().find(|other| other.rsplit_once('.').is_some_and(|(_, name)| name == id));
    in_group.or_else(|| {
        let all: Vec<&str> = ids().collect();
        similar::get_close_matches(id, &all, 1, 0.7).first().copied()
    })
}

#[cfg(test)]
mod tests {
    use crate::datum::Datum;
    use crate::target::testing::{EMR, arg, dag, rendered, said, task};

    #[test]
    fn a_pull_of_a_task_that_is_not_there_or_not_upstream_is_worth_a_word() {
        let reads = |id: &str, text: &str| task(id, EMR, vec![arg("job_flow_overrides", Datum::str(text))]);
        let dag = dag("d")
            .with_task(task("a", EMR, vec![]))
            .with_task(task("g.b", EMR, vec![]))
            .with_task(reads("c", "{{ ti.xcom_pull('a') }}{{ ti.xcom_pull('c') }}"))
            .with_task(reads("d", "{{ ti.xcom_pull(task_ids=['a', 'b']) }}"))
            .with_task(reads(
                "e",
                "{{ ti.xcom_pull('g.b') }}{{ ti.xcom_pull('z', dag_id='y') }}{{ ti.xcom_pull() }}",
            ))
            .with_edge(0, 2)
            .with_edge(2, 3);
        for target in ["mwaa-serverless", "dag-factory"] {
            let lines: Vec<String> =
                said(&rendered(target, &dag)).into_iter().filter(|line| line.contains("xcom-pull")).collect();
            assert_eq!(
                lines,
                [
                    "Warning xcom-pull [d.job_flow_overrides] there is no task `b`, so `xcom_pull` gives `None`",
                    "Warning xcom-pull [e.job_flow_overrides] `g.b` is not upstream of this task, so `xcom_pull` may give `None`",
                ]
            );
        }
    }
}

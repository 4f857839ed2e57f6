//! The size of a written definition against the target's limit.

use super::profile::Target;
use crate::dag::Dag;
use crate::diagnostic::{Diagnostic, codes};

/// The record about a definition that is too large for `target`, from the YAML as it would be written.
pub fn check_size(target: &Target, dag: &Dag, yaml: &str) -> Option<Diagnostic> {
    let limit = target.limits.definition_bytes.as_ref()?.value;
    let size = yaml.len();
    if u64::try_from(size).is_ok_and(|size| size <= limit) {
        return None;
    }
    let message = format!("the definition has {size} bytes, and the limit is {limit}");
    let mut tasks = task_sizes(dag, yaml);
    tasks.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    let largest: Vec<String> =
        tasks.iter().take(3).map(|(task, size)| format!("`{task}` ({size} bytes)")).collect();
    let help = match largest.as_slice() {
        [] => "split the DAG".to_owned(),
        largest => {
            format!("split the DAG, or move long texts to S3; the most is taken by {}", largest.join(", "))
        }
    };
    Some(Diagnostic::error(codes::DEFINITION_TOO_LARGE, dag.span, message).dag(&dag.dag_id).help(help))
}

/// The bytes that each task takes, as far as its key is written without quotes.
fn task_sizes<'d>(dag: &'d Dag, yaml: &str) -> Vec<(&'d str, usize)> {
    let Some((_, tasks)) = yaml.split_once("\n  tasks:\n") else { return Vec::new() };
    let mut sizes: Vec<(&str, usize)> = Vec::new();
    for line in tasks.split_inclusive('\n') {
        let key = line
            .strip_prefix("    ")
            .filter(|rest| !rest.starts_with(' '))
            .and_then(|rest| rest.strip_suffix(":\n"));
        let task = key.and_then(|key| dag.tasks.iter().find(|task| task.task_id == key));
        match (task, sizes.last_mut()) {
            (Some(task), _) => sizes.push((&task.task_id, line.len())),
            (None, Some((_, size))) => *size += line.len(),
            (None, None) => {}
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::super::testing::{EMR, dag, task};
    use super::*;

    #[test]
    fn a_definition_over_the_limit_names_what_takes_the_room() {
        let dag = dag("d").with_task(task("a", EMR, vec![])).with_task(task("b", EMR, vec![]));
        let yaml = |bytes: usize| {
            format!("d:\n  tasks:\n    a:\n      x: y\n    b:\n      x: {}\n", "y".repeat(bytes))
        };
        let target = Target::by_name("mwaa-serverless").unwrap();
        assert!(check_size(target, &dag, &yaml(51_000)).is_none());
        let found = check_size(target, &dag, &yaml(52_000)).unwrap();
        assert!(found.help.unwrap().contains("taken by `b` (52017 bytes), `a` (18 bytes)"));
        assert!(check_size(Target::by_name("dag-factory").unwrap(), &dag, &yaml(52_000)).is_none());
    }
}

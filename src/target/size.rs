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
    let mut error = Diagnostic::error(codes::DEFINITION_TOO_LARGE, dag.span, message).dag(&dag.dag_id);
    let tasks = blocks(yaml.split_once("\n  tasks:\n").map_or("", |(_, tasks)| tasks), 4);
    let mut parameters: Vec<(&str, &str, usize)> = Vec::new();
    for (task, block) in &tasks {
        parameters.extend(blocks(block, 6).into_iter().map(|(name, text)| (*task, name, text.len())));
    }
    parameters.sort_by_key(|&(_, _, size)| std::cmp::Reverse(size));
    for (task_id, name, size) in parameters.iter().take(SHOWN).filter(|(.., size)| *size >= WORTH_A_WORD) {
        let task = dag.tasks.iter().find(|task| task.task_id == *task_id);
        let lists = task.into_iter().flat_map(|task| task.arguments.iter().chain(&task.inherited));
        if let Some(argument) = lists.into_iter().find(|argument| argument.name == *name) {
            error = error.label(argument.span, format!("`{name}` of `{task_id}` takes {size} bytes"));
        }
    }
    let count = tasks.len();
    let mut tasks: Vec<(&str, usize)> = tasks.into_iter().map(|(task, block)| (task, block.len())).collect();
    tasks.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    let largest: Vec<String> =
        tasks.iter().take(SHOWN).map(|(task, size)| format!("`{task}` ({size} bytes)")).collect();
    let help = match largest.as_slice() {
        [] => "split the DAG".to_owned(),
        largest => format!(
            "split the DAG, or move long texts to S3; of {count} tasks the most is taken by {}",
            largest.join(", ")
        ),
    };
    error = error.help(help);
    Some(error)
}

/// How many tasks and parameters are named.
const SHOWN: usize = 3;
/// From how many bytes on a parameter is worth a word.
const WORTH_A_WORD: usize = 1024;

/// The blocks of a text whose keys stand at a column: each key without its quotes, and the text with its key.
fn blocks(text: &str, column: usize) -> Vec<(&str, &str)> {
    let mut blocks: Vec<(&str, usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        let key =
            rest.split_once(':').filter(|_| line.len() - rest.len() == column && !rest.starts_with("- "));
        if let Some((key, _)) = key {
            blocks.push((key.trim_matches(['\'', '"']), at, at));
        }
        at += line.len();
        if let Some((.., end)) = blocks.last_mut() {
            *end = at;
        }
    }
    blocks.into_iter().map(|(key, start, end)| (key, &text[start..end])).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{EMR, arg, dag, task};
    use super::*;
    use crate::datum::Datum;

    #[test]
    fn a_definition_over_the_limit_names_what_takes_the_room() {
        let dag =
            dag("d").with_task(task("a", EMR, vec![])).with_task(task("b", EMR, vec![arg("x", Datum::Null)]));
        let yaml = |bytes: usize| {
            format!("d:\n  tasks:\n    'a':\n      x: y\n    b:\n      x: {}\n", "y".repeat(bytes))
        };
        let target = Target::by_name("mwaa-serverless").unwrap();
        assert!(check_size(target, &dag, &yaml(51_000)).is_none());
        let found = check_size(target, &dag, &yaml(52_000)).unwrap();
        assert!(found.help.unwrap().contains("taken by `b` (52017 bytes), `a` (20 bytes)"));
        assert_eq!(found.labels[0].message, "`x` of `b` takes 52010 bytes");
        assert!(check_size(Target::by_name("dag-factory").unwrap(), &dag, &yaml(52_000)).is_none());
    }
}

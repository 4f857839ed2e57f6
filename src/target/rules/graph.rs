//! The graph: no cycles, and no setup or teardown, which the format cannot say, but by code beside it.

use crate::dag::Role;
use crate::diagnostic::{Diagnostic, codes};
use crate::target::draft::Draft;
use crate::target::profile::CodeKind;

pub(super) fn run(draft: &mut Draft<'_>) {
    let dag = draft.dag;
    let known = dag.findings.iter().any(|finding| finding.code == codes::CYCLE);
    if !known && let Some(edge) = cycle(dag.tasks.len(), &draft.edges).and_then(|edge| dag.edges.get(edge)) {
        let (upstream, downstream) = (&dag.tasks[edge.upstream].task_id, &dag.tasks[edge.downstream].task_id);
        let message = format!("the edge from `{upstream}` to `{downstream}` closes a cycle");
        draft.report(Diagnostic::error(codes::CYCLE, edge.span, message).task(downstream));
    }
    for task in &dag.tasks {
        let role = match task.role {
            Role::Work => continue,
            _ if draft.options.made.contains_key(&task.task_id) => continue,
            Role::Setup => "setup",
            Role::Teardown => "teardown",
        };
        let message = format!("a definition cannot say that this is a {role} task");
        let help = if draft.target.code() == Some(CodeKind::Module) && draft.options.packaged.is_none() {
            "let a module beside the definition make it (`--code module`)"
        } else {
            "make it an ordinary task; `trigger_rule=\"all_done\"` lets it run after failures"
        };
        draft.report(
            Diagnostic::error(codes::SETUP_TEARDOWN, task.span, message).task(&task.task_id).help(help),
        );
    }
}

/// The first edge in order of drawing that closes a cycle with those before it, by its place.
fn cycle(tasks: usize, edges: &[(usize, usize)]) -> Option<usize> {
    // Kahn's algorithm first: nearly every graph is sound, and then no edge needs to be looked for.
    let mut waiting = vec![0_usize; tasks];
    let mut downstream = vec![Vec::new(); tasks];
    for &(up, down) in edges {
        waiting[down] += 1;
        downstream[up].push(down);
    }
    let mut ready: Vec<usize> = (0..tasks).filter(|&task| waiting[task] == 0).collect();
    let mut done = 0;
    while let Some(task) = ready.pop() {
        done += 1;
        for &next in &downstream[task] {
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push(next);
            }
        }
    }
    if done == tasks {
        return None;
    }
    edges
        .iter()
        .position(|&(up, down)| waiting[up] > 0 && waiting[down] > 0 && reaches(&downstream, down, up))
}

fn reaches(downstream: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; downstream.len()];
    let mut open = vec![from];
    while let Some(task) = open.pop() {
        if task == to {
            return true;
        }
        if !std::mem::replace(&mut seen[task], true) {
            open.extend(&downstream[task]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::cycle;

    #[test]
    fn cycles_are_found_at_an_edge_that_is_part_of_one() {
        assert_eq!(cycle(3, &[(0, 1), (1, 2)]), None);
        assert_eq!(cycle(4, &[(3, 0), (0, 1), (1, 2), (2, 0)]), Some(1));
        assert_eq!(cycle(1, &[(0, 0)]), Some(0));
    }
}

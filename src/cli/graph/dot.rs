//! A graph in Graphviz's DOT language.

use std::fmt::Write as _;

use super::{End, Graph};

/// The digraph. Ids of its own keep every name harmless.
pub(super) fn render(graph: &Graph) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&graph.dag_id));
    out.push_str("    rankdir=LR;\n    compound=true;\n    node [shape=box];\n");
    inside(graph, None, 1, &mut out);
    for edge in &graph.edges {
        let mut attributes = Vec::new();
        if let Some(label) = edge.label.as_deref().filter(|label| !label.is_empty()) {
            attributes.push(format!("label={}", quoted(label)));
        }
        // An edge of a group is one of a task in it, cut at the group's border.
        let (Some(from), Some(to)) = (task(graph, edge.from), task(graph, edge.to)) else { continue };
        for (end, attribute) in [(edge.from, "ltail"), (edge.to, "lhead")] {
            if let End::Group(at) = end {
                attributes.push(format!("{attribute}=cluster_{at}"));
            }
        }
        let attributes =
            if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
        let _ = writeln!(out, "    t{from} -> t{to}{attributes};");
    }
    out.push_str("}\n");
    out
}

fn inside(graph: &Graph, group: Option<usize>, depth: usize, out: &mut String) {
    let indent = "    ".repeat(depth);
    let (groups, nodes) = graph.inside(group);
    for at in nodes {
        let node = &graph.nodes[at];
        let label = quoted(&node.lines().join("\n"));
        // A mapped task has a frame of two lines, as in Airflow's own view.
        let frame = if node.is_mapped { ", peripheries=2" } else { "" };
        let _ = writeln!(out, "{indent}t{at} [label={label}{frame}];");
    }
    for at in groups {
        let _ = writeln!(
            out,
            "{indent}subgraph cluster_{at} {{\n{indent}    label={};",
            quoted(&graph.groups[at].id)
        );
        inside(graph, Some(at), depth + 1, out);
        let _ = writeln!(out, "{indent}}}");
    }
}

/// The task itself, or one of the group.
fn task(graph: &Graph, end: End) -> Option<usize> {
    match end {
        End::Task(at) => Some(at),
        End::Group(at) => {
            let (groups, nodes) = graph.inside(Some(at));
            nodes.first().copied().or_else(|| groups.into_iter().find_map(|at| task(graph, End::Group(at))))
        }
    }
}

/// A string of the language; line ends are the escape that centres the line before it.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{}\"", text.replace(|c: char| c.is_control(), " "))
}

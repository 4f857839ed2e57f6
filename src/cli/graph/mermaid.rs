//! A graph as a Mermaid flowchart, which GitHub and many wikis draw.

use std::fmt::Write as _;

use super::{End, Graph};

/// The flowchart. Ids of its own keep every name harmless.
pub(super) fn render(graph: &Graph) -> String {
    let mut out =
        format!("---\ntitle: {}\n---\nflowchart LR\n", serde_json::Value::from(graph.dag_id.as_str()));
    inside(graph, None, 1, &mut out);
    for edge in &graph.edges {
        let label = edge.label.as_deref().filter(|label| !label.is_empty());
        let label = label.map(|label| format!("|\"{}\"|", escaped(label))).unwrap_or_default();
        let _ = writeln!(out, "    {} -->{label} {}", name(edge.from), name(edge.to));
    }
    out
}

fn inside(graph: &Graph, group: Option<usize>, depth: usize, out: &mut String) {
    let indent = "    ".repeat(depth);
    let (groups, nodes) = graph.inside(group);
    for at in nodes {
        let node = &graph.nodes[at];
        let [id, class] = node.lines().map(|line| escaped(&line));
        // A mapped task has a frame of two lines, as in Airflow's own view.
        let (open, close) = if node.is_mapped { ("[[", "]]") } else { ("[", "]") };
        let _ = writeln!(out, "{indent}{}{open}\"{id}<br/>{class}\"{close}", name(End::Task(at)));
    }
    for at in groups {
        let _ =
            writeln!(out, "{indent}subgraph {}[\"{}\"]", name(End::Group(at)), escaped(&graph.groups[at].id));
        inside(graph, Some(at), depth + 1, out);
        let _ = writeln!(out, "{indent}end");
    }
}

fn name(end: End) -> String {
    match end {
        End::Task(at) => format!("t{at}"),
        End::Group(at) => format!("g{at}"),
    }
}

/// The text with everything that Mermaid or HTML could read otherwise as Mermaid's character codes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.push(' ');
        } else if c.is_ascii_punctuation() && !"._-/(),:".contains(c) {
            let _ = write!(out, "#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

//! A difference as Markdown for a comment on a pull request: a line for each DAG, its details folded, within a bound.

use std::fmt::Write as _;

use super::text::{patch, short};
use crate::compare::{Change, Comparison, DagChange, Fate, inline};

/// The difference in at most `max` bytes: details are left out from where they no longer fit, then DAGs.
pub(super) fn render(comparison: &Comparison, max: usize) -> String {
    let mut out = format!("### {}\n", escaped(&super::totals(comparison)));
    if comparison.is_empty() {
        out.push_str("\nThe definitions mean the same.\n");
        return out;
    }
    // Room for the line that says what is left out.
    let room = max.saturating_sub(200);
    let (mut folded, mut left_out) = (0, 0);
    for dag in &comparison.dags {
        let head = head(dag);
        let body = body(dag);
        let details = format!("\n<details>\n<summary>{head}</summary>\n\n{body}\n</details>\n");
        let line = format!("\n{head}<br>\n");
        if !body.is_empty() && out.len() + details.len() <= room {
            out.push_str(&details);
        } else if out.len() + line.len() <= room {
            folded += usize::from(!body.is_empty());
            out.push_str(&line);
        } else {
            left_out += 1;
        }
    }
    if folded > 0 {
        let _ =
            writeln!(out, "\nThe details of {folded} of these DAGs are left out: they would be too long.");
    }
    if left_out > 0 {
        let _ = writeln!(out, "\n{left_out} more DAGs differ.");
    }
    out
}

fn head(dag: &DagChange) -> String {
    let id = code(&dag.dag_id);
    let tasks = counted(dag.task_count, "task");
    match &dag.fate {
        Fate::Added => format!("{id} is new, with {tasks}"),
        Fate::Removed => format!("{id} is removed; it had {tasks}"),
        Fate::Renamed { from } => format!("{id} is renamed from {}", code(from)),
        Fate::Changed => {
            let parameters = dag.parameters.len();
            let members = |is_group| dag.members.iter().filter(|member| member.is_group == is_group).count();
            let edges = dag.edges_added.len() + dag.edges_removed.len();
            let counts = [
                (parameters, "parameter"),
                (members(false), "task"),
                (members(true), "group"),
                (edges, "edge"),
            ];
            let counts: Vec<String> = counts
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, word)| counted(*count, word))
                .collect();
            format!("{id}: {}", counts.join(", "))
        }
    }
}

fn body(dag: &DagChange) -> String {
    let mut rows = String::new();
    let mut patches = String::new();
    let mut row = |what: &str, old: &str, new: &str| {
        let _ = writeln!(rows, "| {what} | {old} | {new} |");
    };
    let mut changes = |row: &mut dyn FnMut(&str, &str, &str), owner: &str, changes: &[Change]| {
        for change in changes {
            let what = format!("{owner}{}", code(&change.path));
            match patch(change) {
                Some(patch) => {
                    let fence = fence(&patch);
                    let _ = write!(patches, "\n{what}\n\n{fence}diff\n{patch}{fence}\n");
                }
                None => row(
                    &what,
                    &value(change.old.is_some(), change, true),
                    &value(change.new.is_some(), change, false),
                ),
            }
        }
    };
    changes(&mut row, "", &dag.parameters);
    for member in &dag.members {
        let name = format!("{} {}", if member.is_group { "group" } else { "task" }, code(&member.id));
        let class =
            member.operator.as_deref().and_then(|path| path.rsplit('.').next()).map(code).unwrap_or_default();
        match &member.fate {
            Fate::Added => row(&name, "", &format!("new {class}")),
            Fate::Removed => row(&name, &class, "removed"),
            Fate::Renamed { from } => row(&name, &code(from), "renamed"),
            Fate::Changed => {}
        }
        changes(&mut row, &format!("{name} "), &member.parameters);
    }
    for edge in &dag.edges_added {
        row(&format!("edge {} → {}", code(&edge.upstream), code(&edge.downstream)), "", "new");
    }
    for edge in &dag.edges_removed {
        row(&format!("edge {} → {}", code(&edge.upstream), code(&edge.downstream)), "", "removed");
    }
    let table = if rows.is_empty() { rows } else { format!("| | before | now |\n|---|---|---|\n{rows}") };
    table + &patches
}

/// A cell with one side of a change.
fn value(is_there: bool, change: &Change, is_old: bool) -> String {
    let side = if is_old { &change.old } else { &change.new };
    match side {
        Some(value) if is_there && !inline(value).is_empty() => code(&short(Some(value))),
        _ => String::new(),
    }
}

/// A fence that nothing in the text closes.
fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// The text with everything that Markdown or HTML could read otherwise as character references.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !".,/=-()\"':;_".contains(c) || c.is_control() || c == '_' {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::read;

    fn compared(old: &str, new: &str, max: usize) -> String {
        render(&Comparison::of(&read(old).unwrap(), &read(new).unwrap()), max)
    }

    #[test]
    fn nothing_in_a_value_is_markdown() {
        let old =
            "d: {tasks: {'a|b': {operator: x.Op, q: '*a* `b` <c> @you', sql: \"select 1\\n```\\n\"}}}\n";
        let text = compared(old, &old.replace("*a*", "_a_").replace("select 1", "select 2"), 60_000);
        assert!(text.contains("| task <code>a&#124;b</code> <code>q</code> | <code>\"&#42;a&#42; &#96;b&#96; &#60;c&#62; &#64;you\"</code> |"), "{text}");
        assert!(text.contains("\n````diff\n"), "{text}");
        assert!(text.contains("\n-select 1\n+select 2\n ```\n````\n"), "{text}");
    }

    #[test]
    fn the_bound_holds() {
        let dags = |value: usize| -> String {
            (0..500)
                .map(|i| {
                    format!(
                        "dag_{i:03}: {{schedule: '{value}', tasks: {{t: {{operator: x, v: {value}}}}}}}\n"
                    )
                })
                .collect()
        };
        for max in [300, 2_000, 20_000, 60_000] {
            let text = compared(&dags(1), &dags(2), max);
            assert!(text.len() <= max, "{} of {max}", text.len());
            assert!(text.starts_with("### DAGs: 500 changed\n"));
            assert_eq!(text.contains("more DAGs differ"), text.matches("dag&#95;").count() < 500);
        }
    }
}

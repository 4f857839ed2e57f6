//! Definitions that mean the same, and those that do not.

use super::*;

fn compare(old: &str, new: &str) -> Comparison {
    Comparison::of(&read(old).unwrap(), &read(new).unwrap())
}

/// The difference in short lines.
fn lines(old: &str, new: &str) -> Vec<String> {
    let mut out = Vec::new();
    for dag in compare(old, new).dags {
        out.push(format!("{} {:?}", dag.dag_id, dag.fate));
        let value = |value: &Option<Datum>| value.as_ref().map_or("-".to_owned(), inline);
        let change =
            |change: &Change| format!("{}: {} -> {}", change.path, value(&change.old), value(&change.new));
        out.extend(dag.parameters.iter().map(change));
        for member in dag.members {
            out.push(format!("{} {:?}", member.id, member.fate));
            out.extend(member.parameters.iter().map(change));
        }
        out.extend(dag.edges_added.iter().map(|edge| format!("+ {} > {}", edge.upstream, edge.downstream)));
        out.extend(dag.edges_removed.iter().map(|edge| format!("- {} > {}", edge.upstream, edge.downstream)));
    }
    out
}

const OLD: &str = "\
d:
  default_args: {retries: 2, retry_delay: {__type__: datetime.timedelta, seconds: 300}}
  schedule: '@daily'
  start_date: '2030-01-01'
  tasks:
    a: {operator: x.Op, query: select 1, args: {k: [1, 2], l: {m: 1}}}
    b: {operator: x.Op, query: select 2, dependencies: [a]}
    c: {operator: x.Op, query: select 3, dependencies: [a, b]}
";

#[test]
fn spelling_and_order_say_nothing() {
    let new = "\
# A comment.
default: {default_args: {retries: 0x2}}
d:
  start_date: 2030-01-01
  tasks:
  - {task_id: c, query: \"select\\u0020\\x33\", operator: x.Op, dependencies: [b, a]}
  - task_id: b
    query: >-
      select
      2
    operator: x.Op
    dependencies: [a]
  - {task_id: a, args: {l: {m: 1}, k: [1, 2]}, operator: x.Op, expand: {}, partial: {query: select 1}}
  schedule: \"@daily\"
  default_args: {retry_delay: {__type__: datetime.timedelta, minutes: 5}}
";
    assert_eq!(lines(OLD, new), [""; 0]);
    assert_eq!(compare(OLD, new).same, 1);
}

#[test]
fn parameters_tasks_and_edges_are_told_apart() {
    let new = OLD
        .replace("@daily", "@hourly")
        .replace("retries: 2, ", "")
        .replace("k: [1, 2], l: {m: 1}", "k: [1, 3], l: {m: 1, n: 2}")
        .replace("[a, b]}", "[b]}\n    e: {operator: x.Op, dependencies: [c]}");
    assert_eq!(
        lines(OLD, &new),
        [
            "d Changed",
            "default_args.retries: 2 -> -",
            "schedule: \"@daily\" -> \"@hourly\"",
            "a Changed",
            "args.k[1]: 2 -> 3",
            "args.l.n: - -> 2",
            "e Added",
            "+ c > e",
            "- a > c",
        ]
    );
}

#[test]
fn what_only_has_another_name_is_renamed() {
    let new = OLD.replace("    b: {", "    bb: {").replace("[a, b]", "[a, bb]");
    assert_eq!(lines(OLD, &new), ["d Changed", "bb Renamed { from: \"b\" }"]);
    assert_eq!(lines(OLD, &OLD.replace("d:\n  default", "e:\n  default")), ["e Renamed { from: \"d\" }"]);
    let twins = "d:\n  tasks:\n    a: {operator: x}\n    b: {operator: x}\n";
    let other = "d:\n  tasks:\n    c: {operator: x}\n    e: {operator: x}\n";
    assert_eq!(lines(twins, other), ["d Changed", "a Removed", "b Removed", "c Added", "e Added"]);
}

#[test]
fn groups_are_members_and_prefixes() {
    let old = "\
d:
  task_groups: {g: {tooltip: one}, h: {parent_group_name: g}}
  tasks:
    a: {operator: x, task_group_name: h}
    b: {operator: x, dependencies: [g]}
";
    let new = old
        .replace("one", "two")
        .replace("{parent_group_name: g}", "{parent_group_name: g, prefix_group_id: false}");
    assert_eq!(
        lines(old, &new),
        [
            "d Changed",
            "g Changed",
            "tooltip: \"one\" -> \"two\"",
            "g.a Renamed { from: \"g.h.a\" }",
            "g.h Changed",
            "prefix_group_id: - -> false"
        ]
    );
}

#[test]
fn what_is_no_definition_is_an_error() {
    assert_eq!(read("# nothing\n").unwrap(), []);
    for (text, message) in [
        ("- a\n", "this is no mapping of dag_ids"),
        ("d: 1\n", "the definition of `d` is no mapping"),
        ("d: {tasks: [1]}\n", "a task or group of `d`"),
        ("d: {a: 1, a: 2}\n", "line 1, column 11: the key `a` stands twice"),
        ("d: [\n", "line 2, column 1: "),
    ] {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
}

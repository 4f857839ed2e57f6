//! Discovery against what Airflow found in the same folders, and what Airflow is not asked about: links, packages, rights.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;
use tempfile::TempDir;

use super::*;

const DAG: &str = "from airflow import DAG";

#[derive(Deserialize)]
struct Table {
    tree: Vec<String>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    syntax: String,
    /// The lines of the ignore file of each folder.
    ignore: BTreeMap<String, Vec<String>>,
    found: Found,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Found {
    Files(Vec<String>),
    /// Airflow itself fails, with this exception.
    Raises(String),
}

fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn names(root: &Path, found: &Discovered) -> Vec<String> {
    found.files.iter().map(|path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned()).collect()
}

fn find(folder: &TempDir) -> Discovered {
    discover(folder.path(), folder.path(), &DiscoverOptions::default())
}

/// `tests/airflowignore.py` wrote the table with Airflow 3.0.6 and pathspec 1.1.1.
#[test]
fn ignore_files_are_honoured_as_airflow_does() {
    let table: Table = serde_json::from_str(include_str!("../../../tests/airflowignore.json")).unwrap();
    let mut wrong = Vec::new();
    for case in &table.cases {
        let files: Vec<(&str, &str)> = table.tree.iter().map(|name| (name.as_str(), DAG)).collect();
        let folder = tree(&files);
        for (below, lines) in &case.ignore {
            fs::write(folder.path().join(below).join(".airflowignore"), lines.join("\n")).unwrap();
        }
        let syntax = if case.syntax == "glob" { IgnoreSyntax::Glob } else { IgnoreSyntax::Regexp };
        let options = DiscoverOptions { syntax, ..DiscoverOptions::default() };
        let found = discover(folder.path(), folder.path(), &options);
        let mut got = names(folder.path(), &found);
        got.sort();
        let right = match &case.found {
            Found::Files(files) => got == *files,
            Found::Raises(_) => {
                found.skipped.iter().any(|skipped| matches!(skipped.reason, SkipReason::BadPattern { .. }))
            }
        };
        if !right {
            let expected = match &case.found {
                Found::Files(files) => format!("{files:?}"),
                Found::Raises(name) => name.clone(),
            };
            wrong.push(format!("{} {:?}\n  got {got:?}\n  not {expected}", case.syntax, case.ignore));
        }
    }
    assert!(table.cases.len() > 80);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.cases.len(), wrong.join("\n"));
}

#[test]
fn a_folder_below_the_root_takes_the_rules_from_above() {
    let folder = tree(&[
        (".airflowignore", "team/old\nx.py\n"),
        ("team/a.py", DAG),
        ("team/old/b.py", DAG),
        ("team/x.py", DAG),
    ]);
    let team = folder.path().join("team");
    let found = discover(folder.path(), &team, &DiscoverOptions::default());
    assert_eq!(names(folder.path(), &found), ["team/a.py"]);
    let found = discover(&team, &team, &DiscoverOptions::default());
    assert_eq!(names(folder.path(), &found), ["team/a.py", "team/old/b.py", "team/x.py"]);
    let old = team.join("old");
    let found = discover(folder.path(), &old, &DiscoverOptions::default());
    assert_eq!(names(folder.path(), &found), ["team/old/b.py"], "the folder that was named is taken");
}

#[test]
fn the_heuristic_is_that_of_airflow() {
    assert!(may_hold_dags(b"FROM AirFlow IMPORT dAg", false));
    assert!(!may_hold_dags(b"import airflow", false));
    assert!(!may_hold_dags(b"dag = 1", false));
    assert!(may_hold_dags(b"from airflow.sdk import Asset", false));
    assert!(!may_hold_dags(b"from airflow.sdk import Asset", true));
    let folder = tree(&[("a.py", DAG), ("b.py", "x = 1"), (".py", DAG), ("c.PY", DAG), ("d.txt", DAG)]);
    assert_eq!(names(folder.path(), &find(&folder)), ["a.py"]);
    let options = DiscoverOptions { no_safe_mode: true, ..DiscoverOptions::default() };
    let found = discover(folder.path(), folder.path(), &options);
    assert_eq!(names(folder.path(), &found), ["a.py", "b.py"]);
}

#[test]
fn packages_are_named() {
    let folder = tree(&[("dags.zip", "PK\x03\x04"), ("text.zip", "none"), ("a.py", DAG)]);
    let found = find(&folder);
    assert_eq!(names(folder.path(), &found), ["a.py"]);
    assert_eq!(found.skipped.len(), 1);
    assert!(matches!(found.skipped[0].reason, SkipReason::Package));
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_roots_and_loops_end() {
    use std::os::unix::fs::symlink;

    let outside = tree(&[("o.py", DAG), ("more/p.py", DAG)]);
    let folder = tree(&[("real/a.py", DAG), (".airflowignore", "hidden"), ("hidden/h.py", DAG)]);
    let at = |name: &str| folder.path().join(name);
    symlink(at("real/a.py"), at("b.py")).unwrap();
    symlink(at("hidden"), at("shown")).unwrap();
    symlink(folder.path(), at("real/loop")).unwrap();
    symlink(at("real"), at("again")).unwrap();
    symlink(outside.path().join("o.py"), at("o.py")).unwrap();
    symlink(outside.path().join("more"), at("more")).unwrap();
    symlink(at("nothing.py"), at("broken.py")).unwrap();
    let found = find(&folder);
    assert_eq!(names(folder.path(), &found), ["b.py", "real/a.py", "shown/h.py"]);
    let skipped: Vec<String> = found
        .skipped
        .iter()
        .map(|skipped| {
            let kind = match skipped.reason {
                SkipReason::LinkOutside(_) => "outside",
                SkipReason::LinkSeen => "seen",
                SkipReason::LinkDangling => "dangling",
                _ => "other",
            };
            format!("{} {kind}", skipped.path.strip_prefix(folder.path()).unwrap().display())
        })
        .collect();
    assert_eq!(
        skipped,
        ["again seen", "broken.py dangling", "more outside", "o.py outside", "real/loop seen"]
    );

    let options = DiscoverOptions { include: vec![outside.path().to_owned()], ..DiscoverOptions::default() };
    let found = discover(folder.path(), folder.path(), &options);
    assert_eq!(names(folder.path(), &found), ["b.py", "more/p.py", "o.py", "real/a.py", "shown/h.py"]);
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names_and_pipes_do_no_harm() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tree(&[("a.py", DAG), (".airflowignore", "*.txt")]);
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff\x1b.py"));
    fs::write(&odd, DAG).unwrap();
    let _listener = std::os::unix::net::UnixListener::bind(folder.path().join("socket.py")).unwrap();
    let found = find(&folder);
    assert_eq!(found.files, [folder.path().join("a.py"), odd]);
}

#[test]
fn an_ignore_file_that_is_no_text_is_reported() {
    let folder = tree(&[("a.py", DAG)]);
    fs::write(folder.path().join(".airflowignore"), b"\xff\n").unwrap();
    let found = find(&folder);
    assert_eq!(names(folder.path(), &found), ["a.py"]);
    assert!(matches!(found.skipped[0].reason, SkipReason::Unreadable(_)));
}

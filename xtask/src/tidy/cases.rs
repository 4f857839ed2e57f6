//! The corpus: every case says what it is about, every snapshot belongs to a case or a test.

use std::collections::BTreeSet;

use super::{Files, Finding, has_extension};

/// The folder `corpus/<area>/<case>` that a path lies in.
pub(super) fn case_of(path: &str) -> Option<&str> {
    let mut slashes = path.match_indices('/').map(|(at, _)| at);
    let third = slashes.nth(2)?;
    path.starts_with("corpus/").then(|| &path[..third])
}

/// Finds cases without an `about`, and snapshots that nothing makes.
pub(super) fn check(files: &Files, findings: &mut Vec<Finding>) {
    let cases: BTreeSet<&str> = files.keys().filter_map(|path| case_of(path)).collect();
    for case in cases {
        let path = format!("{case}/case.toml");
        let Some(text) = files.get(&path) else {
            findings.push(Finding::new(case, 0, "is a case without case.toml"));
            continue;
        };
        let about = match toml::from_str::<toml::Table>(text) {
            Ok(table) => {
                table.get("about").and_then(|about| about.as_str()).unwrap_or_default().trim().to_owned()
            }
            Err(error) => {
                findings.push(Finding::new(&path, 0, format!("is no TOML: {}", error.message())));
                continue;
            }
        };
        if about.is_empty() {
            findings.push(Finding::new(&path, 0, "does not say in `about` what the case is about"));
        }
    }
    for (path, text) in files.iter().filter(|(path, _)| has_extension(path, &["snap"])) {
        let belongs = match case_of(path) {
            Some(case) => path.rsplit_once('/').is_some_and(|(folder, _)| folder == case),
            None => source_of(text).is_some_and(|source| files.contains_key(source)),
        };
        if !belongs {
            findings.push(Finding::new(path, 0, "is a snapshot of no case and no test"));
        }
    }
}

/// The file that made a snapshot, as insta writes it at the top.
fn source_of(snapshot: &str) -> Option<&str> {
    snapshot.lines().take(8).find_map(|line| line.strip_prefix("source: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let mut findings = Vec::new();
        check(&files, &mut findings);
        findings.into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn a_case_says_what_it_is_about() {
        assert!(found(&[("corpus/a/b/case.toml", "about = \"x\""), ("corpus/a/b/dag.py", "")]).is_empty());
        assert_eq!(found(&[("corpus/a/b/dag.py", "")]), ["corpus/a/b"]);
        assert_eq!(found(&[("corpus/a/b/case.toml", "about = \"\"")]), ["corpus/a/b/case.toml"]);
        assert_eq!(found(&[("corpus/a/b/case.toml", "about")]), ["corpus/a/b/case.toml"]);
        assert!(found(&[("corpus/packages.tsv", ""), ("corpus/a/README.md", "")]).is_empty());
    }

    #[test]
    fn a_snapshot_belongs_to_something() {
        let case = ("corpus/a/b/case.toml", "about = \"x\"");
        assert!(found(&[case, ("corpus/a/b/x.yml.snap", "")]).is_empty());
        assert_eq!(found(&[case, ("corpus/a/b/old/x.snap", "")]), ["corpus/a/b/old/x.snap"]);
        assert_eq!(found(&[("corpus/a/x.snap", "")]), ["corpus/a/x.snap"]);
        let snapshot = ("tests/snapshots/x.snap", "---\nsource: tests/x.rs\n---\n");
        assert!(found(&[snapshot, ("tests/x.rs", "")]).is_empty());
        assert_eq!(found(&[snapshot]), ["tests/snapshots/x.snap"]);
    }
}

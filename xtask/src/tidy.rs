//! `cargo xtask tidy`: the rules of the house that no compiler knows. The same runs as a test.
//!
//! Owns what is looked at and the rules on texts; which module may use which is in `layers`, the corpus in `cases`.

use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

use anyhow::Result;

use crate::project;

mod cases;
mod layers;

/// The largest number of lines that a source file may have without a reason in `LONG_FILES`.
const MAX_LINES: usize = 600;

/// Source files that are longer, each with the reason why splitting it would not help its reader.
const LONG_FILES: &[(&str, &str)] = &[];

/// Paths of one developer's machine, in two parts so that this file does not hold them.
const MACHINE_PATHS: &[(&str, &str)] = &[("/wo", "rk/"), ("/tmp/", "wt"), ("/ro", "ot/"), ("/fa", "rm/")];

/// The text files of the work tree by path: what git tracks, or would track if it were added.
type Files = BTreeMap<String, String>;

/// One breach of a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// The line, from 1; 0 where it is the file as a whole.
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

/// Prints every breach; fails where there is one.
pub(crate) fn run() -> Result<ExitCode> {
    let findings = check()?;
    for Finding { path, line, message } in &findings {
        println!("{path}:{line}: {message}");
    }
    println!("tidy: {} findings", findings.len());
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check() -> Result<Vec<Finding>> {
    let files = read()?;
    let mut findings = Vec::new();
    for (path, text) in &files {
        let is_rust = has_extension(path, &["rs"]);
        if is_rust {
            check_rust(path, text, &mut findings);
        }
        check_lines(path, text, &mut findings);
    }
    for (path, reason) in LONG_FILES {
        if reason.is_empty() || files.get(*path).is_none_or(|text| text.lines().count() <= MAX_LINES) {
            findings.push(Finding::new(path, 0, "needs no place in `LONG_FILES`, or has no reason there"));
        }
    }
    layers::check(&files, &mut findings);
    cases::check(&files, &mut findings);
    check_codes(&mut findings);
    findings.sort();
    Ok(findings)
}

fn read() -> Result<Files> {
    let root = project::root();
    let walk = ignore::WalkBuilder::new(root)
        .hidden(false)
        .git_global(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let mut files = Files::new();
    for entry in walk {
        let entry = entry?;
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        // What is no UTF-8 is no text of ours: the corpus holds such files on purpose.
        if let Ok(text) = fs::read_to_string(entry.path()) {
            let path = entry.path().strip_prefix(root)?;
            files.insert(path.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(files)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

fn check_rust(path: &str, text: &str, findings: &mut Vec<Finding>) {
    if !text.starts_with("//! ") {
        findings.push(Finding::new(path, 1, "begins without `//!`"));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES && !LONG_FILES.iter().any(|(long, _)| *long == path) {
        let message = format!("has {lines} lines: split it, or give the reason in `LONG_FILES`");
        findings.push(Finding::new(path, 0, message));
    }
    let unfinished = concat!("todo", "!(");
    for (index, line) in text.lines().enumerate() {
        if line.contains(unfinished) {
            findings.push(Finding::new(path, index + 1, "is unfinished"));
        }
    }
}

fn check_lines(path: &str, text: &str, findings: &mut Vec<Finding>) {
    // Snapshots and the DAG files of the corpus are data: what stands in them is their business.
    let is_data = has_extension(path, &["snap"]) || cases::case_of(path).is_some();
    for (index, line) in text.lines().enumerate() {
        if !is_data && line.ends_with([' ', '\t']) {
            findings.push(Finding::new(path, index + 1, "ends in white space"));
        }
        for (start, end) in MACHINE_PATHS {
            if names_path(line, &format!("{start}{end}")) {
                findings.push(Finding::new(path, index + 1, "names a path of one machine"));
            }
        }
    }
    if !is_data && !text.is_empty() && (!text.ends_with('\n') || text.ends_with("\n\n")) {
        findings.push(Finding::new(path, text.lines().count(), "does not end in one line end"));
    }
}

/// Whether `line` holds the absolute path `path`, rather than a longer one that ends in it.
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "._-~}".contains(before))
    })
}

fn check_codes(findings: &mut Vec<Finding>) {
    let path = "src/diagnostic/codes.rs";
    let names: Vec<&str> =
        dag_converter::diagnostic::codes::ALL.iter().map(|entry| entry.code.as_str()).collect();
    for pair in names.windows(2) {
        if pair[0] >= pair[1] {
            findings.push(Finding::new(path, 0, format!("`{}` stands before `{}`", pair[0], pair[1])));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        let findings = check().expect("the work tree can be read");
        assert!(findings.is_empty(), "{findings:#?}");
    }

    fn lines_of(check: impl Fn(&mut Vec<Finding>)) -> Vec<usize> {
        let mut findings = Vec::new();
        check(&mut findings);
        findings.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn finds_what_is_untidy() {
        assert_eq!(lines_of(|found| check_rust("src/a.rs", "fn main() {}\n", found)), [1]);
        let unfinished = format!("//! A.\n{}todo{}();\n", "", "!");
        assert_eq!(lines_of(|found| check_rust("src/a.rs", &unfinished, found)), [2]);
        let long = format!("//! A.\n{}", "\n".repeat(MAX_LINES));
        assert_eq!(lines_of(|found| check_rust("src/a.rs", &long, found)), [0]);
        assert_eq!(lines_of(|found| check_lines("a.md", "one\ntwo \n", found)), [2]);
        assert_eq!(lines_of(|found| check_lines("a.md", "one", found)), [1]);
        let path = format!("see `{}{}x`\n", MACHINE_PATHS[0].0, MACHINE_PATHS[0].1);
        assert_eq!(lines_of(|found| check_lines("a.md", &path, found)), [1]);
    }

    #[test]
    fn a_longer_path_is_another_path() {
        assert!(names_path("cd /a/b/", "/a/"));
        assert!(!names_path("s3://bucket/a/b", "/a/"));
        assert!(!names_path("~/a/", "/a/"));
    }
}

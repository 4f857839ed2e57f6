//! The README's walk through the three uses: its commands are run one after the other, and print what it shows.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The commands of a `console` block with the lines that it shows of their output.
fn steps(block: &str) -> Vec<(&str, Vec<&str>)> {
    let mut steps: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push((command, Vec::new())),
            (None, Some((_, shown))) => shown.push(line),
            (None, None) => panic!("output without a command: {line}"),
        }
    }
    steps
}

/// Whether the lines that are shown are those that were printed; `...` stands for any number of them.
fn shows(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skipped| shows(rest, &printed[skipped..])),
        Some((line, rest)) => printed.first() == Some(line) && shows(rest, &printed[1..]),
    }
}

#[cfg(unix)]
#[test]
fn the_walk_of_the_readme_is_real() {
    let readme = fs::read_to_string("README.md").unwrap();
    let here = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::os::unix::fs::symlink(root.join("sample"), here.path().join("sample")).unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_dag-converter"));
    let path = format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let blocks = readme.split("\n```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    // A block without a command shows what somebody else's files give.
    let blocks: Vec<&str> = blocks.filter(|block| block.starts_with("$ ")).collect();
    assert!(blocks.len() >= 3, "one for each use");
    for (command, shown) in blocks.into_iter().flat_map(steps) {
        let output = Command::new("bash")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(here.path())
            .env("PATH", &path)
            .env("SOURCE_DATE_EPOCH", "1768435200")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = printed.lines().collect();
        assert!(shows(&shown, &lines), "$ {command}\n{printed}\nis shown as\n{}", shown.join("\n"));
    }
}

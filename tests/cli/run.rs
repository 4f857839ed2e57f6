//! A folder of files, the binary run in it, and what it printed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::assert::Assert;
use serde_json::Value;
use tempfile::TempDir;

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dag-converter"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "TERM"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    command(folder.path(), arguments).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

pub(crate) fn assert_exit(output: &Output, code: i32) {
    Assert::new(output.clone()).code(code);
}

pub(crate) fn records(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Code and path of each record.
pub(crate) fn findings(output: &Output) -> Vec<(String, String)> {
    let text = |record: &Value, field: &str| record[field].as_str().unwrap().to_owned();
    records(output).iter().map(|record| (text(record, "code"), text(record, "path"))).collect()
}

pub(crate) fn json(folder: &TempDir, arguments: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["convert", "--output-format", "json"];
    all.extend(arguments);
    findings(&run(folder, &all))
}

pub(crate) fn pair(code: &str, path: &str) -> (String, String) {
    (code.to_owned(), path.to_owned())
}

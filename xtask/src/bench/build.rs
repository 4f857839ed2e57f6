//! The programs that are measured: built as users get them, with the names that a profiler needs.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Effort;
use crate::project;

/// The programs.
#[derive(Debug)]
pub(super) struct Built {
    /// The command line.
    pub(super) converter: PathBuf,
    /// `benches/pairs.rs`.
    pub(super) pairs: PathBuf,
}

/// Builds them; with little effort as the tests do.
pub(super) fn build(effort: Effort) -> Result<Built> {
    let profile = if effort.is_quick { "dev" } else { "profiling" };
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project::root()).args(["build", "--locked", "--package", "dag-converter"]).args([
        "--profile",
        profile,
        "--bin",
        "dag-converter",
        "--bench",
        "pairs",
        "--message-format",
        "json-render-diagnostics",
    ]);
    let output = project::output(&mut cargo)?;
    let messages: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let executable = |kind: &str| {
        let of_kind = messages
            .iter()
            .find(|message| message["target"]["kind"][0] == kind && message["executable"].is_string());
        let path = of_kind.and_then(|message| message["executable"].as_str());
        path.map(PathBuf::from).with_context(|| format!("cargo built no {kind}"))
    };
    Ok(Built { converter: executable("bin")?, pairs: executable("bench")? })
}

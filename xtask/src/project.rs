//! Where the project and its cache are, and how other programs are run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// The root of the work tree.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// The folder for what can be made again: downloads, environments. `DAG_CONVERTER_CACHE`, else `.cache` in the work tree.
pub(crate) fn cache() -> PathBuf {
    match std::env::var_os("DAG_CONVERTER_CACHE") {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => root().join(".cache"),
    }
}

/// Runs a command to its end; its error output becomes part of the error when it fails.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let tail: Vec<&str> = said.lines().rev().take(12).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        bail!("{command:?} ended with {}:\n{}", output.status, tail.join("\n"));
    }
    Ok(output)
}

/// The SHA-256 of some bytes in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

//! Instructions by function, from callgrind: exact, and the same on a busy machine.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::shown;
use crate::project;

/// Where the instructions of a run went.
#[derive(Debug)]
pub(super) struct Profile {
    /// All of them.
    pub(super) total: u64,
    /// Those of each function and what it calls, the largest first.
    pub(super) inclusive: Vec<(String, u64)>,
}

impl Profile {
    /// The instructions of the function whose name holds a text, and of what it calls, as a share of all.
    pub(super) fn share(&self, function: &str) -> f64 {
        let found = self.inclusive.iter().find(|(name, _)| name.contains(function));
        #[expect(clippy::cast_precision_loss, reason = "for a percentage")]
        found.map_or(0.0, |(_, count)| *count as f64 / self.total.max(1) as f64)
    }
}

/// Profiles a program; `None` where valgrind is not installed.
pub(super) fn profile(program: &Path, args: &[&str]) -> Result<Option<Profile>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("out");
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", shown(&out))])
        .arg(program)
        .args(args);
    project::output(&mut valgrind)?;
    let mut annotate = Command::new("callgrind_annotate");
    annotate.args(["--inclusive=yes", "--threshold=100", "--auto=no"]).arg(&out);
    let text = String::from_utf8_lossy(&project::output(&mut annotate)?.stdout).into_owned();
    read(&text).map(Some)
}

/// Reads lines like `1,234 (56.7%)  file.rs:crate::function [program]`.
fn read(text: &str) -> Result<Profile> {
    let mut total = None;
    let mut inclusive = Vec::new();
    for line in text.lines() {
        let Some((count, rest)) = line.split_once('(') else { continue };
        let Ok(count) = count.trim().replace(',', "").parse::<u64>() else { continue };
        let Some((_, name)) = rest.split_once("%)") else { continue };
        let name = name.trim();
        if name.starts_with("PROGRAM TOTALS") {
            total = Some(count);
            continue;
        }
        let name = name.rsplit_once(" [").map_or(name, |(name, _)| name);
        // The file is told from the function by the first colon that is no `::`.
        let name = name.split_once(".rs:").or_else(|| name.split_once(".c:")).map_or(name, |(_, name)| name);
        inclusive.push((name.to_owned(), count));
    }
    Ok(Profile { total: total.context("callgrind_annotate printed no totals")?, inclusive })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_callgrind_are_read() -> Result<()> {
        let text = "Ir\n---\n2,000 (100.0%)  PROGRAM TOTALS\n\n\
                    1,000 (50.00%)  src/convert.rs:dag_converter::convert::Converter::convert_file [/x/dag-converter]\n\
                      500 (25.00%)  ./elf/dl-reloc.c:_dl_relocate_object [/lib/ld.so]\n";
        let profile = read(text)?;
        assert_eq!(profile.total, 2_000);
        assert_eq!(profile.inclusive[1].0, "_dl_relocate_object");
        assert!((profile.share("Converter::convert_file") - 0.5).abs() < 1e-9);
        Ok(())
    }
}

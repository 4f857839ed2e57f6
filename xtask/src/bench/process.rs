//! Runs a program to its end, and says how long it took and how much memory it had at most.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::build::Built;
use crate::corpus::NOW;

/// How often the memory of a running process is looked at. The kernel keeps the highest, so that only the last moments are missed.
const POLL: Duration = Duration::from_millis(1);

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// The time from start to end, in seconds.
    pub(super) seconds: f64,
    /// The most memory that was resident, in KiB (`VmHWM`); 0 where the system does not tell.
    pub(super) peak_kib: u64,
}

/// A conversion of a folder or file by the command line, into an output folder of its own. DAGs may be refused.
pub(super) fn convert(built: &Built, input: &Path, threads: Option<usize>) -> Result<Cost> {
    let output = tempfile::tempdir()?;
    let mut command = Command::new(&built.converter);
    command.arg("convert").arg(input).arg("--output").arg(output.path());
    command.args(["--now", NOW, "--isolated", "--quiet", "--exit-zero", "--timeout", "600"]);
    if let Some(threads) = threads {
        command.args(["--threads", &threads.to_string()]);
    }
    run(&mut command)
}

/// Runs a command without its output; it must end well.
pub(super) fn run(command: &mut Command) -> Result<Cost> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let mut peak_kib = 0;
    let status = loop {
        if let Some(peak) = peak(&child) {
            peak_kib = peak;
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(POLL);
    };
    let seconds = start.elapsed().as_secs_f64();
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(Cost { seconds, peak_kib })
}

fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

//! Runs a program to its end, and says how long it took and how much memory it had at most.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
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

/// A conversion of a folder or file by the command line into `output`. DAGs may be refused.
pub(super) fn convert(built: &Built, input: &Path, output: &Path, threads: Option<usize>) -> Command {
    let mut command = Command::new(&built.converter);
    command.arg("convert").arg(input).arg("--output").arg(output);
    command.args(["--now", NOW, "--isolated", "--quiet", "--exit-zero", "--timeout", "600"]);
    if let Some(threads) = threads {
        command.args(["--threads", &threads.to_string()]);
    }
    command
}

/// How long such a conversion takes with an output folder of its own, in seconds.
pub(super) fn conversion(built: &Built, input: &Path, threads: Option<usize>) -> Result<f64> {
    let output = tempfile::tempdir()?;
    timed(&mut convert(built, input, output.path(), threads))
}

/// Runs a command without its output, and gives the time from start to end in seconds; it must end well.
pub(super) fn timed(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let mut child = spawn(command)?;
    let status = child.wait()?;
    let seconds = start.elapsed().as_secs_f64();
    ended_well(command, status)?;
    Ok(seconds)
}

/// The same, with its memory looked at meanwhile, which costs a short run some time.
pub(super) fn watched(command: &mut Command) -> Result<Cost> {
    let start = Instant::now();
    let mut child = spawn(command)?;
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
    ended_well(command, status)?;
    Ok(Cost { seconds, peak_kib })
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().with_context(|| format!("cannot run {command:?}"))
}

fn ended_well(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

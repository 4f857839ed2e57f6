//! Time and memory for each file as the folder grows.

use anyhow::Result;

use super::build::Built;
use super::process::{self, Cost};
use super::{Effort, Measured, Row, generate, median};

/// The sizes of the folders, and how often each is converted.
const SIZES: [(usize, usize); 3] = [(100, 7), (1_000, 5), (10_000, 3)];

/// A ratio up to this one counts as flat: runs on a shared machine differ by as much.
const FLAT: f64 = 1.25;

/// Measures it with one thread; the folders take turns.
pub(super) fn measure(built: &Built, effort: Effort) -> Result<Measured> {
    let folders = SIZES
        .iter()
        .map(|(files, rounds)| {
            let files = effort.files(*files);
            Ok((files, effort.rounds(*rounds), generate::folder(files)?, Vec::new()))
        })
        .collect::<Result<Vec<_>>>();
    let mut folders: Vec<(usize, usize, _, Vec<Cost>)> = folders?;
    for round in 0..folders.iter().map(|(_, rounds, ..)| *rounds).max().unwrap_or_default() {
        for (_, rounds, folder, costs) in &mut folders {
            if round < *rounds {
                costs.push(process::convert(built, folder, Some(1))?);
            }
        }
    }
    let mut measured = Measured::default();
    measured.details.push_str(
        "Whole processes with one thread, output folder included; each folder has one local module that all files import.\n\n\
         | files | seconds | ms for each file | peak memory, MiB | KiB for each file |\n|---|---|---|---|---|\n",
    );
    let mut each = Vec::new();
    for (files, _, _, costs) in &folders {
        let seconds = median(costs.iter().map(|cost| cost.seconds).collect());
        #[expect(clippy::cast_precision_loss, reason = "sizes of folders and processes are small")]
        let (files, peak) = (*files as f64, median(costs.iter().map(|cost| cost.peak_kib as f64).collect()));
        measured.details.push_str(&format!(
            "| {files} | {seconds:.2} | {:.3} | {:.1} | {:.1} |\n",
            seconds * 1e3 / files,
            peak / 1024.0,
            peak / files
        ));
        each.push((seconds / files, peak / files));
    }
    if let [(small, _), (middle, middle_memory), (large, large_memory)] = each[..] {
        let command = "cargo xtask bench growth";
        let row = |what: &str, ratio: f64| Row {
            what: what.to_owned(),
            figure: format!("{ratio:.2}"),
            target: Some((format!("flat (≤ {FLAT})"), ratio <= FLAT)),
            command,
        };
        measured.rows.push(row("time for each file, 10,000 files ÷ 100 files", large / small));
        measured.rows.push(row("time for each file, 10,000 files ÷ 1,000 files", large / middle));
        measured
            .rows
            .push(row("peak memory for each file, 10,000 files ÷ 1,000 files", large_memory / middle_memory));
    }
    Ok(measured)
}

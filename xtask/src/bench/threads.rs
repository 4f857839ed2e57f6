//! Two threads against one.

use anyhow::Result;

use super::build::Built;
use super::{Effort, Measured, Row, generate, median, process};

/// Converts one folder with one thread and with two, in turns.
pub(super) fn measure(built: &Built, effort: Effort) -> Result<Measured> {
    let files = effort.files(1_000);
    let folder = generate::folder(files)?;
    let (mut ratios, mut pairs) = (Vec::new(), Vec::new());
    for _ in 0..effort.rounds(9) {
        let one = process::convert(built, &folder, Some(1))?.seconds;
        let two = process::convert(built, &folder, Some(2))?.seconds;
        ratios.push(one / two);
        pairs.push(format!("{one:.2}/{two:.2}"));
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(Measured {
        rows: vec![Row {
            what: format!("one thread ÷ two threads, {files} generated files"),
            figure: format!("{:.2}", median(ratios)),
            target: None,
            command: "cargo xtask bench threads",
        }],
        details: format!(
            "Whole processes in turns, on a machine that says it has {cores} cores; seconds with one thread and with two: {}.\n",
            pairs.join(", ")
        ),
    })
}

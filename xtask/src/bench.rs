//! `cargo xtask bench`: how fast the converter is, as ratios of runs that take turns on the same machine.
//!
//! Owns the list of figures and what they aim at; each figure is a module of its own. `BENCHMARKS.md` keeps the record.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

mod build;
mod generate;
mod growth;
mod parse;
mod process;
mod profile;
mod record;
mod reference;
mod startup;
mod threads;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these figures.
    figures: Vec<Figure>,
    /// Write the figures into BENCHMARKS.md.
    #[arg(long, conflicts_with_all = ["figures", "quick"])]
    record: bool,
    /// Small folders, one round, a debug build, and no reference tool: shows that the benchmarks work, and measures nothing.
    #[arg(long)]
    quick: bool,
}

/// A figure, or a few that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// The whole conversion against parsing alone.
    Parse,
    /// The reference tool against the converter.
    Reference,
    /// Time and memory for each file, from 100 files to 10,000.
    Growth,
    /// Instructions before the first file, and what a conversion spends them on.
    Startup,
    /// Two threads against one.
    Threads,
}

/// What was measured of a figure.
#[derive(Debug, Default)]
struct Measured {
    rows: Vec<Row>,
    /// What the figures were computed from, as Markdown.
    details: String,
}

/// One line of the table of ratios.
#[derive(Debug)]
struct Row {
    /// What is compared.
    what: String,
    /// The figure, rounded for the eye.
    figure: String,
    /// What it should be, and whether it is; `None` where nothing is demanded.
    target: Option<(String, bool)>,
    /// The command that repeats it.
    command: &'static str,
}

/// How much is measured.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Small folders and one round.
    is_quick: bool,
}

impl Effort {
    /// The number of rounds: one where only the working is shown.
    fn rounds(self, wanted: usize) -> usize {
        if self.is_quick { 1 } else { wanted }
    }

    /// The number of generated files.
    fn files(self, wanted: usize) -> usize {
        if self.is_quick { wanted / 20 } else { wanted }
    }
}

/// Measures, prints, and records where that was asked for.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let effort = Effort { is_quick: args.quick };
    let all = Figure::value_variants();
    let figures = if args.figures.is_empty() { all } else { &args.figures[..] };
    let built = build::build(effort)?;
    let mut measured = Vec::new();
    for figure in figures {
        eprintln!(
            "measuring: {}",
            figure.to_possible_value().map_or_else(String::new, |v| v.get_name().to_owned())
        );
        let found = match figure {
            Figure::Parse => parse::measure(&built, effort)?,
            Figure::Reference if args.quick => Measured::default(),
            Figure::Reference => reference::measure(&built)?,
            Figure::Growth => growth::measure(&built, effort)?,
            Figure::Startup => startup::measure(&built, effort)?,
            Figure::Threads => threads::measure(&built, effort)?,
        };
        measured.push(found);
    }
    let text = record::text(&measured);
    println!("{text}");
    if args.record {
        record::write(&text)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The middle of some figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A path as an argument or a line of text.
fn shown(path: &Path) -> String {
    path.display().to_string()
}

//! `cargo xtask corpus`: real DAG files that others wrote, from packages on PyPI.
//!
//! None is committed. `corpus/packages.tsv` names them, with the digest of each file.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

mod convert;
mod fetch;
mod files;
mod packages;
mod record;
mod run;
mod unpack;

pub(crate) use convert::{Failure, Job, NOW, Work, convert_all, jobs, options};
pub(crate) use packages::{Package, all as packages};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Downloads the packages, checks their digests and unpacks their DAG files into the cache.
    Fetch(fetch::Args),
    /// Converts the fetched files and prints what came of it.
    Run(run::Args),
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    match args.command {
        Command::Fetch(args) => fetch::run(&args),
        Command::Run(args) => run::run(&args),
    }
}

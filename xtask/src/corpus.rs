//! `cargo xtask corpus`: real DAG files that others wrote, from packages on PyPI.
//!
//! None is committed. `corpus/packages.tsv` names them, with the digest of each file.

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

mod fetch;
mod files;
mod packages;
mod unpack;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Downloads the packages, checks their digests and unpacks their DAG files into the cache.
    Fetch(fetch::Args),
}

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<ExitCode> {
    match args.command {
        Command::Fetch(args) => fetch::run(&args),
    }
}

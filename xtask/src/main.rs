//! `cargo xtask`: what the developers of the project run beside `cargo test`.
//!
//! Owns the names of the commands; each is a module of its own.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task reports on the terminal")]

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod catalog;
mod corpus;
mod parity;
mod project;
mod tidy;
mod venv;

/// Tasks of the project's developers.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// How fast the converter is, against parsing, against the reference tool, and as folders grow.
    Bench(bench::Args),
    /// The operator catalogue, made from pinned packages.
    Catalog(catalog::Args),
    /// Real DAG files from packages on PyPI: fetch them, convert them.
    Corpus(corpus::Args),
    /// Proves on real files that the YAML gives the DAG that the Python file gives.
    Parity(parity::Args),
    /// Checks the rules of the house that no compiler knows.
    Tidy,
    /// Makes a Python environment of the project in the cache and prints the path of its interpreter.
    Venv(venv::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Bench(args) => bench::run(&args),
        Command::Catalog(args) => catalog::run(&args),
        Command::Corpus(args) => corpus::run(args),
        Command::Parity(args) => parity::run(args),
        Command::Tidy => tidy::run(),
        Command::Venv(args) => venv::run(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

//! The command line: what a user types, what is printed where, and the exit code.
//!
//! Owns arguments, streams and the output folder. What a DAG file means is for `convert`; this module only hands it files.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::diagnostic::visible;

mod args;
mod bounds;
mod check;
mod completions;
mod config;
mod convert;
mod deploy;
mod difference;
mod error;
mod explain;
mod files;
mod graph;
mod inputs;
mod nearest;
mod operators;
mod output;
mod outside;
mod patch;
mod progress;
mod python_json;
mod references;
mod report;
mod session;
mod streams;
mod summary;
mod targets;
mod validate;
mod workers;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was converted; there may be warnings.
    Success,
    /// A DAG was refused, a file does not parse, or a file that was named has no DAG.
    Findings,
    /// The command line is wrong, or something could not be read or written.
    Failure,
}

impl Exit {
    /// How a run ends that found what it found; `--exit-zero` forgives findings.
    fn of(has_findings: bool, printing: &args::PrintingArgs) -> Self {
        if has_findings && !printing.exit_zero { Self::Findings } else { Self::Success }
    }

    /// How a command ends; says what went wrong where it could not be done.
    fn report(result: Result<Self, error::Error>, streams: &mut streams::Streams) -> Self {
        result.unwrap_or_else(|error| {
            streams.err(&format!("error: {}\n", visible(&error.to_string())));
            Self::Failure
        })
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
        })
    }
}

/// Runs the command with these arguments, the program's name among them.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match args::Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Where nobody listens any more there is nobody to tell.
            let _ = error.print();
            return if error.exit_code() == 0 { Exit::Success } else { Exit::Failure };
        }
    };
    match cli.command {
        args::Command::Convert(args) => convert::run(*args),
        args::Command::Check(args) => check::run(*args),
        args::Command::Diff(args) => difference::run(&args),
        args::Command::Graph(args) => graph::run(*args),
        args::Command::Completions { shell } => completions::run(shell),
        args::Command::Inputs(args) => inputs::run(*args),
        args::Command::Validate(args) => validate::run(&args),
        args::Command::Explain { codes } => explain::run(&codes),
        args::Command::Operators(args) => operators::run(&args),
        args::Command::Targets(args) => targets::run(&args),
    }
}

//! `completions`: what makes a shell complete this command.

use std::path::Path;

use clap::{ColorChoice, CommandFactory as _};
use clap_complete::Shell;

use super::Exit;
use super::args::Cli;
use super::error::Error;
use super::streams::Streams;

/// Runs the subcommand.
pub(super) fn run(shell: Shell) -> Exit {
    let mut streams = Streams::new(ColorChoice::Never);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dag-converter", &mut script);
    let printed = streams.out(&String::from_utf8_lossy(&script));
    let printed = printed.map_err(Error::io("write to", Path::new("standard output")));
    Exit::report(printed.map(|()| Exit::Success), &mut streams)
}

//! `check`: the findings of a conversion, without an output folder.

use super::Exit;
use super::args::CheckArgs;
use super::error::Error;
use super::output;
use super::report::{self, Frames};
use super::session::Session;
use super::streams::Streams;
use super::summary;
use crate::diagnostic::{Diagnostic, sort_and_dedup};

/// Runs the subcommand.
pub(super) fn run(args: &CheckArgs) -> Exit {
    let mut streams = Streams::new(args.printing.color);
    Exit::report(check(args, &mut streams), &mut streams)
}

fn check(args: &CheckArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let session = Session::run(&args.read, None)?;
    let totals = session.totals();
    let sources = session.converter.sources();
    let mut diagnostics = session.diagnostics;
    let (converted, findings) = output::check(session.conversions, sources);
    diagnostics.extend(findings);
    sort_and_dedup(&mut diagnostics, sources);

    let is_complete = totals.dags <= converted.len() && !diagnostics.iter().any(Diagnostic::is_error);
    report::print(&diagnostics, sources, &args.printing, Frames::Out, streams)?;
    let converted: Vec<&str> = converted.iter().map(String::as_str).collect();
    streams.err(&summary::dags(totals, &converted, &diagnostics));
    streams.err(&summary::findings(&diagnostics, sources, !args.printing.quiet));
    Ok(Exit::of(!is_complete, &args.printing))
}

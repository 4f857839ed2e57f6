//! `convert`: from the arguments to the output folder and the exit code.

use std::path::Path;

use super::Exit;
use super::args::{ConvertArgs, OutputFormat};
use super::error::Error;
use super::output::Folder;
use super::report::{self, Frames};
use super::session::{Session, judge};
use super::streams::{self, Streams};
use super::{config, deploy, patch, summary};
use crate::diagnostic::{Diagnostic, sort_and_dedup};

/// Runs the subcommand.
pub(super) fn run(mut args: ConvertArgs) -> Exit {
    let mut streams = Streams::new(args.printing.color);
    let configured = config::apply(&mut args.read, Some(&mut args.output));
    Exit::report(configured.and_then(|()| convert(&args, &mut streams)), &mut streams)
}

fn convert(args: &ConvertArgs, streams: &mut Streams) -> Result<Exit, Error> {
    if args.diff && report::takes_stdout(&args.printing, Frames::Err) {
        let message = "`--diff` and these findings both go to standard output; name a file for the findings with \
                       `--output-file`";
        return Err(Error::Usage(message.to_owned()));
    }
    let mut folder = Folder::open(args.output())?;
    let session = Session::run(&args.read, folder.kept_instant(), args.printing.quiet)?;
    let totals = session.totals();
    let sources = session.converter.sources();
    let mut plan = folder.plan(session.conversions, sources, args.read.code()?);
    plan.diagnostics.extend(session.diagnostics);
    if args.prune {
        plan.prune(&folder);
    }
    if args.check {
        plan.demand_nothing_to_do(&folder);
    }
    let mut diagnostics = std::mem::take(&mut plan.diagnostics);
    diagnostics.extend(deploy::too_many(args.read.target(), &folder, &plan));
    let failures = if args.is_dry() { Vec::new() } else { folder.write(&plan, session.now) };
    let has_failed = !failures.is_empty();
    diagnostics.extend(failures);
    judge(session.converter.policy(), &mut diagnostics, sources);
    sort_and_dedup(&mut diagnostics, sources);

    // A DAG that is missing counts even if nothing was said of it.
    let is_complete = totals.dags <= plan.definitions.len() && !diagnostics.iter().any(Diagnostic::is_error);
    report::print(&diagnostics, sources, &args.printing, Frames::Err, streams)?;
    if args.diff {
        let patch = patch::render(&folder, &plan, streams.colour_out(), streams::out_is_terminal());
        streams.out(&patch).map_err(Error::io("write to", Path::new("standard output")))?;
    }
    let converted: Vec<&str> = plan.definitions.iter().map(|planned| planned.dag_id.as_str()).collect();
    streams.err(&summary::dags(totals, &converted, &diagnostics));
    if !has_failed {
        streams.err(&summary::folder(&plan, folder.path(), args.is_dry()));
    }
    streams.err(&summary::findings(&diagnostics, sources, !args.printing.quiet));
    let is_wanted =
        !args.is_dry() && !args.printing.quiet && args.printing.output_format == OutputFormat::Text;
    if is_wanted && !has_failed {
        streams.err(&deploy::lines(args.read.target(), &folder, &plan));
    }
    Ok(if has_failed { Exit::Failure } else { Exit::of(!is_complete, &args.printing) })
}

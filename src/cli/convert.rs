//! `convert`: from the arguments to the output folder and the exit code.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::Exit;
use super::args::{CodeForm, ConvertArgs, OutputFormat, SourceVersion};
use super::error::Error;
use super::files::Input;
use super::output::Folder;
use super::report::Totals;
use super::streams::{self, Streams};
use super::{deploy, diff, files, inputs, report};
use crate::convert::{Conversion, Converter, Options};
use crate::dag::SourceAirflow;
use crate::diagnostic::{Diagnostic, codes, sort_and_dedup, visible};

/// The stack of the thread that converts, in bytes. Evaluation recurses as deeply as CPython may, and frames of a debug
/// build are large; pages that are not touched cost nothing.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// Runs the subcommand.
pub(super) fn run(args: &ConvertArgs) -> Exit {
    let mut streams = Streams::new(args.printing.color);
    match convert(args, &mut streams) {
        Ok(exit) => exit,
        Err(error) => {
            streams.err(&format!("error: {}\n", visible(&error.to_string())));
            Exit::Failure
        }
    }
}

fn convert(args: &ConvertArgs, streams: &mut Streams) -> Result<Exit, Error> {
    let mut folder = Folder::open(&args.output)?;
    let options = options(args, &folder)?;
    let now = options.now;
    let (inputs, mut diagnostics) = files::collect(args)?;
    let converter = Converter::new(options);
    let conversions = convert_all(&converter, &inputs)?;
    let totals = Totals {
        files: conversions.len(),
        dags: conversions.iter().map(|conversion| conversion.dags_found).sum(),
    };
    let mut plan = folder.plan(conversions, converter.sources(), args.code);
    diagnostics.append(&mut plan.diagnostics);
    let failures = if args.diff { Vec::new() } else { folder.write(&plan, now) };
    let has_failed = !failures.is_empty();
    diagnostics.extend(failures);
    sort_and_dedup(&mut diagnostics, converter.sources());

    // A DAG that is missing counts even if nothing was said of it.
    let is_complete = totals.dags <= plan.definitions.len() && !diagnostics.iter().any(Diagnostic::is_error);
    let exit = if has_failed {
        Exit::Failure
    } else if is_complete {
        Exit::Success
    } else {
        Exit::Findings
    };
    // The summary counts what `--quiet` hides.
    let summary = report::summary(totals, &plan, &diagnostics, folder.path(), args.diff);
    if args.printing.quiet {
        diagnostics.retain(Diagnostic::is_error);
    }
    let sources = converter.sources();
    let printed = if args.printing.output_format == OutputFormat::Json {
        report::json(&diagnostics, sources)
    } else {
        let text = report::text(&diagnostics, sources, streams.colour_err(), streams::err_width());
        streams.err(&text);
        if args.diff {
            diff::render(&folder, &plan, streams.colour_out(), streams::out_is_terminal())
        } else {
            String::new()
        }
    };
    streams.out(&printed).map_err(Error::io("write to", Path::new("standard output")))?;
    streams.err(&summary);
    let is_wanted = !args.diff && !args.printing.quiet && args.printing.output_format == OutputFormat::Text;
    if is_wanted && !has_failed {
        streams.err(&deploy::lines(args.target, &folder, &plan));
    }
    Ok(exit)
}

fn options(args: &ConvertArgs, folder: &Folder) -> Result<Options, Error> {
    let source_airflow = args.source.source_airflow.map(|version| match version {
        SourceVersion::V2 => SourceAirflow::V2,
        SourceVersion::V3 => SourceAirflow::V3,
    });
    Ok(Options {
        target: args.target,
        source_airflow,
        env: inputs::environment(&args.outside)?,
        variables: inputs::variables(&args.outside)?,
        include: args.source.include.clone(),
        runtime_dags_folder: args.outside.runtime_dags_folder.clone(),
        now: inputs::now(&args.outside, folder.kept_instant())?,
        assume_defaults: args.outside.assume_defaults,
        pure: inputs::pure(&args.outside)?,
        package_code: args.code != CodeForm::None,
        discovery: files::options(args),
    })
}

/// Converts the files one after the other, on a thread of its own for the sake of its stack.
fn convert_all(converter: &Converter, inputs: &[Input]) -> Result<Vec<Conversion>, Error> {
    let work = || inputs.iter().map(|input| convert_one(converter, input)).collect();
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("convert".to_owned()).stack_size(STACK_BYTES);
        let thread = thread
            .spawn_scoped(scope, work)
            .map_err(Error::io("start", Path::new("the converting thread")))?;
        thread.join().map_err(|_| Error::Usage("the converting thread failed".to_owned()))
    })
}

/// Converts a file. A fault of the converter costs that file, not the others.
fn convert_one(converter: &Converter, input: &Input) -> Conversion {
    let outcome = catch_unwind(AssertUnwindSafe(|| converter.convert_file(&input.root, &input.path)));
    let mut conversion = outcome.unwrap_or_else(|_| Conversion {
        path: input.path.clone(),
        diagnostics: vec![
            Diagnostic::file_error(codes::INTERNAL_ERROR, &input.path, "the converter failed on this file")
                .help("this is a fault of the converter; please report it with the message above"),
        ],
        ..Conversion::default()
    });
    let has_errors = conversion.diagnostics.iter().any(Diagnostic::is_error);
    if input.named && conversion.dags_found == 0 && !has_errors {
        conversion.diagnostics.push(no_dag(input));
    }
    conversion
}

fn no_dag(input: &Input) -> Diagnostic {
    Diagnostic::file_error(codes::NO_DAG, &input.path, "this file holds no DAG that Airflow would find").help(
        "Airflow takes the DAGs that are bound to a name of the module when the file ends, and those that \
         `with DAG(...)` or `@dag` registers",
    )
}

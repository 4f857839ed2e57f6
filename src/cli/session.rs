//! The part that all commands share that read DAG files: from the arguments to what became of each file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use jiff::Timestamp;

use super::args::ReadArgs;
use super::error::Error;
use super::files::{self, Input};
use super::outside;
use super::summary::Totals;
use crate::convert::{Conversion, Converter, Options};
use crate::diagnostic::{Diagnostic, codes};

/// The stack of the thread that converts, in bytes. Evaluation recurses as deeply as CPython may, and frames of a debug
/// build are large; pages that are not touched cost nothing.
const STACK_BYTES: usize = 256 * 1024 * 1024;

/// What a run read and made of it.
#[derive(Debug)]
pub(super) struct Session {
    /// The converter, which knows the sources.
    pub(super) converter: Converter,
    /// What became of each file, in order.
    pub(super) conversions: Vec<Conversion>,
    /// What there is to say of files and folders that were passed over.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What the clock showed.
    pub(super) now: Timestamp,
}

impl Session {
    /// Converts the files that the arguments name; `kept` is the instant of an earlier run into the same folder.
    pub(super) fn run(args: &ReadArgs, kept: Option<Timestamp>) -> Result<Self, Error> {
        let options = options(args, kept)?;
        let now = options.now;
        let (inputs, diagnostics) = files::collect(&args.paths, &args.source)?;
        let converter = Converter::new(options);
        let conversions = convert_all(&converter, &inputs)?;
        Ok(Self { converter, conversions, diagnostics, now })
    }

    /// How much was read.
    pub(super) fn totals(&self) -> Totals {
        Totals {
            files: self.conversions.len(),
            dags: self.conversions.iter().map(|conversion| conversion.dags_found).sum(),
        }
    }
}

/// What the arguments say to the converter.
pub(super) fn options(args: &ReadArgs, kept: Option<Timestamp>) -> Result<Options, Error> {
    let given = outside::given(&args.outside)?;
    Ok(Options {
        target: args.target(),
        source_airflow: args.source.source_airflow.map(Into::into),
        env: given.env,
        variables: given.variables,
        connections: given.connections,
        config: given.config,
        include: args.source.include.clone(),
        runtime_dags_folder: args.outside.runtime_dags_folder.clone(),
        now: outside::now(&args.outside, kept)?,
        assume_defaults: args.outside.assume_defaults,
        pure: given.pure,
        discovery: files::options(&args.source),
    })
}

/// Converts the files one after the other.
fn convert_all(converter: &Converter, inputs: &[Input]) -> Result<Vec<Conversion>, Error> {
    on_large_stack(|| inputs.iter().map(|input| convert_one(converter, input)).collect())
}

/// Does some work on a thread of its own, for the sake of its stack.
pub(super) fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
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

//! The arguments for what DAG files read from outside: what supplies it, and those of `inputs`, which lists it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::read::ReadArgs;
use crate::convert::RUNTIME_DAGS_FOLDER;

const INPUTS_EXAMPLES: &str = "\
Examples:
  What a folder reads from outside:
    dag-converter inputs dags/

  A file to fill in, and the conversion with it:
    dag-converter inputs dags/ --format toml > inputs.toml
    dag-converter convert dags/ --inputs inputs.toml

Exit codes:
  0  the list was printed, whatever stands in it
  1  a file does not parse, or was not read
  2  the command line is wrong, or something could not be read or written";

/// The arguments of `inputs`.
#[derive(Debug, Args)]
#[command(after_help = INPUTS_EXAMPLES)]
pub(crate) struct InputsArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    /// A table to read, JSON for programs, or TOML to fill in and pass back with `--inputs`
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: InputsFormat,
}

/// `--format` of `inputs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputsFormat {
    /// A table to read
    Table,
    /// One object, for programs
    Json,
    /// A file to fill in
    #[value(alias = "template")]
    Toml,
}

/// What the code reads from outside when it is loaded.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the code reads from outside")]
pub(crate) struct OutsideArgs {
    /// A file with all that is supplied, as `dag-converter inputs --format toml` begins it; repeatable
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// An environment variable; repeatable. `AIRFLOW_VAR_X`, `AIRFLOW_CONN_X` and `AIRFLOW__SECTION__KEY` count as for Airflow
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) env: Vec<String>,

    /// A file of environment variables, `NAME=VALUE` a line; repeatable
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) env_file: Vec<PathBuf>,

    /// An Airflow Variable; repeatable, and stronger than `--inputs` and `--variables-file`
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) variable: Vec<String>,

    /// Airflow Variables as `airflow variables export` writes them
    #[arg(long, value_name = "FILE.json", value_hint = ValueHint::FilePath)]
    pub(crate) variables_file: Option<PathBuf>,

    /// An Airflow Connection, as its URI or the JSON that Airflow takes; repeatable. Its password and extra reach no definition
    #[arg(long, value_name = "ID=URI")]
    pub(crate) connection: Vec<String>,

    /// The `airflow.cfg` of the Airflow that the files are written for
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) airflow_config: Option<PathBuf>,

    /// A fact of the machine where Airflow runs, such as `executable`, `home`, `tempdir`, `python-version` or
    /// `which.virtualenv`; repeatable
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) machine: Vec<String>,

    /// Where the DAG folder is when the DAGs run, for code that uses `__file__`
    #[arg(long, value_name = "DIR", default_value = RUNTIME_DAGS_FOLDER)]
    pub(crate) runtime_dags_folder: PathBuf,

    /// The instant that the clock shows, such as 2026-01-31T00:00:00Z [default: SOURCE_DATE_EPOCH, else the instant of
    /// the last run into the output folder, else the present]
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<jiff::Timestamp>,

    /// Let defaults in the code (`os.getenv("X", "a")`) also decide tasks, ids and schedules
    #[arg(long)]
    pub(crate) assume_defaults: bool,

    /// A function or class that cannot be read, such as `acme.clients.Config`, and changes nothing that it is given;
    /// repeatable
    #[arg(long, value_name = "IMPORT.PATH")]
    pub(crate) pure: Vec<String>,

    /// What the settings give.
    #[arg(skip)]
    pub(crate) configured: Configured,
}

/// What a file of settings gives to the code; all else is stronger.
#[derive(Debug, Clone, Default)]
pub(crate) struct Configured {
    /// Environment variables.
    pub(crate) env: BTreeMap<String, String>,
    /// Airflow Variables.
    pub(crate) variables: BTreeMap<String, String>,
}

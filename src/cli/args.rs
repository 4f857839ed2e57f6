//! The commands with their help texts; the arguments that several share are below.

use std::path::{Path, PathBuf};

use clap::builder::TypedValueParser as _;
use clap::{Args, Parser, Subcommand, ValueHint};

use crate::target::Target;

mod known;
mod outside;
mod printing;
mod read;
mod review;

pub(crate) use known::{DataFormat, OperatorsArgs, TargetsArgs};
pub(crate) use outside::{InputsArgs, InputsFormat, OutsideArgs};
pub(crate) use printing::{OutputFormat, PrintingArgs};
pub(crate) use read::{AirflowignoreSyntax, CodeForm, PolicyArgs, ReadArgs, SourceArgs, SourceVersion};
pub(crate) use review::{DiffArgs, DiffFormat, GraphArgs, GraphFormat};

use known::{DEFAULT_TARGET, target_names, target_of};

/// Convert Apache Airflow DAG files to dag-factory YAML, without Python and without Airflow.
///
/// The DAG files are read, never run. Each DAG becomes one YAML definition, first of all for Amazon MWAA Serverless. What
/// cannot be converted is refused with its place in the source; nothing is guessed.
#[derive(Debug, Parser)]
#[command(name = "dag-converter", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Convert DAG files, or all DAG files below a folder, to one YAML definition for each DAG
    ///
    /// Writes `<dag_id>.yml` for each DAG that Airflow would find. Folders are searched as Airflow does it:
    /// `.airflowignore` is honoured, and files that mention no DAG are passed over. Findings go to standard error, each
    /// at its place in the source; a DAG with an error is not written, all others are.
    Convert(Box<ConvertArgs>),

    /// Say what `convert` would say, without writing anything
    ///
    /// Findings go to standard output, in the format that is asked for; the summary goes to standard error.
    Check(Box<CheckArgs>),

    /// Say what changed in meaning between two definitions, files or folders
    ///
    /// DAGs, tasks, edges and parameters are compared as dag-factory reads them; order and spelling say nothing.
    Diff(DiffArgs),

    /// Draw a DAG, of a DAG file or of a definition
    Graph(Box<GraphArgs>),

    /// Print what makes a shell complete this command
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },

    /// Hold definitions against a target: those written by hand, or by another tool
    ///
    /// A definition is read as dag-factory's loader reads it, and checked by the rules that `convert` uses: keys, operators,
    /// arguments, dependencies, schedule, templates, limits. Findings go to standard output, at their places in the YAML.
    Validate(ValidateArgs),

    /// List what DAG files read from outside, and which DAGs depend on it
    ///
    /// Airflow Variables and Connections, the environment, the Airflow configuration, services that are called, files outside of
    /// the DAG folder, modules that are not found: each with its places, whether it was supplied, has a default in the code or is
    /// missing, and the DAGs that depend on it.
    Inputs(Box<InputsArgs>),

    /// Say what the codes of findings mean: each with an example and what to do
    Explain {
        /// The codes, such as `unknown-value` [default: all, a line each]
        #[arg(value_name = "CODE")]
        codes: Vec<String>,
    },

    /// List the operators that a target takes, or show one: parameters, template fields, old import paths
    Operators(OperatorsArgs),

    /// List the targets, or show one: limits, forms, and what becomes of each parameter
    Targets(TargetsArgs),
}

const EXAMPLES: &str = "\
Examples:
  One file, as the MWAA Serverless user guide shows it:
    dag-converter convert my-local-folder/source.py --output /output_yaml/

  A whole DAG folder that reads an environment variable and Airflow Variables:
    dag-converter convert dags/ --env STAGE=prod --variables-file variables.json

  What would change in the definitions that are there, without writing anything:
    dag-converter convert dags/ --diff

  In CI: are the definitions that are there what would be written?
    dag-converter convert dags/ --check --diff

  Findings as JSON, one object a line:
    dag-converter convert dags/ --output-format json > findings.jsonl

Exit codes:
  0  everything was converted; there may be warnings
  1  a DAG was refused, a file does not parse, a file that was named holds no DAG, or `--check` found a difference
  2  the command line is wrong, or something could not be read or written";

/// The arguments of `convert`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ConvertArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    /// Folder for the definitions; made where it is not there [default: output_yaml]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,

    /// Print how each definition would differ from the one in the output folder; write nothing
    #[arg(long)]
    pub(crate) diff: bool,

    /// Fail where a definition in the output folder is missing, stale or not what would be written; write nothing
    #[arg(long)]
    pub(crate) check: bool,

    /// Remove the definitions that this tool wrote and whose DAG or source file is gone
    #[arg(long)]
    pub(crate) prune: bool,

    #[command(flatten)]
    pub(crate) printing: PrintingArgs,
}

impl ConvertArgs {
    /// The output folder.
    pub(crate) fn output(&self) -> &Path {
        self.output.as_deref().unwrap_or(Path::new("output_yaml"))
    }

    /// Whether nothing is to be written.
    pub(crate) fn is_dry(&self) -> bool {
        self.diff || self.check
    }
}

const CHECK_EXAMPLES: &str = "\
Examples:
  What stands in the way, a line each:
    dag-converter check dags/ --output-format concise

  For a code scanning service:
    dag-converter check dags/ --output-format sarif --output-file findings.sarif --exit-zero

Exit codes:
  0  everything can be converted; there may be warnings
  1  a DAG would be refused, a file does not parse, or a file that was named holds no DAG
  2  the command line is wrong, or something could not be read or written";

/// The arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) printing: PrintingArgs,
}

const VALIDATE_EXAMPLES: &str = "\
Examples:
  Definitions written by hand, for the newest version of the service:
    dag-converter validate workflows/

  One that another tool prints:
    other-tool | dag-converter validate - --target dag-factory

Exit codes:
  0  every definition is sound; there may be warnings
  1  a definition has an error
  2  the command line is wrong, or something could not be read or written";

/// The arguments of `validate`.
#[derive(Debug, Args)]
#[command(after_help = VALIDATE_EXAMPLES)]
pub(crate) struct ValidateArgs {
    /// Definitions, or folders of them; `-` is standard input
    #[arg(required = true, value_name = "FILE.yml", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// What the definitions are for; `mwaa-serverless` is its newest version [default: mwaa-serverless]
    #[arg(long, value_name = "TARGET", value_parser = target_names().map(|name| target_of(&name)))]
    pub(crate) target: Option<&'static Target>,

    /// The present, against which start dates are held, such as 2026-01-31T00:00:00Z [default: SOURCE_DATE_EPOCH, else
    /// now]
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<jiff::Timestamp>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) printing: PrintingArgs,
}

impl ValidateArgs {
    /// The target.
    pub(crate) fn target(&self) -> &'static Target {
        self.target.unwrap_or_else(|| target_of(DEFAULT_TARGET))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}

//! The arguments and their help texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};

use super::bounds::BoundsArgs;
use super::error::Error;
use super::nearest::nearest;
use crate::convert::RUNTIME_DAGS_FOLDER;
use crate::dag::SourceAirflow;
use crate::diagnostic::codes;
use crate::policy::{Policy, PolicyError};
use crate::target::{CodeKind, Target};

mod review;

pub(crate) use review::{DiffArgs, DiffFormat, GraphArgs, GraphFormat};

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

/// The arguments of `operators`.
#[derive(Debug, Args)]
pub(crate) struct OperatorsArgs {
    /// A class name or import path, present or old; or a part of one, to list all that have it
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// The target whose word counts
    #[arg(long, value_name = "TARGET", default_value = "mwaa-serverless",
          value_parser = target_names().map(|name| target_of(&name)))]
    pub(crate) target: &'static Target,

    /// List those too that the target does not take
    #[arg(long)]
    pub(crate) all: bool,

    /// Text, or one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "text", alias = "output-format")]
    pub(crate) format: DataFormat,
}

/// The arguments of `targets`.
#[derive(Debug, Args)]
pub(crate) struct TargetsArgs {
    /// The targets to show in full, such as `mwaa-serverless@2025-11` [default: all, in brief]
    #[arg(value_name = "TARGET")]
    pub(crate) names: Vec<String>,

    /// Text, or one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "text", alias = "output-format")]
    pub(crate) format: DataFormat,
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

/// What is read, for what target, and what is known beside it: the arguments of every command that converts.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// DAG files, or folders of them
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// What the definitions are for; `mwaa-serverless` is its newest version [default: mwaa-serverless]
    #[arg(long, value_name = "TARGET", value_parser = target_names().map(|name| target_of(&name)))]
    pub(crate) target: Option<&'static Target>,

    /// Do not hold the written definitions against the target once more before they are put in place
    #[arg(long)]
    pub(crate) no_validate: bool,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    /// What becomes of the code that tasks run: for `mwaa-serverless@2026-08` a `<dag_id>.zip` beside the definition or a folder
    /// `<dag_id>_code`; for `dag-factory` a module `<dag_id>_code.py` of what cannot be imported; or nothing, which refuses
    /// DAGs that need it [default: zip, for dag-factory module]
    #[arg(long, value_name = "FORM")]
    pub(crate) code: Option<CodeForm>,

    #[command(flatten)]
    pub(crate) source: SourceArgs,

    #[command(flatten)]
    pub(crate) outside: OutsideArgs,

    #[command(flatten)]
    pub(crate) bounds: BoundsArgs,

    /// Read settings from this file [default: the nearest `dag-converter.toml`, or `pyproject.toml` with a table
    /// `tool.dag-converter`, above the paths]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,

    /// Read no settings from files
    #[arg(long)]
    pub(crate) isolated: bool,
}

impl ReadArgs {
    /// The target.
    pub(crate) fn target(&self) -> &'static Target {
        self.target.unwrap_or_else(|| target_of(DEFAULT_TARGET))
    }

    /// What becomes of code; an error where the target takes it in another form than the one that was asked for.
    pub(crate) fn code(&self) -> Result<CodeForm, Error> {
        let target = self.target();
        match (target.code(), self.code) {
            (_, Some(CodeForm::None)) => Ok(CodeForm::None),
            (Some(CodeKind::Module), None | Some(CodeForm::Module)) => Ok(CodeForm::Module),
            (Some(CodeKind::Module), Some(CodeForm::Zip | CodeForm::Dir)) => Err(Error::Usage(format!(
                "`{}` takes code as a module beside the definition (`--code module`)",
                target.name()
            ))),
            (Some(CodeKind::Package), Some(CodeForm::Module)) => Err(Error::Usage(format!(
                "`{}` takes code as a package (`--code zip`, `--code dir`)",
                target.name()
            ))),
            (Some(CodeKind::Package) | None, form) => Ok(form.unwrap_or(CodeForm::Zip)),
        }
    }
}

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

/// What is an error and what is in nobody's way.
#[derive(Debug, Args)]
#[command(next_help_heading = "Findings")]
pub(crate) struct PolicyArgs {
    /// Make errors of findings: of a code, of `behaviour` (what a DAG does otherwise) or of all `warnings`; repeatable, or
    /// separated by commas. A comment or `--allow` that names the code is stronger than a group
    #[arg(long, value_name = "CODE|behaviour|warnings", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,

    /// Leave out warnings and notes of a code, or permit what can be permitted, such as `secret-in-definition`; repeatable,
    /// or separated by commas. In a source file `# dag-converter: allow[CODE] reason` does so for a line
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
}

impl PolicyArgs {
    /// The policy that they come to.
    pub(crate) fn policy(&self) -> Result<Policy, Error> {
        Policy::new(&self.deny, &self.allow).map_err(|error| {
            let near = match &error {
                PolicyError::Unknown(word) => {
                    let groups = ["behaviour", "warnings"];
                    nearest(word, codes::ALL.iter().map(|entry| entry.code.as_str()).chain(groups))
                }
                PolicyError::Contradiction(_) | PolicyError::NotAllowable(_) => Vec::new(),
            };
            let near = near.first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            Error::Usage(format!("{error}{near}"))
        })
    }
}

/// How DAG files are found and read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Source")]
pub(crate) struct SourceArgs {
    /// Major version of Airflow that the files are written for [default: each file tells]
    #[arg(long, value_name = "VERSION")]
    pub(crate) source_airflow: Option<SourceVersion>,

    /// The DAG folder, from which imports and ignore files count [default: the folder given; for a file the nearest
    /// folder above it called `dags`, else the folder it is in]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) dags_folder: Option<PathBuf>,

    /// Another folder to import local modules from, and into which links may lead; repeatable
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) include: Vec<PathBuf>,

    /// Files and folders to pass over when a folder is searched, as in a `.gitignore`; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(crate) exclude: Vec<String>,

    /// The patterns of the settings, and the folder that they count from.
    #[arg(skip)]
    pub(crate) excluded_by_config: Option<(PathBuf, Vec<String>)>,

    /// Syntax of `.airflowignore` files [default: glob, as in Airflow 3; regexp with `--source-airflow 2`]
    #[arg(long, value_name = "SYNTAX")]
    pub(crate) airflowignore_syntax: Option<AirflowignoreSyntax>,

    /// Read every `.py` file, also those that do not mention `airflow` and `dag`
    #[arg(long)]
    pub(crate) no_safe_mode: bool,
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

/// What is printed, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Printing")]
pub(crate) struct PrintingArgs {
    /// Hide warnings, notes, the table of reasons and the lines that deploy; errors and the exit code stay
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Use colours; `auto` does for a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,

    /// The form of findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: OutputFormat,

    /// Write the findings to a file instead
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output_file: Option<PathBuf>,

    /// Exit with 0 where there are findings; what cannot be read or written still gives 2
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// `--source-airflow`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourceVersion {
    /// 1.10 and 2.x
    #[value(name = "2")]
    V2,
    /// 3.x
    #[value(name = "3")]
    V3,
}

/// `--code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeForm {
    /// One file, to be uploaded as it is
    Zip,
    /// A folder, to be looked at, or added to
    Dir,
    /// One Python file, to be imported from beside the definition
    Module,
    /// No code; DAGs that need it are refused
    None,
}

impl From<SourceVersion> for SourceAirflow {
    fn from(version: SourceVersion) -> Self {
        match version {
            SourceVersion::V2 => Self::V2,
            SourceVersion::V3 => Self::V3,
        }
    }
}

/// `--airflowignore-syntax`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AirflowignoreSyntax {
    /// As `.gitignore`
    Glob,
    /// Regular expressions, searched for anywhere in the path
    Regexp,
}

/// `--output-format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Source frames for people; `convert` prints them on standard error
    Text,
    /// One line each
    Concise,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

const DEFAULT_TARGET: &str = "mwaa-serverless";

/// `--format` of the commands that show what the tool knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

fn target_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Target::names().collect::<Vec<&'static str>>())
}

/// The target of a name that the parser of names has let through.
fn target_of(name: &str) -> &'static Target {
    Target::by_name(name).expect("the parser takes known names only")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}

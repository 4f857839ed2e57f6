//! The arguments of every command that converts: what is read, for what target, and what counts as an error.

use std::path::PathBuf;

use clap::builder::TypedValueParser as _;
use clap::{Args, ValueEnum, ValueHint};

use super::known::{DEFAULT_TARGET, target_names, target_of};
use super::outside::OutsideArgs;
use crate::cli::bounds::BoundsArgs;
use crate::cli::error::Error;
use crate::cli::nearest::nearest;
use crate::dag::SourceAirflow;
use crate::diagnostic::codes;
use crate::policy::{Policy, PolicyError};
use crate::target::{CodeKind, Target};

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

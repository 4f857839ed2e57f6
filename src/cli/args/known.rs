//! The arguments of the commands that show what the tool knows, and the names of targets.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use crate::target::Target;

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

/// `--format` of the commands that show what the tool knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DataFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

pub(super) const DEFAULT_TARGET: &str = "mwaa-serverless";

pub(super) fn target_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Target::names().collect::<Vec<&'static str>>())
}

/// The target of a name that the parser of names has let through.
pub(super) fn target_of(name: &str) -> &'static Target {
    Target::by_name(name).expect("the parser takes known names only")
}

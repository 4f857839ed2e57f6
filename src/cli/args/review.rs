//! The arguments of `diff` and `graph`.

use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueEnum, ValueHint};

use super::{PrintingArgs, ReadArgs};

const DIFF_EXAMPLES: &str = "\
Examples:
  What a run would change in meaning:
    dag-converter convert dags/ --output /tmp/new --quiet
    dag-converter diff output_yaml/ /tmp/new

  As a comment on a pull request:
    dag-converter diff old/ new/ --output-format markdown --output-file comment.md

Exit codes:
  0  the definitions mean the same
  1  they differ
  2  the command line is wrong, or something could not be read or written";

/// The arguments of `diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct DiffArgs {
    /// The definitions before: a file, or a folder of them
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    pub(crate) old: PathBuf,

    /// The definitions now
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    pub(crate) new: PathBuf,

    /// Text, Markdown for a comment, or one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "text", alias = "format")]
    pub(crate) output_format: DiffFormat,

    /// Write the difference to a file instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output_file: Option<PathBuf>,

    /// The most that Markdown may have, in bytes; what does not fit is counted [GitHub takes 65536 characters]
    #[arg(long, value_name = "BYTES", default_value_t = 60_000)]
    pub(crate) max_size: usize,

    /// Exit with 0 where there is a difference
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Use colours; `auto` does for a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

/// `--output-format` of `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
}

/// The arguments of `graph`.
#[derive(Debug, Args)]
pub(crate) struct GraphArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    /// The DAG, where the file has several
    #[arg(long, value_name = "ID")]
    pub(crate) dag: Option<String>,

    /// The language
    #[arg(long, value_name = "FORMAT", default_value = "mermaid")]
    pub(crate) format: GraphFormat,

    #[command(flatten)]
    pub(crate) printing: PrintingArgs,
}

/// `--format` of `graph`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// Mermaid, which GitHub draws
    Mermaid,
    /// Graphviz's DOT
    Dot,
}

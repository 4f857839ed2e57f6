//! The arguments for what is printed, and how.

use std::path::PathBuf;

use clap::{Args, ColorChoice, ValueEnum, ValueHint};

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

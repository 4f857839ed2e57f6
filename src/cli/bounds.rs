//! The bounds of a run: threads, time, and how far the evaluation of a file may go.

use std::num::NonZero;
use std::time::Duration;

use clap::Args;

use super::workers::Workers;
use crate::eval::Limits;

/// What no real DAG file passes. A file that does is refused where it does, and the others are converted.
#[derive(Debug, Args)]
#[command(next_help_heading = "Bounds")]
pub(crate) struct BoundsArgs {
    /// Files converted at a time [default: the number of cores]
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZero<usize>>,

    /// Ends the whole run when one file takes longer
    #[arg(long, value_name = "SECONDS", default_value_t = 300, hide_short_help = true)]
    timeout: u64,

    /// Statements, expressions and items that the evaluation of one file goes through
    #[arg(long, value_name = "N", default_value_t = Limits::default().steps, hide_short_help = true)]
    max_steps: u64,

    /// Calls inside calls
    #[arg(long, value_name = "N", default_value_t = Limits::default().depth, hide_short_help = true)]
    max_depth: usize,

    /// Items of one collection, characters of one text
    #[arg(long, value_name = "N", default_value_t = Limits::default().size, hide_short_help = true)]
    max_size: usize,

    /// Bits of one whole number
    #[arg(long, value_name = "N", default_value_t = Limits::default().bits, hide_short_help = true)]
    max_bits: u64,

    /// Tasks, task groups and DAGs that one file makes
    #[arg(long, value_name = "N", default_value_t = Limits::default().objects, hide_short_help = true)]
    max_tasks: usize,
}

impl BoundsArgs {
    /// How the files are spread over threads.
    pub(super) fn workers(&self) -> Workers {
        Workers { threads: self.threads, timeout: Duration::from_secs(self.timeout) }
    }

    /// The bounds of one evaluation.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            steps: self.max_steps,
            // Each call takes about as much of the stack as the largest bound leaves room for.
            depth: self.max_depth.min(MOST_DEPTH),
            size: self.max_size,
            bits: self.max_bits,
            objects: self.max_tasks,
        }
    }
}

/// The most calls inside calls that the stack of a thread has room for.
const MOST_DEPTH: usize = 2_000;

//! The command: hands the arguments over and turns the result into an exit code.

use std::process::ExitCode;

/// Syntax trees and values are many small pieces, for which it takes half of the instructions of the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dag_converter::cli::run(std::env::args_os()).into()
}

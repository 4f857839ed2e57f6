//! The command: hands the arguments over and turns the result into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dag_converter::cli::run(std::env::args_os()).into()
}

//! The command: parses the arguments and turns the result into an exit code.

fn main() {}

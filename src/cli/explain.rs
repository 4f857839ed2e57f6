//! `explain`: what the codes of findings mean, a line each.

use std::fmt::Write as _;

use clap::ColorChoice;

use super::Exit;
use super::streams::Streams;
use crate::diagnostic::{codes, visible};

/// Runs the subcommand.
pub(super) fn run(names: &[String]) -> Exit {
    let mut streams = Streams::new(ColorChoice::Auto);
    let (mut text, mut exit) = (String::new(), Exit::Success);
    for (code, meaning) in codes::ALL {
        if names.is_empty() || names.iter().any(|name| name == code.as_str()) {
            let _ = writeln!(text, "{code}: {}", meaning.trim());
        }
    }
    for name in names {
        if !codes::ALL.iter().any(|(code, _)| code.as_str() == name) {
            streams.err(&format!(
                "error: there is no code `{}`; `dag-converter explain` lists them\n",
                visible(name)
            ));
            exit = Exit::Failure;
        }
    }
    match streams.out(&text) {
        Ok(()) => exit,
        Err(_) => Exit::Failure,
    }
}

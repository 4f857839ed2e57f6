//! `explain`: what the codes of findings mean.

use std::fmt::Write as _;

use clap::ColorChoice;

use super::Exit;
use super::nearest::unknown_name;
use super::streams::Streams;
use crate::diagnostic::codes::{ALL, Code, Entry};

/// Runs the subcommand: without names a line for each code, else the text of each that is named.
pub(super) fn run(names: &[String]) -> Exit {
    let mut streams = Streams::new(ColorChoice::Auto);
    let (mut text, mut exit) = (String::new(), Exit::Success);
    if names.is_empty() {
        text = list();
    }
    for name in names {
        // As messages show it, a code may come with its brackets.
        let name = name.trim_matches(['[', ']']);
        if let Some(entry) = Code::by_name(name).and_then(|code| ALL.iter().find(|entry| entry.code == code))
        {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&page(entry));
        } else {
            let known = ALL.iter().map(|entry| entry.code.as_str());
            streams.err(&unknown_name("code", name, known, "`dag-converter explain` lists them"));
            exit = Exit::Failure;
        }
    }
    match streams.out(&text) {
        Ok(()) => exit,
        Err(_) => Exit::Failure,
    }
}

/// Every code with its meaning.
fn list() -> String {
    let width = ALL.iter().map(|entry| entry.code.as_str().len()).max().unwrap_or_default();
    let mut text = String::new();
    for entry in ALL {
        let _ = writeln!(text, "{:width$}  {}", entry.code.as_str(), entry.meaning());
    }
    text
}

fn page(entry: &Entry) -> String {
    let severities: Vec<&str> = entry.severities().collect();
    let targets: Vec<&str> = entry.targets().collect();
    let targets = if targets == ["all"] { "all targets".to_owned() } else { targets.join(", ") };
    format!("{}: {} ({targets})\n\n{}", entry.code, severities.join(" or "), entry.text())
}

//! How findings are printed: one way for all commands, whatever the format and wherever it goes.

use std::path::Path;

use clap::ColorChoice;

use super::args::{OutputFormat, PrintingArgs};
use super::error::Error;
use super::streams::{self, Streams};
use crate::diagnostic::{Diagnostic, JsonRecord, TextRenderer, concise, github, sarif};
use crate::source::Sources;

/// Where source frames go that no `--output-file` takes. All other formats go to standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frames {
    /// Standard output: findings are what the command is for.
    Out,
    /// Standard error: it is for something else.
    Err,
}

/// Prints sorted findings as the arguments ask for it; `--quiet` leaves the errors.
pub(super) fn print(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    printing: &PrintingArgs,
    frames: Frames,
    streams: &mut Streams,
) -> Result<(), Error> {
    let is_shown = |diagnostic: &&Diagnostic| !printing.quiet || diagnostic.is_error();
    let shown: Vec<Diagnostic> = diagnostics.iter().filter(is_shown).cloned().collect();
    let format = printing.output_format;
    if let Some(path) = &printing.output_file {
        let colour = printing.color == ColorChoice::Always;
        let text = rendered(&shown, sources, format, colour, streams::DEFAULT_WIDTH);
        return std::fs::write(path, text).map_err(Error::io("write to", path));
    }
    if format == OutputFormat::Text && frames == Frames::Err {
        streams.err(&rendered(&shown, sources, format, streams.colour_err(), streams::err_width()));
        return Ok(());
    }
    let text = rendered(&shown, sources, format, streams.colour_out(), streams::out_width());
    streams.out(&text).map_err(Error::io("write to", Path::new("standard output")))
}

/// Whether findings go to standard output, where a diff cannot go too.
pub(super) fn takes_stdout(printing: &PrintingArgs, frames: Frames) -> bool {
    let is_frames = printing.output_format == OutputFormat::Text;
    printing.output_file.is_none() && !(is_frames && frames == Frames::Err)
}

fn rendered(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: OutputFormat,
    colour: bool,
    width: usize,
) -> String {
    // Services know files by their paths in the checkout, where their commands run.
    let base = std::env::current_dir().unwrap_or_default();
    match format {
        OutputFormat::Text => TextRenderer::new(sources, colour, width).render(diagnostics),
        OutputFormat::Concise => concise(diagnostics, sources, colour),
        OutputFormat::Json => json(diagnostics, sources),
        OutputFormat::Sarif => sarif(diagnostics, sources, &base),
        OutputFormat::Github => github(diagnostics, sources, &base),
    }
}

fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        // A record holds strings and numbers only, which always have a JSON form.
        if let Ok(line) = serde_json::to_string(&JsonRecord::new(diagnostic, sources)) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

//! Standard output and standard error: colours, width, and readers that have gone away.

use std::io::{self, Write as _};

use anstream::AutoStream;
use clap::ColorChoice;

/// The width that is taken where there is no terminal, in columns.
pub(crate) const DEFAULT_WIDTH: usize = 140;

/// Both streams, as `--color` asks for them.
pub(crate) struct Streams {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
    colour_out: bool,
    colour_err: bool,
}

impl Streams {
    /// Opens the streams. `auto` means colours for a terminal, and honours NO_COLOR and CLICOLOR_FORCE.
    pub(crate) fn new(colour: ColorChoice) -> Self {
        let choice = match colour {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        let out = AutoStream::new(io::stdout(), choice);
        let err = AutoStream::new(io::stderr(), choice);
        let colour_out = out.current_choice() != anstream::ColorChoice::Never;
        let colour_err = err.current_choice() != anstream::ColorChoice::Never;
        Self { out, err, colour_out, colour_err }
    }

    /// Whether standard output shows colours.
    pub(crate) fn colour_out(&self) -> bool {
        self.colour_out
    }

    /// Whether standard error shows colours.
    pub(crate) fn colour_err(&self) -> bool {
        self.colour_err
    }

    /// Prints what the user asked for. A reader that has gone away is no error.
    pub(crate) fn out(&mut self, text: &str) -> io::Result<()> {
        match self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Prints what there is to say beside it. Where standard error fails there is no place left to say so.
    pub(crate) fn err(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }
}

/// Whether standard output is a terminal, which obeys control characters.
pub(crate) fn out_is_terminal() -> bool {
    io::IsTerminal::is_terminal(&io::stdout())
}

/// The width of the terminal behind standard output, in columns.
pub(crate) fn out_width() -> usize {
    terminal_size::terminal_size_of(io::stdout()).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

/// The width of the terminal behind standard error, in columns.
pub(crate) fn err_width() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0))
}

//! A bar on the terminal while a long run goes on; nothing anywhere else.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::diagnostic::visible;

/// How many files make a run that is worth a bar.
const MIN_FILES: usize = 20;

/// The bar of a run.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar over so many files; hidden where standard error is no terminal, the run is short, or nobody wants it.
    pub(super) fn new(files: usize, is_quiet: bool) -> Self {
        let is_shown = !is_quiet && files >= MIN_FILES && io::stderr().is_terminal();
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(files).ok(), target);
        // The template is a constant; another look is no reason to fail.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files  {wide_msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Says which file is being read.
    pub(super) fn begin(&self, path: &Path) {
        self.0.set_message(visible(&path.to_string_lossy()).replace(['\n', '\t'], " "));
    }

    /// Says that it is done.
    pub(super) fn end(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

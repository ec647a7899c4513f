//! A line on standard error that tells a person how far it is. There is none where nobody looks.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often the line shows that something is under way.
const TICK: Duration = Duration::from_millis(120);

/// The line. It is gone when this is dropped, however that comes about.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Returns a line that shows nothing yet, and never does unless standard error is a terminal and it `is_wanted`.
    pub(super) fn new(is_wanted: bool) -> Self {
        let bar = match is_wanted && io::stderr().is_terminal() {
            true => ProgressBar::new_spinner(),
            false => ProgressBar::hidden(),
        };
        bar.set_style(ProgressStyle::default_spinner());
        Self { bar }
    }

    /// Shows a text.
    pub(super) fn say(&self, text: String) {
        self.bar.set_message(text);
        if !self.bar.is_hidden() {
            self.bar.enable_steady_tick(TICK);
        }
    }

    /// Takes the line away while something else is written, which may go to the same terminal.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

//! A progress line on standard error, shown only on a terminal.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

/// The interval of the animation.
const TICK: Duration = Duration::from_millis(120);

/// The maximum number of updates per second.
const RATE: u8 = 20;

/// The progress line. Dropping it erases the line.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Returns an empty line, which stays empty unless standard error is a terminal and it `is_wanted`.
    pub(super) fn new(is_wanted: bool) -> Self {
        let bar = match is_wanted && io::stderr().is_terminal() {
            true => {
                let line = OneLine(Term::buffered_stderr());
                let target = ProgressDrawTarget::term_like_with_hz(Box::new(line), RATE);
                ProgressBar::with_draw_target(None, target)
            }
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

    /// Erases the line while something else is written, possibly to the same terminal.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A terminal on which the line ends where its text does. The library pads the line with spaces, so the `^C` that a
/// terminal echoes on Ctrl-C would be on the next line, and be erased instead.
#[derive(Debug)]
struct OneLine(Term);

impl TermLike for OneLine {
    fn width(&self) -> u16 {
        TermLike::width(&self.0)
    }

    fn height(&self) -> u16 {
        TermLike::height(&self.0)
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_up(lines)
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_down(lines)
    }

    fn move_cursor_right(&self, characters: usize) -> io::Result<()> {
        self.0.move_cursor_right(characters)
    }

    fn move_cursor_left(&self, characters: usize) -> io::Result<()> {
        self.0.move_cursor_left(characters)
    }

    fn write_line(&self, text: &str) -> io::Result<()> {
        self.0.write_line(text)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        match text.trim_start_matches(' ') {
            "" => Ok(()),
            _ => self.0.write_str(text),
        }
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}

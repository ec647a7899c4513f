//! Lines for the user beside the output.

use std::fmt::Display;
use std::io::{self, Write as _};

/// Writes a line to standard error. Failures are ignored: the command is carried out all the same.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

//! What stands in `Debug` output for personal data.

use std::fmt;

/// Prints as `<redacted>`: what generated `Debug` shows of a field that may hold personal data.
///
/// The field itself stays plain; only what is printed by the way, into logs and test failures, leaves it out.
#[derive(Clone, Copy)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

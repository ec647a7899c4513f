//! The placeholder for personal data in `Debug` output.

use std::fmt;

/// Prints as `<redacted>`: generated `Debug` implementations show it for a field that may contain personal data.
///
/// The field itself is not redacted, only what ends up in logs and test failures.
#[derive(Clone, Copy)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

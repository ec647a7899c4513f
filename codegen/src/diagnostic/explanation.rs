//! Why each problem is one.

pub(super) mod file;
pub(super) mod overlay;

use crate::report::Explanation;

/// The explanations, those that belong together side by side.
pub(crate) fn groups() -> [&'static [&'static Explanation]; 2] {
    [file::ALL, overlay::ALL]
}

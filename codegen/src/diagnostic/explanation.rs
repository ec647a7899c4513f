//! Why each problem is one.

pub(super) mod description;
pub(super) mod file;
pub(super) mod operation;
pub(super) mod overlay;
pub(super) mod schema;

use crate::report::Explanation;

/// The explanations, those that belong together side by side.
pub(crate) fn groups() -> [&'static [&'static Explanation]; 5] {
    [
        file::ALL,
        description::ALL,
        schema::ALL,
        operation::ALL,
        overlay::ALL,
    ]
}

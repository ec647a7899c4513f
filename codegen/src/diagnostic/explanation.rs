//! Why each problem is one.

pub(super) mod companion;
pub(super) mod description;
pub(super) mod file;
pub(super) mod operation;
pub(super) mod overlay;
pub(super) mod schema;

use crate::report::Explanation;

/// Returns every explanation, those that belong together side by side.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    let groups = [
        file::ALL,
        description::ALL,
        schema::ALL,
        operation::ALL,
        overlay::ALL,
        companion::ALL,
    ];
    groups.into_iter().flatten().copied()
}

/// Returns the explanation of an id.
pub fn explanation(id: &str) -> Option<&'static Explanation> {
    explanations().find(|it| it.id == id)
}

#[cfg(test)]
mod tests;

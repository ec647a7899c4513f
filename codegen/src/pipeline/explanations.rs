//! Collects the explanations of every stage.

use super::fault;
use crate::report::Explanation;
use crate::{guide, load, lower, overlay, release, source};

/// Returns every explanation, grouped by stage.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    let groups = [source::FAULTS]
        .into_iter()
        .chain(load::faults())
        .chain([overlay::FAULTS])
        .chain(lower::FAULTS)
        .chain([fault::ALL, guide::FAULTS, release::FAULTS]);
    groups.flatten().copied()
}

/// Returns the explanation with this id.
pub fn explanation(id: &str) -> Option<&'static Explanation> {
    explanations().find(|it| it.id == id)
}

#[cfg(test)]
mod tests;

//! Collects the explanations of every stage.

use crate::report::Explanation;
use crate::{guide, release};

/// Returns every explanation, grouped by stage.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    let own = [guide::FAULTS, release::FAULTS];
    twilio_codegen_openapi::explanations().chain(own.into_iter().flatten().copied())
}

/// Returns the explanation with this id.
pub fn explanation(id: &str) -> Option<&'static Explanation> {
    explanations().find(|it| it.id == id)
}

#[cfg(test)]
mod tests;

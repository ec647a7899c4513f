//! What can be wrong with a spec, or with a file beside it, and why.
//!
//! Every stage reports a [`Diagnostic`]: a [`Problem`] and the [`Pointer`] of the value at fault. No stage prints, and
//! none stops at its first fault.

mod companion;
mod explanation;
mod message;
mod overlay;
mod problem;

pub use companion::{GuideProblem, RecordProblem};
pub use explanation::{explanation, explanations};
pub use overlay::OverlayProblem;
pub use problem::Problem;

use crate::pointer::Pointer;

/// A problem in a spec and the place that caused it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// The value at fault.
    pub at: Pointer,
}

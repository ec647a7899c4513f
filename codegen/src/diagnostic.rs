//! What can be wrong with a spec, or with a file beside it, and why.
//!
//! Every stage reports a [`Diagnostic`]: a [`Problem`] and the [`Pointer`] of the value at fault. No stage prints, and
//! none stops at its first fault.

mod explanation;
mod message;
mod overlay;
mod problem;

pub(crate) use explanation::description::UNSUPPORTED;
pub(crate) use explanation::groups;
pub use overlay::OverlayProblem;
pub use problem::Problem;

use crate::pointer::Pointer;
use crate::report::{self, Description, Fault};

/// A problem in a spec and the place that caused it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// The value at fault.
    pub at: Pointer,
}

impl Fault for Problem {
    fn describe(self) -> Description {
        Description {
            help: self.help(),
            ..self.explanation().says(self.focus(), self.to_string())
        }
    }
}

impl From<Diagnostic> for report::Diagnostic {
    fn from(Diagnostic { problem, at }: Diagnostic) -> Self {
        Self::new(problem, at)
    }
}

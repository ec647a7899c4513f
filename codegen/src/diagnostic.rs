//! What can be wrong with a spec, or with a file beside it, and why.
//!
//! What reading, checks and overlays have not taken into their own hands.

mod explanation;
mod message;
mod overlay;
mod problem;

pub(crate) use explanation::groups;
pub use overlay::OverlayProblem;
pub use problem::Problem;

use crate::report::{Description, Fault};

impl Fault for Problem {
    fn describe(self) -> Description {
        Description {
            help: self.help(),
            ..self.explanation().says(self.focus(), self.to_string())
        }
    }
}

//! Defines the faults of a document as a whole.

use crate::report::{Description, Fault, error, explanations};
use crate::source::{TOO_DEEP, TOO_LARGE};

/// A fault that prevents building the model although no check reports a value.
pub(super) enum LoadFault {
    /// It would generate more code than a crate may have.
    TooMuchCode,
    /// After references are resolved, it is deeper than the next steps can read.
    TooDeep,
    /// The OpenAPI parser refused a document that passed the checks: a gap in the checks.
    Refused {
        /// The parser's message.
        message: String,
    },
}

impl Fault for LoadFault {
    fn describe(self) -> Description {
        match self {
            Self::TooMuchCode => TOO_LARGE.of_file(
                "the document has types and operations for more than 8,000,000 lines of code, which is the limit",
            ),
            Self::TooDeep => TOO_DEEP.of_file(
                "values are nested more than 68 levels deep, counting those behind references",
            ),
            Self::Refused { message } => REFUSED
                .of_file(format!("the OpenAPI parser refuses this: {message}"))
                .help("this is a gap in the checks of the generator: please report it"),
        }
    }
}

explanations! {
    REFUSED = error("refused", "this generator",
        "The document passed every check, but the OpenAPI parser did not accept it. This is a gap in the checks: \
        please report it, with the document.");
}

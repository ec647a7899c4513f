//! What can be wrong with a document as a whole.

use crate::report::{Description, Explanation, Fault, error, explanations};
use crate::source::{TOO_DEEP, TOO_LARGE};

/// What keeps a document from becoming a model though no check finds fault with a value of it.
pub(super) enum LoadFault {
    /// It makes more code than a crate is generated from.
    TooMuchCode,
    /// With what references lead to in their place, it is deeper than the OpenAPI parser reads.
    TooDeep,
    /// The OpenAPI parser refused what the checks let pass: a gap in the checks.
    Refused {
        /// What the parser says.
        message: String,
    },
}

impl Fault for LoadFault {
    fn describe(self) -> Description {
        match self {
            Self::TooMuchCode => TOO_LARGE.of_file(
                "the document has types and operations for more than 3,000,000 lines of code, which is the limit",
            ),
            Self::TooDeep => TOO_DEEP.of_file(
                "values are nested more than 36 levels deep, what references lead to among them",
            ),
            Self::Refused { message } => REFUSED
                .of_file(format!("the OpenAPI parser refuses this: {message}"))
                .help("this is a gap in the checks of the generator: please report it"),
        }
    }
}

explanations! {
    REFUSED = error("refused", "this generator",
        "The document passed every check, but the parser behind them did not take it. This is a gap in the \
        checks: please report it, with the document.");
}

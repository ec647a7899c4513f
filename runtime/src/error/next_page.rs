//! Links to a next page that must not be followed, since the credentials would go with the request.

use std::fmt;

/// A link to a next page that was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextPageError {
    /// The id of the operation.
    pub operation: &'static str,
    /// What is wrong with the link.
    pub problem: NextPageProblem,
}

/// What is wrong with a link to a next page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextPageProblem {
    /// The link is not a URL.
    NotAUrl,
    /// The link has another scheme, host or port than the page that it stands on.
    OtherOrigin {
        /// The origin of the link, such as `https://evil.example`.
        origin: String,
        /// The origin of the page.
        expected: String,
    },
    /// The link holds a user name or a password.
    Userinfo {
        /// The origin of the link.
        origin: String,
    },
}

impl fmt::Display for NextPageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the next page was not asked for: ", self.operation)?;
        match &self.problem {
            NextPageProblem::NotAUrl => f.write_str("its link is not a URL"),
            NextPageProblem::OtherOrigin { origin, expected } => {
                write!(
                    f,
                    "its link leads to `{origin}`, and the credentials are for `{expected}` only"
                )
            }
            NextPageProblem::Userinfo { origin } => {
                write!(f, "its link to `{origin}` holds a user name or password")
            }
        }
    }
}

impl std::error::Error for NextPageError {}

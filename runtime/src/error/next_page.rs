//! Links to a page of a list that must not be followed: the credentials would go with the request, or the list
//! would have no end.

use std::fmt;

/// A link to another page of a list, mostly the next, that was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextPageError {
    /// The id of the operation.
    pub operation: &'static str,
    /// What is wrong with the link.
    pub problem: NextPageProblem,
}

/// What is wrong with a link to another page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextPageProblem {
    /// The link is not a URL.
    NotAUrl,
    /// The link has another scheme, host or port than the page that it stands on, or, if a list is resumed at it,
    /// than the server of the operation.
    OtherOrigin {
        /// The origin of the link, such as `https://evil.example`.
        origin: String,
        /// The origin that the link should have.
        expected: String,
    },
    /// The link holds a user name or a password.
    Userinfo {
        /// The origin of the link.
        origin: String,
    },
    /// The link leads back to a page that was there before, so that the list would never end.
    Loop,
    /// The last pages were all empty, and the link leads to yet another.
    Empty {
        /// How many there were: 100.
        pages: u32,
    },
}

impl fmt::Display for NextPageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: a page was not asked for: ", self.operation)?;
        match &self.problem {
            NextPageProblem::NotAUrl => f.write_str("its link is not a URL"),
            NextPageProblem::OtherOrigin { origin, expected } => {
                write!(
                    f,
                    "its link leads to `{origin}`, and the credentials are for `{expected}` only: a gateway must rewrite \
                     such links to lead to itself"
                )
            }
            NextPageProblem::Userinfo { origin } => {
                write!(f, "its link to `{origin}` holds a user name or password")
            }
            NextPageProblem::Loop => {
                f.write_str("its link leads back to a page that was there before")
            }
            NextPageProblem::Empty { pages } => {
                write!(f, "the {pages} pages before it were empty")
            }
        }
    }
}

impl std::error::Error for NextPageError {}

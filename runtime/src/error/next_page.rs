//! Links to a page of a list that the client must not follow: they would send the credentials elsewhere, or the list
//! would never end.

use std::fmt;

/// A link to another page of a list, usually the next, that the client did not follow.
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
    /// The link has another scheme, host or port than the page that contains it or, for a resumed list, than the
    /// operation's server.
    OtherOrigin {
        /// The origin of the link, such as `https://evil.example`.
        origin: String,
        /// The expected origin.
        expected: String,
    },
    /// The link contains a user name or a password.
    Userinfo {
        /// The origin of the link.
        origin: String,
    },
    /// The link leads back to an earlier page, so the list would never end; or the client counts the pages, and more
    /// than 100 were the same.
    Loop,
    /// The last pages were all empty, and the link leads to another.
    Empty {
        /// The number of empty pages: 100.
        pages: u32,
    },
}

impl fmt::Display for NextPageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: cannot follow the link to a page: ", self.operation)?;
        match &self.problem {
            NextPageProblem::NotAUrl => f.write_str("it is not a URL"),
            NextPageProblem::OtherOrigin { origin, expected } => {
                write!(
                    f,
                    "it leads to `{origin}`, and the credentials are only for `{expected}`: a gateway must rewrite \
                     such links to lead to itself"
                )
            }
            NextPageProblem::Userinfo { origin } => {
                write!(f, "it leads to `{origin}` with a user name or password")
            }
            NextPageProblem::Loop => f.write_str("it leads back to an earlier page"),
            NextPageProblem::Empty { pages } => {
                write!(f, "the {pages} pages before it were empty")
            }
        }
    }
}

impl std::error::Error for NextPageError {}

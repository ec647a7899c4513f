//! The closed list of what can be wrong with a spec or a file beside it.

use super::OverlayProblem;
use super::explanation::file;
use crate::report::{Explanation, Focus, Position};

/// What can be wrong with a spec, or with a file beside it.
///
/// `Display` writes one sentence: what is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file holds nothing.
    EmptyFile,
    /// The file is not text in UTF-8.
    NotUtf8 {
        /// What was found instead.
        detail: String,
    },
    /// The file begins with U+FEFF.
    ByteOrderMark,
    /// The text holds a NUL character.
    Nul,
    /// The text is not YAML or JSON.
    Syntax {
        /// What the parser says.
        message: String,
        /// Where it stopped.
        position: Position,
        /// Whether it stopped at a tab.
        is_tab: bool,
    },
    /// Values are nested deeper than the generator reads.
    TooDeep {
        /// How many levels are read.
        limit: usize,
        /// Where the limit was passed.
        position: Position,
    },
    /// Aliases (`*name`) repeat so much that the document is out of proportion to its text.
    TooManyAliases,
    /// The document is larger than what a crate is generated from.
    TooLarge {
        /// What it has too much of, with the limit: `more than 1,000,000 values`.
        what: String,
    },
    /// A number that is infinite, not a number, or larger than any that is read.
    NotFinite {
        /// Where it is, if the parser stopped at it.
        position: Option<Position>,
    },
    /// An object has the same key twice.
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// The OpenAPI parser refused what the checks let pass: a gap in the checks.
    Refused {
        /// What the parser says.
        message: String,
    },
    /// Something is wrong with an overlay, or with what it does to its spec.
    Overlay(OverlayProblem),
}

impl Problem {
    /// Says why it is a problem.
    pub fn explanation(&self) -> &'static Explanation {
        match self {
            Self::EmptyFile => &file::EMPTY_FILE,
            Self::NotUtf8 { .. } => &file::NOT_UTF8,
            Self::ByteOrderMark => &file::BYTE_ORDER_MARK,
            Self::Nul => &file::NUL,
            Self::Syntax { .. } => &file::SYNTAX,
            Self::TooDeep { .. } => &file::TOO_DEEP,
            Self::TooManyAliases => &file::TOO_MANY_ALIASES,
            Self::TooLarge { .. } => &file::TOO_LARGE,
            Self::NotFinite { .. } => &file::NOT_FINITE,
            Self::DuplicateKey { .. } => &file::DUPLICATE_KEY,
            Self::Refused { .. } => &file::REFUSED,
            Self::Overlay(problem) => problem.explanation(),
        }
    }

    /// Says what is at fault.
    pub(crate) fn focus(&self) -> Focus {
        if self.is_about_file() {
            Focus::File
        } else if let Some(position) = self.position() {
            Focus::At(position)
        } else if let Self::DuplicateKey { .. } = self {
            Focus::SecondKey
        } else {
            Focus::Value
        }
    }

    /// Returns the place of a problem that a parser found inside a text: there is no value to point at.
    pub(crate) fn position(&self) -> Option<Position> {
        if let Self::Syntax { position, .. } | Self::TooDeep { position, .. } = self {
            Some(*position)
        } else if let Self::Overlay(OverlayProblem::InvalidTarget { position, .. })
        | Self::NotFinite { position } = self
        {
            *position
        } else {
            None
        }
    }

    /// Says whether the file as a whole is at fault: then no line of it is worth a look.
    fn is_about_file(&self) -> bool {
        matches!(
            self,
            Self::EmptyFile
                | Self::ByteOrderMark
                | Self::TooManyAliases
                | Self::TooLarge { .. }
                | Self::Refused { .. }
                | Self::Overlay(
                    OverlayProblem::WithoutSpec { .. } | OverlayProblem::Duplicate { .. }
                )
        )
    }
}

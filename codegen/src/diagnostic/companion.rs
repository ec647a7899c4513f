//! What can be wrong with the files beside the specs: the guide and the record of releases.

use std::fmt;

use super::explanation::companion;
use crate::report::Explanation;

/// What can be wrong with a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuideProblem {
    /// It has no heading of the first level.
    WithoutChapter,
    /// A heading has no text.
    EmptyHeading,
    /// Two headings have the same text.
    DuplicateHeading {
        /// The line of the first.
        first: usize,
    },
    /// Nothing stands below a heading.
    EmptyChapter,
    /// A code block goes on to the end.
    UnclosedCodeBlock,
    /// A control character other than a tab.
    ControlCharacter,
}

impl GuideProblem {
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::WithoutChapter => "begin each chapter with a heading such as `# Paging`",
            Self::DuplicateHeading { .. } => "rename one of them, or make one chapter of both",
            Self::EmptyChapter => "write it, or make its heading one of the second level: `## `",
            Self::UnclosedCodeBlock => "close it with the same mark on a line of its own",
            Self::EmptyHeading | Self::ControlCharacter => return None,
        };
        Some(help.to_owned())
    }

    /// Says why it is a problem.
    pub(super) fn explanation(&self) -> &'static Explanation {
        match self {
            Self::WithoutChapter => &companion::WITHOUT_CHAPTER,
            Self::EmptyHeading => &companion::EMPTY_HEADING,
            Self::DuplicateHeading { .. } => &companion::DUPLICATE_HEADING,
            Self::EmptyChapter => &companion::EMPTY_CHAPTER,
            Self::UnclosedCodeBlock => &companion::UNCLOSED_CODE_BLOCK,
            Self::ControlCharacter => &companion::CONTROL_CHARACTER,
        }
    }
}

impl fmt::Display for GuideProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithoutChapter => f.write_str("the guide has no chapter"),
            Self::EmptyHeading => f.write_str("a heading must have text"),
            Self::DuplicateHeading { first } => {
                write!(f, "the chapter at line {first} has the same heading")
            }
            Self::EmptyChapter => f.write_str("a chapter must not be empty"),
            Self::UnclosedCodeBlock => f.write_str("the code block that opens here is not closed"),
            Self::ControlCharacter => {
                f.write_str("this is a control character, which no doc comment can hold")
            }
        }
    }
}

/// What can be wrong with the record of releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordProblem {
    /// It is no JSON, or has another shape.
    Invalid {
        /// What the parser says.
        message: String,
    },
    /// It has a format that is not known.
    UnsupportedFormat {
        /// The format, as it is written.
        found: u32,
    },
    /// It lists no release.
    WithoutRelease,
    /// The version of a release is not lower than that of the release above it.
    Unordered {
        /// The version.
        version: String,
        /// The version above it.
        above: String,
    },
}

impl RecordProblem {
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::Invalid { .. } | Self::UnsupportedFormat { .. } => return None,
            Self::WithoutRelease => {
                "add one, or remove the file: the version is then the workspace's"
            }
            Self::Unordered { .. } => "put the newest release first",
        };
        Some(help.to_owned())
    }

    /// Says why it is a problem.
    pub(super) fn explanation(&self) -> &'static Explanation {
        match self {
            Self::Invalid { .. } => &companion::INVALID_RECORD,
            Self::UnsupportedFormat { .. } => &companion::UNSUPPORTED_RECORD,
            Self::WithoutRelease => &companion::WITHOUT_RELEASE,
            Self::Unordered { .. } => &companion::UNORDERED_RELEASES,
        }
    }
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { message } => write!(f, "not a record of releases: {message}"),
            Self::UnsupportedFormat { found } => {
                write!(f, "the format is {found}, and only 1 is known")
            }
            Self::WithoutRelease => f.write_str("the record lists no release"),
            Self::Unordered { version, above } => {
                write!(f, "{version} stands below {above}, which is not newer")
            }
        }
    }
}

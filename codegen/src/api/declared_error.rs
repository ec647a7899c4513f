//! Errors that the spec declares with a body.

use super::Use;

/// Errors of an operation whose body is JSON of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredError {
    /// The statuses that they come with.
    pub statuses: ErrorStatuses,
    /// What the body holds.
    pub value: Use,
}

/// The statuses of errors that a response is declared for (OpenAPI 3.0.3, Responses Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStatuses {
    /// This one.
    Code(u16),
    /// Those that begin with this digit, as far as they are not declared on their own.
    Range(u16),
    /// All others: `default`.
    Others,
}

impl ErrorStatuses {
    /// Whether it has all statuses of `other`, and maybe more.
    pub(crate) fn include(self, other: Self) -> bool {
        match (self, other) {
            (Self::Range(digit), Self::Code(code)) => code / 100 == digit,
            (Self::Others, _) => true,
            (Self::Code(_) | Self::Range(_), _) => self == other,
        }
    }
}

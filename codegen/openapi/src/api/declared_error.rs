//! Models error responses with a declared body.

use super::{ResponseHeader, Use};

/// Errors of an operation with a typed JSON body.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredError {
    /// The statuses of the errors.
    pub statuses: ErrorStatuses,
    /// The body.
    pub value: Use,
}

/// The headers of errors, whatever their body. Callers read them from the error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorHeaders {
    /// The statuses of the errors.
    pub statuses: ErrorStatuses,
    /// Their headers, sorted by name.
    pub headers: Vec<ResponseHeader>,
}

/// The statuses that an error response is declared for (OpenAPI 3.0.3, Responses Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStatuses {
    /// A single status.
    Code(u16),
    /// All statuses that start with this digit, except those declared individually.
    Range(u16),
    /// All other statuses: `default`.
    Others,
}

impl ErrorStatuses {
    /// Whether it covers all statuses of `other`.
    pub fn include(self, other: Self) -> bool {
        match (self, other) {
            (Self::Range(digit), Self::Code(code)) => code / 100 == digit,
            (Self::Others, _) => true,
            (Self::Code(_) | Self::Range(_), _) => self == other,
        }
    }
}

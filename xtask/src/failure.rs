//! How commands fail.

/// Why a command does not end well.
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    /// What was asked for has been found out, and it is bad news.
    pub(crate) fn found(message: String) -> Self {
        Self { code: 1, message }
    }

    /// What was asked for cannot be done.
    pub(crate) fn usage(message: String) -> Self {
        Self { code: 2, message }
    }
}

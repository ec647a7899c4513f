//! Defines how commands fail.

/// Why a command failed.
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    /// The command ran and its answer is bad news: exit code 1.
    pub(crate) fn found(message: String) -> Self {
        Self { code: 1, message }
    }

    /// The command could not be carried out: exit code 2.
    pub(crate) fn usage(message: String) -> Self {
        Self { code: 2, message }
    }
}

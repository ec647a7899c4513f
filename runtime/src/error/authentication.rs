//! Credentials that could not be got.

use std::fmt;
use std::sync::Arc;

/// Why there are no credentials for a request, so that it was not sent.
///
/// Made by the client's own token requests, and by a [`CredentialSource`](crate::CredentialSource) of one's own.
#[derive(Clone, Debug)]
pub struct AuthenticationError {
    problem: String,
    /// Shared with whoever waited for the same credentials.
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl AuthenticationError {
    /// Says what is wrong, without any credentials.
    pub fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            source: None,
        }
    }

    /// Says what is wrong, and which error caused it. Neither may hold credentials.
    pub fn caused_by(
        problem: impl Into<String>,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self {
            problem: problem.into(),
            source: Some(Arc::new(source)),
        }
    }
}

impl fmt::Display for AuthenticationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for AuthenticationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&**self.source.as_ref()?)
    }
}

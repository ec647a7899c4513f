//! Credentials that could not be obtained.

use std::fmt;
use std::sync::Arc;

/// Why there are no credentials for a request, which was therefore not sent.
///
/// Created by the client's own token requests, and by custom [`CredentialSource`](crate::CredentialSource)s.
#[derive(Clone, Debug)]
pub struct AuthenticationError {
    problem: String,
    /// Shared by all requests that waited for the same credentials.
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl AuthenticationError {
    /// Creates an error from a description that contains no credentials.
    pub fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            source: None,
        }
    }

    /// Creates an error from a description and its cause. Neither may contain credentials.
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

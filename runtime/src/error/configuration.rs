//! Invalid client configuration.

use std::fmt;

/// What is wrong with the configuration of a client, and how to fix it.
#[derive(Debug)]
pub struct ConfigurationError {
    problem: String,
    remedy: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ConfigurationError {
    pub(crate) fn new(problem: String, remedy: impl Into<String>) -> Self {
        Self {
            problem,
            remedy: Some(remedy.into()),
            source: None,
        }
    }

    pub(crate) fn caused_by(
        problem: &str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self {
            problem: problem.to_owned(),
            remedy: None,
            source: Some(Box::new(source)),
        }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)?;
        match &self.remedy {
            Some(remedy) => write!(f, ": {remedy}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigurationError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&**self.source.as_ref()?)
    }
}

//! Files that cannot be sent.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file cannot be a request body, or part of one. Nothing was sent.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    source: io::Error,
}

impl FileError {
    pub(crate) fn new(path: PathBuf, source: io::Error) -> Self {
        Self { path, source }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file `{}` cannot be sent", self.path.display())
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    #[test]
    fn reason_is_the_source() {
        // Programs that print errors print the source after the error.
        let error = FileError::new("logo.svg".into(), io::ErrorKind::NotFound.into());
        assert_eq!(error.to_string(), "the file `logo.svg` cannot be sent");
        assert!(error.source().is_some());
    }
}

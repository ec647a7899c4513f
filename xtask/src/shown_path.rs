//! Names paths in messages as the user gave them.
//!
//! Folders are resolved before use, so that files beside them are found again. This module maps the resulting absolute
//! paths back to the given ones.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Resolved folders, each with the path that the user gave.
static GIVEN: Mutex<Vec<(PathBuf, PathBuf)>> = Mutex::new(Vec::new());

/// Records the path that a folder was given as.
pub(crate) fn remember(folder: &Path, given: &Path) {
    if !folder.is_absolute() {
        return; // It is shown as it is.
    }
    let mut known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|(known, _)| known != folder);
    known.push((folder.to_owned(), given.to_owned()));
}

/// Returns how messages name a path: relative to a given folder if it is in or beside one, else as it is.
pub(crate) fn shown(path: &Path) -> String {
    let known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    as_given(path, &known).display().to_string()
}

fn as_given(path: &Path, known: &[(PathBuf, PathBuf)]) -> PathBuf {
    let below = known.iter().find_map(|(folder, given)| {
        let inner = path.strip_prefix(folder).ok()?;
        Some(match inner.as_os_str().is_empty() {
            true => given.clone(),
            false => given.join(inner),
        })
    });
    let beside = || {
        known.iter().find_map(|(folder, given)| {
            // A path given as `..` or `.` has no name to replace.
            given.file_name().filter(|it| folder.ends_with(it))?;
            let inner = path.strip_prefix(folder.parent()?).ok()?;
            Some(given.with_file_name("").join(inner))
        })
    };
    below.or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// Adds a path to an error, as messages name it.
pub(crate) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", shown(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_the_user_gave_them() {
        let known = [
            ("/a/b/specs", "specs"),
            ("/a/b/out", "../b/out"),
            ("/c/d", "."),
        ];
        let known = known.map(|(folder, given)| (PathBuf::from(folder), PathBuf::from(given)));
        for (path, expected) in [
            ("/a/b/specs", "specs"),
            ("/a/b/specs/x.yaml", "specs/x.yaml"),
            ("/a/b/out/src/lib.rs", "../b/out/src/lib.rs"),
            ("/a/b/.specs.new/x.yaml", ".specs.new/x.yaml"),
            ("/a/b/Cargo.lock", "Cargo.lock"),
            ("/c/d/x", "./x"),
            ("/c/e", "/c/e"),
            ("/a/other", "/a/other"),
            ("given/x", "given/x"),
        ] {
            assert_eq!(
                as_given(Path::new(path), &known),
                Path::new(expected),
                "{path}"
            );
        }
    }
}

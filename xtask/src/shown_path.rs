//! Paths as messages name them: as the user gave them.
//!
//! Folders are resolved before they are worked in, so that what stands beside them is found again. What comes of that is
//! an absolute path, which is named here by the path that was given.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Folders without links on the way to them, each with the path that was given.
static GIVEN: Mutex<Vec<(PathBuf, PathBuf)>> = Mutex::new(Vec::new());

/// Remembers what a folder was given as.
pub(crate) fn remember(folder: &Path, given: &Path) {
    if !folder.is_absolute() {
        return; // Messages have it as it is.
    }
    let mut known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|(known, _)| known != folder);
    known.push((folder.to_owned(), given.to_owned()));
}

/// Returns how messages name a path: below, or beside, a folder as it was given, else as it is.
pub(crate) fn shown(path: &Path) -> String {
    let known = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    named(path, &known).display().to_string()
}

fn named(path: &Path, known: &[(PathBuf, PathBuf)]) -> PathBuf {
    let below = known.iter().find_map(|(folder, given)| {
        let inner = path.strip_prefix(folder).ok()?;
        Some(match inner.as_os_str().is_empty() {
            true => given.clone(),
            false => given.join(inner),
        })
    });
    let beside = || {
        known.iter().find_map(|(folder, given)| {
            // Of what was given as `..` or `.`, nobody knows what is beside it.
            given.file_name().filter(|it| folder.ends_with(it))?;
            let inner = path.strip_prefix(folder.parent()?).ok()?;
            Some(given.with_file_name("").join(inner))
        })
    };
    below.or_else(beside).unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_by_what_was_given() {
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
                named(Path::new(path), &known),
                Path::new(expected),
                "{path}"
            );
        }
    }
}

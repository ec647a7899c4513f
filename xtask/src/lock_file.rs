//! Updates the crate's version in the lock file of the workspace around it.
//!
//! Cargo does so itself, but not with `--locked`, which CI and `cargo xtask` use.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::shown_path::named;

/// The text of the lock file around the crate in `out` with the expected version of the package `name`. `None` if there
/// is no such file, if it does not name the package, or if it is current.
///
/// # Errors
///
/// Returns an error if the file cannot be read.
pub(crate) fn current(
    out: &Path,
    name: &str,
    version: &str,
) -> io::Result<Option<(PathBuf, String)>> {
    let path = out.with_file_name("Cargo.lock");
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        outcome => outcome.map_err(|error| named(&path, &error))?,
    };
    let changed = with_version(&text, name, version);
    Ok(changed.filter(|it| *it != text).map(|it| (path, it)))
}

/// The text with another version for the workspace package `name`.
fn with_version(text: &str, name: &str, version: &str) -> Option<String> {
    let head = format!("[[package]]\nname = \"{name}\"\nversion = \"");
    // A registry package has a `source` line after its version.
    text.match_indices(&head).find_map(|(at, head)| {
        let begin = at + head.len();
        let end = begin + text[begin..].find('"')?;
        let is_foreign = text[end..].starts_with("\"\nsource = ");
        (!is_foreign).then(|| format!("{}{version}{}", &text[..begin], &text[end..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_workspace_package_gets_a_version() {
        let package =
            |version, more| format!("[[package]]\nname = \"a\"\nversion = \"{version}\"\n{more}\n");
        let foreign = package("9.0.0", "source = \"registry\"\n");
        let text = format!("version = 4\n\n{foreign}{}", package("0.1.0", ""));
        let expected = format!("version = 4\n\n{foreign}{}", package("0.2.0", ""));
        assert_eq!(with_version(&text, "a", "0.2.0"), Some(expected));
        assert_eq!(with_version(&foreign, "a", "0.2.0"), None);
        assert_eq!(with_version(&text, "b", "0.2.0"), None);
        assert_eq!(with_version("", "a", "0.2.0"), None);
    }
}

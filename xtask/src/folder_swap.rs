//! Swaps a folder with its replacement beside it, in one step where the system can.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::shown_path::{named, shown};

/// Swaps `staging` and `out`, or moves `staging` to `out` if there is no `out` yet.
pub(crate) fn place(staging: &Path, out: &Path) -> io::Result<()> {
    if !out.exists() {
        return fs::rename(staging, out).map_err(|error| named(out, &error));
    }
    swap(staging, out).map_err(|error| named(out, &error))
}

/// Swaps two folders in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Not every file system supports it.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            swap_in_steps(new, old)
        }
        outcome => outcome.map_err(io::Error::from),
    }
}

/// Swaps two folders.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    swap_in_steps(new, old)
}

/// Swaps two folders on systems without a single step for it; undoes the first step if the second fails.
fn swap_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = beside(new)?;
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Repairs two folders if a run was killed while it swapped them in steps: both end as they were before the first step
/// or after the last.
///
/// # Errors
///
/// Returns an error if something cannot be moved.
pub(crate) fn settle(folder: &Path) -> io::Result<()> {
    let staging = beside(folder)?;
    let aside = beside(&staging)?;
    let place = if !folder.exists() {
        folder
    } else if !staging.exists() {
        &staging
    } else {
        return Ok(());
    };
    match fs::rename(&aside, place) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(named(&aside, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Creates the working folder beside `folder`, where its new version is built.
///
/// # Errors
///
/// Returns an error that names both folders if it cannot be created.
pub(crate) fn create_beside(folder: &Path) -> io::Result<PathBuf> {
    let staging = beside(folder)?;
    fs::create_dir_all(&staging).map_err(|error| {
        let text = format!(
            "{}: its new version is built in `{}`, which cannot be created: {error}",
            shown(folder),
            shown(&staging)
        );
        io::Error::new(error.kind(), text)
    })?;
    Ok(staging)
}

/// The path of the working folder beside `folder`, which only the generator uses.
pub(crate) fn beside(folder: &Path) -> io::Result<PathBuf> {
    let name = folder
        .file_name()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "is not the name of a folder"))?;
    Ok(folder.with_file_name(format!(".{}.new", name.display())))
}

#[cfg(test)]
mod tests {
    use twilio_test_support::ScratchFolder;

    use super::*;

    #[test]
    fn folder_that_cannot_be_replaced_is_named() {
        let root = ScratchFolder::new("folder_that_cannot_be_replaced_is_named");
        let file = root.path().join("file");
        fs::write(&file, "").unwrap();
        let error = create_beside(&file.join("out")).unwrap_err().to_string();
        let out = file.join("out").display().to_string();
        assert!(error.starts_with(&format!("{out}: its new version is built in `")));
        assert!(
            error.contains(".out.new`, which cannot be created: "),
            "{error}"
        );
    }
}

//! The folder of the emitted crate: what differs from the files that should be there, and how it is replaced.
//!
//! The folder belongs to the generator: `Cargo.toml`, `CHANGELOG.md` if it wrote that, and everything in `src`. What
//! else stands beside them (a lock file, `target`) is left alone. A replacement is built completely in a folder beside the
//! old one, unchanged files being links to the old ones, and then takes its place in one step, where the system and the
//! file system have such a step: whoever looks, and whenever a run is killed, there is one whole crate. Elsewhere
//! there is none for a moment; if a run is killed in it, the next one brings the crate back ([`settle`]).
//!
//! Nothing is written outside of the folder and the one beside it: a symbolic link in the place of
//! what the generator owns is an error.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use twilio_codegen::release::CHANGELOG;
use twilio_codegen::{GENERATED, GeneratedFile};

use crate::shown_path::shown;

/// A file in a folder that was staged to take part in a change of several; see `transaction`.
pub(crate) const MARKER: &str = ".staged";

/// How a folder differs from the files that should be in it. Paths use `/`, relative to the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Files whose text is another.
    pub(crate) stale: Vec<String>,
    /// Files that are not there.
    pub(crate) missing: Vec<String>,
    /// Files of the generator that no spec calls for any more.
    pub(crate) extra: Vec<String>,
    /// Files in `src` that the generator did not write.
    pub(crate) foreign: Vec<String>,
}

impl Difference {
    /// Whether the folder is as it should be.
    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty()
            && self.missing.is_empty()
            && self.extra.is_empty()
            && self.foreign.is_empty()
    }

    /// Whether the generator has something to write or delete.
    pub(crate) fn calls_for_writing(&self) -> bool {
        !(self.stale.is_empty() && self.missing.is_empty() && self.extra.is_empty())
    }
}

/// Compares the folder `out` with `files`.
///
/// # Errors
///
/// Returns what kept a file from being read, or which one is a symbolic link. A folder that is missing is no error.
pub(crate) fn compare(out: &Path, files: &[GeneratedFile]) -> io::Result<Difference> {
    refuse_links(out, files)?;
    let mut difference = Difference::default();
    for file in files {
        match fs::read(out.join(&file.path)) {
            Ok(bytes) if bytes == file.text.as_bytes() => {}
            Ok(_) => difference.stale.push(file.path.clone()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                difference.missing.push(file.path.clone());
            }
            Err(error) => return Err(named(&out.join(&file.path), &error)),
        }
    }
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut present = Vec::new();
    if out.join(CHANGELOG).is_file() && is_generated(&out.join(CHANGELOG))? {
        present.push(CHANGELOG.to_owned());
    }
    list(out, "src", &mut present)?;
    for path in present
        .into_iter()
        .filter(|path| !wanted.contains(path.as_str()))
    {
        // What is read may be outside if it is a link, and may never end if it is a pipe.
        let kind = fs::symlink_metadata(out.join(&path));
        let is_file = kind
            .map_err(|error| named(&out.join(&path), &error))?
            .is_file();
        if is_file && is_generated(&out.join(&path))? {
            difference.extra.push(path);
        } else {
            difference.foreign.push(path);
        }
    }
    Ok(difference)
}

/// Refuses a symbolic link in the place of `out`, of one of `files`, or of a folder on the way to one.
fn refuse_links(out: &Path, files: &[GeneratedFile]) -> io::Result<()> {
    let mut owned = BTreeSet::from([Path::new("")]);
    for file in files {
        owned.extend(Path::new(&file.path).ancestors());
    }
    owned.into_iter().try_for_each(|it| {
        let is_whole = it == Path::new("");
        refuse_link(&if is_whole {
            out.to_owned()
        } else {
            out.join(it)
        })
    })
}

fn refuse_link(path: &Path) -> io::Result<()> {
    if path.is_symlink() {
        let reason = format!(
            "{}: is a symbolic link, and what it leads to is not the generator's: put a folder or file there, or nothing",
            shown(path)
        );
        return Err(io::Error::new(ErrorKind::InvalidInput, reason));
    }
    Ok(())
}

/// Refuses to replace the crate in `out` if nobody may write one of its folders, although the folder above would let us.
fn refuse_read_only_crate(out: &Path) -> io::Result<()> {
    if fs::metadata(out).is_ok_and(|it| it.permissions().readonly()) {
        return Err(read_only(out));
    }
    refuse_read_only(&out.join("src"))
}

/// Refuses to replace a folder that is read-only or holds one that is; what is not there is not.
///
/// # Errors
///
/// Says which folder is, or cannot be looked at.
pub(crate) fn refuse_read_only(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(it) if !it.is_dir() => return Ok(()),
        Ok(it) if it.permissions().readonly() => return Err(read_only(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        outcome => outcome.map_err(|error| named(folder, &error))?,
    };
    for entry in fs::read_dir(folder).map_err(|error| named(folder, &error))? {
        refuse_read_only(&entry.map_err(|error| named(folder, &error))?.path())?;
    }
    Ok(())
}

fn read_only(folder: &Path) -> io::Error {
    let reason = format!("{}: is read-only", shown(folder));
    io::Error::new(ErrorKind::PermissionDenied, reason)
}

/// Makes the folder `out` hold `files`, of which `difference` tells what is not so yet.
///
/// # Errors
///
/// Returns what could not be read or written, or which file would be lost because the generator did not
/// write it. The folder holds the old crate then.
pub(crate) fn write(
    out: &Path,
    files: &[GeneratedFile],
    difference: &Difference,
) -> io::Result<Written> {
    if !difference.calls_for_writing() {
        return Ok(Written { left_over: None });
    }
    stage(out, files, difference)?;
    let staging = beside(out)?;
    if let Err(error) = place(&staging, out) {
        remove_folder(&staging)?;
        return Err(error);
    }
    // The old crate is in `staging` now.
    let left_over = clear(out).err().map(|error| error.to_string());
    Ok(Written { left_over })
}

/// A folder that has been written.
#[must_use]
pub(crate) struct Written {
    /// Why something of the old folder is still beside the new one, for the next run to bring back or remove.
    pub(crate) left_over: Option<String>,
}

/// Brings back what stood beside the generator's files and is now in the folder [`beside`] `out`, which was replaced or
/// never put in its place, and removes that.
///
/// # Errors
///
/// Returns what could not be moved or removed.
pub(crate) fn clear(out: &Path) -> io::Result<()> {
    let staging = beside(out)?;
    refuse_link(&staging)?;
    // Folders cannot be linked, so they move; that a lock file is missing for a moment harms nobody.
    move_kept_entries(&staging, out)?;
    remove_folder(&staging)
}

/// Refuses to lose what the generator did not write.
fn check_ownership(out: &Path, difference: &Difference) -> io::Result<()> {
    for path in difference.stale.iter().map(|path| out.join(path)) {
        if !is_generated(&path)? {
            let reason = format!(
                "{}: was not written by the generator: move it away first",
                shown(&path)
            );
            return Err(io::Error::new(ErrorKind::AlreadyExists, reason));
        }
    }
    Ok(())
}

/// Builds what [`write()`] would put in the place of `out`, in the folder [`beside`] it, and leaves it there.
///
/// # Errors
///
/// Returns what could not be read or written, or which file would be lost because the generator did not write it.
pub(crate) fn stage(
    out: &Path,
    files: &[GeneratedFile],
    difference: &Difference,
) -> io::Result<()> {
    check_ownership(out, difference)?;
    refuse_read_only_crate(out)?;
    let staging = beside(out)?;
    build(out, &staging, files, difference).inspect_err(|_| {
        let _ = remove_folder(&staging); // The next run does, if this cannot.
    })
}

/// Builds the whole new folder in `staging`.
fn build(
    out: &Path,
    staging: &Path,
    files: &[GeneratedFile],
    difference: &Difference,
) -> io::Result<()> {
    remove_folder(staging)?;
    fs::create_dir_all(staging).map_err(|error| named(staging, &error))?;
    for file in files {
        let target = staging.join(&file.path);
        make_parent(&target)?;
        let changed =
            difference.stale.contains(&file.path) || difference.missing.contains(&file.path);
        if changed {
            fs::write(&target, &file.text).map_err(|error| named(&target, &error))?;
        } else {
            link(&out.join(&file.path), &target)?;
        }
    }
    for path in &difference.foreign {
        let target = staging.join(path);
        make_parent(&target)?;
        link(&out.join(path), &target)?;
    }
    Ok(())
}

/// Puts `staging` in the place of `out`, and `out`, if there is one, in its place.
pub(crate) fn place(staging: &Path, out: &Path) -> io::Result<()> {
    if !out.exists() {
        return fs::rename(staging, out).map_err(|error| named(out, &error));
    }
    swap(staging, out).map_err(|error| named(out, &error))
}

/// Moves what stands beside the generator's files from one folder to the other, if it is there.
///
/// # Errors
///
/// Returns what could not be moved; it stays where it is.
pub(crate) fn move_kept_entries(from: &Path, to: &Path) -> io::Result<()> {
    if !(from.exists() && to.exists()) {
        return Ok(());
    }
    for name in kept_entries(from)? {
        let target = to.join(&name);
        if !target.exists() {
            fs::rename(from.join(&name), &target).map_err(|error| named(&target, &error))?;
        }
    }
    Ok(())
}

/// The names of what stands beside the generator's files at the top of the folder.
fn kept_entries(out: &Path) -> io::Result<Vec<PathBuf>> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(out).map_err(|error| named(out, &error))? {
        let name = PathBuf::from(entry.map_err(|error| named(out, &error))?.file_name());
        let is_ours = ["src", "Cargo.toml", "rustfmt.toml", MARKER]
            .iter()
            .any(|own| name == Path::new(own))
            || (name == Path::new(CHANGELOG)
                && out.join(&name).is_file()
                && is_generated(&out.join(&name))?);
        if !is_ours {
            kept.push(name);
        }
    }
    Ok(kept)
}

/// Swaps two folders in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        // Not every file system can.
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

/// Swaps two folders where the system has no single step for it, undoing the first if the second fails.
fn swap_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = beside(new)?;
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// Brings two folders that were being swapped in steps when a run was killed to where they were before the first step
/// or after the last.
///
/// # Errors
///
/// Returns what could not be moved.
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

/// The name of a folder beside `folder` that only the generator uses.
pub(crate) fn beside(folder: &Path) -> io::Result<PathBuf> {
    let name = folder
        .file_name()
        .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "is not the name of a folder"))?;
    Ok(folder.with_file_name(format!(".{}.new", name.display())))
}

/// Makes `target` the same file as `source`, times included; a copy where links are not possible.
pub(crate) fn link(source: &Path, target: &Path) -> io::Result<()> {
    if fs::hard_link(source, target).is_ok() {
        return Ok(());
    }
    let times = fs::metadata(source).and_then(|metadata| {
        Ok(fs::FileTimes::new()
            .set_accessed(metadata.accessed()?)
            .set_modified(metadata.modified()?))
    });
    fs::copy(source, target)
        .and_then(|_| {
            fs::File::options()
                .write(true)
                .open(target)?
                .set_times(times?)
        })
        .map_err(|error| named(target, &error))
}

fn make_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(|error| named(parent, &error)),
        None => Ok(()),
    }
}

pub(crate) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(named(folder, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Lists the files below `folder` of `out`, sorted, as paths relative to `out`.
fn list(out: &Path, folder: &str, paths: &mut Vec<String>) -> io::Result<()> {
    let path = out.join(folder);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(named(&path, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| named(&path, &error))?;
        let is_folder = entry
            .file_type()
            .map_err(|error| named(&entry.path(), &error))?
            .is_dir();
        names.push((
            format!("{folder}/{}", entry.file_name().display()),
            is_folder,
        ));
    }
    names.sort();
    for (name, is_folder) in names {
        if is_folder {
            list(out, &name, paths)?;
        } else {
            paths.push(name);
        }
    }
    Ok(())
}

/// Whether a file opens with the generator's header. What a merge leaves above it does not matter.
fn is_generated(path: &Path) -> io::Result<bool> {
    let bytes = fs::read(path).map_err(|error| named(path, &error))?;
    let start = &bytes[..bytes.len().min(1024)];
    Ok(String::from_utf8_lossy(start).contains(GENERATED))
}

pub(crate) fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", shown(path)))
}

//! Compares the folder of the generated crate with its expected files and replaces it.
//!
//! The generator owns `Cargo.toml`, the `CHANGELOG.md` it wrote, and everything in `src`. Other entries, such as a lock
//! file or `target`, are left alone. A replacement is built completely in a folder beside the old one, with hard links
//! for unchanged files, and then swapped in with one system call where the system and the file system have one: a
//! reader sees a whole crate at any time, even if a run is killed. On other systems the crate is missing for a moment;
//! if a run is killed then, the next one restores it ([`settle`](crate::folder_swap::settle)).
//!
//! Nothing is written outside of the folder and the one beside it: a symbolic link at a path that the generator owns is
//! an error.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use twilio_codegen::release::CHANGELOG;
use twilio_codegen::{GENERATED, GeneratedFile, Workers as _};

use crate::folder_swap::{beside, create_beside, place};
use crate::shown_path::{named, shown};
use crate::threads::Threads;

/// The marker file of a folder that is staged for a change of several folders; see `transaction`.
pub(crate) const MARKER: &str = ".staged";

/// How a folder differs from its expected files. Paths use `/`, relative to the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Files whose contents differ.
    pub(crate) stale: Vec<String>,
    /// Files that do not exist.
    pub(crate) missing: Vec<String>,
    /// Generated files that no spec needs any more.
    pub(crate) extra: Vec<String>,
    /// Files in `src` that the generator did not write.
    pub(crate) foreign: Vec<String>,
}

impl Difference {
    /// Whether the folder is current.
    pub(crate) fn is_empty(&self) -> bool {
        self.stale.is_empty()
            && self.missing.is_empty()
            && self.extra.is_empty()
            && self.foreign.is_empty()
    }

    /// Whether the generator has a file to write or delete.
    pub(crate) fn calls_for_writing(&self) -> bool {
        !(self.stale.is_empty() && self.missing.is_empty() && self.extra.is_empty())
    }
}

/// Compares the folder `out` with `files`.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is a symbolic link. A missing folder is not an error.
pub(crate) fn compare(out: &Path, files: &[GeneratedFile]) -> io::Result<Difference> {
    refuse_links(out, files)?;
    let mut difference = Difference::default();
    let compared = Threads.map(files.iter().collect(), |file: &GeneratedFile| {
        (file, holds(&out.join(&file.path), file.text.as_bytes()))
    });
    for (file, is_current) in compared {
        match is_current {
            Ok(true) => {}
            Ok(false) => difference.stale.push(file.path.clone()),
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
        // Reading a link could leave the folder, and reading a pipe might never end.
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

/// Whether a file holds exactly `text`.
///
/// A piece of the file is in memory at a time: a crate has up to a hundred megabytes, and memory that no file filled before
/// costs more than the comparison.
fn holds(path: &Path, text: &[u8]) -> io::Result<bool> {
    const PIECE: usize = 1 << 16;
    let mut file = File::open(path)?;
    let mut piece = Vec::with_capacity(PIECE);
    let mut rest = text;
    loop {
        piece.clear();
        file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        match rest.strip_prefix(piece.as_slice()) {
            Some(after) if !piece.is_empty() => rest = after,
            Some(_) => return Ok(rest.is_empty()),
            None => return Ok(false),
        }
    }
}

/// Refuses a symbolic link at `out`, at one of `files`, or at a folder on the way to one.
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
            "{}: is a symbolic link, which the generator does not follow: replace it with a regular file or folder, or remove it",
            shown(path)
        );
        return Err(io::Error::new(ErrorKind::InvalidInput, reason));
    }
    Ok(())
}

/// Refuses to replace the crate in `out` if one of its folders is read-only, even where the parent folder would allow
/// it.
fn refuse_read_only_crate(out: &Path) -> io::Result<()> {
    if fs::metadata(out).is_ok_and(|it| it.permissions().readonly()) {
        return Err(read_only(out));
    }
    refuse_read_only(&out.join("src"))
}

/// Refuses to replace a folder that is read-only or contains a read-only one. A missing folder is fine.
///
/// # Errors
///
/// Returns an error that names the read-only folder, or the one that cannot be read.
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

/// Makes the folder `out` hold `files`; `difference` says which of them change.
///
/// # Errors
///
/// Returns an error if a file cannot be read or written, or if a file that the generator did not write would be lost.
/// The folder then still holds the old crate.
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
    // The old crate is now in `staging`.
    let left_over = clear(out).err().map(|error| error.to_string());
    Ok(Written { left_over })
}

/// The result of writing a folder.
#[must_use]
pub(crate) struct Written {
    /// Why part of the old folder is still beside the new one; the next run restores or removes it.
    pub(crate) left_over: Option<String>,
}

/// Moves the entries that the generator does not own back into `out` from the folder [`beside`] it, which was swapped
/// out or never swapped in, and removes that folder.
///
/// # Errors
///
/// Returns an error if something cannot be moved or removed.
pub(crate) fn clear(out: &Path) -> io::Result<()> {
    let staging = beside(out)?;
    refuse_link(&staging)?;
    // Folders cannot be hard-linked, so they are moved; a lock file may be missing for a moment.
    move_kept_entries(&staging, out)?;
    remove_folder(&staging)
}

/// Refuses to lose a file that the generator did not write.
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

/// Builds the replacement for `out` in the folder [`beside`] it, as [`write()`] does, but does not swap it in.
///
/// # Errors
///
/// Returns an error if a file cannot be read or written, or if a file that the generator did not write would be lost.
pub(crate) fn stage(
    out: &Path,
    files: &[GeneratedFile],
    difference: &Difference,
) -> io::Result<()> {
    check_ownership(out, difference)?;
    refuse_read_only_crate(out)?;
    let staging = beside(out)?;
    build(out, &staging, files, difference).inspect_err(|_| {
        let _ = remove_folder(&staging); // The next run removes it if this fails.
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
    create_beside(out)?;
    let changed: BTreeSet<&String> = difference.stale.iter().chain(&difference.missing).collect();
    let written = Threads.map(files.iter().collect(), |file: &GeneratedFile| {
        let target = staging.join(&file.path);
        make_parent(&target)?;
        if changed.contains(&file.path) {
            fs::write(&target, &file.text).map_err(|error| named(&target, &error))
        } else {
            link(&out.join(&file.path), &target)
        }
    });
    written.into_iter().collect::<io::Result<()>>()?;
    for path in &difference.foreign {
        let target = staging.join(path);
        make_parent(&target)?;
        link(&out.join(path), &target)?;
    }
    Ok(())
}

/// Moves the entries that the generator does not own from one folder to the other, if it exists.
///
/// # Errors
///
/// Returns an error if an entry cannot be moved; it stays where it is.
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

/// The names of the top-level entries that the generator does not own.
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

/// Hard-links `target` to `source`, or copies it, times included, where links are not possible.
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
        .and_then(|_| File::options().write(true).open(target)?.set_times(times?))
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

/// Whether a file starts with the generator's header. Conflict markers that a merge left above it do not matter.
fn is_generated(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)
        .and_then(|it| it.take(1024).read_to_end(&mut start))
        .map_err(|error| named(path, &error))?;
    Ok(String::from_utf8_lossy(&start).contains(GENERATED))
}

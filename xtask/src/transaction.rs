//! Replaces the folder of specs, the crate and the lock file together: all or none.
//!
//! The new version of each is built beside the old one first ([`beside`]), and folders get a marker file. Then a
//! journal beside the specs lists them, and that is the commit point: from then on, whoever finds the journal swaps in
//! what is still marked, or swaps everything back if that fails. A run that is killed earlier leaves only folders that
//! the next run replaces. The journal names paths relative to the specs where it can, so that a copy of a repository
//! never touches the original.
//!
//! This module does not look inside the folders and files. Locks on their parent folders, where the system has them,
//! serialize runs and end with the process.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::crate_folder::{MARKER, move_kept_entries, remove_folder};
use crate::folder_swap::{beside, place};
use crate::shown_path::{named, shown};

/// What is to be replaced. The new version of each is beside it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// The folder of specs, which must exist; the journal is beside it.
    pub(crate) specs: PathBuf,
    /// The folder of the crate, if it changes.
    pub(crate) out: Option<PathBuf>,
    /// The lock file of the workspace around the crate, if it changes.
    pub(crate) lock_file: Option<PathBuf>,
}

/// The state in which an interrupted run was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// There was none.
    Nothing,
    /// It was finished: everything is new.
    Finished {
        /// Why old files are still there, for the next run to remove.
        left_over: Option<String>,
    },
}

/// The first line of a journal.
const HEADER: &str = "cargo xtask update 1";

/// Locks the parents of `folders` against other runs as long as the returned files live.
///
/// # Errors
///
/// Returns an error if a parent folder cannot be opened.
pub(crate) fn lock(folders: &[&Path]) -> io::Result<Vec<File>> {
    if !cfg!(unix) {
        return Ok(Vec::new()); // Folders cannot be opened there, and a lock file would be left behind.
    }
    // Each once, or a run would wait for itself, and in a fixed order, or two runs could deadlock.
    let around: io::Result<BTreeSet<PathBuf>> = folders.iter().map(|it| around(it)).collect();
    around?
        .into_iter()
        .map(|around| {
            let folder = File::open(&around).map_err(|error| named(&around, &error))?;
            // Some network file systems only lock files that are open for writing, which a folder cannot be. Without
            // the lock, only the protection from a second run is lost.
            let _ = folder.lock();
            Ok(folder)
        })
        .collect()
}

/// The nearest existing ancestor of a folder, with links resolved.
fn around(folder: &Path) -> io::Result<PathBuf> {
    let mut around = parent(folder)?;
    while !around.is_dir() {
        around = parent(around)?;
    }
    fs::canonicalize(around).map_err(|error| named(around, &error))
}

/// Whether a run that changed `specs` was interrupted.
pub(crate) fn is_interrupted(specs: &Path) -> bool {
    journal_of(specs).is_ok_and(|journal| journal.exists())
}

/// Swaps in the new version beside each part of `replacement`.
///
/// # Errors
///
/// Returns an error if something could not be done. Everything is unchanged then, unless the error says otherwise.
pub(crate) fn commit(replacement: &Replacement) -> io::Result<Recovery> {
    mark(replacement)
        .and_then(|()| write_journal(replacement))
        .inspect_err(|_| discard(replacement))?;
    recover(&replacement.specs)
}

/// Removes new versions that were not swapped in. The next run replaces what cannot be removed.
pub(crate) fn discard(replacement: &Replacement) {
    for folder in replacement.folders() {
        if let Ok(staged) = beside(folder) {
            let _ = remove_folder(&staged);
        }
    }
    if let Some(Ok(staged)) = replacement.lock_file.as_deref().map(beside) {
        let _ = fs::remove_file(staged);
    }
}

/// Finishes a committed run that was interrupted, or undoes it if that fails.
///
/// # Errors
///
/// Returns an error if it could not be finished, which says whether it was undone.
pub(crate) fn recover(specs: &Path) -> io::Result<Recovery> {
    let journal = journal_of(specs)?;
    let Some(replacement) = read_journal(specs, &journal)? else {
        // Left by a run that was killed before it committed.
        remove_folder(&beside(specs)?)?;
        remove_file(&beside(&journal)?)?;
        return Ok(Recovery::Nothing);
    };
    if let Err(error) = swap_all(&replacement) {
        undo(&replacement)
            .and_then(|()| remove_file(&journal))
            .map_err(|other| {
                let text = format!(
                    "{error}\n{other}\n{}: lists what is half done; fix the cause and run again",
                    shown(&journal)
                );
                io::Error::new(error.kind(), text)
            })?;
        discard(&replacement);
        return Err(error);
    }
    let cleaned = clean(&replacement).and_then(|()| remove_file(&journal));
    Ok(Recovery::Finished {
        left_over: cleaned.err().map(|error| error.to_string()),
    })
}

impl Replacement {
    fn folders(&self) -> impl DoubleEndedIterator<Item = &Path> {
        [Some(&self.specs), self.out.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }
}

/// Marks the staged folders and flushes everything to disk.
fn mark(replacement: &Replacement) -> io::Result<()> {
    for folder in replacement.folders() {
        let staged = beside(folder)?;
        let marker = staged.join(MARKER);
        fs::write(&marker, "").map_err(|error| named(&marker, &error))?;
        sync(&staged)?;
    }
    match &replacement.lock_file {
        Some(file) => sync(&beside(file)?),
        None => Ok(()),
    }
}

/// Flushes a file, or a folder with its contents, to disk.
fn sync(path: &Path) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path).map_err(|error| named(path, &error))?;
    if metadata.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| named(path, &error))? {
            sync(&entry.map_err(|error| named(path, &error))?.path())?;
        }
        sync_folder(path)
    } else if metadata.is_file() {
        File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|error| named(path, &error))
    } else {
        Ok(())
    }
}

/// Flushes the entries of a folder to disk, where a folder can be opened.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| named(path, &error))
}

/// Writes the journal atomically.
fn write_journal(replacement: &Replacement) -> io::Result<()> {
    let journal = journal_of(&replacement.specs)?;
    let around = parent(&replacement.specs)?;
    let mut text = format!("{HEADER}\n");
    for (kind, path) in [
        ("crate", &replacement.out),
        ("file", &replacement.lock_file),
    ] {
        let Some(path) = path else { continue };
        let line = path.strip_prefix(around).unwrap_or(path).to_str();
        let line = line.filter(|it| !it.contains('\n')).ok_or_else(|| {
            let problem = "is not a single line of Unicode";
            io::Error::new(
                ErrorKind::InvalidInput,
                format!("{}: {problem}", shown(path)),
            )
        })?;
        text.push_str(&format!("{kind} {line}\n"));
    }
    let staged = beside(&journal)?;
    let written = File::create(&staged)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&staged, &journal));
    if let Err(error) = written {
        let _ = fs::remove_file(&staged);
        return Err(named(&staged, &error));
    }
    sync_folder(around)
}

/// Reads the journal, if there is one.
fn read_journal(specs: &Path, journal: &Path) -> io::Result<Option<Replacement>> {
    let text = match fs::read_to_string(journal) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        outcome => outcome.map_err(|error| named(journal, &error))?,
    };
    let around = parent(specs)?;
    let mut replacement = Replacement {
        specs: specs.to_owned(),
        out: None,
        lock_file: None,
    };
    let mut lines = text.lines();
    let mut is_known = lines.next() == Some(HEADER);
    for line in lines {
        match line.split_once(' ') {
            Some(("crate", path)) => replacement.out = Some(around.join(path)),
            Some(("file", path)) => replacement.lock_file = Some(around.join(path)),
            Some(_) | None => is_known = false,
        }
    }
    if is_known {
        return Ok(Some(replacement));
    }
    let problem = "is not a journal of this version: check the paths in it and delete it";
    Err(io::Error::new(
        ErrorKind::InvalidData,
        format!("{}: {problem}", shown(journal)),
    ))
}

/// Swaps in what is still marked. The lock file comes last, because it cannot be swapped back.
fn swap_all(replacement: &Replacement) -> io::Result<()> {
    for folder in replacement.folders() {
        let staged = beside(folder)?;
        if staged.join(MARKER).exists() {
            place(&staged, folder)?;
        }
    }
    if let Some(file) = &replacement.lock_file {
        let staged = beside(file)?;
        if staged.exists() {
            fs::rename(&staged, file).map_err(|error| named(file, &error))?;
        }
    }
    Ok(())
}

/// Swaps back what was swapped in.
fn undo(replacement: &Replacement) -> io::Result<()> {
    for folder in replacement.folders().rev() {
        if !folder.join(MARKER).exists() {
            continue;
        }
        let staged = beside(folder)?;
        if staged.exists() {
            place(folder, &staged)?;
        } else {
            // There was no folder before.
            fs::rename(folder, &staged).map_err(|error| named(folder, &error))?;
        }
    }
    Ok(())
}

/// Removes the old versions after everything is swapped in: first those that the markers identify, then the markers.
fn clean(replacement: &Replacement) -> io::Result<()> {
    if let Some(out) = &replacement.out {
        move_kept_entries(&beside(out)?, out)?;
    }
    for folder in replacement.folders() {
        remove_folder(&beside(folder)?)?;
        remove_file(&folder.join(MARKER))?;
    }
    sync_folder(parent(&replacement.specs)?)
}

fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(named(path, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn journal_of(specs: &Path) -> io::Result<PathBuf> {
    beside(specs).map(|staged| staged.with_extension("journal"))
}

/// The folder that contains another.
fn parent(folder: &Path) -> io::Result<&Path> {
    folder.parent().ok_or_else(|| {
        io::Error::new(
            ErrorKind::InvalidInput,
            format!("{}: has no parent folder", shown(folder)),
        )
    })
}

#[cfg(test)]
mod tests {
    use twilio_test_support::ScratchFolder;

    use super::*;

    /// Old specs, an old crate and an old lock file, each with a new one beside it.
    fn scene() -> (ScratchFolder, Replacement) {
        let folder = ScratchFolder::new("transaction");
        let root = folder.path();
        let replacement = Replacement {
            specs: root.join("specs"),
            out: Some(root.join("out")),
            lock_file: Some(root.join("Cargo.lock")),
        };
        for (path, state) in [
            ("specs/Cargo.toml", "old"),
            ("out/Cargo.toml", "old"),
            (".specs.new/Cargo.toml", "new"),
            (".out.new/Cargo.toml", "new"),
            ("out/Cargo.lock", "kept"),
            ("Cargo.lock", "old"),
            (".Cargo.lock.new", "new"),
        ] {
            folder.write(path, state);
        }
        (folder, replacement)
    }

    fn assert_all(root: &Path, state: &str) {
        for file in ["specs/Cargo.toml", "out/Cargo.toml", "Cargo.lock"] {
            assert_eq!(
                fs::read_to_string(root.join(file)).unwrap(),
                state,
                "{file}"
            );
        }
        let kept = fs::read_to_string(root.join("out/Cargo.lock")).unwrap();
        assert_eq!(kept, "kept");
        let mut names: Vec<_> = fs::read_dir(root)
            .unwrap()
            .chain(fs::read_dir(root.join("specs")).unwrap())
            .chain(fs::read_dir(root.join("out")).unwrap())
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let expected = [
            "Cargo.lock",
            "Cargo.lock",
            "Cargo.toml",
            "Cargo.toml",
            "out",
            "specs",
        ];
        assert_eq!(names, expected, "nothing is left behind");
    }

    #[test]
    fn everything_is_replaced() {
        let (root, replacement) = scene();
        commit(&replacement).unwrap();
        assert_all(root.path(), "new");
        assert_eq!(recover(&replacement.specs).unwrap(), Recovery::Nothing);
    }

    /// Interrupts a run at every step after the journal is written.
    #[test]
    fn interrupted_runs_are_finished() {
        type Step = fn(&Replacement) -> io::Result<()>;
        let steps: [Step; 7] = [
            |it| place(&beside(&it.specs)?, &it.specs),
            |it| place(&beside(it.out.as_ref().unwrap())?, it.out.as_ref().unwrap()),
            |it| {
                fs::rename(
                    beside(it.lock_file.as_ref().unwrap())?,
                    it.lock_file.as_ref().unwrap(),
                )
            },
            |it| move_kept_entries(&beside(it.out.as_ref().unwrap())?, it.out.as_ref().unwrap()),
            |it| remove_folder(&beside(&it.specs)?),
            |it| remove_file(&it.specs.join(MARKER)),
            |it| remove_folder(&beside(it.out.as_ref().unwrap())?),
        ];
        for count in 0..=steps.len() {
            let (root, replacement) = scene();
            mark(&replacement).unwrap();
            write_journal(&replacement).unwrap();
            for step in &steps[..count] {
                step(&replacement).unwrap();
            }
            assert!(is_interrupted(&replacement.specs));
            let recovery = recover(&replacement.specs).unwrap();
            let finished = Recovery::Finished { left_over: None };
            assert_eq!(recovery, finished, "after {count} steps");
            assert_all(root.path(), "new");
        }
    }

    /// Everything is replaced, so this is not a failure; the journal lets the next run clean up.
    #[test]
    fn failed_cleanup_is_left_over() {
        let (root, replacement) = scene();
        mark(&replacement).unwrap();
        write_journal(&replacement).unwrap();
        // A folder at this path cannot be removed as a file.
        let marker = root.path().join(".out.new").join(MARKER);
        fs::remove_file(&marker).unwrap();
        fs::create_dir(&marker).unwrap();
        let recovery = recover(&replacement.specs).unwrap();
        let Recovery::Finished {
            left_over: Some(left_over),
        } = recovery
        else {
            panic!("{recovery:?}");
        };
        assert!(left_over.contains(MARKER), "{left_over}");
        let new = fs::read_to_string(root.path().join("out/Cargo.toml")).unwrap();
        assert_eq!(new, "new");
        assert!(is_interrupted(&replacement.specs));
        fs::remove_dir(root.path().join("out").join(MARKER)).unwrap();
        let finished = Recovery::Finished { left_over: None };
        assert_eq!(recover(&replacement.specs).unwrap(), finished);
        assert_all(root.path(), "new");
    }

    #[test]
    fn failed_replacements_are_undone() {
        let (root, replacement) = scene();
        // A file cannot replace a folder that is not empty.
        let blocked = Replacement {
            lock_file: Some(root.path().join("locks")),
            ..replacement
        };
        fs::create_dir_all(root.path().join("locks/full")).unwrap();
        fs::write(root.path().join(".locks.new"), "new").unwrap();
        let error = commit(&blocked).unwrap_err().to_string();
        assert!(error.contains("locks: "), "{error}");
        fs::remove_dir_all(root.path().join("locks")).unwrap();
        fs::remove_file(root.path().join(".Cargo.lock.new")).unwrap();
        assert_all(root.path(), "old");
    }

    #[test]
    fn first_crate_is_placed_and_removed_again() {
        let (root, replacement) = scene();
        fs::remove_dir_all(root.path().join("out")).unwrap();
        let blocked = Replacement {
            lock_file: Some(root.path().join("locks")),
            ..replacement
        };
        fs::create_dir_all(root.path().join("locks/full")).unwrap();
        fs::write(root.path().join(".locks.new"), "new").unwrap();
        commit(&blocked).unwrap_err();
        assert!(!root.path().join("out").exists());
        let specs = fs::read_to_string(root.path().join("specs/Cargo.toml")).unwrap();
        assert_eq!(specs, "old");
    }

    #[test]
    fn invalid_journals_are_named() {
        let (root, replacement) = scene();
        for text in [
            "",
            "cargo xtask update 2\n",
            "cargo xtask update 1\nmove it\n",
        ] {
            fs::write(root.path().join(".specs.journal"), text).unwrap();
            let error = recover(&replacement.specs).unwrap_err().to_string();
            assert!(
                error.contains(".specs.journal: is not a journal"),
                "{error}"
            );
        }
    }

    #[test]
    fn journals_are_valid_in_copies() {
        let (root, replacement) = scene();
        mark(&replacement).unwrap();
        write_journal(&replacement).unwrap();
        let text = fs::read_to_string(root.path().join(".specs.journal")).unwrap();
        assert_eq!(text, format!("{HEADER}\ncrate out\nfile Cargo.lock\n"));
    }
}

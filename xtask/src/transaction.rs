//! Puts a new folder of specs, a new crate and a new lock file in the place of the old ones, all or none.
//!
//! Each is built beside the old one first ([`beside`]), and folders are marked with a file of their own. Then a
//! journal beside the specs says which there are, and that is the moment of decision: from then on whoever finds
//! the journal swaps what is still marked beside its place, or swaps all back if that cannot be done. A run that is
//! killed before leaves nothing but folders that the next one replaces. What the journal names is beside the specs
//! as a rule and then named so, so that a copy of a repository never touches the one it was copied from.
//!
//! It knows folders and files, not what is in them. Locks on the folders around specs and crate, where the system has
//! such locks, keep two runs apart and end with the process.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::crate_folder::{MARKER, beside, move_kept_entries, named, place, remove_folder};
use crate::shown_path::shown;

/// What is to be replaced, or is being replaced; each has its new version beside it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// The folder of specs, which must be there: where the journal is.
    pub(crate) specs: PathBuf,
    /// The folder of the crate, if it changes.
    pub(crate) out: Option<PathBuf>,
    /// The lock file of the workspace around the crate, if it changes.
    pub(crate) lock_file: Option<PathBuf>,
}

/// What was found of a run that had been interrupted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Recovery {
    /// There was no such run.
    Nothing,
    /// Everything is new now.
    Finished {
        /// Why something of the old is still there, for the next run to remove.
        left_over: Option<String>,
    },
}

/// The first line of a journal.
const HEADER: &str = "cargo xtask update 1";

/// Keeps other runs away from `folders` and what stands beside them as long as the values live.
///
/// # Errors
///
/// Returns what kept a folder around them from being opened.
pub(crate) fn lock(folders: &[&Path]) -> io::Result<Vec<File>> {
    if !cfg!(unix) {
        return Ok(Vec::new()); // A folder cannot be opened there, and a file would be left behind.
    }
    // Each once, because a run would wait for itself, and in one order, or two would wait for each other.
    let around: io::Result<BTreeSet<PathBuf>> = folders.iter().map(|it| around(it)).collect();
    around?
        .into_iter()
        .map(|around| {
            let folder = File::open(&around).map_err(|error| named(&around, &error))?;
            // Some network file systems lock only what is open for writing, which no folder can be: nothing is
            // lost there but the protection from a second run.
            let _ = folder.lock();
            Ok(folder)
        })
        .collect()
}

/// The nearest folder around another that is there, without links on the way to it.
fn around(folder: &Path) -> io::Result<PathBuf> {
    let mut around = parent(folder)?;
    while !around.is_dir() {
        around = parent(around)?;
    }
    fs::canonicalize(around).map_err(|error| named(around, &error))
}

/// Whether a run was interrupted that changed `specs`.
pub(crate) fn is_interrupted(specs: &Path) -> bool {
    journal_of(specs).is_ok_and(|journal| journal.exists())
}

/// Puts what stands beside each part of `replacement` in its place.
///
/// # Errors
///
/// Returns what could not be done. Everything is as it was then, unless the error says otherwise.
pub(crate) fn commit(replacement: &Replacement) -> io::Result<Recovery> {
    mark(replacement)
        .and_then(|()| write_journal(replacement))
        .inspect_err(|_| discard(replacement))?;
    recover(&replacement.specs)
}

/// Removes what stands beside each part and was not put in its place. What cannot be removed stays there: the next
/// run replaces it.
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

/// Finishes what a run had decided that did not come to its end, or undoes it if it cannot be finished.
///
/// # Errors
///
/// Returns what kept it from being finished, and whether that has been undone.
pub(crate) fn recover(specs: &Path) -> io::Result<Recovery> {
    let journal = journal_of(specs)?;
    let Some(replacement) = read_journal(specs, &journal)? else {
        // What a run has built here that was killed before it had decided.
        remove_folder(&beside(specs)?)?;
        remove_file(&beside(&journal)?)?;
        return Ok(Recovery::Nothing);
    };
    if let Err(error) = swap_all(&replacement) {
        undo(&replacement)
            .and_then(|()| remove_file(&journal))
            .map_err(|other| {
                let text = format!(
                    "{error}\n{other}\n{}: tells what is half done; run again when that can be done",
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

/// Marks the staged folders and brings everything to the disk.
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

/// Brings a file, or a folder with what is in it, to the disk.
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

/// Brings the names in a folder to the disk, where a folder can be opened.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| named(path, &error))
}

/// Writes the journal in one step.
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
            let problem = "is no path of one line of Unicode";
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
    let problem = "is no journal of this version: look at what it names and delete it";
    Err(io::Error::new(
        ErrorKind::InvalidData,
        format!("{}: {problem}", shown(journal)),
    ))
}

/// Swaps what is still marked beside its place. The lock file comes last, because it cannot be swapped back.
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

/// Swaps what is marked and in its place back.
fn undo(replacement: &Replacement) -> io::Result<()> {
    for folder in replacement.folders().rev() {
        if !folder.join(MARKER).exists() {
            continue;
        }
        let staged = beside(folder)?;
        if staged.exists() {
            place(folder, &staged)?;
        } else {
            // There was none before.
            fs::rename(folder, &staged).map_err(|error| named(folder, &error))?;
        }
    }
    Ok(())
}

/// Removes what is old, once everything new is in its place: first what the marks tell apart, then the marks.
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

/// The folder around another.
fn parent(folder: &Path) -> io::Result<&Path> {
    folder.parent().ok_or_else(|| {
        io::Error::new(
            ErrorKind::InvalidInput,
            format!("{}: nothing can stand beside it", shown(folder)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Old specs, an old crate and an old lock file, each with a new one beside it.
    fn scene() -> (tempfile::TempDir, Replacement) {
        let guard = tempfile::tempdir().unwrap();
        let root = guard.path();
        let replacement = Replacement {
            specs: root.join("specs"),
            out: Some(root.join("out")),
            lock_file: Some(root.join("Cargo.lock")),
        };
        for (folder, state) in [
            ("specs", "old"),
            ("out", "old"),
            (".specs.new", "new"),
            (".out.new", "new"),
        ] {
            fs::create_dir(root.join(folder)).unwrap();
            fs::write(root.join(folder).join("Cargo.toml"), state).unwrap();
        }
        fs::write(root.join("out/Cargo.lock"), "kept").unwrap();
        fs::write(root.join("Cargo.lock"), "old").unwrap();
        fs::write(root.join(".Cargo.lock.new"), "new").unwrap();
        (guard, replacement)
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

    /// Every moment at which a run can be killed once the journal is written.
    #[test]
    fn whatever_was_begun_is_finished() {
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

    /// Everything is replaced, so that is no failure; the journal lets the next run clean up.
    #[test]
    fn what_cannot_be_cleaned_up_is_left_over() {
        let (root, replacement) = scene();
        mark(&replacement).unwrap();
        write_journal(&replacement).unwrap();
        // A folder in the place of a file: it cannot be removed as one.
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
    fn what_cannot_be_finished_is_undone() {
        let (root, replacement) = scene();
        // A file cannot take the place of a folder that is not empty.
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
    fn a_first_crate_is_placed_and_taken_away_again() {
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
    fn a_journal_that_is_none_is_named() {
        let (root, replacement) = scene();
        for text in [
            "",
            "cargo xtask update 2\n",
            "cargo xtask update 1\nmove it\n",
        ] {
            fs::write(root.path().join(".specs.journal"), text).unwrap();
            let error = recover(&replacement.specs).unwrap_err().to_string();
            assert!(error.contains(".specs.journal: is no journal"), "{error}");
        }
    }

    #[test]
    fn a_journal_goes_with_a_copy() {
        let (root, replacement) = scene();
        mark(&replacement).unwrap();
        write_journal(&replacement).unwrap();
        let text = fs::read_to_string(root.path().join(".specs.journal")).unwrap();
        assert_eq!(text, format!("{HEADER}\ncrate out\nfile Cargo.lock\n"));
    }
}

//! Scratch folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// An empty folder of a test, outside of any repository; dropping it removes it.
pub struct ScratchFolder {
    guard: TempDir,
}

impl ScratchFolder {
    /// Creates a folder whose name begins with `name`, which tells whose it is if the test is killed.
    ///
    /// # Panics
    ///
    /// Panics if the folder cannot be created.
    pub fn new(name: &str) -> Self {
        let guard = tempfile::Builder::new().prefix(name).tempdir();
        Self {
            guard: guard.expect("a scratch folder"),
        }
    }

    /// Returns the path of the folder.
    pub fn path(&self) -> &Path {
        self.guard.path()
    }

    /// Writes a file below the folder, and returns its path. Creates the folders above it.
    ///
    /// # Panics
    ///
    /// Panics if the file cannot be written.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        let folder = path.parent().expect("a file in a folder");
        fs::create_dir_all(folder).expect("a folder that can be made");
        fs::write(&path, text).expect("a file that can be written");
        path
    }

    /// Reads a text file below the folder.
    ///
    /// # Panics
    ///
    /// Panics if the file cannot be read.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("a file that can be read")
    }

    /// Returns the names of the entries, including hidden ones, sorted.
    ///
    /// # Panics
    ///
    /// Panics if the folder cannot be read.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("a folder that can be read");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().display().to_string())
            .collect();
        names.sort();
        names
    }
}

/// Returns the contents of the files below a folder, by path, with `/` between the names.
///
/// # Panics
///
/// Panics if the folder cannot be read, or has a path that is not Unicode.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("a path below the folder");
            let name = name.to_str().expect("a path in Unicode").replace('\\', "/");
            found.insert(name, fs::read(&path).expect("a file that can be read"));
        }
    }
    found
}

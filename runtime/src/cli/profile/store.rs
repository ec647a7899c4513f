//! The file of a user's profiles, which only the user may read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Profiles;
use super::folder;
use crate::cli::exit::Failure;
use crate::cli::variable_of;
use crate::json::{self, Budget, Node};

/// The maximum size of the file, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The location of the profiles.
pub(in crate::cli) struct Store {
    path: PathBuf,
}

impl Store {
    /// Returns the location of a program's profiles; `None` if the user has no home.
    pub(in crate::cli) fn of(program: &str) -> Option<Self> {
        let folder = folder::settings(program, &variable_of(program, "CONFIG"))?;
        Some(Self {
            path: folder.join("profiles.json"),
        })
    }

    /// Returns the location of a program's profiles.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] if the user has no home.
    pub(in crate::cli) fn required(program: &str) -> Result<Self, Failure> {
        Self::of(program).ok_or_else(|| {
            let variable = variable_of(program, "CONFIG");
            Failure::Profiles(format!(
                "there is no folder for profiles: set {variable} to one"
            ))
        })
    }

    /// Reads the profiles; a missing file has none.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] for a file that cannot be read, that others may read, or whose content is invalid.
    pub(in crate::cli) fn read(&self) -> Result<Profiles, Failure> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Profiles::default()),
            Err(error) => return Err(self.fault("cannot read", &error.to_string())),
        };
        self.check_mode(&file)?;
        let mut text = String::new();
        let read = file.take(LARGEST).read_to_string(&mut text);
        read.map_err(|error| self.fault("cannot read", &error.to_string()))?;
        // No message contains a value of the file.
        let budget = Budget::new(usize::try_from(LARGEST).unwrap_or(usize::MAX) * 16, None);
        let node = json::read(&text, budget).map_err(|_| json::syntax_message(text.as_bytes()));
        let profiles = node.and_then(|it: Node| Profiles::of(&it));
        profiles.map_err(|problem| {
            self.fault(
                "cannot use",
                &format!("{problem}; fix the file, or remove it"),
            )
        })
    }

    /// Writes the profiles: readers see either the old file or the new one, and other users see neither.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] if that fails.
    pub(in crate::cli) fn write(&self, profiles: &Profiles) -> Result<(), Failure> {
        let text = crate::cli::output::pretty(&profiles.node()) + "\n";
        let replaced = self.replace(text.as_bytes());
        replaced.map_err(|error| self.fault("cannot write", &error.to_string()))
    }

    fn replace(&self, content: &[u8]) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private_folder().create(folder)?;
        let next = folder.join(format!(".profiles.{}", std::process::id()));
        // A previous process with the same id may have left one.
        if fs::symlink_metadata(&next).is_ok() {
            fs::remove_file(&next)?;
        }
        let written = private_file().open(&next).and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&next, &self.path)
        });
        if written.is_err() {
            // Report the first error.
            let _ = fs::remove_file(&next);
        }
        written
    }

    /// Checks that others cannot read the file.
    #[cfg(unix)]
    fn check_mode(&self, file: &File) -> Result<(), Failure> {
        use std::os::unix::fs::PermissionsExt as _;

        let metadata = file.metadata();
        let metadata = metadata.map_err(|error| self.fault("cannot read", &error.to_string()))?;
        let mode = metadata.permissions().mode() & 0o777;
        match mode & 0o077 {
            0 => Ok(()),
            _ => Err(self.fault(
                "cannot use",
                &format!("others can read or change it (mode {mode:03o}); `chmod 600` it"),
            )),
        }
    }

    /// On other systems the folder of a user's settings is already private.
    #[cfg(not(unix))]
    fn check_mode(&self, _file: &File) -> Result<(), Failure> {
        Ok(())
    }

    fn fault(&self, what: &str, why: &str) -> Failure {
        Failure::Profiles(format!("{what} {}: {why}", self.path.display()))
    }
}

/// Creates folders that only the user can access, from the start.
fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Creates a file that only the user can access, from the start.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

//! The file that holds the profiles of a person, which nobody else may read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Profiles;
use super::folder;
use crate::cli::exit::Failure;
use crate::cli::variable_of;
use crate::json::{self, Budget, Node};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The place of the profiles.
pub(in crate::cli) struct Store {
    path: PathBuf,
}

impl Store {
    /// Returns the place of a program's profiles; `None` if nobody has a home.
    pub(in crate::cli) fn of(program: &str) -> Option<Self> {
        let folder = folder::settings(program, &variable_of(program, "CONFIG"))?;
        Some(Self {
            path: folder.join("profiles.json"),
        })
    }

    /// Returns the place of a program's profiles.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] if nobody has a home.
    pub(in crate::cli) fn required(program: &str) -> Result<Self, Failure> {
        Self::of(program).ok_or_else(|| {
            let variable = variable_of(program, "CONFIG");
            Failure::Profiles(format!(
                "there is no folder for profiles: set {variable} to one"
            ))
        })
    }

    /// Reads the profiles; there are none if there is no file.
    ///
    /// # Errors
    ///
    /// Returns [`Failure::Profiles`] for a file that cannot be read, that others may read, or that holds something else.
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
        // What the file holds is in no message.
        let budget = Budget::new(usize::try_from(LARGEST).unwrap_or(usize::MAX) * 16, None);
        let node: Option<Node> = json::read(&text, budget).ok();
        let profiles = node.as_ref().and_then(Profiles::of);
        profiles
            .ok_or_else(|| self.fault("cannot use", "it holds no profiles; remove it, or mend it"))
    }

    /// Writes the profiles: a reader sees the old file or the new one, and nobody else sees any.
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
        // One that an earlier process of this number has left.
        if fs::symlink_metadata(&next).is_ok() {
            fs::remove_file(&next)?;
        }
        let written = private_file().open(&next).and_then(|mut file| {
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&next, &self.path)
        });
        if written.is_err() {
            // The first fault is the one to tell.
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
                "does not use",
                &format!("others can read or change it (mode {mode:03o}); `chmod 600` it"),
            )),
        }
    }

    /// A folder of a person's settings is that person's own on other systems.
    #[cfg(not(unix))]
    fn check_mode(&self, _file: &File) -> Result<(), Failure> {
        Ok(())
    }

    fn fault(&self, what: &str, why: &str) -> Failure {
        Failure::Profiles(format!("{what} {}: {why}", self.path.display()))
    }
}

/// Makes folders that nobody else can look into, from the start.
fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Makes a file that nobody else can read, from the start.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

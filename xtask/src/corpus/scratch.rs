//! Sets up the folder in which the crates of a corpus are compiled: one workspace, so that dependencies compile once.

use std::fs;
use std::path::{Path, PathBuf};

use twilio_codegen::GeneratedFile;

use crate::crate_folder::remove_folder;
use crate::shown_path::named;

/// The folder. It is removed on drop.
pub(super) struct Scratch {
    pub(super) folder: PathBuf,
    /// The path of the runtime crate.
    pub(super) runtime: String,
    /// Whether crates get a program that decodes the examples of their documents.
    pub(super) has_examples: bool,
}

/// The prefixes of manifest lines that name or declare features of the runtime alone.
const OF_RUNTIME: [&str; 6] = [
    "default = ",
    "rustls = ",
    "rustls-aws-lc-rs = ",
    "native-tls = ",
    "gzip = ",
    "reqwest = ",
];

/// The end of each manifest: warnings are errors.
const MANIFEST_END: &str = "\n[lints.rust]\nwarnings = \"deny\"\n";

impl Scratch {
    /// Creates the folder below the workspace's `target` folder. Its crates use the versions of the workspace's lock
    /// file.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be written.
    pub(super) fn new(root: &Path, has_examples: bool) -> Result<Self, String> {
        let folder = root.join("target").join("corpus");
        let lock = folder.join("Cargo.lock");
        remove_folder(&folder)
            .and_then(|()| fs::create_dir_all(&folder).map_err(|error| named(&folder, &error)))
            .and_then(|()| {
                fs::copy(root.join("Cargo.lock"), &lock).map_err(|error| named(&lock, &error))
            })
            .map_err(|error| error.to_string())?;
        let runtime = root.join("runtime");
        let runtime = runtime.to_str().map(str::to_owned);
        let runtime = runtime.ok_or_else(|| format!("{}: is not Unicode", root.display()))?;
        Ok(Self {
            folder,
            runtime,
            has_examples,
        })
    }

    /// Writes the crate with this name.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be written.
    pub(super) fn write(&self, name: &str, files: &[GeneratedFile]) -> Result<(), String> {
        let folder = self.folder.join(name);
        for GeneratedFile { path, text } in files {
            let is_manifest = path == "Cargo.toml";
            let text = match is_manifest {
                true => manifest(text),
                false => text.clone(),
            };
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(&folder);
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, text))
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(())
    }
}

impl Scratch {
    /// The features of a crate's tags, each of which is compiled alone, or a single `None` for all features at once.
    ///
    /// # Errors
    ///
    /// Fails if the crate's manifest cannot be read.
    pub(super) fn tags(&self, name: &str) -> Result<Vec<Option<String>>, String> {
        let path = self.folder.join(name).join("Cargo.toml");
        let manifest = fs::read_to_string(&path);
        let manifest = manifest.map_err(|error| format!("{}: {error}", path.display()))?;
        let features = manifest.lines().filter_map(|it| it.strip_suffix(" = []"));
        let tags = features.filter(|it| *it != "serialize");
        let tags: Vec<Option<String>> = tags.map(|it| Some(it.to_owned())).collect();
        Ok(if tags.is_empty() { vec![None] } else { tags })
    }
}

/// Reduces a crate's manifest to the features of its own code: no emitted line depends on the runtime's TLS or
/// compression library, and those take long to compile.
fn manifest(text: &str) -> String {
    let is_of_runtime = |line: &str| OF_RUNTIME.iter().any(|it| line.starts_with(it));
    let lines = text.lines().filter(|it| !is_of_runtime(it));
    lines.map(|it| format!("{it}\n")).collect::<String>() + MANIFEST_END
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The next run removes what is left.
        let _ = remove_folder(&self.folder);
    }
}

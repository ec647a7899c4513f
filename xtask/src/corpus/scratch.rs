//! The folder in which the crates of a corpus are compiled: a workspace, so that their dependencies compile once.

use std::fs;
use std::path::{Path, PathBuf};

use twilio_codegen::GeneratedFile;

use crate::crate_folder::{named, remove_folder};

/// The folder, which is removed in the end.
pub(super) struct Scratch {
    pub(super) folder: PathBuf,
    /// The path of the runtime crate.
    pub(super) runtime: String,
    /// Whether crates have a program that reads the examples of their documents.
    pub(super) has_examples: bool,
}

/// How the lines of a manifest begin that declare features of the runtime alone, or name one.
const OF_RUNTIME: [&str; 6] = [
    "default = ",
    "rustls = ",
    "rustls-aws-lc-rs = ",
    "native-tls = ",
    "gzip = ",
    "reqwest = ",
];

/// What a crate's manifest gets beside what it is given: a warning is a fault.
const MANIFEST_END: &str = "\n[lints.rust]\nwarnings = \"deny\"\n";

impl Scratch {
    /// Makes the folder below that of the workspace's builds. The crates in it keep the versions of the workspace's lock
    /// file.
    ///
    /// # Errors
    ///
    /// Says what cannot be written.
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
    /// Says what cannot be written.
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
    /// The features of a crate's tags, each of which is compiled alone, or nothing for all features at once.
    ///
    /// # Errors
    ///
    /// Says that the crate's manifest cannot be read.
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

/// The manifest of a crate whose features are those of its own code: no emitted line depends on which library the runtime has
/// for TLS or compression, and those take long to compile.
fn manifest(text: &str) -> String {
    let is_of_runtime = |line: &str| OF_RUNTIME.iter().any(|it| line.starts_with(it));
    let lines = text.lines().filter(|it| !is_of_runtime(it));
    lines.map(|it| format!("{it}\n")).collect::<String>() + MANIFEST_END
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left is removed by the next run.
        let _ = remove_folder(&self.folder);
    }
}

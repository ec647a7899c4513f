//! Names the folders of specs and crate, and describes the package that the crate folder holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use twilio_codegen::api::Api;
use twilio_codegen::guide::Guide;
use twilio_codegen::release::Releases;
use twilio_codegen::{Package, Runtime};

use crate::settings::Settings;
use crate::shown_path::{self, shown};

/// The folders of specs and crate, and how messages name them.
pub(crate) struct Folders {
    pub(crate) specs: PathBuf,
    pub(crate) shown_specs: PathBuf,
    pub(crate) out: PathBuf,
    pub(crate) shown_out: PathBuf,
}

impl Folders {
    /// The given folders, or those of this workspace.
    pub(crate) fn new(specs: Option<&Path>, out: Option<&Path>) -> Self {
        let root = workspace_root();
        let (specs, shown_specs) = folder(&root, specs, "specs");
        let (out, shown_out) = folder(&root, out, "generated");
        shown_path::remember(&specs, &shown_specs);
        shown_path::remember(&out, &shown_out);
        Self {
            specs,
            shown_specs,
            out,
            shown_out,
        }
    }

    /// Makes messages name paths below these resolved folders as the user gave them.
    pub(crate) fn remember(&self, specs: &Path, out: &Path) {
        shown_path::remember(specs, &self.shown_specs);
        shown_path::remember(out, &self.shown_out);
    }

    /// Resolves links, so that files beside the folders are found again.
    ///
    /// # Errors
    ///
    /// Fails if one of the folders is in the other.
    pub(crate) fn resolved(self) -> Result<Self, String> {
        let (specs, out) = (absolute(&self.specs)?, absolute(&self.out)?);
        self.remember(&specs, &out);
        if specs.starts_with(&out) || out.starts_with(&specs) {
            let (specs, out) = (self.shown_specs.display(), self.shown_out.display());
            return Err(format!("{specs}, {out}: one contains the other"));
        }
        Ok(Self { specs, out, ..self })
    }

    /// The package metadata that does not come from the specs. The version is that of the latest release, or of this
    /// workspace if there is none.
    ///
    /// # Errors
    ///
    /// Fails if the crate's path is not Unicode, or if the settings name a runtime that does not exist.
    pub(crate) fn package(
        &self,
        settings: &Settings,
        apis: &[Api],
        releases: Option<&Releases>,
        guide: Option<Guide>,
    ) -> Result<Package, String> {
        let version = releases.map(|it| it.latest().version.to_string());
        Ok(Package {
            description: settings.description(apis),
            license: settings.license.clone(),
            repository: settings.repository.clone(),
            documentation: settings.documentation.clone(),
            readme: settings.readme.clone(),
            keywords: settings.keywords.clone(),
            categories: settings.categories.clone(),
            license_files: settings.licenses.clone(),
            default_features: settings.default_features.clone(),
            columns: settings.columns.clone(),
            version: version.unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned()),
            is_workspace: is_foreign(&workspace_root(), &self.out)?,
            runtime: match &settings.runtime {
                Some(text) => named_runtime(text, &self.out)?,
                None => own_runtime(&workspace_root(), &self.out)?,
            },
            guide,
            ..Package::named(settings.name(apis, &self.out))
        })
    }
}

/// The path of a folder with links resolved; the folder may be missing.
pub(crate) fn absolute(folder: &Path) -> Result<PathBuf, String> {
    fs::canonicalize(folder)
        .or_else(|_| {
            let folder = std::path::absolute(folder)?;
            match (folder.parent().map(fs::canonicalize), folder.file_name()) {
                (Some(Ok(around)), Some(name)) => Ok(around.join(name)),
                (_, _) => Ok(folder),
            }
        })
        .map_err(|error: io::Error| format!("{}: {error}", shown(folder)))
}

/// The root of the workspace that this program was built in.
pub(crate) fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// A folder and how messages name it: as given, or relative to the workspace.
fn folder(root: &Path, given: Option<&Path>, default: &str) -> (PathBuf, PathBuf) {
    match given {
        Some(given) => (given.to_owned(), given.to_owned()),
        None => (root.join(default), PathBuf::from(default)),
    }
}

/// Whether the crate in `out` is inside this workspace without being a member.
fn is_foreign(root: &Path, out: &Path) -> Result<bool, String> {
    let (root, out) = (absolute(root)?, absolute(out)?);
    Ok(out.starts_with(&root) && out != root.join("generated"))
}

/// The path of this workspace's runtime for the crate in `out`: relative inside the workspace, so that it works on
/// every machine, and absolute elsewhere.
fn own_runtime(root: &Path, out: &Path) -> Result<Runtime, String> {
    if let Ok(inside) = absolute(out)?.strip_prefix(absolute(root)?) {
        return Ok(Runtime::Path {
            // Cargo takes slashes everywhere, so the crate is the same on every machine.
            path: "../".repeat(inside.components().count()) + "runtime",
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        });
    }
    let path = root.join("runtime");
    let path = path.to_str().map(Runtime::at);
    path.ok_or_else(|| format!("{}: is not Unicode", root.display()))
}

/// The runtime that the settings name for the crate in `out`.
fn named_runtime(text: &str, out: &Path) -> Result<Runtime, String> {
    let is_version = |it: char| it.is_ascii_alphanumeric() || "^=~.-+".contains(it);
    if text.contains("://") || text.starts_with("git@") {
        return Ok(Runtime::Git(text.to_owned()));
    }
    let number = text.trim_start_matches(['^', '=', '~']);
    if number.starts_with(|it: char| it.is_ascii_digit()) && text.chars().all(is_version) {
        return Ok(Runtime::Version(text.to_owned()));
    }
    if out.join(text).join("Cargo.toml").is_file() {
        return Ok(Runtime::at(text));
    }
    Err(format!(
        "the runtime `{text}` is neither a version, nor the URL of a repository, nor the folder of a crate relative to {}",
        shown(out)
    ))
}

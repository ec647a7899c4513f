//! Finds the last release in git: its commit, its specs and its crate.

use std::fmt;
use std::path::Path;

use twilio_codegen::release::{RECORD, Releases, Version};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, is_document};

use crate::failure::Failure;
use crate::folders::Folders;
use crate::input_file::MaxSize;
use crate::revision::Repository;
use crate::settings::{self, Settings};
use crate::spec_folder;
use crate::specs::Specs;

/// The commit of a release.
pub(crate) struct LastRelease {
    commit: String,
    /// The tag of the commit, if it has one.
    tag: Option<String>,
}

/// How messages name the commit.
impl fmt::Display for LastRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tag {
            Some(tag) => write!(f, "the tag `{tag}`"),
            None => write!(f, "the commit {}", short(&self.commit)),
        }
    }
}

impl LastRelease {
    /// Finds the release of this version: the commit of its tag, `NAME-v0.1.0` or `v0.1.0`, if the record there ends
    /// with the release, or else the commit that added it to the record.
    ///
    /// # Errors
    ///
    /// Fails if git is missing, if the specs are not in a repository, or if the repository has no such release.
    pub(crate) fn find(
        folders: &Folders,
        name: &str,
        version: Version,
        limit: MaxSize,
    ) -> Result<Self, Failure> {
        let shown = folders.shown_specs.join(RECORD);
        let specs = Repository::of(&folders.specs, &folders.shown_specs)?;
        let has_it = |commit: &str| -> Result<bool, Failure> {
            let object = format!("{commit}:./{RECORD}");
            let text = specs.file(&object, limit)?;
            let record = text.and_then(|it| SourceFile::from_bytes(object, it).ok());
            let record = record.and_then(|it| Releases::read(&it).ok());
            Ok(record.is_some_and(|it| it.latest().version == version))
        };
        for tag in [format!("{name}-v{version}"), format!("v{version}")] {
            if let Some(commit) = specs.commit(&format!("refs/tags/{tag}"))?
                && has_it(&commit)?
            {
                let tag = Some(tag);
                return Ok(Self { commit, tag });
            }
        }
        let mut found = None;
        for commit in specs.commits_of(RECORD)? {
            if has_it(&commit)? {
                found = Some(commit);
            } else if found.is_some() {
                break;
            }
        }
        match found {
            Some(commit) => Ok(Self { commit, tag: None }),
            None => Err(Failure::found(format!(
                "{}: git has no commit and no tag `v{version}` with the release {version}, which the next one is \
                 compared with: commit it, or fetch more of the history",
                shown.display()
            ))),
        }
    }

    /// The specs and overlays of the release, and the files they refer to.
    ///
    /// # Errors
    ///
    /// Fails if git cannot read something.
    pub(crate) fn specs(&self, folders: &Folders, limit: MaxSize) -> Result<Specs, Failure> {
        let repository = Repository::of(&folders.specs, &folders.shown_specs)?;
        let mut specs = Specs::default();
        for name in repository.files(&self.commit)? {
            if !spec_folder::is_spec(Path::new(&name)) {
                continue;
            }
            let shown = format!(
                "{}:{}",
                short(&self.commit),
                folders.shown_specs.join(&name).display()
            );
            if let Some(bytes) = repository.file(&format!("{}:./{name}", self.commit), limit)? {
                specs.add(shown, bytes);
            }
        }
        let is_taken =
            |it: &SourceFile| spec_folder::is_overlay(Path::new(&it.path)) || is_document(it);
        specs.sources.retain(is_taken);
        specs.others = repository.others(&self.commit, &specs.sources, limit);
        let settings = format!("{}:./{}", self.commit, settings::FILE);
        if let Some(bytes) = repository.file(&settings, limit)? {
            let shown = folders.shown_specs.join(settings::FILE);
            let shown = format!("{}:{}", short(&self.commit), shown.display());
            specs.pages = Settings::pages_of(&shown, bytes).map_err(Failure::usage)?;
        }
        Ok(specs)
    }

    /// Whether a file of the crate differs from the release.
    ///
    /// # Errors
    ///
    /// Fails if git cannot read something.
    pub(crate) fn has_other_files(
        &self,
        folders: &Folders,
        files: &[GeneratedFile],
        limit: MaxSize,
    ) -> Result<bool, Failure> {
        let crate_folder = Repository::of(&folders.out, &folders.shown_out)?;
        for GeneratedFile { path, text } in files {
            let before = crate_folder.file(&format!("{}:./{path}", self.commit), limit)?;
            if before.as_deref() != Some(text.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Refuses specs and a crate with uncommitted changes: a release describes what is committed.
///
/// # Errors
///
/// Fails with the uncommitted files, or if git is missing or the folders are not in a repository.
pub(crate) fn expect_committed(folders: &Folders) -> Result<(), Failure> {
    let mut changed = Vec::new();
    for (folder, shown) in [
        (&folders.specs, &folders.shown_specs),
        (&folders.out, &folders.shown_out),
    ] {
        let names = Repository::of(folder, shown)?.uncommitted()?;
        changed.extend(
            names
                .into_iter()
                .map(|it| shown.join(it).display().to_string()),
        );
    }
    if changed.is_empty() {
        return Ok(());
    }
    Err(Failure::found(format!(
        "not committed: {}\ncommit them first; `--dry-run` shows what the release would be",
        changed.join(", ")
    )))
}

fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}

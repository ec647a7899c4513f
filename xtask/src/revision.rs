//! Reads specs from a git revision by running git.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use twilio_codegen::source::SourceFile;
use twilio_codegen::{OtherFiles, PageRule, Wanted, is_document};

use crate::carry_over;
use crate::failure::Failure;
use crate::input_file::MaxSize;
use crate::settings::{self, OF_CRATE, Settings};
use crate::spec_folder::{is_overlay, is_spec};
use crate::specs::Specs;

/// Reads `REVISION:PATH`, a file or a folder of specs, as `git show` takes it. Links are followed within the revision.
///
/// # Errors
///
/// Fails if git is missing, or if it does not know the revision or the path.
pub(crate) fn read(given: &OsStr, limit: MaxSize) -> Result<Specs, Failure> {
    let shown = given.to_string_lossy().into_owned();
    let not_there = || Failure::usage(format!("{shown}: there is no such file or folder"));
    let (revision, path) = shown.split_once(':').ok_or_else(not_there)?;
    if revision.is_empty() || revision.starts_with('-') {
        return Err(not_there());
    }
    let commit = format!("{revision}^{{commit}}");
    if git(&["rev-parse", "--verify", "--quiet", &commit], "")?.is_none() {
        let unknown = unknown(revision, "")?;
        return Err(Failure::usage(format!(
            "{shown}: there is no such file or folder, and {unknown}"
        )));
    }
    match object(&shown, limit)? {
        Some(GitObject::Folder(tree)) => folder(&shown, &tree, limit),
        Some(GitObject::File(bytes)) => {
            let mut specs = named(&shown);
            specs.add(shown.clone(), bytes);
            specs.others = others(&specs.sources, limit);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let folder = format!("{revision}:{folder}");
            specs.pages = pages(&folder, limit)?;
            specs.is_of_crate = is_of_crate(&folder, limit)?;
            Ok(specs)
        }
        None => Err(Failure::usage(format!(
            "{shown}: the revision `{revision}` has no file or folder `{path}`"
        ))),
    }
}

/// No specs yet, and what messages call them.
fn named(shown: &str) -> Specs {
    let path = shown.split_once(':').map_or(shown, |(_, path)| path);
    Specs {
        path: carry_over::path_in_revision(path),
        shown: shown.to_owned(),
        ..Specs::default()
    }
}

/// Reads the specs of a folder, given the name of its tree.
fn folder(shown: &str, tree: &str, limit: MaxSize) -> Result<Specs, Failure> {
    let listing = git(&["ls-tree", "-z", "--full-tree", tree], "")?.unwrap_or_default();
    let listing = String::from_utf8_lossy(&listing);
    let names = listing
        .split('\0')
        .filter_map(|entry| entry.split_once('\t'))
        .filter(|(kind, name)| kind.contains(" blob ") && is_spec(Path::new(name)));
    let separator = separator(shown);
    let mut specs = Specs {
        is_folder: true,
        ..named(shown)
    };
    for (_, name) in names {
        let shown = format!("{shown}{separator}{name}");
        match object(&shown, limit)? {
            Some(GitObject::File(bytes)) => specs.add(shown, bytes),
            Some(GitObject::Folder(_)) => {} // A link to a folder that is named like a spec.
            None => return Err(Failure::usage(format!("{shown}: git cannot read it"))),
        }
    }
    let none = |what: &str| Err(Failure::usage(format!("{shown}: {what}")));
    if specs.sources.is_empty() && specs.faults.is_empty() {
        return none("holds no .yaml, .yml or .json file");
    }
    let is_taken = |it: &SourceFile| is_overlay(Path::new(&it.path)) || is_document(it);
    specs.sources.retain(is_taken);
    if specs.sources.is_empty() && specs.faults.is_empty() {
        return none("none of its files has a top-level `openapi` key");
    }
    specs.others = others(&specs.sources, limit);
    specs.pages = pages(shown, limit)?;
    specs.is_of_crate = is_of_crate(shown, limit)?;
    Ok(specs)
}

/// Reads how lists are divided into pages, according to the settings in a folder.
fn pages(folder: &str, limit: MaxSize) -> Result<Vec<PageRule>, Failure> {
    let shown = format!("{folder}{}{}", separator(folder), settings::FILE);
    match object(&shown, limit)? {
        Some(GitObject::File(bytes)) => Settings::pages_of(&shown, bytes).map_err(Failure::usage),
        Some(GitObject::Folder(_)) | None => Ok(Vec::new()),
    }
}

/// Whether a folder has settings or a record of releases.
fn is_of_crate(folder: &str, limit: MaxSize) -> Result<bool, Failure> {
    let files = OF_CRATE.map(|it| object(&format!("{folder}{}{it}", separator(folder)), limit));
    let files: Result<Vec<_>, _> = files.into_iter().collect();
    Ok(files?.iter().any(Option::is_some))
}

/// What is between a folder and the name of a file in it.
fn separator(folder: &str) -> &'static str {
    match folder.ends_with([':', '/']) {
        true => "",
        false => "/",
    }
}

/// Reads the files that documents refer to; each document's name is its path in a revision.
fn others(documents: &[SourceFile], limit: MaxSize) -> OtherFiles {
    gathered(documents, limit, |wanted| object(wanted.path, limit))
}

fn gathered(
    documents: &[SourceFile],
    limit: MaxSize,
    read: impl Fn(&Wanted<'_>) -> Result<Option<GitObject>, Failure>,
) -> OtherFiles {
    let mut total = 0;
    OtherFiles::gather(documents, |wanted| match read(wanted) {
        Ok(Some(GitObject::File(bytes))) => {
            total += bytes.len() as u64;
            let fits = limit.check(total);
            fits.map_err(|error| format!("with the other files, {error}"))?;
            Ok(Some(bytes))
        }
        Ok(Some(GitObject::Folder(_))) => Err("it is a folder".to_owned()),
        Ok(None) => Ok(None),
        Err(failure) => Err(failure.message),
    })
}

/// A git object at a path of a revision.
pub(crate) enum GitObject {
    /// The contents of a file.
    File(Vec<u8>),
    /// The name of a folder's tree.
    Folder(String),
}

/// Returns the object at `shown`, `REVISION:PATH`, with links followed; `None` if there is none.
///
/// # Errors
///
/// Fails if git is missing, or if a file is too large.
pub(crate) fn object(shown: &str, limit: MaxSize) -> Result<Option<GitObject>, Failure> {
    object_in(Path::new("."), shown, limit)
}

/// Like [`object`], run in `folder`.
fn object_in(folder: &Path, shown: &str, limit: MaxSize) -> Result<Option<GitObject>, Failure> {
    if shown.contains('\n') {
        return Ok(None); // Each line would be another query.
    }
    let question = format!("{shown}\n");
    // The first line is `NAME TYPE SIZE`, or an error if there is no such object.
    let ask = |batch| git_in(folder, &["cat-file", batch, "--follow-symlinks"], &question);
    let head = ask("--batch-check")?.unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    let words: Vec<&str> = head.lines().next().unwrap_or_default().split(' ').collect();
    Ok(match words[..] {
        [_, "blob", size] => {
            let size: usize = size.parse().unwrap_or_default();
            let too_large = |error| Failure::usage(format!("{shown}: cannot be read: {error}"));
            limit.check(size as u64).map_err(too_large)?;
            let answer = ask("--batch")?.unwrap_or_default();
            let begin = answer
                .iter()
                .position(|it| *it == b'\n')
                .map_or(0, |end| end + 1);
            let bytes = answer.get(begin..begin + size);
            bytes.map(|it| GitObject::File(it.to_vec()))
        }
        [name, "tree", _] => Some(GitObject::Folder(name.to_owned())),
        _ => None,
    })
}

/// Says why git does not know a revision, and what to do about it.
fn unknown(revision: &str, remedy: &str) -> Result<String, Failure> {
    Ok(match git(&["rev-parse", "--git-dir"], "")? {
        Some(_) => format!("git knows no revision `{revision}` here{remedy}"),
        None => "this folder is not in a git repository".to_owned(),
    })
}

/// Returns the merge base of the current revision and `base`, as a short name: where a branch began.
///
/// # Errors
///
/// Fails if git is missing, does not know `base`, or finds no merge base.
pub(crate) fn in_common_with(base: &str) -> Result<String, Failure> {
    let commit = format!("{base}^{{commit}}");
    if base.is_empty()
        || base.starts_with('-')
        || git(&["rev-parse", "--verify", "--quiet", &commit], "")?.is_none()
    {
        return Err(Failure::usage(unknown(base, ": fetch it first")?));
    }
    let common = git(&["merge-base", &commit, "HEAD"], "")?.unwrap_or_default();
    let common = String::from_utf8_lossy(&common).trim().to_owned();
    if common.is_empty() {
        return Err(Failure::usage(format!(
            "`{base}` has no revision in common with this one: fetch more of its history"
        )));
    }
    let short = git(&["rev-parse", "--short", &common], "")?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&short).trim().to_owned())
}

/// A folder in a repository.
pub(crate) struct Repository<'a> {
    folder: &'a Path,
}

impl<'a> Repository<'a> {
    /// Opens a folder, which messages name as `shown`.
    ///
    /// # Errors
    ///
    /// Fails if git is missing, or if the folder is not in a repository.
    pub(crate) fn of(folder: &'a Path, shown: &Path) -> Result<Self, Failure> {
        let shown = shown.display();
        if !folder.is_dir() {
            return Err(Failure::usage(format!("{shown}: there is no such folder")));
        }
        match git_in(folder, &["rev-parse", "--is-inside-work-tree"], "")? {
            Some(_) => Ok(Self { folder }),
            None => Err(Failure::usage(format!(
                "{shown}: is not in a git repository, which is needed to find the last release"
            ))),
        }
    }

    /// The commit with this name, if there is one.
    pub(crate) fn commit(&self, name: &str) -> Result<Option<String>, Failure> {
        let commit = format!("{name}^{{commit}}");
        let found = self.lines(&["rev-parse", "--verify", "--quiet", &commit])?;
        Ok(found.into_iter().next())
    }

    /// The commits that changed a file of the folder, newest first.
    pub(crate) fn commits_of(&self, name: &str) -> Result<Vec<String>, Failure> {
        self.lines(&["log", "--format=%H", "--", name])
    }

    /// The names of the files directly in the folder at a commit.
    pub(crate) fn files(&self, commit: &str) -> Result<Vec<String>, Failure> {
        let listing = git_in(self.folder, &["ls-tree", "-z", commit, "./"], "")?;
        let listing = listing.unwrap_or_default();
        let listing = String::from_utf8_lossy(&listing).into_owned();
        let entries = listing.split('\0').filter_map(|it| it.split_once('\t'));
        let files = entries.filter(|(kind, _)| kind.contains(" blob "));
        let names = files.map(|(_, name)| name.rsplit('/').next().unwrap_or(name).to_owned());
        Ok(names.collect())
    }

    /// The contents of the file `COMMIT:./PATH`, if there is one.
    pub(crate) fn file(&self, object: &str, limit: MaxSize) -> Result<Option<Vec<u8>>, Failure> {
        Ok(match object_in(self.folder, object, limit)? {
            Some(GitObject::File(bytes)) => Some(bytes),
            Some(GitObject::Folder(_)) | None => None,
        })
    }

    /// The files that documents of the folder refer to, at a commit.
    pub(crate) fn others(
        &self,
        commit: &str,
        documents: &[SourceFile],
        limit: MaxSize,
    ) -> OtherFiles {
        gathered(documents, limit, |wanted| {
            object_in(self.folder, &format!("{commit}:./{}", wanted.name), limit)
        })
    }

    /// The files of the folder with uncommitted changes, as paths relative to it.
    pub(crate) fn uncommitted(&self) -> Result<Vec<String>, Failure> {
        let mut names = self.lines(&["diff", "--name-only", "--relative", "HEAD", "--", "."])?;
        names.extend(self.lines(&["ls-files", "--others", "--exclude-standard", "--", "."])?);
        Ok(names)
    }

    fn lines(&self, arguments: &[&str]) -> Result<Vec<String>, Failure> {
        let text = git_in(self.folder, arguments, "")?.unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        Ok(text.lines().map(str::to_owned).collect())
    }
}

/// Runs git with `input` and returns its output; `None` if it fails. No argument may look like an option to it.
fn git(arguments: &[&str], input: &str) -> Result<Option<Vec<u8>>, Failure> {
    git_in(Path::new("."), arguments, input)
}

/// Like [`git`], run in `folder`.
fn git_in(folder: &Path, arguments: &[&str], input: &str) -> Result<Option<Vec<u8>>, Failure> {
    let fails = |error: io::Error| {
        Failure::usage(format!(
            "cannot run git, which is needed to read revisions: {error}"
        ))
    };
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(fails)?;
    if let Some(mut stdin) = child.stdin.take() {
        // Git may exit without reading it; its status tells then.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(fails)?;
    Ok(output.status.success().then_some(output.stdout))
}

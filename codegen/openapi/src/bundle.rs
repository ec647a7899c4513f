//! Bundles a document of several files: finds the files that its references name and adds their values to it.
//!
//! A `$ref` may lead into another file (OpenAPI 3.0.3, Reference Object). The value of such a file is stored under the
//! reserved key [`FILES`] of the document, by the file's path relative to the document's folder. A reference to the
//! file then becomes a reference into the document, which `load` resolves once it knows which kind of object belongs
//! there. Files outside of that folder and URLs are never read.
//!
//! The caller reads the files: this module says which ones it needs and does not touch the file system.

mod destination;
mod scan;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

pub(crate) use self::destination::Destination;
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Focus, Report};
use crate::source::{SourceFile, file_name};
use crate::tree::{self, Branch, MAX_VALUES, Reading, Tree};

/// The key of a document that holds the values of other files. For a file that cannot be read, the value is a string
/// that says why. The document itself is null, and a missing file is left out.
pub(crate) const FILES: &str = "x-twilio-codegen-files";

/// How many files all documents together may refer to.
const MAX_FILES: usize = 20_000;

/// The files that documents refer to, other than documents and overlays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OtherFiles {
    /// The files by the path that messages show: the contents, or why they cannot be read.
    files: BTreeMap<String, Result<SourceFile, String>>,
}

/// A file that a document refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The document that refers to it.
    pub document: &'a SourceFile,
    /// The path of the file relative to the document's folder: `schemas/pet.yaml`. It leaves the folder only through a
    /// symbolic link.
    pub name: &'a str,
    /// The path that messages show: the document's folder, and `name` in it.
    pub path: &'a str,
}

impl OtherFiles {
    /// Gathers the files that `sources` refer to, directly or through other files. `read` returns the contents of a
    /// file, `None` if it does not exist, or why it cannot be read.
    ///
    /// Reports nothing: a faulty file is reported at the references to it when the models are read.
    pub fn gather(
        sources: &[SourceFile],
        mut read: impl FnMut(&Wanted<'_>) -> Result<Option<Vec<u8>>, String>,
    ) -> Self {
        let mut files = BTreeMap::new();
        for document in sources.iter().filter(|it| scan::may_refer(&it.text)) {
            let own = own_name(&document.path);
            let mut open: Vec<String> = names_in(document, own).into_iter().collect();
            while let Some(name) = open.pop() {
                let path = path_of(document, &name);
                if name == own || files.contains_key(&path) || files.len() >= MAX_FILES {
                    continue;
                }
                let wanted = Wanted {
                    document,
                    name: &name,
                    path: &path,
                };
                let file = match read(&wanted) {
                    Ok(None) => continue,
                    Ok(Some(bytes)) => text_of(&path, bytes),
                    Err(reason) => Err(reason),
                };
                if let Ok(source) = &file {
                    open.extend(names_in(source, &name));
                }
                files.insert(path, file);
            }
        }
        Self { files }
    }

    /// Returns the files that could be read, sorted by their paths.
    pub fn sources(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values().filter_map(|it| it.as_ref().ok())
    }

    /// Adds the files that other documents refer to.
    pub fn extend(&mut self, others: &Self) {
        let files = others.files.iter();
        self.files
            .extend(files.map(|(path, file)| (path.clone(), file.clone())));
    }

    /// Returns whether a document refers to this file.
    pub(crate) fn has(&self, source: &SourceFile) -> bool {
        self.files.contains_key(&source.path)
    }
}

/// Decodes the contents of a file, or returns why that fails.
fn text_of(path: &str, bytes: Vec<u8>) -> Result<SourceFile, String> {
    SourceFile::from_bytes(path, bytes).map_err(|report| {
        let fault = report.iter().next();
        fault.map_or_else(String::new, |it| it.message.clone())
    })
}

/// The names of the files that a file called `name` refers to.
fn names_in(source: &SourceFile, name: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if scan::may_refer(&source.text)
        && let Some(value) = tree::read(source).value
    {
        destination::add_files(&value, name, &mut names);
    }
    names
}

/// Adds the values of the files that `document` refers to. Returns these files, and every fault of their texts that
/// does not prevent reading them. `texts` are the files that the document's own values come from.
pub(crate) fn complete<'a>(
    tree: &mut Tree,
    document: &SourceFile,
    texts: &[&SourceFile],
    others: &'a OtherFiles,
) -> (Vec<&'a SourceFile>, Report) {
    tree.cursor().drop(FILES);
    let mut report = Report::default();
    if !texts.iter().any(|it| scan::may_refer(&it.text)) {
        return (Vec::new(), report);
    }
    let own = own_name(&document.path);
    let mut files = Files::new(tree, own);
    let mut used = Vec::new();
    let mut open = BTreeSet::new();
    destination::add_files(&tree.value, own, &mut open);
    while let Some(name) = open.pop_first() {
        let file = others.files.get(&path_of(document, &name));
        let Some(file) = file.filter(|_| !files.has(&name)) else {
            continue;
        };
        let value = file.as_ref().map_err(Clone::clone).and_then(|source| {
            used.push(source);
            files.read(tree, source, &mut report)
        });
        if let Ok(branch) = &value {
            destination::add_files(&branch.value, &name, &mut open);
        }
        files.add(&name, value);
    }
    tree.cursor().put(FILES, files.branch);
    (used, report)
}

/// Collects the values of other files.
struct Files {
    branch: Branch,
    /// How many more values can be added.
    values_left: usize,
}

impl Files {
    fn new(tree: &Tree, own: &str) -> Self {
        let node = tree.places.find(&Pointer::root()).to_node();
        let mut branch = Branch::object(&node);
        branch.value = Value::Object(Map::from_iter([(own.to_owned(), Value::Null)]));
        Self {
            branch,
            values_left: MAX_VALUES.saturating_sub(tree::count(&tree.value)),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.branch.value.get(name).is_some()
    }

    /// Reads the values of a file, or returns why that fails.
    fn read(
        &mut self,
        tree: &mut Tree,
        source: &SourceFile,
        report: &mut Report,
    ) -> Result<Branch, String> {
        let Reading {
            places,
            value,
            faults,
        } = tree::read_behind(source, &tree.places);
        let Some(value) = value else {
            let faults = faults.iter().map(in_words).collect::<Vec<_>>();
            return Err(faults.join("; "));
        };
        if !value.is_object() && !value.is_array() {
            return Err("it contains a single value".to_owned());
        }
        let left = self.values_left.checked_sub(tree::count(&value));
        self.values_left = left.ok_or_else(|| {
            "with it, the document has more than 3,000,000 values, which is the limit".to_owned()
        })?;
        report.extend(placement::report_in(&places, &[source], faults));
        tree.places.add_files(&places);
        let node = places.find(&Pointer::root()).to_node();
        Ok(Branch { value, node })
    }

    fn add(&mut self, name: &str, file: Result<Branch, String>) {
        let branch = file.unwrap_or_else(|reason| Branch {
            value: reason.into(),
            ..Branch::object(&self.branch.node)
        });
        self.branch.cursor().put(name, branch);
    }
}

/// A fault that prevents reading a text, with its position.
fn in_words(fault: &Diagnostic) -> String {
    let message = &fault.fault.message;
    match fault.fault.focus {
        Focus::At(position) => format!(
            "line {}, column {}: {message}",
            position.line, position.column
        ),
        Focus::File | Focus::Value | Focus::Key | Focus::SecondKey => message.clone(),
    }
}

/// How messages name a file in a document's folder.
fn path_of(document: &SourceFile, name: &str) -> String {
    let own = own_name(&document.path);
    let folder = document.path.strip_suffix(own).unwrap_or_default();
    format!("{folder}{name}")
}

/// The last component of a path, which may be in a revision: `HEAD:petstore.yaml`.
fn own_name(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit(':').next().unwrap_or(name)
}

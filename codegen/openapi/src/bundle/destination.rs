//! Resolves a reference relative to the file that contains it (RFC 3986, §5.2).

use std::collections::BTreeSet;

use serde_json::Value;

use super::FILES;
use crate::pointer::{Pointer, percent_decoded};

/// The destination of a reference.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Destination {
    /// A place in the same file.
    Own(Pointer),
    /// A place in another file; `name` is the file's path relative to the document's folder.
    File { name: String, at: Pointer },
    /// A file outside of the document's folder.
    Outside,
    /// A URL.
    Url,
    /// Something that no JSON pointer names, such as an `$anchor`.
    Anchor,
}

impl Destination {
    /// Parses a `$ref` in the file `from`, a path relative to the document's folder.
    pub(crate) fn of(reference: &str, from: &str) -> Self {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if is_url(path) {
            return Self::Url;
        }
        let name = match percent_decoded(path).map(|it| joined(from, &it)) {
            Some(Some(name)) => name,
            Some(None) => return Self::Outside,
            None => return Self::Anchor,
        };
        match Pointer::from_fragment(&format!("#{fragment}")) {
            None => Self::Anchor,
            Some(at) if path.is_empty() => Self::Own(at),
            Some(at) => Self::File { name, at },
        }
    }

    /// Parses a pointer to the value of another file, as stored in a document.
    pub(crate) fn of_place(at: &Pointer) -> Option<Self> {
        let mut tokens = at.tokens();
        let is_other = tokens.next().is_some_and(|it| it == FILES);
        let name = tokens.next().filter(|_| is_other)?;
        let at = tokens.fold(Pointer::root(), |at, token| at.key(&token));
        Some(Self::File { name, at })
    }

    /// Returns the pointer to this file's value in a document.
    pub(crate) fn place(name: &str, at: &Pointer) -> Pointer {
        let file = Pointer::root().key(FILES).key(name);
        at.tokens().fold(file, |file, token| file.key(&token))
    }
}

/// Joins two paths and removes `..` steps; `None` if the result leaves the folder.
fn joined(from: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop()?;
            }
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// Whether a reference has a scheme or a host. A scheme of one letter is a drive.
fn is_url(path: &str) -> bool {
    let is_scheme = |it: &str| {
        it.len() > 1
            && it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    };
    path.starts_with("//") || path.split_once(':').is_some_and(|(it, _)| is_scheme(it))
}

/// Adds the names of the files that the values of the file `from` may refer to.
///
/// The meaning of a value is not known here, so an example may look like a reference. It does no harm if its file does
/// not exist.
pub(super) fn add_files(value: &Value, from: &str, files: &mut BTreeSet<String>) {
    let mut add = |reference: &Value| {
        let reference = reference.as_str().unwrap_or_default();
        if let Destination::File { name, .. } = Destination::of(reference, from) {
            files.insert(name);
        }
    };
    match value {
        Value::Object(object) => {
            object.get("$ref").into_iter().for_each(&mut add);
            let mapping = object.get("mapping").and_then(Value::as_object);
            let names = mapping.into_iter().flat_map(|it| it.values());
            names.filter(|it| is_like_file(it)).for_each(add);
            object.values().for_each(|it| add_files(it, from, files));
        }
        Value::Array(list) => list.iter().for_each(|it| add_files(it, from, files)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether the mapping of a discriminator may name a file: schema names have none of these characters.
fn is_like_file(name: &Value) -> bool {
    let is_file = |it: &str| {
        let path = it.split('#').next().unwrap_or_default();
        let endings = [".yaml", ".yml", ".json"];
        path.contains('/') || endings.iter().any(|ending| path.ends_with(ending))
    };
    name.as_str().is_some_and(is_file)
}

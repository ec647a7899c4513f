//! Rewrites references in and to other files: they are relative to their own file and become relative to the document.

use serde_json::Value;

use super::super::check::rule::{Kind, ObjectRule};
use super::super::walk::{Visitor, walk};
use crate::bundle::{Destination, FILES};
use crate::pointer::{Pointer, Trail};
use crate::tree::{Branch, Cursor, Tree};

/// Keywords of a whole file that is a schema. They describe the file or hold definitions. References go by the file's
/// path, whatever its `$id`.
const OF_FILES: [&str; 5] = ["$schema", "$id", "$comment", "$defs", "definitions"];

/// The other files of a document, by the paths in references.
pub(super) struct FileReferences {
    /// The name of the document itself.
    own: String,
    names: Vec<String>,
}

impl FileReferences {
    /// Returns the other files of a document, if it may refer to any.
    pub(super) fn of(document: &Value) -> Option<Self> {
        let files = document.get(FILES)?.as_object()?;
        let own = files.iter().find(|(_, file)| file.is_null())?.0.clone();
        let names = files.keys().cloned().collect();
        Some(Self { own, names })
    }

    /// Rewrites the references of the document itself.
    pub(super) fn put_own(&self, document: &mut Tree, kind: &'static Kind) {
        let mut putter = self.putter(&self.own);
        walk(&mut putter, kind, document.cursor(), &Trail::root());
    }

    /// Rewrites the references of a value that was at `at`.
    pub(super) fn put(&self, branch: &mut Branch, kind: &'static Kind, at: &Pointer) {
        let Some(Destination::File { name, at }) = Destination::of_place(at) else {
            return;
        };
        if at == Pointer::root() {
            for keyword in OF_FILES {
                branch.cursor().drop(keyword);
            }
        }
        let mut putter = self.putter(&name);
        walk(&mut putter, kind, branch.cursor(), &Trail::root());
    }

    fn putter<'a>(&'a self, from: &'a str) -> ReferenceRewriter<'a> {
        ReferenceRewriter { files: self, from }
    }
}

/// Rewrites the references of the file `from`.
struct ReferenceRewriter<'a> {
    files: &'a FileReferences,
    from: &'a str,
}

impl ReferenceRewriter<'_> {
    /// The equivalent reference relative to the document; `None` if it already is, or names no file.
    fn seen_from_document(&self, reference: &str) -> Option<String> {
        let own = &self.files.own;
        let place = match Destination::of(reference, self.from) {
            Destination::Own(_) if self.from == own => return None,
            Destination::Own(at) => Destination::place(self.from, &at),
            Destination::File { name, at } if name == *own => at,
            Destination::File { name, at } => Destination::place(&name, &at),
            Destination::Outside | Destination::Url | Destination::Anchor => return None,
        };
        Some(place.to_fragment())
    }

    fn reference(&self, object: &mut Cursor<'_>) {
        let reference = object.text("$ref");
        let reference = reference.and_then(|it| self.seen_from_document(it));
        if let (Some(reference), Some(member)) = (reference, object.member("$ref")) {
            *member.value = reference.into();
        }
    }
}

impl Visitor for ReferenceRewriter<'_> {
    fn object(&mut self, _: &'static ObjectRule, object: &mut Cursor<'_>, _: &Trail<'_>) {
        self.reference(object);
    }

    fn group(&mut self, group: &mut Cursor<'_>, _: &'static Kind, _: &Trail<'_>) {
        self.reference(group);
    }

    /// A schema name may look like a file name: it is one if that file exists.
    fn schema_name(&mut self, name: &mut Cursor<'_>, _: &Trail<'_>) {
        let text = name.value.as_str().unwrap_or_default();
        let is_reference = text.starts_with('#')
            || match Destination::of(text, self.from) {
                Destination::File { name, .. } => self.files.names.contains(&name),
                Destination::Own(_)
                | Destination::Outside
                | Destination::Url
                | Destination::Anchor => false,
            };
        let reference = self.seen_from_document(text).filter(|_| is_reference);
        if let Some(reference) = reference {
            *name.value = reference.into();
        }
    }
}

//! Where the values of an overlaid document came from.
//!
//! Sparse: it holds only what is not where it was. Everything else is in the spec under the pointer that it has in
//! the document, or in the same file as what holds it, at the same step from there.

use std::collections::BTreeMap;

use super::pairs::Spec;
use crate::placement::Origin;
use crate::pointer::Pointer;

/// How many changes of the parts of a value are told.
const MAX_CHANGES: usize = 4;

/// A file that a value of an overlaid document came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum File {
    /// The spec.
    #[default]
    Spec,
    /// The overlay.
    Overlay,
}

/// Where a value and what it holds came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins {
    file: File,
    /// Where in the file.
    pointer: Pointer,
    /// What in the overlay changed the value: what its members or elements are.
    changes: Vec<Pointer>,
    /// The parts that are elsewhere than at their own step from `pointer` of `file`, and those that hold such.
    parts: BTreeMap<String, Origins>,
}

impl Origins {
    /// Returns where a value of the overlaid document came from, in the files of `spec`.
    pub(crate) fn of<'a>(&self, pointer: &Pointer, spec: Spec<'a>) -> Origin<'a> {
        let (file, pointer, changes) = self.find(pointer);
        match (file, spec.overlay) {
            (File::Overlay, Some(overlay)) => Origin {
                source: overlay,
                pointer,
                changes: Vec::new(),
            },
            (File::Spec | File::Overlay, overlay) => Origin {
                source: spec.source,
                pointer,
                changes: changes
                    .into_iter()
                    .filter_map(|pointer| Some((overlay?, pointer)))
                    .collect(),
            },
        }
    }

    /// Returns where a value came from, and what in the overlay changed what it holds. A value that the
    /// document lacks is looked for in what would hold it.
    fn find(&self, pointer: &Pointer) -> (File, Pointer, Vec<Pointer>) {
        let mut origin = self;
        let mut tokens = pointer.tokens();
        while let Some(token) = tokens.next() {
            if let Some(part) = origin.parts.get(&token) {
                origin = part;
            } else {
                let inside = std::iter::once(token).chain(tokens);
                let pointer = inside.fold(origin.pointer.clone(), |it, token| it.key(&token));
                return (origin.file, pointer, Vec::new());
            }
        }
        (origin.file, origin.pointer.clone(), origin.changes())
    }

    /// Returns what in the overlay changed what the value holds: itself, or else its parts.
    fn changes(&self) -> Vec<Pointer> {
        let mut changes = self.changes.clone();
        if changes.is_empty() {
            let parts = self.parts.values().flat_map(Self::changes);
            changes.extend(parts.take(MAX_CHANGES));
        }
        changes
    }

    /// Returns the origins of the value at `pointer`, for writing.
    pub(super) fn at_mut(&mut self, pointer: &Pointer) -> &mut Self {
        pointer.tokens().fold(self, |it, token| it.part_mut(&token))
    }

    /// Returns the origins of a part, for writing.
    pub(super) fn part_mut(&mut self, key: &str) -> &mut Self {
        let natural = Self {
            file: self.file,
            pointer: self.pointer.key(key),
            changes: Vec::new(),
            parts: BTreeMap::new(),
        };
        self.parts.entry(key.to_owned()).or_insert(natural)
    }

    /// Notes that `pointer` of the overlay changed what the value holds.
    pub(super) fn note_change(&mut self, pointer: &Pointer) {
        if self.changes.last() != Some(pointer) {
            self.changes.push(pointer.clone());
        }
    }

    /// Notes that a part and all it holds came from `pointer` of the overlay.
    pub(super) fn set(&mut self, key: &str, pointer: Pointer) {
        let mut origin = Self::default();
        origin.replace(pointer);
        self.parts.insert(key.to_owned(), origin);
    }

    /// Notes that the value and all it holds came from `pointer` of the overlay.
    pub(super) fn replace(&mut self, pointer: Pointer) {
        *self = Self {
            file: File::Overlay,
            pointer,
            changes: Vec::new(),
            parts: BTreeMap::new(),
        };
    }

    /// Notes that a member of an object is gone.
    pub(super) fn remove_key(&mut self, key: &str) {
        self.parts.remove(key);
    }

    /// Notes that an element is gone from a list that had `length`: those behind it move up.
    pub(super) fn remove_index(&mut self, index: usize, length: usize) {
        for behind in index + 1..length {
            let moved = self.part_mut(&behind.to_string()).clone();
            self.parts.insert((behind - 1).to_string(), moved);
        }
        self.parts.remove(&(length - 1).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(text: &str) -> Pointer {
        Pointer::from_fragment(&format!("#{text}")).unwrap()
    }

    fn origin(origins: &Origins, of: &str) -> String {
        let (file, at, _) = origins.find(&pointer(of));
        format!("{file:?} {at}")
    }

    #[test]
    fn what_nobody_touched_is_in_the_spec() {
        let origins = Origins::default();
        assert_eq!(origin(&origins, "/a/0/b~1c"), "Spec /a/0/b~1c");
        assert_eq!(origin(&origins, ""), "Spec ");
    }

    #[test]
    fn what_was_set_is_in_the_overlay_with_all_it_holds() {
        let mut origins = Origins::default();
        origins.at_mut(&pointer("/a/b")).set("c", pointer("/u/c"));
        assert_eq!(origin(&origins, "/a/b/c/d/0"), "Overlay /u/c/d/0");
        assert_eq!(origin(&origins, "/a/b/e"), "Spec /a/b/e");
        assert_eq!(origin(&origins, "/a/b"), "Spec /a/b");
    }

    #[test]
    fn elements_behind_a_removed_one_keep_their_origins() {
        let mut origins = Origins::default();
        let list = origins.at_mut(&pointer("/a"));
        list.set("3", pointer("/u"));
        list.part_mut("2").set("x", pointer("/v"));
        list.remove_index(1, 4);
        list.remove_index(0, 3);
        assert_eq!(origin(&origins, "/a/0/x"), "Overlay /v");
        assert_eq!(origin(&origins, "/a/0/y"), "Spec /a/2/y");
        assert_eq!(origin(&origins, "/a/1/z"), "Overlay /u/z");
    }

    #[test]
    fn what_takes_the_place_of_a_removed_member_is_not_taken_for_it() {
        let mut origins = Origins::default();
        origins.at_mut(&pointer("/a/b")).set("c", pointer("/u"));
        origins.at_mut(&pointer("/a")).remove_key("b");
        origins.at_mut(&pointer("/a")).set("b", pointer("/v"));
        assert_eq!(origin(&origins, "/a/b/c"), "Overlay /v/c");
    }
}

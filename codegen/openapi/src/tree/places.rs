//! Records where the values of a document are.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::cursor::FEW;
use crate::pointer::Pointer;
use crate::report::{Location, Position, Span};
use crate::source::SourceFile;

/// How many changes inside of a value are listed.
const MAX_CHANGES: usize = 4;

/// The top-level keys that identify a file as a spec, an overlay or a record of releases.
const SHOWABLE: [&str; 4] = ["openapi", "swagger", "overlay", "releases"];

/// The places of the values of a document, in one or several files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    root: Node,
    files: Vec<File>,
    /// The places of duplicate keys. The first value of a key wins.
    second_keys: BTreeMap<Pointer, TextRange>,
}

/// A file that contains values.
#[derive(Clone, Debug, PartialEq)]
struct File {
    path: String,
    /// The offset after its last character.
    end: u32,
    /// The offsets of its line starts; the first is that of the file.
    lines: Vec<u32>,
    is_showable: bool,
}

/// A range of the text of a file, in characters. Offsets continue from one file to the next, so an offset also
/// identifies the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextRange {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The places of a value and of its contents.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    /// The range of the value. For an alias or a value that is not written, it is that of the container.
    pub(super) value: Option<TextRange>,
    /// The range of its key.
    pub(super) key: Option<TextRange>,
    /// The text as written, where it is needed.
    pub(super) text: Option<Box<str>>,
    pub(super) parts: Option<Box<Parts>>,
}

/// The values in an object or a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) members: IndexMap<Arc<str>, Node>,
    pub(super) elements: Vec<Node>,
    /// Where an overlay added or removed parts.
    changes: Vec<TextRange>,
}

/// The place found for a value: its own, or that of the nearest enclosing value.
#[derive(Clone, Copy)]
pub(crate) struct FoundPlace<'a> {
    node: Option<&'a Node>,
    value: TextRange,
}

impl Places {
    pub(super) fn new(
        root: Node,
        second_keys: BTreeMap<Pointer, TextRange>,
        source: &SourceFile,
        start: u32,
    ) -> Self {
        let file = File::new(source, start, &root);
        Self {
            root,
            files: vec![file],
            second_keys,
        }
    }

    /// Adds the files of other places, whose values may be inserted here.
    pub(crate) fn add_files(&mut self, other: &Self) {
        self.files.extend(other.files.iter().cloned());
    }

    /// Returns the offset at which another file may start.
    pub(super) fn end(&self) -> u32 {
        self.files.last().map_or(0, |it| it.end.saturating_add(1))
    }

    pub(super) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// Finds a value.
    pub(crate) fn find(&self, at: &Pointer) -> FoundPlace<'_> {
        let start = TextRange::at(0);
        let root = FoundPlace {
            node: Some(&self.root),
            value: self.root.value.unwrap_or(start),
        };
        at.tokens().fold(root, |found, token| found.part(&token))
    }

    /// Returns the location of a value.
    pub(crate) fn value(&self, at: &Pointer) -> Location {
        self.shown(self.find(at).value)
    }

    /// Returns the location of the key of a value, or of the value if it has none.
    pub(crate) fn key(&self, at: &Pointer) -> Location {
        self.shown(self.find(at).key())
    }

    /// Returns the location of the second occurrence of a key.
    pub(crate) fn second_key(&self, at: &Pointer) -> Location {
        let second = self.second_keys.get(at).copied();
        self.shown(second.unwrap_or_else(|| self.find(at).key()))
    }

    /// Returns a value as written, if it is an `operationId` or a number that is not a 64-bit integer.
    pub(crate) fn text(&self, at: &Pointer) -> Option<&str> {
        self.find(at).node?.text.as_deref()
    }

    /// Returns where an overlay changed the contents of a value, if the value itself is from the spec.
    pub(crate) fn changes(&self, at: &Pointer) -> Vec<Location> {
        let changes = self.find(at).node.map(Node::changes).unwrap_or_default();
        changes.into_iter().map(|it| self.shown(it)).collect()
    }

    /// Returns whether lines of a file may be shown.
    pub(crate) fn is_showable(&self, path: &str) -> bool {
        self.files
            .iter()
            .any(|it| it.path == path && it.is_showable)
    }

    fn shown(&self, stretch: TextRange) -> Location {
        let mut files = self.files.iter();
        let file = files.find(|it| stretch.start <= it.end);
        let Some(file) = file.or(self.files.last()) else {
            return Location {
                file: String::new(),
                span: Span::at(Position::START),
            };
        };
        let [start, end] = [stretch.start, stretch.end].map(|it| file.position(it));
        Location {
            file: file.path.clone(),
            span: Span { start, end },
        }
    }
}

impl File {
    fn new(source: &SourceFile, start: u32, root: &Node) -> Self {
        let mut lines = vec![start];
        let mut end = start;
        for line in source.text.split_inclusive('\n') {
            let length = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
            end = end.saturating_add(length);
            if line.ends_with('\n') {
                lines.push(end);
            }
        }
        Self {
            path: source.path.clone(),
            end,
            lines,
            is_showable: is_showable(source, root),
        }
    }

    fn position(&self, offset: u32) -> Position {
        let line = self.lines.partition_point(|it| *it <= offset).max(1);
        let column = offset.saturating_sub(self.lines[line - 1]);
        Position {
            line,
            column: usize::try_from(column)
                .unwrap_or(usize::MAX)
                .saturating_add(1),
        }
    }
}

/// Returns whether a line of a file may be shown in a report: whether it is the kind of file it was read as, and not a
/// file of secrets behind a link. A spec, an overlay and the record of releases have an identifying top-level key, a
/// guide has a heading.
fn is_showable(source: &SourceFile, root: &Node) -> bool {
    let mut lines = source.text.lines();
    if source.path.to_ascii_lowercase().ends_with(".md") {
        return lines.any(|line| line.starts_with("# "));
    }
    // After a syntax error, only the lines can tell.
    let opens = |line: &str, key: &str| {
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    let opens_one = |line: &str| SHOWABLE.iter().any(|key| opens(line, key));
    SHOWABLE.iter().any(|key| root.part(key).is_some()) || lines.any(opens_one)
}

impl TextRange {
    /// Returns the range of one character.
    pub(super) fn at(start: u32) -> Self {
        Self {
            start,
            end: start.saturating_add(1),
        }
    }
}

impl<'a> FoundPlace<'a> {
    /// Descends to a part of the value.
    pub(crate) fn part(self, key: &str) -> Self {
        let node = self.node.and_then(|it| it.part(key));
        let value = node.and_then(|it| it.value);
        Self {
            node,
            value: value.unwrap_or(self.value),
        }
    }

    fn key(self) -> TextRange {
        self.node.and_then(|it| it.key).unwrap_or(self.value)
    }

    /// Returns the places of the value and of its contents, for another document.
    pub(crate) fn to_node(self) -> Node {
        Node {
            value: Some(self.value),
            ..self.node.cloned().unwrap_or_default()
        }
    }
}

impl Node {
    fn part(&self, key: &str) -> Option<&Self> {
        let parts = self.parts.as_deref()?;
        let element = || parts.elements.get(key.parse::<usize>().ok()?);
        parts.members.get(key).or_else(element)
    }

    /// Returns what changed the parts of the value, or else what changed the parts of its parts.
    fn changes(&self) -> Vec<TextRange> {
        let Some(parts) = self.parts.as_deref() else {
            return Vec::new();
        };
        if !parts.changes.is_empty() {
            return parts.changes.clone();
        }
        let inner = parts.members.values().chain(&parts.elements);
        inner.flat_map(Self::changes).take(MAX_CHANGES).collect()
    }

    fn parts_mut(&mut self) -> &mut Parts {
        self.parts.get_or_insert_default()
    }

    /// Returns the node of a member of an object.
    pub(crate) fn member_mut(&mut self, key: &str) -> &mut Self {
        let index = self.index_of(key);
        &mut self.parts_mut().members[index]
    }

    /// Returns the node of the member of an object at `index`.
    pub(super) fn nth_member_mut(&mut self, index: usize, key: &str) -> &mut Self {
        let index = self.index_near(index, key);
        &mut self.parts_mut().members[index]
    }

    /// Returns the index of the node of a member of an object.
    fn index_of(&mut self, key: &str) -> usize {
        let members = &mut self.parts_mut().members;
        let known = if members.len() <= FEW {
            members.keys().position(|it| **it == *key)
        } else {
            members.get_index_of(key)
        };
        known.unwrap_or_else(|| members.insert_full(key.into(), Self::default()).0)
    }

    /// Returns the same for the member at `index`. The nodes are usually in the order of the values.
    fn index_near(&mut self, index: usize, key: &str) -> usize {
        let near = self.parts_mut().members.get_index(index);
        match near.is_some_and(|it| **it.0 == *key) {
            true => index,
            false => self.index_of(key),
        }
    }

    /// Sorts the nodes of the members of an object in the order of these keys, before those of removed members.
    pub(super) fn order_members<'k>(&mut self, keys: impl Iterator<Item = &'k String>) {
        for (index, key) in keys.enumerate() {
            let found = self.index_near(index, key);
            self.parts_mut().members.swap_indices(index, found);
        }
    }

    /// Returns the nodes of the members of an object.
    pub(super) fn members_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.parts_mut().members.values_mut()
    }

    /// Moves the end to that of another value.
    pub(super) fn end_with(&mut self, other: &Self) {
        if let (Some(range), Some(other)) = (&mut self.value, other.value) {
            range.end = other.end;
        }
    }

    /// Adds the members of another object. Returns false, and may have added some, if the two have a key in common.
    pub(super) fn add_members(&mut self, other: Self) -> bool {
        let members = &mut self.parts_mut().members;
        let others = other.parts.into_iter().flat_map(|it| it.members);
        others
            .map(|(key, node)| members.insert(key, node))
            .all(|it| it.is_none())
    }

    /// Returns the node of an element of a list.
    pub(crate) fn element_mut(&mut self, index: usize) -> &mut Self {
        let elements = &mut self.parts_mut().elements;
        if elements.len() <= index {
            elements.resize_with(index + 1, Self::default);
        }
        &mut elements[index]
    }

    /// Records that a value of another file added or removed parts.
    pub(crate) fn note_change(&mut self, by: FoundPlace<'_>) {
        let changes = &mut self.parts_mut().changes;
        if changes.last() != Some(&by.value) {
            changes.push(by.value);
        }
    }

    /// Records that a member of an object was removed.
    pub(crate) fn remove_member(&mut self, key: &str) {
        self.parts_mut().members.shift_remove(key);
    }

    /// Moves an element back in its list.
    pub(crate) fn move_element(&mut self, index: usize, to: usize) {
        self.element_mut(to);
        self.parts_mut().elements[index..=to].rotate_left(1);
    }

    /// Records that an element of a list was removed: later elements move up.
    pub(crate) fn remove_element(&mut self, index: usize) {
        let elements = &mut self.parts_mut().elements;
        if index < elements.len() {
            elements.remove(index);
        }
    }
}

//! Collects the places of values in the order of the text.
//!
//! It keeps an explicit stack and skips values that are nested too deep, so no text can cause unbounded recursion here
//! or in a walk of the result.

use std::collections::{BTreeMap, btree_map};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;
use indexmap::map::Entry;
use twilio_codegen_yaml::Part;

use super::MAX_DEPTH;
use super::places::{Node, Parts, Places, TextRange};
use crate::pointer::Pointer;
use crate::report::Diagnostic;
use crate::source::SourceFile;
use crate::source::TextFault;

/// The key whose values reports quote.
const QUOTED: &str = "operationId";

/// The key that merges mappings in YAML 1.1 (<https://yaml.org/type/merge.html>).
pub(super) const MERGE: &str = "<<";

/// A value that contains others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A JSON array, a YAML sequence.
    List,
    /// A JSON object, a YAML mapping.
    Object,
}

/// Collects the places of a text, value by value.
pub(super) struct Builder {
    /// The offset of the text.
    start: u32,
    /// How many containers are around the text.
    depth: usize,
    /// The end of the text, if it is a part, and the offset of the token after it, where the parser ends blocks.
    next_token: Option<(u32, u32)>,
    /// Whether [`MERGE`] merges.
    pub(super) merges: bool,
    /// The containers around the current value.
    open: Vec<Frame>,
    /// How many containers are open inside the innermost one without places: it is a key or too deep.
    skipped: usize,
    root: Option<Node>,
    /// Interned keys: a document has few distinct ones.
    keys: IndexSet<Arc<str>>,
    second_keys: BTreeMap<Pointer, TextRange>,
    faults: Vec<Diagnostic>,
    /// The number of values so far.
    pub(super) values: usize,
    /// Whether a value was nested too deep.
    pub(super) is_too_deep: bool,
}

/// A container whose values are being parsed.
struct Frame {
    start: u32,
    container: Container,
    parts: Parts,
    /// The key of the current value of an object, once it is known.
    key: Option<(Arc<str>, Option<TextRange>)>,
}

impl Builder {
    pub(super) fn new(start: u32) -> Self {
        Self {
            start,
            depth: 0,
            next_token: None,
            merges: false,
            open: Vec::new(),
            skipped: 0,
            root: None,
            keys: IndexSet::new(),
            second_keys: BTreeMap::new(),
            faults: Vec::new(),
            values: 0,
            is_too_deep: false,
        }
    }

    /// Returns a builder for a part of the text.
    pub(super) fn for_part(&self, part: &Part<'_>) -> Self {
        let mut builder = Self::new(self.offset(part.start));
        builder.depth = usize::from(part.under.is_some());
        builder.next_token = Some((
            builder.offset(part.length),
            builder.offset(part.length + part.next_indent),
        ));
        builder
    }

    /// Adds the places of the next part. Returns false, and may have added some, if that has faults, is no mapping, or has a
    /// key of an earlier part.
    pub(super) fn append(&mut self, part: Self, under: Option<&str>) -> bool {
        let root = part.root.filter(|_| part.faults.is_empty());
        let (Some(mut holder), Some(root)) = (self.root.as_mut(), root) else {
            return false;
        };
        // The container was counted with its first part.
        self.values += part.values - 1;
        holder.end_with(&root);
        if let Some(key) = under {
            holder = holder.member_mut(key);
            holder.end_with(&root);
        }
        holder.add_members(root)
    }

    /// Opens a container at a character of the text, counted from 0.
    pub(super) fn open(&mut self, start: usize, container: Container) {
        let is_key = self.is_at_key();
        self.values += usize::from(!is_key);
        if self.skipped > 0 || is_key || !self.goes_deeper() {
            self.skipped += 1;
        } else {
            self.open.push(Frame {
                start: self.offset(start),
                container,
                parts: Parts::default(),
                key: None,
            });
        }
    }

    /// Closes the innermost container before a character of the text.
    pub(super) fn close(&mut self, end: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped == 0 {
                self.put(None, "", false);
            }
        } else {
            self.close_last(self.end_offset(end));
        }
    }

    fn close_last(&mut self, end: u32) {
        if let Some(Frame {
            start, mut parts, ..
        }) = self.open.pop()
        {
            parts.members.shrink_to_fit();
            parts.elements.shrink_to_fit();
            self.add(Node {
                value: Some(TextRange { start, end }),
                parts: Some(Box::new(parts)),
                ..Node::default()
            });
        }
    }

    /// Adds a key, or a value that contains no others. `is_plain` says that it may be a number.
    ///
    /// A value that is not written, as in `description:`, has no place: its key represents it.
    pub(super) fn scalar(&mut self, at: Option<Range<usize>>, text: &str, is_plain: bool) {
        self.values += usize::from(!self.is_at_key());
        if self.skipped == 0 {
            let at = at.map(|at| TextRange {
                start: self.offset(at.start),
                end: self.end_offset(at.end),
            });
            self.put(at, text, is_plain);
        }
    }

    /// Returns whether the text of the next value must be kept.
    pub(super) fn wants_text(&self) -> bool {
        self.is_at_key() || self.is_quoted()
    }

    /// Returns the places found so far, and the faults of the text.
    pub(super) fn finish(mut self, source: &SourceFile) -> (Places, Vec<Diagnostic>) {
        self.skipped = 0;
        while let Some(Frame { start, key, .. }) = self.open.last() {
            let end = start.saturating_add(1);
            if key.is_some() {
                self.add(Node::default());
            }
            self.close_last(end);
        }
        let root = self.root.unwrap_or_default();
        let places = Places::new(root, self.second_keys, source, self.start);
        (places, self.faults)
    }

    fn offset(&self, index: usize) -> u32 {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.start.saturating_add(index)
    }

    fn end_offset(&self, index: usize) -> u32 {
        let end = self.offset(index);
        let next_token = self.next_token.filter(|(text_end, _)| *text_end == end);
        next_token.map_or(end, |(_, offset)| offset)
    }

    /// Returns whether reports quote the next value.
    fn is_quoted(&self) -> bool {
        let key = self.open.last().and_then(|it| it.key.as_ref());
        key.is_some_and(|(key, _)| **key == *QUOTED)
    }

    /// Returns whether the next scalar is a key.
    fn is_at_key(&self) -> bool {
        let is_free = |it: &Frame| it.container == Container::Object && it.key.is_none();
        self.skipped == 0 && self.open.last().is_some_and(is_free)
    }

    /// Returns whether the container of the next value may contain any, and records it if not.
    fn goes_deeper(&mut self) -> bool {
        let depth = self.depth + self.open.len();
        self.is_too_deep |= depth > MAX_DEPTH;
        depth <= MAX_DEPTH
    }

    /// Adds a value that contains no others, or whose contents are skipped.
    fn put(&mut self, at: Option<TextRange>, text: &str, is_plain: bool) {
        if self.is_at_key() {
            let key = self.known(text);
            if let Some(frame) = self.open.last_mut() {
                frame.key = Some((key, at));
            }
            return;
        }
        self.goes_deeper();
        let is_kept = self.is_quoted() || (is_plain && is_long_number(text));
        self.add(Node {
            value: at,
            text: is_kept.then(|| text.into()),
            ..Node::default()
        });
    }

    /// Interns a key.
    fn known(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.keys.get(key) {
            return known.clone();
        }
        let key = Arc::<str>::from(key);
        self.keys.insert(key.clone());
        key
    }

    /// Adds a value to its container. The first value of a duplicate key wins.
    fn add(&mut self, mut node: Node) {
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let Some((key, at)) = frame.key.take() else {
            frame.parts.elements.push(node);
            return;
        };
        node.key = at;
        node.value = node.value.or(at);
        match frame.parts.members.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(node);
            }
            Entry::Occupied(entry) => {
                let key = entry.key().to_string();
                self.add_again(key, at);
            }
        }
    }

    /// Records a duplicate key. It is reported once, however often it occurs.
    fn add_again(&mut self, key: String, at: Option<TextRange>) {
        if self.merges && key == MERGE {
            return;
        }
        let around = self.open.split_last().map_or(&[][..], |(_, around)| around);
        let holder = around
            .iter()
            .fold(Pointer::root(), |at, frame| match &frame.key {
                Some((key, _)) => at.key(key),
                None => at.index(frame.parts.elements.len()),
            });
        let pointer = holder.key(&key);
        if let (Some(at), btree_map::Entry::Vacant(second)) =
            (at, self.second_keys.entry(pointer.clone()))
        {
            second.insert(at);
            self.faults
                .push(Diagnostic::new(TextFault::DuplicateKey { key }, pointer));
        }
    }
}

/// Returns whether a text is a number that a float or a 64-bit integer may not represent exactly.
fn is_long_number(text: &str) -> bool {
    let begins_so = text.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it));
    let is_integer = || text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
    begins_so && !is_integer() && text.parse::<f64>().is_ok()
}

//! Finds where values begin and end by a second pass over the text.
//!
//! Positions are wanted only to report, so reading a spec does not pay for them. The pass keeps
//! its own stack: no text can make it recurse.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::{Format, Position, SourceFile, Span, json};
use crate::pointer::Pointer;

/// What to look up about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The value itself.
    Value,
    /// The key that it stands under.
    Key,
    /// The second occurrence of its key.
    SecondKey,
}

/// What was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it stands. What the text lacks becomes the nearest value around it. Blanks behind a
    /// quoted text of YAML count as its own.
    pub(crate) span: Span,
    /// The text of the value, if it is there and holds no others: of a number, as it is written.
    pub(crate) text: Option<String>,
}

/// Finds `wanted` in a text and returns them in the same order.
pub(crate) fn locate(source: &SourceFile, wanted: &[(&Pointer, Part)]) -> Vec<Found> {
    let mut tracker = Tracker::new(wanted.iter().map(|(pointer, _)| *pointer));
    match source.format() {
        Format::Json => json::scan(&source.text, &mut tracker),
        Format::Yaml => scan_yaml(&source.text, &mut tracker),
    }
    wanted
        .iter()
        .map(|(pointer, part)| tracker.found(pointer, *part))
        .collect()
}

/// Says whether a text has one of these keys at the top, before the first fault that keeps it from being read.
pub(super) fn has_key(source: &SourceFile, keys: &[&str]) -> bool {
    let wanted: Vec<Pointer> = keys.iter().map(|key| Pointer::root().key(key)).collect();
    let mut tracker = Tracker::new(wanted.iter());
    match source.format() {
        Format::Json => json::scan(&source.text, &mut tracker),
        Format::Yaml => scan_yaml(&source.text, &mut tracker),
    }
    let is_there = |at: &Pointer| tracker.places.get(at).is_some_and(|it| it.key.is_some());
    wanted.iter().any(is_there)
}

/// Shows every value of the first document in `text` to `tracker`.
fn scan_yaml(text: &str, tracker: &mut Tracker) {
    for event in Parser::new_from_str(text) {
        // A text that cannot be read to its end still has the places before the fault.
        let Ok((event, span)) = event else { return };
        let span = Span {
            start: position_of(&span.start),
            end: position_of(&span.end),
        };
        match event {
            Event::MappingStart(..) => tracker.open(span.start, Container::Object),
            Event::SequenceStart(..) => tracker.open(span.start, Container::List),
            // The parser counts the blanks behind a bracket to it, and has no place for the end of a block.
            Event::MappingEnd | Event::SequenceEnd if span.start == span.end => {
                tracker.close(span.end);
            }
            Event::MappingEnd | Event::SequenceEnd => tracker.close(Span::at(span.start).end),
            Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty() => tracker.absent(),
            Event::Scalar(value, ..) => tracker.scalar(span, &value),
            Event::Alias(_) => tracker.scalar(span, ""),
            Event::DocumentEnd => return,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
}

/// Returns a place as editors count: columns from 1, where the parser counts from 0.
pub(crate) fn position_of(marker: &Marker) -> Position {
    Position {
        line: marker.line(),
        column: marker.col() + 1,
    }
}

/// A value that holds others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A JSON array, a YAML sequence.
    List,
    /// A JSON object, a YAML mapping.
    Object,
}

/// Follows a document value by value and notes the places of those that are wanted.
pub(super) struct Tracker {
    /// The wanted values and all that hold them.
    places: BTreeMap<Pointer, Places>,
    /// The containers around the current value.
    stack: Vec<Frame>,
    /// The current value.
    current: Pointer,
    /// How many steps the deepest wanted value is away from the document.
    deepest: usize,
    /// How many containers are open inside the last one of the stack: nothing in them is wanted.
    skipped: usize,
    /// Whether the outermost of those is a key, which has no place of its own.
    skips_key: bool,
}

/// Where a value was found.
#[derive(Default)]
struct Places {
    value: Option<Span>,
    /// The text of a value that holds no others.
    text: Option<String>,
    /// Whether the value holds others and has not ended yet.
    is_open: bool,
    key: Option<Span>,
    second_key: Option<Span>,
}

/// A container whose values are being read.
struct Frame {
    container: Container,
    /// The length of its own pointer.
    length: usize,
    /// How many keys and values it has had.
    count: usize,
}

impl Tracker {
    fn new<'a>(wanted: impl Iterator<Item = &'a Pointer>) -> Self {
        let mut places = BTreeMap::new();
        let mut deepest = 0;
        for pointer in wanted {
            deepest = deepest.max(pointer.tokens().count());
            let around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
            places.extend(around.map(|it| (it, Places::default())));
        }
        Self {
            places,
            stack: Vec::new(),
            current: Pointer::root(),
            deepest,
            skipped: 0,
            skips_key: false,
        }
    }

    /// Begins a container.
    pub(super) fn open(&mut self, at: Position, container: Container) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let is_key = self.is_at_key();
        self.step("");
        if is_key || self.stack.len() >= self.deepest {
            self.skipped = 1;
            self.skips_key = is_key;
        } else {
            let length = self.current.as_str().len();
            self.stack.push(Frame {
                container,
                length,
                count: 0,
            });
        }
        if !is_key {
            self.note_start(at);
        }
    }

    /// Ends the container that was begun last.
    pub(super) fn close(&mut self, end: Position) {
        if self.skipped > 0 {
            self.skipped -= 1;
            if self.skipped > 0 || self.skips_key {
                return;
            }
        } else if let Some(frame) = self.stack.pop() {
            self.current.truncate(frame.length);
        }
        self.note_end(end);
    }

    /// Takes a value that holds no others, or a key.
    pub(super) fn scalar(&mut self, at: Span, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let is_key = self.is_at_key();
        self.step(text);
        if is_key {
            self.note_key(at);
        } else {
            self.note_value(Some(at), Some(text));
        }
    }

    /// Takes a value that is not written, as in `description:`. Its key stands for it.
    pub(super) fn absent(&mut self) {
        if self.skipped > 0 {
            return;
        }
        let is_key = self.is_at_key();
        self.step("");
        if !is_key {
            let key = self.places.get(&self.current).and_then(|it| it.key);
            self.note_value(key, None);
        }
    }

    /// Says whether what comes next is a key.
    fn is_at_key(&self) -> bool {
        let frame = self.stack.last();
        frame.is_some_and(|it| it.container == Container::Object && it.count % 2 == 0)
    }

    /// Moves to the next value of the current container; `key` is its text if it is a key.
    fn step(&mut self, key: &str) {
        let is_key = self.is_at_key();
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        let index = frame.count;
        frame.count += 1;
        if is_key {
            self.current.truncate(frame.length);
            self.current.push(key);
        } else if frame.container == Container::List {
            self.current.truncate(frame.length);
            self.current.push(&index.to_string());
        }
    }

    /// Notes where the current key stands.
    fn note_key(&mut self, at: Span) {
        if let Some(places) = self.places.get_mut(&self.current) {
            if places.key.is_none() {
                places.key = Some(at);
            } else {
                places.second_key.get_or_insert(at);
            }
        }
    }

    /// Notes where the current value stands; of a key that comes twice the first value counts.
    fn note_value(&mut self, at: Option<Span>, text: Option<&str>) {
        if let Some(places) = self.places.get_mut(&self.current)
            && places.value.is_none()
        {
            places.value = at;
            places.text = text.map(str::to_owned);
        }
    }

    /// Notes where the current value, which holds others, begins.
    fn note_start(&mut self, at: Position) {
        if let Some(places) = self.places.get_mut(&self.current)
            && places.value.is_none()
        {
            places.value = Some(Span::at(at));
            places.is_open = true;
        }
    }

    /// Notes where the current value, which holds others, has ended.
    fn note_end(&mut self, end: Position) {
        if let Some(places) = self.places.get_mut(&self.current)
            && std::mem::take(&mut places.is_open)
            && let Some(value) = &mut places.value
        {
            value.end = end;
        }
    }

    /// Returns where a part of a value was found.
    fn found(&self, pointer: &Pointer, part: Part) -> Found {
        let places = self.places.get(pointer);
        let exact = places.and_then(|places| match part {
            Part::Value => places.value,
            Part::Key => places.key.or(places.value),
            Part::SecondKey => places.second_key.or(places.key).or(places.value),
        });
        let mut around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
        let span = exact
            .or_else(|| around.find_map(|it| self.places.get(&it)?.value))
            .unwrap_or(Span::at(Position { line: 1, column: 1 }));
        let text = places.and_then(|it| it.text.clone());
        Found { span, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(path: &str, text: &str, pointer: &str, part: Part) -> Found {
        let source = SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let pointer = Pointer::from_fragment(&format!("#{pointer}")).unwrap();
        let found = locate(&source, &[(&pointer, part)]);
        assert_eq!(found.len(), 1, "one place for one pointer");
        found[0].clone()
    }

    /// Returns `line:column` of a part of a text.
    fn place(path: &str, text: &str, pointer: &str, part: Part) -> String {
        let Position { line, column } = find(path, text, pointer, part).span.start;
        format!("{line}:{column}")
    }

    /// Returns `line:column` behind a value.
    fn end(path: &str, text: &str, pointer: &str) -> String {
        let Position { line, column } = find(path, text, pointer, Part::Value).span.end;
        format!("{line}:{column}")
    }

    fn yaml(text: &str, pointer: &str) -> String {
        place("a.yaml", text, pointer, Part::Value)
    }

    fn json(text: &str, pointer: &str) -> String {
        place("a.json", text, pointer, Part::Value)
    }

    #[test]
    fn yaml_values_are_found() {
        let text = "# spec\na: 1\nb:\n  - x\n  - c: {d: [1, 'é', 2]}\n    \"e/f\": y\n";
        assert_eq!(yaml(text, ""), "2:1");
        assert_eq!(yaml(text, "/a"), "2:4");
        assert_eq!(yaml(text, "/b"), "4:3");
        assert_eq!(yaml(text, "/b/0"), "4:5");
        assert_eq!(yaml(text, "/b/1"), "5:5");
        assert_eq!(yaml(text, "/b/1/c/d/2"), "5:21");
        assert_eq!(yaml(text, "/b/1/e~1f"), "6:12");
    }

    #[test]
    fn keys_are_found() {
        let text = "a:\n  b: 1\n  c: 2\n  b: 3\n";
        assert_eq!(place("a.yaml", text, "/a/c", Part::Key), "3:3");
        assert_eq!(place("a.yaml", text, "/a/b", Part::SecondKey), "4:3");
        assert_eq!(yaml(text, "/a/b"), "2:6");
    }

    #[test]
    fn what_is_absent_is_found_at_its_key_or_around() {
        let text = "a:\n  b:\n  c: &x {d: 1}\n  e: *x\n";
        assert_eq!(yaml(text, "/a/b"), "2:3");
        assert_eq!(yaml(text, "/a/zz/0"), "2:3");
        assert_eq!(yaml(text, "/a/e/d"), "4:6");
        assert_eq!(yaml("", "/a"), "1:1");
    }

    #[test]
    fn keys_that_are_no_text_do_not_shift_the_rest() {
        assert_eq!(yaml("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n", "/g"), "5:4");
    }

    #[test]
    fn json_values_are_found() {
        let text =
            "{\t\"a\": [1, -2e3, true,\t\"x\\\"]\", {}],\r\n\t\"\\ud83d\\ude00é\": {\"b\":null}}";
        assert_eq!(json(text, ""), "1:1");
        assert_eq!(json(text, "/a/1"), "1:12");
        assert_eq!(json(text, "/a/3"), "1:24");
        assert_eq!(json(text, "/a/4"), "1:32");
        assert_eq!(json(text, "/😀é"), "2:19");
        assert_eq!(json(text, "/😀é/b"), "2:24");
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(yaml("{é😀: [ß, x]}", "/é😀/1"), "1:10");
        assert_eq!(json("{\"é😀\": [\"ß\", 1]}", "/é😀/1"), "1:14");
    }

    #[test]
    fn values_end_behind_their_last_character() {
        let text = "a: {b: [1, 'é'], c: \"x\" }  # comment\nd:\n- e\n- f: g\nh: |\n  i\n";
        for (pointer, wanted) in [
            ("/a", "1:26"),
            ("/a/b", "1:16"),
            ("/a/b/1", "1:15"),
            ("/d/0", "3:4"),
            ("/d/1/f", "4:7"),
        ] {
            assert_eq!(end("a.yaml", text, pointer), wanted, "{pointer}");
        }
        let text = "{\"a\": [1, {\"b\": -2e3}],\n\"é\": \"x\\\"\"}";
        for (pointer, wanted) in [
            ("", "2:12"),
            ("/a", "1:23"),
            ("/a/0", "1:9"),
            ("/a/1", "1:22"),
            ("/a/1/b", "1:21"),
            ("/é", "2:11"),
        ] {
            assert_eq!(end("a.json", text, pointer), wanted, "{pointer}");
        }
    }

    #[test]
    fn of_a_key_that_comes_twice_the_first_value_counts() {
        let text = "a: {b: 1}\na: {b: 2, c: 3}\n";
        assert_eq!(end("a.yaml", text, "/a"), "1:10");
        assert_eq!(
            find("a.yaml", text, "/a/b", Part::Value).text.as_deref(),
            Some("1")
        );
        assert_eq!(find("a.yaml", text, "/a", Part::Value).text, None);
    }

    #[test]
    fn the_inside_of_deep_nesting_is_skipped() {
        let deep = 20_000;
        let object = format!(
            "{{\"a\": {}1{},\n\"b\": 2}}",
            "{\"a\":".repeat(deep),
            "}".repeat(deep)
        );
        assert_eq!(json(&object, "/b"), "2:6");
        // The YAML parser gives up on so many brackets; what stands before them has its place.
        let list = format!("b: c\na: {}{}\n", "[".repeat(deep), "]".repeat(deep));
        assert_eq!(yaml(&list, "/b"), "1:4");
        let block: String = (0..deep / 20)
            .map(|it| format!("{}a:\n", " ".repeat(it)))
            .collect();
        assert_eq!(
            yaml(&format!("{block}b: c\n"), "/b"),
            format!("{}:4", deep / 20 + 1)
        );
    }
}

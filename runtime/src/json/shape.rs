//! Determines which of several types a JSON text has.

use std::cmp::Reverse;

use super::budget::Budget;
use super::cursor::Kind;
use super::fault::Fault;
use super::reader::Reader;

/// The properties by which JSON is recognised as a type.
#[derive(Clone, Copy, Debug)]
pub struct JsonShape {
    kind: ShapeKind,
    tags: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
    required: &'static [&'static str],
    known: &'static [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShapeKind {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    List,
    Object,
    Tagged,
}

impl JsonShape {
    /// Any JSON.
    pub const ANY: Self = Self::of(ShapeKind::Any);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self::of(ShapeKind::Boolean);
    /// A number without a fraction and an exponent.
    pub const INTEGER: Self = Self::of(ShapeKind::Integer);
    /// A number.
    pub const NUMBER: Self = Self::of(ShapeKind::Number);
    /// Text.
    pub const STRING: Self = Self::of(ShapeKind::String);
    /// A list.
    pub const LIST: Self = Self::of(ShapeKind::List);
    /// An object.
    pub const OBJECT: Self = Self::of(ShapeKind::Object);
    /// What only a value of the union's tag selects, before any other shape that the value selects: a type in a union that
    /// is one of the types.
    pub const TAGGED: Self = Self::of(ShapeKind::Tagged);

    const fn of(kind: ShapeKind) -> Self {
        Self {
            kind,
            tags: &[],
            constants: &[],
            required: &[],
            known: &[],
        }
    }

    /// Sets the values of the union's tag that select this shape.
    #[must_use]
    pub const fn tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// Sets keys that have only one allowed value, with that value.
    #[must_use]
    pub const fn constants(self, constants: &'static [(&'static str, &'static str)]) -> Self {
        Self { constants, ..self }
    }

    /// Sets required keys.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// Sets known keys; of text, its known values.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// Whether it is text with known values.
    fn lists_texts(&self) -> bool {
        self.kind == ShapeKind::String && !self.known.is_empty()
    }

    fn has_kind(&self, kind: Kind, text: &str) -> bool {
        match (self.kind, kind) {
            (ShapeKind::Any, _)
            | (ShapeKind::Boolean, Kind::Boolean)
            | (ShapeKind::Number, Kind::Number)
            | (ShapeKind::String, Kind::String)
            | (ShapeKind::List, Kind::List)
            | (ShapeKind::Object, Kind::Object) => true,
            (ShapeKind::Integer, Kind::Number) => !text.contains(['.', 'e', 'E']),
            (
                ShapeKind::Boolean
                | ShapeKind::Integer
                | ShapeKind::Number
                | ShapeKind::String
                | ShapeKind::List
                | ShapeKind::Object
                | ShapeKind::Tagged,
                _,
            ) => false,
        }
    }
}

/// How well an object fits a shape.
#[derive(Clone, Default)]
struct Fit {
    is_tagged: bool,
    is_other: bool,
    constants: usize,
    required: usize,
    known: usize,
}

/// Returns the indices of the shapes that `text`, a JSON value, may have, the most likely first.
///
/// If the key `tag` is present and any shape has tags, its value decides; an unknown value matches none of the shapes
/// with tags. Otherwise the criteria are, in order: the kind of JSON, keys with only one allowed value, whether all
/// required keys are present, and how many keys are known. Of texts, those that list the value come first, and those that
/// list others last. Equally good shapes keep their order; one for any JSON comes last.
pub(crate) fn candidates(
    tag: Option<&str>,
    shapes: &[JsonShape],
    text: &str,
) -> Result<Vec<usize>, Fault> {
    // It has been read once already, and nothing of it is kept.
    let mut reader = Reader::new(text, Budget::new(usize::MAX, None), None);
    let kind = reader.cursor.kind()?;
    let mut fits = vec![Fit::default(); shapes.len()];
    let mut is_tagged = false;
    if kind == Kind::Object {
        reader.members(&"an object", &mut |key, reader| {
            let is_tag = tag == Some(key);
            let is_told = is_tag
                || shapes
                    .iter()
                    .any(|it| it.constants.iter().any(|it| it.0 == key));
            let value = if is_told && reader.cursor.kind()? == Kind::String {
                Some(reader.cursor.string()?)
            } else {
                reader.skip()?;
                None
            };
            is_tagged |= is_tag && value.is_some();
            for (shape, fit) in shapes.iter().zip(&mut fits) {
                let value = value.as_deref();
                fit.is_tagged |= is_tag && value.is_some_and(|it| shape.tags.contains(&it));
                let constant = shape.constants.iter().find(|it| it.0 == key);
                let is_met = constant.map(|it| value == Some(it.1));
                fit.constants += usize::from(is_met == Some(true));
                fit.is_other |= is_met == Some(false);
                fit.required += usize::from(shape.required.contains(&key));
                fit.known += usize::from(shape.known.contains(&key));
            }
            Ok(())
        })?;
    }
    if kind == Kind::String && shapes.iter().any(JsonShape::lists_texts) {
        let value = reader.cursor.string()?;
        for (shape, fit) in shapes.iter().zip(&mut fits) {
            fit.known = usize::from(shape.known.contains(&&*value));
        }
    }
    let may_be = |index: &usize| {
        let (shape, fit) = (&shapes[*index], &fits[*index]);
        let is_tag_met = fit.is_tagged || shape.tags.is_empty() || !is_tagged;
        shape.has_kind(kind, text)
            && is_tag_met
            && !fit.is_other
            && fit.required >= shape.required.len()
    };
    let mut tagged: Vec<usize> = (0..shapes.len()).filter(|it| fits[*it].is_tagged).collect();
    tagged.sort_by_key(|it| shapes[*it].kind != ShapeKind::Tagged);
    if !tagged.is_empty() {
        return Ok(tagged);
    }
    let mut found: Vec<usize> = (0..shapes.len()).filter(may_be).collect();
    found.sort_by_key(|it| rank(&shapes[*it], &fits[*it]));
    Ok(found)
}

/// The order of shapes that a value may have, the most likely first.
fn rank(shape: &JsonShape, fit: &Fit) -> (bool, bool, Reverse<(usize, usize)>) {
    let is_any = shape.kind == ShapeKind::Any;
    let lists_others = shape.lists_texts() && fit.known == 0;
    (is_any, lists_others, Reverse((fit.constants, fit.known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAT: JsonShape = JsonShape::OBJECT
        .tags(&["cat"])
        .required(&["name"])
        .known(&["name", "lives", "kind"]);
    const DOG: JsonShape = JsonShape::OBJECT
        .tags(&["dog", "hound"])
        .required(&["name"])
        .known(&["name", "tricks", "kind"]);

    fn candidates(tag: Option<&str>, shapes: &[JsonShape], text: &str) -> Vec<usize> {
        super::candidates(tag, shapes, text).unwrap()
    }

    #[test]
    fn tag_decides() {
        let of = |text| candidates(Some("kind"), &[CAT, DOG], text);
        assert_eq!(of(r#"{"lives": 9, "kind": "hound"}"#), [1]);
        assert_eq!(of(r#"{"kind": "c\u0061t"}"#), [0]);
        assert_eq!(of(r#"{"kind": "bird", "name": "x"}"#), [0; 0]);
        assert_eq!(of(r#"{"name": "x", "tricks": 1}"#), [1, 0]);
    }

    #[test]
    fn only_tags_select_what_is_in_a_union() {
        let inside = JsonShape::TAGGED.tags(&["puppy"]);
        let pets = JsonShape::ANY.tags(&["puppy", "kitten"]);
        let of = |text| candidates(Some("kind"), &[CAT, pets, inside], text);
        assert_eq!(of(r#"{"kind": "puppy"}"#), [2, 1]);
        assert_eq!(of(r#"{"kind": "kitten"}"#), [1]);
        assert_eq!(of(r#"{"kind": "bird"}"#), [0; 0]);
        assert_eq!(of(r#"{"name": "x"}"#), [0, 1]);
    }

    #[test]
    fn required_keys_exclude_and_known_keys_rank() {
        let of = |text| candidates(None, &[CAT, DOG], text);
        assert_eq!(of(r#"{"tricks": 1}"#), [0; 0]);
        assert_eq!(of(r#"{"name": "x"}"#), [0, 1]);
        assert_eq!(of(r#"{"name": "x", "tricks": 1}"#), [1, 0]);
    }

    #[test]
    fn constants_decide() {
        let one = JsonShape::OBJECT.constants(&[("object", "card")]);
        let other = JsonShape::OBJECT
            .constants(&[("object", "bank")])
            .known(&["a"]);
        let of = |text| candidates(None, &[one, other], text);
        assert_eq!(of(r#"{"object": "card", "a": 1}"#), [0]);
        assert_eq!(of(r#"{"object": "cash"}"#), [0; 0]);
        assert_eq!(of(r#"{"a": 1}"#), [1, 0]);
    }

    #[test]
    fn listed_texts_decide() {
        let of = |shapes: &[JsonShape], text| candidates(None, shapes, text);
        let enums = [
            JsonShape::STRING.known(&["a"]),
            JsonShape::OBJECT.known(&["b"]),
            JsonShape::STRING.known(&["b", "c"]),
        ];
        assert_eq!(of(&enums, "\"a\""), [0, 2]);
        assert_eq!(of(&enums, "\"\\u0062\""), [2, 0]);
        assert_eq!(of(&enums, "\"d\""), [0, 2]);
        let open = [JsonShape::STRING.known(&["a"]), JsonShape::STRING];
        assert_eq!(of(&open, "\"a\""), [0, 1]);
        assert_eq!(of(&open, "\"d\""), [1, 0]);
    }

    #[test]
    fn kind_of_json_decides() {
        let shapes = [
            JsonShape::STRING,
            JsonShape::INTEGER,
            JsonShape::NUMBER,
            JsonShape::BOOLEAN,
            JsonShape::LIST,
            JsonShape::OBJECT,
        ];
        for (text, found) in [
            ("\"1\"", &[0][..]),
            ("1", &[1, 2]),
            ("1.5", &[2]),
            ("true", &[3]),
            ("[]", &[4]),
            ("{}", &[5]),
            ("null", &[]),
        ] {
            assert_eq!(candidates(None, &shapes, text), found, "{text}");
        }
        assert_eq!(candidates(None, &[JsonShape::ANY], "null"), [0]);
    }
}

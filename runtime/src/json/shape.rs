//! Determines which of several types a JSON text has.

mod glance;

use std::cmp::Reverse;

use self::glance::Glance;
use super::cursor::Kind;
use super::fault::Fault;

/// The properties by which JSON is recognised as a type.
#[derive(Clone, Copy, Debug)]
pub struct JsonShape {
    kind: ShapeKind,
    tags: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
    listed: &'static [(&'static str, &'static [&'static str])],
    required: &'static [&'static str],
    known: &'static [&'static str],
    /// Whether the type keeps keys that are not known.
    keeps_others: bool,
    /// The tag of `inner`.
    inner_tag: Option<&'static str>,
    /// Of a list, the shapes that an item may have; of any JSON, those of the types that it may have.
    inner: &'static [JsonShape],
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
            listed: &[],
            required: &[],
            known: &[],
            keeps_others: false,
            inner_tag: None,
            inner: &[],
        }
    }

    /// Sets the values of the union's tag that select this shape.
    #[must_use]
    pub const fn tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// Sets keys that have only one allowed value, with that value as text.
    #[must_use]
    pub const fn constants(self, constants: &'static [(&'static str, &'static str)]) -> Self {
        Self { constants, ..self }
    }

    /// Sets keys that have several known values, with these values as text. Other types have others.
    #[must_use]
    pub const fn listed(self, listed: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { listed, ..self }
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

    /// Sets that the type keeps other keys.
    #[must_use]
    pub const fn keeps_others(self) -> Self {
        Self {
            keeps_others: true,
            ..self
        }
    }

    /// Sets the shapes of the types that a value, or an item of a list, is one of; `tag` is the key whose value selects one,
    /// if there is one.
    #[must_use]
    pub const fn one_of(self, tag: Option<&'static str>, shapes: &'static [JsonShape]) -> Self {
        Self {
            inner_tag: tag,
            inner: shapes,
            ..self
        }
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

    /// How well a value fits; `None` if it cannot be of the type. `is_tag_met` tells whether the value of the tag allows it.
    fn fit(&self, value: &Glance<'_>, is_tag_met: bool) -> Result<Option<Fit>, Fault> {
        if !is_tag_met || !self.has_kind(value.kind, value.text) {
            return Ok(None);
        }
        let mut fit = Fit {
            is_any: self.kind == ShapeKind::Any,
            lists_others: self.lists_texts() && !value.is_one_of(self.known)?,
            ..Fit::default()
        };
        match value.kind {
            Kind::Object => {
                let is_required = |it: &&&str| value.has(it);
                if self.required.iter().filter(is_required).count() < self.required.len() {
                    return Ok(None);
                }
                for (key, constant) in self.constants {
                    match value.is(key, &[constant])? {
                        Some(true) => fit.constants += 1,
                        Some(false) => return Ok(None),
                        None => {}
                    }
                }
                for (key, values) in self.listed {
                    fit.constants += usize::from(value.is(key, values)? == Some(true));
                }
                fit.known = self.known.iter().filter(|it| value.has(it)).count();
                if !self.keeps_others {
                    fit.lost = value.keys().saturating_sub(fit.known);
                    // The type would lose all of the value.
                    if fit.known == 0 && fit.lost > 0 && !self.known.is_empty() {
                        return Ok(None);
                    }
                }
            }
            Kind::String => fit.known = usize::from(self.lists_texts() && !fit.lists_others),
            Kind::Null | Kind::Boolean | Kind::Number | Kind::List => {}
        }
        self.with_inner(value, fit).map(Some)
    }

    /// Takes into account how well the value fits one of the types inside, or its items do.
    fn with_inner(&self, value: &Glance<'_>, mut fit: Fit) -> Result<Fit, Fault> {
        if self.inner.is_empty() {
            return Ok(fit);
        }
        if self.kind != ShapeKind::List {
            let best = best(self.inner_tag, self.inner, value)?;
            return Ok(best.unwrap_or(fit));
        }
        for item in value.items()? {
            match best(self.inner_tag, self.inner, &item)? {
                Some(item) => {
                    fit.constants += item.constants;
                    fit.known += item.known;
                    fit.lost += item.lost;
                    fit.lists_others |= item.lists_others || item.is_any;
                }
                None => fit.lists_others |= item.kind != Kind::Null,
            }
        }
        Ok(fit)
    }
}

/// How well a value fits a shape. The best comes first in the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Fit {
    is_any: bool,
    /// Whether the type has known values or kinds of items, and the value is none of them.
    lists_others: bool,
    constants: usize,
    known: usize,
    /// The number of keys that the type does not keep.
    lost: usize,
}

impl Fit {
    fn rank(self) -> (bool, bool, Reverse<(usize, usize)>, usize) {
        let told = (self.constants, self.known);
        (self.is_any, self.lists_others, Reverse(told), self.lost)
    }
}

/// Returns the indices of the shapes that `text`, a JSON value, may have, the most likely first.
///
/// If the key `tag` is present and any shape has tags, its value decides; an unknown value matches none of the shapes
/// with tags. Otherwise the criteria are, in order: the kind of JSON, keys with only one allowed value, whether all
/// required keys are present, how many keys have one of their known values, how many keys are known, and how many are
/// lost, which may not be all. Of texts, those that list the value come first, and those that list others last. Of lists, the first items decide
/// in the same way. Equally good shapes keep their order; one for any JSON comes last, unless it is one of several types,
/// of which the most likely counts.
pub(crate) fn candidates(
    tag: Option<&str>,
    shapes: &[JsonShape],
    text: &str,
) -> Result<Vec<usize>, Fault> {
    let fits = fits(tag, shapes, &Glance::at(text)?)?;
    Ok(fits.into_iter().map(|(index, _)| index).collect())
}

/// How well the most likely of the shapes fits; `None` if none does.
fn best(tag: Option<&str>, shapes: &[JsonShape], value: &Glance<'_>) -> Result<Option<Fit>, Fault> {
    let fits = fits(tag, shapes, value)?;
    Ok(fits.first().map(|(_, fit)| *fit))
}

/// The indices of the shapes that a value may have, the most likely first, and how well each fits.
fn fits(
    tag: Option<&str>,
    shapes: &[JsonShape],
    value: &Glance<'_>,
) -> Result<Vec<(usize, Fit)>, Fault> {
    let mut tagged = Vec::new();
    let is_tagged = tag.is_some_and(|it| value.has_text(it));
    if let Some(tag) = tag {
        for (index, shape) in shapes.iter().enumerate() {
            if value.is(tag, shape.tags)? == Some(true) {
                tagged.push(index);
            }
        }
    }
    if !tagged.is_empty() {
        tagged.sort_by_key(|it| shapes[*it].kind != ShapeKind::Tagged);
        let fit = |index: usize| {
            let fit = shapes[index].fit(value, true)?.unwrap_or_default();
            let constants = fit.constants + 1;
            Ok((index, Fit { constants, ..fit }))
        };
        return tagged.into_iter().map(fit).collect();
    }
    let mut found = Vec::new();
    for (index, shape) in shapes.iter().enumerate() {
        let fit = shape.fit(value, shape.tags.is_empty() || !is_tagged)?;
        found.extend(fit.map(|it| (index, it)));
    }
    found.sort_by_key(|(_, fit)| fit.rank());
    Ok(found)
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
        let yes = JsonShape::OBJECT.constants(&[("ok", "true")]);
        let no = JsonShape::OBJECT.constants(&[("ok", "false")]);
        let of = |text| candidates(None, &[yes, no], text);
        assert_eq!(of(r#"{"ok": false}"#), [1]);
        assert_eq!(of(r#"{"ok": null}"#), [0, 1]);
    }

    #[test]
    fn other_keys_are_kept() {
        let one = JsonShape::OBJECT.known(&["a", "b"]);
        let map = JsonShape::OBJECT.keeps_others();
        let of = |text| candidates(None, &[one, map], text);
        assert_eq!(of(r#"{"c": 1}"#), [1]);
        assert_eq!(of(r#"{"a": 1, "c": 1}"#), [0, 1]);
        assert_eq!(of("{}"), [0, 1]);
    }

    #[test]
    fn value_without_any_known_key_is_of_no_type() {
        let of = |text| {
            candidates(
                None,
                &[JsonShape::OBJECT.known(&["a"]), JsonShape::OBJECT],
                text,
            )
        };
        assert_eq!(of(r#"{"a": 1, "c": 1}"#), [0, 1]);
        assert_eq!(of(r#"{"c": 1}"#), [1]);
        assert_eq!(of("{}"), [0, 1]);
    }

    #[test]
    fn listed_values_decide() {
        const SHAPES: &[JsonShape] = &[
            JsonShape::OBJECT
                .listed(&[("kind", &["a", "b"])])
                .known(&["kind", "x"]),
            JsonShape::OBJECT
                .listed(&[("kind", &["c", "5"])])
                .known(&["kind"]),
        ];
        let of = |text| candidates(None, SHAPES, text);
        assert_eq!(of(r#"{"kind": "c", "x": 1}"#), [1, 0]);
        assert_eq!(of(r#"{"kind": 5, "x": 1}"#), [1, 0]);
        assert_eq!(of(r#"{"kind": "b"}"#), [0, 1]);
        // A new value may be one of either.
        assert_eq!(of(r#"{"kind": "d"}"#), [0, 1]);
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

    #[test]
    fn types_inside_decide() {
        let pets = JsonShape::ANY.one_of(Some("kind"), &[CAT, DOG]);
        let named = JsonShape::OBJECT.known(&["name", "size"]);
        let of = |text| candidates(None, &[named, pets], text);
        assert_eq!(of(r#"{"name": "x", "tricks": 1}"#), [1, 0]);
        assert_eq!(of(r#"{"name": "x", "size": 1}"#), [0, 1]);
        assert_eq!(of(r#"{"name": "x"}"#), [0, 1]);
        // The tag of the types inside counts.
        assert_eq!(of(r#"{"name": "x", "size": 1, "kind": "hound"}"#), [1, 0]);
        assert_eq!(of(r#"{"name": "x", "kind": "bird"}"#), [0, 1]);
        // None of the types inside.
        assert_eq!(of(r#"{"tricks": 1}"#), [1]);
        assert_eq!(of("5"), [1]);
    }

    #[test]
    fn items_decide() {
        const SHAPES: &[JsonShape] = &[
            JsonShape::LIST.one_of(None, &[JsonShape::ANY]),
            JsonShape::LIST.one_of(None, &[JsonShape::STRING]),
            JsonShape::LIST.one_of(None, &[CAT]),
            JsonShape::LIST.one_of(None, &[DOG]),
            JsonShape::LIST.one_of(None, &[JsonShape::LIST.one_of(None, &[DOG])]),
        ];
        let of = |text| candidates(None, SHAPES, text);
        assert_eq!(of(r#"["a", "b"]"#)[0], 1);
        assert_eq!(of(r#"["a", 5]"#)[0], 0);
        assert_eq!(
            of(r#" [ {"name": "x", "lives": 9}, {"name": "y"} ] "#)[0],
            2
        );
        assert_eq!(of(r#"[{"name": "x"}, {"name": "y", "tricks": []}]"#)[0], 3);
        assert_eq!(of(r#"[null, {"name": "y", "tricks": []}]"#)[0], 3);
        assert_eq!(of(r#"[[{"name": "x", "tricks": 1}], []]"#)[0], 4);
        assert_eq!(of("[]"), [0, 1, 2, 3, 4]);
    }
}

//! JSON that a form carries as text: what has moved of what the spec says of it, place by place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Map;

use super::bounds::Shifts;
use super::listed::Values;
use super::shift::{Shift, is_same_value, opposite, together};
use super::wording::code;
use crate::api::{Bounds, Json, LIMIT_KEYWORDS, Limit, Scalar, Type};
use crate::number::Number;

/// What is said of JSON, by place. Each place but the whole, which has no name, says `in` which other it is.
type Facts = BTreeMap<String, Json>;

/// How many places of a value a sentence names.
const MAX_PLACES: usize = 3;

/// What has moved, and the end of a sentence that begins with the value; nothing if all is what it was.
pub(super) fn moved(old: &Facts, new: &Facts) -> Option<(Shift, String)> {
    let places: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let [old, new] = [old, new].map(Side::of);
    let mut shift = None;
    let mut told = Vec::new();
    for place in places {
        let (found, what) = match (old.facts.get(place), new.facts.get(place)) {
            (Some(from), Some(to)) => (keywords(from, to), "differs"),
            (None, Some(_)) => {
                let found = part_added(place, &old, &new);
                let narrows = new.is_required(place).then_some(Shift::Narrowed);
                (found.map(|it| narrows.unwrap_or(it)), "is new")
            }
            (Some(_), None) => (part_added(place, &new, &old).map(opposite), "is gone"),
            (None, None) => (None, ""), // Each place is of one of them.
        };
        let Some(found) = found else { continue };
        let is_certain = !old.is_choice(place) && !new.is_choice(place);
        let found = if is_certain { found } else { Shift::Other };
        shift = Some(shift.map_or(found, |it| together(it, found)));
        let whole = "the whole".to_owned();
        let name = if place.is_empty() { whole } else { code(place) };
        told.push(format!("{name} {what}"));
    }
    let more = told.len().saturating_sub(MAX_PLACES);
    told.truncate(MAX_PLACES);
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    Some((shift?, format!("carries other JSON: {}", told.join(", "))))
}

/// One version of the facts.
struct Side<'a> {
    facts: &'a Facts,
    /// Which kinds of parts the places have.
    parts: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Side<'a> {
    fn of(facts: &'a Facts) -> Self {
        let part = |place: &'a String| {
            let (owner, part) = split(facts, place)?;
            Some((owner, kind(part)))
        };
        Self {
            facts,
            parts: facts.keys().filter_map(part).collect(),
        }
    }

    /// Whether the object at `place` may have no keys beyond those that are said of it.
    fn is_closed(&self, place: &str) -> bool {
        self.facts[place]["additionalProperties"] == false
    }

    /// Whether the object that holds a property says that it has to be there.
    fn is_required(&self, place: &str) -> bool {
        let Some((owner, part)) = split(self.facts, place) else {
            return false;
        };
        let required = self.facts[owner]["required"].as_array();
        let is_it = |name: &Json| name.as_str() == part.strip_prefix('.');
        required.is_some_and(|names| names.iter().any(is_it))
    }

    /// Whether more values of a part may be less of the whole: of what must not be, and of one of several that must
    /// be it alone.
    fn is_choice(&self, place: &str) -> bool {
        let owners = std::iter::successors(Some(place), |it| Some(split(self.facts, it)?.0));
        let mut parts = owners.filter_map(|it| Some(split(self.facts, it)?.1));
        parts.any(|part| ["!", "<oneOf"].contains(&kind(part)))
    }
}

/// The place that `place` is in, and its own part of the name. The whole is in nothing.
fn split<'a>(facts: &'a Facts, place: &'a str) -> Option<(&'a str, &'a str)> {
    let owner = facts.get(place)?["in"].as_str()?;
    Some((owner, place.strip_prefix(owner)?))
}

/// What kind of part the name of one tells: a property, the items of a list, the values of a map, or a schema of
/// several.
fn kind(part: &str) -> &str {
    match part.as_bytes().first() {
        Some(b'.') => ".",
        _ => part.split_once(' ').map_or(part, |(kind, _)| kind),
    }
}

/// What a part means that only `new` has; nothing if all around it is new.
fn part_added(place: &str, old: &Side<'_>, new: &Side<'_>) -> Option<Shift> {
    let (owner, part) = split(new.facts, place)?;
    old.facts.get(owner)?;
    let has = |kind| old.parts.contains(&(owner, kind));
    let shift = match kind(part) {
        "." | "{}" if old.is_closed(owner) => Shift::Widened,
        "." if has("{}") => Shift::Other,
        // Where no key was said, each was free.
        "." if has(".") => Shift::Widened,
        "<anyOf" if has("<anyOf") => Shift::Widened,
        "<oneOf" => Shift::Other,
        _ => Shift::Narrowed,
    };
    Some(shift)
}

/// What has moved at one place, without its parts.
fn keywords(old: &Json, new: &Json) -> Option<Shift> {
    let none = Map::new();
    let [old, new] = [old, new].map(|it| it.as_object().unwrap_or(&none));
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let types = [old, new].map(|it| it.get("type").and_then(Json::as_str));
    let listed = listed([old, new]);
    let limits = Shifts::of(&ty(types), [&bounds(old), &bounds(new)], listed.as_ref());
    let others = keys.into_iter().map(|key| {
        let values = [old.get(key), new.get(key)];
        keyword(key, values).filter(|_| values[0] != values[1])
    });
    let shifts = others.chain([limits.format, limits.limits, limits.pattern]);
    shifts.flatten().reduce(together)
}

/// What it means that a keyword, which is no limit, has another value.
fn keyword(key: &str, [old, new]: [Option<&Json>; 2]) -> Option<Shift> {
    let turned = |value: bool, on: Shift| {
        let is = |it: Option<&Json>| it == Some(&Json::Bool(value));
        match (is(old), is(new)) {
            (false, true) => Some(on),
            (true, false) => Some(opposite(on)),
            (false, false) | (true, true) => None,
        }
    };
    match key {
        "type" => Some(types([old, new].map(|it| it.and_then(Json::as_str)))),
        "enum" => match (old, new) {
            (Some(old), Some(new)) => Some(sets(&members(old), &members(new))),
            (None, _) => Some(Shift::Narrowed),
            (Some(_), None) => Some(Shift::Widened),
        },
        "required" => {
            let [old, new] = [old, new].map(|it| it.map_or_else(BTreeSet::new, members));
            Some(opposite(sets(&old, &new)))
        }
        "nullable" => turned(true, Shift::Widened),
        "readOnly" => turned(true, Shift::Narrowed),
        "additionalProperties" => turned(false, Shift::Narrowed),
        "deprecated" | "pii" | "writeOnly" => Some(Shift::Same),
        "default"
            if old
                .zip(new)
                .is_some_and(|(old, new)| is_same_value(old, new)) =>
        {
            None
        }
        "in" => None,
        limit if LIMIT_KEYWORDS.contains(&limit) => None,
        _ => Some(Shift::Other),
    }
}

fn types(types: [Option<&str>; 2]) -> Shift {
    match types {
        [None, Some(_)] | [Some("number"), Some("integer")] => Shift::Narrowed,
        [Some(_), None] | [Some("integer"), Some("number")] => Shift::Widened,
        [_, _] => Shift::Other,
    }
}

fn members(list: &Json) -> BTreeSet<String> {
    let values = list.as_array().into_iter().flatten();
    values.map(Json::to_string).collect()
}

fn sets(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Shift {
    Shift::of_sets(old.is_subset(new), new.is_subset(old))
}

/// The texts that either version lists, if both list texts only.
fn listed<'a>(both: [&'a Map<String, Json>; 2]) -> Option<Values<'a>> {
    let mut listed = Values::new();
    for said in both {
        for value in said.get("enum")?.as_array()? {
            listed.insert(value.as_str()?);
        }
    }
    Some(listed)
}

/// The type that both versions have; any JSON if they differ.
fn ty(types: [Option<&str>; 2]) -> Type {
    match types {
        [Some("integer"), Some("integer")] => Type::Scalar(Scalar::Integer),
        [Some("number"), Some("number")] => Type::Scalar(Scalar::Decimal),
        [Some("string"), Some("string")] => Type::Scalar(Scalar::String),
        [_, _] => Type::Any,
    }
}

/// The limits that a place says.
fn bounds(said: &Map<String, Json>) -> Bounds {
    let text = |key: &str| said.get(key).and_then(Json::as_str).map(str::to_owned);
    // As text, which has all digits.
    let number = |key: &str| Number::parse(said.get(key)?.as_str()?);
    let count = |key: &str| usize::try_from(said.get(key)?.as_u64()?).ok();
    let is_true = |key: &str| said.get(key) == Some(&Json::Bool(true));
    let limit = |key: &str, exclusive: &str| {
        number(key).map(|value| Limit {
            value,
            exclusive: is_true(exclusive),
        })
    };
    Bounds {
        format: text("format"),
        minimum: limit("minimum", "exclusiveMinimum"),
        maximum: limit("maximum", "exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: is_true("uniqueItems"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: text("pattern"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        ..Bounds::default()
    }
}

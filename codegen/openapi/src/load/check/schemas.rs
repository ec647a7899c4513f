//! Checks the rules between the fields of a Schema Object.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fault::{DocumentFault, SchemaFault};
use super::{Checker, Members, count};
use crate::number::Number;
use crate::pointer::Trail;

/// Checks a Schema Object.
pub(super) fn schema(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    let is_array = members.text("type") == Some("array");
    if is_array && !members.has("items") {
        let fault = DocumentFault::MissingField {
            object: "an array schema",
            field: "items",
        };
        checker.fault(fault, place);
    }
    enumeration(checker, members, place);
    required_names(checker, members, place);
    ranges(checker, members, place);
}

/// Checks that no lower bound is greater than its upper bound.
fn ranges(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    for (low, high) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        let bound = |key| {
            let bound = members.get(key)?.as_number()?;
            (low == "minimum" || count(bound).is_some()).then(|| Number::from(bound))
        };
        if bound(low)
            .zip(bound(high))
            .is_some_and(|(low, high)| low > high)
        {
            checker.fault(SchemaFault::EmptyRange { low, high }, &place.key(low));
        }
    }
}

/// Checks the values of an enum, and that the default is one of them.
fn enumeration(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    let Some(values) = members.get("enum").and_then(Value::as_array) else {
        return;
    };
    let expected: (&str, fn(&Value) -> bool) = match members.text("type") {
        Some("string") => ("text", Value::is_string),
        Some("integer" | "number") => ("a number", Value::is_number),
        Some("boolean") => ("a boolean", Value::is_boolean),
        Some(_) | None => ("", |_| true),
    };
    let mut indices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, value) in values.iter().enumerate() {
        let (expected, is_met) = expected;
        let place = place.key("enum");
        let place = place.index(index);
        checker.expect(value.is_null() || is_met(value), expected, value, &place);
        indices.entry(value.to_string()).or_default().push(index);
    }
    for (value, indices) in indices {
        // Report each value once, however often it is repeated.
        if let [_, second, ..] = indices[..] {
            let count = indices.len();
            let fault = SchemaFault::DuplicateEnumValue { value, count };
            checker.fault(fault, &place.key("enum").index(second));
        }
    }
    if let Some(default) = members.get("default").filter(|it| !it.is_null())
        && !values.contains(default)
    {
        let value = default.to_string();
        checker.fault(
            SchemaFault::DefaultNotInEnum { value },
            &place.key("default"),
        );
    }
}

/// Checks that `required` names existing properties, each once.
fn required_names(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    let Some(names) = members.get("required").and_then(Value::as_array) else {
        return;
    };
    let properties = closed_properties(members, place);
    let mut seen = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        let Some(text) = name.as_str() else { continue };
        let is_unknown = properties.is_some_and(|it| !it.contains_key(text));
        let name_of = || text.to_owned();
        let fault = if !seen.insert(text) {
            SchemaFault::DuplicateRequired { name: name_of() }
        } else if is_unknown {
            let known = properties.into_iter().flat_map(Map::keys);
            SchemaFault::UnknownRequired {
                name: name_of(),
                similar: checker
                    .guesses
                    .similar(text, known.map(String::as_str))
                    .map(str::to_owned),
            }
        } else {
            continue;
        };
        checker.fault(fault, &place.key("required").index(index));
    }
}

/// Returns the properties of a schema if it can have no others: it has no `allOf`, is not part of one, and does not
/// allow additional properties.
fn closed_properties<'v>(
    members: &Members<'v>,
    place: &Trail<'_>,
) -> Option<&'v Map<String, Value>> {
    const COMPOSITION: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];
    let is_part = place
        .pointer()
        .tokens()
        .any(|it| COMPOSITION.contains(&it.as_str()));
    let is_composed = COMPOSITION.iter().any(|it| members.get(it).is_some());
    let additional = members.get("additionalProperties");
    let is_open = additional.is_some_and(|it| *it != Value::Bool(false));
    if is_part || is_composed || is_open {
        return None;
    }
    members.get("properties")?.as_object()
}

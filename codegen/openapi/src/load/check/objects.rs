//! Checks the rules between the fields of each kind of object.

use serde_json::Value;

use super::fault::{DocumentFault, PathFault};
use super::{Checker, Members};
use crate::pointer::Trail;

/// The locations of a parameter.
pub(super) const LOCATIONS: &[&str] = &["query", "header", "path", "cookie"];

/// The styles of a query parameter and of an encoding.
pub(super) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// Checks a Parameter Object.
pub(super) fn parameter(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    schema_or_content(checker, "a parameter", members, place);
    let (Some(location), Some(name)) = (members.text("in"), members.text("name")) else {
        return;
    };
    let is_optional =
        !members.has("required") || members.get("required") == Some(&Value::Bool(false));
    if location == "path" && is_optional {
        let name = name.to_owned();
        checker.fault(PathFault::OptionalPathParameter { name }, place);
    }
    let styles: &[&str] = match location {
        "query" => QUERY_STYLES,
        "header" => &["simple"],
        "path" => &["matrix", "label", "simple"],
        "cookie" => &["form"],
        // Already reported as an unknown value of `in`.
        _ => return,
    };
    if let Some(style) = members.get("style").filter(|it| it.is_string()) {
        checker.one_of(styles, style, &place.key("style"));
    }
}

/// Checks a Header Object.
pub(super) fn header(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    schema_or_content(checker, "a header", members, place);
}

/// Checks that a parameter or a header describes its value in exactly one way.
fn schema_or_content(
    checker: &mut Checker<'_>,
    name: &'static str,
    members: &Members<'_>,
    place: &Trail<'_>,
) {
    let fields = ["schema", "content"];
    let has_both = fields.iter().all(|it| members.get(it).is_some());
    // A `type` is Swagger 2.0 and already reported as an unknown field.
    let has_one = members.get("type").is_some() || fields.iter().any(|it| members.has(it));
    if has_both || !has_one {
        checker.fault(
            DocumentFault::NotExactlyOne {
                object: name,
                fields,
            },
            place,
        );
    }
}

/// Checks that a Security Scheme Object has the fields that its type requires.
pub(super) fn security_scheme(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    let kind = members.text("type");
    let (name, fields): (_, &[&'static str]) = match kind {
        Some("apiKey") => ("an apiKey security scheme", &["name", "in"]),
        Some("http") => ("an http security scheme", &["scheme"]),
        Some("oauth2") => ("an oauth2 security scheme", &["flows"]),
        Some("openIdConnect") => ("an openIdConnect security scheme", &["openIdConnectUrl"]),
        // Already reported as a missing or unknown type.
        _ => return,
    };
    for field in fields {
        checker.required(members, name, field, place);
    }
}

/// Returns whether a key of a Responses Object is a status: `default`, `200` or `2XX`.
pub(in crate::load) fn is_status(key: &str) -> bool {
    let is_code = key.len() == 3
        && key.starts_with(|it: char| ('1'..='5').contains(&it))
        && (key[1..].eq_ignore_ascii_case("xx") || key.bytes().all(|it| it.is_ascii_digit()));
    is_code || key == "default"
}

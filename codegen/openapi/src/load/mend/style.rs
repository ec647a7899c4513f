//! Corrects how the values of a parameter are separated: styles in another spelling, and the `collectionFormat` of
//! Swagger 2.0.

use serde_json::Value;

use super::Mender;
use super::fault::MendFault;
use crate::pointer::Trail;
use crate::tree::Cursor;

/// The styles of each location, the default first.
pub(super) const STYLES: [(&str, &[&str]); 4] = [
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "matrix", "label"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

/// What styles are called, without signs and in lower case, and the style that is meant. Values with commas between them
/// are those of `form` without `explode`.
const SPELLINGS: [(&str, &str, Option<bool>); 20] = [
    ("form", "form", None),
    ("", "form", None),
    ("simple", "simple", Some(false)),
    ("matrix", "matrix", None),
    ("label", "label", None),
    ("csv", "form", Some(false)),
    ("comma", "form", Some(false)),
    ("commas", "form", Some(false)),
    ("commadelimited", "form", Some(false)),
    ("commaseparated", "form", Some(false)),
    ("multi", "form", Some(true)),
    ("ssv", "spaceDelimited", Some(false)),
    ("space", "spaceDelimited", Some(false)),
    ("spacedelimited", "spaceDelimited", None),
    ("spaceseparated", "spaceDelimited", None),
    ("pipe", "pipeDelimited", Some(false)),
    ("pipes", "pipeDelimited", Some(false)),
    ("pipedelimited", "pipeDelimited", None),
    ("pipeseparated", "pipeDelimited", None),
    ("deepobject", "deepObject", None),
];

impl Mender {
    /// Corrects the spelling of a style, and the styles of other locations.
    pub(super) fn style(&mut self, parameter: &mut Cursor<'_>, at: &Trail<'_>) {
        let location = parameter.text("in");
        let styles = STYLES.iter().find(|(name, _)| Some(*name) == location);
        let Some((_, styles)) = styles else { return };
        let Some(found) = parameter.text("style").filter(|it| !styles.contains(it)) else {
            return;
        };
        let Some((taken, explode)) = taken(found, styles) else {
            return;
        };
        let found = found.to_owned();
        if let Some(explode) = explode.filter(|_| !parameter.has("explode")) {
            parameter.set("explode", explode, "style");
        }
        parameter.set("style", taken, "style");
        let taken = match explode {
            Some(explode) => format!("{taken}` with `explode: {explode}"),
            None => taken.to_owned(),
        };
        self.report(MendFault::Respelled { found, taken }, &at.key("style"));
    }

    /// Expresses how Swagger 2.0 separates the items of a list, also beside or inside of a schema.
    pub(super) fn collection(&mut self, parameter: &mut Cursor<'_>, at: &Trail<'_>) {
        let field = "collectionFormat";
        let is_older = !parameter.has("schema") && parameter.text("type") == Some("array");
        let mut place = at.key(field);
        let schema_at = at.key("schema");
        let mut format = parameter.drop(field);
        if let Some(mut schema) = parameter.member("schema").filter(|it| it.has(field)) {
            place = schema_at.key(field);
            format = schema.drop(field).or(format);
        }
        let schema = parameter.get("schema");
        let is_list =
            is_older || schema.is_some_and(|it| it["type"] == "array" || it.get("$ref").is_some());
        let is_said = format.is_some();
        let format = format.unwrap_or_else(|| "csv".into());
        let says_otherwise = parameter.has("style") || parameter.has("explode");
        if !is_list || (!is_older && !is_said) || says_otherwise {
            return;
        }
        if !is_older {
            self.report(MendFault::Older { field }, &place);
        }
        let location = parameter.text("in").unwrap_or_default().to_owned();
        match separated(&format, &location) {
            Some((style, explode)) if location == "query" || location == "cookie" => {
                parameter.set("style", style, field);
                parameter.set("explode", explode, field);
            }
            // Their only style has commas.
            Some(_) => {}
            None => self.report(
                MendFault::Delimiter {
                    format: format.to_string(),
                },
                &place,
            ),
        }
    }
}

/// The style and the `explode` of a `collectionFormat`, if values in this location can have it.
pub(super) fn separated(format: &Value, location: &str) -> Option<(&'static str, bool)> {
    let is_form = location == "query" || location == "cookie";
    match format.as_str() {
        Some("csv") => Some(("form", false)),
        Some("multi") => Some(("form", true)),
        Some("ssv") if is_form => Some(("spaceDelimited", false)),
        Some("pipes") if is_form => Some(("pipeDelimited", false)),
        Some(_) | None => None,
    }
}

/// The style that a text means in a location with these styles, and its `explode` if it is not the default.
fn taken(found: &str, styles: &[&'static str]) -> Option<(&'static str, Option<bool>)> {
    let letters = found.chars().filter(char::is_ascii_alphanumeric);
    let plain = letters.collect::<String>().to_ascii_lowercase();
    let (_, style, explode) = SPELLINGS.into_iter().find(|(name, _, _)| *name == plain)?;
    if styles.contains(&style) {
        let is_form = style != "simple";
        return Some((style, explode.filter(|_| is_form)));
    }
    // Each location has one style that separates values by commas, which is its first.
    let is_elsewhere = ["form", "simple", "matrix", "label"].contains(&style);
    let explode = explode.filter(|_| styles[0] == "form");
    is_elsewhere.then_some((styles[0], explode))
}

#[cfg(test)]
mod tests {
    use super::{STYLES, taken};

    #[test]
    fn styles_are_recognized() {
        let styles = |location: &str| STYLES.iter().find(|(name, _)| *name == location).unwrap().1;
        for (found, location, expected) in [
            ("Form", "query", Some(("form", None))),
            ("", "query", Some(("form", None))),
            ("csv", "query", Some(("form", Some(false)))),
            ("simple", "query", Some(("form", Some(false)))),
            ("multi", "query", Some(("form", Some(true)))),
            ("pipe-delimited", "query", Some(("pipeDelimited", None))),
            ("deepobject", "query", Some(("deepObject", None))),
            ("simple", "cookie", Some(("form", Some(false)))),
            ("form", "path", Some(("simple", None))),
            ("csv", "header", Some(("simple", None))),
            ("Simple", "header", Some(("simple", None))),
            ("deepObject", "path", None),
            ("pipes", "header", None),
            ("other", "query", None),
        ] {
            assert_eq!(
                taken(found, styles(location)),
                expected,
                "{found} in {location}"
            );
        }
    }
}

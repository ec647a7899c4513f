//! Fills in the defaults of `encoding` in forms: the typed document cannot distinguish `explode: false` from a missing
//! one.

use serde_json::Value;

/// Adds `explode` and `style` where one implies the other (OpenAPI 3.0.3, Encoding Object): `explode` defaults to true
/// for the style `form`, and a field with only `explode` has that style.
pub(super) fn complete(document: &mut Value) {
    let paths = values(document.get_mut("paths"));
    let operations = paths.flat_map(|it| values(Some(it)));
    let bodies = operations.filter_map(|it| it.get_mut("requestBody"));
    bodies.for_each(complete_body);
    let components = document.pointer_mut("/components/requestBodies");
    values(components).for_each(complete_body);
}

fn complete_body(body: &mut Value) {
    let media_types = values(body.get_mut("content"));
    for encoding in media_types.flat_map(|it| values(it.get_mut("encoding"))) {
        let Value::Object(encoding) = encoding else {
            continue; // Refused by `check`.
        };
        let style = encoding.get("style").and_then(Value::as_str);
        let has_explode = encoding.contains_key("explode");
        let keeps_reserved = encoding.get("allowReserved") == Some(&Value::Bool(true));
        match (style, has_explode) {
            (None, true) => drop(encoding.insert("style".to_owned(), "form".into())),
            (Some("form"), false) => drop(encoding.insert("explode".to_owned(), true.into())),
            (None, false) if keeps_reserved => {
                encoding.insert("explode".to_owned(), true.into());
            }
            (Some(_), _) | (None, false) => {}
        }
    }
}

fn values(object: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let object = object.and_then(Value::as_object_mut);
    object.into_iter().flat_map(|it| it.values_mut())
}

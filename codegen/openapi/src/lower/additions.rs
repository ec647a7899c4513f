//! Recognizes alternatives that each add properties to one object: `anyOf` of inline objects beside `properties`.
//!
//! A value may fit several alternatives of an `anyOf` (JSON Schema Core, §10.2.1.2), so it may have the properties of
//! several. An enum would have those of one and lose the others; one object has them all.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Map;

use super::SpecContext;
use super::conditions::json;
use super::restriction::{choice_of, of_alternatives};
use super::view::{Additional, ObjectView, SchemaPart, SchemaRef, View, sight};
use crate::api::{Bounds, Json};
use crate::pointer::Pointer;

/// The properties that the alternatives of `part` add to an object, which `base` describes. They are optional, unless all
/// alternatives require them.
///
/// `None` if a value has one of several shapes: the alternatives are components, which have names and meanings of their own,
/// are more than properties, or have a property that another alternative or the object itself has.
pub(super) fn added<'a>(
    spec: SpecContext<'a>,
    part: &SchemaPart<'a>,
    base: &[&View<'a>],
) -> Option<ObjectView<'a>> {
    let Some(("anyOf", alternatives)) = choice_of(part) else {
        return None;
    };
    let is_tagged = |it: &Schema| it.schema_data.discriminator.is_some();
    if part.schema.inline().is_some_and(is_tagged) {
        return None;
    }
    let mut taken = properties(base)?;
    let mut all = ObjectView::default();
    let mut required: Option<BTreeSet<&str>> = None;
    for (index, alternative) in alternatives.iter().enumerate() {
        let at = part.at.key("anyOf").index(index);
        let object = only_properties(spec, &at, alternative)?;
        for (name, parts) in object.properties {
            if !taken.insert(name) {
                return None;
            }
            all.properties.insert(name, parts);
        }
        required = Some(match required {
            None => object.required,
            Some(others) => &others & &object.required,
        });
    }
    all.required = required.unwrap_or_default();
    all.bounds = demands(alternatives);
    Some(all)
}

/// What the alternatives demand besides the types of their properties, as a condition, if each demands something.
fn demands(alternatives: &[ReferenceOr<Schema>]) -> Bounds {
    let demand = |alternative| {
        let mut demand = json(alternative);
        if let Some(keywords) = demand.as_object_mut() {
            keywords.retain(|key, _| !matches!(key.as_str(), "properties" | "type"));
        }
        demand
    };
    let demands: Vec<Json> = alternatives.iter().map(demand).collect();
    let is_empty = |it: &Json| it.as_object().is_some_and(Map::is_empty);
    if demands.iter().any(is_empty) {
        return Bounds::default();
    }
    of_alternatives("anyOf", demands)
}

/// The names of the properties of an object; `None` if it has none, or is not an object.
fn properties<'a>(views: &[&View<'a>]) -> Option<BTreeSet<&'a str>> {
    let mut names = BTreeSet::new();
    for view in views {
        match view {
            View::Object(object) => names.extend(object.properties.keys()),
            View::Any { .. } => {}
            View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => return None,
            View::Refined(_) | View::Union(_) | View::Untyped(_) => return None,
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The object that an alternative describes, if it is inline and says nothing but which properties there are.
fn only_properties<'a>(
    spec: SpecContext<'a>,
    at: &Pointer,
    alternative: &'a ReferenceOr<Schema>,
) -> Option<ObjectView<'a>> {
    let schema = alternative
        .as_item()
        .filter(|it| !it.schema_data.nullable)?;
    let view = sight(spec.vendor, at, SchemaRef::Inline(schema)).view()?;
    let View::Object(object) = view else {
        return None;
    };
    let is_open = matches!(object.additional, Additional::Ignored);
    is_open.then_some(object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Api, Shape};
    use crate::source::SourceFile;

    /// The model of a document whose schema `A` is `schema`.
    fn api(schema: &str) -> Api {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\nservers: [{{url: 'https://shop.example.com'}}]\n\
             paths:\n  /a: {{get: {{responses: {{'200': {{description: A., content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}\n\
             components:\n  schemas:\n    B: {{type: object, properties: {{b: {{type: string}}}}}}\n    A: {schema}\n"
        );
        let path = "shop.yaml".to_owned();
        let (mut apis, report) = crate::read(&[SourceFile { path, text }]);
        assert!(!report.has_errors(), "{report}");
        apis.remove(0)
    }

    /// The fields of the schema `A`, `?` after those that may be absent; `one of several` if it is a union.
    fn fields(schema: &str) -> String {
        let api = api(schema);
        let a = api
            .types
            .iter()
            .find(|it| it.at.as_str() == "/components/schemas/A")
            .unwrap();
        let Shape::Object(object) = &a.shape else {
            return "one of several".to_owned();
        };
        let fields = object.fields.iter().map(|it| {
            let may_be_absent = if it.presence.is_optional() { "?" } else { "" };
            format!("{}{may_be_absent}", it.wire_name)
        });
        fields.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn alternatives_add_properties_to_the_object_beside_them() {
        for (alternatives, expected) in [
            ("{properties: {b: {}}}, {properties: {c: {}}}", "a? b? c?"),
            (
                "{required: [b], properties: {b: {}}}, {required: [a]}",
                "a? b?",
            ),
            (
                "{required: [a], properties: {b: {}}}, {required: [a, c], properties: {c: {}}}",
                "a b? c?",
            ),
        ] {
            let schema = format!("{{properties: {{a: {{}}}}, anyOf: [{alternatives}]}}");
            assert_eq!(fields(&schema), expected, "{alternatives}");
        }
    }

    #[test]
    fn values_of_several_shapes_stay_a_union() {
        for schema in [
            "{properties: {a: {}}, oneOf: [{properties: {b: {}}}, {properties: {c: {}}}]}",
            "{properties: {a: {}}, anyOf: [{properties: {b: {}}}, {$ref: '#/components/schemas/B'}]}",
            "{properties: {a: {}}, anyOf: [{properties: {b: {}}}, {properties: {b: {}, c: {}}}]}",
            "{properties: {a: {}}, anyOf: [{properties: {a: {type: string}}}, {properties: {b: {}}}]}",
            "{properties: {a: {}}, anyOf: [{properties: {b: {}}}, {properties: {c: {}}, additionalProperties: false}]}",
            "{anyOf: [{properties: {b: {}}}, {properties: {c: {}}}]}",
        ] {
            assert_eq!(fields(schema), "one of several", "{schema}");
        }
    }

    #[test]
    fn demands_of_alternatives_are_a_condition() {
        let conditions = |alternatives: &str| {
            let schema = format!("{{properties: {{a: {{}}}}, anyOf: [{alternatives}]}}");
            let api = api(&schema);
            let mut conditions = api.schemas.iter().map(|it| &it.bounds.conditions);
            conditions.find_map(|it| it.get("anyOf").map(Json::to_string))
        };
        assert_eq!(
            conditions(
                "{required: [b], properties: {b: {}}}, {required: [c], properties: {c: {}}}"
            )
            .unwrap(),
            r#"[{"required":["b"]},{"required":["c"]}]"#
        );
        assert_eq!(
            conditions("{properties: {b: {}}}, {required: [c], properties: {c: {}}}"),
            None
        );
    }
}

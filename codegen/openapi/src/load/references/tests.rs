use serde_json::json;

use super::*;

fn resolved(version: OpenApiVersion, text: &Value) -> Value {
    let source = crate::source::SourceFile {
        path: "a.json".to_owned(),
        text: text.to_string(),
    };
    let reading = tree::read(&source);
    let mut tree = Tree {
        value: reading.value.unwrap(),
        places: reading.places,
    };
    resolve(&mut tree, version);
    tree.value
}

fn operation(schema: &Value) -> Value {
    json!({"get": {"responses": {"200": {"content": {"application/json": {"schema": schema}}}}}})
}

const SCHEMA_OF_A: &str = "#/paths/~1a/get/responses/200/content/application~1json/schema";

#[test]
fn references_may_lead_anywhere() {
    let document = resolved(
        OpenApiVersion::V3_0,
        &json!({
            "paths": {
                "/a": operation(&json!({"properties": {"b": {"$ref": "#/components/schemas/c"}}})),
                "/b": {"$ref": "#/paths/~1a"},
            },
            "components": {"schemas": {
                "c": {"properties": {"d": {"type": "string"}, "example": {"$ref": "#/components/schemas/c/properties/d"}}},
                "e": {"$ref": format!("{SCHEMA_OF_A}/properties/b")},
                "f": {"items": {"$ref": "#/components/schemas/c/properties/d", "nullable": true}},
                "g": {"example": {"$ref": "#/paths/~1a"}},
            }},
        }),
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["e"], json!({"$ref": "#/components/schemas/c"}));
    assert_eq!(
        schemas["f"]["items"],
        json!({"nullable": true, "allOf": [{"type": "string"}]})
    );
    assert_eq!(
        schemas["c"]["properties"]["example"],
        json!({"type": "string"})
    );
    assert_eq!(schemas["g"], json!({"example": {"$ref": "#/paths/~1a"}}));
    assert_eq!(document["paths"]["/b"], document["paths"]["/a"]);
}

#[test]
fn definitions_become_components() {
    let document = resolved(
        OpenApiVersion::V3_1,
        &json!({
            "components": {"schemas": {
                "pet": {
                    "properties": {"owner": {"$ref": "#/components/schemas/pet/$defs/pet"}},
                    "$defs": {"pet": {"properties": {"next": {"$ref": "#/components/schemas/pet/$defs/pet"}}}},
                },
                "own": {"$ref": "#/$defs/other"},
                "same": {"items": {"$ref": "#/$defs/other"}},
            }},
            "$defs": {"other": {"type": "string"}},
        }),
    );
    let schemas = &document["components"]["schemas"];
    let link = json!({"$ref": "#/components/schemas/pet2"});
    assert_eq!(schemas["pet"]["properties"]["owner"], link);
    assert_eq!(schemas["pet2"], json!({"properties": {"next": link}}));
    // A component that is only this reference gives it its name.
    assert_eq!(schemas["own"], json!({"type": "string"}));
    assert_eq!(
        schemas["same"]["items"],
        json!({"$ref": "#/components/schemas/own"})
    );
}

#[test]
fn endless_references_stay_or_become_components() {
    let around = json!({"paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}}});
    let document = resolved(OpenApiVersion::V3_0, &around);
    assert!(document["paths"]["/a"]["$ref"].is_string(), "{document}");
    let itself =
        json!({"properties": {"next": {"$ref": SCHEMA_OF_A}, "other": {"$ref": SCHEMA_OF_A}}});
    let document = resolved(
        OpenApiVersion::V3_0,
        &json!({"paths": {"/a": operation(&itself)}, "components": {}}),
    );
    let link = json!({"$ref": "#/components/schemas/schema"});
    assert_eq!(
        document["components"]["schemas"]["schema"],
        json!({"properties": {"next": link, "other": link}})
    );
    // Each level doubles the size.
    let both = |path: &str| {
        let all_of = json!({"$ref": format!("#/paths/{path}/get/parameters/0/schema")});
        json!({"get": {"parameters": [{"schema": {"x": 1, "allOf": [all_of, all_of]}}]}})
    };
    let document = resolved(
        OpenApiVersion::V3_0,
        &json!({"paths": {"/a": both("~1b"), "/b": both("~1a")}, "components": {}}),
    );
    assert!(tree::count(&document) < 1000);
}

#[test]
fn pointers_lead_through_references() {
    let document = resolved(
        OpenApiVersion::V3_0,
        &json!({"components": {"schemas": {
            "a": {"properties": {"b": {"$ref": "#/components/schemas/c"}, "d": {"$ref": "#/components/schemas/a/properties/b/properties/e"}}},
            "c": {"properties": {"e": {"type": "string"}}},
            "f": {"properties": {"g": {"$ref": "#/components/schemas/a/properties/d/items"}}},
            "h": {"$ref": "#/components/schemas/h/items"},
        }}}),
    );
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["a"]["properties"]["d"], json!({"type": "string"}));
    let nowhere = json!({"$ref": "#/components/schemas/a/properties/d/items"});
    assert_eq!(schemas["f"]["properties"]["g"], nowhere);
    assert_eq!(
        schemas["h"],
        json!({"$ref": "#/components/schemas/h/items"})
    );
}

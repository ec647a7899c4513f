//! Defines the rules of OpenAPI 3.0 for each object: its fields, their kinds, and which are required.
//!
//! A table of <https://spec.openapis.org/oas/v3.0.3>, in its order. Parts that no client code is generated from are
//! [`Kind::LeftOut`] or [`Kind::Any`] and are not checked.

use super::rule::{Kind, ObjectRule, may, must, rule};
use super::{objects, schemas};

pub(in crate::load) static DOCUMENT: ObjectRule = rule(
    "an OpenAPI document",
    None,
    &[
        must("openapi", Kind::Text),
        must("info", Kind::Object(&INFO)),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
        must("paths", Kind::Paths),
        may("components", Kind::Object(&COMPONENTS)),
        may("security", Kind::List(&Kind::Security)),
        may("tags", Kind::List(&Kind::Object(&TAG))),
        may("externalDocs", Kind::LeftOut),
    ],
);

static INFO: ObjectRule = rule(
    "`info`",
    None,
    &[
        must("title", Kind::Text),
        may("description", Kind::Text),
        may("termsOfService", Kind::Text),
        may("contact", Kind::LeftOut),
        may("license", Kind::LeftOut),
        must("version", Kind::Text),
    ],
);

static SERVER: ObjectRule = rule(
    "a server",
    None,
    &[
        must("url", Kind::ServerUrl),
        may("description", Kind::Text),
        may("variables", Kind::Map(&Kind::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: ObjectRule = rule(
    "a server variable",
    None,
    &[
        may("enum", Kind::List(&Kind::Text)),
        must("default", Kind::Text),
        may("description", Kind::Text),
    ],
);

pub(in crate::load) static COMPONENTS: ObjectRule = rule(
    "`components`",
    None,
    &[
        may("schemas", Kind::Components(&Kind::ObjectOrRef(&SCHEMA))),
        may("responses", Kind::Components(&Kind::ObjectOrRef(&RESPONSE))),
        may(
            "parameters",
            Kind::Components(&Kind::ObjectOrRef(&PARAMETER)),
        ),
        may("examples", Kind::Components(&Kind::ObjectOrRef(&EXAMPLE))),
        may(
            "requestBodies",
            Kind::Components(&Kind::ObjectOrRef(&REQUEST_BODY)),
        ),
        may("headers", Kind::Components(&Kind::ObjectOrRef(&HEADER))),
        may(
            "securitySchemes",
            Kind::Components(&Kind::ObjectOrRef(&SECURITY_SCHEME)),
        ),
        may("links", Kind::LeftOut),
        may("callbacks", Kind::LeftOut),
    ],
);

pub(in crate::load) static PATH_ITEM: ObjectRule = rule(
    "a path item",
    None,
    &[
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("get", Kind::Object(&OPERATION)),
        may("put", Kind::Object(&OPERATION)),
        may("post", Kind::Object(&OPERATION)),
        may("delete", Kind::Object(&OPERATION)),
        may("options", Kind::Object(&OPERATION)),
        may("head", Kind::Object(&OPERATION)),
        may("patch", Kind::Object(&OPERATION)),
        may("trace", Kind::Object(&OPERATION)),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
        may("parameters", Kind::List(&Kind::ObjectOrRef(&PARAMETER))),
    ],
);

/// What stands for a rule where a reference takes the place of a map or a list.
pub(in crate::load) static GROUP: ObjectRule = rule("a map or a list", None, &[]);

pub(in crate::load) static OPERATION: ObjectRule = rule(
    "an operation",
    None,
    &[
        may("tags", Kind::List(&Kind::Text)),
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("externalDocs", Kind::LeftOut),
        may("operationId", Kind::Text),
        may("parameters", Kind::List(&Kind::ObjectOrRef(&PARAMETER))),
        may("requestBody", Kind::ObjectOrRef(&REQUEST_BODY)),
        must("responses", Kind::Responses),
        may("callbacks", Kind::LeftOut),
        may("deprecated", Kind::Bool),
        may("security", Kind::List(&Kind::Security)),
        may("servers", Kind::List(&Kind::Object(&SERVER))),
    ],
);

pub(in crate::load) static PARAMETER: ObjectRule = ObjectRule {
    also: objects::parameter,
    ..rule(
        "a parameter",
        Some("parameters"),
        &[
            must("name", Kind::Text),
            must("in", Kind::OneOf(objects::LOCATIONS)),
            may("description", Kind::Text),
            may("required", Kind::Bool),
            may("deprecated", Kind::Bool),
            may("allowEmptyValue", Kind::Bool),
            // Which values are allowed depends on `in`.
            may("style", Kind::Text),
            may("explode", Kind::Bool),
            may("allowReserved", Kind::Bool),
            may("schema", Kind::ObjectOrRef(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", Kind::Map(&Kind::ObjectOrRef(&EXAMPLE))),
            may("content", Kind::Content),
        ],
    )
};

pub(in crate::load) static REQUEST_BODY: ObjectRule = rule(
    "a request body",
    Some("requestBodies"),
    &[
        may("description", Kind::Text),
        must("content", Kind::Content),
        may("required", Kind::Bool),
    ],
);

pub(in crate::load) static MEDIA_TYPE: ObjectRule = rule(
    "a media type",
    None,
    &[
        may("schema", Kind::ObjectOrRef(&SCHEMA)),
        may("example", Kind::Any),
        may("examples", Kind::Map(&Kind::ObjectOrRef(&EXAMPLE))),
        may("encoding", Kind::Map(&Kind::Object(&ENCODING))),
    ],
);

static ENCODING: ObjectRule = rule(
    "an encoding",
    None,
    &[
        may("contentType", Kind::Text),
        may("headers", Kind::Map(&Kind::ObjectOrRef(&HEADER))),
        may("style", Kind::OneOf(objects::QUERY_STYLES)),
        may("explode", Kind::Bool),
        may("allowReserved", Kind::Bool),
    ],
);

pub(in crate::load) static RESPONSE: ObjectRule = rule(
    "a response",
    Some("responses"),
    &[
        must("description", Kind::Text),
        may("headers", Kind::Map(&Kind::ObjectOrRef(&HEADER))),
        may("content", Kind::Content),
        may("links", Kind::LeftOut),
    ],
);

pub(in crate::load) static EXAMPLE: ObjectRule = rule(
    "an example",
    Some("examples"),
    &[
        may("summary", Kind::Text),
        may("description", Kind::Text),
        may("value", Kind::Any),
        may("externalValue", Kind::Text),
    ],
);

pub(in crate::load) static HEADER: ObjectRule = ObjectRule {
    also: objects::header,
    ..rule(
        "a header",
        Some("headers"),
        &[
            may("description", Kind::Text),
            may("required", Kind::Bool),
            may("deprecated", Kind::Bool),
            may("allowEmptyValue", Kind::Bool),
            may("style", Kind::OneOf(&["simple"])),
            may("explode", Kind::Bool),
            may("allowReserved", Kind::Bool),
            may("schema", Kind::ObjectOrRef(&SCHEMA)),
            may("example", Kind::Any),
            may("examples", Kind::Map(&Kind::ObjectOrRef(&EXAMPLE))),
            may("content", Kind::Content),
        ],
    )
};

static TAG: ObjectRule = rule(
    "a tag",
    None,
    &[
        must("name", Kind::Text),
        may("description", Kind::Text),
        may("externalDocs", Kind::LeftOut),
    ],
);

pub(in crate::load) static SCHEMA: ObjectRule = ObjectRule {
    also: schemas::schema,
    ..rule(
        "a schema",
        Some("schemas"),
        &[
            may("title", Kind::Text),
            may("multipleOf", Kind::Limit),
            may("maximum", Kind::Limit),
            may("exclusiveMaximum", Kind::Bool),
            may("minimum", Kind::Limit),
            may("exclusiveMinimum", Kind::Bool),
            may("maxLength", Kind::Count),
            may("minLength", Kind::Count),
            may("pattern", Kind::Pattern),
            may("maxItems", Kind::Count),
            may("minItems", Kind::Count),
            may("uniqueItems", Kind::Bool),
            may("maxProperties", Kind::Count),
            may("minProperties", Kind::Count),
            may("required", Kind::List(&Kind::Text)),
            may("enum", Kind::List(&Kind::Any)),
            may("type", Kind::Type),
            may("allOf", Kind::List(&Kind::ObjectOrRef(&SCHEMA))),
            may("oneOf", Kind::List(&Kind::ObjectOrRef(&SCHEMA))),
            may("anyOf", Kind::List(&Kind::ObjectOrRef(&SCHEMA))),
            may("not", Kind::ObjectOrRef(&SCHEMA)),
            may("items", Kind::ObjectOrRef(&SCHEMA)),
            may("properties", Kind::Map(&Kind::ObjectOrRef(&SCHEMA))),
            may("additionalProperties", Kind::BoolOrSchema),
            may("description", Kind::Text),
            may("format", Kind::Text),
            may("default", Kind::Any),
            may("nullable", Kind::Bool),
            may("discriminator", Kind::Object(&DISCRIMINATOR)),
            may("readOnly", Kind::Bool),
            may("writeOnly", Kind::Bool),
            may("xml", Kind::LeftOut),
            may("externalDocs", Kind::LeftOut),
            may("example", Kind::Any),
            may("deprecated", Kind::Bool),
        ],
    )
};

static DISCRIMINATOR: ObjectRule = rule(
    "a discriminator",
    None,
    &[
        must("propertyName", Kind::Text),
        may("mapping", Kind::Map(&Kind::SchemaName)),
    ],
);

pub(in crate::load) static SECURITY_SCHEME: ObjectRule = ObjectRule {
    also: objects::security_scheme,
    ..rule(
        "a security scheme",
        Some("securitySchemes"),
        &[
            must(
                "type",
                Kind::OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
            ),
            may("description", Kind::Text),
            may("name", Kind::Text),
            may("in", Kind::OneOf(&["query", "header", "cookie"])),
            may("scheme", Kind::Text),
            may("bearerFormat", Kind::Text),
            may("flows", Kind::Object(&OAUTH_FLOWS)),
            may("openIdConnectUrl", Kind::Text),
        ],
    )
};

static OAUTH_FLOWS: ObjectRule = rule(
    "`flows`",
    None,
    &[
        may("implicit", Kind::Object(&IMPLICIT_FLOW)),
        may("password", Kind::Object(&TOKEN_FLOW)),
        may("clientCredentials", Kind::Object(&TOKEN_FLOW)),
        may("authorizationCode", Kind::Object(&CODE_FLOW)),
    ],
);

static IMPLICIT_FLOW: ObjectRule = rule(
    "an implicit OAuth flow",
    None,
    &[
        must("authorizationUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", Kind::Map(&Kind::Text)),
    ],
);

static TOKEN_FLOW: ObjectRule = rule(
    "an OAuth flow",
    None,
    &[
        must("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", Kind::Map(&Kind::Text)),
    ],
);

static CODE_FLOW: ObjectRule = rule(
    "an OAuth flow",
    None,
    &[
        must("authorizationUrl", Kind::Text),
        must("tokenUrl", Kind::Text),
        may("refreshUrl", Kind::Text),
        must("scopes", Kind::Map(&Kind::Text)),
    ],
);

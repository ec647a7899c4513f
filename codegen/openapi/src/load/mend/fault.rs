//! Defines the faults that are corrected because their meaning is clear.

use crate::load::check::UNSUPPORTED;
use crate::report::{Description, Fault, explanations, note, warning};

/// A corrected fault.
pub(super) enum MendFault {
    /// An object lacks a required field that has no meaning here.
    Supplied {
        /// What the object is, with its article.
        object: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A field has no value.
    Nothing {
        /// The field.
        field: &'static str,
    },
    /// A parameter repeats an earlier one.
    Repeated,
    /// A media type is malformed.
    MediaType {
        /// The key as written.
        found: String,
        /// The media type that it is treated as.
        taken: String,
    },
    /// A field is written in the way of an older OpenAPI version.
    Older {
        /// The field.
        field: &'static str,
    },
    /// A field is beside the object that it belongs into.
    Misplaced {
        /// The field.
        field: String,
        /// Where it belongs.
        place: &'static str,
    },
    /// A limit has an impossible value.
    Limit {
        /// The field.
        field: &'static str,
    },
    /// Values of an enum are written as values of another type.
    Converted {
        /// The type.
        typ: String,
    },
    /// Text is written as a number or a Boolean.
    Unquoted {
        /// The text.
        text: String,
    },
    /// A value has another kind than its field takes.
    OtherKind {
        /// What is expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
        /// What it is read as, in words.
        taken: String,
    },
    /// A value has another kind than its field takes, and nothing depends on it.
    Unread {
        /// What is expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A value is another spelling of a known one.
    Respelled {
        /// The value as written.
        found: String,
        /// The value that it is read as.
        taken: String,
    },
    /// The name of a type stands for any value.
    Untyped {
        /// The name.
        found: String,
    },
    /// A key is another spelling of a known one.
    RespelledKey {
        /// The key as written.
        found: String,
        /// The key that it is read as.
        taken: String,
    },
    /// A key of `responses` is not a status.
    NoStatus {
        /// The key.
        found: String,
    },
    /// No request can be sent to a server.
    Server {
        /// Why, as a sentence.
        reason: String,
    },
    /// A parameter that most operations require is an API key, which the document does not declare.
    UndeclaredKey {
        /// Its name.
        name: String,
    },
    /// A list is separated in a way that OpenAPI 3 cannot express.
    Delimiter {
        /// The `collectionFormat`, as JSON.
        format: String,
    },
    /// Values of an enum have other types than the enum.
    OtherValues {
        /// The type.
        typ: String,
    },
}

impl Fault for MendFault {
    fn describe(self) -> Description {
        match self {
            Self::Supplied { object, field } => {
                let assumed = assumed(field);
                SUPPLIED_FIELD.of_value(format!("{object} must have `{field}`: {assumed}"))
            }
            Self::Nothing { field } => {
                EMPTY_FIELD.of_key(format!("`{field}` has no value: it is ignored"))
            }
            Self::Repeated => REPEATED_PARAMETER.of_value("this parameter is already in the list"),
            Self::MediaType { found, taken } => MALFORMED_MEDIA_TYPE.of_key(format!(
                "`{found}` is not a media type: it is read as `{taken}`"
            )),
            Self::Older { field } => OLDER_FIELD.of_key(format!(
                "`{field}` is written in the way of an older OpenAPI version"
            )),
            Self::Misplaced { field, place } => MISPLACED_FIELD.of_key(format!(
                "`{field}` belongs into {place}: it is read as if it were there"
            )),
            Self::Limit { field } => {
                UNUSABLE_LIMIT.of_value(format!("`{field}` cannot be this value: it is ignored"))
            }
            Self::Converted { typ } => CONVERTED_VALUE.of_value(format!(
                "this is not written as `type: {typ}`: the values of the enum are converted"
            )),
            Self::Unquoted { text } => UNQUOTED_TEXT
                .of_value(format!("this is not text: it is read as `\"{text}\"`"))
                .help("put the value in quotes"),
            Self::OtherKind {
                expected,
                found,
                taken,
            } => OTHER_KIND.of_value(format!(
                "expected {expected}, found {found}: it is read as {taken}"
            )),
            Self::Unread { expected, found } => OTHER_KIND
                .of_value(format!("expected {expected}, found {found}: it is ignored")),
            Self::Respelled { found, taken } => {
                RESPELLED.of_value(format!("`{found}` is read as `{taken}`"))
            }
            Self::Untyped { found } => {
                RESPELLED.of_value(format!("`{found}` is not a type: any value is assumed"))
            }
            Self::RespelledKey { found, taken } => {
                RESPELLED.of_key(format!("`{found}` is read as `{taken}`"))
            }
            Self::NoStatus { found } => INVALID_STATUS
                .of_key(format!("`{found}` is not a status: this response is ignored"))
                .help("expected `default`, a code such as `200`, or `2XX`"),
            Self::Server { reason } => UNUSABLE_SERVER
                .of_value(format!("{reason}: it is ignored"))
                .help("give the URL that paths are appended to, such as `https://demo.example.com/api`"),
            Self::UndeclaredKey { name } => undeclared_key(&name),
            Self::Delimiter { format } => delimiter(&format),
            Self::OtherValues { typ } => CONVERTED_VALUE.of_value(format!(
                "this value does not have `type: {typ}`: the type of the enum is ignored"
            )),
        }
    }
}

fn undeclared_key(name: &str) -> Description {
    UNDECLARED_KEY
        .of_value(format!(
            "`{name}` identifies the caller, but no security scheme declares it: callers give it to the client"
        ))
        .help("declare it in `securitySchemes`, and require it in `security`")
}

fn delimiter(format: &str) -> Description {
    UNSUPPORTED
        .of_value(format!(
            "the `collectionFormat` {format}, which OpenAPI 3 cannot express, is not supported"
        ))
        .help(
            "describe the value as text, and let callers join the items: `schema: {type: string}`",
        )
}

/// What is assumed in the place of a missing field.
fn assumed(field: &str) -> &'static str {
    match field {
        "schema" => "text is assumed",
        "in" => "`path` is assumed",
        "scheme" => "`bearer` is assumed",
        "default" => "the first value of its `enum` is assumed",
        "title" => "the name of the product is assumed",
        _ => "an empty one is assumed",
    }
}

explanations! {
    SUPPLIED_FIELD = warning("supplied-field", "OpenAPI 3.0.3, the fields marked REQUIRED",
        "An object lacks a required field, but nothing depends on its value: the `description` of a response, for \
        example. Without `items`, a list may contain anything. A parameter without `in` is one of the path if the path \
        has its name.")
        .example(
            "components:\n  schemas:\n    fleet: {type: array}\n",
            "components:\n  schemas:\n    fleet: {type: array, items: {}}\n",
        );
    EMPTY_FIELD = warning("empty-field", "OpenAPI 3.0.3, the table of the object's fields",
        "A key has no value. YAML reads it as null, which its field does not allow. The field is optional, so it is \
        ignored, and so are an `enum` that lists no value and an `operationId` without characters.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, description: }\n",
            "components:\n  schemas:\n    fleet: {type: object}\n",
        );
    REPEATED_PARAMETER = warning("repeated-parameter", "OpenAPI 3.0.3, Operation Object",
        "A list contains exactly the same parameter twice. It counts once.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
        );
    MALFORMED_MEDIA_TYPE = warning("malformed-media-type", "RFC 9110 section 8.3.1",
        "A key of `content` is not written as a media type, but its meaning is clear: `xml` is `application/xml`, and \
        anything after a semicolon that is not a parameter is ignored.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {json: {}}}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {application/json: {}}}}}\n",
        );
    OLDER_FIELD = warning("older-field", "OpenAPI 3.0.3, Schema Object; Swagger 2.0, Schema Object; JSON Schema (draft 3) section 5.7",
        "A field is written in the way of an older OpenAPI version: a property name as `discriminator`, `required: true` in \
        a property, which makes nothing required, or a field of Swagger 2.0, such as the `type` of a parameter, `in: body`, \
        `collectionFormat`, the `schema` of a response, `host` or `securityDefinitions`. It is read as what takes its place.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string, required: true}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}}\n",
        );
    MISPLACED_FIELD = warning("misplaced-field", "OpenAPI 3.0.3, Request Body Object, Response Object, Media Type Object",
        "A field is in another object than the one that it belongs into: a media type beside `content`, a `schema` without \
        a media type, which is taken as JSON, the fields of a schema beside `schema`, `required` among `properties`, \
        `schemas` beside `components`, or a schema beside `schemas`. It is read as if it were where it belongs.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., application/json: {}}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {application/json: {}}}}}\n",
        );
    UNUSABLE_LIMIT = warning("unusable-limit", "JSON Schema Validation (draft 5) sections 5.1 to 5.14",
        "A limit has an impossible value: a length or a number of items is a whole number from 0 to \
        18446744073709551615, and a float is at \
        most 1.8e308. A value that is not a number, such as a date, limits nothing. The limit is ignored.")
        .example(
            "components:\n  schemas:\n    name: {type: string, minLength: -1}\n",
            "components:\n  schemas:\n    name: {type: string}\n",
        );
    CONVERTED_VALUE = warning("converted-value", "JSON Schema Validation (draft 5) section 5.20",
        "An enum has values of another type than its own: YAML reads `1` and `yes` as text only in quotes. Values are \
        converted to the type if all of them can be; otherwise the type is ignored.")
        .example(
            "components:\n  schemas:\n    side: {type: string, enum: [1, 2]}\n",
            "components:\n  schemas:\n    side: {type: string, enum: ['1', '2']}\n",
        );
    UNQUOTED_TEXT = warning("unquoted-text", "YAML 1.2.2, section 10.3.2; RFC 8259",
        "A field that takes text has a number or a Boolean: YAML reads `1.0` and `true` as text only in quotes. It is \
        read as the text that is written.")
        .example(
            "info: {title: Demo, version: 1.0}\n",
            "info: {title: Demo, version: '1.0'}\n",
        );
    OTHER_KIND = warning("other-kind", "OpenAPI 3.0.3, the table of the object's fields",
        "A value has another kind than its field takes, but its meaning is clear: `[]` for an object without members, \
        `\"true\"` and `yes` for `true`, one value for a list of one, the name of a type for a schema, an object of \
        parameters for a list of them, a list of objects with different keys or with names for one object, `null` for an element that says nothing. A list as a description is ignored.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: []}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {}}\n",
        );
    RESPELLED = warning("respelled", "OpenAPI 3.0.3",
        "A name or a value is another spelling of one that OpenAPI knows: `Query` is `query`, `readonly` is \
        `readOnly`, `#/definitions/fleet` is the component of that name, and `type: date` is a string with that format. A \
        path without its slash gets one, a parameter that it declares gets its braces, and one in the query of a path \
        becomes one of the query. The default of a variable that follows a slash in the URL of a server loses its own.")
        .example(
            "components:\n  schemas:\n    fleet: {type: String}\n",
            "components:\n  schemas:\n    fleet: {type: string}\n",
        );
    INVALID_STATUS = warning("invalid-status", "OpenAPI 3.0.3, Responses Object",
        "The keys of `responses` are HTTP status codes, ranges of them such as `2XX`, and `default`. A response with \
        another key is ignored.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {ok: {description: Done.}, '204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    UNDECLARED_KEY = note("undeclared-key", "OpenAPI 3.0.3, Security Scheme Object",
        "The document has no security schemes, but most of its operations, and at least three, require the same \
        parameter, whose name is that of an API key: `X-Api-Key`, `access_token`. The key belongs to the client, which \
        sends it with each of these calls and hides it in logs, and so does the `App-Id` beside an `App-Key`. To keep it an \
        argument of each method, declare any other security scheme.")
        .example(
            "paths:\n  /v1/Sims:\n    parameters: [{name: X-Api-Key, in: header, required: true, schema: {type: string}}]\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    post: {operationId: CreateSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: DeleteSims, responses: {'204': {description: Done.}}}\n",
            "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}\npaths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    post: {operationId: CreateSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: DeleteSims, responses: {'204': {description: Done.}}}\n",
        );
    UNUSABLE_SERVER = warning("unusable-server", "OpenAPI 3.0.3, Server Object",
        "No request can be sent to a server: it has no URL, or one with a variable without a default, a placeholder such as \
        `<host>`, no scheme before its host, or another scheme than HTTP, or with a query, which paths cannot follow. It is \
        ignored; if no other server is left, callers give the URL as `base_url`.")
        .example(
            "servers: [{url: 'https://{host}/api'}]\n",
            "servers: [{url: 'https://{host}/api', variables: {host: {default: demo.example.com}}}]\n",
        );
}

//! Defines the faults of an object's fields.

use super::check_fault::CheckFault;
use crate::report::{Description, Fault, error, explanations, warning};

/// A fault of an object's fields.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum DocumentFault {
    /// A value has the wrong kind, such as a number where text belongs.
    WrongKind {
        /// What is expected.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// An object lacks a field that it must have.
    MissingField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: &'static str,
    },
    /// An object has a field that its specification does not know.
    UnknownField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: String,
        /// The known field with the most similar name, if there is one.
        similar: Option<&'static str>,
        /// The specification to check against: `OpenAPI 3.0`.
        specification: &'static str,
    },
    /// An object has a field that its specification does not know, and that does not change the client.
    IgnoredField {
        /// What the object is, with its article: `an operation`.
        object: &'static str,
        /// The field.
        field: String,
        /// The field that it resembles.
        similar: Option<&'static str>,
        /// The specification to check against: `OpenAPI 3.0`.
        specification: &'static str,
    },
    /// A value is not one of those that its field allows.
    UnknownValue {
        /// The field.
        field: String,
        /// The value as written.
        found: String,
        /// The allowed values.
        allowed: &'static [&'static str],
    },
    /// A list or an object is empty where it must not be.
    Empty {
        /// What is empty, with its article: `an enum`.
        what: &'static str,
    },
    /// An object has two fields that exclude each other, or neither of them.
    NotExactlyOne {
        /// What the object is, with its article: `a parameter`.
        object: &'static str,
        /// The two fields.
        fields: [&'static str; 2],
    },
    /// A URL has a character that URLs cannot have.
    InvalidUrl {
        /// The first such character.
        character: char,
    },
    /// The URL of a server has a part that prevents appending paths to it, or that no request carries.
    InvalidServerUrl {
        /// The part, with its article: `a query`.
        part: &'static str,
    },
    /// The name of a component has characters that are not allowed.
    InvalidComponentName {
        /// The name.
        name: String,
    },
    /// A field beside a `$ref`, which OpenAPI ignores.
    IgnoredSibling {
        /// The field.
        field: String,
    },
    /// A construct that the generator does not support.
    Unsupported {
        /// The construct, as the subject of a sentence: `` `not` ``.
        what: String,
    },
}

impl Fault for DocumentFault {
    #[expect(clippy::too_many_lines, reason = "a table: an arm for each fault")]
    fn describe(self) -> Description {
        match self {
            Self::WrongKind { expected, found } => {
                let said = WRONG_KIND.of_value(format!("expected {expected}, found {found}"));
                match (expected, found) {
                    ("text", "a number" | "a boolean") => said.help("put the value in quotes"),
                    ("text", "nothing") => {
                        said.help("write a text, or leave the field out if it may be missing")
                    }
                    (_, _) => said,
                }
            }
            Self::MissingField { object, field } => {
                MISSING_FIELD.of_value(format!("{object} must have `{field}`"))
            }
            Self::UnknownField {
                object,
                field,
                similar,
                specification,
            } => Description {
                help: meant(object, &field, similar),
                ..UNKNOWN_FIELD.of_key(format!(
                    "{object} has no field `{field}` in {specification}"
                ))
            },
            Self::IgnoredField {
                object,
                field,
                similar,
                specification,
            } => IGNORED_FIELD
                .of_key(format!(
                    "{object} has no field `{field}` in {specification}: it is ignored"
                ))
                .help(match similar {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!("remove it, or rename it to `x-{field}`"),
                }),
            Self::UnknownValue {
                field,
                found,
                allowed,
            } => UNKNOWN_VALUE.of_value(format!(
                "`{field}` cannot be `{found}`: expected {}",
                one_of(allowed)
            )),
            Self::Empty { what } => EMPTY.of_value(format!("{what} must not be empty")),
            Self::NotExactlyOne {
                object,
                fields: [first, second],
            } => NOT_EXACTLY_ONE.of_value(format!(
                "{object} must have either `{first}` or `{second}`"
            )),
            Self::InvalidUrl { character } => INVALID_URL
                .of_value(format!("a URL cannot have {character:?} in it"))
                .help(format!(
                    "remove it, or write it as `{}`",
                    percent_encoded(character)
                )),
            Self::InvalidServerUrl { part } => INVALID_SERVER_URL
                .of_value(format!("the URL of a server cannot have {part}"))
                .help(if part == "a user name or a password" {
                    "remove it: callers give their credentials to the client"
                } else {
                    "give the URL that paths are appended to, such as `https://demo.example.com/api`"
                }),
            Self::InvalidComponentName { name } => INVALID_COMPONENT_NAME
                .of_key(format!("`{name}` cannot be the name of a component"))
                .help("use the letters A to Z and a to z, digits, `.`, `_` and `-`"),
            Self::IgnoredSibling { field } => IGNORED_SIBLING
                .of_key(format!("`{field}` beside a `$ref` is ignored"))
                .help("remove it, or write the object out instead of the `$ref`"),
            Self::Unsupported { what } => {
                UNSUPPORTED.of_value(format!("{what} is not supported"))
            }
        }
    }
}

impl CheckFault for DocumentFault {
    fn is_readable(&self) -> bool {
        match self {
            Self::UnknownField { .. }
            | Self::IgnoredField { .. }
            | Self::Empty { .. }
            | Self::InvalidUrl { .. }
            | Self::InvalidServerUrl { .. }
            | Self::InvalidComponentName { .. }
            | Self::IgnoredSibling { .. } => true,
            Self::WrongKind { .. }
            | Self::MissingField { .. }
            | Self::UnknownValue { .. }
            | Self::NotExactlyOne { .. }
            | Self::Unsupported { .. } => false,
        }
    }
}

/// Percent-encodes a character (RFC 3986 section 2.1).
fn percent_encoded(character: char) -> String {
    let mut bytes = [0; 4];
    let bytes = character.encode_utf8(&mut bytes).bytes();
    bytes.map(|it| format!("%{it:02X}")).collect()
}

/// Guesses what a field that OpenAPI 3.0 does not know was meant to be.
pub(in crate::load::check) fn meant(
    object: &str,
    field: &str,
    similar: Option<&str>,
) -> Option<String> {
    if let Some(similar) = similar {
        return Some(format!("did you mean `{similar}`?"));
    }
    let help = match (object, field) {
        ("a response", "schema") => "write `content: {application/json: {schema: …}}`",
        ("a parameter" | "a header", "type" | "format" | "items" | "enum" | "default") => {
            "this is Swagger 2.0: move it below `schema`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// Lists names in a sentence: `` `a`, `b` or `c` ``.
pub(super) fn one_of(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

explanations! {
    WRONG_KIND = error("wrong-kind", "OpenAPI 3.0.3, the table of the object's fields",
        "A value has the wrong kind: a number instead of a URL, or a list instead of an object. YAML reads `1.0`, \
        `true` and `null` as text only in quotes.")
        .example("info: {title: [Demo], version: '1'}\n", "info: {title: Demo, version: '1'}\n");
    MISSING_FIELD = error("missing-field", "OpenAPI 3.0.3, the fields marked REQUIRED",
        "An object lacks a required field. The location is that of the object.")
        .example(
            "components:\n  securitySchemes:\n    key: {type: apiKey, in: header}\n",
            "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}\n",
        );
    UNKNOWN_FIELD = error("unknown-field", "OpenAPI 3.0.3, the table of the object's fields",
        "An object has a field that its version of OpenAPI does not know: a typo, or a field of Swagger 2.0 or of a \
        newer version. Its meaning would be lost. Extensions start with `x-`.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, propertys: {}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {}}\n",
        );
    IGNORED_FIELD = warning("ignored-field", "OpenAPI 3.0.3, the table of the object's fields",
        "An object has a field that its version of OpenAPI does not know, and whose name resembles no known field, or \
        only one that describes the object, such as `description`. The generator ignores it. Extensions start with `x-`.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, colour: red}\n",
            "components:\n  schemas:\n    fleet: {type: object, x-colour: red}\n",
        );
    UNKNOWN_VALUE = error("unknown-value", "OpenAPI 3.0.3, the description of the field",
        "A field allows only a few values, and this is not one of them.")
        .example(
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: body, schema: {type: string}}\n",
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
        );
    EMPTY = error("empty", "Overlay 1.0, Overlay Object",
        "A list is empty but must not be: `actions` needs an action.")
        .example(
            "actions: []\n",
            "actions: [{target: '$.info', update: {title: Sims}}]\n",
        );
    NOT_EXACTLY_ONE = error("not-exactly-one", "OpenAPI 3.0.3, Parameter Object and Header Object",
        "A parameter or a header describes its value by either `schema` or `content`, but not by both.")
        .example(
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}, content: {text/plain: {}}}\n",
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
        );
    INVALID_URL = error("invalid-url", "OpenAPI 3.0.3, Server Object; RFC 3986 section 2",
        "A URL has a character that URLs cannot have, such as a space. Generated clients could not send requests to \
        it.")
        .example(
            "paths:\n  /v1/Sims:\n    servers: [{url: 'https://demo.example.com/our api'}]\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    servers: [{url: 'https://demo.example.com/our%20api'}]\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    INVALID_SERVER_URL = error("invalid-server-url", "OpenAPI 3.0.3, Paths Object; RFC 3986 sections 3 and 5.2.4",
        "Paths are appended to the URL of a server. After a query or a fragment they would become part of it, a \
        segment `.` or `..` leads to another path, and a user name or password in it would be the author's.")
        .example(
            "paths:\n  /v1/Sims:\n    servers: [{url: 'https://demo.example.com/api?beta=true'}]\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    servers: [{url: 'https://demo.example.com/api'}]\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    INVALID_COMPONENT_NAME = warning("invalid-component-name", "OpenAPI 3.0.3, Components Object",
        "Component names consist of the letters A to Z and a to z, digits, `.`, `_` and `-`. Other tools refuse such \
        a document, and some `$ref`s need escaping.")
        .example(
            "components:\n  schemas:\n    Api$Response: {type: object}\n",
            "components:\n  schemas:\n    ApiResponse: {type: object}\n",
        );
    IGNORED_SIBLING = warning("ignored-sibling", "OpenAPI 3.0.3, Reference Object",
        "OpenAPI ignores a field beside a `$ref`, and so does this generator, but the author probably meant something \
        by it. Schemas are an exception: Twilio writes `nullable: true` beside a `$ref`, and it takes effect.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{$ref: '#/components/parameters/Fleet', required: true}]\n      responses: {'204': {description: Done.}}\ncomponents:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{$ref: '#/components/parameters/Fleet'}]\n      responses: {'204': {description: Done.}}\ncomponents:\n  parameters:\n    Fleet: {name: Fleet, in: query, required: true, schema: {type: string}}\n",
        );
    UNSUPPORTED = error("unsupported", "a limit of this generator",
        "The document is valid, but the generator has no Rust for this construct. It reports the construct instead of \
        leaving it out or guessing. Express it in another way, or add it to the generator.")
        .example(
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {'?': {schema: {type: object}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {application/json: {schema: {type: object}}}}\n      responses: {'204': {description: Done.}}\n",
        );
}

//! Defines the faults that are corrected because their meaning is clear.

use crate::report::{Description, Explanation, Fault, explanations, warning};

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
    /// Values of an enum have other types than the enum.
    OtherValues {
        /// The type.
        typ: String,
    },
}

impl Fault for MendFault {
    fn describe(self) -> Description {
        match self {
            Self::Supplied { object, field } => SUPPLIED_FIELD.of_value(format!(
                "{object} must have `{field}`: an empty one is assumed"
            )),
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
            Self::Limit { field } => {
                UNUSABLE_LIMIT.of_value(format!("`{field}` cannot be this number: it is ignored"))
            }
            Self::Converted { typ } => CONVERTED_VALUE.of_value(format!(
                "this is not written as `type: {typ}`: the values of the enum are converted"
            )),
            Self::Unquoted { text } => UNQUOTED_TEXT
                .of_value(format!("this is not text: it is read as `\"{text}\"`"))
                .help("put the value in quotes"),
            Self::OtherValues { typ } => CONVERTED_VALUE.of_value(format!(
                "this value does not have `type: {typ}`: the type of the enum is ignored"
            )),
        }
    }
}

explanations! {
    SUPPLIED_FIELD = warning("supplied-field", "OpenAPI 3.0.3, the fields marked REQUIRED",
        "An object lacks a required field, but nothing depends on its value: the `description` of a response, for \
        example. Without `items`, a list may contain anything.")
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
        "A field is written in the way of an older OpenAPI version: a property name as `discriminator`, or `required: \
        true` in a property, which makes nothing required.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string, required: true}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}}\n",
        );
    UNUSABLE_LIMIT = warning("unusable-limit", "JSON Schema Validation (draft 5) sections 5.1 to 5.14",
        "A limit has an impossible value: a length or a number of items is a whole number from 0 to \
        18446744073709551615, and a float ends at 1.8e308. It is treated as no limit.")
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
}

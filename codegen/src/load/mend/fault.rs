//! What is wrong with a document, and put right because it is clear what is meant.

use crate::report::{Description, Explanation, Fault, explanations, warning};

/// A fault that was put right.
pub(super) enum MendFault {
    /// An object lacks a field that it must have, and that says nothing here.
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
    /// A parameter says the same as one before it.
    Repeated,
    /// A media type is not written as one.
    MediaType {
        /// The key, as it is written.
        found: String,
        /// The media type that it stands for.
        taken: String,
    },
    /// A field is written as an older version of OpenAPI has it.
    Older {
        /// The field.
        field: &'static str,
    },
    /// A limit is one that no value can have.
    Limit {
        /// The field.
        field: &'static str,
    },
    /// Values of an enum are written as those of another type.
    Converted {
        /// The type.
        typ: String,
    },
    /// Values of an enum are of other types than it says.
    OtherValues {
        /// The type.
        typ: String,
    },
}

impl Fault for MendFault {
    fn describe(self) -> Description {
        match self {
            Self::Supplied { object, field } => SUPPLIED_FIELD.of_value(format!(
                "{object} must have `{field}`: one that says nothing is taken"
            )),
            Self::Nothing { field } => {
                EMPTY_FIELD.of_key(format!("`{field}` has no value: it is taken to be missing"))
            }
            Self::Repeated => REPEATED_PARAMETER.of_value("the same parameter comes again in this list"),
            Self::MediaType { found, taken } => MALFORMED_MEDIA_TYPE.of_key(format!(
                "`{found}` is no media type: it is taken for `{taken}`"
            )),
            Self::Older { field } => OLDER_FIELD.of_key(format!(
                "`{field}` is written as an older version of OpenAPI has it"
            )),
            Self::Limit { field } => UNUSABLE_LIMIT.of_value(format!(
                "`{field}` cannot be this number: it is taken to be missing"
            )),
            Self::Converted { typ } => CONVERTED_VALUE.of_value(format!(
                "this is not written as a value with `type: {typ}`: the values of the enum are taken for such"
            )),
            Self::OtherValues { typ } => CONVERTED_VALUE.of_value(format!(
                "this is no value with `type: {typ}`: the type of the enum does not count"
            )),
        }
    }
}

explanations! {
    SUPPLIED_FIELD = warning("supplied-field", "OpenAPI 3.0.3, the fields marked REQUIRED",
        "An object lacks a field that it must have, but nothing depends on what the field says: the `description` of a \
        response. The `items` of a list may then be anything.")
        .example(
            "components:\n  schemas:\n    fleet: {type: array}\n",
            "components:\n  schemas:\n    fleet: {type: array, items: {}}\n",
        );
    EMPTY_FIELD = warning("empty-field", "OpenAPI 3.0.3, the table of the object's fields",
        "A key has no value: YAML reads it as null, which its field does not take. The field may be missing, and is taken \
        to be so.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, description: }\n",
            "components:\n  schemas:\n    fleet: {type: object}\n",
        );
    REPEATED_PARAMETER = warning("repeated-parameter", "OpenAPI 3.0.3, Operation Object",
        "A list of parameters has one twice, to the letter. It counts once.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
        );
    MALFORMED_MEDIA_TYPE = warning("malformed-media-type", "RFC 9110 section 8.3.1",
        "A key of `content` is not written as a media type, but it is clear which one is meant: `xml` is \
        `application/xml`, and what follows a semicolon and is no parameter does not count.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {json: {}}}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {application/json: {}}}}}\n",
        );
    OLDER_FIELD = warning("older-field", "OpenAPI 3.0.3, Schema Object; Swagger 2.0, Schema Object; JSON Schema (draft 3) section 5.7",
        "A field is written as an older version of OpenAPI has it: the name of a property as `discriminator`, or \
        `required: true` in a property, which makes nothing required.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string, required: true}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}}\n",
        );
    UNUSABLE_LIMIT = warning("unusable-limit", "JSON Schema Validation (draft 5) sections 5.1 to 5.14",
        "A limit is a number that none can be: a length or a number of items is a whole number from 0 to \
        18446744073709551615, and a float ends at 1.8e308. The service must mean none, and the client checks none.")
        .example(
            "components:\n  schemas:\n    name: {type: string, minLength: -1}\n",
            "components:\n  schemas:\n    name: {type: string}\n",
        );
    CONVERTED_VALUE = warning("converted-value", "JSON Schema Validation (draft 5) section 5.20",
        "An enum lists values of another type than it says: YAML reads `1` and `yes` as text only in quotes. Values that \
        can be written as the type has them are taken for such; if not all can, the type does not count.")
        .example(
            "components:\n  schemas:\n    side: {type: string, enum: [1, 2]}\n",
            "components:\n  schemas:\n    side: {type: string, enum: ['1', '2']}\n",
        );
}

//! Defines the faults of a schema.

use super::check_fault::CheckFault;
use super::document::one_of;
use crate::report::{Description, Fault, error, explanations, warning};

/// A fault of a schema.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum SchemaFault {
    /// A `type` that OpenAPI 3.0 does not know.
    UnknownType {
        /// The value as written.
        found: String,
    },
    /// `required` lists a name twice.
    DuplicateRequired {
        /// The name.
        name: String,
    },
    /// `required` names no property.
    UnknownRequired {
        /// The name.
        name: String,
        /// The property with the most similar name, if there is one.
        similar: Option<String>,
    },
    /// An enum has a value more than once.
    DuplicateEnumValue {
        /// The value, as JSON.
        value: String,
        /// How often it occurs.
        count: usize,
    },
    /// A default is not one of the values of its enum.
    DefaultNotInEnum {
        /// The default, as JSON.
        value: String,
    },
    /// A `pattern` is not a regular expression.
    InvalidPattern {
        /// What is wrong with it, as a sentence.
        fault: &'static str,
    },
    /// A lower bound is above its upper bound.
    EmptyRange {
        /// The field of the lower bound.
        low: &'static str,
        /// The field of the upper bound.
        high: &'static str,
    },
}

impl Fault for SchemaFault {
    fn describe(self) -> Description {
        match self {
            Self::UnknownType { found } => {
                let allowed = ["string", "number", "integer", "boolean", "array", "object"];
                let message = format!("`{found}` is not a type: expected {}", one_of(&allowed));
                UNKNOWN_TYPE.of_value(message)
            }
            Self::DuplicateRequired { name } => DUPLICATE_REQUIRED
                .of_value(format!("`{name}` is listed twice"))
                .help("remove one of the two"),
            Self::UnknownRequired { name, similar } => UNKNOWN_REQUIRED
                .of_value(format!(
                    "`required` lists `{name}`, but no property has this name"
                ))
                .help(match similar {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!("add `{name}` to `properties`, or take it out of `required`"),
                }),
            Self::DuplicateEnumValue { value, count: 2 } => DUPLICATE_ENUM_VALUE
                .of_value(format!("the value `{value}` is already in this enum"))
                .help("remove one of the two"),
            Self::DuplicateEnumValue { value, count } => DUPLICATE_ENUM_VALUE
                .of_value(format!("the value `{value}` is in this enum {count} times"))
                .help("keep one of them"),
            Self::DefaultNotInEnum { value } => DEFAULT_NOT_IN_ENUM
                .of_value(format!(
                    "the default `{value}` is not one of the values of its enum"
                ))
                .help("add it to the `enum`, or correct it"),
            Self::InvalidPattern { fault } => {
                INVALID_PATTERN.of_value(format!("this is not a regular expression: {fault}"))
            }
            Self::EmptyRange { low, high } => {
                EMPTY_RANGE.of_value(format!("`{low}` is greater than `{high}`"))
            }
        }
    }
}

impl CheckFault for SchemaFault {
    fn is_readable(&self) -> bool {
        match self {
            Self::UnknownType { .. } => false,
            Self::DuplicateRequired { .. }
            | Self::UnknownRequired { .. }
            | Self::DuplicateEnumValue { .. }
            | Self::DefaultNotInEnum { .. }
            | Self::InvalidPattern { .. }
            | Self::EmptyRange { .. } => true,
        }
    }
}

explanations! {
    UNKNOWN_TYPE = error("unknown-type", "OpenAPI 3.0.3, Data Types",
        "`type` is one of `string`, `number`, `integer`, `boolean`, `array` and `object`. `null` is OpenAPI 3.1; in \
        3.0, a nullable value has `nullable: true`.")
        .example(
            "components:\n  schemas:\n    fleet: {type: strin}\n",
            "components:\n  schemas:\n    fleet: {type: string}\n",
        );
    DUPLICATE_REQUIRED = warning("duplicate-required", "JSON Schema Validation (draft 5) section 5.15",
        "`required` lists a property twice. Its names must be unique. It counts once; the second was probably meant to be another.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}, required: [sid, sid]}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}, required: [sid]}\n",
        );
    UNKNOWN_REQUIRED = warning("unknown-required", "JSON Schema Validation (draft 5) section 5.15",
        "`required` lists a name that is not a property of the schema, so no field becomes required by it: probably a \
        typo. Schemas that allow any property and parts of an `allOf` are not checked, because the property may be \
        defined elsewhere.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}, required: [Sid]}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {sid: {type: string}}, required: [sid]}\n",
        );
    DUPLICATE_ENUM_VALUE = warning("duplicate-enum-value", "JSON Schema Validation (draft 5) section 5.20",
        "An enum has a value more than once. It counts once; the second was probably meant to be another.")
        .example(
            "components:\n  schemas:\n    status: {type: string, enum: [new, active, new]}\n",
            "components:\n  schemas:\n    status: {type: string, enum: [new, active]}\n",
        );
    DEFAULT_NOT_IN_ENUM = warning("default-not-in-enum", "JSON Schema Validation (draft 5) section 6.2",
        "A default is not one of the values of its enum: one of the two does not match the service.")
        .example(
            "components:\n  schemas:\n    status: {type: string, enum: [new, active], default: ready}\n",
            "components:\n  schemas:\n    status: {type: string, enum: [new, active], default: new}\n",
        );
    INVALID_PATTERN = warning("invalid-pattern", "OpenAPI 3.0.3, Schema Object; ECMA-262 (edition 5.1) section 15.10.1",
        "`pattern` should be a JavaScript regular expression but is not: a bracket is not closed, or there is nothing \
        to repeat. The generated code does not depend on it.")
        .example(
            "components:\n  schemas:\n    sid: {type: string, pattern: '^HF[0-9a-f{32}$'}\n",
            "components:\n  schemas:\n    sid: {type: string, pattern: '^HF[0-9a-f]{32}$'}\n",
        );
    EMPTY_RANGE = warning("empty-range", "JSON Schema Validation (draft 5) sections 5.2 to 5.13",
        "A lower bound is greater than its upper bound, so no value fits: one of the two does not match the service. The generated code depends on neither.")
        .example(
            "components:\n  schemas:\n    limit: {type: integer, minimum: 10, maximum: 1}\n",
            "components:\n  schemas:\n    limit: {type: integer, minimum: 1, maximum: 10}\n",
        );
}

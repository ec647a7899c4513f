//! Changes of the types of values, which depend on their limits, their directions and their alternatives.

use super::{Note, parameters};
use crate::api::usage::Usage;
use crate::api::{Api, Json, Limit, Location, Parameter, PartForm, Scalar, Schema, Type, TypeId};
use crate::media_type::{TEXT, are_same, is_json};

/// The notes about all of these changes.
pub(super) const NOTES: &[Note] = &[
    Note::breaking(
        |apis| schemas(apis).any(is_beyond_64_bits),
        "an integer without a format whose limits exceed `i64` is a `u64`, or a `Decimal` if it may be negative or larger",
    ),
    Note::breaking(
        |apis| schemas(apis).any(has_null_alternative),
        "a value whose `anyOf` or `oneOf` only limits its type or adds null has that type, no longer arbitrary JSON",
    ),
    Note::breaking(
        |apis| apis.iter().any(has_maps_of_any),
        "an object of any keys and values (`additionalProperties: true`) is a `BTreeMap` of `Value`s, no longer a `Value`",
    ),
    Note::breaking(
        |apis| apis.iter().any(has_defaults_of_requests),
        "an integer with a default is an `Option` in a type that only requests contain: `None` leaves it to the service",
    ),
    Note::breaking(
        |apis| parameters(apis).any(is_list_of_texts),
        "a list in a multipart body whose items have a media type such as XML takes a text for each item, no longer one \
         for all",
    ),
];

/// The note about numbers that are whole.
pub(super) const WHOLE_NUMBERS: Note = Note::breaking(
    has_formats_of_integers,
    "numbers with the format of an integer (`type: number, format: int64`) are integers, no longer `Decimal`s",
);

/// Whether a document has such formats; the model does not keep the type beside them. Those of vendors only have them for
/// integers.
fn has_formats_of_integers(apis: &[Api]) -> bool {
    let plain = apis.iter().filter(|it| it.vendor.runtime().is_none());
    let mut schemas = plain.flat_map(|it| &it.schemas);
    schemas.any(|it| {
        let format = it.bounds.format.as_deref();
        let is_whole = it.ty.scalar().is_some_and(|it| it.whole_range().is_some());
        is_whole && format.is_some_and(|it| it.contains("int"))
    })
}

/// The note about times in Google's APIs.
pub(super) const TIMES_OF_GOOGLE: Note = Note::breaking(
    has_times_of_google,
    "a text with the format `google-datetime` is a `DateTime`, no longer a `String`",
);

fn has_times_of_google(apis: &[Api]) -> bool {
    schemas(apis).any(|it| it.bounds.format.as_deref() == Some("google-datetime"))
}

fn schemas(apis: &[Api]) -> impl Iterator<Item = &Schema> {
    apis.iter().flat_map(|it| &it.schemas)
}

fn is_beyond_64_bits(schema: &Schema) -> bool {
    let bounds = &schema.bounds;
    let (low, high) = (bounds.minimum.as_ref(), bounds.maximum.as_ref());
    let ends = [low.map(Limit::first_whole), high.map(Limit::last_whole)];
    let mut ends = ends.into_iter().flatten();
    let is_large = ends.any(|it| i64::try_from(it).is_err());
    let is_number = [Scalar::Uint64, Scalar::Decimal]
        .map(Type::Scalar)
        .contains(&schema.ty);
    is_number && is_large && bounds.format.is_none()
}

fn has_null_alternative(schema: &Schema) -> bool {
    let conditions = &schema.bounds.conditions;
    let choices = ["anyOf", "oneOf"]
        .iter()
        .filter_map(|it| conditions.get(*it));
    let mut choices = choices.filter_map(Json::as_array).flatten();
    let adds_null = |it: &Json| it.get("nullable") == Some(&Json::Bool(true));
    matches!(schema.ty, Type::Scalar(_)) && choices.any(adds_null)
}

fn has_maps_of_any(api: &Api) -> bool {
    api.schemas.iter().any(|it| match &it.ty {
        Type::Map(value) => value.nullable && api.schema(value.schema).is_unrestricted(),
        Type::Scalar(_) | Type::Any | Type::List(_) | Type::Named(_) => false,
    })
}

/// Whether a type that operations only send is in another one that no operation uses.
fn has_defaults_of_requests(api: &Api) -> bool {
    let (by_operations, by_all) = (Usage::by_operations(api), Usage::of(api));
    let is_only_sent =
        |it: &TypeId| by_operations.sent.contains(it) && !by_operations.received.contains(it);
    let mut read = by_all.received.iter().filter(|it| is_only_sent(it));
    read.any(|id| {
        let mut fields = api.type_definition(*id).shape.fields().iter();
        fields.any(|field| {
            let schema = api.schema(field.value.schema);
            let is_whole = schema.ty.scalar().and_then(Scalar::whole_range).is_some();
            is_whole && schema.default.is_some()
        })
    })
}

fn is_list_of_texts(parameter: &Parameter) -> bool {
    let is_other = |it: &String| !are_same(it, TEXT) && !is_json(it);
    parameter.location == Location::Part(PartForm::Text)
        && parameter.media_type.as_ref().is_some_and(is_other)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{models, models_of_property};
    use super::*;

    /// How many notes a crate gets whose request contains a schema with these properties, and a base of it.
    fn told(properties: &str) -> usize {
        let text = format!(
            "paths:\n  /pets:\n    post:\n      operationId: make\n      \
             requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/dog'}}}}}}}}\n      \
             responses: {{'204': {{description: None.}}}}\n    put:\n      operationId: replace\n      \
             requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{lines: {{type: array, items: {{type: object}}}}}}}}, encoding: {{lines: {{contentType: text/plain}}}}}}}}}}\n      \
             responses: {{'204': {{description: None.}}}}\n\
             components:\n  schemas:\n    pet: {{type: object, properties: {{dog: {{$ref: '#/components/schemas/dog'}}}}}}\n    \
             dog: {{type: object, properties: {{{properties}}}}}\n"
        );
        let [plain, xml] = [text.clone(), text.replace("text/plain", "text/xml")].map(|it| {
            let models = models(&it);
            NOTES.iter().filter(|note| (note.concerns)(&models)).count()
        });
        assert_eq!(xml, plain + 1);
        plain
    }

    #[test]
    fn a_crate_is_told_of_whole_numbers() {
        let of = |schema: &str| has_formats_of_integers(&models_of_property(schema));
        assert!(of("type: number, format: int64"));
        assert!(!of("type: number, format: double"));
        assert!(!of("type: number"));
    }

    #[test]
    fn a_crate_is_told_of_times_of_google() {
        let of = |format: &str| {
            has_times_of_google(&models_of_property(&format!(
                "type: string, format: {format}"
            )))
        };
        assert!(of("google-datetime"));
        assert!(!of("date-time") && !of("google-duration"));
    }

    #[test]
    fn a_crate_is_told_of_the_types_of_its_values() {
        for (schema, count) in [
            (
                "{type: integer, minimum: 0, maximum: 18446744073709551615}",
                1,
            ),
            ("{type: integer, maximum: 18446744073709551615}", 1),
            (
                "{type: integer, format: uint64, maximum: 18446744073709551615}",
                0,
            ),
            ("{type: integer, maximum: 9}", 0),
            (
                "{type: string, anyOf: [{maxLength: 5}, {nullable: true}]}",
                1,
            ),
            ("{type: string, anyOf: [{maxLength: 5}, {pattern: a}]}", 0),
            ("{type: object, additionalProperties: true}", 1),
            ("{type: object, additionalProperties: {}}", 0),
            ("{type: object}", 0),
            ("{type: integer, default: 5}", 1),
            ("{type: string, default: a}", 0),
        ] {
            assert_eq!(told(&format!("a: {schema}")), count, "{schema}");
        }
    }
}

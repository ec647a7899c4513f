//! The types of unions, and which of them a value becomes.

use super::Note;
use crate::api::{Api, Shape, Type, Use, Variant};
use crate::plan;

/// The notes about all of these changes.
pub(super) const NOTES: &[Note] = &[
    Note::breaking(
        |apis| apis.iter().any(has_null_unions),
        "null in an alternative of a union makes the value an `Option`, no longer the alternative: `Some(Level::Number(n))`, \
         no longer `Level::Number(Some(n))`",
    ),
    Note::breaking(
        |apis| apis.iter().any(has_unions_of_lists),
        "keywords of lists or objects beside alternatives without a type do not apply to alternatives of another type: \
         a text or a list of texts is a union, no longer a list",
    ),
    Note::changing(
        has_alternatives_inside,
        "a value is read as the type of a union that lists its values, keeps all of its keys, or has its keys in a union \
         inside or in a list, no longer as the first that may have them",
    ),
    Note::breaking(
        |apis| apis.iter().any(|it| !it.contradicted.is_empty()),
        "a value with a `type` of text or numbers beside an object or a list is arbitrary JSON, no longer the object or the \
         list: services send either",
    ),
];

/// Whether a union may be null.
fn has_null_unions(api: &Api) -> bool {
    let of_types = api.types.iter().flat_map(|it| it.shape.children());
    let held = api.schemas.iter().filter_map(|it| it.ty.held());
    let is_null_union = |it: &Use| {
        let id = api.ty(it.schema).named().filter(|_| it.nullable);
        id.is_some_and(|id| matches!(api.type_definition(id).shape, Shape::Union(_)))
    };
    of_types.chain(held).any(is_null_union)
}

/// Whether a union has a text, and a list of texts.
fn has_unions_of_lists(api: &Api) -> bool {
    let is_list = |it: &Variant| matches!(api.ty(it.value.schema), Type::List(_));
    let is_scalar = |it: &Variant| matches!(api.ty(it.value.schema), Type::Scalar(_));
    let mut unions = api.types.iter().map(|it| it.shape.variants());
    unions.any(|it| it.iter().any(is_list) && it.iter().any(is_scalar))
}

/// Whether listed values, other keys or inner types decide which variant of a union a value becomes.
fn has_alternatives_inside(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    let unions = client.files().flat_map(|it| &it.unions);
    let mut shapes = unions.flat_map(|it| &it.variants).map(|it| &it.shape);
    shapes.any(|it| it.keeps_others || !it.listed.is_empty() || !it.inner.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// Which of the notes a crate gets with a response of this schema.
    fn told(schema: &str) -> [bool; 4] {
        let text = format!(
            "paths:\n  /pets:\n    get:\n      operationId: listPets\n      \
             responses: {{'200': {{description: One., content: {{application/json: {{schema: {{type: object, properties: \
             {{a: {schema}}}}}}}}}}}}}\n"
        );
        let models = models(&text);
        [0, 1, 2, 3].map(|it: usize| (NOTES[it].concerns)(&models))
    }

    #[test]
    fn a_crate_is_told_of_its_unions() {
        let object =
            |key: &str| format!("{{type: object, properties: {{{key}: {{type: string}}}}}}");
        let (b, c) = (object("b"), object("c"));
        for (schema, notes) in [
            (format!("{{oneOf: [{b}, {{type: number}}]}}"), [false; 4]),
            (
                format!("{{oneOf: [{b}, {{type: number, nullable: true}}]}}"),
                [true, false, false, false],
            ),
            (
                "{oneOf: [{type: array, items: {type: string}}, {type: string}]}".to_owned(),
                [false, true, false, false],
            ),
            (
                format!("{{oneOf: [{b}, {{oneOf: [{c}, {{type: number}}]}}]}}"),
                [false, false, true, false],
            ),
            (
                format!("{{oneOf: [{{type: array, items: {b}}}, {{type: array, items: {c}}}]}}"),
                [false, false, true, false],
            ),
            (
                format!("{{oneOf: [{b}, {{type: object, additionalProperties: {c}}}]}}"),
                [false, false, true, false],
            ),
            (
                format!("{{type: string, oneOf: [{b}]}}"),
                [false, false, false, true],
            ),
            (format!("{{type: object, oneOf: [{b}]}}"), [false; 4]),
        ] {
            assert_eq!(told(&schema), notes, "{schema}");
        }
    }
}

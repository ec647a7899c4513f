//! Alternatives that extend a schema with a discriminator.

use super::Note;
use crate::api::{Api, Shape, TypeId, Union};

/// The note for crates with alternatives that all extend one schema with a discriminator.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "alternatives that extend a schema with a `discriminator` are told apart by it, also where a document lists them as \
     `oneOf` or `anyOf`: an unknown value is `Other`, no longer the first alternative",
);

/// The note for crates with a schema that has a discriminator and extends another.
pub(super) const BELOW_OTHERS: Note = Note::breaking(
    has_base_below_another,
    "a schema whose `discriminator` is in an inline part of its `allOf` is an enum of those that extend it, no longer a \
     struct with its own fields, which the variant `Base` has: match on it",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut tagged = unions(api).filter(|(_, it)| it.tag.is_some());
        tagged.any(|(_, it)| extend_others(api, it))
    })
}

fn has_base_below_another(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut unions = unions(api).filter(|(_, it)| has_base(api, it));
        unions.any(|(id, _)| api.extensions.iter().any(|(child, _)| *child == id))
    })
}

fn unions(api: &Api) -> impl Iterator<Item = (TypeId, &Union)> {
    let types = api.types.iter().enumerate();
    types.filter_map(|(index, it)| match &it.shape {
        Shape::Union(union) => Some((TypeId(index), union)),
        Shape::Object(_) | Shape::Enumeration(_) => None,
    })
}

/// Whether a union is a schema with a discriminator, which has a variant with its own fields.
fn has_base(api: &Api, union: &Union) -> bool {
    let types = union.variants.iter();
    let mut types = types.filter_map(|it| api.ty(it.value.schema).named());
    types.any(|it| api.type_definition(it).is_base)
}

/// Whether all alternatives are components that include others by `allOf`.
fn extend_others(api: &Api, union: &Union) -> bool {
    union.variants.iter().all(|it| {
        let id = api.ty(it.value.schema).named();
        id.is_some_and(|id| api.extensions.iter().any(|(child, _)| *child == id))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_alternatives_with_a_common_base() {
        let told = |discriminator: &str, cat: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{'200': {{description: All., content: \
                 {{application/json: {{schema: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: \
                 '#/components/schemas/Dog'}}]}}}}}}}}}}\ncomponents:\n  schemas:\n    \
                 Pet: {{type: object, required: [kind], properties: {{kind: {{type: string}}}}{discriminator}}}\n    \
                 Cat: {{{cat}, type: object, properties: {{lives: {{type: integer}}}}}}\n    \
                 Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}], type: object, properties: {{breed: {{type: string}}}}}}\n"
            )))
        };
        let pet = "allOf: [{$ref: '#/components/schemas/Pet'}]";
        let kind = ", discriminator: {propertyName: kind}";
        assert!(told(kind, pet));
        assert!(!told("", pet));
        assert!(!told(kind, "description: A cat."));
    }

    #[test]
    fn a_crate_is_told_of_a_base_below_another() {
        let told = |discriminator: &str, parent: &str| {
            has_base_below_another(&models(&format!(
                "paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses: {{'200': {{description: All., content: \
                 {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}\ncomponents:\n  schemas:\n    \
                 Thing: {{type: object, properties: {{id: {{type: string}}}}}}\n    \
                 Pet: {{allOf: [{parent}, {{type: object, properties: {{kind: {{type: string}}}}{discriminator}}}]}}\n    \
                 Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}], type: object, properties: {{breed: {{type: string}}}}}}\n"
            )))
        };
        let thing = "{$ref: '#/components/schemas/Thing'}";
        let kind = ", discriminator: {propertyName: kind}";
        assert!(told(kind, thing));
        assert!(!told("", thing));
        assert!(!told(kind, "{type: object}"));
    }
}

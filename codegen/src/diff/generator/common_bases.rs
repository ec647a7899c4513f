//! Alternatives that extend a schema with a discriminator.

use super::Note;
use crate::api::{Api, Shape, Union};

/// The note for crates with alternatives that all extend one schema with a discriminator.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "alternatives that extend a schema with a `discriminator` are told apart by it, also where a document lists them as \
     `oneOf` or `anyOf`: an unknown value is `Other`, no longer the first alternative",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let unions = api.types.iter().filter_map(|it| match &it.shape {
            Shape::Union(union) => Some(union),
            Shape::Object(_) | Shape::Enumeration(_) => None,
        });
        let mut tagged = unions.filter(|it| it.tag.is_some());
        tagged.any(|it| extend_others(api, it))
    })
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
}

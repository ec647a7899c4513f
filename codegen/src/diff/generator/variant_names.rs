//! The names of types in unions that have no names of their own.

use super::Note;
use crate::api::{Api, Presence, Shape, Type, TypeId, Variant};

/// The note for crates with a union whose types are named after what tells them apart.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a type in a union without a name of its own is named after its only string, the only value of a key or its only \
     key: `Shape::Circle(ShapeCircle)`, no longer `Shape::Variant1(Shape1)`; the compiler suggests the new names",
);

/// The note for crates with such a union that is combined with other schemas.
pub(super) const MERGED: Note = Note::breaking(
    has_merged,
    "types in a union that is combined with other schemas are named after what tells them apart, too: \
     `Bookmark::Link(BookmarkLink)`, no longer `Bookmark::Variant1(Bookmark1)`; the compiler suggests the new names",
);

/// Whether a type in a union has fields from elsewhere, and is not numbered.
fn has_merged(apis: &[Api]) -> bool {
    let is_merged = |api: &Api, variant: &Variant| {
        let id = api.ty(variant.value.schema).named();
        let definition = id.map(|it| api.type_definition(it));
        definition.is_some_and(|it| {
            let is_inline = it
                .at
                .tokens()
                .last()
                .is_some_and(|it| it.parse::<usize>().is_ok());
            let mut fields = it.shape.fields().iter();
            let numbered = variant.name.starts_with("variant_");
            is_inline && !numbered && fields.any(|field| !field.value.at.is_in(&it.at))
        })
    };
    apis.iter().any(|api| {
        let mut variants = api.types.iter().flat_map(|it| it.shape.variants());
        variants.any(|it| is_merged(api, it))
    })
}

fn concerns(apis: &[Api]) -> bool {
    let is_concerned = |api: &Api| {
        let variants = api.types.iter().flat_map(|it| it.shape.variants());
        variants.into_iter().any(|it| is_renamed(api, it))
    };
    apis.iter().any(is_concerned)
}

fn is_renamed(api: &Api, variant: &Variant) -> bool {
    let Some(id) = api.ty(variant.value.schema).named() else {
        return false;
    };
    let definition = api.type_definition(id);
    let last = definition.at.tokens().last();
    let is_inline = last.is_some_and(|it| it.parse::<usize>().is_ok());
    let is_key = match definition.shape.fields() {
        [only] => only.wire_name == variant.name,
        [] | [_, _, ..] => false,
    };
    let mut fields = definition.shape.fields().iter();
    let is_constant = fields.any(|it| {
        let value = match api.ty(it.value.schema) {
            Type::Named(id) => only_text(api, *id),
            Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) => None,
        };
        it.presence == Presence::Required && value == Some(&variant.name)
    });
    is_inline && (is_key || is_constant || only_text(api, id) == Some(&variant.name))
}

/// The only value of an enumeration.
fn only_text(api: &Api, id: TypeId) -> Option<&String> {
    match &api.type_definition(id).shape {
        Shape::Enumeration(values) => match values.as_slice() {
            [only] => Some(&only.text),
            [] | [_, _, ..] => None,
        },
        Shape::Object(_) | Shape::Union(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_types_in_unions() {
        let told = |one: &str| {
            let text = format!(
                "paths: {{}}\n\
                 components: {{schemas: {{pet: {{oneOf: [{one}, {{type: array, items: {{type: string}}}}]}}, cat: {{type: object, properties: {{cat: {{type: string}}}}}}}}}}\n"
            );
            concerns(&models(&text))
        };
        let kind = "properties: {kind: {type: string, enum: [cat]}, age: {type: integer}}";
        assert!(told(&format!("{{type: object, required: [kind], {kind}}}")));
        assert!(!told(&format!("{{type: object, {kind}}}")));
        let key = "properties: {cat: {type: integer}}";
        assert!(told(&format!("{{type: object, required: [cat], {key}}}")));
        assert!(told("{type: string, enum: [cat]}"));
        assert!(!told("{type: string, enum: [cat, dog]}"));
        assert!(!told("{$ref: '#/components/schemas/cat'}"));
    }

    #[test]
    fn a_crate_is_told_of_combined_unions() {
        let told = |kinds: [&str; 2], beside: &str| {
            let one = |kind| {
                format!(
                    "{{type: object, required: [kind], properties: {{kind: {{type: string, enum: [{kind}]}}}}}}"
                )
            };
            let [first, second] = kinds.map(one);
            let text = format!(
                "paths: {{}}\ncomponents: {{schemas: {{pet: {{oneOf: [{first}, {second}], {beside}}}}}}}\n"
            );
            has_merged(&models(&text))
        };
        let beside = "properties: {age: {type: integer}}";
        assert!(told(["cat", "dog"], beside));
        assert!(!told(["cat", "cat"], beside));
        assert!(!told(["cat", "dog"], "description: A pet."));
    }
}

//! The names of what would have the same name.

use std::collections::BTreeSet;

use super::operations;
use crate::api::{Api, Direction, Operation, Parameter, Resource, Shape, TypeDefinition, Variant};
use crate::plan::{LIST_METHODS, REQUEST_METHODS};
use crate::words;

pub(super) fn has_types_of_one_name(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut seen = BTreeSet::new();
        let mut types = api.items().map(|it| api.type_definition(it));
        types.any(|it| it.uses > 1 || !seen.insert(words::snake(&it.name)))
    })
}

pub(super) fn has_requests_like_types(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let types = api
            .items()
            .map(|it| words::snake(&api.type_definition(it).name));
        let types: BTreeSet<String> = types.collect();
        let mut operations = api.operations.iter();
        operations.any(|it| types.contains(&words::snake(&it.name)))
    })
}

pub(super) fn has_other_handles(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut seen = BTreeSet::new();
        let mut resources = api.resources.iter().skip(1);
        resources.any(|it| !seen.insert(&it.noun) || is_singular(it))
    })
}

/// Whether a resource without parameters has operations and a noun in the singular.
fn is_singular(resource: &Resource) -> bool {
    let has_operations = !resource.operations.is_empty();
    has_operations && resource.parameters.is_empty() && !words::is_plural(&resource.noun)
}

pub(super) fn has_taken_inputs(apis: &[Api]) -> bool {
    let is_taken = |operation: &Operation, it: &Parameter| {
        let name = words::snake_with_marks(&operation.words_of(it));
        let methods = REQUEST_METHODS.iter().chain(&LIST_METHODS);
        !it.required && methods.clone().any(|method| **method == name)
    };
    operations(apis).any(|operation| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|it| is_taken(operation, it))
    })
}

pub(super) fn has_other_variants(apis: &[Api]) -> bool {
    let is_concerned = |it: &TypeDefinition| match &it.shape {
        Shape::Enumeration(values) => values
            .iter()
            .any(|it| words::snake_with_marks(&it.text) == "other"),
        Shape::Union(union) => union.variants.iter().any(is_renamed),
        Shape::Object(_) => false,
    };
    apis.iter().flat_map(|it| &it.types).any(is_concerned)
}

pub(super) fn has_marked_alternatives(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut others = api.types.iter().flat_map(|it| it.shape.unnamed());
        others.any(|it| api.direction(it) != Direction::Both)
    })
}

fn is_renamed(variant: &Variant) -> bool {
    let last = variant.value.at.tokens().last();
    let is_inline = last.is_some_and(|it| it.parse::<usize>().is_ok());
    let name = variant.name.as_str();
    let has_kind = ["object", "text", "empty"].contains(&name) || name.starts_with("with_");
    (is_inline && has_kind) || name == "other"
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// Which of the notes concern a document with this path, parameter and property.
    fn told(path: &str, parameter: &str, property: &str) -> [bool; 5] {
        let text = format!(
            "paths:\n  {path}:\n    get:\n      operationId: listPets\n      parameters: [{parameter}]\n      \
             responses: {{'204': {{description: None.}}}}\n\
             components: {{schemas: {{Pet: {{type: object, properties: {{{property}}}}}}}}}\n"
        );
        let apis = models(&text);
        [
            has_types_of_one_name,
            has_requests_like_types,
            has_other_handles,
            has_taken_inputs,
            has_other_variants,
        ]
        .map(|it| it(&apis))
    }

    #[test]
    fn a_crate_is_told_of_marked_alternatives() {
        let told = |mark: &str| {
            let schema = format!("{{oneOf: [{{type: string}}, {{type: integer, {mark}: true}}]}}");
            has_marked_alternatives(&models(&format!(
                "paths: {{}}\ncomponents: {{schemas: {{Pet: {schema}}}}}\n"
            )))
        };
        assert_eq!(
            ["readOnly", "writeOnly", "deprecated"].map(told),
            [true, true, false]
        );
    }

    #[test]
    fn a_crate_is_told_of_names_that_are_told_apart() {
        let name = "{name: name, in: query, schema: {type: string}}";
        let timeout = name.replace("name: name", "name: timeout");
        let list = "list_pets: {type: object, title: List Pets, properties: {a: {type: string}}}";
        let alike = "a: {type: string, enum: [up]}, b: {type: string, enum: [up]}";
        for (path, parameter, property, concerned) in [
            ("/pets", name, "a: {type: string}", [false; 5]),
            ("/pets", name, alike, [true, false, false, false, false]),
            ("/pets", name, list, [false, true, false, false, false]),
            (
                "/pets/pets",
                name,
                "a: {type: string}",
                [false, false, true, false, false],
            ),
            (
                "/pets",
                &timeout,
                "a: {type: string}",
                [false, false, false, true, false],
            ),
            (
                "/pets",
                name,
                "a: {type: string, enum: [Other]}",
                [false, false, false, false, true],
            ),
            (
                "/pets",
                name,
                "a: {oneOf: [{type: string}, {type: object, properties: {b: {type: string}}}]}",
                [false, false, false, false, true],
            ),
        ] {
            assert_eq!(
                told(path, parameter, property),
                concerned,
                "{path} {parameter} {property}"
            );
        }
    }
}

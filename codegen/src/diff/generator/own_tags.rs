//! Values that new objects have.

use super::Note;
use crate::api::Api;
use crate::plan::{self, InitialValue, Struct};

/// The notes for crates with structs of requests that have such values.
pub(super) const NOTES: &[Note] = &[
    Note::breaking(
        takes_fewer_arguments,
        "`new` no longer takes the property of a `discriminator`, or the constant that tells alternatives apart: it sets the \
         only right value. Leave the argument out",
    ),
    Note::changing(
        sets_tags,
        "`Default` sets the property of a `discriminator`, or the constant that tells alternatives apart, which was empty: \
         `Cat::default()` has the `kind` that selects a `Cat`. Types whose only obstacle was the constant have `Default`, too",
    ),
    Note::adding(
        sets_numbers,
        "structs of requests have `Default` also if one of their numbers has a default that is not 0",
    ),
];

fn structs(client: &plan::Client) -> impl Iterator<Item = &Struct> {
    client.files().flat_map(|it| &it.structs)
}

/// Whether the functions `new` of a crate for these models leave out a required field.
fn takes_fewer_arguments(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    structs(&client).any(|it| {
        let values = initial_values(it);
        it.constructor.is_some() && values.iter().any(|it| is_tag(it))
    })
}

fn sets_tags(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    structs(&client).any(|it| {
        let values = it.default_impl.iter().flat_map(|it| &it.fields);
        let mut values = values.map(|(_, value)| value);
        values.any(|it| is_tag(it) || matches!(it, InitialValue::Some(_)))
    })
}

fn sets_numbers(apis: &[Api]) -> bool {
    let client = plan::client_of(apis);
    structs(&client).any(|it| {
        let mut values = it.default_impl.iter().flat_map(|it| &it.fields);
        values.any(|(_, value)| matches!(value, InitialValue::Number(number) if *number != 0))
    })
}

/// The values of the fields that callers need not give.
fn initial_values(structure: &Struct) -> Vec<&InitialValue> {
    let own = structure
        .constructor
        .iter()
        .filter_map(|it| it.others.as_ref());
    let default = structure.default_impl.iter().map(|it| &it.fields);
    let values = own.chain(default).flatten();
    values.map(|(_, value)| value).collect()
}

/// Whether it is the value of a required field that tells the type of its object.
fn is_tag(value: &InitialValue) -> bool {
    match value {
        InitialValue::Text(_) | InitialValue::Boolean(_) => true,
        InitialValue::Tag(_) | InitialValue::Variant(..) => true,
        InitialValue::None
        | InitialValue::Some(_)
        | InitialValue::Number(_)
        | InitialValue::EmptyMap
        | InitialValue::OfType => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// Which of the notes concern a document whose request has alternatives, one of them with these properties.
    fn told(required: &str, properties: &str) -> Vec<bool> {
        let text = format!(
            "paths:\n  /pets:\n    post:\n      operationId: make\n      requestBody: {{content: {{application/json: {{schema: \
             {{$ref: '#/components/schemas/pet'}}}}}}}}\n      \
             responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/pet'}}}}}}}}}}\n\
             components:\n  schemas:\n    pet: {{oneOf: [{{$ref: '#/components/schemas/cat'}}, {{$ref: '#/components/schemas/dog'}}], discriminator: {{propertyName: kind}}}}\n    \
             cat: {{type: object, required: [{required}], properties: {{{properties}}}}}\n    \
             dog: {{type: object, properties: {{name: {{type: string}}}}}}\n"
        );
        let models = models(&text);
        NOTES.iter().map(|it| (it.concerns)(&models)).collect()
    }

    #[test]
    fn a_crate_is_told_of_values_that_it_sets() {
        let kind = "kind: {type: string}";
        let lives = "lives: {type: integer}";
        let both = format!("{kind}, {lives}");
        assert_eq!(told("kind, lives", &both), [true, true, false]);
        assert_eq!(told("kind", &both), [false, true, false]);
        assert_eq!(told("", &both), [false, true, false]);
        assert_eq!(told("lives", lives), [false; 3]);
        let size = "size: {type: integer, default: 3}";
        assert_eq!(told("size", size), [false, false, true]);
        let none = "size: {type: integer, default: 0}";
        assert_eq!(told("size", none), [false; 3]);
    }
}

//! Values that new objects have.

use super::Note;
use crate::api::usage::Usage;
use crate::api::{Api, Field, Presence};

/// The notes for crates with types of requests that have such values.
pub(super) const NOTES: &[Note] = &[
    Note::breaking(
        has_required_defaults,
        "in types that only requests have, a required property with a default is always sent and is not an `Option`: \
         `mode: Some(mode)` becomes `mode`",
    ),
    Note::breaking(
        |apis| sends(apis, has_fewer_arguments),
        "`new` no longer takes constants, properties of a `discriminator` with one right value, and required properties with \
         a default, because it sets these values: leave the argument out, and set the field for another value",
    ),
    Note::changing(
        |apis| sends(apis, |it| it.initial.is_some()),
        "`Default` sets them, too: `Cat::default()` has the `kind` that selects a `Cat`. Types whose only obstacle was an \
         enum with such a value have `Default`, too",
    ),
    Note::adding(
        |apis| sends(apis, has_number),
        "structs of requests have `Default` also if one of their numbers has a default that is not 0",
    ),
];

/// Whether a type of requests has such a field.
fn sends(apis: &[Api], is_it: fn(&Field) -> bool) -> bool {
    apis.iter().any(|api| {
        let sent = Usage::by_operations(api).sent;
        let mut types = sent.iter().map(|it| api.type_definition(*it));
        types.any(|it| it.shape.fields().iter().any(is_it))
    })
}

fn has_fewer_arguments(field: &Field) -> bool {
    field.presence == Presence::Required && field.initial.is_some()
}

fn has_number(field: &Field) -> bool {
    matches!(field.presence, Presence::Default(number) if number != 0)
}

fn has_required_defaults(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let usage = Usage::by_operations(api);
        let mut sent = usage.sent.difference(&usage.received);
        sent.any(|id| {
            let mut fields = api.type_definition(*id).shape.fields().iter();
            fields.any(|it| {
                let has_default = api.schema(it.value.schema).default.is_some();
                it.presence == Presence::Required && has_default
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models_of_value;
    use super::*;

    /// Which of the notes concern a document whose request has an object with these properties.
    fn told(required: &str, properties: &str, is_sent: bool) -> Vec<bool> {
        let schema = format!("type: object, required: [{required}], properties: {{{properties}}}");
        let models = models_of_value(&schema, is_sent);
        NOTES.iter().map(|it| (it.concerns)(&models)).collect()
    }

    #[test]
    fn a_crate_is_told_of_values_that_it_sets() {
        let kind = "kind: {type: string, enum: [a]}";
        assert_eq!(told("kind", kind, true), [false, true, true, false]);
        assert_eq!(told("kind", kind, false), [false; 4]);
        assert_eq!(told("", kind, true), [false; 4]);
        let text = "kind: {type: string, default: a}";
        assert_eq!(told("kind", text, true), [true, true, true, false]);
        assert_eq!(told("", text, true), [false; 4]);
        let list = "kind: {type: array, items: {type: string}, default: [a]}";
        assert_eq!(told("kind", list, true), [true, false, false, false]);
    }
}

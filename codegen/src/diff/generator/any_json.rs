//! Responses of arbitrary JSON that have no body.

use super::{Note, operations};
use crate::api::{Api, Encoding, Payload, ResponseKind, Type};

/// The note for crates with responses of arbitrary JSON.
pub(super) const NOTE: Note = Note::changing(
    concerns,
    "a response that may be any JSON is `Value::Null` if its body is empty, which was an error",
);

fn concerns(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let is_any =
            |it: &Payload| it.encoding == Encoding::Json && *api.ty(it.value.schema) == Type::Any;
        let mut results = operations(std::slice::from_ref(api)).map(|it| &it.result);
        results.any(|it| match it {
            ResponseKind::Value(payload) => is_any(payload),
            ResponseKind::OneOf(all) => all.iter().filter_map(|it| it.payload.as_ref()).any(is_any),
            ResponseKind::Nothing | ResponseKind::Page { .. } => false,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_responses_of_any_json() {
        let told = |responses: &str| {
            let text = format!(
                "paths:\n  /pets: {{get: {{operationId: listPets, responses: {{{responses}}}}}}}\n"
            );
            concerns(&models(&text))
        };
        assert!(told(
            "'200': {description: All., content: {application/json: {}}}"
        ));
        assert!(told(
            "'200': {description: All., content: {application/json: {}}}, '204': {description: None.}"
        ));
        let named = "{schema: {type: object, properties: {a: {type: string}}}}";
        assert!(!told(&format!(
            "'200': {{description: All., content: {{application/json: {named}}}}}"
        )));
        assert!(!told("'204': {description: None.}"));
    }
}

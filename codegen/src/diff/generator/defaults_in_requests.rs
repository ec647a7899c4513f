//! Integers with a default in objects that requests contain, too.

use super::{Note, fields};
use crate::api::{Api, Field, Presence, Scalar};

/// The note for crates with such an integer.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "an integer with a default that requests may leave out is an `Option` in types that responses contain, too: \
     `retries: Some(5)`, no longer `retries: 5`; a request no longer sends the default unless it is set, and a response \
     without the field still has it",
);

fn concerns(apis: &[Api]) -> bool {
    let is_concerned = |api: &Api, it: &Field| {
        let scalar = api.schema(it.value.schema).ty.scalar();
        it.presence == Presence::OptionalWithDefault
            && !it.value.nullable
            && scalar.and_then(Scalar::whole_range).is_some()
    };
    let mut apis = apis.iter();
    apis.any(|api| fields(api).any(|it| is_concerned(api, it)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_integers_that_requests_leave_out() {
        let told = |property: &str, body: &str| {
            let setting =
                "content: {application/json: {schema: {$ref: '#/components/schemas/setting'}}}";
            let body = body.replace("BODY", &format!("requestBody: {{{setting}}}, "));
            concerns(&models(&format!(
                "paths:\n  /settings: {{put: {{operationId: replaceSetting, {body}responses: {{'200': {{description: Set., \
                 {setting}}}}}}}}}\ncomponents: {{schemas: {{setting: {{type: object, properties: {{retries: {{{property}}}}}}}}}}}\n"
            )))
        };
        assert!(told("type: integer, default: 3", "BODY"));
        assert!(!told("type: integer, default: 3", ""));
        assert!(!told("type: integer, default: 3, nullable: true", "BODY"));
        assert!(!told("type: boolean, default: true", "BODY"));
        assert!(!told("type: integer", "BODY"));
    }
}

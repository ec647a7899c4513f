//! Forms whose fields the document does not name.

use super::{Note, operations};
use crate::api::{Api, Location, Operation, Parameter};

/// The note for crates with such forms.
pub(super) const NOTE: Note = Note::adding(
    concerns,
    "a form whose fields the document does not name takes them by name: `.rest(…)`, and `.files((\"name\", file))` for \
     those of a multipart body that may be files",
);

fn concerns(apis: &[Api]) -> bool {
    operations(apis).any(|it| names_no_field(it) || sends_other_files(it))
}

fn names_no_field(operation: &Operation) -> bool {
    let is_field = |it: &&Parameter| match it.location {
        Location::Form | Location::Part(_) => true,
        Location::Path | Location::Query | Location::Header | Location::Cookie => false,
    };
    let mut fields = operation.parameters.iter().filter(is_field);
    let first = fields.next();
    first.is_some_and(|it| it.wire_name == Parameter::OTHERS) && fields.next().is_none()
}

fn sends_other_files(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|it| it.wire_name == Parameter::OTHER_FILES)
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_forms_without_fields() {
        let told = |media_type: &str, schema: &str| {
            concerns(&models(&format!(
                "paths:\n  /pets:\n    post:\n      operationId: createPet\n      \
                 requestBody: {{content: {{{media_type}: {{schema: {schema}}}}}}}\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            )))
        };
        let [form, multipart] = ["application/x-www-form-urlencoded", "multipart/form-data"];
        let named = "{type: object, properties: {id: {type: string}}, additionalProperties: KIND}";
        assert!(told(form, "{}"));
        assert!(!told(form, &named.replace("KIND", "true")));
        assert!(told(multipart, &named.replace("KIND", "true")));
        assert!(!told(multipart, &named.replace("KIND", "{type: string}")));
    }
}

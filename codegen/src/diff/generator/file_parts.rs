//! Parts that are one file or several, or anything.

use super::{Note, operations, parameters};
use crate::api::{Api, Encoding, Location, PartForm, Schema, Type, TypeDefinition, Use};

/// The note for crates with a value that is one file or a list of them.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "a part of a multipart body that is one file or a list of them takes `Part`s, no longer an enum of strings",
);

/// The note for crates with a part that the document does not describe.
pub(super) const UNDESCRIBED: Note = Note::breaking(
    has_undescribed,
    "a part of a multipart body whose schema says nothing is a file, which takes a `Part`, no longer JSON: \
     `Part::from(text)`",
);

/// The note for crates with files, some of which may have been text.
pub(super) const BINARY: Note = Note::breaking(
    has_files,
    "parts with `contentEncoding: binary`, and those that are a file or something else, are files, which take a `Part`, no \
     longer text or an enum: `Part::from(text)`",
);

/// The note for crates with bodies that are one file, alone or in a form.
pub(super) const WHOLE_FILES: Note = Note::breaking(
    has_whole_files,
    "a body that is a file, as it is or in a multipart form without a name, is an argument, which is sent as it is: \
     `create(bytes)`, no longer `create().files((\"file\", bytes))`",
);

fn has_whole_files(apis: &[Api]) -> bool {
    operations(apis).any(|it| {
        let body = it.body.as_ref();
        let is_bytes = body.is_some_and(|it| it.payload.encoding == Encoding::Bytes);
        let mut media_types = it.media_types.request.iter();
        is_bytes && media_types.any(|it| it.starts_with("multipart/form-data"))
    })
}

fn has_files(apis: &[Api]) -> bool {
    parameters(apis).any(|it| it.location == Location::Part(PartForm::File))
}

fn has_undescribed(apis: &[Api]) -> bool {
    let is_any = |api: &Api, it: &Use| *api.ty(it.schema) == Type::Any;
    let is_open = |api: &Api, it: &Use| match api.ty(it.schema) {
        Type::List(item) => is_any(api, item),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => is_any(api, it),
    };
    apis.iter().any(|api| {
        let mut parameters = parameters(std::slice::from_ref(api));
        parameters
            .any(|it| it.location == Location::Part(PartForm::File) && is_open(api, &it.value))
    })
}

fn concerns(apis: &[Api]) -> bool {
    let is_concerned = |api: &Api| api.types.iter().any(|it| is_files(&api.schemas, it));
    apis.iter().any(is_concerned)
}

fn is_files(schemas: &[Schema], definition: &TypeDefinition) -> bool {
    let variants = definition.shape.variants();
    let is_file = |it: &Use| schemas[it.schema.0].bounds.format.as_deref() == Some("binary");
    !variants.is_empty()
        && variants
            .iter()
            .all(|it| match &schemas[it.value.schema.0].ty {
                Type::List(item) => is_file(item),
                Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => is_file(&it.value),
            })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// The models of an operation that sends this part.
    fn models_of_part(part: &str) -> Vec<Api> {
        models(&format!(
            "paths:\n  /pets:\n    post:\n      operationId: createPet\n      \
             requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{photo: {part}}}}}}}}}}}\n      \
             responses: {{'204': {{description: None.}}}}\n"
        ))
    }

    #[test]
    fn a_crate_is_told_of_one_file_or_several() {
        let told = |other: &str| {
            let part = format!("{{anyOf: [{{type: string, format: binary}}, {other}]}}");
            concerns(&models_of_part(&part))
        };
        assert!(told("{type: array, items: {type: string, format: binary}}"));
        assert!(!told("{type: array, items: {type: string}}"));
        assert!(!told("{type: string, format: binary}"));
    }

    #[test]
    fn a_crate_is_told_of_parts_without_a_description() {
        let told = |part: &str| has_undescribed(&models_of_part(part));
        assert!(told("{}"));
        assert!(told("{description: A photo.}"));
        assert!(told("{type: array, items: {}}"));
        assert!(!told("{type: object}"));
        assert!(!told("{type: string, format: binary}"));
        assert!(!told("{not: {type: string}}"));
    }

    #[test]
    fn a_crate_is_told_of_files_that_may_have_been_text() {
        let told = |part: &str| has_files(&models_of_part(part));
        assert!(told("{type: string, contentEncoding: binary}"));
        assert!(!told("{type: string, contentEncoding: 8bit}"));
    }

    #[test]
    fn a_crate_is_told_of_files_without_a_form() {
        let told = |schema: &str| {
            has_whole_files(&models(&format!(
                "paths:\n  /pets:\n    post:\n      operationId: createPet\n      requestBody: {{content: {{\
                 multipart/form-data: {{schema: {schema}}}, image/png: {{}}}}}}\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            )))
        };
        assert!(told("{type: string, format: binary}"));
        assert!(told("{type: object, format: file}"));
        assert!(!told(
            "{type: object, properties: {photo: {type: string, format: binary}}}"
        ));
    }
}

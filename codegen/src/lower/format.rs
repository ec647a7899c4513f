//! Formats: which of them the generator knows, and a note for each that it does not (`OpenAPI` 3.0.3, Data Types).

use openapiv3::{
    AnySchema, IntegerType, NumberType, Schema, SchemaKind, StringType, Type as SpecType,
    VariantOrUnknownOrEmpty,
};

use super::Lowering;
use super::view::text_format;
use crate::api::Type;
use crate::diagnostic::Problem;
use crate::pointer::Pointer;
use crate::twilio::{self, ObjectFormat, TextFormat};

impl Lowering<'_> {
    /// Notes the format of `schema` if it says nothing to the generator, at its first place in the document.
    pub(super) fn note_format(&mut self, at: &Pointer, schema: &Schema) {
        let Some((kind, format)) = unknown(schema) else {
            return;
        };
        if self.formats.insert(format.to_owned()) {
            let format = format.to_owned();
            self.report(&at.key("format"), Problem::UnknownFormat { format, kind });
        }
    }
}

/// What the type of a schema is called in sentences, and its format, if that is not known for the type.
fn unknown(schema: &Schema) -> Option<(&'static str, &str)> {
    match &schema.schema_kind {
        SchemaKind::Type(SpecType::String(it)) => of_text(it).map(|it| ("a string", it)),
        SchemaKind::Type(SpecType::Integer(IntegerType { format, .. })) => {
            unlisted(format).map(|it| ("an integer", it))
        }
        SchemaKind::Type(SpecType::Number(NumberType { format, .. })) => {
            unlisted(format).map(|it| ("a number", it))
        }
        // openapiv3 gives none of them a format.
        SchemaKind::Type(SpecType::Boolean(_) | SpecType::Array(_) | SpecType::Object(_)) => None,
        SchemaKind::OneOf { .. } | SchemaKind::AllOf { .. } => None,
        SchemaKind::AnyOf { .. } | SchemaKind::Not { .. } => None,
        SchemaKind::Any(any) => of_any(any),
    }
}

fn of_text(string: &StringType) -> Option<&str> {
    text_format(string).filter(|it| text_type(it).is_none())
}

fn unlisted<T>(format: &VariantOrUnknownOrEmpty<T>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Item(_) | VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// Of a schema with keywords that openapiv3 has in none of its kinds together: `format` is one for most types.
fn of_any(any: &AnySchema) -> Option<(&'static str, &str)> {
    let format = any.format.as_deref()?;
    let is_one_of = |known: &[&str]| known.contains(&format);
    let is_object = !any.properties.is_empty() || any.additional_properties.is_some();
    let (kind, is_known) = match any.typ.as_deref() {
        Some("string") => ("a string", text_type(format).is_some()),
        Some("integer") => ("an integer", is_one_of(&["int32", "int64"])),
        Some("number") => ("a number", is_one_of(&["float", "double"])),
        Some("boolean") => ("a boolean", false),
        Some("array") => ("an array", false),
        None if any.items.is_some() => ("an array", false),
        None if !any.enumeration.is_empty() => ("a string", text_type(format).is_some()),
        None if !is_object => ("a value without `type`", false),
        Some(_) | None => (
            "an object",
            object_format(format, any.properties.is_empty()).is_some(),
        ),
    };
    (!is_known).then_some((kind, format))
}

/// What an object in `format` is. `None` if that is not known, or not known of one with properties.
pub(super) fn object_format(format: &str, has_no_properties: bool) -> Option<ObjectFormat> {
    twilio::object_format(format).filter(|it| match it {
        ObjectFormat::TextByName => has_no_properties,
        ObjectFormat::AsItsFields => true,
    })
}

/// The type of text in `format`: one of `OpenAPI` 3.0.3 (Data Types), of JSON Schema (draft 5, section 7.3) or of
/// the vendor. `None` if it is not known. A `uri` stays text: services put bare host names and empty strings there.
pub(super) fn text_type(format: &str) -> Option<Type> {
    match format {
        "date-time" => Some(Type::DateTime),
        "date" => Some(Type::Date),
        "byte" | "uri" | "email" | "password" | "uuid" | "hostname" | "ipv4" | "ipv6" => {
            Some(Type::String)
        }
        other => twilio::text_format(other).map(|it| match it {
            TextFormat::Rfc2822 => Type::DateTimeRfc2822,
            TextFormat::Plain => Type::String,
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::source::SourceFile;

    /// What is said of a document with these properties of one schema.
    fn notes(properties: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\n\
             info: {{title: Demo, version: '1'}}\n\
             servers: [{{url: 'https://demo.example.com'}}]\n\
             paths: {{/v1/Sims: {{delete: {{operationId: DeleteSim, responses: {{'204': {{description: Gone.}}}}}}}}}}\n\
             components: {{schemas: {{sim: {{type: object, properties: {{{properties}}}}}}}}}\n"
        );
        let path = "twilio_demo_v1.yaml".to_owned();
        let (_, report) = crate::read(&[SourceFile { path, text }]);
        assert_eq!(report.count(Severity::Note), report.len(), "{report}");
        let said = report.iter().map(|it| it.problem.to_string());
        said.collect()
    }

    #[test]
    fn an_unknown_format_is_noted_with_the_type_that_counts() {
        let note = |format, kind| {
            format!("`{format}` is no known format of {kind}: the type alone counts")
        };
        for (schema, format, kind) in [
            ("{type: string, format: int64}", "int64", "a string"),
            ("{type: string, format: foo, enum: [a]}", "foo", "a string"),
            ("{type: integer, format: foo}", "foo", "an integer"),
            ("{type: number, format: int64}", "int64", "a number"),
            ("{type: boolean, format: foo}", "foo", "a boolean"),
            ("{type: array, format: foo, items: {}}", "foo", "an array"),
            ("{type: object, format: object}", "object", "an object"),
            (
                "{type: object, format: foo, properties: {a: {}}}",
                "foo",
                "an object",
            ),
            ("{format: date}", "date", "a value without `type`"),
        ] {
            assert_eq!(
                notes(&format!("a: {schema}")),
                [note(format, kind)],
                "{schema}"
            );
        }
    }

    #[test]
    fn a_format_is_noted_once() {
        let said = notes(
            "a: {type: string, format: foo}, b: {type: string, format: foo}, \
             c: {type: integer, format: foo}, d: {type: string, format: bar}",
        );
        assert_eq!(said.len(), 2, "{said:?}");
    }

    #[test]
    fn known_formats_are_not_noted() {
        for schema in [
            "{type: string, format: byte}",
            "{type: string, format: uri}",
            "{type: string, format: http-method, enum: [GET]}",
            "{type: integer, format: int32}",
            "{type: number, format: double}",
            "{type: object, format: uri-map}",
            "{type: object, format: ice-server, properties: {url: {type: string}}}",
        ] {
            assert_eq!(notes(&format!("a: {schema}")), [""; 0], "{schema}");
        }
    }
}

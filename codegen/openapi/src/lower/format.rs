//! Reads formats, and notes those that the generator does not know (`OpenAPI` 3.0.3, Data Types).

use openapiv3::Schema;

use super::Lowering;
use super::fault::LoweringFault;
use crate::api::{Bounds, Json, Limit, Primitive, Scalar, typed_formats};
use crate::load;
use crate::number::Number;
use crate::pointer::Pointer;
use crate::spelling::similar;
use crate::vendor::{ObjectFormat, TextFormat, Vendor};

impl Lowering<'_> {
    /// Notes the format of `schema` if it is unknown, at its first occurrence in the document.
    pub(super) fn note_format(&mut self, at: &Pointer, schema: &Schema) {
        let Some((kind, format)) = unknown(self.vendor, schema) else {
            return;
        };
        if self.formats.insert(format.clone()) {
            let is_text = load::keywords(schema).typ.as_deref() == Some("string");
            let meant = is_text.then(|| similar(&format, typed_formats())).flatten();
            let fault = LoweringFault::UnknownFormat {
                format,
                kind,
                meant,
            };
            self.report(&at.key("format"), fault);
        }
    }
}

/// The name of a schema's type in sentences, and its format, if that is unknown for the type.
fn unknown(vendor: Vendor, schema: &Schema) -> Option<(&'static str, String)> {
    let keywords = load::keywords(schema);
    let format = keywords.format.as_deref()?;
    let is_object = !keywords.properties.is_empty() || keywords.additional_properties.is_some();
    let primitive = match keywords.typ.as_deref() {
        Some("string") => Some(Primitive::String),
        Some("integer") => Some(Primitive::Integer),
        Some("number") => Some(Primitive::Number),
        Some("boolean") => Some(Primitive::Boolean),
        None if keywords.items.is_none() && !keywords.enumeration.is_empty() => {
            Some(Primitive::String)
        }
        None if keywords.items.is_none() && !is_object && is_binary(Some(format)) => {
            Some(Primitive::String)
        }
        Some(_) | None => None,
    };
    let (kind, is_known) = match (primitive, keywords.typ.as_deref()) {
        (Some(primitive), _) => (
            primitive.words(),
            known(vendor, primitive, format).is_some(),
        ),
        (None, Some("array")) => ("an array", false),
        (None, None) if keywords.items.is_some() => ("an array", false),
        (None, None) if !is_object => ("a value without `type`", false),
        (None, Some(_) | None) => (
            "an object",
            object_format(vendor, format, keywords.properties.is_empty()).is_some(),
        ),
    };
    (!is_known).then(|| (kind, format.to_owned()))
}

/// Whether a format alone says that a value is a file: only strings have it (OpenAPI 3.0.3, Data Types).
pub(super) fn is_binary(format: Option<&str>) -> bool {
    format == Some("binary")
}

/// The meaning of a format of an object. `None` if it is unknown, or unknown for objects with properties.
pub(super) fn object_format(
    vendor: Vendor,
    format: &str,
    has_no_properties: bool,
) -> Option<ObjectFormat> {
    vendor.object_format(format).filter(|it| match it {
        ObjectFormat::TextByName => has_no_properties,
        ObjectFormat::AsItsFields => true,
    })
}

/// The scalar that a format makes of a primitive type: one of OpenAPI or the vendor. `None` if it is unknown.
pub(super) fn known(vendor: Vendor, primitive: Primitive, format: &str) -> Option<Scalar> {
    let is_text = primitive == Primitive::String;
    let vendors = || {
        let format = vendor.text_format(format).filter(|_| is_text);
        format.map(|it| match it {
            TextFormat::Text => Scalar::String,
            TextFormat::Rfc2822 => Scalar::DateTimeRfc2822,
        })
    };
    primitive.in_format(format).or_else(vendors)
}

/// The scalar of a primitive type, with a format if it has one.
pub(super) fn scalar(vendor: Vendor, primitive: Primitive, format: Option<&str>) -> Scalar {
    let known = format.and_then(|it| known(vendor, primitive, it));
    known.unwrap_or_else(|| primitive.scalar())
}

/// A scalar with a format that another schema of the same value gives. A format of its own takes precedence.
pub(super) fn formatted(vendor: Vendor, own: Scalar, format: Option<&str>) -> Scalar {
    let primitive = match own {
        Scalar::String => Primitive::String,
        Scalar::Integer => Primitive::Integer,
        Scalar::Decimal => Primitive::Number,
        Scalar::Boolean | Scalar::Int32 | Scalar::Uint32 | Scalar::Uint64 => return own,
        Scalar::Float | Scalar::DateTime | Scalar::DateTimeRfc2822 => return own,
        Scalar::Date | Scalar::Base64 => return own,
    };
    scalar(vendor, primitive, format)
}

/// The scalar of an integer that has these limits. Without a format, the limits decide whether 64 bits with a sign hold
/// its values, 64 bits without one, or only an exact number.
pub(super) fn of_size(scalar: Scalar, bounds: &Bounds) -> Scalar {
    if scalar != Scalar::Integer || bounds.format.is_some() {
        return scalar;
    }
    let listed = bounds.values.iter().map(Json::to_string);
    let listed = listed.filter_map(|it| Some(Number::parse(&it)?.floor()));
    let listed: Vec<i128> = listed.collect();
    let low = bounds.minimum.as_ref().map(Limit::first_whole);
    let low = low.or_else(|| listed.iter().min().copied());
    let high = bounds.maximum.as_ref().map(Limit::last_whole);
    let high = high.or_else(|| listed.iter().max().copied());
    let fits = |(least, most): (i128, i128)| {
        let is_in = |it: i128| (least - ROUNDING..=most + ROUNDING).contains(&it);
        low.is_none_or(is_in) && high.is_none_or(is_in)
    };
    let is_natural = low.is_some_and(|it| it >= 0);
    match [Scalar::Integer, Scalar::Uint64].map(|it| it.whole_range().is_some_and(fits)) {
        [true, _] => Scalar::Integer,
        [false, true] if is_natural => Scalar::Uint64,
        [false, _] => Scalar::Decimal,
    }
}

/// The scalar of [`of_size`], and the limits: an exact number may have a fraction, unless they say otherwise.
pub(super) fn sized(scalar: Scalar, mut bounds: Bounds) -> (Scalar, Bounds) {
    let size = of_size(scalar, &bounds);
    if (scalar, size) == (Scalar::Integer, Scalar::Decimal) {
        bounds.multiple_of.get_or_insert_with(|| 1.into());
    }
    (size, bounds)
}

/// By how much programs that have only floating-point numbers miss the ends of 64 bits: they write 9223372036854776000 for
/// the largest integer with a sign, and 18446744073709552000 for that without.
const ROUNDING: i128 = 1_024;

#[cfg(test)]
mod tests {
    use super::{of_size, similar, typed_formats};
    use crate::api::{Bounds, Limit, Scalar};
    use crate::number::Number;
    use crate::report::Severity;
    use crate::source::SourceFile;

    /// The notes of a document with a schema with these properties.
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
        let messages = report.iter().map(|it| it.message.clone());
        messages.collect()
    }

    #[test]
    fn unknown_formats_are_noted_with_their_type() {
        let note = |format, kind| {
            format!("`{format}` is not a known format of {kind}: only the type is used")
        };
        for (schema, format, kind) in [
            ("{type: string, format: int64}", "int64", "a string"),
            ("{type: string, format: foo, enum: [a]}", "foo", "a string"),
            ("{type: integer, format: foo}", "foo", "an integer"),
            ("{type: number, format: foo}", "foo", "a number"),
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
    fn similar_formats_are_suggested() {
        for (format, meant) in [
            ("dateTime", Some("date-time")),
            ("date_time", Some("date-time")),
            ("dates", Some("date")),
            ("time-zone", None),
            ("foo", None),
        ] {
            assert_eq!(similar(format, typed_formats()), meant, "{format}");
        }
    }

    #[test]
    fn formats_are_noted_once() {
        let messages = notes(
            "a: {type: string, format: foo}, b: {type: string, format: foo}, \
             c: {type: integer, format: foo}, d: {type: string, format: bar}",
        );
        assert_eq!(messages.len(), 2, "{messages:?}");
    }

    #[test]
    fn known_formats_are_not_noted() {
        for schema in [
            "{type: string, format: byte}",
            "{type: string, format: uri}",
            "{type: string, format: http-method, enum: [GET]}",
            "{type: integer, format: int32}",
            "{type: integer, format: uint8}",
            "{type: number, format: double}",
            "{type: number, format: decimal}",
            "{type: object, format: uri-map}",
            "{type: object, format: ice-server, properties: {url: {type: string}}}",
        ] {
            assert_eq!(notes(&format!("a: {schema}")), [""; 0], "{schema}");
        }
    }

    #[test]
    fn limits_decide_the_size_of_integers() {
        let limit = |text: &str| {
            let value = Number::parse(text)?;
            let exclusive = false;
            Some(Limit { value, exclusive })
        };
        for (minimum, maximum, scalar) in [
            ("", "", Scalar::Integer),
            ("0", "9223372036854775807", Scalar::Integer),
            (
                "-9223372036854776000",
                "9223372036854776000",
                Scalar::Integer,
            ),
            ("0", "9223372036854777000", Scalar::Uint64),
            ("", "9223372036854777000", Scalar::Decimal),
            ("-1", "9223372036854777000", Scalar::Decimal),
            ("0", "18446744073709551615", Scalar::Uint64),
            ("0", "18446744073709552000", Scalar::Uint64),
            ("0", "18446744073709553000", Scalar::Decimal),
            ("10000000000000000000", "", Scalar::Uint64),
            ("-9223372036854777000", "", Scalar::Decimal),
        ] {
            let bounds = Bounds {
                minimum: limit(minimum),
                maximum: limit(maximum),
                ..Bounds::default()
            };
            let size = of_size(Scalar::Integer, &bounds);
            assert_eq!(size, scalar, "{minimum} to {maximum}");
            let formatted = Bounds {
                format: Some("int64".to_owned()),
                ..bounds
            };
            assert_eq!(of_size(Scalar::Integer, &formatted), Scalar::Integer);
        }
        let listed = |values: &[u64]| Bounds {
            values: values.iter().map(|&it| it.into()).collect(),
            ..Bounds::default()
        };
        let of = |values: &[u64]| of_size(Scalar::Integer, &listed(values));
        assert_eq!(of(&[0, u64::MAX]), Scalar::Uint64);
        assert_eq!(of(&[0, 9]), Scalar::Integer);
    }
}

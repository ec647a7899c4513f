//! Describes which part of a request carries a value, and how the value is written there.

use std::collections::BTreeSet;

use super::wording::code;
use crate::api::{
    Api, BodyEncoding, FieldEncoding, Layout, Location, Parameter, ParameterEncoding, Prefix,
    SchemaId, Style, Type,
};

/// Names the part of a request that carries a parameter.
pub(super) fn part(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Form | Location::Part(_) => "form",
    }
}

/// Describes the part of a request that carries a parameter, and its style: `comma-separated query`. Places differ only if
/// values of the same type are written differently.
pub(super) fn place(api: &Api, parameter: &Parameter) -> String {
    let part = part(parameter.location);
    let style = match parameter.writing {
        ParameterEncoding::Styled(style) => words(api, parameter, style),
        ParameterEncoding::Json | ParameterEncoding::JsonItems if is_json_told(api, parameter) => {
            "JSON ".to_owned()
        }
        ParameterEncoding::Json | ParameterEncoding::JsonItems => String::new(),
        ParameterEncoding::TextOrJson | ParameterEncoding::Untyped => String::new(),
    };
    format!("{style}{part}")
}

/// Whether JSON is not what a parameter of its type is written as where the document says nothing.
fn is_json_told(api: &Api, parameter: &Parameter) -> bool {
    let schema = parameter.value.schema;
    let in_form = match parameter.location {
        Location::Form | Location::Part(_) => true,
        Location::Path | Location::Query | Location::Header | Location::Cookie => false,
    };
    match (parameter.writing, api.ty(schema)) {
        (ParameterEncoding::JsonItems, Type::List(item)) => in_form && is_quoted(api, item.schema),
        // All items are one value.
        (_, Type::List(_) | Type::Any) => true,
        (_, Type::Map(_)) => !in_form,
        (_, Type::Scalar(_) | Type::Named(_)) => {
            let is_object = matches!(api.ty(schema), Type::Named(_)) && !in_form;
            is_object || is_quoted(api, schema)
        }
    }
}

/// Whether a value may be text, which has quotes in JSON.
fn is_quoted(api: &Api, schema: SchemaId) -> bool {
    match api.ty(schema) {
        Type::Scalar(scalar) => scalar.is_text(),
        Type::Named(id) => {
            let shape = &api.type_definition(*id).shape;
            let mut variants = shape.variants().iter();
            shape.values().is_some() || variants.any(|it| is_quoted(api, it.value.schema))
        }
        Type::Any | Type::List(_) | Type::Map(_) => false,
    }
}

/// Describes a style, unless values of the parameter's type are the same in the usual one.
fn words(api: &Api, parameter: &Parameter, style: Style) -> String {
    let has_members = || match api.ty(parameter.value.schema) {
        Type::Map(_) => true,
        Type::Named(id) => api.type_definition(*id).shape.values().is_none(),
        Type::Scalar(_) | Type::Any | Type::List(_) => false,
    };
    match (style.layout, parameter.location) {
        // In a header, only the members of objects are written differently.
        (Layout::Exploded, Location::Header) if has_members() => "exploded ".to_owned(),
        (Layout::Commas, Location::Header) => String::new(),
        _ => style_words(style),
    }
}

/// Describes a style, followed by a space: `comma-separated `.
fn style_words(style: Style) -> String {
    let reserved = style.keeps_reserved.then_some("unescaped ");
    let layout = match style.layout {
        Layout::Exploded => "",
        Layout::Commas => "comma-separated ",
        Layout::Spaces => "space-separated ",
        Layout::Pipes => "pipe-separated ",
        Layout::Brackets => "bracketed ",
        Layout::Path { prefix, explodes } => match (prefix, explodes) {
            (Prefix::Nothing, false) => "",
            (Prefix::Nothing, true) => "exploded ",
            (Prefix::Dot, false) => "label ",
            (Prefix::Dot, true) => "exploded label ",
            (Prefix::Name, false) => "matrix ",
            (Prefix::Name, true) => "exploded matrix ",
        },
    };
    format!("{}{layout}", reserved.unwrap_or_default())
}

/// Describes an alternative body, and the fields of a form that are not serialized as usual: ``body with bracketed `a` ``.
pub(super) fn place_of_body(encoding: &BodyEncoding) -> String {
    let fields = match encoding {
        BodyEncoding::Form(fields) => fields.as_slice(),
        BodyEncoding::Json | BodyEncoding::Text | BodyEncoding::Bytes => &[],
    };
    let words = fields.iter().map(|it| {
        let name = code(&it.wire_name);
        match it.encoding {
            FieldEncoding::Json => format!("JSON {name}"),
            FieldEncoding::Styled(style) if style == Style::of(Layout::Exploded) => {
                format!("exploded {name}")
            }
            FieldEncoding::Styled(style) => format!("{}{name}", style_words(style)),
        }
    });
    let words: BTreeSet<String> = words.collect(); // The order of the fields has no meaning.
    if words.is_empty() {
        return "body".to_owned();
    }
    let words: Vec<String> = words.into_iter().collect();
    format!("body with {}", words.join(", "))
}

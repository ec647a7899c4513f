//! Plans the values that absent fields have.

use crate::api::{Json, Scalar, SchemaId, Type};
use crate::naming::RustName;
use crate::plan::Named;
use crate::plan::scalar::{Literal, row};
use crate::plan::viewpoint::Viewpoint;

/// The value of an absent optional field, as Rust code.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// A string.
    Text(String),
    /// A Boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A floating-point number.
    Float(f64),
    /// A text that is parsed.
    Parsed(String),
    /// A variant of an enumeration.
    Variant(Named, RustName),
    /// A value of an enumeration that has no variant.
    OtherVariant(String),
    /// An empty list.
    EmptyList,
    /// JSON of any other type.
    Json(String),
    /// JSON of exact decimals, or of a list or a map of them.
    JsonOfDecimals(String),
}

/// Plans the default of a schema, which `lower` found to be a value of its type.
pub(super) fn default_value(at: Viewpoint<'_>, id: SchemaId) -> Option<DefaultValue> {
    let schema = at.api.schema(id);
    let json = schema.default.as_ref()?;
    let text = || json.as_str().map(str::to_owned);
    match &schema.ty {
        Type::Scalar(Scalar::Decimal) if Scalar::Decimal.fitted(json).is_none() => {
            Some(DefaultValue::JsonOfDecimals(json.to_string())) // It has an exponent.
        }
        Type::Scalar(scalar) => match row(*scalar).literal {
            Literal::Text => text().map(DefaultValue::Text),
            Literal::Boolean => json.as_bool().map(DefaultValue::Boolean),
            Literal::Integer => json.as_i64().map(DefaultValue::Integer),
            Literal::Float => json.as_f64().map(DefaultValue::Float),
            Literal::Parsed(_) => {
                let text = text().unwrap_or_else(|| json.to_string());
                Some(DefaultValue::Parsed(text))
            }
        },
        Type::Named(id) if at.api.type_definition(*id).shape.values().is_some() => {
            let text = text()?;
            Some(match at.variant(*id, |it| it.text == text) {
                Some(variant) => DefaultValue::Variant(at.named_type(*id), variant.clone()),
                None => DefaultValue::OtherVariant(text),
            })
        }
        Type::List(_) if json.as_array().is_some_and(Vec::is_empty) => {
            Some(DefaultValue::EmptyList)
        }
        Type::List(_) | Type::Map(_) if at.api.is_decimals(id) => {
            Some(DefaultValue::JsonOfDecimals(json.to_string()))
        }
        Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => {
            Some(DefaultValue::Json(json.to_string()))
        }
    }
}

/// What the docs of a field say of its default, unless it is long.
pub(super) fn default_in_words(json: &Json) -> Option<String> {
    const LONGEST: usize = 60;
    let text = json.to_string();
    (text.len() <= LONGEST && !text.contains('`')).then(|| format!("Absent means `{text}`."))
}

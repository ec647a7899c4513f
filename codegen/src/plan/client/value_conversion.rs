//! Models conversions from responses to requests.

use crate::naming::RustName;
use crate::plan::Named;

/// The conversion of a response type into a request type.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The response struct.
    pub from: Named,
    /// The fields of the request struct, each with its source field, if there is one.
    pub fields: Vec<(RustName, Option<(RustName, ValueConversion)>)>,
    /// Whether one of these fields is deprecated.
    pub names_deprecated: bool,
}

/// The conversion of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueConversion {
    /// Unchanged.
    Stay,
    /// With the conversion of its own type.
    Into,
    /// Converted and boxed.
    Box(Box<ValueConversion>),
    /// Unboxed and converted.
    Unbox(Box<ValueConversion>),
    /// Converted and wrapped in `Some`.
    Some(Box<ValueConversion>),
    /// Converted inside of an `Option`.
    Inside(Box<ValueConversion>),
    /// Converted item by item.
    Items(Box<ValueConversion>),
    /// Converted value by value, in a map.
    Values(Box<ValueConversion>),
}

//! What is known of a value beyond its type. The client checks none of it.

/// Limits of a value beyond its type. What is said of text, of numbers and of objects with known fields holds for
/// each item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The name of the form that it has: `uri`, `int32`.
    pub format: Option<String>,
    /// The smallest number.
    pub minimum: Option<Limit>,
    /// The largest number.
    pub maximum: Option<Limit>,
    /// The number that it is a multiple of.
    pub multiple_of: Option<f64>,
    /// The smallest number of items.
    pub min_items: Option<usize>,
    /// The largest number of items.
    pub max_items: Option<usize>,
    /// Whether no item may come twice.
    pub unique_items: bool,
    /// The smallest number of characters.
    pub min_length: Option<usize>,
    /// The largest number of characters.
    pub max_length: Option<usize>,
    /// The regular expression (ECMA 262) that the text matches.
    pub pattern: Option<String>,
    /// Whether any JSON has to be an object.
    pub is_object: bool,
    /// The smallest number of keys.
    pub min_properties: Option<usize>,
    /// The largest number of keys.
    pub max_properties: Option<usize>,
    /// Those of each value of a map, and of each item of a list of lists or maps; none if it has no limits.
    pub inner: Option<Box<Bounds>>,
}

/// The end of a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// The last number.
    pub value: f64,
    /// Whether that number itself is beyond the range.
    pub exclusive: bool,
}

//! What is known of a value beyond its type. The client checks none of it.

use crate::number::Number;

/// Limits of a value beyond its type, without those of what it holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The name of the form that it has: `uri`, `int32`.
    pub format: Option<String>,
    /// The smallest number.
    pub minimum: Option<Limit>,
    /// The largest number.
    pub maximum: Option<Limit>,
    /// The number that it is a multiple of.
    pub multiple_of: Option<Number>,
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
}

/// The keywords that say the limits of a value in what a spec says of the JSON that a form carries.
pub(crate) const LIMIT_KEYWORDS: [&str; 14] = [
    "format",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl Bounds {
    /// The limits of numbers in words, each the end of a sentence: `at least 1`.
    pub(crate) fn range_in_words(&self) -> Vec<String> {
        let end = |words: [&str; 2], limit: &Option<Limit>| {
            let limit = limit.as_ref();
            limit.map(|it| format!("{} {}", words[usize::from(it.exclusive)], it.value))
        };
        let multiple = self.multiple_of.as_ref();
        [
            end(["at least", "more than"], &self.minimum),
            end(["at most", "less than"], &self.maximum),
            multiple.map(|it| format!("a multiple of {it}")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether numbers are unlimited.
    pub(crate) fn is_open(&self) -> bool {
        self.minimum.is_none() && self.maximum.is_none() && self.multiple_of.is_none()
    }

    /// Whether a limit of numbers does not fit `i64`.
    pub(crate) fn exceeds_i64(&self) -> bool {
        let ends = [&self.minimum, &self.maximum].into_iter().flatten();
        let mut limits = ends.map(|it| &it.value).chain(&self.multiple_of);
        limits.any(|it| it.as_i64().is_none())
    }
}

/// The end of a range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The last number.
    pub value: Number,
    /// Whether that number itself is beyond the range.
    pub exclusive: bool,
}

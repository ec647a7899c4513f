//! What is known of a value beyond its type. The client checks none of it.

use std::collections::BTreeMap;

use super::Json;
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
    /// The values that the schema lists, unless they make an enumeration.
    pub values: Vec<Json>,
    /// What keywords say of a value that neither its type nor another limit does, without prose, by keyword: `not`,
    /// `contains`. Only good for telling whether it is the same.
    pub conditions: BTreeMap<String, Json>,
}

impl Bounds {
    /// The limits of a value that keeps to both. Of two formats, two patterns and two lists, the first counts.
    pub(crate) fn and(self, other: Self) -> Self {
        let least = |one: Option<usize>, other: Option<usize>| one.max(other);
        let most = |one: Option<usize>, other| one.into_iter().chain(other).min();
        let is_empty = self.values.is_empty();
        Self {
            format: self.format.or(other.format),
            minimum: tighter(self.minimum, other.minimum, |one, other| one >= other),
            maximum: tighter(self.maximum, other.maximum, |one, other| one <= other),
            multiple_of: self.multiple_of.or(other.multiple_of),
            min_items: least(self.min_items, other.min_items),
            max_items: most(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_length: least(self.min_length, other.min_length),
            max_length: most(self.max_length, other.max_length),
            pattern: self.pattern.or(other.pattern),
            is_object: self.is_object || other.is_object,
            min_properties: least(self.min_properties, other.min_properties),
            max_properties: most(self.max_properties, other.max_properties),
            values: if is_empty { other.values } else { self.values },
            conditions: all(self.conditions, other.conditions),
        }
    }

    /// What keywords say of a value, and of what it holds.
    pub(crate) fn conditions_with(&self, held: &Self) -> BTreeMap<String, Json> {
        all(self.conditions.clone(), held.conditions.clone())
    }

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

    /// Whether a limit of numbers does not fit `i64`.
    pub(crate) fn exceeds_i64(&self) -> bool {
        let ends = [&self.minimum, &self.maximum].into_iter().flatten();
        let mut limits = ends.map(|it| &it.value).chain(&self.multiple_of);
        limits.any(|it| it.as_i64().is_none())
    }
}

/// What both say. Where they say different things by one keyword, a value keeps to a list of them.
fn all(mut one: BTreeMap<String, Json>, other: BTreeMap<String, Json>) -> BTreeMap<String, Json> {
    for (keyword, said) in other {
        match one.remove(&keyword) {
            Some(own) if own != said => one.insert(keyword, Json::Array(vec![own, said])),
            Some(_) | None => one.insert(keyword, said),
        };
    }
    one
}

/// The end of a range that keeps to both ends; `is_tighter` tells whether the first of two numbers lets less through.
fn tighter(
    one: Option<Limit>,
    other: Option<Limit>,
    is_tighter: fn(&Number, &Number) -> bool,
) -> Option<Limit> {
    match (one, other) {
        (Some(one), Some(other)) if is_tighter(&one.value, &other.value) => Some(Limit {
            exclusive: one.exclusive || (other.exclusive && one.value == other.value),
            ..one
        }),
        (Some(_), Some(other)) => Some(other),
        (one, other) => one.or(other),
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

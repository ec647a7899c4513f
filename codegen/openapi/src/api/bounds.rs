//! Models the limits of values beyond their types. The client checks none of them.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::Json;
use crate::number::Number;

/// The limits of a value beyond its type, without those of its contents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The name of its format: `uri`, `int32`.
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
    /// Whether items must be unique.
    pub unique_items: bool,
    /// The smallest number of characters.
    pub min_length: Option<usize>,
    /// The largest number of characters.
    pub max_length: Option<usize>,
    /// The regular expression (ECMA 262) that the text matches.
    pub pattern: Option<String>,
    /// Whether an enumeration is only of known values: any other text is valid, too.
    pub is_open: bool,
    /// Whether arbitrary JSON must be an object.
    pub is_object: bool,
    /// The smallest number of keys.
    pub min_properties: Option<usize>,
    /// The largest number of keys.
    pub max_properties: Option<usize>,
    /// The values that the schema lists, unless they form an enumeration.
    pub values: Vec<Json>,
    /// The names of listed values by their JSON, where the schema has such names. For docs only.
    pub names: BTreeMap<String, String>,
    /// Keywords that neither the type nor another limit covers, without prose: `not`, `contains`. Used to compare two
    /// versions; alternatives of a text among them tell whether a part may be a file.
    pub conditions: BTreeMap<String, Json>,
}

impl Bounds {
    /// Combines the limits of two schemas. If both have a format or a pattern, the first one is kept, and if their lists of
    /// values have none in common, the first list.
    pub(crate) fn and(self, other: Self) -> Self {
        let least = |one: Option<usize>, other: Option<usize>| one.max(other);
        let most = |one: Option<usize>, other| one.into_iter().chain(other).min();
        let has_common = !other.values.is_empty() && !self.lists_no_value_of(&other);
        let mut values = self.values;
        if values.is_empty() {
            values = other.values;
        } else if has_common {
            values.retain(|it| other.values.contains(it));
        }
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
            is_open: self.is_open || other.is_open,
            is_object: self.is_object || other.is_object,
            min_properties: least(self.min_properties, other.min_properties),
            max_properties: most(self.max_properties, other.max_properties),
            values,
            names: self.names.into_iter().chain(other.names).collect(),
            conditions: all(self.conditions, other.conditions),
        }
    }

    /// Whether both list values, and none in common.
    pub(crate) fn lists_no_value_of(&self, other: &Self) -> bool {
        let are_lists = !self.values.is_empty() && !other.values.is_empty();
        are_lists && !self.values.iter().any(|it| other.values.contains(it))
    }

    /// The conditions of a value and of its contents.
    pub fn conditions_with(&self, held: &Self) -> BTreeMap<String, Json> {
        all(self.conditions.clone(), held.conditions.clone())
    }

    /// The limits of a number in words, each the end of a sentence: `at least 1`.
    pub fn range_in_words(&self) -> Vec<String> {
        let end = |words: [&str; 2], limit: &Option<Limit>| {
            let limit = limit.as_ref();
            limit.map(|it| format!("{} {}", words[usize::from(it.exclusive)], it.value))
        };
        let multiple = self.multiple_of.as_ref();
        [
            end(["at least", "more than"], &self.minimum),
            end(["at most", "less than"], &self.maximum),
            multiple.map(|it| match it.as_i64() {
                Some(1) => "a whole number".to_owned(),
                Some(_) | None => format!("a multiple of {it}"),
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a numeric limit does not fit `i64`.
    pub fn exceeds_i64(&self) -> bool {
        let ends = [&self.minimum, &self.maximum].into_iter().flatten();
        let mut limits = ends.map(|it| &it.value).chain(&self.multiple_of);
        limits.any(|it| it.as_i64().is_none())
    }
}

/// No limits.
static NONE: Bounds = Bounds {
    format: None,
    minimum: None,
    maximum: None,
    multiple_of: None,
    min_items: None,
    max_items: None,
    unique_items: false,
    min_length: None,
    max_length: None,
    pattern: None,
    is_open: false,
    is_object: false,
    min_properties: None,
    max_properties: None,
    values: Vec::new(),
    names: BTreeMap::new(),
    conditions: BTreeMap::new(),
};

/// The limits of a schema. Most schemas have none, and then they take no memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemaBounds(Option<Box<Bounds>>);

impl SchemaBounds {
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Bounds)) {
        let mut bounds = Bounds::from(std::mem::take(self));
        change(&mut bounds);
        *self = bounds.into();
    }
}

impl From<Bounds> for SchemaBounds {
    fn from(bounds: Bounds) -> Self {
        Self((bounds != NONE).then(|| Box::new(bounds)))
    }
}

impl From<SchemaBounds> for Bounds {
    fn from(bounds: SchemaBounds) -> Self {
        bounds.0.map(|it| *it).unwrap_or_default()
    }
}

impl Deref for SchemaBounds {
    type Target = Bounds;

    fn deref(&self) -> &Bounds {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

/// Merges two sets of conditions. Different values of one keyword become a list of both.
fn all(mut one: BTreeMap<String, Json>, other: BTreeMap<String, Json>) -> BTreeMap<String, Json> {
    for (keyword, said) in other {
        match one.remove(&keyword) {
            Some(own) if own != said => one.insert(keyword, Json::Array(vec![own, said])),
            Some(_) | None => one.insert(keyword, said),
        };
    }
    one
}

/// The stricter of two ends of a range; `is_tighter` returns whether the first number is stricter.
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

/// An end of a range of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The limit.
    pub value: Number,
    /// Whether the limit itself is excluded.
    pub exclusive: bool,
}

impl Limit {
    /// The smallest whole number above this end, or the end itself if it is included.
    pub fn first_whole(&self) -> i128 {
        let is_first = self.value.is_whole() && !self.exclusive;
        self.value.floor() + i128::from(!is_first)
    }

    /// The largest whole number below this end, or the end itself if it is included.
    pub fn last_whole(&self) -> i128 {
        let floor = self.value.floor();
        floor - i128::from(self.exclusive && self.value.is_whole())
    }
}

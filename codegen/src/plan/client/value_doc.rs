//! Plans the docs of values: their description, and what the document says beyond their types.

use super::default_value::default_in_words;
use crate::api::{Api, Bounds, Json, Presence, Schema, Type};
use crate::naming::RustName;
use crate::number::Number;
use crate::plan::mention::{Mentions, path_of};
use crate::plan::viewpoint::Viewpoint;
use crate::plan::{Doc, doc};

/// The sources of a value's docs.
pub(super) struct ValueDoc<'a> {
    /// The Rust name of the value.
    pub(super) name: &'a RustName,
    /// The names that the docs may mention.
    pub(super) mentions: &'a Mentions<'a>,
    /// The spec's description.
    pub(super) own: Option<&'a str>,
    pub(super) schema: &'a Schema,
    /// The fallback.
    pub(super) fallback: &'a str,
    /// Whether it is sent as JSON text.
    pub(super) is_json_text: bool,
    pub(super) deprecated: bool,
    /// Whether it is present.
    pub(super) presence: Presence,
    /// Whether callers give it.
    pub(super) is_input: bool,
}

/// What is sent of JSON.
const JSON_TEXT: &str =
    "JSON: `Json::text` is sent as it is, and `Json::value` as the JSON of its value.";

/// The docs of a value: its own, else those of its type, else the fallback.
pub(super) fn value_doc(at: Viewpoint<'_>, value: &ValueDoc<'_>) -> Doc {
    let ValueDoc {
        name,
        mentions,
        own,
        schema,
        fallback,
        is_json_text,
        deprecated,
        presence,
        is_input,
    } = value;
    let said = own.unwrap_or_default();
    let is_optional = *is_input && *presence == Presence::Optional;
    let own = own.map(|it| mentions.prose_of(name, it));
    let inherited = || {
        let id = schema.ty.named()?;
        let text = at.api.type_definition(id).doc.as_deref()?;
        let mentions = Mentions::of_type(at, id, &path_of(&at.named_type(id)));
        Some(mentions.prose(text))
    };
    let text = own.or_else(inherited);
    let text = text.unwrap_or_else(|| doc::line(fallback));
    let limits = [
        range(at.api, schema, is_input.then_some(said)),
        is_input.then(|| size(schema, said)).flatten(),
        values(at.api, schema),
        default(schema, *presence).or_else(|| usual(schema, said).filter(|_| is_optional)),
    ];
    let [range, size, values, default] = limits.map(|it| it.as_deref().map(doc::line));
    doc::join([
        Some(text),
        range,
        size,
        values,
        default,
        is_json_text.then(|| doc::line(JSON_TEXT)),
        deprecated.then(|| doc::line("**Deprecated.**")),
    ])
}

/// The limits of a value, or of each value of a list, and whether it is a list.
fn bounds<'a>(api: &'a Api, schema: &'a Schema) -> (&'a Bounds, bool) {
    match &schema.ty {
        Type::List(item) => (&api.schema(item.schema).bounds, true),
        Type::Scalar(_) | Type::Any | Type::Map(_) | Type::Named(_) => (&schema.bounds, false),
    }
}

/// The values that the document lists, unless the type has them or they are many.
fn values(api: &Api, schema: &Schema) -> Option<String> {
    const MOST: usize = 20;
    let (bounds, is_list) = bounds(api, schema);
    let values = bounds.values.iter().filter(|it| !it.is_null());
    let values: Vec<String> = values.map(ToString::to_string).collect();
    let can_be_shown = values.len() <= MOST && !values.iter().any(|it| it.contains('`'));
    let values: Vec<String> = values.iter().map(|it| with_name(bounds, it)).collect();
    let (last, others) = values.split_last().filter(|_| can_be_shown)?;
    Some(match (others, is_list) {
        ([], false) => format!("Always {last}."),
        ([], true) => format!("Each is {last}."),
        (others, false) => format!("One of {} and {last}.", others.join(", ")),
        (others, true) => format!("Each is one of {} and {last}.", others.join(", ")),
    })
}

/// A value as code, and its name if it is one word or several.
fn with_name(bounds: &Bounds, value: &str) -> String {
    let is_plain = |it: &&String| {
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | ' ');
        it.chars().all(is_part)
    };
    match bounds.names.get(value).filter(is_plain) {
        Some(name) => format!("`{value}` ({name})"),
        None => format!("`{value}`"),
    }
}

/// The smallest and the largest values of integers, which documents have as limits although they say nothing.
const ENDS_OF_TYPES: [i128; 6] = [
    i32::MIN as i128,
    i32::MAX as i128,
    u32::MAX as i128,
    i64::MIN as i128,
    i64::MAX as i128,
    u64::MAX as i128,
];

/// Limits of numbers: those outside of `i64`, which the type does not suggest, and those of an input that its description,
/// `said`, does not mention.
fn range(api: &Api, schema: &Schema, said: Option<&str>) -> Option<String> {
    let (bounds, is_list) = bounds(api, schema);
    let words = bounds.range_in_words();
    let limits = [&bounds.minimum, &bounds.maximum];
    let limits = limits.into_iter().flatten().map(|it| it.value.floor());
    let narrows =
        bounds.multiple_of.is_some() || !limits.clone().all(|it| ENDS_OF_TYPES.contains(&it));
    let is_news = |said: &str| narrows && !words.iter().all(|it| mentions_number(said, it));
    let is_told = bounds.exceeds_i64() || said.is_some_and(is_news);
    let limits = words.join(", ");
    let limits = if is_list {
        format!("Each is {limits}.")
    } else {
        format!("{}.", doc::sentence_case(&limits))
    };
    is_told.then_some(limits)
}

/// The number of characters or items of an input, or its pattern, unless its description mentions it.
fn size(schema: &Schema, said: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let bounds = &schema.bounds;
    let pattern = bounds.pattern.as_deref();
    if let Some(pattern) = pattern.filter(|it| it.len() <= LONGEST && !it.contains('`')) {
        return (!said.contains(pattern)).then(|| format!("Matches `{pattern}`."));
    }
    let (least, most, unit) = match &schema.ty {
        Type::List(_) => (bounds.min_items, bounds.max_items, "item"),
        Type::Map(_) => (bounds.min_properties, bounds.max_properties, "key"),
        Type::Scalar(_) | Type::Any | Type::Named(_) => {
            (bounds.min_length, bounds.max_length, "character")
        }
    };
    let units = |count: usize| {
        if count == 1 {
            unit.to_owned()
        } else {
            format!("{unit}s")
        }
    };
    let words = match (least.filter(|it| *it > 0), most) {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => format!("{most} {}.", units(most)),
        (Some(least), Some(most)) => format!("{least} to {most} {}.", units(most)),
        (Some(least), None) => format!("At least {least} {}.", units(least)),
        (None, Some(most)) => format!("At most {most} {}.", units(most)),
    };
    (!mentions_number(said, &words)).then_some(words)
}

/// Whether a text mentions every number in `words`.
fn mentions_number(text: &str, words: &str) -> bool {
    let numbers = |text: &str| -> Vec<String> {
        let is_part = |it: char| it.is_ascii_digit() || it == '.';
        let numbers = text
            .split(|it| !is_part(it))
            .map(|it| it.trim_matches('.').to_owned());
        numbers.filter(|it| !it.is_empty()).collect()
    };
    let said = numbers(&text.replace(',', ""));
    numbers(words).iter().all(|it| said.contains(it))
}

/// The default of an input, unless its description has one.
fn usual(schema: &Schema, said: &str) -> Option<String> {
    let default = schema.default.as_ref().filter(|it| !it.is_null())?;
    let is_empty = matches!(default, Json::Object(it) if it.is_empty())
        || matches!(default, Json::Array(it) if it.is_empty());
    let is_said = said.to_ascii_lowercase().contains("default");
    default_in_words(default).filter(|_| !is_empty && !is_said)
}

/// The meaning of absence, if the type does not express it.
fn default(schema: &Schema, presence: Presence) -> Option<String> {
    let default = schema.default.as_ref()?;
    if presence == Presence::OptionalWithDefault {
        return default_in_words(default);
    }
    let default = default.to_string();
    let range = schema.ty.scalar()?.whole_range()?;
    let number = Number::parse(&default)?;
    let is_held = number.as_i64().is_some() && number.is_within(range);
    let is_too_large = number.is_whole() && !is_held;
    is_too_large.then(|| format!("Absent means {number}."))
}

//! What is Twilio's own convention, as opposed to OpenAPI: file names, dotted schema names, operation
//! verbs, the `x-twilio` extension, the `meta` paging envelope, formats.
//!
//! Everything here is a reading of names and values. What a document *is* stays in `lower`.
//! KORE Wireless serves the same APIs and spells the extension `x-kore`.

use indexmap::IndexMap;
use serde_json::Value;

use crate::api::Scalar;
use crate::words;

/// The product and the version that a spec file's name tells: `twilio_supersim_v1.yaml` is version
/// `v1` of `supersim`. The first word is the vendor's.
///
/// Returns `None` if the name does not end in a version or has nothing before it.
pub fn product_and_version(path: &str) -> Option<(String, String)> {
    let file = path.rsplit(['/', '\\']).next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words: Vec<String> = stem
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|it| !it.is_empty())
        .collect();
    let (version, rest) = words.split_last()?;
    let product = if rest.len() > 1 { &rest[1..] } else { rest };
    (is_version(version) && !product.is_empty()).then(|| (product.join("_"), version.clone()))
}

/// Whether a word or path segment names a version: `v1`, `2010-04-01`.
pub(crate) fn is_version(word: &str) -> bool {
    let number = word.strip_prefix('v').unwrap_or("");
    let is_date = word.len() == 10
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_date || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The name of the type that a schema name tells, in words: the part after the last dot, without the
/// `enum` between a resource and its field.
pub(crate) fn type_name(schema: &str) -> String {
    let last = schema.rsplit('.').next().unwrap_or(schema);
    last.replacen("_enum_", "_", 1)
}

/// The verb and the noun of an operation id: `ListBillingPeriod` is `list` of `billing_period`.
///
/// The noun is empty if the id is a single word.
pub(crate) fn verb_and_noun(operation_id: &str) -> (String, String) {
    let words = words::snake(operation_id);
    match words.split_once('_') {
        Some((verb, noun)) => (verb.to_owned(), noun.to_owned()),
        None => (words, String::new()),
    }
}

/// What the extension on a path item says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PathHints {
    /// The collection's name on its parent, where it differs from the last path segment.
    pub(crate) mount_name: Option<String>,
    /// The noun of the resource, where it differs from the operation ids'.
    pub(crate) class_name: Option<String>,
    /// Whether the path is one thing rather than a collection.
    pub(crate) is_instance: Option<bool>,
}

/// Reads the extension of a path item.
pub(crate) fn path_hints(extensions: &IndexMap<String, Value>) -> PathHints {
    let Some(extension) = extension(extensions) else {
        return PathHints::default();
    };
    let text = |key: &str| {
        extension
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    PathHints {
        mount_name: text("mountName"),
        class_name: text("className"),
        is_instance: text("pathType").map(|kind| kind == "instance"),
    }
}

/// Whether the extension marks a value as personal data.
pub(crate) fn is_pii(extensions: &IndexMap<String, Value>) -> bool {
    extension(extensions).is_some_and(|extension| extension.get("pii").is_some())
}

fn extension(extensions: &IndexMap<String, Value>) -> Option<&Value> {
    ["x-twilio", "x-kore"]
        .iter()
        .find_map(|name| extensions.get(*name))
}

/// What text in a format of the vendor's own is. `None` if the format is not one of them.
pub(crate) fn text_format(format: &str) -> Option<Scalar> {
    match format {
        "date-time-rfc-2822" => Some(Scalar::DateTimeRfc2822),
        "currency" | "endpoint" | "http-method" | "iso-country-code" | "phone-number" | "twiml" => {
            Some(Scalar::String)
        }
        _ => None,
    }
}

/// What an object in a format is. OpenAPI has none; they are all the vendor's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectFormat {
    /// Texts by name, although the schema does not say so.
    TextByName,
    /// What its schema says.
    AsItsFields,
}

/// Reads the format of an object. Returns `None` if it is unknown.
pub(crate) fn object_format(format: &str) -> Option<ObjectFormat> {
    match format {
        "uri-map" => Some(ObjectFormat::TextByName),
        "ice-server" | "phone-number-capabilities" | "recording-rule" | "subscribe-rule" => {
            Some(ObjectFormat::AsItsFields)
        }
        _ => None,
    }
}

/// What an enumeration with this format holds, wherever it is used.
pub(crate) fn format_doc(format: &str) -> Option<&'static str> {
    (format == "http-method").then_some("HTTP method that the service calls a URL with.")
}

/// The keys of an object that hold the URL of the next page: below `meta`, or beside the items in the
/// older envelope of `api_v2010`.
pub(crate) const NEXT_PAGE: [&str; 2] = ["next_page_url", "next_page_uri"];

/// The parameters that say which part of a list is wanted, rather than what of it.
pub(crate) const PAGING: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// A SID that matches `pattern`: two letters for the kind of resource, and 32 hexadecimal digits.
pub(crate) fn sid(pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let kind = inner.strip_suffix("[0-9a-fA-F]{32}")?;
    let is_kind = kind.len() == 2 && kind.bytes().all(|byte| byte.is_ascii_uppercase());
    is_kind.then(|| format!("{kind}0123456789abcdef0123456789abcdef"))
}

/// The key that holds the paging facts in the newer envelope.
pub(crate) const META: &str = "meta";

/// A singular noun for a plural one, in words: `sim_ip_addresses` is `sim_ip_address`.
///
/// Words that do not look like a plural stay as they are.
pub(crate) fn singular(words: &str) -> String {
    for (plural, singular) in [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("uses", "us"),
    ] {
        if let Some(stem) = words.strip_suffix(plural) {
            return format!("{stem}{singular}");
        }
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| words.ends_with(end)) || is_uncountable(words);
    match words.strip_suffix('s') {
        Some(stem) if !keeps && !stem.is_empty() && !stem.ends_with('_') => stem.to_owned(),
        Some(_) | None => words.to_owned(),
    }
}

/// Whether the last word is the same for one and for many.
fn is_uncountable(words: &str) -> bool {
    ["content", "data", "feedback", "media", "sms"]
        .contains(&words.rsplit('_').next().unwrap_or(words))
}

/// A plural noun for a singular one, in words. A word that already looks like a plural stays as it is.
pub(crate) fn plural(words: &str) -> String {
    if singular(words) != words || is_uncountable(words) {
        return words.to_owned();
    }
    let before_y = words
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh"]
            .iter()
            .any(|end| words.ends_with(end)) =>
        {
            format!("{words}es")
        }
        None => format!("{words}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_tell_product_and_version() {
        let of = |path| {
            product_and_version(path).map(|(product, version)| format!("{product}::{version}"))
        };
        assert_eq!(
            of("specs/twilio_supersim_v1.yaml").as_deref(),
            Some("supersim::v1")
        );
        assert_eq!(
            of("kore-programmable-wireless-v1.yaml").as_deref(),
            Some("programmable_wireless::v1")
        );
        assert_eq!(of("twilio_api_v2010.json").as_deref(), Some("api::v2010"));
        assert_eq!(of("wireless_v1.yaml").as_deref(), Some("wireless::v1"));
        assert_eq!(of("petstore.yaml"), None);
        assert_eq!(of("v1.yaml"), None);
    }

    #[test]
    fn type_names_drop_namespaces_and_enum() {
        assert_eq!(
            type_name("supersim.v1.sim.billing_period"),
            "billing_period"
        );
        assert_eq!(
            type_name("billing_period_enum_bp_type"),
            "billing_period_bp_type"
        );
        assert_eq!(type_name("Pet"), "Pet");
    }

    #[test]
    fn nouns_change_number() {
        for (one, many) in [
            ("sim", "sims"),
            ("sim_ip_address", "sim_ip_addresses"),
            ("entity", "entities"),
            ("key", "keys"),
            ("status", "statuses"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one, "{many}");
        }
        assert_eq!(singular("data"), "data");
        assert_eq!(singular("access"), "access");
    }
}

//! Declares the API keys that a document describes as parameters only: it has no security scheme, and most of its operations
//! require the same parameter.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Mender;
use super::document::put_component;
use super::fault::MendFault;
use super::parameter::followed;
use super::path::operations;
use crate::pointer::{Pointer, Trail};
use crate::tree::{Branch, Cursor, Tree};
use crate::words;

/// How many operations have to share a parameter, so that it is not a coincidence.
const FEWEST: usize = 3;

/// The words before `key` or `token` in the name of a parameter that authenticates its caller, unlike `page_token` or
/// `idempotency_key`.
const KINDS_OF_KEYS: [&str; 10] = [
    "access",
    "api",
    "app",
    "application",
    "auth",
    "secret",
    "server",
    "session",
    "subscription",
    "x",
];

/// The words before `id` in the name of a parameter that belongs to a key.
const OWNERS_OF_KEYS: [&str; 4] = ["api", "app", "application", "client"];

/// The location and the name of a parameter.
type Key = (String, String);

/// An operation, with the lists and the indices of the parameters that may be keys.
struct Candidate {
    at: Pointer,
    keys: BTreeMap<Key, (Pointer, usize)>,
}

impl Mender {
    /// Makes security schemes of such parameters, and requirements of the operations that have them.
    pub(super) fn undeclared_keys(&mut self, document: &mut Tree) {
        if declares_credentials(&document.value) {
            return;
        }
        let candidates = candidates(document);
        let keys = shared(&candidates);
        if !keys.keys().any(is_key) {
            return;
        }
        self.declare(document, &keys);
        let mut places = BTreeSet::new();
        for Candidate { at, keys: own } in &candidates {
            let own = own.iter().filter(|(key, _)| keys.contains_key(key));
            let names = own.clone().map(|((_, name), _)| (name.clone(), json!([])));
            let requirement: Map<String, Value> = names.collect();
            let security = match requirement.is_empty() {
                true => json!([]),
                false => json!([requirement]),
            };
            if let Some((value, node)) = document.at_mut(at) {
                Cursor::new(value, node).set("security", security, "parameters");
            }
            places.extend(own.map(|(_, place)| place.clone()));
        }
        for (list, index) in places.into_iter().rev() {
            if let Some((value, node)) = document.at_mut(&list) {
                Cursor::new(value, node).remove(index);
            }
        }
    }

    /// Adds the schemes of keys, at the places of their first parameters.
    fn declare(&mut self, document: &mut Tree, keys: &BTreeMap<Key, (Pointer, usize)>) {
        let root = Trail::root();
        let components = root.key("components");
        let at = components.key("securitySchemes");
        let mut schemes: Option<Branch> = None;
        for ((location, name), (list, index)) in keys {
            let Some((_, node)) = document.at_mut(&list.index(*index)) else {
                continue;
            };
            let node = node.without_parts();
            let schemes = schemes.get_or_insert_with(|| Branch::object(&node));
            let value = json!({"type": "apiKey", "in": location, "name": name});
            schemes.cursor().put(name, Branch { value, node });
            let fault = MendFault::UndeclaredKey { name: name.clone() };
            self.report(fault, &at.key(name));
        }
        if let Some(schemes) = schemes {
            put_component(&mut document.cursor(), "securitySchemes", schemes);
        }
    }
}

/// Whether a document has security schemes, or requires any.
fn declares_credentials(document: &Value) -> bool {
    let components = document.get("components");
    let schemes = components.and_then(|it| it.get("securitySchemes"));
    let has_schemes = schemes.is_some_and(|it| it.as_object().is_none_or(|it| !it.is_empty()));
    let requires = |it: &Value| it.get("security").is_some();
    has_schemes
        || requires(document)
        || document.get("securityDefinitions").is_some()
        || operations(document).any(|it| requires(it.operation))
}

/// The operations, with their parameters that may be keys.
fn candidates(document: &Tree) -> Vec<Candidate> {
    let paths = Pointer::root().key("paths");
    // Large documents refer to few parameters again and again.
    let mut targets: BTreeMap<&str, Option<Key>> = BTreeMap::new();
    let candidates = operations(&document.value).map(|entry| {
        let item = paths.key(entry.path);
        let at = item.key(entry.method);
        let mut keys = BTreeMap::new();
        for (owner, at) in [(entry.item, &item), (entry.operation, &at)] {
            let list = owner.get("parameters").and_then(Value::as_array);
            for (index, parameter) in list.into_iter().flatten().enumerate() {
                let place = || (at.key("parameters"), index);
                let key = match parameter.get("$ref").and_then(Value::as_str) {
                    None => key(parameter),
                    Some(reference) => {
                        let target = || {
                            let (list, index) = place();
                            let at = followed(document, list.index(index))?;
                            key(at.value(&document.value)?)
                        };
                        targets.entry(reference).or_insert_with(target).clone()
                    }
                };
                keys.extend(key.map(|it| (it, place())));
            }
        }
        Candidate { at, keys }
    });
    candidates.collect()
}

/// The location and the name of a parameter, if it may be a key: required text that may be anything.
fn key(parameter: &Value) -> Option<Key> {
    let location = parameter.get("in")?.as_str()?;
    let name = parameter.get("name")?.as_str()?;
    let schema = parameter.get("schema")?;
    let is_required = parameter.get("required").and_then(Value::as_bool) == Some(true);
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
    let is_open = ["enum", "default"]
        .iter()
        .all(|it| schema.get(it).is_none());
    if !(is_required && is_text && is_open && ["header", "query"].contains(&location)) {
        return None;
    }
    let key = (location.to_owned(), name.to_owned());
    Some(key).filter(|it| is_key(it) || is_owner(name))
}

/// The keys that most operations require, each with the first place of its parameter. Schemes have one name each.
fn shared(candidates: &[Candidate]) -> BTreeMap<Key, (Pointer, usize)> {
    let mut counts: BTreeMap<&Key, (usize, &(Pointer, usize))> = BTreeMap::new();
    for (key, place) in candidates.iter().flat_map(|it| &it.keys) {
        counts.entry(key).or_insert((0, place)).0 += 1;
    }
    let is_shared = |count: usize| count >= FEWEST && count * 5 >= candidates.len() * 4;
    let mut names = BTreeSet::new();
    let shared = counts
        .into_iter()
        .filter(|((_, name), (count, _))| is_shared(*count) && names.insert(name));
    shared
        .map(|(key, (_, place))| (key.clone(), place.clone()))
        .collect()
}

/// Whether a parameter authenticates its caller, judging by its name. A mere `key` in a query may be that of an entry.
fn is_key((location, name): &Key) -> bool {
    let words = words::snake(name);
    match last_words(&words) {
        (_, "apikey" | "authtoken") => true,
        (Some(kind), "key" | "token") => KINDS_OF_KEYS.contains(&kind),
        (None, "key" | "token") => location == "header",
        (_, _) => false,
    }
}

/// Whether a parameter with this name belongs to a key.
fn is_owner(name: &str) -> bool {
    let words = words::snake(name);
    matches!(last_words(&words), (Some(owner), "id") if OWNERS_OF_KEYS.contains(&owner))
}

/// The last of several words, and the one before it.
fn last_words(words: &str) -> (Option<&str>, &str) {
    match words.rsplit_once('_') {
        Some((before, last)) => (before.rsplit('_').next(), last),
        None => (None, words),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_key, is_owner};

    #[test]
    fn names_of_keys() {
        let of = |location: &str, name: &str| is_key(&(location.to_owned(), name.to_owned()));
        for name in [
            "X-VO-Api-Key",
            "X-Postmark-Server-Token",
            "accessKey",
            "secretKey",
            "App-Key",
            "api_key",
            "apikey",
            "X-Token",
            "Ocp-Apim-Subscription-Key",
        ] {
            assert!(of("query", name), "{name}");
        }
        assert!(of("header", "key") && of("header", "Token"));
        for name in [
            "Idempotency-Key",
            "pageToken",
            "sort_key",
            "keyword",
            "X-VO-Api-Id",
            "key",
            "token",
        ] {
            assert!(!of("query", name), "{name}");
        }
        assert!(is_owner("X-VO-Api-Id") && is_owner("App-Id"));
        assert!(!is_owner("id") && !is_owner("userId"));
    }
}

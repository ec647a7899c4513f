//! Declares the API keys that a document describes as parameters only: it has no security scheme, and most of its operations
//! require the same parameter.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::Mender;
use super::document::put_component;
use super::fault::MendFault;
use super::parameter::followed;
use crate::path_item::METHODS;
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
        let operations = operations(document);
        let keys = shared(&operations);
        if !keys.keys().any(is_key) {
            return;
        }
        self.declare(document, &keys);
        let mut places = BTreeSet::new();
        for Candidate { at, keys: own } in &operations {
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
        || places_of_operations(document).any(|(_, _, operation)| requires(operation))
}

/// The path, the method and the value of each operation.
fn places_of_operations(document: &Value) -> impl Iterator<Item = (&String, &'static str, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object);
    paths.into_iter().flatten().flat_map(|(path, item)| {
        let operations = METHODS.into_iter();
        operations.filter_map(move |method| Some((path, method, item.get(method)?)))
    })
}

/// The operations, with their parameters that may be keys.
fn operations(document: &Tree) -> Vec<Candidate> {
    let paths = Pointer::root().key("paths");
    let operations = places_of_operations(&document.value).map(|(path, method, _)| {
        let item = paths.key(path);
        let at = item.key(method);
        let lists = [item.key("parameters"), at.key("parameters")];
        let keys = lists.iter().flat_map(|list| {
            let count = list.value(&document.value).and_then(Value::as_array);
            let count = count.map_or(0, Vec::len);
            let keys = (0..count).map(move |index| (list, index));
            keys.filter_map(|(list, index)| {
                let at = followed(document, list.index(index))?;
                let key = candidate(at.value(&document.value)?)?;
                Some((key, (list.clone(), index)))
            })
        });
        let keys = keys.collect();
        Candidate { at, keys }
    });
    operations.collect()
}

/// The location and the name of a parameter, if it may be a key: required text that may be anything.
fn candidate(parameter: &Value) -> Option<Key> {
    let location = parameter.get("in")?.as_str()?;
    let name = parameter.get("name")?.as_str()?;
    let schema = parameter.get("schema")?;
    let is_required = parameter.get("required").and_then(Value::as_bool) == Some(true);
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
    let is_open = ["enum", "default"]
        .iter()
        .all(|it| schema.get(it).is_none());
    let is_sent = ["header", "query"].contains(&location);
    let key = (location.to_owned(), name.to_owned());
    let is_such = is_sent && is_required && is_text && is_open;
    Some(key).filter(|it| is_such && (is_key(it) || is_owner(name)))
}

/// The keys that most operations require, each with the first place of its parameter. Schemes have one name each.
fn shared(operations: &[Candidate]) -> BTreeMap<Key, (Pointer, usize)> {
    let mut counts: BTreeMap<&Key, (usize, &(Pointer, usize))> = BTreeMap::new();
    for (key, place) in operations.iter().flat_map(|it| &it.keys) {
        counts.entry(key).or_insert((0, place)).0 += 1;
    }
    let is_shared = |count: usize| count >= FEWEST && count * 5 >= operations.len() * 4;
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
    let mut words = words.rsplit('_');
    let (last, before) = (words.next(), words.next());
    match last {
        Some("apikey" | "authtoken") => true,
        Some("key" | "token") => match before {
            Some(kind) => KINDS_OF_KEYS.contains(&kind),
            None => location == "header",
        },
        Some(_) | None => false,
    }
}

/// Whether a parameter with this name belongs to a key.
fn is_owner(name: &str) -> bool {
    let words = words::snake(name);
    let mut words = words.rsplit('_');
    let (last, before) = (words.next(), words.next());
    last == Some("id") && before.is_some_and(|it| OWNERS_OF_KEYS.contains(&it))
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

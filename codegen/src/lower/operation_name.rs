//! Names operations in words: by their id, or else by method and path.

use crate::api::Method;
use crate::path_item::{PathKey, without_path};
use crate::vendor;
use crate::words::{self, Spelling};

/// The name of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OperationName {
    /// Its `operationId`, or one made of its method and path: `GetSimsBySid`.
    pub(super) id: String,
    /// What it does: `list`.
    pub(super) verb: String,
    /// What it operates on: `billing_period`. Empty if the id does not say.
    pub(super) noun: String,
}

/// Verbs, anywhere in an id.
const VERBS: [&str; 52] = [
    "add", "apply", "approve", "archive", "assign", "attach", "batch", "bulk", "cancel", "change",
    "check", "close", "copy", "count", "create", "delete", "destroy", "disable", "download",
    "edit", "enable", "execute", "export", "fetch", "find", "generate", "get", "import", "insert",
    "list", "lookup", "modify", "move", "patch", "post", "publish", "put", "query", "read",
    "remove", "replace", "reset", "restore", "retrieve", "save", "search", "send", "set", "show",
    "start", "update", "upload",
];

/// Prepositions, which introduce what an operation searches by.
const PREPOSITIONS: [&str; 10] = [
    "at", "by", "for", "from", "in", "on", "to", "using", "via", "with",
];

/// Words without meaning in a noun.
const ARTICLES: [&str; 4] = ["a", "all", "an", "the"];

/// Names an operation.
pub(super) fn operation_name(id: Option<&str>, method: Method, key: &str) -> OperationName {
    match id.filter(|it| !it.is_empty()) {
        Some(id) => {
            let (verb, noun) = verb_and_noun(without_path(id, method.as_str(), key));
            let id = id.to_owned();
            OperationName { id, verb, noun }
        }
        None => OperationName {
            id: id_of(method, key),
            verb: method.as_str().to_ascii_lowercase(),
            noun: last_noun(key),
        },
    }
}

/// Splits an id into verb and noun: `ListBillingPeriod` is `list` and `billing_period`, `sims/get-by-name` is `get` and
/// `sim`.
fn verb_and_noun(id: &str) -> (String, String) {
    let mut parts = id.rsplit(['/', '.']).filter(|it| !it.is_empty());
    let words = words::snake(parts.next().unwrap_or(id));
    let words: Vec<&str> = words.split('_').collect();
    let is_verb = |it: &&str| VERBS.contains(it);
    let (verb, rest) = match words[..] {
        [ref rest @ .., last] if is_verb(&last) && !rest.first().is_some_and(is_verb) => {
            (last, rest)
        }
        [first, ref rest @ ..] => (first, rest),
        [] => ("", &words[..]),
    };
    let ends = |it: &&&str| !PREPOSITIONS.contains(*it);
    let noun = rest
        .iter()
        .take_while(ends)
        .filter(|it| !ARTICLES.contains(*it));
    let noun: Vec<&str> = noun.copied().collect();
    let namespace = parts.next().filter(|_| noun.is_empty());
    let noun = namespace.map_or_else(|| noun.join("_"), words::snake);
    (verb.to_owned(), words::singular(&noun))
}

/// Creates an id for an operation without one: its method, and its path without a version.
fn id_of(method: Method, key: &str) -> String {
    let words_of = |text| words::words(text, Spelling::Plain);
    let mut id = vec![method.as_str().to_owned()];
    for segment in PathKey::of(key).target.split('/') {
        if segment.is_empty() || vendor::is_version(segment) {
            continue;
        }
        let mut rest = segment;
        while let Some((literal, parameter)) = rest.split_once('{') {
            let (name, after) = parameter.split_once('}').unwrap_or((parameter, ""));
            id.extend(words_of(literal));
            id.push("by".to_owned());
            id.extend(words_of(name));
            rest = after;
        }
        id.extend(words_of(rest));
    }
    words::camel(&id)
}

/// The noun of the last literal segment of a path.
fn last_noun(key: &str) -> String {
    let segments = PathKey::of(key).path.rsplit('/');
    let is_literal = |it: &&str| !it.is_empty() && !it.contains('{') && !vendor::is_version(it);
    let last = segments.into_iter().find(is_literal);
    last.map_or_else(String::new, |it| words::singular(&words::snake(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_style_are_split_into_verb_and_noun() {
        for (id, name) in [
            ("ListBillingPeriod", "list billing_period"),
            ("getASim", "get sim"),
            ("getAllPets", "get pet"),
            ("showPetById", "show pet"),
            ("repos/get", "get repo"),
            ("issues/list-for-repo", "list issue"),
            ("compute.projects.operations.cancel", "cancel operation"),
            ("pets_list", "list pet"),
            ("activateSim", "activate sim"),
            ("login", "login "),
            ("list", "list "),
            ("findPetsByStatus", "find pet"),
            ("/", "slash "),
        ] {
            let OperationName { verb, noun, .. } = operation_name(Some(id), Method::Get, "/");
            assert_eq!(format!("{verb} {noun}"), name, "{id}");
        }
    }

    #[test]
    fn paths_at_the_end_of_ids_do_not_count() {
        for (id, key, name) in [
            (
                "read_item_items__item_id__get",
                "/items/{item_id}",
                "read item",
            ),
            ("root__get", "/", "root "),
            ("get_items_get", "/items", "get "),
            ("_items_get", "/items", "get item"),
        ] {
            let OperationName { verb, noun, .. } = operation_name(Some(id), Method::Get, key);
            assert_eq!(format!("{verb} {noun}"), name, "{id}");
        }
    }

    #[test]
    fn names_without_an_id_come_from_method_and_path() {
        let OperationName { id, verb, noun } =
            operation_name(None, Method::Post, "/v1/Sims/{Sid}/Tags/{Tag}");
        assert_eq!(
            (id.as_str(), verb.as_str(), noun.as_str()),
            ("PostSimsBySidTagsByTag", "post", "tag")
        );
        assert_eq!(operation_name(Some(""), Method::Get, "/v1").noun, "");
    }
}

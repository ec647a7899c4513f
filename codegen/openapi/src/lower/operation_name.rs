//! Names operations in words: by their id, or else by method and path.

mod grammar;
mod repetition;
mod suffix;

pub(super) use self::grammar::is_verb;
use self::grammar::{Known, verb_and_noun};
use self::repetition::without_repetition;
pub(super) use self::suffix::Suffixes;
use crate::api::Method;
use crate::path_item::{PathKey, without_path};
use crate::vendor;
use crate::words::{self, Spelling};

/// The name of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OperationName {
    /// Its `operationId`, or one made of its method and path: `GetSimsBySid`.
    pub(super) id: String,
    /// What its items are named after.
    pub(super) name: String,
    /// The same with what its id has besides, which only tells it from others.
    pub(super) longer_name: Option<String>,
    /// Whether its `operationId` is a hash.
    pub(super) has_hash: bool,
    /// What it does: `list`.
    pub(super) verb: String,
    /// What it operates on: `billing_period`. Empty if the id does not say.
    pub(super) noun: String,
}

/// Names an operation. The words of its `tags` and of its path help to tell the verb from the noun.
pub(super) fn operation_name(
    id: Option<&str>,
    suffixes: &Suffixes,
    method: Method,
    key: &str,
    tags: &[String],
) -> OperationName {
    let has_hash = id.is_some_and(is_hash);
    match id.filter(|it| !has_hash && says_something(it, method, key)) {
        Some(id) => {
            let shorter = without_api(id, key);
            let whole = match shorter {
                Some(_) => id,
                None => without_path(id, method.as_str(), key),
            };
            let name = suffixes.without(shorter.unwrap_or(whole));
            let (verb, noun) = verb_and_noun(name, &Known::of(method, key, tags));
            let (name, longer_name) = match without_repetition(name) {
                Some(short) => (short, Some(name.to_owned())),
                None => (name.to_owned(), (name != whole).then(|| whole.to_owned())),
            };
            OperationName {
                id: id.to_owned(),
                name,
                longer_name,
                has_hash,
                verb,
                noun,
            }
        }
        None => OperationName {
            id: id_of(method, key),
            name: id_of(method, key),
            longer_name: None,
            has_hash,
            verb: method.as_str().to_ascii_lowercase(),
            noun: last_noun(key),
        },
    }
}

/// Returns an id without the word `api` before the words of its path, which API Platform writes: `api_books_post` for
/// `/books`. `None` if it begins otherwise.
fn without_api<'a>(id: &'a str, key: &str) -> Option<&'a str> {
    let mut segments = PathKey::of(key).path.split('/');
    let first = segments.find(|it| !it.is_empty()).map(words::snake);
    let is_path = |it: &&str| {
        let end = first.as_deref().and_then(|first| it.strip_prefix(first));
        end.is_some_and(|it| it.starts_with('_'))
    };
    id.strip_prefix("api_").filter(is_path)
}

/// Whether an id is a hash, a UUID or the key of a database: swagger-php writes the MD5 of method and path, and exports of
/// Azure API Management have keys of MongoDB.
fn is_hash(id: &str) -> bool {
    let digits = id.bytes().filter(|it| *it != b'-');
    let count = digits.clone().filter(u8::is_ascii_hexdigit).count();
    digits.count() == count && matches!(count, 24 | 32 | 40 | 64)
}

/// Whether an id says more than the method and the path.
fn says_something(id: &str, method: Method, key: &str) -> bool {
    let before = id.strip_suffix(key).filter(|_| key.len() > 1);
    let before = before.map(|it| it.trim_end_matches(|it: char| !it.is_alphanumeric()));
    let is_method = |it: &str| it.is_empty() || it.eq_ignore_ascii_case(method.as_str());
    !id.is_empty() && !before.is_some_and(is_method)
}

/// Creates an id for an operation without one: its method, and its path without a version.
fn id_of(method: Method, key: &str) -> String {
    let words_of = |text| words::words(text, Spelling::Bare);
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

    /// Names an operation of a document without others.
    fn operation_name(
        id: Option<&str>,
        method: Method,
        key: &str,
        tags: &[String],
    ) -> OperationName {
        super::operation_name(id, &Suffixes::default(), method, key, tags)
    }

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
            let OperationName { verb, noun, .. } = operation_name(Some(id), Method::Get, "/", &[]);
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
            let OperationName { verb, noun, .. } = operation_name(Some(id), Method::Get, key, &[]);
            assert_eq!(format!("{verb} {noun}"), name, "{id}");
        }
    }

    #[test]
    fn word_before_the_path_in_an_id_does_not_count() {
        let named = |id: &str, key: &str| {
            let name = operation_name(Some(id), Method::Get, key, &[]);
            (
                format!("{} {}", name.verb, name.noun),
                name.name,
                name.longer_name,
            )
        };
        let (words, name, longer) = named("api_book_tags_get_collection", "/book-tags");
        assert_eq!(
            (words.as_str(), name.as_str()),
            ("get ", "book_tags_get_collection")
        );
        assert_eq!(longer.as_deref(), Some("api_book_tags_get_collection"));
        for (id, key) in [
            ("api_keys_list", "/api-keys"),
            ("api_login", "/sign-in"),
            ("api_books_api_books_get", "/api/books"),
            ("api_books", "/books"),
        ] {
            assert_eq!(named(id, key).2, None, "{id}");
        }
        assert_eq!(named("api_books_get", "/books").1, "books_get");
    }

    #[test]
    fn names_without_an_id_come_from_method_and_path() {
        let OperationName { id, verb, noun, .. } =
            operation_name(None, Method::Post, "/v1/Sims/{Sid}/Tags/{Tag}", &[]);
        assert_eq!(
            (id.as_str(), verb.as_str(), noun.as_str()),
            ("PostSimsBySidTagsByTag", "post", "tag")
        );
        assert_eq!(operation_name(Some(""), Method::Get, "/v1", &[]).noun, "");
    }

    #[test]
    fn last_words_that_tell_ids_apart_do_not_count() {
        let ids = [
            "Get.Count.pets-1f3c",
            "Get.Count.pets-90ab",
            "Get.Count.pets-7c7c",
        ];
        let suffixes = Suffixes::of(&ids.map(str::to_owned));
        let (method, key) = (Method::Get, "/owners/{id}/pets/$count");
        let name = super::operation_name(Some(ids[0]), &suffixes, method, key, &[]);
        assert_eq!(name.name, "Get.Count.pets");
        assert_eq!(name.longer_name.as_deref(), Some(ids[0]));
        assert_eq!((name.id.as_str(), name.verb.as_str()), (ids[0], "get"));
    }

    #[test]
    fn ids_that_say_nothing_do_not_count() {
        for id in [
            "f999bacb7d5fe1d1d5b3b69b22b3490e",
            "54763641281d830c946a3d77",
            "0006faf6-7a61-426c-9034-579f2cfcfa83",
            "GET /v1/Sims",
            "get_/v1/Sims",
            "/v1/Sims",
        ] {
            let name = operation_name(Some(id), Method::Get, "/v1/Sims", &[]);
            assert_eq!((name.id.as_str(), name.verb.as_str()), ("GetSims", "get"));
            assert_eq!(name.has_hash, !id.contains('/'), "{id}");
        }
        for id in ["deadbeef", "facade", "POST /v1/Sims", "list/v1/Sims"] {
            let name = operation_name(Some(id), Method::Get, "/v1/Sims", &[]);
            assert_eq!(name.id, id);
        }
    }
}

//! Splits the ids of operations into verb and noun, in the styles of the frameworks that write them.
//!
//! | id | written by | verb and noun |
//! |---|---|---|
//! | `UsersController_findAll` | `NestJS` | `find`, `user` |
//! | `UserService_ListUsers` | gRPC gateways | `list`, `user` |
//! | `Pets_CreateOrUpdate` | `AutoRest` | `create_or_update`, `pet` |
//! | `users-read_users` | `FastAPI`, with tags | `read`, `user` |
//! | `users_partial_update` | Django REST framework | `partial_update`, `user` |
//! | `getAll_1` | springdoc | `get` |

use std::collections::BTreeSet;

use crate::api::Method;
use crate::path_item::{PathKey, custom_verb};
use crate::vendor;
use crate::words;

/// Verbs, anywhere in an id.
const VERBS: [&str; 88] = [
    "accept",
    "activate",
    "add",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "batch",
    "bulk",
    "cancel",
    "change",
    "check",
    "clone",
    "close",
    "confirm",
    "copy",
    "count",
    "create",
    "deactivate",
    "delete",
    "destroy",
    "disable",
    "download",
    "duplicate",
    "edit",
    "enable",
    "execute",
    "export",
    "fetch",
    "find",
    "follow",
    "generate",
    "get",
    "import",
    "insert",
    "invite",
    "join",
    "leave",
    "list",
    "login",
    "logout",
    "lookup",
    "modify",
    "move",
    "patch",
    "pause",
    "ping",
    "post",
    "publish",
    "put",
    "query",
    "read",
    "refresh",
    "register",
    "reject",
    "remove",
    "rename",
    "replace",
    "resend",
    "reset",
    "restart",
    "restore",
    "resume",
    "retrieve",
    "revoke",
    "save",
    "search",
    "send",
    "set",
    "show",
    "signin",
    "signup",
    "start",
    "stop",
    "submit",
    "subscribe",
    "sync",
    "unfollow",
    "unlock",
    "unsubscribe",
    "update",
    "upload",
    "upsert",
    "validate",
    "verify",
];

/// Words before a verb that are part of it.
const ADVERBS: [&str; 4] = ["batch", "bulk", "multi", "partial"];

/// Prepositions, which introduce what an operation searches by.
const PREPOSITIONS: [&str; 10] = [
    "at", "by", "for", "from", "in", "on", "to", "using", "via", "with",
];

/// Words without meaning in a noun.
const ARTICLES: [&str; 4] = ["a", "all", "an", "the"];

/// Words that say how many or which, in place of a noun.
const COUNTS: [&str; 6] = [
    "authenticated",
    "collection",
    "instance",
    "many",
    "multiple",
    "one",
];

/// The last words of the names of classes whose methods are operations.
const CLASSES: [&str; 8] = [
    "api",
    "controller",
    "endpoint",
    "handler",
    "resource",
    "rest",
    "service",
    "viewset",
];

/// What is known about an operation besides its id.
pub(super) struct Known {
    /// The segments of its path, and whether each is a parameter, without the `api` and the version at the start.
    segments: Vec<(Vec<String>, bool)>,
    /// The words before these.
    prefix: Vec<String>,
    /// The words of each of its tags.
    tags: Vec<Vec<String>>,
    /// Its method, in lower case.
    method: String,
    /// The letters of a path of several segments.
    letters: Option<String>,
}

impl Known {
    pub(super) fn of(method: Method, key: &str, tags: &[String]) -> Self {
        let path = PathKey::of(key).path;
        let has_several = path.trim_matches('/').contains('/');
        let mut known = Self {
            segments: Vec::new(),
            prefix: Vec::new(),
            tags: tags.iter().map(|it| singulars(it)).collect(),
            method: method.as_str().to_ascii_lowercase(),
            letters: has_several.then(|| letters(path)),
        };
        let path = custom_verb(path).map_or(path, |(path, _)| path);
        for segment in path.split(['/', '{']) {
            let (text, is_parameter) = match segment.split_once('}') {
                Some((name, _)) => (name, true),
                None => (segment, false),
            };
            let is_prefix = text.eq_ignore_ascii_case("api") || vendor::is_version(text);
            if text.is_empty() {
                continue;
            }
            if known.segments.is_empty() && is_prefix {
                known.prefix.extend(singulars(text));
            } else {
                known.segments.push((singulars(text), is_parameter));
            }
        }
        known
    }

    /// The words of the last segment that is not a parameter.
    fn last_literal(&self) -> Option<&[String]> {
        let mut segments = self.segments.iter().rev();
        let (words, _) = segments.find(|(_, is_parameter)| !is_parameter)?;
        Some(words)
    }

    /// Whether words are only the path, as Scribe writes them without any sign between.
    fn is_path(&self, words: &[&str]) -> bool {
        let own = letters(&words.concat());
        self.letters.as_ref().is_some_and(|it| *it == own)
    }

    /// Whether a word is a tag, and the others what is done with it: `ContainerInspect`. A `GET` of what the path ends with
    /// does nothing with it.
    fn has_method(&self, word: &str, others: &[&str]) -> bool {
        let is_tag = self.tags.contains(&vec![words::singular(word)]);
        let others_are_last = self.last_literal().is_some_and(|last| {
            let others = others.iter().map(|it| words::singular(it));
            others.eq(last.iter().cloned())
        });
        let is_read = self.method == "get" && others_are_last;
        is_tag && matches!(others.len(), 1 | 2) && !is_read
    }

    /// Whether words are the whole segment that the path of a `POST` ends with: what it does, unless that is a collection.
    fn is_action(&self, words: &[&str]) -> bool {
        let last = self
            .segments
            .last()
            .filter(|(_, is_parameter)| !is_parameter);
        let is_last = last.is_some_and(|(last, _)| {
            let words = words.iter().map(|it| words::singular(it));
            words.eq(last.iter().cloned())
        });
        self.method == "post" && is_last && !words::is_plural(&words.join("_"))
    }

    /// Whether a word that is not a known verb is a noun of the path or a tag. The last segment of a path may start with
    /// a verb, unless the method is `GET`.
    fn is_noun(&self, word: &str) -> bool {
        let last = self.last_literal().and_then(|it| it.first());
        let is_last = last.is_some_and(|it| *it == words::singular(word));
        self.has(&[word]) && (self.method == "get" || !is_last)
    }

    /// Whether words are those of a tag, or all occur in the path.
    fn has(&self, found: &[&str]) -> bool {
        let found: Vec<String> = found.iter().map(|it| words::singular(it)).collect();
        let segments = self.segments.iter().flat_map(|(words, _)| words);
        let path: BTreeSet<&String> = segments.chain(&self.prefix).collect();
        self.tags.contains(&found) || found.iter().all(|it| path.contains(it))
    }

    /// The noun in the name of a class: `UsersController` is `user`. Empty if the path has another.
    fn noun_of_class(&self, class: &str) -> String {
        let words = words::snake(class);
        let words: Vec<&str> = words.split('_').collect();
        let words = match words.split_last() {
            Some((last, rest)) if !rest.is_empty() && CLASSES.contains(last) => rest,
            Some(_) | None => &words,
        };
        let noun = words::singular(&words.join("_"));
        let last = self.last_literal();
        let is_other = last.is_some_and(|it| words::singular(&it.join("_")) != noun);
        if is_other { String::new() } else { noun }
    }

    /// A noun without the words before the resources of the path, and without the names of its parameters if the noun
    /// is the whole path. Words that do not precede a resource stay: `api_key`.
    fn shortened<'w>(&self, noun: &[&'w str]) -> Vec<&'w str> {
        let is_equal = |(found, word): (&&str, &String)| words::singular(found) == *word;
        let starts = |words: &[&str], segment: &[String]| {
            words.len() >= segment.len() && words.iter().zip(segment).all(is_equal)
        };
        let is_before = |it: &&&str| self.prefix.iter().any(|word| word == **it);
        let before = noun.iter().take_while(is_before).count();
        let is_resource = |at: &usize| {
            let mut segments = self.segments.iter();
            segments.any(|(segment, _)| starts(&noun[*at..], segment))
        };
        let start = (0..=before).rev().find(is_resource);
        let mut rest = &noun[start.unwrap_or(0)..];
        let (shorter, mut literals) = (rest, Vec::new());
        for (segment, is_parameter) in &self.segments {
            let is_next = starts(rest, segment);
            let (own, after) = rest.split_at(if is_next { segment.len() } else { 0 });
            literals.extend_from_slice(if *is_parameter { &[] } else { own });
            rest = after;
        }
        match rest.is_empty() && !literals.is_empty() {
            true => literals,
            false => shorter.to_vec(),
        }
    }
}

/// Splits an id into verb and noun: `ListBillingPeriod` is `list` and `billing_period`, `sims/get-by-name` is `get` and
/// `sim`. The noun is empty if the id does not say.
pub(super) fn verb_and_noun(id: &str, known: &Known) -> (String, String) {
    let has_words = |it: &&str| it.contains(char::is_alphanumeric);
    let mut parts = id.rsplit(['/', '.', ':', '#', '@', '\\']).filter(has_words);
    let last = parts.next().map_or(id, without_number);
    let (class, method) = class_and_method(last, known);
    let words = words::snake(method);
    let words: Vec<&str> = words.split('_').collect();
    let (verb, rest) = verb_and_rest(&words, known);
    let ends = |it: &&&str| !PREPOSITIONS.contains(*it);
    let noun = rest.iter().take_while(ends);
    let noun = noun.filter(|it| !ARTICLES.contains(*it)).copied();
    let mut noun: Vec<&str> = noun.collect();
    if noun.iter().all(|it| COUNTS.contains(it)) {
        noun.clear();
    }
    let noun = match class.or_else(|| parts.next()).filter(|_| noun.is_empty()) {
        Some(namespace) => known.noun_of_class(namespace),
        None => words::singular(&known.shortened(&noun).join("_")),
    };
    (verb, noun)
}

/// Whether a word is a well-known verb.
pub(in crate::lower) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Splits words into the verb, at the start or the end, and the rest.
fn verb_and_rest<'w>(words: &'w [&'w str], known: &Known) -> (String, &'w [&'w str]) {
    let is_verb = |it: &&str| VERBS.contains(it);
    let starts = |it: &[&str]| it.first().is_some_and(is_verb);
    match words {
        [first, conjunction @ ("and" | "or"), second, rest @ ..]
            if is_verb(first) && is_verb(second) =>
        {
            (format!("{first}_{conjunction}_{second}"), rest)
        }
        [first, _, ..] if !is_verb(first) && known.is_action(words) => {
            (words.join("_"), &words[words.len()..])
        }
        [rest @ .., adverb, last]
            if is_verb(last) && ADVERBS.contains(adverb) && !rest.is_empty() && !starts(rest) =>
        {
            (format!("{adverb}_{last}"), rest)
        }
        [rest @ .., last] if is_verb(last) && !starts(rest) => ((*last).to_owned(), rest),
        [first, rest @ ..] => {
            if known.is_path(words) {
                return (known.method.clone(), &words[words.len()..]);
            }
            // What comes before a verb may be the tag or the path.
            let start = words.iter().position(is_verb);
            match start.filter(|it| known.has(&words[..*it])) {
                Some(start) => (words[start].to_owned(), &words[start + 1..]),
                None if known.has_method(first, rest) => (rest.join("_"), &words[..1]),
                None if known.is_noun(first) && rest.is_empty() => (known.method.clone(), rest),
                None if known.is_noun(first) => (known.method.clone(), words),
                None => ((*first).to_owned(), rest),
            }
        }
        [] => (String::new(), words),
    }
}

/// Splits a part of an id into a class and its method: `Pets_ListByOwner`, `pets-read_pets`.
fn class_and_method<'i>(part: &'i str, known: &Known) -> (Option<&'i str>, &'i str) {
    let whole = (None, part);
    let separators = part.match_indices(['_', '-']);
    let mut splits = separators.map(|(at, _)| (&part[..at], &part[at + 1..]));
    let first = splits.clone().next();
    let is_tag = |it: &(&str, &str)| known.tags.contains(&singulars(it.0));
    let Some((class, method)) = splits.find(is_tag).or(first) else {
        return whole;
    };
    let (class_words, method_words) = (words::snake(class), words::snake(method));
    let class_words: Vec<&str> = class_words.split('_').collect();
    let starts = |it: &&&str| VERBS.contains(*it);
    if class_words.first().filter(starts).is_some() || !method.contains(char::is_alphanumeric) {
        return whole;
    }
    let separator = part.as_bytes()[class.len()];
    let is_other = method
        .bytes()
        .any(|it| b"_-".contains(&it) && it != separator);
    let is_camel = |it: &str| it.contains(char::is_uppercase) && it.contains(char::is_lowercase);
    let is_separate = is_other || is_camel(class) || is_camel(method);
    let is_class = class_words.last().is_some_and(|it| CLASSES.contains(it));
    let first = method_words.split('_').next().unwrap_or_default();
    let is_method = VERBS.contains(&first) || is_class || known.has(&class_words);
    match is_separate && is_method {
        true => (Some(class), method),
        false => whole,
    }
}

/// A part of an id without the number or the version that tells it from others: `getAll_1`, `getAll_v2`.
fn without_number(part: &str) -> &str {
    let Some((before, last)) = part.rsplit_once(['_', '-']) else {
        return part;
    };
    let digits = last.strip_prefix(['v', 'V']).unwrap_or(last);
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    match is_number && before.contains(char::is_alphabetic) {
        true => before,
        false => part,
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The words of a name, each in the singular.
fn singulars(name: &str) -> Vec<String> {
    let words = words::snake(name);
    words.split('_').map(words::singular).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits ids of operations with this path and these tags.
    fn assert_split(key: &str, tag: &str, ids: &[(&str, &str)]) {
        let known = Known::of(Method::Get, key, &[tag.to_owned()]);
        for (id, name) in ids {
            let (verb, noun) = verb_and_noun(id, &known);
            assert_eq!(format!("{verb} {noun}"), *name, "{id}");
        }
    }

    #[test]
    fn classes_before_a_method_are_no_verbs() {
        assert_split(
            "/v1/sims/{id}",
            "SimApi",
            &[
                ("SimsController_findAll", "find sim"),
                ("SimsController_findOne", "find sim"),
                ("SimsController_findOne_v2", "find sim"),
                ("SimsController_webhook", "webhook sim"),
                ("SimService_ListSims", "list sim"),
                ("Sim_GetAll", "get sim"),
                ("sim_getAll", "get sim"),
                ("Sims_CreateOrUpdate", "create_or_update sim"),
                ("Sims_ListByFleet", "list sim"),
                ("SimController.findById", "find sim"),
                ("sim#show", "show sim"),
                ("App\\SimController::index", "index sim"),
                ("SimController@store", "store sim"),
                ("SimApi_Ring", "ring sim"),
                ("Ring_Sim", "ring sim"),
                ("Ring_One", "ring "),
                ("delete_Sim", "delete sim"),
                ("ringSim_", "ring sim"),
            ],
        );
    }

    #[test]
    fn tags_and_paths_before_a_verb_are_no_verbs() {
        assert_split(
            "/api/v1/sims/{sim_id}/codes",
            "sim cards",
            &[
                ("sim_cards-read_codes", "read code"),
                ("sim-cards_read_code_by_id", "read code"),
                ("sim_cards_partial_update", "partial_update sim_card"),
                ("sims_bulk_create", "bulk_create sim"),
                ("simsCodesFindByStatus", "find "),
                ("ApiSimsSimIdGetCode", "get code"),
                ("sims_set_code_create", "create sims_set_code"),
                ("ring_then_get", "get ring_then"),
                ("ringThenGetSim", "ring then_get_sim"),
            ],
        );
    }

    #[test]
    fn nouns_of_the_path_are_no_verbs() {
        let of = |method, id| {
            let known = Known::of(method, "/sims/{id}/ring", &["Cards".to_owned()]);
            verb_and_noun(id, &known)
        };
        let pair = |verb: &str, noun: &str| (verb.to_owned(), noun.to_owned());
        assert_eq!(of(Method::Get, "Sim details"), pair("get", "sim_detail"));
        assert_eq!(of(Method::Post, "simInfo"), pair("post", "sim_info"));
        assert_eq!(of(Method::Get, "CardInspect"), pair("inspect", "card"));
        assert_eq!(of(Method::Post, "CardRing"), pair("ring", "card"));
        assert_eq!(of(Method::Get, "CardRing"), pair("get", "card_ring"));
        assert_eq!(of(Method::Get, "ring"), pair("get", ""));
        assert_eq!(of(Method::Post, "ring"), pair("ring", ""));
        assert_eq!(of(Method::Post, "ringSim"), pair("ring", "sim"));
        assert_eq!(of(Method::Get, "ringSim"), pair("get", "ring_sim"));
        assert_eq!(of(Method::Post, "dialSim"), pair("dial", "sim"));
        assert_eq!(of(Method::Get, "cards-get_instance"), pair("get", ""));
        assert_eq!(
            of(Method::Get, "cards-get_to_many_related"),
            pair("get", "")
        );
    }

    #[test]
    fn whole_segments_are_what_a_post_does() {
        let of = |method, key, id| {
            let (verb, noun) = verb_and_noun(id, &Known::of(method, key, &[]));
            format!("{verb} {noun}")
        };
        let (post, key) = (Method::Post, "/sims/{id}/pinReset");
        assert_eq!(of(post, key, "sims.pinReset"), "pin_reset ");
        assert_eq!(of(Method::Put, key, "sims.pinReset"), "reset pin");
        assert_eq!(of(post, key, "sims.resetPin"), "reset pin");
        assert_eq!(of(post, "/sims/{id}/pinCodes", "pinCodes"), "pin code");
        assert_eq!(of(post, "/sims/{pinReset}", "pinReset"), "reset pin");
    }

    #[test]
    fn nouns_with_the_start_of_the_path_stay_whole() {
        assert_split(
            "/api/api-keys/{key_id}",
            "",
            &[
                ("getApiKey", "get api_key"),
                ("listApiKeys", "list api_key"),
                ("getApiKeyUsage", "get api_key_usage"),
                ("getApiApiKeys", "get api_key"),
            ],
        );
    }

    #[test]
    fn paths_in_nouns_do_not_count() {
        assert_split(
            "/api/v1/sims/{sim_id}/codes/{code}",
            "",
            &[
                ("getApiV1SimsSimIdCodesCode", "get sims_code"),
                ("get_sims_sim_id_codes_code", "get sims_code"),
                ("get__api_sims_{sim_id}_codes", "get sims_code"),
                ("getApiKey", "get api_key"),
                ("getApi", "get api"),
                ("getSimCodes", "get sim_code"),
                ("getCodesOf", "get codes_of"),
                ("apiv1simssimidcodescode", "get "),
                ("apiv1sims", "apiv1sims "),
            ],
        );
    }

    #[test]
    fn numbers_that_tell_ids_apart_do_not_count() {
        assert_split(
            "/sims",
            "",
            &[
                ("getAll_1", "get "),
                ("sims_list_2", "list sim"),
                ("createSim-v2", "create sim"),
                ("base_64", "base "),
                ("_1", "1 "),
            ],
        );
    }
}

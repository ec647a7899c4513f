//! The names that are shorter than they were: without hashes, numbers, signs and repeated words.

use std::collections::BTreeMap;

use super::{Note, fields, operations, parameters};
use crate::api::{Api, Method, Operation, Resource, Shape, TypeDefinition};
use crate::plan::repeats_words;
use crate::words;

/// The note for crates with operations whose ids end with a word that only tells them apart.
pub(super) const LAST_WORDS: Note = Note::breaking(
    has_last_words,
    "a hash or a number at the end of ids that only tells them apart is in no name: `.versions().count().get()` returns a \
     `GetCountVersions`, no longer `._1f3c()` a `GetCountVersions1f3c`; the compiler suggests the new names",
);

/// The note for crates with operations whose ids repeat each collection before its item.
pub(super) const REPETITIONS: Note = Note::breaking(
    has_repetitions,
    "requests and types of operations whose ids repeat a collection before its item have the item only: `GetTopup`, no longer \
     `GetTopupsTopup`; the compiler suggests the new names",
);

/// The note for crates with signs before words.
pub(super) const MARKS: Note = Note::breaking(
    has_marks,
    "a `$`, `@` or `#` before a word is no longer in the names of setters, fields, variants, methods, types, features, options \
     and arguments of tools: `.top(5)`, no longer `.dollar_top(5)`; it stays where the name is taken without it, such as \
     `dollar_id` beside `id`",
);

/// The note for crates of documents whose schemas have a namespace.
pub(super) const NAMESPACES: Note = Note::breaking(
    has_namespace,
    "the namespace that most schemas of a document have is in no name: `Pet` and `.feed()`, no longer `AcmeShopPet` and \
     `.acme_shop_feed()`; the compiler suggests the new names",
);

/// The note for crates with paths that end with a whole action.
pub(super) const ACTIONS: Note = Note::breaking(
    has_actions,
    "a `POST` whose id and path end with the same words is a method of the resource above: `.pin_reset()`, no longer \
     `.pin_reset().reset()`; commands likewise",
);

/// The note for crates with resources whose path ends like that of another.
pub(super) const NUMBERED: Note = Note::breaking(
    has_paths_within_paths,
    "handles and requests of the same name have more of their path in it, no longer a number: `SiteListsHandle` and \
     `GroupSiteListsHandle`, no longer `ListsHandle` and `ListsHandle2`; the compiler suggests the new names",
);

/// The note for crates with commands whose path arguments repeat words.
pub(super) const ARGUMENTS: Note = Note::breaking(
    has_repeated_words,
    "an argument of commands and tools that selects a resource repeats no word: `pet-id`, no longer `pet-by-pet-id-pet-id`; \
     commands take it in the same place, tools by the new name",
);

/// The note for crates with names that have a number before a word.
pub(super) const NUMBERS: Note = Note::breaking(
    has_numbers,
    "a number at the beginning of a name is a word of its own: `_3Month`, no longer `_3month`; the compiler suggests the \
     new names",
);

/// The note for crates with names that have two hyphens.
pub(super) const HYPHENS: Note = Note::breaking(
    has_double_hyphens,
    "two hyphens between words separate them: `FileFull`, no longer `FileMinusFull`; the compiler suggests the new names",
);

/// The note for crates with names that have a hyphen behind another sign.
pub(super) const SEPARATED_HYPHENS: Note = Note::breaking(
    has_separated_hyphens,
    "a hyphen behind `_`, `/` or a parameter separates words: `GetFiles`, no longer `GetMinusFiles`; the compiler suggests \
     the new names",
);

/// The note for crates with types that are named after a status.
pub(super) const STATUSES: Note = Note::breaking(
    has_statuses,
    "a name that begins with an HTTP status ends with it: `Error404`, no longer `_404Error`; the compiler suggests the new \
     names",
);

/// The note for crates with lists whose items have a singular of their own.
pub(super) const NOUNS: Note = Note::breaking(
    has_nouns,
    "an item of `leaves`, `axes`, `pauses` or `errorCauses` is named `leaf`, `axis`, `pause` or `error_cause`, no longer \
     `leave`, `ax`, `paus` or `error_caus`; the compiler suggests the new names",
);

/// The note for crates of API Platform, whose ids begin with `api`.
pub(super) const WORDS_BEFORE_PATHS: Note = Note::breaking(
    has_words_before_paths,
    "the word `api` before the path in ids is in no name: `.books().get()` returns a `BooksGetCollection`, no longer \
     `.books().api_books_get_collection()`; the compiler suggests the new names",
);

fn has_last_words(apis: &[Api]) -> bool {
    operations(apis).any(|it| extends_name(it) == Some(true))
}

fn has_repetitions(apis: &[Api]) -> bool {
    operations(apis).any(|it| extends_name(it) == Some(false) && !has_word_before_path(it))
}

fn has_words_before_paths(apis: &[Api]) -> bool {
    operations(apis).any(has_word_before_path)
}

fn has_word_before_path(operation: &Operation) -> bool {
    let longer = operation.longer_name.as_ref();
    longer.is_some_and(|it| it.ends_with(&operation.name))
}

/// Whether the longer name of an operation continues the name.
fn extends_name(operation: &Operation) -> Option<bool> {
    let longer = operation.longer_name.as_ref();
    longer.map(|it| it.starts_with(operation.name.as_str()))
}

fn has_marks(apis: &[Api]) -> bool {
    has_names(apis, |it| words::snake(it) != words::snake_with_marks(it))
}

/// Whether a name of the document is `found` that names of the crate are made of.
fn has_names(apis: &[Api], found: fn(&str) -> bool) -> bool {
    let is_concerned = |api: &Api| {
        let operations = api.operations.iter();
        let mut segments = operations.flat_map(|it| it.path.split('/'));
        let mut tags = api.operations.iter().flat_map(|it| &it.tags);
        let mut types = api.types.iter();
        segments.any(found)
            || tags.any(|it| found(it))
            || fields(api).any(|it| found(&it.wire_name))
            || types.any(|it| found(&it.name) || members(&it.shape).any(found))
    };
    parameters(apis).any(|it| found(&it.wire_name)) || apis.iter().any(is_concerned)
}

fn has_separated_hyphens(apis: &[Api]) -> bool {
    let mut ids = operations(apis).map(|it| &it.id);
    ids.any(|it| words::has_separated_hyphen(it)) || has_names(apis, words::has_separated_hyphen)
}

fn has_statuses(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    types.any(|it| {
        let mut tokens = it.at.tokens();
        let is_component = tokens.next().is_some_and(|it| it == "components");
        let name = tokens.nth(1).unwrap_or_default();
        is_component && words::status_last(&name) != name
    })
}

fn has_numbers(apis: &[Api]) -> bool {
    has_names(apis, words::has_number_before_word)
}

fn has_nouns(apis: &[Api]) -> bool {
    has_names(apis, |it| {
        let name = words::snake(it);
        let ends = ["leaves", "shelves", "halves", "axes", "auses", "ouses"];
        let in_camel_case = [
            "Aliases", "Analyses", "Caches", "Children", "Cookies", "Movies", "People", "Uses",
        ];
        ends.iter().any(|end| name.ends_with(end))
            || in_camel_case.iter().any(|end| it.ends_with(end))
    })
}

fn has_double_hyphens(apis: &[Api]) -> bool {
    let mut types = apis.iter().flat_map(|it| &it.types);
    let is_type = |it: &TypeDefinition| {
        let component = it.at.tokens().last();
        component.is_some_and(|it| words::has_double_hyphen(&it))
    };
    has_names(apis, words::has_double_hyphen) || types.any(is_type)
}

/// The texts that variants are named after.
fn members(shape: &Shape) -> impl Iterator<Item = &str> {
    let values = shape.values().into_iter().flatten();
    let values = values.map(|it| it.text.as_str());
    values.chain(shape.variants().iter().map(|it| it.name.as_str()))
}

/// Whether the name of a type is shorter than that of its component.
fn has_namespace(apis: &[Api]) -> bool {
    let mut plain = apis.iter().filter(|it| it.vendor.runtime().is_none());
    plain.any(|api| {
        let mut types = api.types.iter().filter(|it| it.is_component());
        types.any(|it| {
            let component = it.at.tokens().last();
            component
                .is_some_and(|name| name != it.name && name.ends_with(&format!(".{}", it.name)))
        })
    })
}

/// Whether the verb of a `POST` is several words, all of the segment that its path ends with.
fn has_actions(apis: &[Api]) -> bool {
    operations(apis).any(|it| {
        let last = it.path.rsplit('/').next().unwrap_or_default();
        let is_whole = last.ends_with(|it: char| it.is_alphanumeric()) && !last.contains(':');
        let is_posted = it.method == Method::Post && it.noun.is_empty();
        is_posted && is_whole && it.verb.contains('_') && words::snake(last).ends_with(&it.verb)
    })
}

/// Whether several resources or operations of the same name have paths that end the path of another.
fn has_paths_within_paths(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let paths = paths(api);
        let resources = api.resources.iter().zip(&paths).skip(1);
        let resources = resources.map(|(it, path)| (it.noun.clone(), path));
        let operations = api.resources.iter().zip(&paths).flat_map(|(it, path)| {
            let operations = it.operations.iter().map(|it| api.operation(*it));
            operations.map(move |it| (words::snake(&it.name), path))
        });
        let mut groups: BTreeMap<(bool, String), Vec<&Vec<String>>> = BTreeMap::new();
        for (name, path) in resources {
            groups.entry((false, name)).or_default().push(path);
        }
        for (name, path) in operations {
            groups.entry((true, name)).or_default().push(path);
        }
        groups.values().any(|it| has_ends(it))
    })
}

/// Whether two of some paths are the end of another.
fn has_ends(paths: &[&Vec<String>]) -> bool {
    let is_end = |(index, path): &(usize, &&Vec<String>)| {
        let mut others = paths.iter().enumerate();
        others.any(|(other, it)| other != *index && it.ends_with(path))
    };
    paths.iter().enumerate().filter(is_end).count() > 1
}

/// The nouns on the path of each resource; of those that repeat each other, the last.
fn paths(api: &Api) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = vec![Vec::new(); api.resources.len()];
    // Resources come after their parents.
    for (index, Resource { children, .. }) in api.resources.iter().enumerate() {
        for child in children {
            let noun = &api.resource(*child).noun;
            let mut path = paths[index].clone();
            path.pop_if(|last| words::singular(last) == words::singular(noun));
            path.push(noun.clone());
            paths[child.0] = path;
        }
    }
    paths
}

fn has_repeated_words(apis: &[Api]) -> bool {
    let mut resources = apis.iter().flat_map(|it| &it.resources);
    resources.any(repeats_words)
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// Which of the notes a crate gets for operations with these paths and ids, and this parameter.
    fn told(operations: &[(&str, &str)], parameter: &str) -> [bool; 6] {
        let operations = operations.iter().map(|(path, id)| {
            let selectors = path.split('/').filter(|it| it.starts_with('{'));
            let selectors = selectors.map(|it| {
                let name = it.trim_matches(['{', '}']);
                format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}, ")
            });
            format!(
                "  {path}:\n    get:\n      operationId: {id}\n      parameters: [{}{{name: {parameter}, in: query, schema: \
                 {{type: string}}}}]\n      responses: {{'204': {{description: None.}}}}\n",
                selectors.collect::<String>()
            )
        });
        let models = models(&format!("paths:\n{}", operations.collect::<String>()));
        let notes = [
            LAST_WORDS,
            REPETITIONS,
            MARKS,
            NUMBERED,
            ARGUMENTS,
            WORDS_BEFORE_PATHS,
        ];
        notes.map(|it| (it.concerns)(&models))
    }

    #[test]
    fn a_crate_is_told_of_namespaces_and_actions() {
        let told = |namespace: &str, path: &str| {
            let schema = |name: &str| {
                format!("{namespace}{name}: {{type: object, properties: {{a: {{type: string}}}}}}")
            };
            let schemas = ["cat", "dog", "owner"].map(schema).join(", ");
            let models = models(&format!(
                "paths:\n  /pets/{path}:\n    post: {{operationId: pets.codeReset, responses: {{'204': {{description: \
                 Done.}}}}}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
            ));
            [NAMESPACES, ACTIONS].map(|it| (it.concerns)(&models))
        };
        assert_eq!(told("", "code"), [false, false]);
        assert_eq!(told("acme.shop.", "code"), [true, false]);
        assert_eq!(told("", "codeReset"), [false, true]);
    }

    #[test]
    fn a_crate_is_told_of_hyphens_behind_signs_and_of_statuses() {
        let told = |path: &str, schema: &str| {
            let models = models(&format!(
                "paths:\n  {path}:\n    get:\n      operationId: listPets\n      \
                 parameters: [{{name: kind, in: path, required: true, schema: {{type: string}}}}]\n      \
                 responses: {{'204': {{description: None.}}}}\n\
                 components:\n  schemas:\n    {schema}: {{type: object, properties: {{a: {{type: string}}}}}}\n"
            ));
            [SEPARATED_HYPHENS, STATUSES].map(|it| (it.concerns)(&models))
        };
        assert_eq!(told("/pets/{kind}", "Error"), [false, false]);
        assert_eq!(told("/pets/{kind}-comments", "Error"), [true, false]);
        assert_eq!(told("/pets/{kind}", "404Error"), [false, true]);
    }

    #[test]
    fn a_crate_is_told_of_two_hyphens() {
        let concerns = |parameter: &str, schema: &str| {
            has_double_hyphens(&models(&format!(
                "paths:\n  /Pets:\n    get:\n      operationId: listPets\n      \
                 parameters: [{{name: {parameter}, in: query, schema: {{type: string}}}}]\n      \
                 responses: {{'204': {{description: None.}}}}\n\
                 components:\n  schemas:\n    {schema}: {{type: object, properties: {{a: {{type: string}}}}}}\n"
            )))
        };
        assert!(concerns("a--b", "Pet"));
        assert!(concerns("a", "Pet--Full"));
        assert!(!concerns("a-b", "Pet-Full"));
        assert!(!concerns("--a", "Pet"));
    }

    #[test]
    fn a_crate_is_told_of_nouns() {
        let told = |noun: &str| {
            has_nouns(&models(&format!(
                "paths:\n  /{noun}:\n    get: {{operationId: list, responses: {{'204': {{description: None.}}}}}}\n"
            )))
        };
        assert!(told("leaves") && told("sick-leaves") && told("yAxes") && told("teamChildren"));
        assert!(!told("children") && !told("trees"));
    }

    #[test]
    fn a_crate_is_told_of_numbers_before_words() {
        let told = |response: &str| {
            has_numbers(&models(&format!(
                "paths:\n  /pets:\n    get: {{operationId: getPets, responses: {{'404': {{$ref: \
                 '#/components/responses/{response}'}}}}}}\ncomponents:\n  responses: {{{response}: {{description: None., \
                 content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}}}}}}}}}}}}}\n"
            )))
        };
        assert!(told("5Error"));
        assert!(!told("5error"));
        assert!(!told("Error5"));
    }

    #[test]
    fn a_crate_is_told_of_shorter_names() {
        let [pets, pet] = [("/pets", "getAll"), ("/pets/{id}", "getPet")];
        let none = [false; 6];
        let only = |index: usize| std::array::from_fn(|it| it == index);
        assert_eq!(told(&[pets], "top"), none);
        assert_eq!(told(&[pets, ("/owners", "getAll_1")], "top"), only(0));
        assert_eq!(told(&[("/pets/{id}", "getPetsPet")], "top"), only(1));
        assert_eq!(told(&[pets], "$top"), only(2));
        assert_eq!(told(&[pets, ("/owners/$count", "count")], "top"), only(2));
        assert_eq!(told(&[pets, pet, ("/owners/pets", "own")], "top"), none);
        let within = [("/a/b", "one"), ("/c/a/b", "two"), ("/d/c/a/b", "three")];
        assert_eq!(told(&within, "top"), only(3));
        assert_eq!(told(&[("/news/{id}", "getNews")], "top"), only(4));
        assert_eq!(told(&[("/pets", "api_pets_get")], "top"), only(5));
    }
}

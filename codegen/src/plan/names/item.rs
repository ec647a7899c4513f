//! Claims the names of items: types, requests and handles.
//!
//! What a name says tells items of the same name apart: the type or the operation that an inline type is in, or the resource
//! above a handle. Only what nothing tells apart is numbered. The order of the document decides nothing else, so that a name
//! stays what it is when paths are sorted.

use std::collections::BTreeSet;

use crate::api::{Api, Method, Operation, Resource, ResourceId, ResponseKind, TypeDefinition};
use crate::naming::{RustName, Scope, Wish};
use crate::words;

/// The names of the types that are items: first of the components, whose names the document chose. What has the name of one
/// otherwise is the value of a property.
pub(super) fn types(api: &Api, items: &mut Scope) -> Vec<Option<RustName>> {
    let mut names = vec![None; api.types.len()];
    let is_component = |it: &TypeDefinition| it.is_component() && it.received_as.is_none();
    let (components, others): (Vec<_>, Vec<_>) = api
        .items()
        .partition(|it| is_component(api.type_definition(*it)));
    let wires = components.iter();
    let wires: Vec<&str> = wires
        .map(|it| api.type_definition(*it).name.as_str())
        .collect();
    for (id, name) in components.into_iter().zip(items.claim_all(&wires)) {
        names[id.0] = Some(name);
    }
    let wishes = others.iter().map(|it| {
        let definition = api.type_definition(*it);
        Wish {
            names: [
                definition.names(),
                vec![format!("{}_value", definition.name)],
            ]
            .concat(),
            weight: definition.uses,
            last_resort: None,
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    for (id, name) in others.into_iter().zip(items.claim_apart(&wishes)) {
        names[id.0] = Some(name);
    }
    names
}

/// The names of the requests: those of the operations, or, for those that several operations have, with their resources.
pub(super) fn requests(api: &Api, items: &mut Scope) -> Vec<RustName> {
    let names = api.operations.iter().map(|it| words::snake(&it.name));
    let names: Vec<String> = names.collect();
    let mut seen = BTreeSet::new();
    let repeated = names.iter().filter(|it| !seen.insert(it.as_str()));
    let repeated: BTreeSet<&String> = repeated.collect();
    let paths = match repeated.is_empty() {
        true => vec![Vec::new(); names.len()],
        false => paths(api),
    };
    let wish = |((operation, name), path): ((&Operation, &String), &Vec<ResourceId>)| {
        let longer = match repeated.contains(name) {
            true => with_resources(api, (operation, name), path),
            false => Vec::new(),
        };
        let own = ["_request", "_call"].map(|end| format!("{}{end}", operation.name));
        let names = [operation.name.clone()].into_iter();
        // Repeated words are better than more, but more words are better than a hash.
        let whole = operation.longer_name.clone();
        let is_hash = |it: &String| it.starts_with(operation.name.as_str());
        let (last_resort, repeating) = match whole.filter(is_hash) {
            Some(hash) => (Some(hash), None),
            None => (None, operation.longer_name.clone()),
        };
        Wish {
            names: names.chain(repeating).chain(longer).chain(own).collect(),
            // A shortened id does not take the name of another.
            weight: usize::from(operation.longer_name.is_none()),
            last_resort,
        }
    };
    let operations = api.operations.iter().zip(&names).zip(&paths);
    let wishes: Vec<Wish> = operations.map(wish).collect();
    items.claim_apart(&wishes)
}

/// The resources on the path of each operation, the root first.
fn paths(api: &Api) -> Vec<Vec<ResourceId>> {
    let mut paths = vec![Vec::new(); api.operations.len()];
    for (index, above) in above(api).into_iter().enumerate() {
        let path = [above.as_slice(), &[ResourceId(index)]].concat();
        for operation in &api.resource(ResourceId(index)).operations {
            paths[operation.0].clone_from(&path);
        }
    }
    paths
}

/// The name of an operation with the resources on its path that it does not mention, the innermost first: `delete_pet`,
/// `get_voters_of_article`. If it is only a verb, also with its HTTP method in its place. Last come the words of the path.
fn with_resources(
    api: &Api,
    (operation, name): (&Operation, &str),
    path: &[ResourceId],
) -> Vec<String> {
    let mention = format!("_{name}_");
    let is_new = |noun: &&str| {
        let all = [
            (*noun).to_owned(),
            words::singular(noun),
            words::plural(noun),
        ];
        let mut all = all.into_iter();
        !all.any(|it| mention.contains(&format!("_{it}_")))
    };
    let path: Vec<&Resource> = path.iter().skip(1).map(|it| api.resource(*it)).collect();
    let all = |words: fn(&Resource) -> &String| path.iter().map(move |it| words(it).as_str());
    let new = |words| all(words).filter(is_new).collect::<Vec<&str>>();
    let nouns = new(|it| &it.noun);
    let accessors = new(|it| &it.accessor);
    let is_verb = name == operation.verb;
    let link = if operation.noun.is_empty() {
        "_"
    } else {
        "_of_"
    };
    let lists = matches!(operation.method, Method::Get | Method::Head);
    let is_instance = path.last().is_some_and(|it| !it.parameters.is_empty());
    let owned = |words: &[&str]| match joined(words.iter().copied()) {
        owner if lists || is_instance => owner,
        owner => words::singular(&owner),
    };
    let of = |start: &str, link: &str, words: &[&str]| -> Vec<String> {
        let starts = (0..words.len()).rev();
        let owners = starts.map(|it| owned(&words[it..]));
        owners.map(|it| format!("{start}{link}{it}")).collect()
    };
    let mut names = of(name, link, &nouns);
    if is_verb {
        let method = operation.method.as_str().to_ascii_lowercase();
        names.extend(of(&method, "_", &nouns));
    }
    names.extend(of(name, link, &accessors));
    let whole: Vec<&str> = all(|it| &it.accessor).collect();
    // Where the resources tell only the others apart, the name is free again.
    names.push(name.to_owned());
    names.push(match whole.as_slice() {
        [] | [_] => name.to_owned(),
        [_, _, ..] => format!("{name}{link}{}", whole.join("_")),
    });
    names
}

/// The names of the enums of responses, for the operations with responses of several kinds: those of the operations, or of
/// their requests if several operations have the same.
pub(super) fn answers(
    api: &Api,
    requests: &[RustName],
    items: &mut Scope,
) -> Vec<Option<RustName>> {
    let operations = || api.operations.iter().zip(requests);
    let operations = || operations().filter(|(it, _)| matches!(it.result, ResponseKind::OneOf(_)));
    let wishes = operations().map(|(operation, request)| Wish {
        names: [operation.name.as_str(), request.unraw()]
            .map(|it| format!("{it}_answer"))
            .to_vec(),
        weight: 1,
        last_resort: None,
    });
    let wishes: Vec<Wish> = wishes.collect();
    let mut names = items.claim_apart(&wishes).into_iter();
    let of = |it: &Operation| match it.result {
        ResponseKind::OneOf(_) => names.next(),
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. } => None,
    };
    api.operations.iter().map(of).collect()
}

/// The resources above each resource, the root first.
fn above(api: &Api) -> Vec<Vec<ResourceId>> {
    let mut above: Vec<Vec<ResourceId>> = vec![Vec::new(); api.resources.len()];
    // Resources come after their parents.
    for (index, resource) in api.resources.iter().enumerate() {
        for child in &resource.children {
            above[child.0] = [above[index].as_slice(), &[ResourceId(index)]].concat();
        }
    }
    above
}

/// The names of the handles.
pub(super) fn handles(api: &Api, items: &mut Scope) -> Vec<RustName> {
    let above = above(api);
    let wishes = above.iter().enumerate().map(|(index, above)| {
        let names = handle_names(api, ResourceId(index), above).into_iter();
        Wish {
            names: names.map(|it| format!("{it}_handle")).collect(),
            weight: 1,
            last_resort: None,
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    items.claim_apart(&wishes)
}

/// The names of a resource: its noun, then with the resources above it, with its accessor in place of the noun, with the
/// words that the noun repeats, and last with all the words of its path.
fn handle_names(api: &Api, id: ResourceId, above: &[ResourceId]) -> Vec<String> {
    let resource = api.resource(id);
    let Some((_, above)) = above.split_first() else {
        return vec![api.product.clone()];
    };
    let mut names = vec![resource.noun.clone()];
    for start in (0..above.len()).rev() {
        let above = || above[start..].iter().map(|it| api.resource(*it));
        let nouns = || above().map(|it| it.noun.as_str());
        let accessors = above().map(|it| it.accessor.as_str());
        names.push(joined(nouns().chain([resource.noun.as_str()])));
        names.push(joined(accessors.chain([resource.noun.as_str()])));
        names.push(joined(nouns().chain([resource.accessor.as_str()])));
    }
    names.push(resource.accessor.clone());
    if let Some(parent) = above.last().map(|it| api.resource(*it)) {
        let parents = [&parent.noun, &parent.accessor];
        names.extend(parents.map(|it| format!("{}_of_{it}", resource.noun)));
    }
    // Repeated words tell `/folders/{id}/folders` from `/folders`.
    for start in (0..above.len()).rev() {
        let above = above[start..]
            .iter()
            .map(|it| api.resource(*it).accessor.as_str());
        let all: Vec<&str> = above.chain([resource.accessor.as_str()]).collect();
        names.push(all.join("_"));
    }
    let mut seen = BTreeSet::new();
    names.retain(|it| seen.insert(it.clone()));
    names
}

/// Whether `word` is `last` in another number, or begins with it.
fn repeats(word: &str, last: &str) -> bool {
    let more = word.strip_prefix(last);
    words::singular(last) == words::singular(word) || more.is_some_and(|it| it.starts_with('_'))
}

/// Joins words, those that repeat the preceding ones once.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for word in words {
        match all.last_mut() {
            Some(last) if repeats(word, last) => *last = word,
            Some(_) | None => all.push(word),
        }
    }
    all.join("_")
}

//! Claims the names of items: types, requests and handles.
//!
//! What a name says tells items of the same name apart: the type or the operation that an inline type is in, or the resource
//! above a handle. Only what nothing tells apart is numbered. The order of the document decides nothing else, so that a name
//! stays what it is when paths are sorted.

use std::collections::BTreeSet;

use crate::api::{Api, Operation, ResourceId, TypeDefinition};
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
    for id in components {
        names[id.0] = Some(items.claim(&api.type_definition(id).name));
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
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    for (id, name) in others.into_iter().zip(items.claim_apart(&wishes)) {
        names[id.0] = Some(name);
    }
    names
}

/// The names of the requests.
pub(super) fn requests(api: &Api, items: &mut Scope) -> Vec<RustName> {
    let wish = |it: &Operation| Wish {
        names: ["", "_request", "_call"]
            .map(|end| format!("{}{end}", it.name))
            .to_vec(),
        weight: 1,
    };
    let wishes: Vec<Wish> = api.operations.iter().map(wish).collect();
    items.claim_apart(&wishes)
}

/// The names of the handles.
pub(super) fn handles(api: &Api, items: &mut Scope) -> Vec<RustName> {
    let mut above: Vec<Vec<ResourceId>> = vec![Vec::new(); api.resources.len()];
    // Resources come after their parents.
    for (index, resource) in api.resources.iter().enumerate() {
        for child in &resource.children {
            above[child.0] = [above[index].as_slice(), &[ResourceId(index)]].concat();
        }
    }
    let wishes = above.iter().enumerate().map(|(index, above)| {
        let names = handle_names(api, ResourceId(index), above).into_iter();
        Wish {
            names: names.map(|it| format!("{it}_handle")).collect(),
            weight: 1,
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    items.claim_apart(&wishes)
}

/// The names of a resource: its noun, then with the resources above it, with its accessor in place of the noun, and last
/// with the words that the noun repeats.
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

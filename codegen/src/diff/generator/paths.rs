//! The methods of paths that end with an action, or begin with `api`, and words with several capitals.

use super::{fields, operations, parameters};
use crate::api::{Api, Resource};
use crate::path_item::PathKey;
use crate::pointer::Pointer;
use crate::words;

pub(super) fn has_actions(apis: &[Api]) -> bool {
    let is_concerned = |api: &Api, resource: &Resource| {
        let mut operations = resource.operations.iter();
        operations.any(|it| segments(&key(&api.operation(*it).at)) > segments(&resource.path))
    };
    apis.iter().any(|api| {
        let mut resources = api.resources.iter();
        resources.any(|it| is_concerned(api, it))
    })
}

/// The path of an operation, as the document writes it.
fn key(at: &Pointer) -> String {
    at.tokens().nth(1).unwrap_or_default()
}

fn segments(path: &str) -> usize {
    let segments = PathKey::of(path).path.split('/');
    segments.filter(|it| !it.is_empty()).count()
}

pub(super) fn are_below_api(apis: &[Api]) -> bool {
    let is_below = |path: &str| path.to_ascii_lowercase().starts_with("/api/");
    operations(apis).all(|it| is_below(&key(&it.at)))
}

pub(super) fn has_words_with_capitals(apis: &[Api]) -> bool {
    let parameters = parameters(apis).map(|it| &it.wire_name);
    let fields = apis.iter().flat_map(fields).map(|it| &it.wire_name);
    let types = apis.iter().flat_map(|it| &it.types).map(|it| &it.name);
    let ids = operations(apis).map(|it| &it.name);
    let mut names = parameters.chain(fields).chain(types).chain(ids);
    names.any(|it| words::has_inner_capitals(it))
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    fn told(path: &str, id: &str) -> [bool; 3] {
        let apis = models(&format!(
            "paths:\n  {path}: {{post: {{operationId: {id}, responses: {{'204': {{description: None.}}}}}}}}\n"
        ));
        [has_actions, are_below_api, has_words_with_capitals].map(|it| it(&apis))
    }

    #[test]
    fn a_crate_is_told_of_actions_and_prefixes() {
        assert_eq!(told("/pets", "createPet"), [false, false, false]);
        assert_eq!(told("/pets/feed", "feedPets"), [true, false, false]);
        assert_eq!(told("/pets:feed", "feedPets"), [false, false, false]);
        assert_eq!(told("/api/v1/pets", "createPet"), [false, true, false]);
        assert_eq!(told("/pets", "createPetIDs"), [false, false, true]);
    }
}

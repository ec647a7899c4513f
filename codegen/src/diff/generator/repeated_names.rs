//! The names of operations with the same id, and of resources that repeat their parameter.

use std::collections::BTreeSet;

use super::Note;
use crate::api::{Api, Operation, Resource};
use crate::words;

/// The note for crates with requests of the same name.
pub(super) const REQUESTS: Note = Note::breaking(
    has_requests_of_one_name,
    "requests of operations with the same id have the resource in their name, `DeletePet`, no longer `Delete2`; so have the \
     enums of their responses; the compiler suggests the new names",
);

/// The note for crates with methods of the same name.
pub(super) const METHODS: Note = Note::breaking(
    has_methods_of_one_name,
    "of several operations of a resource with the same verb, one whose id is only that verb has the method of that name, \
     `.delete()` beside `.delete_many()`, and another is named after its HTTP method: `.put()`, no longer `.get2()`",
);

/// The note for crates with resources that repeat their parameter.
pub(super) const PARAMETERS: Note = Note::breaking(
    repeats_parameters,
    "a method does not repeat the parameter that ends the path before it: `.by_email(email)`, no longer \
     `.by_email_by_email(email)`",
);

fn has_requests_of_one_name(apis: &[Api]) -> bool {
    apis.iter().any(|api| {
        let mut seen = BTreeSet::new();
        let mut operations = api.operations.iter();
        operations.any(|it| !seen.insert(words::snake(&it.name)))
    })
}

fn has_methods_of_one_name(apis: &[Api]) -> bool {
    let is_bare = |it: &Operation| words::snake(&it.name) == it.verb;
    let is_concerned = |api: &Api, it: &Resource| {
        let mut seen = BTreeSet::new();
        let operations = it.operations.iter().map(|it| api.operation(*it));
        let mut others = operations.filter(|it| !seen.insert(&it.verb));
        others.any(is_bare)
    };
    let mut apis = apis.iter();
    apis.any(|api| api.resources.iter().any(|it| is_concerned(api, it)))
}

fn repeats_parameters(apis: &[Api]) -> bool {
    let mut resources = apis.iter().flat_map(|it| &it.resources);
    resources.any(|it| {
        let Some(parameter) = it.parameters.last() else {
            return false;
        };
        let before = it.path.split("/{").next().unwrap_or_default();
        let literal = before.rsplit('/').next().unwrap_or_default();
        words::snake(literal).ends_with(&format!("by_{}", words::snake(&parameter.wire_name)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// Which of the notes a crate gets with these operations of `/pets/…/{id}`, and one of `/owners/{id}` named `fetch`.
    fn told(literal: &str, get: &str, put: &str) -> [bool; 3] {
        let operation = |id: &str| {
            format!("{{operationId: {id}, responses: {{'204': {{description: None.}}}}}}")
        };
        let parameters =
            "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
        let models = models(&format!(
            "paths:\n  /{literal}/{{id}}: {{{parameters}, get: {}, put: {}}}\n  /owners/{{id}}: {{{parameters}, get: {}}}\n",
            operation(get),
            operation(put),
            operation("fetch"),
        ));
        [REQUESTS, METHODS, PARAMETERS].map(|it| (it.concerns)(&models))
    }

    #[test]
    fn a_crate_is_told_of_repeated_names() {
        for (literal, get, put, notes) in [
            ("pets", "getPet", "putPet", [false; 3]),
            ("pets", "fetch", "putPet", [true, false, false]),
            ("pets", "getPet", "get", [false, true, false]),
            ("pets", "get", "getPet", [false; 3]),
            ("pets/by-id", "getPet", "putPet", [false, false, true]),
        ] {
            assert_eq!(told(literal, get, put), notes, "{literal} {get} {put}");
        }
    }
}

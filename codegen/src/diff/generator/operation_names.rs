//! The names of operations whose ids start with more than a verb, or say nothing.

use super::Note;
use crate::api::{Api, Operation};
use crate::words;

/// The verbs that have not always ended an id.
const LATER_VERBS: [&str; 36] = [
    "accept",
    "activate",
    "authenticate",
    "authorize",
    "clone",
    "confirm",
    "deactivate",
    "duplicate",
    "follow",
    "invite",
    "join",
    "leave",
    "login",
    "logout",
    "pause",
    "ping",
    "refresh",
    "register",
    "reject",
    "rename",
    "resend",
    "restart",
    "resume",
    "revoke",
    "signin",
    "signup",
    "stop",
    "submit",
    "subscribe",
    "sync",
    "unfollow",
    "unlock",
    "unsubscribe",
    "upsert",
    "validate",
    "verify",
];

/// The note for crates with operations that are named without a class, a tag, a number or a hash in their ids.
pub(super) const NOTE: Note = Note::breaking(
    concerns,
    "methods and handles of operations are named without the class, the tag, the path, the number or the hash in \
     their ids, and requests without the path: `UsersController_findAll` is `.users().find()`, no longer \
     `.users().users()`; the compiler suggests the new names",
);

fn concerns(apis: &[Api]) -> bool {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    operations.any(is_renamed)
}

/// Whether an operation has an id that says nothing.
pub(super) fn has_hashes(apis: &[Api]) -> bool {
    let mut operations = apis.iter().flat_map(|it| &it.operations);
    operations.any(|it| it.has_hash)
}

/// Whether the verb is neither the first nor the last word of the id, or the noun is not all of the others.
fn is_renamed(operation: &Operation) -> bool {
    let name = operation.name.as_str();
    let last = name.rsplit(['/', '.']).next().unwrap_or(name);
    let words = words::snake(last);
    let (first, after) = words.split_once('_').unwrap_or((&words, ""));
    let (before, last) = words.rsplit_once('_').unwrap_or(("", &words));
    let others = if operation.verb == first {
        after
    } else if operation.verb == last && !LATER_VERBS.contains(&last) {
        before
    } else {
        return true;
    };
    operation.has_hash || operation.name != operation.id || has_more(others, operation)
}

/// Whether words have a number, a count, or a part of the path besides the noun.
fn has_more(words: &str, operation: &Operation) -> bool {
    let is_version = |it: &str| {
        it.strip_prefix('v')
            .is_some_and(|it| it.parse::<u32>().is_ok())
    };
    let is_number = |it: &str| it.parse::<u32>().is_ok() || is_version(it);
    let has_number = words.split('_').next_back().is_some_and(is_number);
    let first = words.split('_').next().unwrap_or_default();
    let is_prefix = first == "api" || is_version(first);
    let is_count = matches!(words, "many" | "multiple" | "one");
    let mut parameters = operation.path_parameters.iter();
    let has_parameter = parameters.any(|it| {
        let name = words::snake(&it.wire_name);
        words.contains(&name) && !operation.noun.contains(&name)
    });
    has_number || is_prefix || is_count || has_parameter
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    #[test]
    fn a_crate_is_told_of_names_without_classes() {
        let told = |id: &str| {
            let text = format!(
                "paths:\n  /api/pets/{{id}}:\n    get:\n      operationId: {id}\n      \
                 parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
                 responses: {{'204': {{description: None.}}}}\n"
            );
            concerns(&models(&text))
        };
        for renamed in [
            "PetsController_findOne",
            "PetService_GetPet",
            "pets_partial_update",
            "pet_login",
            "getAll_1",
            "getOne",
            "getApiPetsId",
            "f999bacb7d5fe1d1d5b3b69b22b3490e",
            "read_pet_api_pets__id__get",
        ] {
            assert!(told(renamed), "{renamed}");
        }
        for same in ["getPet", "pets_list", "pets/get-by-name", "ringPet", "ring"] {
            assert!(!told(same), "{same}");
        }
    }

    #[test]
    fn a_crate_is_told_of_keys_as_ids() {
        let told = |id: &str| {
            has_hashes(&models(&format!(
                "paths:\n  /pets: {{get: {{operationId: {id}, responses: {{'204': {{description: None.}}}}}}}}\n"
            )))
        };
        assert!(told("54763641281d830c946a3d77") && !told("listPets"));
    }
}

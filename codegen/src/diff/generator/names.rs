//! The names of what would have the same name, and the methods of paths.

use super::{Note, has_html, operation_names, paths, told_apart};

/// The notes about all of these changes.
pub(super) const NOTES: &[Note] = &[
    Note::breaking(
        told_apart::has_types_of_one_name,
        "inline types that are the same are one, and others of the same name are named after what they are in: \
         `ListPetSort` and `ListOwnerSort`, no longer `Sort` and `Sort2`; a type that several values share has the name \
         that they have in common; the compiler suggests the new names",
    ),
    Note::breaking(
        told_apart::has_requests_like_types,
        "a request with the name of a type is `CreatePetRequest`, no longer `CreatePet2`",
    ),
    Note::breaking(
        told_apart::has_other_handles,
        "handles of the same name have the resource above in it, `SimUsageRecordsHandle`, no longer \
         `UsageRecordsHandle2`, and that of a resource that lists nothing is singular, `BalanceHandle`",
    ),
    Note::breaking(
        told_apart::has_taken_inputs,
        "a setter that would have the name of a method of requests begins with the noun of its operation, \
         `task_timeout`, no longer `timeout2`",
    ),
    Note::breaking(
        told_apart::has_other_variants,
        "the value `other` of an enum is `OtherValue`, no longer `Other2`, and a type in a union without a name of its own is \
         `Object`, `Text`, `Empty` or named after a key that only it has, no longer `Variant2`",
    ),
    Note::breaking(
        told_apart::has_marked_alternatives,
        "`readOnly` and `writeOnly` only count for properties, not for the alternatives of a union: such a union is one type, \
         `Pet`, no longer `Pet` and `PetInput`",
    ),
    Note::breaking(
        paths::has_actions,
        "a path that ends with an action is a method of the resource above: `.payment(id).capture()`, no longer \
         `.payment(id).capture().create()`; commands likewise",
    ),
    Note::breaking(
        paths::are_below_api,
        "`api` and the version after it no longer become methods if all paths begin with `api`: `.pets()`, no longer `.api().v1().pets()`",
    ),
    Note::breaking(
        paths::has_words_with_capitals,
        "words such as `OAuth`, `IPv4` and `URLs` are one in methods and fields: `oauth`, `ipv4`, `urls`, no longer `o_auth`, `i_pv4`, \
         `ur_ls`",
    ),
    Note::breaking(
        operation_names::has_hashes,
        "operations whose ids are 24 hexadecimal digits are named by method and path",
    ),
    Note::changing(
        has_html,
        "docs have the HTML of descriptions as Markdown; docs only, nothing to migrate",
    ),
];

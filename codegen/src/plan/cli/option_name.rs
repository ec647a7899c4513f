//! Names arguments in a shell.

use std::collections::BTreeSet;

use super::argument::body_fields;
use crate::api::{OperationIndex, Resource, ResponseKind};
use crate::plan::viewpoint::Viewpoint;
use crate::words;

/// Options that every command has in addition to those of its operation, and reserved names: renaming an operation's option
/// later would break scripts.
const USUAL: [&str; 22] = [
    "allow-plain-http",
    "attempts",
    "base-url",
    "body",
    "columns",
    "dry-run",
    "edge",
    "help",
    "mask",
    "oauth-scopes",
    "oauth-token-url",
    "output",
    "profile",
    "region",
    "request-timeout",
    "server",
    "show-personal-data",
    "timeout",
    "verbose",
    "version",
    "wait-until",
    "yes",
];

/// Additional options of lists with pages.
const OF_LISTS: [&str; 2] = ["all", "limit"];

/// The additional option of operations whose response may have another media type.
const OF_OTHER_RESPONSES: &str = "response-as";

/// Names the arguments of an operation: its path, its parameters, the fields of its body, and its bodies.
///
/// Path arguments are named after the `resources` on the way, the same in all commands; others have their names in the
/// request. A name that is reserved or taken gets the suffix `-parameter`.
pub(super) fn options<'a>(
    at: Viewpoint<'a>,
    index: OperationIndex,
    resources: impl Iterator<Item = &'a Resource>,
) -> Vec<String> {
    let operation = at.api.operation(index);
    let mut taken: BTreeSet<String> = USUAL.iter().map(|it| (*it).to_owned()).collect();
    if matches!(operation.result, ResponseKind::Page { .. }) {
        taken.extend(OF_LISTS.map(str::to_owned));
    }
    if !operation.other_responses.is_empty() {
        taken.insert(OF_OTHER_RESPONSES.to_owned());
    }
    let selectors: Vec<String> = resources.flat_map(selectors).collect();
    // Rust may number a setter because of a method of the same name; options have no such conflict.
    let parameters = operation.parameters.iter();
    let parameters: Vec<_> = parameters.map(|it| operation.words_of(it)).collect();
    let fields = body_fields(at.api, operation).iter();
    let fields = fields.map(|it| it.wire_name.as_str());
    let wires = selectors.iter().map(String::as_str);
    let wires = wires.chain(parameters.iter().map(AsRef::as_ref));
    let wires: Vec<&str> = wires.chain(fields).collect();
    let form = |wire: &str, spelling| kebab(&words::lower(&words::words(wire, spelling)));
    let spellings = words::spellings(&wires, form, |it| taken.contains(it));
    let names = wires.iter().zip(spellings);
    let names: Vec<String> = names.map(|(it, spelling)| form(it, spelling)).collect();
    let mut names: Vec<String> = names.iter().map(|it| claim(&mut taken, it)).collect();
    if operation.body.is_some() {
        names.push("body".to_owned());
    }
    let before = operation.parameters.len() + usize::from(operation.body.is_some());
    let others = at.names.inputs(index).iter().skip(before);
    let others = others.map(|it| claim(&mut taken, &kebab(it.unraw())));
    names.extend(others);
    names
}

/// Names the parameters of a resource: `sim_sid`, even if its path says `{Sid}`.
fn selectors(resource: &Resource) -> Vec<String> {
    let names = resource.parameters.iter();
    let mut names: Vec<String> = names.map(|it| words::snake(&it.wire_name)).collect();
    if let [name] = names.as_mut_slice() {
        *name = selector(&resource.accessor, name);
    }
    names
}

/// Names the only parameter of a resource, without repeating what the name of the resource ends with: `pet_by_name` has the
/// `pet_name`, and `rate_plan` the `rate_plan_sid` if that is its `plan_sid`.
fn selector(resource: &str, name: &str) -> String {
    let end = format!("_by_{name}");
    let resource = resource.strip_suffix(end.as_str()).unwrap_or(resource);
    if name.starts_with(resource) {
        return name.to_owned();
    }
    let starts = resource.match_indices('_').map(|(at, _)| at + 1);
    let continues = |it: &usize| {
        let rest = name.strip_prefix(&resource[*it..]);
        rest.is_some_and(|it| it.is_empty() || it.starts_with('_'))
    };
    match starts.into_iter().find(continues) {
        Some(start) => format!("{}{name}", &resource[..start]),
        None => format!("{resource}_{name}"),
    }
}

/// Whether the name of a resource and that of its only parameter share words: as one name, they would repeat them.
pub(crate) fn repeats_words(resource: &Resource) -> bool {
    let [parameter] = resource.parameters.as_slice() else {
        return false;
    };
    let (resource, name) = (&resource.accessor, words::snake(&parameter.wire_name));
    !name.starts_with(resource.as_str())
        && selector(resource, &name) != format!("{resource}_{name}")
}

fn claim(taken: &mut BTreeSet<String>, base: &str) -> String {
    let mut name = base.to_owned();
    let mut number = 1;
    while !taken.insert(name.clone()) {
        name = match number {
            1 => format!("{base}-parameter"),
            number => format!("{base}-parameter-{number}"),
        };
        number += 1;
    }
    name
}

/// Converts `snake_case` to a word of a shell, which does not begin with a dash.
pub(super) fn kebab(words: &str) -> String {
    let name = words.trim_matches('_').replace('_', "-");
    if name.is_empty() {
        "value".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_arguments_repeat_no_words() {
        for (resource, name, expected) in [
            ("sim", "sid", "sim_sid"),
            ("sim", "sim_sid", "sim_sid"),
            ("pet_by_name", "name", "pet_name"),
            ("pet_by_pet_id", "pet_id", "pet_id"),
            ("by_name", "name", "by_name"),
            ("rate_plan", "plan_sid", "rate_plan_sid"),
            ("file_link", "link", "file_link"),
            ("rate_plan", "planet", "rate_plan_planet"),
        ] {
            assert_eq!(selector(resource, name), expected, "{resource} {name}");
        }
    }
}

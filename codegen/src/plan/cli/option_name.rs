//! What arguments are called in a shell.

use std::collections::BTreeSet;

use super::argument::body_fields;
use crate::api::{OperationIndex, Outcome, Resource};
use crate::plan::viewpoint::Viewpoint;
use crate::words;

/// Options that commands have beside those of their operations, and names that are kept for further ones: an option of an
/// operation that had to make way would break scripts.
const USUAL: [&str; 17] = [
    "base-url",
    "body",
    "columns",
    "dry-run",
    "edge",
    "help",
    "mask",
    "output",
    "profile",
    "region",
    "server",
    "show-personal-data",
    "timeout",
    "verbose",
    "version",
    "wait-until",
    "yes",
];

/// Options that a list in pages has beside those.
const OF_LISTS: [&str; 2] = ["all", "limit"];

/// The arguments of an operation: of its path, of its parameters, of the fields of its body, and of its bodies.
///
/// Those of the path are called after the `resources` on the way, the same in all of their commands; others as the
/// request calls them. One whose name has another meaning here, or which another argument has, says that it is a parameter.
pub(super) fn options<'a>(
    at: Viewpoint<'a>,
    index: OperationIndex,
    resources: impl Iterator<Item = &'a Resource>,
) -> Vec<String> {
    let operation = at.api.operation(index);
    let mut taken: BTreeSet<String> = USUAL.iter().map(|it| (*it).to_owned()).collect();
    if matches!(operation.result, Outcome::Page { .. }) {
        taken.extend(OF_LISTS.map(str::to_owned));
    }
    let mut words: Vec<String> = resources.flat_map(selectors).collect();
    // What is numbered in Rust for the sake of a method has its own name here.
    let parameters = operation.parameters.iter();
    words.extend(parameters.map(|it| words::snake(&it.wire_name)));
    let fields = body_fields(at.api, operation).iter();
    words.extend(fields.map(|it| words::snake(&it.wire_name)));
    let mut names: Vec<String> = words.iter().map(|it| claim(&mut taken, it)).collect();
    if operation.body.is_some() {
        names.push("body".to_owned());
    }
    let before = operation.parameters.len() + usize::from(operation.body.is_some());
    let others = at.names.inputs(index).iter().skip(before);
    let others = others.map(|it| claim(&mut taken, it.unraw()));
    names.extend(others);
    names
}

/// What the parameters of a resource are called: `sim_sid`, though its own path may have no more than `{Sid}`.
fn selectors(resource: &Resource) -> Vec<String> {
    let names = resource.parameters.iter();
    let mut names: Vec<String> = names.map(|it| words::snake(&it.wire_name)).collect();
    let resource = resource.accessor.as_str();
    if let [name] = names.as_mut_slice()
        && !name.starts_with(resource)
    {
        *name = format!("{resource}_{name}");
    }
    names
}

fn claim(taken: &mut BTreeSet<String>, words: &str) -> String {
    let base = kebab(words);
    let mut name = base.clone();
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

/// Words in `snake_case` as a word of a shell, which begins with no dash.
pub(super) fn kebab(words: &str) -> String {
    let name = words.trim_matches('_').replace('_', "-");
    if name.is_empty() {
        "value".to_owned()
    } else {
        name
    }
}

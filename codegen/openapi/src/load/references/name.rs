//! Names the schemas that become components because a reference leads to them.

use std::collections::BTreeSet;

use crate::bundle::Destination;
use crate::pointer::Pointer;

/// Claims the last word of a pointer as a component name, numbered from 2 if it is taken. A whole file is named after
/// itself, without its extension.
pub(super) fn component_name(target: &Pointer, taken: &mut BTreeSet<String>) -> String {
    let last = match Destination::of_place(target) {
        Some(Destination::File { name, at }) if at == Pointer::root() => stem(&name).to_owned(),
        Some(_) | None => target.tokens().last().unwrap_or_default(),
    };
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    let plain: String = last
        .chars()
        .map(|it| if is_allowed(it) { it } else { '_' })
        .collect();
    let base = match plain.trim_matches('_') {
        "" => "schema",
        _ => &plain,
    };
    let mut name = base.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}{number}");
        number += 1;
    }
    name
}

/// The name of a file without its extension: `pet` of `schemas/pet.yaml`.
fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

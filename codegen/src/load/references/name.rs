//! What a schema is called that becomes a component because a reference leads to it.

use std::collections::BTreeSet;

use crate::pointer::Pointer;

/// Claims the last word of a pointer as the name of a component, with a number from 2 on if it is taken.
pub(super) fn component_name(target: &Pointer, taken: &mut BTreeSet<String>) -> String {
    let last = target.tokens().last().unwrap_or_default();
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

//! Finds out which schemas extend others by `allOf`, for stages with different forms of a document.

use std::collections::BTreeSet;

use crate::pointer::Pointer;

/// How many schemas to search. Real ones extend less than fifty.
const MAX_SCHEMAS: usize = 100;

/// Returns whether the schema at `child` includes the one at `parent` by `allOf`, directly or through others. `parents`
/// returns the places of the schemas that a schema includes itself.
pub(crate) fn extends(
    child: Pointer,
    parent: &Pointer,
    parents: impl Fn(&Pointer) -> Vec<Pointer>,
) -> bool {
    let mut known = BTreeSet::new();
    // Not recursive: a chain of schemas may be as long as the document.
    let mut open = vec![child];
    while let Some(at) = open.pop() {
        if known.len() == MAX_SCHEMAS {
            return false;
        }
        let found = parents(&at);
        if found.contains(parent) {
            return true;
        }
        if known.insert(at) {
            open.extend(found.into_iter().filter(|it| !known.contains(it)));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_extend_what_they_include_through_others() {
        let at = |number: usize| Pointer::root().index(number);
        let number = |at: &Pointer| at.tokens().last().unwrap().parse::<usize>().unwrap();
        // Each schema includes the next one, and the last ones each other.
        let next = |it: &Pointer| vec![at(number(it) + 1), at(number(it) / 2)];
        assert!(extends(at(0), &at(1), next));
        assert!(extends(at(0), &at(40), next));
        assert!(!extends(at(0), &at(1_000), next));
        assert!(!extends(at(0), &at(1), |_| Vec::new()));
    }
}

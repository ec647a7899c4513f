//! Determines in which directions the values of each type travel.

use std::collections::BTreeSet;

use crate::api::usage::{self, Usage};
use crate::api::{Api, TypeId};

/// Returns the types of values that callers send, and of those that they receive. Callers may read types that no operation
/// uses, such as those of webhooks, with all types inside of them, but not the relatives of a type that is only sent, nor
/// that type itself.
pub(super) fn traffic(api: &Api) -> Usage {
    let Usage { sent, received } = Usage::by_operations(api);
    let families = families(&relations(api));
    let only_sent: BTreeSet<TypeId> = sent.difference(&received).copied().collect();
    let mut read = received.clone();
    let idle = api.items();
    for id in idle.filter(|it| !sent.contains(it) && !received.contains(it)) {
        let family = families.iter().find(|it| it.contains(&id));
        let sent_relatives: BTreeSet<TypeId> = family.map(|it| it & &only_sent).unwrap_or_default();
        let has_received = family.is_some_and(|it| !it.is_disjoint(&received));
        if sent_relatives.is_empty() || has_received {
            usage::walk_type(api, id, &mut |id| {
                !sent_relatives.contains(&id) && read.insert(id)
            });
        }
    }
    Usage {
        sent,
        received: read,
    }
}

/// Returns the pairs of types of which one extends the other.
fn relations(api: &Api) -> Vec<(TypeId, TypeId)> {
    let ids = (0..api.types.len()).map(TypeId);
    // The fields of a base schema are a variant of its union.
    let bases = ids.flat_map(|id| {
        let variants = api.type_definition(id).shape.variants().iter();
        let types = variants.filter_map(|it| api.ty(it.value.schema).named());
        let bases = types.filter(|it| api.type_definition(*it).is_base);
        bases.map(move |it| (it, id))
    });
    bases.chain(api.extensions.iter().copied()).collect()
}

/// Returns the sets of types that are related, directly or through others.
fn families(relations: &[(TypeId, TypeId)]) -> Vec<BTreeSet<TypeId>> {
    let mut families: Vec<BTreeSet<TypeId>> = Vec::new();
    for (one, other) in relations {
        let is_of = |it: &mut BTreeSet<TypeId>| it.contains(one) || it.contains(other);
        let mut family: BTreeSet<TypeId> = families.extract_if(.., is_of).flatten().collect();
        family.extend([one, other]);
        families.push(family);
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_joined_by_any_relation() {
        let relations = [(1, 2), (3, 4), (5, 4), (2, 3), (7, 8)];
        let relations = relations.map(|(one, other)| (TypeId(one), TypeId(other)));
        let sizes: Vec<usize> = families(&relations).iter().map(BTreeSet::len).collect();
        assert_eq!(sizes, [5, 2]);
    }
}

//! Pairs the variants of unions.

use std::collections::BTreeMap;

use super::snapshot::Snapshot;
use crate::api::{TypeId, Variant};

/// A union in both versions, with the new type of each old one as far as it is known.
#[derive(Clone, Copy)]
pub(super) struct Unions<'a, 't> {
    pub(super) snapshots: [&'a Snapshot<'a>; 2],
    pub(super) ids: [TypeId; 2],
    pub(super) types: &'t BTreeMap<TypeId, TypeId>,
}

impl<'a> Unions<'a, '_> {
    /// Returns the variants in both versions, as indices: with the same name, or else with the same name in Rust, a common
    /// tag or the same type. A variant has the name of a component, which may be renamed although values are the same.
    pub(super) fn variants(self) -> Vec<(usize, usize)> {
        let [old, new] = [0, 1].map(|it| self.of(it));
        let is_same: [&dyn Fn(usize, usize) -> bool; 4] = [
            &|from, to| old[from].name == new[to].name,
            &|from, to| self.rust_name(0, from) == self.rust_name(1, to),
            &|from, to| old[from].tags.iter().any(|it| new[to].tags.contains(it)),
            &|from, to| self.are_types_paired(&old[from], &new[to]),
        ];
        let mut now: Vec<Option<usize>> = vec![None; old.len()];
        let mut is_taken = vec![false; new.len()];
        for is_same in is_same {
            for (from, now) in now.iter_mut().enumerate().filter(|(_, it)| it.is_none()) {
                let mut free = (0..new.len()).filter(|to| !is_taken[*to]);
                *now = free.find(|to| is_same(from, *to));
                if let Some(to) = *now {
                    is_taken[to] = true;
                }
            }
        }
        let pairs = now.into_iter().enumerate();
        pairs.filter_map(|(from, to)| Some((from, to?))).collect()
    }

    /// Like [`Self::variants`].
    pub(super) fn both(self) -> Vec<(&'a Variant, &'a Variant)> {
        let [old, new] = [0, 1].map(|it| self.of(it));
        let pairs = self.variants().into_iter();
        pairs.map(|(from, to)| (&old[from], &new[to])).collect()
    }

    /// Returns the variants of one version: the old one is 0.
    pub(super) fn of(self, version: usize) -> &'a [Variant] {
        let api = self.snapshots[version].api;
        api.type_definition(self.ids[version]).shape.variants()
    }

    /// Returns the name of a variant in Rust. Variants are planned in the order of the model.
    pub(super) fn rust_name(self, version: usize, index: usize) -> &'a str {
        let planned = &self.snapshots[version].unions[&self.ids[version]].variants;
        planned[index].name.as_str()
    }

    /// Returns the variants left by [`Self::variants`] that may be one under two names: objects with the same fields, and no
    /// value that tells them from each other.
    pub(super) fn alike(
        self,
        are_alike: impl Fn(TypeId, TypeId) -> bool,
    ) -> Vec<(&'a Variant, &'a Variant)> {
        let [old, new] = [0, 1].map(|it| self.of(it));
        let paired = self.variants();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for from in (0..old.len()).filter(|from| paired.iter().all(|it| it.0 != *from)) {
            let free = (0..new.len()).filter(|to| paired.iter().all(|it| it.1 != *to));
            let mut free = free.filter(|to| pairs.iter().all(|it| it.1 != *to));
            let found = free.find(|to| {
                let types = self.types_of(&old[from], &new[*to]);
                self.are_told_alike([from, *to]) && types.is_some_and(|[a, b]| are_alike(a, b))
            });
            pairs.extend(found.map(|to| (from, to)));
        }
        let pairs = pairs.into_iter();
        pairs.map(|(from, to)| (&old[from], &new[to])).collect()
    }

    /// Returns whether neither has tags, and both have the same constants.
    fn are_told_alike(self, indices: [usize; 2]) -> bool {
        let [old, new] = [0, 1].map(|version| {
            let planned = &self.snapshots[version].unions[&self.ids[version]].variants;
            &planned[indices[version]].shape
        });
        old.tags.is_empty() && new.tags.is_empty() && old.constants == new.constants
    }

    /// Returns the types of two variants, if they have names.
    fn types_of(self, old: &Variant, new: &Variant) -> Option<[TypeId; 2]> {
        let [before, after] = self.snapshots.map(|it| it.api);
        let old = before.ty(old.value.schema).named()?;
        let new = after.ty(new.value.schema).named()?;
        Some([old, new])
    }

    fn are_types_paired(self, old: &Variant, new: &Variant) -> bool {
        let types = self.types_of(old, new);
        types.is_some_and(|[old, new]| self.types.get(&old) == Some(&new))
    }
}

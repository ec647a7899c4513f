//! Compares unions: their types, and how a value's type is recognized.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparing, RuleMatch, places};
use super::public_api::conversion;
use super::rule::Rule;
use super::types::Both;
use super::variants::Unions;
use super::wording::{self, code, optional};
use crate::api::{Api, TypeId, Union, Variant};

impl<'a> Comparing<'a> {
    pub(super) fn union(&mut self, both: Both<'_>, old: &Union, new: &Union) {
        let path = self.new.type_path(both.to);
        let at = [&both.old.at, &both.new.at];
        let is_used = self.travels(both).is_any();
        if is_used && old.tag != new.tag {
            let tags = [&old.tag, &new.tag].map(|it| optional(it.as_deref()));
            self.add(RuleMatch {
                rule: Rule::UnionTagChanged,
                message: format!(
                    "a different key tells what a `{path}` is: {} → {}",
                    tags[0], tags[1]
                ),
                item: path.clone(),
                at: places(at),
                evidence: Vec::new(),
            });
        }
        if is_used {
            self.nested_tags(both, [old, new]);
        }
        let pairs = self.unions(both).variants();
        self.union_order(both, &pairs);
        for &(from, to) in &pairs {
            self.variant(both, &path, [from, to]);
        }
        self.conversions(both, &path, &pairs);
        for (index, variant) in old.variants.iter().enumerate() {
            if pairs.iter().all(|it| it.0 != index) {
                let item = format!("{path}::{}", self.unions(both).rust_name(0, index));
                self.add(RuleMatch {
                    rule: Rule::UnionVariantRemoved,
                    message: format!("`{path}` is no longer a {}", code(&variant.name)),
                    evidence: vec![item.clone(), conversion(&item)],
                    item,
                    at: places([&variant.value.at, at[1]]),
                });
            }
        }
        for (index, variant) in new.variants.iter().enumerate() {
            if pairs.iter().all(|it| it.1 != index) {
                let item = format!("{path}::{}", self.unions(both).rust_name(1, index));
                self.add(RuleMatch {
                    rule: Rule::UnionVariantAdded,
                    message: format!("`{path}` may be a {}", code(&variant.name)),
                    evidence: vec![item.clone(), conversion(&item)],
                    item,
                    at: places([at[0], &variant.value.at]),
                });
            }
        }
    }

    /// Returns a union in both versions.
    pub(super) fn unions(&self, both: Both<'_>) -> Unions<'a, '_> {
        self.unions_of([both.from, both.to])
    }

    fn unions_of(&self, ids: [TypeId; 2]) -> Unions<'a, '_> {
        Unions {
            snapshots: [self.old, self.new],
            ids,
            types: &self.pairs.types,
        }
    }

    /// Compares the tags that select a variant of a union inside.
    fn nested_tags(&mut self, both: Both<'_>, unions: [&Union; 2]) {
        let path = self.new.type_path(both.to);
        let [old, new] = unions;
        let [before, after] = [self.old.api, self.new.api];
        let name = |id: TypeId, index: usize| {
            let variants: &[Variant] = after.type_definition(id).shape.variants();
            variants[index].name.clone()
        };
        let before = selected(before, (both.from, old), |id, index| {
            self.name_now(id, index)
        });
        let after = selected(after, (both.to, new), name);
        let selected = [before, after];
        let tags: BTreeSet<&str> = selected.iter().flatten().map(|it| *it.0).collect();
        for tag in tags {
            let words = selected.each_ref().map(|it| it.get(tag));
            if words[0] == words[1] {
                continue;
            }
            let words = words.map(|it| match it {
                Some(names) => code(&names.join("::")),
                None => "nothing inside of a variant".to_owned(),
            });
            let tag = code(tag);
            self.add(RuleMatch {
                rule: Rule::UnionTagChanged,
                message: format!(
                    "in `{path}`, {tag} selects {}, and selected {}",
                    words[1], words[0]
                ),
                item: path.clone(),
                at: places([&both.old.at, &both.new.at]),
                evidence: Vec::new(),
            });
        }
    }

    /// Returns the new name of a variant of an old union.
    fn name_now(&self, union: TypeId, index: usize) -> String {
        let old = &self.old.api.type_definition(union).shape.variants()[index];
        let now = self.pairs.types.get(&union).and_then(|to| {
            let unions = self.unions_of([union, *to]);
            let is_union = self.new.unions.contains_key(to);
            let pairs = if is_union {
                unions.variants()
            } else {
                Vec::new()
            };
            let (_, now) = pairs.into_iter().find(|it| it.0 == index)?;
            Some(unions.of(1)[now].name.clone())
        });
        now.unwrap_or_else(|| old.name.clone())
    }

    /// Compares a type in both versions of a union, given its index in each.
    fn variant(&mut self, both: Both<'_>, path: &str, [from, to]: [usize; 2]) {
        let unions = self.unions(both);
        let (old, new): (&'a Variant, &'a Variant) = (&unions.of(0)[from], &unions.of(1)[to]);
        let [before, item] = [(0, from), (1, to)].map(|(version, index)| {
            let union = [self.old.type_path(both.from), path.to_owned()];
            format!("{}::{}", union[version], unions.rust_name(version, index))
        });
        self.renamed_member(&before, &item, [&old.value.at, &new.value.at]);
        let name = code(&new.name);
        let mut found = Vec::new();
        if !self.is_same_value(&old.value, &new.value) {
            let types = [
                wording::value(self.old, &old.value),
                wording::value(self.new, &new.value),
            ];
            let what = format!(
                "{name} of `{path}` holds a different type: {} → {}",
                types[0], types[1]
            );
            found.push((Rule::UnionVariantTypeChanged, what));
        } else {
            let moves = self.moved(self.travels(both), [old.value.schema, new.value.schema]);
            let moves = moves.into_iter();
            found.extend(moves.map(|(rule, what)| (rule, format!("{name} of `{path}` {what}"))));
        }
        let sets = [old, new].map(|it| it.tags.iter().collect::<BTreeSet<_>>());
        if self.travels(both).is_any() && sets[0] != sets[1] {
            let tags = [&old.tags, &new.tags].map(|it| match it.as_slice() {
                [] => "its shape".to_owned(),
                tags => code(&tags.join(", ")),
            });
            let what = format!(
                "{name} of `{path}` is recognized by {}, and was by {}",
                tags[1], tags[0]
            );
            let variants = self.old.api.type_definition(both.from).shape.variants();
            let rule = match has_only_more_tags(variants, old, new) {
                true => Rule::UnionTagAdded,
                false => Rule::UnionTagChanged,
            };
            found.push((rule, what));
        }
        for (rule, message) in found {
            self.add(RuleMatch {
                rule,
                item: item.clone(),
                at: places([&old.value.at, &new.value.at]),
                message,
                evidence: vec![item.clone(), conversion(&item)],
            });
        }
    }

    /// Compares which types of both versions convert into a union.
    fn conversions(&mut self, both: Both<'_>, path: &str, pairs: &[(usize, usize)]) {
        let [old, new] = [
            &self.old.unions[&both.from].variants,
            &self.new.unions[&both.to].variants,
        ];
        for (rule, is_lost, verb) in [
            (Rule::TypeUseNarrowed, true, "no longer converts from"),
            (Rule::TypeUseWidened, false, "converts from"),
        ] {
            let changed = pairs.iter().map(|(from, to)| (&old[*from], &new[*to]));
            let changed = changed
                .filter(|(old, new)| old.converts == is_lost && new.converts != is_lost)
                .map(|(_, new)| new.name.as_str());
            let changed: Vec<&str> = changed.collect();
            if changed.is_empty() {
                continue;
            }
            let items = changed.iter().map(|it| format!("{path}::{it}"));
            self.add(RuleMatch {
                rule,
                message: format!("`{path}` {verb} the type of {}", code(&changed.join(", "))),
                item: path.to_owned(),
                at: places([&both.old.at, &both.new.at]),
                evidence: items.map(|it| conversion(&it)).collect(),
            });
        }
    }
}

/// Returns whether a variant keeps its tags, and each tag that it gains was read as `Other`. `variants` are those of the old
/// union.
fn has_only_more_tags(variants: &[Variant], old: &Variant, new: &Variant) -> bool {
    // The shape of a variant without tags may have fitted.
    let are_all_tagged = variants.iter().all(|it| !it.tags.is_empty());
    let added = new.tags.iter().filter(|it| !old.tags.contains(it));
    let are_new = added
        .clone()
        .all(|tag| variants.iter().all(|it| !it.tags.contains(tag)));
    are_all_tagged && are_new && old.tags.iter().all(|it| new.tags.contains(it))
}

/// Returns the tags of a union that select a variant of a union inside, each with the names of the variants on the way.
/// `name` returns the name of a variant, given its union and its index there.
fn selected<'a>(
    api: &'a Api,
    (id, union): (TypeId, &'a Union),
    name: impl Fn(TypeId, usize) -> String,
) -> BTreeMap<&'a str, Vec<String>> {
    let selected = union.nested_tags.iter().map(|it| {
        let mut names = Vec::new();
        let mut union = id;
        for &index in &it.path {
            names.push(name(union, index));
            let variant = &api.type_definition(union).shape.variants()[index];
            if let Some(inner) = api.ty(variant.value.schema).named() {
                union = inner;
            }
        }
        (it.tag.as_str(), names)
    });
    selected.collect()
}

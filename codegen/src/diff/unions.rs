//! Compares unions: their types, and how a value's type is recognized.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparing, RuleMatch, places};
use super::pairs::{in_both, is_same_variant, only_in};
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::types::Both;
use super::wording::{self, code, optional};
use crate::api::{Api, TypeId, Union, Variant};

impl Comparing<'_> {
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
        self.union_order(both, [&old.variants, &new.variants]);
        for (old, new) in in_both(&old.variants, &new.variants, is_same_variant) {
            self.variant(both, &path, old, new);
        }
        for variant in only_in(&old.variants, &new.variants, is_same_variant) {
            let item = item(self.old, both.from, &path, variant);
            self.add(RuleMatch {
                rule: Rule::UnionVariantRemoved,
                message: format!("`{path}` is no longer a {}", code(&variant.name)),
                evidence: vec![item.clone()],
                item,
                at: places([&variant.value.at, at[1]]),
            });
        }
        for variant in only_in(&new.variants, &old.variants, is_same_variant) {
            let item = item(self.new, both.to, &path, variant);
            self.add(RuleMatch {
                rule: Rule::UnionVariantAdded,
                message: format!("`{path}` may be a {}", code(&variant.name)),
                evidence: vec![item.clone()],
                item,
                at: places([at[0], &variant.value.at]),
            });
        }
    }

    /// Compares the tags that select a variant of a union inside.
    fn nested_tags(&mut self, both: Both<'_>, unions: [&Union; 2]) {
        let path = self.new.type_path(both.to);
        let selected = [
            selected(self.old.api, unions[0]),
            selected(self.new.api, unions[1]),
        ];
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

    /// Compares a type in both versions of a union.
    fn variant(&mut self, both: Both<'_>, path: &str, old: &Variant, new: &Variant) {
        let item = item(self.new, both.to, path, new);
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
                evidence: vec![item.clone()],
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
fn selected<'a>(api: &'a Api, union: &'a Union) -> BTreeMap<&'a str, Vec<&'a str>> {
    let selected = union.nested_tags.iter().map(|it| {
        let mut names = Vec::new();
        let mut variants = union.variants.as_slice();
        for &index in &it.path {
            let variant = &variants[index];
            names.push(variant.name.as_str());
            let named = api.ty(variant.value.schema).named();
            variants = named.map_or(&[], |id| api.type_definition(id).shape.variants());
        }
        (it.tag.as_str(), names)
    });
    selected.collect()
}

/// Returns the path of a variant of the union `id`, which is at `path` in the new version.
fn item(snapshot: &Snapshot<'_>, id: TypeId, path: &str, variant: &Variant) -> String {
    let variants = snapshot.api.type_definition(id).shape.variants();
    // Variants are planned in the order of the model.
    let planned = &snapshot.unions[&id].variants;
    let mut names = variants.iter().zip(planned);
    let name = names.find(|(it, _)| it.name == variant.name);
    format!("{path}::{}", name.map_or("", |(_, it)| it.name.as_str()))
}

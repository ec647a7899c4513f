//! Unions: their types, and what tells these apart.

use super::compare::{Comparing, Found};
use super::limits::Travels;
use super::pairs::variants_by_name;
use super::rule::Rule;
use super::side::Side;
use super::types::Both;
use super::wording::{self, code, optional};
use crate::api::{TypeId, Union, Variant};
use crate::plan::Derive;

impl Comparing<'_> {
    pub(super) fn union(&mut self, both: Both<'_>, old: &Union, new: &Union) {
        let path = self.new.type_path(both.to);
        let at = [&both.old.at, &both.new.at];
        if old.tag != new.tag {
            let tags = [&old.tag, &new.tag].map(|it| optional(it.as_deref()));
            self.add(Found {
                rule: Rule::UnionTagChanged,
                message: format!(
                    "another key tells what a `{path}` is: {} → {}",
                    tags[0], tags[1]
                ),
                item: path.clone(),
                old: Some(at[0].clone()),
                new: Some(at[1].clone()),
                evidence: Vec::new(),
            });
        }
        for (old, new) in variants_by_name(&old.variants, &new.variants) {
            self.variant(both, &path, old, new);
        }
        let has = |variants: &[Variant], name: &str| variants.iter().any(|it| it.name == name);
        for variant in old
            .variants
            .iter()
            .filter(|it| !has(&new.variants, &it.name))
        {
            let item = item(self.old, both.from, &path, variant);
            self.add(Found {
                rule: Rule::UnionVariantRemoved,
                message: format!("`{path}` is no longer a {}", code(&variant.name)),
                evidence: vec![item.clone()],
                item,
                old: Some(variant.value.at.clone()),
                new: Some(at[1].clone()),
            });
        }
        for variant in new
            .variants
            .iter()
            .filter(|it| !has(&old.variants, &it.name))
        {
            let item = item(self.new, both.to, &path, variant);
            self.add(Found {
                rule: Rule::UnionVariantAdded,
                message: format!("`{path}` may be a {}", code(&variant.name)),
                evidence: vec![item.clone()],
                item,
                old: Some(at[0].clone()),
                new: Some(variant.value.at.clone()),
            });
        }
    }

    /// Compares a type that both versions of a union have.
    fn variant(&mut self, both: Both<'_>, path: &str, old: &Variant, new: &Variant) {
        let item = item(self.new, both.to, path, new);
        let at = [Some(old.value.at.clone()), Some(new.value.at.clone())];
        let name = code(&new.name);
        let mut found = Vec::new();
        if !self.is_same_value(&old.value, &new.value) {
            let types = [
                wording::value(self.old, &old.value),
                wording::value(self.new, &new.value),
            ];
            let what = format!(
                "{name} of `{path}` holds another type: {} → {}",
                types[0], types[1]
            );
            found.push((Rule::UnionVariantTypeChanged, what));
        } else {
            let union = self.new.unions[&both.to];
            let travels = Travels {
                sent: union.derives.contains(&Derive::Serialize),
                received: union.reading.is_some(),
            };
            let moves = self.moved(travels, [old.value.schema, new.value.schema]);
            let moves = moves.into_iter();
            found.extend(moves.map(|(rule, what)| (rule, format!("{name} of `{path}` {what}"))));
        }
        if old.tags != new.tags {
            let tags = [&old.tags, &new.tags].map(|it| match it.as_slice() {
                [] => "its shape".to_owned(),
                tags => code(&tags.join(", ")),
            });
            let what = format!(
                "{name} of `{path}` is told by {}, was by {}",
                tags[1], tags[0]
            );
            found.push((Rule::UnionTagChanged, what));
        }
        for (rule, message) in found {
            let [old, new] = at.clone();
            self.add(Found {
                rule,
                item: item.clone(),
                old,
                new,
                message,
                evidence: vec![item.clone()],
            });
        }
    }
}

/// The item of a variant of the union `id`, which is at `path` in the new version.
fn item(side: &Side<'_>, id: TypeId, path: &str, variant: &Variant) -> String {
    let variants = side.api.type_definition(id).shape.variants();
    // The variants are planned in the order of the model.
    let planned = &side.unions[&id].variants;
    let mut names = variants.iter().zip(planned);
    let name = names.find(|(it, _)| it.name == variant.name);
    format!("{path}::{}", name.map_or("", |(_, it)| it.name.as_str()))
}

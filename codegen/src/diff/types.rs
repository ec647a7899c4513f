//! Compares types: objects with their traits, and enumerations with their values.

use super::compare::{Comparing, RuleMatch, places};
use super::public_api::{PublicApi, constructor, keys_of, literal};
use super::rule::Rule;
use super::wording::code;
use crate::api::{EnumValue, Shape, TypeDefinition, TypeId};
use crate::plan::EnumVariant;

/// A type in both versions.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) from: TypeId,
    pub(super) to: TypeId,
    pub(super) old: &'a TypeDefinition,
    pub(super) new: &'a TypeDefinition,
}

impl<'a> Comparing<'a> {
    pub(super) fn types(&mut self) {
        let pairs = self.pairs.types.clone();
        for (&from, &to) in &pairs {
            let (old, new): (&'a _, &'a _) = (
                self.old.api.type_definition(from),
                self.new.api.type_definition(to),
            );
            self.type_pair(Both { from, to, old, new });
        }
        for from in self.old.api.items() {
            if !pairs.contains_key(&from) {
                self.removed_type(from);
            }
        }
        for to in self.new.api.items() {
            if !pairs.values().any(|&it| it == to) {
                self.added_type(to);
            }
        }
    }

    fn removed_type(&mut self, id: TypeId) {
        let path = self.old.type_path(id);
        self.add(RuleMatch {
            rule: Rule::TypeRemoved,
            message: format!("the type `{path}` was removed"),
            evidence: self.keys_before(&path),
            item: path,
            at: [Some(self.old.api.type_definition(id).at.clone()), None],
        });
    }

    fn added_type(&mut self, id: TypeId) {
        let path = self.new.type_path(id);
        self.add(RuleMatch {
            rule: Rule::TypeAdded,
            message: format!("the type `{path}` was added"),
            evidence: self.keys_after(&path),
            item: path,
            at: [None, Some(self.new.api.type_definition(id).at.clone())],
        });
    }

    fn type_pair(&mut self, both: Both<'_>) {
        let TypeDefinition {
            name: _, // by the name of the item
            longer_names: _,
            uses: _,
            doc,
            at,
            shape,
            is_item: _,     // all paired types are items
            received_as: _, // sent and received types are compared separately
            left_out: _,    // with the fields
            is_base: _,     // its union is compared
        } = both.old;
        let at = [at, &both.new.at];
        let [before, after] = [self.old.type_path(both.from), self.new.type_path(both.to)];
        self.prose(&after, [doc, &both.new.doc], at);
        self.renamed_type(&before, &after, at);
        self.columns(both);
        match (shape, &both.new.shape) {
            (Shape::Object(old), Shape::Object(new)) => {
                self.traits(both, &after);
                self.fields(both, &old.fields, &new.fields);
                self.rest(both, [old.rest.as_ref(), new.rest.as_ref()]);
            }
            (Shape::Enumeration(old), Shape::Enumeration(new)) => {
                self.traits(both, &after);
                self.values(both, old, new);
            }
            (Shape::Union(old), Shape::Union(new)) => {
                self.traits(both, &after);
                self.union(both, old, new);
            }
            (Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_), _) => {
                let mut evidence = self.keys_before(&before);
                evidence.extend(self.keys_before(&after));
                evidence.extend(self.keys_after(&after));
                let [was, is] = [shape, &both.new.shape].map(|it| match it {
                    Shape::Object(_) => "a struct",
                    Shape::Enumeration(_) => "an enum",
                    Shape::Union(_) => "a union",
                });
                self.add(RuleMatch {
                    rule: Rule::TypeKindChanged,
                    message: format!("`{after}` was {was} and is {is}"),
                    item: after,
                    at: places(at),
                    evidence,
                });
            }
        }
    }

    /// Compares what callers can do with a type besides reading it: traits, conversions, literals.
    fn traits(&mut self, both: Both<'_>, path: &str) {
        let start = format!("{path}: ");
        let (written, made) = (literal(path), constructor(path));
        let abilities_only_in = |one: &PublicApi, other: &PublicApi| -> Vec<String> {
            keys_of(one, path)
                .filter(|key| key.starts_with(&start) || [&written, &made].contains(key))
                .filter(|key| !other.contains_key(*key))
                .cloned()
                .collect()
        };
        let lost = abilities_only_in(&self.before, &self.after);
        let gained = abilities_only_in(&self.after, &self.before);
        for (rule, keys, verb) in [
            (Rule::TypeUseNarrowed, lost, "no longer has"),
            (Rule::TypeUseWidened, gained, "has"),
        ] {
            if keys.is_empty() {
                continue;
            }
            let names: Vec<String> = keys
                .iter()
                .map(|key| match key.strip_prefix(&start) {
                    Some(name) => format!("`{name}`"),
                    None if *key == made => "the function `new`".to_owned(),
                    None => "all of its fields for callers to write".to_owned(),
                })
                .collect();
            self.add(RuleMatch {
                rule,
                item: path.to_owned(),
                at: places([&both.old.at, &both.new.at]),
                message: format!("`{path}` {verb} {}", names.join(", ")),
                evidence: keys,
            });
        }
    }

    fn values(&mut self, both: Both<'_>, old: &[EnumValue], new: &[EnumValue]) {
        let path = self.new.type_path(both.to);
        let was = self.old.type_path(both.from);
        let [before, after] = [
            &self.old.enumerations[&both.from].variants,
            &self.new.enumerations[&both.to].variants,
        ];
        // Variants are planned in the order of the values.
        let at = |snapshot: &TypeDefinition| snapshot.at.key("enum");
        for (index, variant) in before.iter().enumerate() {
            let EnumVariant {
                name, wire: value, ..
            } = variant;
            let item = format!("{path}::{name}");
            match namesake(before, index, after) {
                None => self.add(RuleMatch {
                    rule: Rule::EnumValueRemoved,
                    message: format!("the value {} of `{path}` was removed", code(value)),
                    evidence: vec![item.clone()],
                    item,
                    at: [
                        Some(at(both.old).index(old[index].index)),
                        Some(at(both.new)),
                    ],
                }),
                Some(now) => {
                    let item = format!("{path}::{}", now.name);
                    let at = [&both.old.at, &both.new.at];
                    self.renamed_member(&format!("{was}::{name}"), &item, at);
                    self.prose(&item, [&variant.doc, &now.doc], at);
                }
            }
        }
        for (index, variant) in after.iter().enumerate() {
            let EnumVariant {
                name, wire: value, ..
            } = variant;
            if namesake(after, index, before).is_none() {
                let item = format!("{path}::{name}");
                self.add(RuleMatch {
                    rule: Rule::EnumValueAdded,
                    message: format!("`{path}` has a new value {}", code(value)),
                    evidence: vec![item.clone()],
                    item,
                    at: [
                        Some(at(both.old)),
                        Some(at(both.new).index(new[index].index)),
                    ],
                });
            }
        }
    }
}

/// Returns the variant of the other version for the same value. If a version has several, they are paired in order.
fn namesake<'a>(
    variants: &[EnumVariant],
    index: usize,
    others: &'a [EnumVariant],
) -> Option<&'a EnumVariant> {
    let value = &variants[index].wire;
    let is_same = |it: &&EnumVariant| it.wire == *value;
    let earlier = variants[..index].iter().filter(is_same).count();
    others.iter().filter(is_same).nth(earlier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naming::{Case, Scope};

    fn variants(values: &[&str]) -> Vec<EnumVariant> {
        let mut scope = Scope::new(Case::Camel, &[]);
        let variants = values.iter().map(|it| EnumVariant {
            name: scope.claim(it),
            wire: (*it).to_owned(),
            doc: Vec::new(),
        });
        variants.collect()
    }

    #[test]
    fn values_that_come_twice_are_paired_in_order() {
        let [one, two] = [variants(&["new", "new"]), variants(&["new"])];
        let names = |of: &[EnumVariant], others| -> Vec<Option<String>> {
            let names = (0..of.len()).map(|index| namesake(of, index, others));
            names.map(|it| it.map(|it| it.name.to_string())).collect()
        };
        let [first, second] = ["New", "New2"].map(|it| Some(it.to_owned()));
        assert_eq!(names(&one, &one), [first.clone(), second]);
        assert_eq!(names(&one, &two), [first.clone(), None]);
        assert_eq!(names(&two, &one), [first]);
    }
}

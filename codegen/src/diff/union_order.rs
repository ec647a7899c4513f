//! Compares the order of a union's types, which decides where a value fits several of them equally well.

use super::compare::{Comparing, RuleMatch, places};
use super::rule::Rule;
use super::types::Both;
use super::wording::code;
use crate::plan::{JsonKind, JsonShape};

impl Comparing<'_> {
    /// Compares which of two types a value is read as that fits both. `pairs` are the indices of the types in both versions.
    pub(super) fn union_order(&mut self, both: Both<'_>, pairs: &[(usize, usize)]) {
        if !self.travels(both).received {
            return;
        }
        let before = |index| pairs.iter().find(|it| it.1 == index).map(|it| it.0);
        let new = self.unions(both).of(1);
        // Variants are planned in the order of the model.
        let shapes = &self.new.unions[&both.to].variants;
        let mut found = Vec::new();
        for (index, first) in new.iter().enumerate() {
            for (later, second) in new.iter().enumerate().skip(index + 1) {
                let was_first = match [index, later].map(before) {
                    [Some(first), Some(second)] => first < second,
                    [None, Some(_)] => false, // Values of the second one are now read as the first, which is new.
                    [_, None] => true,
                };
                if !was_first && may_tie(&shapes[index].shape, &shapes[later].shape) {
                    found.push((code(&first.name), code(&second.name)));
                }
            }
        }
        let path = self.new.type_path(both.to);
        for (first, second) in found {
            self.add(RuleMatch {
                rule: Rule::UnionOrderChanged,
                message: format!(
                    "`{path}` reads a value that fits {first} and {second} as {first}, and read it as {second}"
                ),
                item: path.clone(),
                at: places([&both.old.at, &both.new.at]),
                evidence: Vec::new(),
            });
        }
    }
}

/// Returns whether a value may fit both shapes equally well, so that the first of them is taken.
fn may_tie(one: &JsonShape, other: &JsonShape) -> bool {
    let are_tagged = !one.tags.is_empty() && !other.tags.is_empty();
    let is_known = |names: &[String], of: &JsonShape| names.iter().all(|it| of.known.contains(it));
    let ties_inside = |one: &JsonShape, other: &JsonShape| {
        one.kind == JsonKind::Any && one.inner.iter().any(|it| may_tie(it, other))
    };
    if are_tagged {
        return false;
    }
    ties_inside(one, other)
        || ties_inside(other, one)
        || match (one.kind, other.kind) {
            (JsonKind::Object, JsonKind::Object) => {
                one.constants == other.constants
                    && is_known(&one.required, other)
                    && is_known(&other.required, one)
            }
            (JsonKind::Integer | JsonKind::Number, JsonKind::Integer | JsonKind::Number) => true,
            (JsonKind::Any | JsonKind::Boolean | JsonKind::String | JsonKind::List, kind) => {
                kind == one.kind
            }
            (JsonKind::Object | JsonKind::Tagged, _) => false,
            (JsonKind::Integer | JsonKind::Number, _) => false,
        }
}

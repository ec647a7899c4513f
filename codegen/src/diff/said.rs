//! Compares conditions as JSON, where the order of alternatives and the names of components do not matter.

use std::collections::{BTreeMap, BTreeSet};

use super::shift::is_same_value;
use crate::api::{Api, Json};

/// The components that conditions refer to, in both versions.
#[derive(Clone, Copy)]
pub(super) struct Referenced<'a>([&'a BTreeMap<String, Json>; 2]);

/// Keywords whose list is a set.
const SETS: [&str; 5] = ["allOf", "anyOf", "enum", "oneOf", "required"];

/// After this many comparisons, conditions are compared as text: alternatives in alternatives have many combinations.
const MAX_STEPS: usize = 10_000;

/// How many references may be inside each other. Deeper ones are compared as text, because the stack is limited.
const MAX_LEVELS: usize = 32;

impl<'a> Referenced<'a> {
    /// Neither version has such components.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        static NONE: BTreeMap<String, Json> = BTreeMap::new();
        Self([&NONE; 2])
    }

    pub(super) fn of([old, new]: [&'a Api; 2]) -> Self {
        Self([&old.referenced, &new.referenced])
    }

    /// Returns whether two conditions let the same values through, as far as their JSON tells.
    pub(super) fn is_same(self, old: &Json, new: &Json) -> bool {
        let mut matching = Matching {
            referenced: self,
            assumed: BTreeSet::new(),
            steps: 0,
            levels: 0,
        };
        matching.is_same(old, new)
    }

    /// Returns the component that a reference names, if `said` is one.
    fn target(self, version: usize, said: &Json) -> Option<(&'a String, &'a Json)> {
        let components = self.0[version];
        let mut target = components.get_key_value(said.get("$ref")?.as_str()?)?;
        // A component may be a reference to another one, in a cycle at worst.
        for _ in 0..MAX_LEVELS {
            let next = target.1.get("$ref").and_then(Json::as_str);
            let Some(next) = next.and_then(|it| components.get_key_value(it)) else {
                break;
            };
            target = next;
        }
        Some(target)
    }
}

/// The state of one comparison.
struct Matching<'a> {
    referenced: Referenced<'a>,
    /// The pairs of references that are being compared, or are the same: a component may refer to itself.
    assumed: BTreeSet<(&'a str, &'a str)>,
    steps: usize,
    /// How many references the current schema is in.
    levels: usize,
}

impl Matching<'_> {
    fn is_same(&mut self, old: &Json, new: &Json) -> bool {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.levels > MAX_LEVELS {
            return old == new;
        }
        let [from, to] =
            [(0, old), (1, new)].map(|(version, it)| self.referenced.target(version, it));
        if let (Some((from, _)), Some((to, _))) = (from, to)
            && !self.assumed.insert((from, to))
        {
            return true;
        }
        let is_reference = from.is_some() || to.is_some();
        self.levels += usize::from(is_reference);
        let [old, new] = [(from, old), (to, new)].map(|(it, said)| it.map_or(said, |it| it.1));
        let is_same = self.is_same_here(old, new);
        self.levels -= usize::from(is_reference);
        is_same
    }

    /// Compares two schemas that are not references.
    fn is_same_here(&mut self, old: &Json, new: &Json) -> bool {
        match (old, new) {
            (Json::Object(old), Json::Object(new)) => {
                old.len() == new.len()
                    && old.iter().all(|(key, old)| {
                        let is_set = SETS.contains(&key.as_str());
                        new.get(key).is_some_and(|new| match (old, new) {
                            (Json::Array(old), Json::Array(new)) if is_set => {
                                self.are_same_sets(old, new)
                            }
                            (old, new) => self.is_same(old, new),
                        })
                    })
            }
            (Json::Array(old), Json::Array(new)) => {
                let mut both = old.iter().zip(new);
                old.len() == new.len() && both.all(|(old, new)| self.is_same(old, new))
            }
            (Json::Object(_) | Json::Array(_), _) => false,
            (Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_), _) => {
                is_same_value(old, new)
            }
        }
    }

    /// Returns whether each value of one list is in the other, which is as long.
    fn are_same_sets(&mut self, old: &[Json], new: &[Json]) -> bool {
        let mut free: Vec<&Json> = new.iter().collect();
        old.len() == new.len()
            && old.iter().all(|old| {
                let found = free.iter().position(|new| self.may_be_same(old, new));
                found.map(|it| free.remove(it)).is_some()
            })
    }

    /// Like [`Self::is_same`], but what was assumed on the way only stays if it is so.
    fn may_be_same(&mut self, old: &Json, new: &Json) -> bool {
        let assumed = self.assumed.clone();
        let is_same = self.is_same(old, new);
        if !is_same {
            self.assumed = assumed;
        }
        is_same
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Compares two conditions that refer to `#/components/schemas/A` as `old` and `new` define it.
    fn is_same(conditions: &[Json; 2], [old, new]: [Json; 2]) -> bool {
        let [old, new] = [old, new].map(|it| BTreeMap::from([(A.to_owned(), it)]));
        Referenced([&old, &new]).is_same(&conditions[0], &conditions[1])
    }

    const A: &str = "#/components/schemas/A";

    #[test]
    fn order_does_not_matter() {
        let none = || [json!({}), json!({})];
        let required = |names: [&str; 2]| json!([{"required": names}, {"required": ["c"]}]);
        let [one, two] = [required(["a", "b"]), required(["b", "a"])];
        assert!(is_same(&[one.clone(), two], none()));
        let swapped = json!([one[1], one[0]]);
        let of = |said: &Json| json!({"oneOf": said});
        assert!(is_same(&[of(&one), of(&swapped)], none()));
        assert!(!is_same(&[of(&one), of(&json!([one[0], one[0]]))], none()));
        assert!(!is_same(
            &[json!({"items": [1, 2]}), json!({"items": [2, 1]})],
            none()
        ));
    }

    #[test]
    fn what_a_reference_names_is_compared() {
        let refers = || json!({"not": {"$ref": A}});
        let [short, long] = [json!({"maxLength": 1}), json!({"maxLength": 9})];
        let same = [short.clone(), short.clone()];
        assert!(is_same(&[refers(), refers()], same.clone()));
        assert!(is_same(&[refers(), json!({"not": short})], same));
        assert!(!is_same(&[refers(), refers()], [short, long]));
    }

    #[test]
    fn components_may_refer_to_themselves() {
        let refers = || json!({"$ref": A});
        let list = |most| json!({"items": {"$ref": A}, "maxItems": most});
        assert!(is_same(&[refers(), refers()], [list(1), list(1)]));
        assert!(!is_same(&[refers(), refers()], [list(1), list(2)]));
        let itself = || json!({"$ref": A});
        assert!(is_same(&[refers(), refers()], [itself(), itself()]));
        assert!(!is_same(&[refers(), json!({})], [itself(), itself()]));
        let mut nested = json!({});
        (0..9).for_each(|_| nested = json!({"items": nested}));
        assert!(!is_same(&[refers(), nested], [list(1), list(1)]));
    }
}

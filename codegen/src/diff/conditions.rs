//! Compares keywords of JSON Schema that neither a type nor another limit covers.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::said::Referenced;
use super::shift::{Shift, named, opposite, together};
use crate::api::Json;

/// Compares the keywords of a value, which may refer to components.
pub(super) fn conditions(
    both: [&BTreeMap<String, Json>; 2],
    referenced: Referenced<'_>,
) -> Option<Shift> {
    let keywords: BTreeSet<&String> = both.iter().flat_map(|it| it.keys()).collect();
    let alternatives = match both.map(Alternatives::of) {
        [Some(old), Some(new)] => Some(old.shift(&new, referenced)),
        [None, _] | [_, None] => None,
    };
    let are_compared = alternatives.is_some();
    let rest = keywords.into_iter();
    let rest = rest.filter(|it| !are_compared || !["anyOf", "oneOf"].contains(&it.as_str()));
    let rest = rest.filter_map(|it| condition(it, both.map(|all| all.get(it)), referenced));
    rest.chain(alternatives.flatten()).reduce(together)
}

/// Schemas of which a value must fit one, or exactly one. Without any, it may be anything.
struct Alternatives<'a> {
    schemas: &'a [Json],
    is_exclusive: bool,
}

impl<'a> Alternatives<'a> {
    /// Returns the alternatives of a value; `None` if it has several lists of them.
    fn of(conditions: &'a BTreeMap<String, Json>) -> Option<Self> {
        let lists = ["oneOf", "anyOf"].map(|it| conditions.get(it));
        let (schemas, is_one_of) = match lists {
            [None, None] => (&[][..], false),
            [Some(list), None] => (choices(list)?, true),
            [None, Some(list)] => (choices(list)?, false),
            [Some(_), Some(_)] => return None,
        };
        let is_exclusive = is_one_of && schemas.len() > 1;
        let takes_all = |it: &Json| it.as_object().is_some_and(serde_json::Map::is_empty);
        let says_nothing = !is_exclusive && schemas.iter().any(takes_all);
        Some(Self {
            schemas: if says_nothing { &[] } else { schemas },
            is_exclusive,
        })
    }

    fn shift(&self, new: &Self, referenced: Referenced<'_>) -> Option<Shift> {
        if self.schemas.is_empty() || new.schemas.is_empty() {
            let lists = [self, new].map(|it| (!it.schemas.is_empty()).then_some(()));
            return named(lists[0], lists[1]);
        }
        let is_same = |old, new| referenced.is_same(old, new);
        let [old_list, new_list] = [self.schemas, new.schemas];
        let is_old_in_new = old_list
            .iter()
            .all(|old| new_list.iter().any(|it| is_same(old, it)));
        let is_new_in_old = new_list
            .iter()
            .all(|new| old_list.iter().any(|it| is_same(it, new)));
        let are_equal = is_old_in_new && is_new_in_old && self.is_exclusive == new.is_exclusive;
        // One more alternative that excludes others may refuse what fitted one of them.
        let shift = Shift::of_sets(
            are_equal || (is_old_in_new && !new.is_exclusive),
            are_equal || (is_new_in_old && !self.is_exclusive),
        );
        (shift != Shift::Same).then_some(shift)
    }
}

fn condition(keyword: &str, both: [Option<&Json>; 2], referenced: Referenced<'_>) -> Option<Shift> {
    let counts = both.map(|it| it.and_then(Json::as_u64));
    let needs = both.map(|it| it.and_then(needs));
    match (keyword, counts, needs) {
        _ if is_same(both, keyword, referenced) => None,
        ("minContains", [Some(old), Some(new)], _) => end(old, new, Shift::Narrowed),
        ("maxContains", [Some(old), Some(new)], _) => end(old, new, Shift::Widened),
        ("dependentRequired", _, [Some(old), Some(new)]) => {
            let shift = Shift::of_sets(new.is_subset(&old), old.is_subset(&new));
            (shift != Shift::Same).then_some(shift)
        }
        // The first or the last of them also changes the type.
        ("patternProperties", _, _) if both[0].is_none() || both[1].is_none() => None,
        // What they refer to may differ although they are written the same.
        (_, _, _) => match both {
            [Some(_), Some(_)] => Some(Shift::Other),
            [None, _] | [_, None] => named(both[0], both[1]),
        },
    }
}

/// Returns whether a keyword says the same in both versions.
fn is_same(both: [Option<&Json>; 2], keyword: &str, referenced: Referenced<'_>) -> bool {
    // The name of a list decides whether its order matters.
    let said = |it: &Json| Json::Object([(keyword.to_owned(), it.clone())].into_iter().collect());
    match both {
        [Some(old), Some(new)] => referenced.is_same(&said(old), &said(new)),
        [None, None] => true,
        [None, Some(_)] | [Some(_), None] => false,
    }
}

/// Compares a count at the end of a range; `raised` is the shift if it got larger.
fn end(old: u64, new: u64, raised: Shift) -> Option<Shift> {
    match old.cmp(&new) {
        Ordering::Less => Some(raised),
        Ordering::Equal => None,
        Ordering::Greater => Some(opposite(raised)),
    }
}

/// Returns the schemas of one `anyOf`; those of several that all apply are lists.
fn choices(said: &Json) -> Option<&[Json]> {
    let choices = said.as_array()?;
    let is_one = choices.iter().all(Json::is_object);
    is_one.then_some(choices.as_slice())
}

/// Returns which key requires which others, if the value is such a list.
fn needs(said: &Json) -> Option<BTreeSet<(&str, &str)>> {
    let mut pairs = BTreeSet::new();
    for (key, needed) in said.as_object()? {
        for other in needed.as_array()? {
            pairs.insert((key.as_str(), other.as_str()?));
        }
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn moved(keyword: &str, old: Json, new: Json) -> Option<Shift> {
        let [old, new] = [old, new].map(|it| [(keyword.to_owned(), it)].into());
        conditions([&old, &new], Referenced::none())
    }

    #[test]
    fn fewer_conditions_let_more_through() {
        let [one, two] = [
            json!({"name": ["price"]}),
            json!({"name": ["size", "price"]}),
        ];
        let of = |old: &Json, new: &Json| moved("dependentRequired", old.clone(), new.clone());
        assert_eq!(of(&one, &two), Some(Shift::Narrowed));
        assert_eq!(of(&two, &one), Some(Shift::Widened));
        assert_eq!(of(&two, &json!({"name": ["price", "size"]})), None);
        assert_eq!(of(&one, &json!({"size": ["price"]})), Some(Shift::Other));
        let none = BTreeMap::new();
        let some = [("not".to_owned(), json!({}))].into();
        assert_eq!(
            conditions([&none, &some], Referenced::none()),
            Some(Shift::Narrowed)
        );
        assert_eq!(
            conditions([&some, &none], Referenced::none()),
            Some(Shift::Widened)
        );
        assert_eq!(conditions([&some, &some], Referenced::none()), None);
    }

    #[test]
    fn more_choices_let_more_through() {
        let [one, two] = [
            json!([{"pattern": "a"}]),
            json!([{"pattern": "b"}, {"pattern": "a"}]),
        ];
        let of = |old: &Json, new: &Json| moved("anyOf", old.clone(), new.clone());
        assert_eq!(of(&one, &two), Some(Shift::Widened));
        assert_eq!(of(&two, &one), Some(Shift::Narrowed));
        let both_apply = json!([one, two]);
        assert_eq!(of(&both_apply, &one), Some(Shift::Other));
        assert_eq!(moved("oneOf", one.clone(), two), Some(Shift::Other));
        let all = json!([{"pattern": "a"}, {}]);
        assert_eq!(of(&one, &all), Some(Shift::Widened));
        assert_eq!(of(&all, &json!([{}])), None);
    }

    #[test]
    fn exactly_one_of_some_is_less_than_any_of_them() {
        let said = |keyword: &str, list: &[&str]| {
            let list: Vec<Json> = list.iter().map(|it| json!({"pattern": it})).collect();
            BTreeMap::from([(keyword.to_owned(), Json::from(list))])
        };
        let of = |old, new| conditions([&old, &new], Referenced::none());
        let [one_of, any_of] = ["oneOf", "anyOf"].map(|it| said(it, &["a", "b"]));
        assert_eq!(of(one_of.clone(), any_of.clone()), Some(Shift::Widened));
        assert_eq!(of(any_of.clone(), one_of.clone()), Some(Shift::Narrowed));
        assert_eq!(of(one_of.clone(), said("oneOf", &["b", "a"])), None);
        assert_eq!(of(one_of, said("anyOf", &["c"])), Some(Shift::Other));
        assert_eq!(of(said("oneOf", &["a"]), said("anyOf", &["a"])), None);
        assert_eq!(
            of(any_of.clone(), said("oneOf", &["a"])),
            Some(Shift::Narrowed)
        );
        let mut both = any_of.clone();
        both.extend(said("oneOf", &["a"]));
        assert_eq!(of(any_of, both), Some(Shift::Narrowed));
    }

    #[test]
    fn counts_are_ends_of_a_range() {
        assert_eq!(
            moved("minContains", json!(1), json!(2)),
            Some(Shift::Narrowed)
        );
        assert_eq!(
            moved("maxContains", json!(1), json!(2)),
            Some(Shift::Widened)
        );
        assert_eq!(moved("contains", json!(1), json!(2)), Some(Shift::Other));
    }
}

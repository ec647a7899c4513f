//! Compares keywords of JSON Schema that neither a type nor another limit covers.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::shift::{Shift, named, opposite, together};
use crate::api::Json;

/// Compares the keywords of a value.
pub(super) fn conditions([old, new]: [&BTreeMap<String, Json>; 2]) -> Option<Shift> {
    let keywords: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let shifts = keywords
        .into_iter()
        .filter_map(|keyword| condition(keyword, [old.get(keyword), new.get(keyword)]));
    shifts.reduce(together)
}

fn condition(keyword: &str, both: [Option<&Json>; 2]) -> Option<Shift> {
    let counts = both.map(|it| it.and_then(Json::as_u64));
    let needs = both.map(|it| it.and_then(needs));
    match (keyword, counts, needs) {
        ("minContains", [Some(old), Some(new)], _) => end(old, new, Shift::Narrowed),
        ("maxContains", [Some(old), Some(new)], _) => end(old, new, Shift::Widened),
        ("dependentRequired", _, [Some(old), Some(new)]) => {
            let shift = Shift::of_sets(new.is_subset(&old), old.is_subset(&new));
            (shift != Shift::Same).then_some(shift)
        }
        ("anyOf", _, _) => match both.map(|it| it.and_then(choices)) {
            [Some(old), Some(new)] => {
                let is_within =
                    |few: &[Json], many: &[Json]| few.iter().all(|it| many.contains(it));
                let shift = Shift::of_sets(is_within(old, new), is_within(new, old));
                (shift != Shift::Same).then_some(shift)
            }
            [_, _] => named(both[0], both[1]),
        },
        // The first or the last of them also changes the type.
        ("patternProperties", _, _) if both[0].is_none() || both[1].is_none() => None,
        (_, _, _) => named(both[0], both[1]),
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
        conditions([&old, &new])
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
        assert_eq!(conditions([&none, &some]), Some(Shift::Narrowed));
        assert_eq!(conditions([&some, &none]), Some(Shift::Widened));
        assert_eq!(conditions([&some, &some]), None);
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
        assert_eq!(moved("oneOf", one, two), Some(Shift::Other));
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

//! Compares sets of allowed values.

use crate::api::Json;

/// How a set of allowed values has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// Fewer values than before.
    Narrowed,
    /// More values than before.
    Widened,
    /// The same values, spelled differently.
    Same,
    /// Neither is provably part of the other.
    Other,
}

impl Shift {
    /// Compares two sets, given whether the old one is a subset of the new one, and the other way round.
    pub(super) fn of_sets(is_old_in_new: bool, is_new_in_old: bool) -> Self {
        match (is_old_in_new, is_new_in_old) {
            (true, true) => Self::Same,
            (true, false) => Self::Widened,
            (false, true) => Self::Narrowed,
            (false, false) => Self::Other,
        }
    }
}

/// Compares a restriction that may be absent. The values that a different restriction allows are unknown.
pub(super) fn named<T: PartialEq>(old: Option<T>, new: Option<T>) -> Option<Shift> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Shift::Narrowed),
        (Some(_), None) => Some(Shift::Widened),
        (Some(old), Some(new)) => (old != new).then_some(Shift::Other),
    }
}

pub(super) fn opposite(shift: Shift) -> Shift {
    match shift {
        Shift::Narrowed => Shift::Widened,
        Shift::Widened => Shift::Narrowed,
        Shift::Same => Shift::Same,
        Shift::Other => Shift::Other,
    }
}

/// Returns whether two values that may be missing are the same. Numbers may be spelled differently (`1` and `1.0`).
pub(super) fn is_same_json(old: Option<&Json>, new: Option<&Json>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => is_same_value(old, new),
        (None, _) | (_, None) => old == new,
    }
}

pub(super) fn is_same_value(old: &Json, new: &Json) -> bool {
    match (old, new) {
        // If one of them is an integer, they are equal only if a float represents it exactly.
        (Json::Number(one), Json::Number(other)) => {
            one == other || (exact(one).is_some() && exact(one) == exact(other))
        }
        (Json::Array(old), Json::Array(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(old, new)| is_same_value(old, new))
        }
        (Json::Object(old), Json::Object(new)) => {
            let is_same = |(key, old)| new.get(key).is_some_and(|new| is_same_value(old, new));
            old.len() == new.len() && old.iter().all(is_same)
        }
        (
            Json::Null
            | Json::Bool(_)
            | Json::Number(_)
            | Json::String(_)
            | Json::Array(_)
            | Json::Object(_),
            _,
        ) => old == new,
    }
}

/// Returns a number as a float, if that loses nothing.
fn exact(number: &serde_json::Number) -> Option<f64> {
    number
        .as_f64()
        .filter(|it| number.is_f64() || it.abs() < MAX_EXACT)
}

/// Below this number, floats represent each integer exactly (IEEE 754 binary64: 2^53).
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Combines two shifts.
pub(super) fn together(one: Shift, other: Shift) -> Shift {
    match (one, other) {
        (Shift::Same, it) | (it, Shift::Same) => it,
        (one, other) if one == other => one,
        (Shift::Narrowed | Shift::Widened | Shift::Other, _) => Shift::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let json = |text| serde_json::from_str::<Json>(text).expect("JSON");
        let is_same = |old, new| is_same_json(Some(&json(old)), Some(&json(new)));
        assert!(is_same("1", "1.0"));
        assert!(is_same("[{\"a\": 10}]", "[{\"a\": 1e1}]"));
        assert!(!is_same("1", "1.5"));
        assert!(!is_same("1", "\"1\""));
        assert!(!is_same("[1]", "[1, 2]"));
        assert!(!is_same("9007199254740993", "9007199254740992.0"));
        assert!(!is_same_json(None, Some(&json("0"))));
        assert!(is_same_json(None, None));
    }
}

//! In which direction what may stand for a value has moved.

use std::cmp::Ordering;

use crate::api::{Bounds, Json, Limit, Type};

/// How one set of allowed values compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// Fewer values than before.
    Narrowed,
    /// More values than before.
    Widened,
    /// The same values, said in another way.
    Same,
    /// Neither is provably part of the other.
    Other,
}

/// What has moved of the limits of a value; nothing of what is the same.
pub(super) struct Shifts {
    pub(super) format: Option<Shift>,
    /// All limits but format and pattern, taken together.
    pub(super) limits: Option<Shift>,
    pub(super) pattern: Option<Shift>,
}

impl Shifts {
    /// Compares the limits of a value of type `ty` in both versions, without those of what it holds.
    pub(super) fn of(ty: &Type, old: &Bounds, new: &Bounds) -> Self {
        let least = |old: Option<usize>, new: Option<usize>| {
            count(old.unwrap_or(0), new.unwrap_or(0), Shift::Narrowed)
        };
        let most = |old: Option<usize>, new: Option<usize>| {
            count(
                old.unwrap_or(usize::MAX),
                new.unwrap_or(usize::MAX),
                Shift::Widened,
            )
        };
        let parts = [
            end(old.minimum.as_ref(), new.minimum.as_ref(), Shift::Narrowed),
            end(old.maximum.as_ref(), new.maximum.as_ref(), Shift::Widened),
            named(old.multiple_of.as_ref(), new.multiple_of.as_ref()),
            least(old.min_items, new.min_items),
            most(old.max_items, new.max_items),
            named(
                old.unique_items.then_some(&true),
                new.unique_items.then_some(&true),
            ),
            least(old.min_length, new.min_length),
            most(old.max_length, new.max_length),
            named(
                old.is_object.then_some(&true),
                new.is_object.then_some(&true),
            ),
            least(old.min_properties, new.min_properties),
            most(old.max_properties, new.max_properties),
        ];
        Self {
            format: format(ty, old.format.as_deref(), new.format.as_deref()),
            limits: parts.into_iter().flatten().reduce(together),
            pattern: named(old.pattern.as_ref(), new.pattern.as_ref()),
        }
    }
}

/// Of the format of a value, or of the items of a list.
fn format(ty: &Type, old: Option<&str>, new: Option<&str>) -> Option<Shift> {
    let shift = named(old, new)?;
    match ty {
        Type::Array(item) | Type::Map(item) | Type::Nullable(item) => format(item, old, new),
        // Its values are listed; their format says no more.
        Type::Named(_) => Some(Shift::Same),
        Type::Integer => match (is_wide(old), is_wide(new)) {
            (true, true) => Some(Shift::Same),
            (true, false) => Some(Shift::Narrowed),
            (false, true) => Some(Shift::Widened),
            (false, false) => Some(shift),
        },
        Type::String | Type::Boolean | Type::Decimal | Type::Any => Some(shift),
        Type::DateTime | Type::DateTimeRfc2822 | Type::Date => Some(shift),
    }
}

/// Whether a format of integers lets through all that callers can write.
fn is_wide(format: Option<&str>) -> bool {
    matches!(format, None | Some("int64"))
}

/// Of a restriction that is there or not: which values another one admits is not known.
pub(super) fn named<T: PartialEq>(old: Option<T>, new: Option<T>) -> Option<Shift> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Shift::Narrowed),
        (Some(_), None) => Some(Shift::Widened),
        (Some(old), Some(new)) => (old != new).then_some(Shift::Other),
    }
}

/// Of the end of a range; `raised` is what a larger number means.
fn end(old: Option<&Limit>, new: Option<&Limit>, raised: Shift) -> Option<Shift> {
    let (Some(from), Some(to)) = (old, new) else {
        return named(old, new);
    };
    match from.value.cmp(&to.value) {
        Ordering::Less => Some(raised),
        Ordering::Greater => Some(opposite(raised)),
        Ordering::Equal => match (from.exclusive, to.exclusive) {
            (false, true) => Some(Shift::Narrowed),
            (true, false) => Some(Shift::Widened),
            (false, false) | (true, true) => None,
        },
    }
}

fn count(old: usize, new: usize, raised: Shift) -> Option<Shift> {
    match old.cmp(&new) {
        Ordering::Less => Some(raised),
        Ordering::Equal => None,
        Ordering::Greater => Some(opposite(raised)),
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

/// Whether two values, as JSON text, are the same: numbers whose digits differ may be one number (`1` and `1.0`).
pub(super) fn is_same_json(old: Option<&str>, new: Option<&str>) -> bool {
    let parsed = |text: Option<&str>| serde_json::from_str::<Json>(text?).ok();
    match (parsed(old), parsed(new)) {
        (Some(old), Some(new)) => is_same_value(&old, &new),
        (None, _) | (_, None) => old == new,
    }
}

pub(super) fn is_same_value(old: &Json, new: &Json) -> bool {
    match (old, new) {
        // Where one of them is written as a whole number, it is one that a float has exactly, or they differ.
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

/// A number as float, if that is all there is to it.
fn exact(number: &serde_json::Number) -> Option<f64> {
    number
        .as_f64()
        .filter(|it| number.is_f64() || it.abs() < MAX_EXACT)
}

/// Below it, each whole number is a float of its own (IEEE 754 binary64: 2^53).
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// What two shifts are in sum.
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

    fn limits(old: &Bounds, new: &Bounds) -> Option<Shift> {
        Shifts::of(&Type::Integer, old, new).limits
    }

    fn at_most(value: i64, exclusive: bool) -> Bounds {
        let value = value.into();
        Bounds {
            maximum: Some(Limit { value, exclusive }),
            ..Bounds::default()
        }
    }

    fn at_least(min_length: usize) -> Bounds {
        Bounds {
            min_length: Some(min_length),
            ..Bounds::default()
        }
    }

    #[test]
    fn both_ends_of_a_range_move_either_way() {
        let none = Bounds::default;
        assert_eq!(limits(&none(), &at_most(9, false)), Some(Shift::Narrowed));
        assert_eq!(limits(&at_most(9, false), &none()), Some(Shift::Widened));
        assert_eq!(
            limits(&at_most(9, false), &at_most(8, false)),
            Some(Shift::Narrowed)
        );
        assert_eq!(
            limits(&at_most(9, false), &at_most(9, true)),
            Some(Shift::Narrowed)
        );
        assert_eq!(
            limits(&at_most(9, true), &at_most(9, false)),
            Some(Shift::Widened)
        );
        assert_eq!(limits(&at_least(1), &at_least(2)), Some(Shift::Narrowed));
        assert_eq!(limits(&at_least(2), &at_least(1)), Some(Shift::Widened));
        assert_eq!(limits(&none(), &at_least(0)), None);
        assert_eq!(limits(&at_most(9, true), &at_most(9, true)), None);
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let is_same = |old, new| is_same_json(Some(old), Some(new));
        assert!(is_same("1", "1.0"));
        assert!(is_same("[{\"a\": 10}]", "[{\"a\": 1e1}]"));
        assert!(!is_same("1", "1.5"));
        assert!(!is_same("1", "\"1\""));
        assert!(!is_same("[1]", "[1, 2]"));
        assert!(!is_same("9007199254740993", "9007199254740992.0"));
        assert!(!is_same_json(None, Some("0")));
        assert!(is_same_json(None, None));
    }

    #[test]
    fn formats_of_integers_are_ranges() {
        let of = |old, new| format(&Type::Integer, old, new);
        assert_eq!(of(None, Some("int64")), Some(Shift::Same));
        assert_eq!(of(Some("int64"), Some("int32")), Some(Shift::Narrowed));
        assert_eq!(of(Some("int32"), None), Some(Shift::Widened));
        assert_eq!(of(None, None), None);
    }

    #[test]
    fn formats_of_text_are_not_known() {
        let of = |old, new| format(&Type::Array(Box::new(Type::String)), old, new);
        assert_eq!(of(None, Some("uri")), Some(Shift::Narrowed));
        assert_eq!(of(Some("uri"), None), Some(Shift::Widened));
        assert_eq!(of(Some("uri"), Some("email")), Some(Shift::Other));
    }

    #[test]
    fn what_moves_both_ways_is_neither() {
        let wide = Bounds {
            min_length: Some(2),
            ..at_most(9, false)
        };
        assert_eq!(
            limits(
                &Bounds {
                    min_length: Some(1),
                    ..at_most(8, false)
                },
                &wide
            ),
            Some(Shift::Other)
        );
    }
}

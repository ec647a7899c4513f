//! Compares the limits of one value, without those of its parts.
//!
//! Limits are compared by the values that they allow, not by their spelling.

use std::collections::BTreeMap;

use super::conditions::conditions;
use super::listed::{self, Values};
use super::said::Referenced;
use super::shift::{Shift, is_same_value, named, opposite, together};
use super::wholes::Wholes;
use crate::api::{Bounds, Json, Limit, Scalar, Type};
use crate::number::Number;

/// How the limits of a value have shifted; `None` where they are the same.
pub(super) struct Shifts {
    pub(super) format: Option<Shift>,
    /// All limits except format and pattern, taken together.
    pub(super) limits: Option<Shift>,
    pub(super) pattern: Option<Shift>,
}

impl Shifts {
    /// Compares the limits of a value in both versions, without those of its parts. `ty` is its type, or the innermost type
    /// of lists and maps; `listed` are its allowed texts, if the spec lists them; conditions may refer to `referenced`.
    pub(super) fn of(
        ty: &Type,
        [old, new]: [&Bounds; 2],
        listed: Option<&Values<'_>>,
        referenced: Referenced<'_>,
    ) -> Self {
        let both = [old, new];
        let is_whole = ty.scalar().and_then(Scalar::whole_range).is_some();
        let (format, numbers) = if is_whole {
            integers(ty, both)
        } else {
            (format(ty, both.map(name)), numbers(ty, both))
        };
        let is_object = both.map(|it| it.is_object.then_some(()));
        let parts = match (is_object, listed) {
            ([None, None], None) => vec![numbers, items(both), lengths(ty, both), keys(both)],
            ([None, None], Some(values)) => vec![items(both), listed::lengths(values, both)],
            // Of the limits, only those on keys apply to objects, and only to them.
            ([was, is], _) => vec![named(was, is), keys(both)],
        };
        let conditions = conditions(both.map(|it| &it.conditions), referenced);
        let whole = [values(both), conditions];
        let limits = parts.into_iter().chain(whole).flatten().reduce(together);
        let is_respelled = spelled(old) != spelled(new);
        Self {
            format,
            limits: limits.or_else(|| is_respelled.then_some(Shift::Same)),
            pattern: match listed {
                Some(values) => listed::patterns(values, both),
                None => {
                    let [old, new] = both.map(pattern);
                    named(old, new)
                }
            },
        }
    }
}

/// The limits except format, pattern and conditions, as they are written. Neither the order of values nor their names
/// matter.
fn spelled(bounds: &Bounds) -> Bounds {
    let mut values = bounds.values.clone();
    values.sort_by_cached_key(Json::to_string);
    let count = |count: Option<usize>| count.filter(|it| *it > 0);
    Bounds {
        format: None,
        pattern: None,
        is_open: false,
        min_items: count(bounds.min_items),
        min_length: count(bounds.min_length),
        min_properties: count(bounds.min_properties),
        values,
        names: BTreeMap::new(),
        conditions: BTreeMap::new(),
        ..bounds.clone()
    }
}

/// Patterns that match every text. `^.*$` is not one of them: `.` does not match line breaks.
const MATCH_ALL: [&str; 8] = ["", "^", "$", ".*", "^.*", ".*$", r"[\s\S]*", r"^[\s\S]*$"];

/// The pattern that texts must match, unless every text does.
fn pattern(bounds: &Bounds) -> Option<&str> {
    let pattern = bounds.pattern.as_deref();
    pattern.filter(|it| !MATCH_ALL.contains(it))
}

/// The format that values must have. `password` only tells user interfaces to hide them (OpenAPI 3.0.3, Data Types).
fn name(bounds: &Bounds) -> Option<&str> {
    bounds.format.as_deref().filter(|it| *it != "password")
}

/// Compares the formats of values of a type without parts.
fn format(ty: &Type, [old, new]: [Option<&str>; 2]) -> Option<Shift> {
    let shift = named(old, new)?;
    // The values of a named type are listed, so its format adds nothing.
    Some(match ty {
        Type::Named(_) => Shift::Same,
        Type::Scalar(_) | Type::Any | Type::List(_) | Type::Map(_) => shift,
    })
}

/// Compares format and limits of whole numbers together: a format is a range, so one may allow what the other excludes.
fn integers(ty: &Type, both: [&Bounds; 2]) -> (Option<Shift>, Option<Shift>) {
    let formats = both.map(name);
    let of_format = format(ty, formats);
    let [old, new] = both;
    let wholes = [(formats[0], old), (formats[1], new)];
    let [Some(before), Some(after)] = wholes.map(|(format, it)| Wholes::of(ty, format, it)) else {
        return (of_format, numbers(&Type::Any, both));
    };
    let sum = before.shift(after);
    // Either the limits change first or the format does. Prefer the order whose steps have the same direction.
    let way = |format: Option<&str>, limits: &Bounds| {
        let between = Wholes::of(ty, format, limits)?;
        let way = [before.shift(between), between.shift(after)];
        let is_straight = way.iter().all(|it| [sum, Shift::Same].contains(it));
        is_straight.then_some(way)
    };
    let limits_first = way(formats[0], new).map(|[limits, format]| [format, limits]);
    let ways = limits_first.or_else(|| way(formats[1], old));
    let [by_format, by_limits] = ways.unwrap_or([sum, sum]);
    // The values of other formats are unknown; without a format, callers write 64 bits.
    let is_range = |format: &Option<&str>| {
        matches!(format, None | Some("int32" | "int64" | "uint32" | "uint64"))
    };
    let format = if formats.iter().all(is_range) {
        of_format.map(|_| by_format)
    } else {
        of_format
    };
    let is_rewritten = old.minimum != new.minimum
        || old.maximum != new.maximum
        || old.multiple_of != new.multiple_of;
    (format, is_rewritten.then_some(by_limits))
}

/// The largest number that callers can write as a decimal: 96 bits (`rust_decimal`).
const MAX_DECIMAL: i128 = (1 << 96) - 1;

/// Compares the limits of numbers.
fn numbers(ty: &Type, both: [&Bounds; 2]) -> Option<Shift> {
    let is_decimal = *ty == Type::Scalar(Scalar::Decimal);
    let low = both.map(|it| it.minimum.as_ref());
    let high = both.map(|it| it.maximum.as_ref());
    let low = low.map(|it| it.filter(|it| !is_decimal || it.value.floor() >= -MAX_DECIMAL));
    let high = high.map(|it| it.filter(|it| !is_decimal || it.value.floor() < MAX_DECIMAL));
    let parts = [
        end(low, Shift::Narrowed),
        end(high, Shift::Widened),
        multiples(both),
    ];
    parts.into_iter().flatten().reduce(together)
}

/// Compares an end of a range; `raised` is the shift if it got larger.
fn end([old, new]: [Option<&Limit>; 2], raised: Shift) -> Option<Shift> {
    let (Some(from), Some(to)) = (old, new) else {
        return named(old, new);
    };
    if from.value < to.value {
        Some(raised)
    } else if from.value > to.value {
        Some(opposite(raised))
    } else {
        named(from.exclusive.then_some(()), to.exclusive.then_some(()))
    }
}

/// Compares `multipleOf`.
fn multiples(both: [&Bounds; 2]) -> Option<Shift> {
    let [old, new] = both.map(|it| it.multiple_of.as_ref());
    let shift = named(old, new)?;
    let ratio = |number: Option<&Number>| number?.fraction();
    let (Some(old), Some(new)) = (ratio(old), ratio(new)) else {
        return Some(shift);
    };
    let is_part = |of: (i128, i128), all: (i128, i128)| (of.0 * all.1) % (of.1 * all.0).max(1) == 0;
    Some(Shift::of_sets(is_part(old, new), is_part(new, old)))
}

/// Compares the number of items and `uniqueItems`, which does not restrict a single item.
fn items(both: [&Bounds; 2]) -> Option<Shift> {
    let differ =
        both.map(|it| (it.unique_items && it.max_items.is_none_or(|it| it > 1)).then_some(()));
    let counts = both.map(|it| (it.min_items, it.max_items));
    let parts = [range(counts), named(differ[0], differ[1])];
    parts.into_iter().flatten().reduce(together)
}

/// Compares listed values that are no enumeration.
fn values(both: [&Bounds; 2]) -> Option<Shift> {
    let [old, new] = both.map(|it| &it.values);
    if old.is_empty() || new.is_empty() {
        return named(
            (!old.is_empty()).then_some(()),
            (!new.is_empty()).then_some(()),
        );
    }
    let within = |part: &[Json], all: &[Json]| {
        let is_in = |value| all.iter().any(|it| is_same_value(it, value));
        part.iter().all(is_in)
    };
    let shift = Shift::of_sets(within(old, new), within(new, old));
    (shift != Shift::Same).then_some(shift)
}

/// Compares the number of characters.
fn lengths(ty: &Type, both: [&Bounds; 2]) -> Option<Shift> {
    let ends = both.map(|it| {
        let (least, most) = length(ty, it.format.as_deref());
        let low = it.min_length.filter(|it| *it > least);
        let high = it.max_length.filter(|it| *it < most);
        (low, high)
    });
    range(ends)
}

/// Returns the smallest and the largest number of characters of text in a format.
fn length(ty: &Type, format: Option<&str>) -> (usize, usize) {
    match (ty, format) {
        (Type::Scalar(Scalar::Date), _) => (10, 10),
        (Type::Scalar(Scalar::String), Some("uuid")) => (36, 36),
        (Type::Scalar(Scalar::String), Some("ipv4")) => (7, 15),
        (_, _) => (0, usize::MAX),
    }
}

/// Compares the number of keys.
fn keys(both: [&Bounds; 2]) -> Option<Shift> {
    range(both.map(|it| (it.min_properties, it.max_properties)))
}

/// Compares a range of counts.
fn range(ends: [(Option<usize>, Option<usize>); 2]) -> Option<Shift> {
    let [old, new] = ends.map(|(low, high)| (low.unwrap_or(0), high.unwrap_or(usize::MAX)));
    let low = (old.0 != new.0).then(|| Shift::of_sets(new.0 < old.0, new.0 > old.0));
    let high = (old.1 != new.1).then(|| Shift::of_sets(new.1 > old.1, new.1 < old.1));
    [low, high].into_iter().flatten().reduce(together)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(old: &Bounds, new: &Bounds) -> Option<Shift> {
        Shifts::of(
            &Type::Scalar(Scalar::Integer),
            [old, new],
            None,
            Referenced::none(),
        )
        .limits
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

    /// What has moved of the format and of the limits of a value of type `ty`.
    fn moved(ty: &Type, old: &str, new: &str) -> [Option<Shift>; 2] {
        let [old, new] = [old, new].map(bounds);
        let Shifts { format, limits, .. } = Shifts::of(ty, [&old, &new], None, Referenced::none());
        [format, limits]
    }

    /// Limits as a schema writes them: `int32 >=1 <9 *2`.
    fn bounds(text: &str) -> Bounds {
        let mut bounds = Bounds::default();
        for word in text.split_whitespace() {
            let number = |at: usize| Number::parse(&word[at..]).expect("a number");
            let limit = |at, exclusive| {
                let value = number(at);
                Some(Limit { value, exclusive })
            };
            match (&word[..1], &word[1..2]) {
                (">", "=") => bounds.minimum = limit(2, false),
                (">", _) => bounds.minimum = limit(1, true),
                ("<", "=") => bounds.maximum = limit(2, false),
                ("<", _) => bounds.maximum = limit(1, true),
                ("*", _) => bounds.multiple_of = Some(number(1)),
                (_, _) => bounds.format = Some(word.to_owned()),
            }
        }
        bounds
    }

    #[test]
    fn formats_of_integers_are_ranges() {
        let of = |old, new| moved(&Type::Scalar(Scalar::Integer), old, new)[0];
        assert_eq!(of("", "int64"), Some(Shift::Same));
        assert_eq!(of("int64", "int32"), Some(Shift::Narrowed));
        assert_eq!(of("int32", ""), Some(Shift::Widened));
        assert_eq!(of("", "card"), Some(Shift::Narrowed));
        assert_eq!(of("", ""), None);
    }

    #[test]
    fn formats_of_text_are_not_known() {
        let of = |old, new| moved(&Type::Scalar(Scalar::String), old, new)[0];
        assert_eq!(of("", "uri"), Some(Shift::Narrowed));
        assert_eq!(of("uri", ""), Some(Shift::Widened));
        assert_eq!(of("uri", "email"), Some(Shift::Other));
    }

    #[test]
    fn equal_limits_are_written_in_many_ways() {
        const INT32: &str = ">=-2147483648 <=2147483647";
        let integer = &Type::Scalar(Scalar::Integer);
        for (old, new) in [
            (">0", ">=1"),
            (">0.5", ">=1"),
            ("<10", "<=9"),
            ("<=9.5", "<=9"),
            ("", "*1"),
            ("*0.5", ""),
            ("*1.5", "*3"),
            ("*5 >=1", "*5 >=5"),
            ("*5 <=9 >=5", ">=5 <=5"),
            ("int32", "int32 <=2147483647"),
            ("", ">=-9223372036854775808"),
        ] {
            assert_eq!(
                moved(integer, old, new),
                [None, Some(Shift::Same)],
                "{old}, {new}"
            );
        }
        let both = [Some(Shift::Same); 2];
        assert_eq!(moved(integer, "int32", INT32), both);
        assert_eq!(moved(integer, INT32, "int32"), both);
        let decimal = &Type::Scalar(Scalar::Decimal);
        let wide = "double <=179769313486231570000000000000000000000000000";
        assert_eq!(moved(decimal, "double", wide), [None, Some(Shift::Same)]);
        assert_eq!(moved(decimal, ">0", ">=1")[1], Some(Shift::Narrowed));
        assert_eq!(moved(decimal, "", "*1")[1], Some(Shift::Narrowed));
        assert_eq!(moved(decimal, "*0.5", "*0.25")[1], Some(Shift::Widened));
    }

    #[test]
    fn format_and_limits_of_integers_are_one_range() {
        let of = |old, new| moved(&Type::Scalar(Scalar::Integer), old, new);
        let [narrowed, widened, same] = [Shift::Narrowed, Shift::Widened, Shift::Same].map(Some);
        assert_eq!(of("int32", "int64 >=0 <=9"), [same, narrowed]);
        assert_eq!(of("int64 >=0 <=9", "int32"), [same, widened]);
        assert_eq!(of("*2", "*4"), [None, narrowed]);
        assert_eq!(of("*4", "*2 >=0"), [None, Some(Shift::Other)]);
        assert_eq!(of("<=18446744073709551615", ""), [None, same]);
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

//! The whole numbers that limits let through, however the limits are written: `> 0` is `>= 1`, each is a multiple of
//! 1, and a format is a range.

use super::shift::Shift;
use crate::api::{Bounds, Limit};

/// The multiples of `step` from `low` to `high`. Both ends are such multiples, unless there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wholes {
    low: i128,
    high: i128,
    step: i128,
}

impl Wholes {
    /// Those that callers can write of the numbers that `format` and the limits in `bounds` let through.
    ///
    /// Returns `None` if they are multiples of a number that takes too many digits.
    pub(super) fn of(format: Option<&str>, bounds: &Bounds) -> Option<Self> {
        let (least, most) = range(format);
        let low = bounds.minimum.as_ref().map_or(least, low);
        let high = bounds.maximum.as_ref().map_or(most, high);
        let (low, high) = (low.max(least), high.min(most));
        // In lowest terms, the whole multiples of a fraction are those of its numerator.
        let step = match &bounds.multiple_of {
            Some(number) => fraction(&number.to_string())?.0.max(1),
            None => 1,
        };
        Some(Self {
            low: low + (step - low.rem_euclid(step)) % step,
            high: high - high.rem_euclid(step),
            step,
        })
    }

    /// How they compare with those of a newer version.
    pub(super) fn shift(self, new: Self) -> Shift {
        Shift::of_sets(self.is_part_of(new), new.is_part_of(self))
    }

    fn is_part_of(self, other: Self) -> bool {
        let is_within = other.low <= self.low && self.high <= other.high;
        let is_alone = self.low == self.high;
        let is_multiple = |number: i128| number.rem_euclid(other.step) == 0;
        let fits = is_multiple(self.low) && (is_alone || is_multiple(self.step));
        self.low > self.high || (is_within && fits)
    }
}

/// The first and the last number in a format. No other format is known, and callers write numbers of 64 bits.
fn range(format: Option<&str>) -> (i128, i128) {
    match format {
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some(_) | None => (i64::MIN.into(), i64::MAX.into()),
    }
}

/// The smallest whole number from a lower end on.
fn low(limit: &Limit) -> i128 {
    match floor(&limit.value.to_string()) {
        (floor, true) if !limit.exclusive => floor,
        (floor, _) => floor + 1,
    }
}

/// The largest whole number up to an upper end.
fn high(limit: &Limit) -> i128 {
    match floor(&limit.value.to_string()) {
        (floor, true) if limit.exclusive => floor - 1,
        (floor, _) => floor,
    }
}

/// More than any number that callers write.
const BEYOND: i128 = i128::MAX / 4;

/// The largest whole number that is not above `number`, and whether it is that number.
pub(super) fn floor(number: &str) -> (i128, bool) {
    let is_negative = number.starts_with('-');
    let end = if is_negative { -BEYOND } else { BEYOND };
    match number.split_once(['e', 'E']) {
        Some((_, exponent)) if exponent.starts_with('-') => (-i128::from(is_negative), false),
        Some(_) => (end, true),
        None => {
            let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
            let is_whole = rest.bytes().all(|it| it == b'0');
            let whole = whole.parse().unwrap_or(end).clamp(-BEYOND, BEYOND);
            (whole - i128::from(is_negative && !is_whole), is_whole)
        }
    }
}

/// A number without its sign as a fraction in lowest terms. `None` if it takes more digits than are worth it.
pub(super) fn fraction(number: &str) -> Option<(i128, i128)> {
    const MAX_DIGITS: usize = 18;
    let number = number.trim_start_matches('-');
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let rest = rest.trim_end_matches('0');
    if whole.len() + rest.len() > MAX_DIGITS {
        return None;
    }
    let numerator: i128 = format!("{whole}{rest}").parse().ok()?;
    let denominator = 10_i128.pow(u32::try_from(rest.len()).ok()?);
    let divisor = divisor(numerator, denominator);
    Some((numerator / divisor, denominator / divisor))
}

/// The greatest common divisor; `b` is none of zero.
fn divisor(mut a: i128, mut b: i128) -> i128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_down() {
        assert_eq!(floor("5"), (5, true));
        assert_eq!(floor("5.5"), (5, false));
        assert_eq!(floor("-5.5"), (-6, false));
        assert_eq!(floor("-0.5"), (-1, false));
        assert_eq!(floor("2.00"), (2, true));
        assert_eq!(floor("1e-300"), (0, false));
        assert_eq!(floor("-1e-300"), (-1, false));
        assert_eq!(floor("-1e300"), (-BEYOND, true));
        assert_eq!(
            floor("18446744073709551615"),
            (18_446_744_073_709_551_615, true)
        );
    }

    #[test]
    fn fractions_are_in_lowest_terms() {
        assert_eq!(fraction("0.5"), Some((1, 2)));
        assert_eq!(fraction("-1.50"), Some((3, 2)));
        assert_eq!(fraction("10"), Some((10, 1)));
        assert_eq!(fraction("0"), Some((0, 1)));
        assert_eq!(fraction("1e300"), None);
    }
}

//! Compares the integers that limits allow, however they are spelled: `> 0` is `>= 1`, every integer is a multiple of 1,
//! and a format is a range.

use super::shift::Shift;
use crate::api::{Bounds, Limit, Scalar, Type};

/// The multiples of `step` from `low` to `high`. Both ends are multiples, unless the set is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wholes {
    low: i128,
    high: i128,
    step: i128,
}

impl Wholes {
    /// Returns the numbers that `format` and `bounds` allow and that callers can write as a value of type `ty`.
    ///
    /// Returns `None` if they are multiples of a number with too many digits.
    pub(super) fn of(ty: &Type, format: Option<&str>, bounds: &Bounds) -> Option<Self> {
        let (least, most) = range(ty, format);
        let low = bounds.minimum.as_ref().map_or(least, Limit::first_whole);
        let high = bounds.maximum.as_ref().map_or(most, Limit::last_whole);
        let (low, high) = (low.max(least), high.min(most));
        // The integer multiples of a fraction in lowest terms are the multiples of its numerator.
        let step = match &bounds.multiple_of {
            Some(number) => number.fraction()?.0.max(1),
            None => 1,
        };
        Some(Self {
            low: low + (step - low.rem_euclid(step)) % step,
            high: high - high.rem_euclid(step),
            step,
        })
    }

    /// Compares them with those of the new version.
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

/// Returns the first and the last number of a format. Without a known format, callers write 64 bits.
fn range(ty: &Type, format: Option<&str>) -> (i128, i128) {
    match format {
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64") => (0, u64::MAX.into()),
        Some(_) | None if *ty == Type::Scalar(Scalar::Uint64) => (0, u64::MAX.into()),
        Some(_) | None => (i64::MIN.into(), i64::MAX.into()),
    }
}

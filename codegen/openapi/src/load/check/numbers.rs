//! Checks limits and counts.

use serde_json::{Number, Value};

use super::{Checker, Edit};
use crate::number::Number as Digits;
use crate::pointer::Trail;
use crate::source::TextFault;

/// Returns a number without a fraction, however it is written, as a count.
pub(in crate::load) fn count(number: &Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let whole = Digits::from(number).as_i64()?;
        u64::try_from(whole).ok()
    })
}

impl Checker<'_> {
    /// Checks a limit.
    pub(super) fn limit(&mut self, value: &Value, place: &Trail<'_>) {
        // The YAML parser returns a number larger than any float as text.
        let float: Option<f64> = value.as_str().and_then(|it| it.parse().ok());
        if float.is_some_and(f64::is_infinite) {
            self.fault(TextFault::NotFinite { position: None }, place);
        } else if value.is_number() {
            self.edits.push(Edit::KeepDigits(place.pointer()));
        } else {
            self.expect(false, "a number", value, place);
        }
    }

    /// Checks a number of characters, items or keys.
    pub(super) fn count(&mut self, value: &Value, place: &Trail<'_>) {
        const EXPECTED: &str = "a whole number from 0 to 18446744073709551615";
        let is_met = value.as_number().and_then(count).is_some();
        self.expect(is_met, EXPECTED, value, place);
        if is_met && !value.is_u64() {
            self.edits.push(Edit::DropFraction(place.pointer()));
        }
    }
}

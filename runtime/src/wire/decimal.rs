//! Converts the text of a number to a decimal or an integer, exactly if possible.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// The maximum number of digits of a [`Decimal`] after the point.
const MAX_SCALE: i64 = 28;

/// The largest mantissa of a [`Decimal`].
const MAX_MANTISSA: u128 = (1 << 96) - 1;

/// The number of significant digits that are processed: more than any mantissa has.
const HEAD: usize = 31;

/// Parses a decimal number, such as `-1.50` or `1e-3`.
///
/// It is exact if a [`Decimal`] has enough digits, which are at least 28, and otherwise rounded half to even. `None` if
/// the text is not a number, or out of range.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let number = Number::read(text)?;
    let (mantissa, scale) = number.rounded()?;
    let mut decimal = Decimal::from_i128_with_scale(i128::try_from(mantissa).ok()?, scale);
    decimal.set_sign_negative(number.is_negative && mantissa != 0);
    Some(decimal)
}

/// Parses an integer in decimal notation, such as `5.0` or `1e3`.
pub(super) fn integer(text: &str) -> Option<i64> {
    let number = decimal(text)?.normalize();
    if number.scale() > 0 {
        return None;
    }
    i64::try_from(number.mantissa()).ok()
}

/// A number: `head` · 10^-`scale`, plus less than one unit of the head if `has_tail`.
struct Number {
    is_negative: bool,
    head: u128,
    has_tail: bool,
    scale: i64,
}

impl Number {
    /// Parses digits with an optional sign, point and exponent.
    fn read(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut all = integer.bytes().chain(fraction.bytes());
        if digits.is_empty() || digits == "." || !all.all(|it| it.is_ascii_digit()) {
            return None;
        }
        let all = integer.bytes().chain(fraction.bytes());
        let mut significant = all.skip_while(|it| *it == b'0');
        let head = significant.by_ref().take(HEAD);
        let head = head.fold(0, |head, digit| head * 10 + u128::from(digit - b'0'));
        let (mut tail, mut has_tail) = (0, false);
        for digit in significant {
            tail += 1;
            has_tail |= digit != b'0';
        }
        let scale = i64::try_from(fraction.len()).ok()?;
        Some(Self {
            is_negative: text.starts_with('-'),
            head,
            has_tail,
            scale: scale.saturating_sub(exponent).saturating_sub(tail),
        })
    }

    /// Returns the nearest mantissa and scale of a [`Decimal`].
    fn rounded(&self) -> Option<(u128, u32)> {
        let mut dropped = (self.scale - MAX_SCALE).max(0);
        let mut mantissa = self.without(dropped);
        while mantissa > MAX_MANTISSA {
            dropped += 1;
            mantissa = self.without(dropped);
        }
        let scale = self.scale - dropped;
        match u32::try_from(scale) {
            Ok(scale) => Some((mantissa, scale)),
            Err(_) if mantissa == 0 => Some((0, 0)),
            Err(_) => {
                let zeros = 10_u128.checked_pow(u32::try_from(-scale).ok()?)?;
                let widened = mantissa.checked_mul(zeros)?;
                (widened <= MAX_MANTISSA).then_some((widened, 0))
            }
        }
    }

    /// Returns the head without its last `dropped` digits, rounded half to even.
    fn without(&self, dropped: i64) -> u128 {
        let power = u32::try_from(dropped)
            .ok()
            .and_then(|it| 10_u128.checked_pow(it));
        // More digits are dropped than there are.
        let Some(unit) = power else { return 0 };
        let (quotient, rest) = (self.head / unit, self.head % unit);
        let is_up = match (rest * 2).cmp(&unit) {
            Ordering::Less => false,
            Ordering::Equal => self.has_tail || quotient % 2 == 1,
            Ordering::Greater => true,
        };
        quotient + u128::from(is_up)
    }
}

/// Parses an exponent; one that is too large for any number counts as very large.
fn read_exponent(text: &str) -> Option<i64> {
    /// Far out of range, and far from an overflow.
    const HUGE: i64 = i64::MAX / 8;
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let exponent = digits.parse().unwrap_or(HUGE).min(HUGE);
    Some(if text.starts_with('-') {
        -exponent
    } else {
        exponent
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(number: &str) -> Option<String> {
        decimal(number).map(|it| it.to_string())
    }

    #[test]
    fn decimals_are_exact_while_they_fit() {
        let cases = [
            ("0", "0"),
            ("-0", "0"),
            ("0.00", "0.00"),
            ("-1.50", "-1.50"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e-3", "0.001"),
            ("1E3", "1000"),
            ("12.5e+1", "125"),
            ("000123.4", "123.4"),
            (
                "0.1234567890123456789012345678",
                "0.1234567890123456789012345678",
            ),
            (
                "1234567890123456789012345678",
                "1234567890123456789012345678",
            ),
            (
                "79228162514264337593543950335",
                "79228162514264337593543950335",
            ),
            (
                "-7.9228162514264337593543950335",
                "-7.9228162514264337593543950335",
            ),
            (
                "7.9228162514264337593543950335e28",
                "79228162514264337593543950335",
            ),
            (
                "7922816251426433759354395033e1",
                "79228162514264337593543950330",
            ),
            ("0e99999999999999999999", "0"),
        ];
        for (number, expected) in cases {
            assert_eq!(text(number).as_deref(), Some(expected), "{number}");
        }
    }

    #[test]
    fn decimals_are_rounded_half_to_even() {
        let cases = [
            (
                "0.12345678901234567890123456785",
                "0.1234567890123456789012345678",
            ),
            (
                "0.12345678901234567890123456775",
                "0.1234567890123456789012345678",
            ),
            (
                "0.123456789012345678901234567850000000001",
                "0.1234567890123456789012345679",
            ),
            (
                "0.12345678901234567890123456784999999999",
                "0.1234567890123456789012345678",
            ),
            (
                "7.92281625142643375935439503355",
                "7.922816251426433759354395034",
            ),
            (
                "123456789012345678901234567.125",
                "123456789012345678901234567.12",
            ),
            (
                "123456789012345678901234567.135",
                "123456789012345678901234567.14",
            ),
            (
                "123456789012345678901234567.1250000000000000000001",
                "123456789012345678901234567.13",
            ),
            (
                "9999999999999999999999999999.95",
                "10000000000000000000000000000",
            ),
            ("1e-28", "0.0000000000000000000000000001"),
            ("5e-29", "0.0000000000000000000000000000"),
            ("51e-30", "0.0000000000000000000000000001"),
            ("1e-999999999999999999999", "0.0000000000000000000000000000"),
        ];
        for (number, expected) in cases {
            assert_eq!(text(number).as_deref(), Some(expected), "{number}");
        }
    }

    #[test]
    fn decimals_out_of_range_are_rejected() {
        for number in [
            "79228162514264337593543950336",
            "-79228162514264337593543950336",
            "79228162514264337593543950335.5",
            "1e29",
            "1e300",
            "1e99999999999999999999",
            "123456789012345678901234567890123456789012345678901234567890",
        ] {
            assert_eq!(text(number), None, "{number}");
        }
    }

    #[test]
    fn anything_else_is_rejected() {
        for number in [
            "", ".", "-", "+", "e5", "1e", "1e+", "1e5.5", "1.2.3", "1_000", "1,000", "0x10",
            "--1", "NaN", "inf", "١",
        ] {
            assert_eq!(text(number), None, "{number}");
        }
    }

    #[test]
    fn integers_may_have_a_point_or_an_exponent() {
        let cases = [
            ("5.0", Some(5)),
            ("-1.50e2", Some(-150)),
            ("9223372036854775807.000", Some(i64::MAX)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("9223372036854775808.0", None),
            ("5.5", None),
            ("1e19", None),
        ];
        for (number, expected) in cases {
            assert_eq!(integer(number), expected, "{number}");
        }
    }

    proptest! {
        #[test]
        fn every_decimal_reads_back(mantissa in -(1_i128 << 95)..1 << 95, scale in 0..=28_u32) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            prop_assert_eq!(decimal(&value.to_string()), Some(value));
            let scientific = format!("{mantissa}e-{scale}");
            prop_assert_eq!(decimal(&scientific), Some(value));
        }
    }
}

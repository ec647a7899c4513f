//! Represents numbers as documents write them, with all their digits, independent of `f64`.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number. Equal numbers are identical, however they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    is_negative: bool,
    /// The digits without leading and trailing zeros; empty for zero.
    digits: String,
    /// The position of the point, counted from before the first digit: `0.digits × 10^point`.
    point: i32,
}

/// The maximum length of a number in characters. `f64` numbers take at most 1,100 digits.
const MAX_LENGTH: usize = 2_000;

/// How many digits are written out; longer numbers are written with an exponent.
const MAX_PLAIN: i32 = 40;

/// The number of digits of [`Number::FAR`].
const FAR_DIGITS: usize = 38;

impl Number {
    /// A bound beyond any number that callers write.
    pub(crate) const FAR: i128 = i128::MAX / 4;

    /// Parses a number as in JSON (RFC 8259 §6), or in the decimal forms of YAML 1.2: `+1`, `.5`, `1.` (§10.3.2).
    ///
    /// Returns `None` for anything else and for a number that is too long.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() == 0 {
            return None;
        }
        Self::of(
            is_negative,
            &format!("{whole}{fraction}"),
            whole.len(),
            exponent,
        )
    }

    /// The number `0.digits × 10^(point + exponent)`.
    fn of(is_negative: bool, digits: &str, point: usize, exponent: i32) -> Option<Self> {
        let significant = digits.trim_start_matches('0');
        let point = i32::try_from(point).ok()?;
        let leading = i32::try_from(digits.len() - significant.len()).ok()?;
        let significant = significant.trim_end_matches('0');
        if significant.is_empty() {
            return Some(Self::zero());
        }
        Some(Self {
            is_negative,
            digits: significant.to_owned(),
            point: exponent.checked_add(point)?.checked_sub(leading)?,
        })
    }

    fn zero() -> Self {
        Self {
            is_negative: false,
            digits: String::new(),
            point: 0,
        }
    }

    /// Whether it has no fraction.
    pub fn is_whole(&self) -> bool {
        self.length() <= self.point
    }

    /// The number as `i64`, if it fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.is_whole().then(|| i64::try_from(self.floor()).ok())?
    }

    /// Whether it is within this range, including both ends.
    pub fn is_within(&self, (low, high): (i128, i128)) -> bool {
        low <= self.floor() && (self.floor() < high || (self.is_whole() && self.floor() == high))
    }

    /// The largest whole number that is not greater, limited to a quarter of `i128::MAX`.
    pub fn floor(&self) -> i128 {
        let whole = match usize::try_from(self.point) {
            Ok(point) if point > FAR_DIGITS => Self::FAR,
            Ok(point) => {
                let digits = format!("0{:0<point$}", self.digits);
                digits[..=point].parse().unwrap_or(Self::FAR).min(Self::FAR)
            }
            Err(_) => 0,
        };
        if self.is_negative {
            -whole - i128::from(!self.is_whole())
        } else {
            whole
        }
    }

    /// The smallest `i64` that is not less, or `i64::MAX`.
    pub fn ceil(&self) -> i64 {
        let end = if self.is_negative { i64::MIN } else { i64::MAX };
        i64::try_from(self.floor() + i128::from(!self.is_whole())).unwrap_or(end)
    }

    /// The absolute value as a fraction in lowest terms. `None` if it has too many digits.
    pub fn fraction(&self) -> Option<(i128, i128)> {
        const MAX_DIGITS: i32 = 18;
        let places = self.length().checked_sub(self.point)?.max(0);
        let zeros = self.point.checked_sub(self.length())?.max(0);
        if self.point.max(1).checked_add(places)? > MAX_DIGITS {
            return None;
        }
        let power = |exponent: i32| Some(10_i128.pow(u32::try_from(exponent).ok()?));
        let numerator = format!("0{}", self.digits).parse::<i128>().ok()? * power(zeros)?;
        let denominator = power(places)?;
        let divisor = divisor(numerator, denominator);
        Some((numerator / divisor, denominator / divisor))
    }

    fn length(&self) -> i32 {
        i32::try_from(self.digits.len()).unwrap_or(i32::MAX)
    }
}

/// The greatest common divisor; `b` must not be zero.
fn divisor(mut a: i128, mut b: i128) -> i128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

/// Writes all digits, or an exponent if there would be too many zeros.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            is_negative,
            digits,
            point,
        } = self;
        if *is_negative {
            f.write_str("-")?;
        }
        if digits.is_empty() {
            return f.write_str("0");
        }
        let length = self.length();
        let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
        match usize::try_from(*point) {
            _ if point.saturating_sub(length) > MAX_PLAIN || *point < -MAX_PLAIN => {
                let (first, rest) = digits.split_at(1);
                let dot = if rest.is_empty() { "" } else { "." };
                write!(f, "{first}{dot}{rest}e{}", point - 1)
            }
            Ok(whole) if whole > 0 && *point < length => {
                let (whole, fraction) = digits.split_at(whole);
                write!(f, "{whole}.{fraction}")
            }
            Ok(whole) if whole > 0 => write!(f, "{digits}{}", zeros(point - length)),
            Ok(_) | Err(_) => write!(f, "0.{}{digits}", zeros(-point)),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude = || {
            let zero = (self.digits.is_empty(), other.digits.is_empty());
            let by_size = match zero {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => self.point.cmp(&other.point),
            };
            by_size.then_with(|| self.digits.cmp(&other.digits))
        };
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::from(&serde_json::Number::from(number))
    }
}

/// A float is the shortest number that parses to it.
impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        Self::parse(&number.to_string())
            .unwrap_or_else(|| panic!("serde_json writes the number {number} as JSON does not"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn all_digits_are_kept() {
        for text in [
            "0",
            "18446744073709551615",
            "-9223372036854776000",
            "0.5",
            "-0.1",
            "123456789012345678901234567890.123456789",
            "1000000000000000000000000000000000000000",
            "0.001",
            "1e300",
            "-1.25e-300",
        ] {
            assert_eq!(number(text).to_string(), text);
        }
    }

    #[test]
    fn equal_numbers_may_be_written_differently() {
        for (text, plain) in [
            ("1.8446744073709552e+19", "18446744073709552000"),
            ("1E2", "100"),
            ("100.00", "100"),
            ("-0.0", "0"),
            ("+7", "7"),
            (".5", "0.5"),
            ("5.", "5"),
            ("12.5e-1", "1.25"),
            ("0e9999", "0"),
        ] {
            assert_eq!(number(text), number(plain), "{text}");
            assert_eq!(number(text).to_string(), plain);
        }
    }

    #[test]
    fn non_decimal_numbers_are_refused() {
        for text in ["", ".", "-", "0x1F", "1_000", "1e", "1.2.3", ".inf", "١"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse(&"1".repeat(1_000_000)), None);
        assert_eq!(Number::parse("1e99999999999"), None);
    }

    #[test]
    fn numbers_are_ordered() {
        let sorted = [
            "-1e300",
            "-18446744073709551616",
            "-18446744073709551615",
            "-1.5",
            "-0.5",
            "0",
            "1e-300",
            "0.1",
            "0.11",
            "9",
            "10",
            "18446744073709551615",
            "18446744073709551615.5",
            "1e300",
        ];
        for pair in sorted.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert!(number("0") > number("-1") && number("0.0") == number("-0"));
    }

    #[test]
    fn whole_numbers_are_found() {
        let of = |text| (number(text).as_i64(), number(text).ceil());
        assert_eq!(of("1.50e1"), (Some(15), 15));
        assert_eq!(of("0.5"), (None, 1));
        assert_eq!(of("-0.5"), (None, 0));
        assert_eq!(of("2.000001"), (None, 3));
        assert_eq!(of("-9223372036854775808"), (Some(i64::MIN), i64::MIN));
        assert_eq!(of("9223372036854775808"), (None, i64::MAX));
        assert_eq!(of("-1e300"), (None, i64::MIN));
        assert_eq!(of("1e-300"), (None, 1));
        assert_eq!(of("-1e-300"), (None, 0));
        assert_eq!(of("9223372036854775807.5"), (None, i64::MAX));
    }

    #[test]
    fn numbers_are_rounded_down() {
        let floor = |text| (number(text).floor(), number(text).is_whole());
        assert_eq!(floor("5"), (5, true));
        assert_eq!(floor("5.5"), (5, false));
        assert_eq!(floor("-5.5"), (-6, false));
        assert_eq!(floor("-0.5"), (-1, false));
        assert_eq!(floor("2.00"), (2, true));
        assert_eq!(floor("1e-300"), (0, false));
        assert_eq!(floor("-1e-300"), (-1, false));
        assert_eq!(floor("-1e300"), (-Number::FAR, true));
        assert_eq!(
            floor("18446744073709551615"),
            (18_446_744_073_709_551_615, true)
        );
    }

    #[test]
    fn fractions_are_in_lowest_terms() {
        let fraction = |text| number(text).fraction();
        assert_eq!(fraction("0.5"), Some((1, 2)));
        assert_eq!(fraction("-1.50"), Some((3, 2)));
        assert_eq!(fraction("10"), Some((10, 1)));
        assert_eq!(fraction("0"), Some((0, 1)));
        assert_eq!(fraction("1e300"), None);
    }
}

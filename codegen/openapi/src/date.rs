//! Calendar dates.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, formatted as in RFC 3339 (`full-date`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u64,
    month: u64,
    day: u64,
}

impl Date {
    /// The date this many days after 1970-01-01.
    pub fn from_days_of_unix_time(mut days: u64) -> Self {
        let (mut year, mut month) = (1970, 1);
        while days >= days_of_year(year) {
            days -= days_of_year(year);
            year += 1;
        }
        while days >= days_of_month(year, month) {
            days -= days_of_month(year, month);
            month += 1;
        }
        Self {
            year,
            month,
            day: days + 1,
        }
    }
}

fn days_of_year(year: u64) -> u64 {
    365 + u64::from(is_leap_year(year))
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(is_leap_year(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap_year(year: u64) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str| -> Option<u64> { part.parse().ok() };
        if let [year, month, day] = parts[..]
            && let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day))
            && year <= 9999
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day)
        {
            let date = Self { year, month, day };
            if date.to_string() == text {
                return Ok(date);
            }
        }
        Err(format!("{text:?} is not a date like \"2026-01-31\""))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_gregorian_calendar() {
        for (days, date) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_088, "2024-12-31"),
            (20_089, "2025-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Date::from_days_of_unix_time(days).to_string(), date);
            assert_eq!(
                Date::try_from(date.to_owned()),
                Ok(Date::from_days_of_unix_time(days))
            );
        }
    }

    #[test]
    fn invalid_dates_are_refused() {
        for text in [
            "",
            "2025",
            "2025-02-29",
            "2025-13-01",
            "2025-00-01",
            "2025-01-00",
            "2025-1-1",
            "+025-01-01",
            "2025-01-01T00:00:00Z",
            "99999-01-01-",
            "10000-01-01",
            "1900-02-29",
            "2025-04-31",
        ] {
            assert!(Date::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}

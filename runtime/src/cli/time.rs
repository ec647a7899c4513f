//! Parses times and dates on the command line.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use tokio::time::Instant;

/// The accepted formats, for help and errors.
pub(super) const FORMS: &str = "2026-01-31T08:00:00Z, 2026-01-31, now, -30d, -12h, +15m";

/// Parses a time: RFC 3339, the start of a day in UTC, or an offset from `now`.
pub(super) fn point(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if let Ok(time) = text.parse::<DateTime<Utc>>() {
        return Some(time);
    }
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Some(date.and_time(NaiveTime::MIN).and_utc());
    }
    match text {
        "now" => Some(now),
        _ => now.checked_add_signed(distance(text)?),
    }
}

/// Parses a date, or the day of a time.
pub(super) fn date(text: &str, now: DateTime<Utc>) -> Option<NaiveDate> {
    point(text, now).map(|it| it.date_naive())
}

/// Parses `-30d`, `+12h`, `-15m`, `-90s` or `-2w`.
fn distance(text: &str) -> Option<Duration> {
    let is_before = text.starts_with('-');
    let text = text.strip_prefix(['-', '+'])?;
    let distance = length(text)?;
    Some(if is_before { -distance } else { distance })
}

/// Parses a duration: a whole number and a unit.
pub(super) fn length(text: &str) -> Option<Duration> {
    let unit = text.chars().next_back()?;
    let number = text.strip_suffix(unit)?;
    if !number.chars().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let number: i64 = number.parse().ok()?;
    match unit {
        's' => Duration::try_seconds(number),
        'm' => Duration::try_minutes(number),
        'h' => Duration::try_hours(number),
        'd' => Duration::try_days(number),
        'w' => Duration::try_weeks(number),
        _ => None,
    }
}

/// Parses a duration after which something ends.
///
/// # Errors
///
/// Returns what was expected.
pub(super) fn timeout(text: &str) -> Result<std::time::Duration, String> {
    let timeout = length(text).and_then(|it| it.to_std().ok());
    // The clock of a system has a maximum.
    let timeout = timeout.filter(|it| Instant::now().checked_add(*it).is_some());
    timeout.ok_or_else(|| "expected a duration such as 90s, 10m or 2h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let now = "2026-03-01T12:30:00Z".parse().unwrap();
        point(text, now).map(|it| it.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }

    #[test]
    fn times_are_absolute_or_relative() {
        for (text, time) in [
            ("2026-01-31T08:00:00+01:00", "2026-01-31T07:00:00Z"),
            ("2026-01-31", "2026-01-31T00:00:00Z"),
            ("now", "2026-03-01T12:30:00Z"),
            ("-30d", "2026-01-30T12:30:00Z"),
            ("-1w", "2026-02-22T12:30:00Z"),
            ("+90s", "2026-03-01T12:31:30Z"),
            ("-2h", "2026-03-01T10:30:00Z"),
            ("-15m", "2026-03-01T12:15:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(time), "{text}");
        }
        for text in ["30d", "-d", "-1y", "--1d", "-1.5h", "yesterday", "", "-"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("-99999999999999999999d"), None);
        assert_eq!(read("-9223372036854775807w"), None);
    }
}

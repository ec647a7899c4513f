//! Parses `Retry-After` (RFC 9110 §10.2.3). The clock is an argument.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use http::{HeaderMap, HeaderName, header};

/// Returns how long a response that arrived at `now` asks to wait; `None` if it does not, or in an invalid format. A
/// date in the past means no wait.
///
/// A date is relative to the `Date` of the same response, if there is one, so that a wrong local clock does no harm.
pub(super) fn read(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = text(headers, &header::RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
        // More digits than fit mean a longer wait than any that is allowed.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = http_date(text)?;
    let sent = self::text(headers, &header::DATE).and_then(http_date);
    let wait = until - sent.unwrap_or(now);
    Some(wait.to_std().unwrap_or(Duration::ZERO))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Parses a date in any of the three formats that a recipient must accept (RFC 9110 §5.6.7).
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    const FORMS: [&str; 3] = [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
    ];
    FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|it| it.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(retry_after: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        let now = "1994-11-06T08:49:07Z".parse().unwrap();
        read(&headers, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_are_parsed() {
        assert_eq!(asked("0", None), Some(0));
        assert_eq!(asked(" 120 ", None), Some(120));
        assert_eq!(asked("99999999999999999999999", None), Some(u64::MAX));
    }

    #[test]
    fn dates_are_parsed_in_all_formats() {
        for date in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(asked(date, None), Some(30), "{date}");
        }
        assert_eq!(asked("Sun, 06 Nov 1994 08:48:37 GMT", None), Some(0));
    }

    #[test]
    fn date_is_relative_to_that_of_the_response() {
        let until = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(asked(until, Some("Sun, 06 Nov 1994 08:49:32 GMT")), Some(5));
        assert_eq!(asked(until, Some("soon")), Some(30));
    }

    #[test]
    fn anything_else_is_ignored() {
        for text in [
            "",
            "-1",
            "1.5",
            "+3",
            "soon",
            "Sun, 31 Feb 1994 08:49:37 GMT",
        ] {
            assert_eq!(asked(text, None), None, "{text}");
        }
        assert_eq!(
            read(&HeaderMap::new(), std::time::SystemTime::now().into()),
            None
        );
    }
}

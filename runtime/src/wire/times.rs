//! Times in JSON request bodies.

use chrono::{DateTime, Utc};
use serde::ser::Serializer;

use super::written::{Write, Written};
use crate::parameter;

/// The form of times that parameters have: in UTC and whole seconds.
#[derive(Debug)]
pub enum InSeconds {}

impl Write<InSeconds> for DateTime<Utc> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&parameter::in_seconds(self))
    }
}

/// Writes times in whole seconds, for a body that contains nothing else.
pub fn in_seconds<T: Write<InSeconds>>(times: &T) -> Written<'_, InSeconds, T> {
    Written::new(times)
}

/// Writes times in whole seconds, for `#[serde(serialize_with = "…")]`.
pub fn write_date_times<T: Write<InSeconds>, S: Serializer>(
    times: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    times.write(serializer)
}

/// Writes a date-time in the format of RFC 2822 §3.3, in UTC and whole seconds, for `#[serde(serialize_with = "…")]`. A
/// year that the RFC cannot represent is written all the same; the service decides.
pub fn write_date_time_rfc2822<S: Serializer>(
    value: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // `to_rfc2822` panics if the year has more than four digits or a sign.
    serializer.collect_str(&value.format("%a, %-d %b %Y %H:%M:%S %z"))
}

/// Writes an optional date-time, like [`write_date_time_rfc2822`].
pub fn write_optional_date_time_rfc2822<S: Serializer>(
    value: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => write_date_time_rfc2822(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(serde::Serialize)]
    struct Body {
        #[serde(serialize_with = "write_date_times")]
        at: DateTime<Utc>,
        #[serde(
            skip_serializing_if = "Option::is_none",
            serialize_with = "write_date_times"
        )]
        until: Option<DateTime<Utc>>,
        #[serde(serialize_with = "write_date_times")]
        list: Vec<Option<DateTime<Utc>>>,
        #[serde(serialize_with = "write_date_times")]
        map: Option<BTreeMap<String, Vec<DateTime<Utc>>>>,
    }

    #[test]
    fn times_in_a_json_body_have_no_fraction() {
        let at: DateTime<Utc> = "2026-01-31T08:00:00.999Z".parse().unwrap();
        let mut body = Body {
            at,
            until: Some(at),
            list: vec![Some(at), None],
            map: Some(BTreeMap::from([("a".to_owned(), vec![at])])),
        };
        let text = "\"2026-01-31T08:00:00Z\"";
        assert_eq!(
            serde_json::to_string(&body).unwrap(),
            format!(
                r#"{{"at":{text},"until":{text},"list":[{text},null],"map":{{"a":[{text}]}}}}"#
            )
        );
        (body.until, body.map) = (None, None);
        assert_eq!(
            serde_json::to_string(&body).unwrap(),
            format!(r#"{{"at":{text},"list":[{text},null],"map":null}}"#)
        );
        let list = vec![at];
        assert_eq!(
            serde_json::to_string(&in_seconds(&list)).unwrap(),
            format!("[{text}]")
        );
    }

    #[test]
    fn rfc_2822_is_written_for_any_time() {
        let written = |time: DateTime<Utc>| {
            let value = write_date_time_rfc2822(&time, serde_json::value::Serializer);
            value.unwrap().as_str().unwrap().to_owned()
        };
        let leap: DateTime<Utc> = "2016-12-31T23:59:60.5Z".parse().unwrap();
        assert_eq!(written(leap), "Sat, 31 Dec 2016 23:59:60 +0000");
        for time in ["2026-02-01T08:00:00.75Z", "0001-01-01T00:00:00Z"] {
            let time: DateTime<Utc> = time.parse().unwrap();
            assert_eq!(written(time), time.to_rfc2822());
        }
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(written(time).ends_with("+0000"));
        }
    }

    #[test]
    fn rfc_2822_round_trips() {
        #[derive(serde::Serialize)]
        struct Period {
            #[serde(serialize_with = "write_date_time_rfc2822")]
            at: DateTime<Utc>,
            #[serde(serialize_with = "write_optional_date_time_rfc2822")]
            until: Option<DateTime<Utc>>,
        }

        crate::deserialize! {
            Period {
                at: Rfc2822,
                until: Rfc2822,
            }
        }

        for until in ["null", "\"Sat, 28 Feb 2026 08:00:00 +0000\""] {
            let json = format!("{{\"at\":\"Sat, 31 Jan 2026 08:00:00 +0000\",\"until\":{until}}}");
            let period: Period = serde_json::from_str(&json).unwrap();
            assert_eq!(serde_json::to_string(&period).unwrap(), json);
        }
    }
}

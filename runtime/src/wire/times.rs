//! Times in JSON request bodies.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::ser::{Serialize, Serializer};

use crate::parameter::in_seconds;

/// Times in a JSON body: a single one, or lists, maps and options of them.
pub trait Times {
    /// Writes them like parameters, in UTC and whole seconds.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Times for DateTime<Utc> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&in_seconds(self))
    }
}

impl<T: Times> Times for Option<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(times) => serializer.serialize_some(&InSeconds(times)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Times> Times for Vec<T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(InSeconds))
    }
}

impl<T: Times> Times for BTreeMap<String, T> {
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.iter();
        serializer.collect_map(entries.map(|(key, times)| (key, InSeconds(times))))
    }
}

/// Times that are written in whole seconds, for a body that contains nothing else.
pub struct InSeconds<'t, T>(pub &'t T);

impl<T: Times> Serialize for InSeconds<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Writes times in whole seconds, for `#[serde(serialize_with = "…")]`.
pub fn write_date_times<T: Times, S: Serializer>(
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
            serde_json::to_string(&InSeconds(&list)).unwrap(),
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

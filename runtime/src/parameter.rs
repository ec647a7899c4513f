//! Converts parameter values to text, and collects them for a call. Nothing is escaped here.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;

use crate::vendor::Vendor;

/// Why a number cannot be sent (RFC 8259 §6).
pub(crate) const NOT_FINITE: &str = "JSON has neither NaN nor infinities";

/// A value that can be sent as a query, form or header parameter.
pub trait Parameter {
    /// Returns the text of the value, unescaped.
    fn into_text(self) -> String;

    /// Returns the text of the value for `vendor`.
    fn into_text_for(self, vendor: &Vendor) -> String
    where
        Self: Sized,
    {
        let _ = vendor;
        self.into_text()
    }

    /// Returns the text of the value for `vendor` in a header.
    fn into_header_text(self, vendor: &Vendor) -> String
    where
        Self: Sized,
    {
        self.into_text_for(vendor)
    }

    /// Returns why the value cannot be sent, if it cannot.
    fn fault(&self) -> Option<&str> {
        None
    }
}

impl Parameter for String {
    fn into_text(self) -> String {
        self
    }
}

impl Parameter for &str {
    fn into_text(self) -> String {
        self.to_owned()
    }
}

/// `true` or `false`.
impl Parameter for bool {
    fn into_text(self) -> String {
        self.to_string()
    }
}

macro_rules! whole_parameter {
    ($($ty:ty),*) => {
        $(
            impl Parameter for $ty {
                fn into_text(self) -> String {
                    self.to_string()
                }
            }
        )*
    };
}

whole_parameter!(i32, i64, u32, u64);

/// The shortest decimal that reads back as the same number, without an exponent. A value that is not finite has none.
impl Parameter for f64 {
    fn into_text(self) -> String {
        self.to_string()
    }

    fn fault(&self) -> Option<&str> {
        (!self.is_finite()).then_some(NOT_FINITE)
    }
}

/// All digits, including trailing zeros.
impl Parameter for Decimal {
    fn into_text(self) -> String {
        self.to_string()
    }
}

/// RFC 3339 in UTC with `Z`: `2026-01-31T08:00:00.25Z`. For a vendor with whole seconds, `2026-01-31T08:00:00Z`.
impl Parameter for DateTime<Utc> {
    fn into_text(self) -> String {
        self.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    fn into_text_for(self, vendor: &Vendor) -> String {
        match vendor.has_whole_seconds {
            true => in_seconds(&self),
            false => self.into_text(),
        }
    }
}

/// `2026-01-31`.
impl Parameter for NaiveDate {
    fn into_text(self) -> String {
        self.to_string()
    }
}

/// Formats a time without fractions of a second, which are dropped. The second of a leap second stays 60.
pub(crate) fn in_seconds(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Named parameters in the order in which they were first set, each with any number of values.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<Field>);

#[derive(Clone)]
struct Field {
    name: Cow<'static, str>,
    entries: Vec<Entry>,
}

/// The values under one name.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: Cow<'static, str>,
    pub(crate) values: Vec<String>,
    /// The encoded delimiter between the values; without it, each has a field of its own.
    pub(crate) delimiter: Option<&'static str>,
    /// Whether reserved characters are kept.
    pub(crate) keeps_reserved: bool,
}

impl Entry {
    /// Creates an entry whose values have a field each.
    pub(crate) fn new(name: Cow<'static, str>, values: Vec<String>) -> Self {
        Self {
            name,
            values,
            delimiter: None,
            keeps_reserved: false,
        }
    }
}

impl Fields {
    /// Sets the values of `name`, replacing earlier ones in place.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'static, str>>, values: Vec<String>) {
        let name = name.into();
        let entries = vec![Entry::new(name.clone(), values)];
        self.put(name, entries);
    }

    /// Sets the entries of the parameter `name`, replacing earlier ones in place.
    pub(crate) fn put(&mut self, name: impl Into<Cow<'static, str>>, entries: Vec<Entry>) {
        let name = name.into();
        match self.0.iter_mut().find(|field| field.name == name) {
            Some(field) => field.entries = entries,
            None => self.0.push(Field { name, entries }),
        }
    }

    /// Returns the entries.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().flat_map(|field| &field.entries)
    }

    /// Sets the value of a header, whose name is case-insensitive (RFC 9110 §5.1).
    pub(crate) fn set_header(&mut self, name: Cow<'static, str>, value: String) {
        let known = self.header_name(&name).unwrap_or(name);
        self.set(known, vec![value]);
    }

    /// Removes a header.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.0
            .retain(|field| !field.name.eq_ignore_ascii_case(name));
    }

    /// Returns the normalized name of a header.
    fn header_name(&self, name: &str) -> Option<Cow<'static, str>> {
        let mut names = self.0.iter().map(|it| &it.name);
        names.find(|it| it.eq_ignore_ascii_case(name)).cloned()
    }

    /// Returns each value with its name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries().flat_map(|entry| {
            let values = entry.values.iter();
            values.map(|value| (&*entry.name, value.as_str()))
        })
    }

    /// Returns the names of the parameters that have a value. Nothing else of a list may be shown.
    pub(crate) fn names(&self) -> Vec<&str> {
        let has_value = |field: &&Field| field.entries.iter().any(|it| !it.values.is_empty());
        let fields = self.0.iter().filter(has_value);
        fields.map(|field| &*field.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::VENDOR;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn scalars_are_plain_text() {
        assert_eq!("a b".into_text(), "a b");
        assert_eq!(String::new().into_text(), "");
        assert_eq!(true.into_text(), "true");
        assert_eq!(false.into_text(), "false");
        assert_eq!((-5_i64).into_text(), "-5");
        assert_eq!(1e21.into_text(), "1000000000000000000000");
        assert_eq!(0.1.into_text(), "0.1");
        assert_eq!("1.50".parse::<Decimal>().unwrap().into_text(), "1.50");
    }

    #[test]
    fn times_are_sent_in_utc() {
        assert_eq!(
            utc("2026-01-31T08:00:00Z").into_text(),
            "2026-01-31T08:00:00Z"
        );
        assert_eq!(
            utc("2026-01-31T08:00:00+05:30").into_text(),
            "2026-01-31T02:30:00Z"
        );
        assert_eq!(
            NaiveDate::from_ymd_opt(2026, 1, 31).unwrap().into_text(),
            "2026-01-31"
        );
    }

    #[test]
    fn fractions_of_a_second_are_sent() {
        for (time, sent) in [
            ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31T08:00:00.250Z", "2026-01-31T08:00:00.250Z"),
            (
                "2026-01-31T09:00:00.000001+01:00",
                "2026-01-31T08:00:00.000001Z",
            ),
        ] {
            let plain = Vendor::plain("demo");
            assert_eq!(utc(time).into_text_for(&plain), sent, "{time}");
        }
    }

    #[test]
    fn times_are_whole_seconds_for_such_a_vendor() {
        for (time, sent) in [
            ("2026-01-31T08:00:00.25Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31T08:00:00.999999999Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31T23:59:59.5-00:30", "2026-02-01T00:29:59Z"),
            // Truncated towards the past, before 1970 as well.
            ("1969-12-31T23:59:58.75Z", "1969-12-31T23:59:58Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
            ("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:60Z"),
            ("0000-01-01T00:00:00.5Z", "0000-01-01T00:00:00Z"),
            ("-0044-03-15T12:00:00.5Z", "-0044-03-15T12:00:00Z"),
            ("+12026-01-31T08:00:00.5Z", "+12026-01-31T08:00:00Z"),
        ] {
            assert_eq!(utc(time).into_text_for(&VENDOR), sent, "{time}");
        }
        for time in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let sent = time.into_text_for(&VENDOR);
            assert!(sent.ends_with('Z') && !sent.contains('.'), "{sent}");
        }
    }

    #[test]
    fn last_value_wins_at_the_first_position() {
        let mut fields = Fields::default();
        fields.set("A", vec!["1".to_owned(), "2".to_owned()]);
        fields.set("B", vec!["3".to_owned()]);
        fields.set("A", vec!["4".to_owned()]);
        assert_eq!(fields.iter().collect::<Vec<_>>(), [("A", "4"), ("B", "3")]);
        fields.set("A", Vec::new());
        assert_eq!(fields.iter().collect::<Vec<_>>(), [("B", "3")]);
        assert_eq!(fields.names(), ["B"]);
    }
}

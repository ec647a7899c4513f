use rust_decimal::Decimal as Number;
use serde_json::Value;

use super::*;
use crate::deserialize;
use crate::wire::scalar::DIGITS;

type Time = chrono::DateTime<Utc>;

fn read<C, T: Lenient<C>>(json: &str) -> Result<T, String> {
    let value: Value = serde_json::from_str(json).unwrap();
    T::read(value).map_err(|error| error.to_string())
}

#[test]
fn integers_are_numbers_or_strings() {
    let good = [
        ("5", 5),
        ("\"5\"", 5),
        ("\"-12\"", -12),
        ("5.0", 5),
        ("\"5.0\"", 5),
        ("\" 5 \"", 5),
        ("\"5e2\"", 500),
        ("1e3", 1000),
        ("9223372036854775807", i64::MAX),
        ("\"-9223372036854775808\"", i64::MIN),
    ];
    for (json, value) in good {
        assert_eq!(read::<Integer, i64>(json), Ok(value), "{json}");
        assert_eq!(
            read::<Integer, Option<i64>>(json),
            Ok(Some(value)),
            "{json}"
        );
    }
    for json in [
        "5.5",
        "\"5.5\"",
        "\"5 0\"",
        "\"five\"",
        "true",
        "9223372036854775808",
        "1e300",
        "[]",
        "{}",
    ] {
        let error = read::<Integer, Option<i64>>(json).unwrap_err();
        assert!(
            error.contains("expected an integer or a string of digits"),
            "{json}: {error}"
        );
        assert!(read::<Integer, i64>(json).is_err(), "{json}");
    }
}

#[test]
fn absent_value_is_none_default_or_error() {
    for json in ["null", "\"\"", "\" \""] {
        assert_eq!(read::<Integer, Option<i64>>(json), Ok(None));
        assert_eq!(read::<IntegerOr<0>, i64>(json), Ok(0));
        assert_eq!(read::<IntegerOr<250>, i64>(json), Ok(250));
        assert_eq!(read::<Decimal, Option<Number>>(json), Ok(None));
        assert_eq!(read::<DateTime, Option<Time>>(json), Ok(None));
        assert_eq!(read::<Rfc2822, Option<Time>>(json), Ok(None));
        assert_eq!(read::<Date, Option<NaiveDate>>(json), Ok(None));
        let error = read::<Integer, i64>(json).unwrap_err();
        assert!(
            error.starts_with("expected an integer or a string of digits, found"),
            "{error}"
        );
        assert!(read::<Decimal, Number>(json).is_err());
        assert!(read::<DateTime, Time>(json).is_err());
        assert!(read::<Rfc2822, Time>(json).is_err());
        assert!(read::<Date, NaiveDate>(json).is_err());
    }
}

#[test]
fn decimals_are_exact() {
    let good = [
        ("0.03", "0.03"),
        ("\"0.030\"", "0.030"),
        ("12", "12"),
        ("18446744073709551615", "18446744073709551615"),
        ("\"-1234567890.12345678\"", "-1234567890.12345678"),
        ("\"1e-3\"", "0.001"),
    ];
    for (json, text) in good {
        assert_eq!(
            read::<Decimal, Number>(json).map(|it| it.to_string()),
            Ok(text.to_owned()),
            "{json}"
        );
    }
    for json in [
        "\"much\"",
        "true",
        "1e300",
        "\"NaN\"",
        "\"1e99999999999\"",
        "[]",
    ] {
        assert!(
            read::<Decimal, Option<Number>>(json)
                .unwrap_err()
                .contains("a number"),
            "{json}"
        );
    }
}

#[test]
fn date_times_are_parsed_in_many_formats() {
    let expected: Time = "2026-01-31T08:00:00Z".parse().unwrap();
    let spellings = [
        "\"2026-01-31T08:00:00Z\"",
        "\"2026-01-31T08:00:00.000Z\"",
        "\"2026-01-31T09:30:00+01:30\"",
        "\"2026-01-31T08:00:00+0000\"",
        "\"2026-01-31T08:00:00\"",
        "\"2026-01-31T08:00:00.000\"",
        "\"2026-01-31 08:00:00\"",
        "\" 2026-01-31 08:00:00Z \"",
    ];
    for json in spellings {
        assert_eq!(
            read::<DateTime, Option<Time>>(json),
            Ok(Some(expected)),
            "{json}"
        );
    }
    let json = "\"Sat, 31 Jan 2026 08:00:00 +0000\"";
    assert_eq!(read::<Rfc2822, Option<Time>>(json), Ok(Some(expected)));
    for json in [
        "\"now\"",
        "\"2026-02-30T08:00:00Z\"",
        "1769846400",
        "\"2026-01-31\"",
        "\"T\"",
    ] {
        let error = read::<DateTime, Time>(json).unwrap_err();
        assert!(
            error.starts_with("expected an RFC 3339 date-time, found"),
            "{error}"
        );
        assert!(read::<Rfc2822, Time>(json).is_err(), "{json}");
    }
}

#[test]
fn dates_are_full_dates() {
    for json in [
        "\"2026-01-31\"",
        "\"2026-01-31T00:00:00.000Z\"",
        "\"2026-01-31T00:00:00\"",
        "\"2026-01-31T00:00:00+01:00\"",
    ] {
        let date = read::<Date, NaiveDate>(json).unwrap();
        assert_eq!(date.to_string(), "2026-01-31", "{json}");
    }
    for json in [
        "\"2026-02-30\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"31.01.2026\"",
        "20260131",
        "\"2026-01-31T08:00:00Z\"",
    ] {
        assert!(read::<Date, Option<NaiveDate>>(json).is_err(), "{json}");
    }
}

#[test]
fn errors_name_only_the_kind_of_value() {
    let cases = [
        ("\"hunter2\"", "a string"),
        ("\"\"", "an empty string"),
        ("12.5", "a number"),
        ("18446744073709551615", "a number"),
        ("true", "a boolean"),
        ("null", "null"),
    ];
    for (json, kind) in cases {
        let error = read::<Integer, i64>(json).unwrap_err();
        assert!(error.ends_with(&format!("found {kind}")), "{error}");
    }
}

/// serde_json passes numbers like this to a visitor if any crate in the program enables its feature
/// `arbitrary_precision`.
#[test]
fn arbitrary_precision_numbers_are_supported() {
    use serde::de::value::{Error, MapDeserializer};

    let number = |text| MapDeserializer::<_, Error>::new([(DIGITS, text)].into_iter());
    for (text, value) in [
        ("5", 5),
        ("5.0", 5),
        ("9007199254740993", 9_007_199_254_740_993),
    ] {
        assert_eq!(Integer::read::<i64, _>(number(text)), Ok(value), "{text}");
    }
    let value = Decimal::read::<Option<Number>, _>(number("0.1000000000000000055511151231"));
    assert_eq!(
        value.unwrap().unwrap().to_string(),
        "0.1000000000000000055511151231"
    );
    for text in ["5.5", "1e300", "9223372036854775808"] {
        let error = Integer::read::<i64, _>(number(text))
            .unwrap_err()
            .to_string();
        assert!(error.ends_with("found a number"), "{error}");
    }
    let other = MapDeserializer::<_, Error>::new([("a", "5")].into_iter());
    let error = Integer::read::<i64, _>(other).unwrap_err().to_string();
    assert!(error.contains("invalid type: map"), "{error}");
}

#[test]
fn numbers_out_of_range_are_rejected() {
    #[derive(Debug, PartialEq)]
    struct Sized {
        signed: i32,
        unsigned: Option<u32>,
        long: u64,
        float: f64,
    }

    deserialize!(Sized {
        signed: Int32,
        unsigned: Uint32,
        long: Uint64Or(7),
        float: Float,
    });

    let read = |signed: &str, unsigned: &str, long: &str, float: &str| {
        let text = format!(
            r#"{{"signed": {signed}, "unsigned": {unsigned}, "long": {long}, "float": {float}}}"#
        );
        serde_json::from_str::<Sized>(&text).map_err(|error| error.to_string())
    };
    let sized = read(
        "-2147483648",
        "\"4294967295\"",
        "18446744073709551615",
        "1e-7",
    );
    let expected = Sized {
        signed: i32::MIN,
        unsigned: Some(u32::MAX),
        long: u64::MAX,
        float: 1e-7,
    };
    assert_eq!(sized, Ok(expected));
    let sized = read("1.0", "null", "null", "\"3\"").unwrap();
    assert_eq!((sized.unsigned, sized.long, sized.float), (None, 7, 3.0));
    for (signed, unsigned, long, float) in [
        ("2147483648", "1", "1", "1"),
        ("1", "-1", "1", "1"),
        ("1", "1", "18446744073709551616", "1"),
        ("1", "1", "1", "\"NaN\""),
        ("1", "1", "1", "\"1e999\""),
        ("null", "1", "1", "1"),
    ] {
        read(signed, unsigned, long, float).unwrap_err();
    }
}

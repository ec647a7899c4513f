use serde::de;
use serde_json::{Error, Value};

use super::scalar::DIGITS;
use super::*;

type Reader<T> = fn(Value) -> Result<T, Error>;

fn read<T>(reader: Reader<T>, json: &str) -> Result<T, String> {
    reader(serde_json::from_str(json).unwrap()).map_err(|error| error.to_string())
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
        assert_eq!(read(integer, json), Ok(value), "{json}");
        assert_eq!(read(optional_integer, json), Ok(Some(value)), "{json}");
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
        let error = read(optional_integer, json).unwrap_err();
        assert!(
            error.contains("expected an integer or a string of digits"),
            "{json}: {error}"
        );
        assert!(read(integer, json).is_err(), "{json}");
    }
}

#[test]
fn absent_value_is_none_default_or_error() {
    for json in ["null", "\"\"", "\" \""] {
        assert_eq!(read(optional_integer, json), Ok(None));
        assert_eq!(read(integer_or_default, json), Ok(0));
        assert_eq!(read(integer_or::<250, _>, json), Ok(250));
        assert_eq!(read(optional_decimal, json), Ok(None));
        assert_eq!(read(optional_date_time, json), Ok(None));
        assert_eq!(read(optional_date_time_rfc2822, json), Ok(None));
        assert_eq!(read(optional_date, json), Ok(None));
        let error = read(integer, json).unwrap_err();
        assert!(
            error.starts_with("expected an integer or a string of digits, found"),
            "{error}"
        );
        assert!(read(decimal, json).is_err());
        assert!(read(date_time, json).is_err());
        assert!(read(date_time_rfc2822, json).is_err());
        assert!(read(date, json).is_err());
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
            read(decimal, json).map(|it| it.to_string()),
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
            read(optional_decimal, json)
                .unwrap_err()
                .contains("a number"),
            "{json}"
        );
    }
}

#[test]
fn date_times_are_parsed_in_many_formats() {
    let expected: DateTime<Utc> = "2026-01-31T08:00:00Z".parse().unwrap();
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
        assert_eq!(read(optional_date_time, json), Ok(Some(expected)), "{json}");
    }
    let json = "\"Sat, 31 Jan 2026 08:00:00 +0000\"";
    assert_eq!(read(optional_date_time_rfc2822, json), Ok(Some(expected)));
    for json in [
        "\"now\"",
        "\"2026-02-30T08:00:00Z\"",
        "1769846400",
        "\"2026-01-31\"",
        "\"T\"",
    ] {
        let error = read(date_time, json).unwrap_err();
        assert!(
            error.starts_with("expected an RFC 3339 date-time, found"),
            "{error}"
        );
        assert!(read(date_time_rfc2822, json).is_err(), "{json}");
    }
}

#[test]
fn dates_are_full_dates() {
    assert_eq!(
        read(date, "\"2026-01-31\"").unwrap().to_string(),
        "2026-01-31"
    );
    for json in [
        "\"2026-02-30\"",
        "\"31.01.2026\"",
        "20260131",
        "\"2026-01-31T08:00:00Z\"",
    ] {
        assert!(read(optional_date, json).is_err(), "{json}");
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
        let error = read(integer, json).unwrap_err();
        assert!(error.ends_with(&format!("found {kind}")), "{error}");
    }
}

/// Nothing is lost, although serde_json passes a number as a binary float.
#[test]
fn decimals_round_trip() {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Prices {
        #[serde(deserialize_with = "decimal", serialize_with = "write_decimal")]
        one: Decimal,
        #[serde(
            deserialize_with = "optional_decimal",
            serialize_with = "write_optional_decimal"
        )]
        other: Option<Decimal>,
    }
    let cases = [
        ("0.03", "0.03"),
        ("0.030", "0.03"),
        ("-12", "-12"),
        ("9007199254740993", "9007199254740993"),
        (
            "0.1000000000000000055511151231",
            "\"0.1000000000000000055511151231\"",
        ),
        (
            "12345678901234567890.12345678",
            "\"12345678901234567890.12345678\"",
        ),
        (
            "79228162514264337593543950335",
            "\"79228162514264337593543950335\"",
        ),
    ];
    for (text, written) in cases {
        let one: Decimal = text.parse().unwrap();
        let other = Some(one);
        let json = serde_json::to_string(&Prices { one, other }).unwrap();
        assert_eq!(json, format!(r#"{{"one":{written},"other":{written}}}"#));
        let prices: Prices = serde_json::from_str(&json).unwrap();
        assert_eq!((prices.one, prices.other), (one, Some(one)));
    }
    let none = Prices {
        one: Decimal::ZERO,
        other: None,
    };
    let json = r#"{"one":0,"other":null}"#;
    assert_eq!(serde_json::to_string(&none).unwrap(), json);
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
        assert_eq!(integer(number(text)), Ok(value), "{text}");
    }
    let value = optional_decimal(number("0.1000000000000000055511151231"));
    assert_eq!(
        value.unwrap().unwrap().to_string(),
        "0.1000000000000000055511151231"
    );
    for text in ["5.5", "1e300", "9223372036854775808"] {
        let error = integer(number(text)).unwrap_err().to_string();
        assert!(error.ends_with("found a number"), "{error}");
    }
    let other = MapDeserializer::<_, Error>::new([("a", "5")].into_iter());
    let error = integer(other).unwrap_err().to_string();
    assert!(error.contains("invalid type: map"), "{error}");
}

/// A feature of `rust_decimal` changes this for every crate of a program, so this crate must enable none.
#[test]
fn serialization_of_decimals_elsewhere_is_unchanged() {
    let value: Decimal = "12345678901234567890.12".parse().unwrap();
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(json, "\"12345678901234567890.12\"");
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
    #[derive(serde::Deserialize, serde::Serialize)]
    struct Times {
        #[serde(
            deserialize_with = "date_time_rfc2822",
            serialize_with = "write_date_time_rfc2822"
        )]
        at: DateTime<Utc>,
        #[serde(
            deserialize_with = "optional_date_time_rfc2822",
            serialize_with = "write_optional_date_time_rfc2822"
        )]
        until: Option<DateTime<Utc>>,
    }
    for until in ["null", "\"Sat, 28 Feb 2026 08:00:00 +0000\""] {
        let json = format!("{{\"at\":\"Sat, 31 Jan 2026 08:00:00 +0000\",\"until\":{until}}}");
        let times: Times = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&times).unwrap(), json);
    }
}

#[derive(Debug, PartialEq)]
enum Limit {
    Number(i64),
    Text(String),
    Nested(Vec<Limit>),
    Exact(Decimal),
    Named(std::collections::BTreeMap<String, bool>),
    Other(Value),
}

impl Union for Limit {
    const TAG: Option<&'static str> = None;
    const SHAPES: &'static [crate::JsonShape] = &[
        crate::JsonShape::INTEGER,
        crate::JsonShape::STRING,
        crate::JsonShape::LIST,
        crate::JsonShape::NUMBER,
        crate::JsonShape::OBJECT.required(&["on"]),
    ];

    fn read<'de, D: Deserializer<'de>>(variant: usize, deserializer: D) -> Result<Self, D::Error> {
        match variant {
            0 => integer(deserializer).map(Self::Number),
            1 => de::Deserialize::deserialize(deserializer).map(Self::Text),
            2 => de::Deserialize::deserialize(deserializer).map(Self::Nested),
            3 => decimal(deserializer).map(Self::Exact),
            4 => de::Deserialize::deserialize(deserializer).map(Self::Named),
            _ => de::Deserialize::deserialize(deserializer).map(Self::Other),
        }
    }
}

impl<'de> de::Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        union(deserializer)
    }
}

fn read_answer(json: &str) -> Result<Limit, crate::json::Fault> {
    crate::json::read(json, crate::json::Budget::new(1 << 20, None))
}

#[test]
fn unions_are_read_by_shape() {
    let exact = "0.1234567890123456789012345";
    let list = r#" [1, ["x"], {"on": true, "off": false}, {"on": 1}, null] "#;
    for read in [read_answer as fn(&str) -> _, |json: &str| {
        Ok(serde_json::from_str(json).unwrap())
    }] {
        assert_eq!(read("5").unwrap(), Limit::Number(5));
        assert_eq!(read("\"5\"").unwrap(), Limit::Text("5".to_owned()));
        assert_eq!(read("1.5").unwrap(), Limit::Exact(Decimal::new(15, 1)));
        let Limit::Nested(items) = read(list).unwrap() else {
            panic!("not a list");
        };
        let [
            Limit::Number(1),
            Limit::Nested(inner),
            Limit::Named(named),
            other,
            null,
        ] = &items[..]
        else {
            panic!("{items:?}");
        };
        assert_eq!(inner[..], [Limit::Text("x".to_owned())]);
        assert_eq!(named.len(), 2);
        // A value of no known type is kept unchanged.
        assert_eq!(*other, Limit::Other(serde_json::json!({"on": 1})));
        assert_eq!(*null, Limit::Other(Value::Null));
    }
    // A response keeps every digit.
    assert_eq!(
        read_answer(exact).unwrap(),
        Limit::Exact(exact.parse().unwrap())
    );
}

#[test]
fn unions_respect_the_decoding_limits() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read_answer(&deep).is_err());
    assert!(read_answer("[1, 2").is_err());
    let long = format!("[{}1]", "1,".repeat(1 << 20));
    assert!(read_answer(&long).is_err());
}

#[test]
fn numbers_out_of_range_are_rejected() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Sized {
        #[serde(deserialize_with = "int32")]
        signed: i32,
        #[serde(default, deserialize_with = "optional_uint32")]
        unsigned: Option<u32>,
        #[serde(deserialize_with = "uint64_or::<7, _>")]
        long: u64,
        #[serde(deserialize_with = "float")]
        float: f64,
    }
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

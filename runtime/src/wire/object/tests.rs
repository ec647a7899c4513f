use rust_decimal::Decimal;
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;

use super::*;
use crate::json::{self, Budget};

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    json::read(text, Budget::new(usize::MAX, None))
        .map_err(|fault| format!("{}: {fault}", fault.path()))
}

#[derive(Debug, PartialEq)]
struct Site {
    name: String,
    r#type: Option<String>,
    size: Option<i64>,
    count: i64,
    on: Option<bool>,
    inner: Option<Box<Site>>,
    any: Option<Value>,
}

deserialize! {
    Site {
        name,
        r#type = "type",
        size: Integer = "b c",
        count: IntegerOr(-7),
        on or Some(true),
        inner,
        any,
    }
}

fn site(name: &str) -> Site {
    Site {
        name: name.to_owned(),
        r#type: None,
        size: None,
        count: -7,
        on: Some(true),
        inner: None,
        any: None,
    }
}

#[test]
fn fields_are_read_in_any_order_and_other_keys_skipped() {
    let text = r#"{"b c": "5", "x": [1, {}], "on": null, "type": "t", "count": 2, "n\u0061me": "a",
        "inner": {"name": "b"}, "any": null}"#;
    let expected = Site {
        r#type: Some("t".to_owned()),
        size: Some(5),
        count: 2,
        on: None,
        inner: Some(Box::new(site("b"))),
        ..site("a")
    };
    assert_eq!(read(text), Ok(expected));
}

#[test]
fn absent_fields_have_the_values_that_the_macro_says() {
    assert_eq!(read(r#"{"name": "a"}"#), Ok(site("a")));
    let nulls = r#"{"name": "a", "type": null, "b c": null, "count": null, "inner": null}"#;
    assert_eq!(read(nulls), Ok(site("a")));
}

#[test]
fn first_value_of_a_key_counts() {
    let text = r#"{"name": "a", "count": 1, "name": "b", "count": 2}"#;
    let expected = Site {
        count: 1,
        ..site("a")
    };
    assert_eq!(read(text), Ok(expected));
    let expected = Site {
        count: 1,
        ..site("a")
    };
    assert_eq!(serde_json::from_str::<Site>(text).unwrap(), expected);
}

#[test]
fn faults_name_the_path_and_the_struct() {
    for (text, expected) in [
        ("{}", ".: missing field `name`"),
        (
            r#"{"name": "a", "inner": {}}"#,
            "inner: missing field `name`",
        ),
        (
            r#"{"name": 1}"#,
            "name: invalid type: a number, expected a string",
        ),
        (
            r#"{"name": "a", "b c": "x"}"#,
            "b c: expected an integer or a string of digits, found a string",
        ),
        ("[1]", ".: invalid type: a list, expected struct Site"),
        ("null", ".: invalid type: null, expected struct Site"),
    ] {
        assert_eq!(read::<Site>(text), Err(expected.to_owned()), "{text}");
    }
    let required = read::<Amounts>("{}");
    assert_eq!(required, Err(".: missing field `sum`".to_owned()));
}

#[derive(Debug, PartialEq)]
struct Amounts {
    sum: Decimal,
    parts: Option<Vec<Decimal>>,
    rest: BTreeMap<String, Decimal>,
}

deserialize! {
    Amounts {
        sum: Decimal,
        parts: Decimals,
        ..rest: Decimals
    }
}

#[derive(Debug, PartialEq)]
struct Anything {
    b: Option<String>,
    rest: BTreeMap<String, Value>,
}

deserialize! {
    Anything {
        b = "b c",
        ..rest
    }
}

#[test]
fn types_of_defaults_may_have_any_name() {
    #[derive(Debug, PartialEq)]
    struct A;
    type D = A;

    impl<'de> Deserialize<'de> for A {
        fn deserialize<T: Deserializer<'de>>(deserializer: T) -> Result<Self, T::Error> {
            IgnoredAny::deserialize(deserializer).map(|_| A)
        }
    }

    #[derive(Debug, PartialEq)]
    struct Letters {
        a: Option<A>,
        d: Option<D>,
    }

    deserialize! {
        Letters {
            a or Some::<A>(A),
            d or None::<D>,
        }
    }

    let expected = Letters {
        a: Some(A),
        d: None,
    };
    assert_eq!(read("{}"), Ok(expected));
}

const TEXT: &str =
    r#"{"x": 0.1234567890123456789012345, "sum": 1, "n": null, "y": "2.50", "sum": 7, "y": 3}"#;

#[test]
fn other_keys_keep_their_digits() {
    let amounts: Amounts = read(TEXT).unwrap();
    assert_eq!((amounts.sum, amounts.parts), (Decimal::ONE, None));
    let rest = amounts.rest.iter().map(|(key, it)| format!("{key}={it}"));
    let rest: Vec<String> = rest.collect();
    assert_eq!(rest, ["x=0.1234567890123456789012345", "y=2.50"]);
}

#[test]
fn null_is_kept_if_the_type_accepts_it() {
    let anything: Anything = read(TEXT).unwrap();
    let keys: Vec<&str> = anything.rest.keys().map(String::as_str).collect();
    assert_eq!(keys, ["n", "sum", "x", "y"]);
    assert!(anything.rest["n"].is_null());
}

#[test]
fn faults_of_other_keys_have_a_path() {
    for (text, expected) in [
        (
            r#"{"sum": 1, "x": {"y": 1}}"#,
            "x: invalid type: an object, expected a number or a number in a string",
        ),
        (r#"{"sum": 1, "x": }"#, ".: not JSON"),
        ("[1]", ".: invalid type: a list, expected struct Amounts"),
    ] {
        assert_eq!(read::<Amounts>(text), Err(expected.to_owned()), "{text}");
    }
}

#[test]
fn other_formats_are_supported() {
    let value: Value = serde_json::from_str(TEXT).unwrap();
    let amounts = Amounts::deserialize(&value).unwrap();
    assert_eq!(serde_json::from_value::<Amounts>(value).unwrap(), amounts);
    assert_eq!(amounts.sum, Decimal::from(7)); // A `Value` keeps the last of two.
    assert_eq!(amounts.rest.len(), 2);
}

#[test]
fn reading_stops_at_the_limits() {
    #[derive(Debug)]
    struct Nested {
        rest: BTreeMap<String, Nested>,
    }

    deserialize! {
        Nested { ..rest }
    }

    let nested = |levels| "{\"a\":".repeat(levels) + "{}" + &"}".repeat(levels);
    assert_eq!(read::<Nested>(&nested(60)).unwrap().rest.len(), 1);
    let fault = read::<Nested>(&nested(100_000)).unwrap_err();
    assert!(
        fault.ends_with("lists and objects are nested more than 128 levels deep"),
        "{fault}"
    );
    let many: String = (0..1000).map(|it| format!(r#""{it}": {{}},"#)).collect();
    let many = format!("{{{many} \"last\": {{}}}}");
    let fault = json::read::<Nested>(&many, Budget::new(10_000, None));
    assert!(fault.is_err());
}

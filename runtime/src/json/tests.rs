use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::*;
use crate::twilio::VENDOR;

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Model {
    text: Option<String>,
    number: f64,
    flags: Vec<bool>,
    children: BTreeMap<String, Model>,
    kind: Option<Kind>,
    any: Value,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Small,
}

fn unlimited() -> Budget {
    Budget::new(usize::MAX, None)
}

fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    read(text, unlimited())
}

fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, Fault> {
    read_text(&value.to_string())
}

/// Reads a whole body as any JSON.
fn parse(body: &[u8]) -> Result<Value, Fault> {
    let mut reader = reader(body, unlimited(), Some(VENDOR.errors))?;
    let value = Value::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Skips a whole body.
fn pass(body: &[u8]) -> Result<(), Fault> {
    let mut reader = reader(body, Budget::new(0, None), Some(VENDOR.errors))?;
    reader.skip()?;
    reader.end()
}

fn path(value: &Value) -> String {
    read_value::<Model>(value).unwrap_err().path().to_owned()
}

#[test]
fn types_read_what_serde_json_reads() {
    let documents = [
        json!({}),
        json!({"text": null, "number": 5, "flags": [], "unknown": {"a": [1, null]}}),
        json!({"text": "é\n\"", "number": 1.5, "flags": [true, false], "kind": "Small", "any": {"a": [1, "b", null]}}),
        json!({"children": {"a": {"text": "b"}, "": {"number": u64::MAX, "any": -1}, "\\": {}}}),
    ];
    for document in documents {
        for text in [
            document.to_string(),
            serde_json::to_string_pretty(&document).unwrap(),
        ] {
            assert_eq!(
                read_text::<Model>(&text).unwrap(),
                serde_json::from_str::<Model>(&text).unwrap()
            );
        }
    }
}

/// Null is kept if the type accepts it.
/// The docs of the exported `Value` promise it.
#[test]
fn integers_of_64_bits_are_exact_in_any_json() {
    for (text, printed) in [
        ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775807", "9223372036854775807"),
        ("18446744073709551615", "18446744073709551615"),
        ("0.1", "0.1"),
        ("1234567890123.45", "1234567890123.45"),
        ("12345678901234567890.123", "1.2345678901234567e+19"),
        ("18446744073709551616", "1.8446744073709552e+19"),
    ] {
        let list = format!("[{text}]");
        let value = parse(list.as_bytes()).expect("JSON");
        assert_eq!(value.to_string(), format!("[{printed}]"));
    }
}

#[test]
fn null_in_a_map_is_skipped() {
    let document = json!({"a": null, "b": "c"});
    let texts: BTreeMap<String, String> = read_value(&document).unwrap();
    assert_eq!(texts, [("b".to_owned(), "c".to_owned())].into());
    let values: BTreeMap<String, Option<String>> = read_value(&document).unwrap();
    assert_eq!(values.len(), 2);
    let any: BTreeMap<String, Value> = read_value(&document).unwrap();
    assert_eq!(any["a"], Value::Null);
    let fault = read_value::<BTreeMap<String, String>>(&json!({"a": null, "b": 5})).unwrap_err();
    assert_eq!(fault.path(), "b");
}

#[test]
fn first_duplicate_key_of_a_struct_wins() {
    let text = r#"{"text": "a", "number": 1, "text": "b", "new": 1, "flags": [true], "new": 2, "number": "c"}"#;
    let model: Model = read_text(text).unwrap();
    assert_eq!((model.text.as_deref(), model.number), (Some("a"), 1.0));
    assert_eq!(model.flags, [true]);
    // What is skipped must be JSON all the same.
    assert!(read_text::<Model>(r#"{"text": "a", "text": b}"#).is_err());
}

#[test]
fn faults_have_a_path() {
    assert_eq!(path(&json!([])), ".");
    assert_eq!(path(&json!({"text": 5})), "text");
    assert_eq!(path(&json!({"flags": [true, 1]})), "flags[1]");
    assert_eq!(path(&json!({"flags": {}})), "flags");
    assert_eq!(
        path(&json!({"children": {"a b": {"number": "5"}}})),
        "children.a b.number"
    );
    assert_eq!(path(&json!({"children": {"\"": 5}})), "children.\"");
    assert_eq!(path(&json!({"kind": {"Small": 1}})), "kind");
    assert_eq!(path(&json!({"kind": "Large"})), "kind");
}

#[test]
fn lists_count_their_members() {
    let list = |text: &str| Reader::new(text, unlimited(), None).list_of::<Model>();
    let fault = list(r#"[{}, {"flags": [0]}]"#).unwrap_err();
    assert_eq!(fault.below("fleets").path(), "fleets[1].flags[0]");
    let fault = list("[{}, 5]").unwrap_err();
    assert_eq!(fault.below("fleets").path(), "fleets[1]");
    for text in [
        "null",
        "{}",
        "5",
        "\"x\"",
        "1.5",
        "18446744073709551615",
        "true",
    ] {
        let fault = list(text).unwrap_err();
        assert_eq!(fault.path(), ".");
        assert!(fault.to_string().ends_with("expected a list"), "{fault}");
    }
}

#[test]
fn messages_contain_no_values() {
    let faults = [
        read_text::<BTreeMap<String, u8>>(r#"{"a": 300}"#).unwrap_err(),
        read_text::<BTreeMap<String, u8>>(r#"{"a": "hunter2"}"#).unwrap_err(),
        read_text::<BTreeMap<String, char>>(r#"{"a": "hunter2"}"#).unwrap_err(),
        read_text::<BTreeMap<String, bool>>(r#"{"a": 300}"#).unwrap_err(),
    ];
    for fault in faults {
        let text = fault.to_string();
        assert!(!text.contains("hunter2") && !text.contains("300"), "{text}");
    }
}

#[test]
fn any_bytes_are_parsed_or_rejected() {
    let empty = parse(b"").unwrap_err();
    assert_eq!(empty.to_string(), "the body is empty");
    let deep = "[".repeat(100_000);
    for bytes in [
        &b"\xff\xfe"[..],
        b"{",
        b"{}x",
        b"\"\\ud800\"",
        b"1e999",
        b"\0",
        b"\xef\xbb\xbf",
        deep.as_bytes(),
    ] {
        assert_eq!(parse(bytes).unwrap_err().path(), ".");
    }
}

#[test]
fn byte_order_mark_is_skipped() {
    assert_eq!(parse(b"\xef\xbb\xbf {\"a\": 1}").unwrap(), json!({"a": 1}));
}

#[test]
fn nesting_is_limited_in_read_and_skipped_values() {
    for (levels, is_read) in [(128, true), (129, false)] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = if open == "[" { "" } else { "1" };
            let text = open.repeat(levels) + inner + &close.repeat(levels);
            assert_eq!(parse(text.as_bytes()).is_ok(), is_read, "{levels}");
            assert_eq!(pass(text.as_bytes()).is_ok(), is_read, "{levels}");
        }
    }
}

#[test]
fn corrupted_body_does_not_panic() {
    let body = br#"{"text": "a", "number": 1.5, "flags": [true], "children": {"b": {}}, "any": {"c": null}}"#;
    for at in 0..body.len() {
        assert!(parse(&body[..at]).is_err());
        for byte in [0, b'"', b'{', b'[', b'0', b'\\', 0xff] {
            let mut bytes = body.to_vec();
            bytes[at] = byte;
            check_against_serde_json(&bytes);
            if let Ok(text) = str::from_utf8(&bytes) {
                drop(read_text::<Model>(text));
                drop(Reader::new(text, unlimited(), None).list_of::<Model>());
            }
        }
    }
}

/// Checks that `body` is accepted exactly if serde_json accepts it.
fn check_against_serde_json(body: &[u8]) {
    let expected = serde_json::from_slice::<Value>(body);
    let found = parse(body);
    assert_eq!(
        found.is_ok(),
        expected.is_ok(),
        "{}",
        String::from_utf8_lossy(body)
    );
    if found.is_ok() {
        assert!(pass(body).is_ok(), "{}", String::from_utf8_lossy(body));
    }
}

/// Valid and invalid tokens.
const TOKENS: &[&str] = &[
    "0",
    "-0",
    "00",
    "01",
    "-",
    "--1",
    "+1",
    ".5",
    "5.",
    "5.e1",
    "5.0e",
    "5e+",
    "5e+1",
    "5E-1",
    "1e5.",
    "-01",
    "1.5.5",
    "1ee5",
    "0x1",
    "Infinity",
    "NaN",
    "nul",
    "nulll",
    "null",
    "true",
    "True",
    "tru e",
    "false",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1",
    "[]",
    "[ ]",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1,,\"b\":2}",
    "{ }",
    "\"\\u12\"",
    "\"\\u123G\"",
    "\"\\u1234\"",
    "\"\\x\"",
    "\"\t\"",
    "\"\\t\"",
    "\"\\\"",
    "\"",
    "\"a",
    "\"\\ud83d\\ude00\"",
    "\"\\ude00\"",
    "\u{a0}1",
    "\u{b}1",
    "1 1",
    "[1]]",
    "// 1",
    "1 // x",
    "'a'",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "0.1e-400",
];

#[test]
fn tokens_are_check_against_serde_json() {
    for token in TOKENS {
        check_against_serde_json(token.as_bytes());
        check_against_serde_json(format!(" [ {token} , {{ \"a\" : {token} }} ] ").as_bytes());
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e300..1e300).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn values_read_back_as_they_were_written(value in any_json()) {
        prop_assert_eq!(parse(value.to_string().as_bytes()).unwrap(), value.clone());
        let pretty = serde_json::to_vec_pretty(&value).unwrap();
        prop_assert_eq!(parse(&pretty).unwrap(), value);
    }

    #[test]
    fn changed_texts_are_check_against_serde_json(
        value in any_json(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut text = value.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(text.len());
            text[at] = byte;
        }
        check_against_serde_json(&text);
    }
}

/// Returns the memory that the budget counts for reading `text` as a `T`.
fn memory<T: DeserializeOwned>(text: &str) -> usize {
    let fits = |memory| match read::<T>(text, Budget::new(memory, None)) {
        Ok(_) => true,
        Err(fault) => {
            assert!(matches!(fault.problem(), Problem::Memory), "{fault}");
            false
        }
    };
    let (mut too_little, mut enough) = (0, 1 << 30);
    assert!(fits(enough));
    while enough - too_little > 1 {
        let middle = usize::midpoint(too_little, enough);
        if fits(middle) {
            enough = middle;
        } else {
            too_little = middle;
        }
    }
    enough
}

#[test]
fn kept_values_count_toward_memory() {
    type Texts = Vec<String>;
    assert!(memory::<Texts>("[\"abc\",\"def\"]") >= 2 * (size_of::<String>() + 3));
    assert!(memory::<Vec<[u64; 0]>>("[[],[]]") <= 1);
    assert_eq!(memory::<Vec<Model>>("[{},{},{}]"), 3 * size_of::<Model>());
    let node = 11 * (size_of::<String>() + size_of::<Value>());
    assert!(memory::<Value>("{\"\":0}") >= node);
    assert!(memory::<Value>("[{\"\":0},{\"\":0}]") >= 2 * node);
    assert!(memory::<BTreeMap<String, Model>>("{\"\":{}}") >= 11 * size_of::<Model>());
}

#[test]
fn unknown_members_take_no_memory() {
    let unknown = "{\"\":0},".repeat(1000);
    let text = format!("{{\"text\":\"a\",\"new\":[{unknown}0]}}");
    assert!(memory::<Model>(&text) < 100);
}

#[test]
fn skipped_null_does_not_hide_exhausted_memory() {
    let fault =
        read::<BTreeMap<String, String>>("{\"a\":null}", Budget::new(40, None)).unwrap_err();
    assert!(matches!(fault.problem(), Problem::Memory), "{fault}");
}

#[tokio::test]
async fn reading_stops_at_the_deadline() {
    let text = format!("[{}0]", "0,".repeat(100_000));
    for ends in [
        None,
        Some(Instant::now() + std::time::Duration::from_secs(3600)),
    ] {
        assert!(read::<Vec<u8>>(&text, Budget::new(usize::MAX, ends)).is_ok());
    }
    let over = || Budget::new(usize::MAX, Some(Instant::now()));
    let fault = read::<Vec<u8>>(&text, over()).unwrap_err();
    assert!(matches!(fault.problem(), Problem::Time), "{fault}");
    // Also while it skips unknown members.
    let fault = Reader::new(&text, over(), None).skip().unwrap_err();
    assert!(matches!(fault.problem(), Problem::Time), "{fault}");
}

#[test]
fn errors_with_a_success_status_are_detected() {
    let is_error = |text: &str| {
        let mut reader = Reader::new(text, unlimited(), Some(VENDOR.errors));
        Model::deserialize(&mut reader).unwrap();
        reader.has_read_error()
    };
    assert!(is_error(
        r#"{"status": 404, "code": 20404, "message": "m"}"#
    ));
    assert!(is_error(
        r#"{"code": null, "message": "m", "status": 400, "more": {}}"#
    ));
    for text in [
        r#"{"status": 399, "code": 20404, "message": "m"}"#,
        r#"{"status": "404", "code": 20404, "message": "m"}"#,
        r#"{"status": 404, "code": "20404", "message": "m"}"#,
        r#"{"status": 404, "code": 20404, "message": null}"#,
        r#"{"status": 404, "code": 20404}"#,
        r#"{"any": {"status": 404, "code": 20404, "message": "m"}}"#,
    ] {
        assert!(!is_error(text), "{text}");
    }
}

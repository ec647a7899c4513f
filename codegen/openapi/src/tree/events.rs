//! Builds the values of a YAML text from the parser events that also give their places.
//!
//! Texts with anything unusual are left to `yaml_serde`, which reports their faults and knows aliases.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};
use twilio_codegen_yaml::{Event, ScalarStyle};

use super::builder::MERGE;

/// The values of a text, event by event.
pub(super) struct EventValues {
    /// The containers around the next value.
    open: Vec<OpenContainer>,
    root: Option<Value>,
    is_unusual: bool,
    /// Whether the last line of the text has a line break.
    ends_line: bool,
}

/// A container whose values are being added.
struct OpenContainer {
    /// The values so far: an object or an array.
    values: Value,
    /// The key of the next value of an object, once it is known.
    key: Option<String>,
}

/// The text has something that only `yaml_serde` handles.
struct Unusual;

impl EventValues {
    pub(super) fn new(text: &str) -> Self {
        Self {
            open: Vec::new(),
            root: None,
            is_unusual: !twilio_codegen_yaml::has_usual_characters(text),
            ends_line: text.ends_with(['\n', '\r']),
        }
    }

    /// Leaves the text to `yaml_serde`.
    pub(super) fn give_up(&mut self) {
        self.is_unusual = true;
    }

    /// Returns the value of the text.
    ///
    /// There is none if the text has a syntax error, an alias, an anchor, a tag, a merge key, a key that is empty or a
    /// container, a number with a base, an infinite one, a character that is not allowed or that breaks lines only in
    /// YAML 1.1, or a block in an incomplete last line. There is none either if the text is a scalar.
    pub(super) fn finish(self) -> Option<Value> {
        self.root.filter(|_| !self.is_unusual)
    }

    /// Adds an event.
    pub(super) fn add(&mut self, event: Event<'_>) {
        if !self.is_unusual {
            self.is_unusual = self.try_add(event).is_err();
        }
    }

    fn try_add(&mut self, event: Event<'_>) -> Result<(), Unusual> {
        match event {
            Event::MappingStart(0, None) => self.open(Value::Object(Map::new())),
            Event::SequenceStart(0, None) => self.open(Value::Array(Vec::new())),
            Event::MappingEnd | Event::SequenceEnd => match self.open.pop() {
                Some(closed) => self.put(closed.values),
                None => Err(Unusual),
            },
            Event::Scalar(text, style, 0, None) => self.scalar(text, style),
            Event::MappingStart(..) | Event::SequenceStart(..) => Err(Unusual),
            Event::Scalar(..) | Event::Alias(_) => Err(Unusual),
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => Ok(()),
            Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, values: Value) -> Result<(), Unusual> {
        if self.next_key().is_some() {
            return Err(Unusual);
        }
        self.open.push(OpenContainer { values, key: None });
        Ok(())
    }

    /// Returns where to put the next scalar if it is a key.
    fn next_key(&mut self) -> Option<&mut Option<String>> {
        let OpenContainer { values, key } = self.open.last_mut()?;
        (values.is_object() && key.is_none()).then_some(key)
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle) -> Result<(), Unusual> {
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        // The parser completes the last line of a block.
        if self.open.is_empty() || (is_block && !self.ends_line) {
            return Err(Unusual);
        }
        if let Some(key) = self.next_key() {
            if text.is_empty() || text == MERGE {
                return Err(Unusual);
            }
            *key = Some(text.into_owned());
            return Ok(());
        }
        self.put(if style == ScalarStyle::Plain {
            plain(text)?
        } else {
            Value::String(text.into_owned())
        })
    }

    /// Adds a value to its container. The first value of a duplicate key wins.
    fn put(&mut self, value: Value) -> Result<(), Unusual> {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(OpenContainer { values, key }) => match (values, key.take()) {
                (Value::Object(members), Some(key)) => {
                    members.entry(key).or_insert(value);
                }
                (Value::Array(elements), _) => elements.push(value),
                (_, _) => return Err(Unusual),
            },
        }
        Ok(())
    }
}

/// Returns the value of a scalar without quotes (YAML 1.2.2 §10.3.2).
fn plain(text: Cow<'_, str>) -> Result<Value, Unusual> {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        "true" | "True" | "TRUE" => Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => Ok(Value::Bool(false)),
        _ => {
            let number = number(&text)?;
            Ok(number.map_or_else(|| Value::String(text.into_owned()), Value::Number))
        }
    }
}

/// Returns the number that a scalar without quotes represents, if it is one. Numbers with a base and `.inf` are unusual.
fn number(text: &str) -> Result<Option<Number>, Unusual> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.as_bytes() {
        [b'0', b'b' | b'o' | b'x', ..] | [b'.', b'i' | b'I' | b'n' | b'N', ..] => {
            return Err(Unusual);
        }
        // Digits after a zero are text.
        [b'0', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_digit) => {
            return Ok(None);
        }
        [b'0'..=b'9' | b'.', ..] => {}
        _ => return Ok(None),
    }
    if let Ok(number) = text.parse::<u64>() {
        return Ok(Some(number.into()));
    }
    if let Ok(number) = text.parse::<i64>() {
        return Ok(Some(number.into()));
    }
    Ok(text.parse().ok().and_then(Number::from_f64))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::builder::Builder;
    use super::super::values::ValueReader;
    use super::super::yaml::scan;
    use super::*;

    /// Returns the value of a text, if it has nothing unusual. `yaml_serde` must agree on it.
    fn value(text: &str) -> Option<Value> {
        let value = scan(text, &mut Builder::new(0)).ok()?.value?;
        let mut reader = ValueReader::new(text, true);
        let other = reader.read(serde_yaml::Deserializer::from_str(text));
        assert_eq!(Some(&value), other.ok().as_ref(), "{text:?}");
        Some(value)
    }

    #[test]
    fn values_are_those_of_the_other_parser() {
        let text = "a: {b: [1, 'two', \"\\u0033\"], c: }\n? d\n: - 4\n  - e: >\n      folded\n      text\n\n    f: |-\n      a\n       b\n\
                    g: more\n  than one\n\n  line\na: second\n200: é\nnull: [{}, []]\n";
        let expected = json!({
            "a": {"b": [1, "two", "3"], "c": null},
            "d": [4, {"e": "folded text\n", "f": "a\n b"}],
            "g": "more than one\nline",
            "200": "é",
            "null": [{}, []],
        });
        assert_eq!(value(text), Some(expected));
    }

    #[test]
    fn scalars_without_quotes_are_those_of_the_other_parser() {
        let texts = "~ null Null NULL nULL true True TRUE tRue false False FALSE yes off 0 -0 +0 00 -01 +01 0.0 1 -1 \
            +1 +-1 --1 1_000 1,000 08 1e5 1e e5 1. .5 -.5 +.5 . .. -. 1.2.3 2020-01-02 3.0e-2 1E400 inf \
            -inf nan infinity 0b 0.1b 18446744073709551615 18446744073709551616 -9223372036854775808 \
            -9223372036854775809 340282366920938463463374607431768211456 1:30 é";
        for text in texts.split(' ') {
            let is_unusual = value(&format!("- {text}\n")).is_none();
            assert_eq!(is_unusual, text == "0b", "{text}");
        }
    }

    #[test]
    fn unusual_texts_are_left_alone() {
        let texts = [
            "[0x1F]",
            "[-0o17]",
            "[+0b11]",
            "[.inf]",
            "[-.INF]",
            "[.NaN]",
            "[!a b]",
            "[!!str 1]",
            "[&a b]",
            "[*a]",
            "&a [b]",
            "&a {b: c}",
            "!a [b]",
            "<<: {a: b}",
            "? [a]\n: b",
            "? {a: b}\n: c",
            ": a",
            "'': a",
            "a: b: c",
            "a: 1\n---\nb: 2\n",
            "[a",
            "{a: b",
            "a: \u{7}",
            "a: \u{85}",
            "a: \u{2028}",
            "a: '\u{FEFF}'",
            "a: |\n  b",
            "a: >-\n  b",
            "? |\n  b",
            "a",
            "",
        ];
        for text in texts {
            assert_eq!(value(text), None, "{text:?}");
        }
    }
}

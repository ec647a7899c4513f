//! Measures how large an overlay makes a document.

use serde_json::Value;

use crate::tree::MAX_VALUES;

/// How many bytes of keys and strings a document may have after an overlay. By default, `xtask` reads no larger file.
const MAX_BYTES: usize = 64 << 20;

/// The size of a value.
#[derive(Default)]
pub(super) struct Size {
    /// The number of values, including itself.
    values: usize,
    /// The bytes of its keys and strings.
    bytes: usize,
    /// The levels below it.
    pub(super) depth: usize,
}

impl Size {
    pub(super) fn of(value: &Value) -> Self {
        let mut size = Self {
            values: 1,
            ..Self::default()
        };
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    size.bytes += key.len();
                    size.add(&Self::of(value));
                }
            }
            Value::Array(list) => list.iter().for_each(|it| size.add(&Self::of(it))),
            Value::String(text) => size.bytes = text.len(),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        size
    }

    /// An upper bound of the size after `added` is inserted `count` times.
    pub(super) fn and(&self, added: &Self, count: usize) -> Self {
        Self {
            values: self
                .values
                .saturating_add(added.values.saturating_mul(count)),
            bytes: self.bytes.saturating_add(added.bytes.saturating_mul(count)),
            depth: self.depth,
        }
    }

    /// Returns which limit a document of this size exceeds.
    pub(super) fn excess(&self) -> Option<&'static str> {
        if self.values > MAX_VALUES {
            Some("the update makes the document larger than 3,000,000 values")
        } else if self.bytes > MAX_BYTES {
            Some("the update makes the texts of the document longer than 64 MiB")
        } else {
            None
        }
    }

    /// Adds the size of a part.
    fn add(&mut self, part: &Self) {
        self.values += part.values;
        self.bytes += part.bytes;
        self.depth = self.depth.max(part.depth + 1);
    }
}

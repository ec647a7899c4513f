//! Lists the types from outside of the crate: Rust's own, and those of the runtime.

use std::fmt;

/// A type without parts from the crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Its name.
    pub name: &'static str,
    /// The name of its type argument, if it has one.
    pub argument: Option<&'static str>,
    /// Whether the runtime exports it and its argument, and the crate root re-exports them.
    pub is_shared: bool,
}

impl Leaf {
    /// `String`
    pub const STRING: Self = Self::own("String");
    /// `bool`
    pub const BOOL: Self = Self::own("bool");
    /// `i64`
    pub const I64: Self = Self::own("i64");
    /// `i32`
    pub const I32: Self = Self::own("i32");
    /// `u32`
    pub const U32: Self = Self::own("u32");
    /// `u64`
    pub const U64: Self = Self::own("u64");
    /// `usize`
    pub const USIZE: Self = Self::own("usize");
    /// `f64`
    pub const F64: Self = Self::own("f64");
    /// `u8`
    pub const U8: Self = Self::own("u8");
    /// `Bytes`
    pub const BYTES: Self = Self::shared("Bytes");
    /// Bytes or a stream to send.
    pub const BODY: Self = Self::shared("Body");
    /// A file to send.
    pub const PART: Self = Self::shared("Part");
    /// A file to send, and the name of its part.
    pub const NAMED_PART: Self = Self::shared("NamedPart");
    /// `Decimal`
    pub const DECIMAL: Self = Self::shared("Decimal");
    /// `DateTime<Utc>`
    pub const DATE_TIME: Self = Self {
        argument: Some("Utc"),
        ..Self::shared("DateTime")
    };
    /// `NaiveDate`
    pub const DATE: Self = Self::shared("NaiveDate");
    /// Bytes in base64.
    pub const BASE64: Self = Self::shared("Base64");
    /// `serde_json::Value`
    pub const VALUE: Self = Self::shared("Value");
    /// JSON that is sent as text.
    pub const JSON: Self = Self::shared("Json");

    const fn own(name: &'static str) -> Self {
        Self {
            name,
            argument: None,
            is_shared: false,
        }
    }

    const fn shared(name: &'static str) -> Self {
        Self {
            is_shared: true,
            ..Self::own(name)
        }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.argument {
            Some(argument) => write!(f, "{}<{argument}>", self.name),
            None => f.write_str(self.name),
        }
    }
}

//! Decodes the bytes of a body as a value of its type, in one pass.
//!
//! The derived `Deserialize` of a type pulls the fields that it knows from a [`Reader`]; the others are skipped and
//! take no memory. This does not build on serde_json's deserializer, for four reasons. It passes numbers to visitors as
//! binary floats, which lose digits of decimals. It does not report the location of an error within a value. It has no
//! limits on memory and time. And for each struct type, it compiles code to read the struct from a list. serde_json
//! defines what is valid JSON: the tests compare.
//!
//! This module does not know about requests.

mod access;
mod budget;
mod choice;
mod cursor;
mod deserializer;
mod fault;
mod key;
mod node;
mod reader;
mod shape;
mod signs;

use std::str;

use serde::de::DeserializeOwned;
use serde::de::IgnoredAny;

pub(crate) use self::budget::Budget;
pub(crate) use self::choice::CHOICE;
pub(crate) use self::deserializer::NUMBER_TEXT;
pub(crate) use self::fault::{Fault, Problem};
pub(crate) use self::node::Node;
pub(crate) use self::reader::Reader;
pub use self::shape::JsonShape;
pub(crate) use self::shape::candidates;
use crate::vendor::ErrorFormat;

/// Starts to read a body (RFC 8259 §8.1), and records the members of `errors` that it finds. A leading byte order mark
/// is skipped.
///
/// # Errors
///
/// Returns a fault of the whole body if it is empty or not UTF-8.
pub(crate) fn reader(
    body: &[u8],
    budget: Budget,
    errors: Option<ErrorFormat>,
) -> Result<Reader<'_>, Fault> {
    let text = str::from_utf8(body).map_err(|_| Fault::syntax())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.is_empty() {
        return Err(Fault::new("the body is empty".to_owned()));
    }
    Ok(Reader::new(text, budget, errors))
}

/// Reads a text that contains one value of type `T` and nothing else.
pub(crate) fn read<T: DeserializeOwned>(text: &str, budget: Budget) -> Result<T, Fault> {
    let mut reader = Reader::new(text, budget, None);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Returns what is wrong with a body that is not JSON.
pub(crate) fn syntax_message(body: &[u8]) -> String {
    match serde_json::from_slice::<IgnoredAny>(body) {
        Err(error) => error.to_string(),
        // serde_json does not check the strings that it skips.
        Ok(_) => "a string is not valid Unicode".to_owned(),
    }
}

#[cfg(test)]
mod tests;

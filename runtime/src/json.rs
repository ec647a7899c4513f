//! From the bytes of a body to a value of its type, in one pass.
//!
//! The derived `Deserialize` of a type pulls what it knows from a [`Reader`]. What it does not know is passed over and
//! takes no memory. serde_json's own deserializer is not behind it, for four reasons: it gives numbers to visitors as
//! binary floats, which lose digits of decimals; it cannot tell where in a value a fault is; it knows neither budget nor
//! clock; and it compiles, for each type, a struct's reader of lists. What is valid JSON, serde_json decides: the
//! tests compare.
//!
//! Nothing here knows about requests.

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

#[cfg(any(test, feature = "mock", feature = "cli"))]
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

/// Starts to read a body (RFC 8259 §8.1), and looks out for the members of `errors` meanwhile. A byte order mark before
/// it is passed over.
///
/// # Errors
///
/// Returns a fault of the whole if it is empty or not UTF-8.
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

/// Reads a text that holds one value of type `T` and nothing else.
#[cfg(any(test, feature = "mock", feature = "cli"))]
pub(crate) fn read<T: DeserializeOwned>(text: &str, budget: Budget) -> Result<T, Fault> {
    let mut reader = Reader::new(text, budget, None);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Says what is wrong with a body that is not JSON.
pub(crate) fn syntax_message(body: &[u8]) -> String {
    match serde_json::from_slice::<IgnoredAny>(body) {
        Err(error) => error.to_string(),
        // serde_json does not look into the strings that it passes over.
        Ok(_) => "a string is not Unicode".to_owned(),
    }
}

#[cfg(test)]
mod tests;

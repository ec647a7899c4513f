//! Decodes response bodies: JSON, text, bytes or nothing.

use std::borrow::Cow;

use bytes::Bytes;
use http::header;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::media_type;
use crate::received::Received;

/// The byte order mark that some services put in front of UTF-8 text (RFC 3629 §6).
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Decodes the body as JSON. If that fails and its media type says that it is text, it is read as a string: frameworks
/// respond so where their documents say JSON.
pub(crate) fn json<T: DeserializeOwned>(received: &Received) -> Result<T, Error> {
    match json_of(received, &received.answer.body) {
        Err(error @ Error::Decode(_)) => match quoted(received) {
            Some(quoted) => json_of(received, &quoted).map_err(|_| error),
            None => Err(error),
        },
        decoded => decoded,
    }
}

/// Decodes `body` in the place of the response's own.
#[inline(never)]
fn json_of<T: DeserializeOwned>(received: &Received, body: &[u8]) -> Result<T, Error> {
    let mut reader = received.reader_of(body)?;
    let body = T::deserialize(&mut reader);
    received.finish(reader, body)
}

/// Returns the body as a string of JSON if its media type is text.
#[cold]
fn quoted(received: &Received) -> Option<Vec<u8>> {
    if !media_type::is_text(content_type(received)) {
        return None;
    }
    let text = text(received).ok()?;
    serde_json::to_vec(&text).ok()
}

/// Returns the media type of the response; empty if it has none.
fn content_type(received: &Received) -> &str {
    let kind = received.answer.headers.get(header::CONTENT_TYPE);
    kind.and_then(|it| it.to_str().ok()).unwrap_or_default()
}

/// Decodes the body as JSON of any kind, whose default is null. That is what an empty body is: a document that does not
/// describe the body does not say either that there is one.
pub(crate) fn any_json<T: DeserializeOwned + Default>(received: &Received) -> Result<T, Error> {
    match received.answer.body.is_empty() {
        true => Ok(T::default()),
        false => json(received),
    }
}

/// Ignores a body that the document does not describe: frameworks respond with `OK`, or with an object that no one
/// documented.
///
/// If the vendor has errors with a success status, a JSON body is ignored unless it is one, and a body that is not JSON
/// does not come from the service.
pub(crate) fn empty(received: &Received) -> Result<(), Error> {
    if received.answer.body.is_empty() || received.errors().is_none() {
        return Ok(());
    }
    let mut reader = received.reader()?;
    let body = reader.skip();
    received.finish(reader, body)
}

/// Returns the undecoded body.
pub(crate) fn bytes(received: &Received) -> Result<Bytes, Error> {
    Ok(received.answer.body.clone())
}

/// Decodes the body as text in the character set of its media type; the default is UTF-8.
///
/// # Errors
///
/// Returns [`Error::Decode`] if it is not valid in that character set, or if the set is neither UTF-8, US-ASCII nor
/// ISO-8859-1.
pub(crate) fn text(received: &Received) -> Result<String, Error> {
    let charset = media_type::charset(content_type(received));
    let text = decoded(&received.answer.body, charset);
    text.map(Cow::into_owned)
        .map_err(|problem| received.undecodable(problem))
}

/// Decodes text in a character set, whose names are case-insensitive (RFC 2978 §2.3).
fn decoded<'a>(body: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, String> {
    let is = |names: &[&str]| {
        charset.is_some_and(|it| names.iter().any(|name| it.eq_ignore_ascii_case(name)))
    };
    if charset.is_none() || is(&["utf-8", "utf8", "us-ascii", "ascii"]) {
        let text = std::str::from_utf8(body)
            .map_err(|error| format!("the text is not valid UTF-8: {error}"))?;
        return Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).into());
    }
    if is(&["iso-8859-1", "iso8859-1", "latin1"]) {
        // The first 256 characters of Unicode are those of ISO-8859-1.
        return Ok(body.iter().copied().map(char::from).collect());
    }
    Err("the text is in a character set that is neither UTF-8 nor ISO-8859-1".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded_in_its_character_set() {
        for (body, charset, text) in [
            (&b"caf\xc3\xa9"[..], None, "caf\u{e9}"),
            (b"\xef\xbb\xbfx", Some("UTF-8"), "x"),
            (b"caf\xe9", Some("ISO-8859-1"), "caf\u{e9}"),
            (b"", None, ""),
        ] {
            assert_eq!(decoded(body, charset).as_deref(), Ok(text));
        }
        for (body, charset) in [
            (&b"caf\xe9"[..], None),
            (b"caf\xe9", Some("utf-8")),
            (b"x", Some("windows-1252")),
        ] {
            assert!(decoded(body, charset).is_err(), "{charset:?}");
        }
    }
}

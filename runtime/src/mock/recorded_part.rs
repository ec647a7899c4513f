//! The parts of a multipart request that a mock received.

use std::fmt;

use bytes::Bytes;

use crate::media_type;

/// A part of a request that a [`Mock`](super::Mock) received (RFC 7578).
#[derive(Clone, PartialEq, Eq)]
pub struct RecordedPart {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    bytes: Bytes,
}

impl RecordedPart {
    /// Returns the name of the field.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the file name, if the part has one.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Returns the media type, if the part has one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Shows no bytes, which may be personal data.
impl fmt::Debug for RecordedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedPart")
            .field("name", &self.name)
            .field("len", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Parses the parts of a body of this media type, as this crate writes them; none for any other media type.
pub(super) fn parts(media_type: &str, body: &Bytes) -> Vec<RecordedPart> {
    let Some(boundary) = media_type::parameter(media_type, "boundary") else {
        return Vec::new();
    };
    let delimiter = format!("--{boundary}");
    let mut places = positions(body, delimiter.as_bytes());
    places.push(body.len());
    let between = places.windows(2);
    between
        .filter_map(|place| part(&body.slice(place[0] + delimiter.len()..place[1])))
        .collect()
}

/// Parses the text between two boundaries; `None` at the end.
fn part(text: &Bytes) -> Option<RecordedPart> {
    let head_end = *positions(text, b"\r\n\r\n").first()?;
    let head = String::from_utf8_lossy(&text[..head_end]).into_owned();
    let header = |name: &str| {
        let mut headers = head.lines().filter_map(|line| line.split_once(':'));
        let found = headers.find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition")?;
    let named = |name| media_type::parameter(disposition, name).map(str::to_owned);
    let end = text.len().checked_sub(2)?;
    Some(RecordedPart {
        name: named("name")?,
        file_name: named("filename"),
        content_type: header("content-type").map(str::to_owned),
        bytes: text.slice((head_end + 4).min(end)..end),
    })
}

/// Returns the positions of `wanted` in `text`.
fn positions(text: &[u8], wanted: &[u8]) -> Vec<usize> {
    let windows = text.windows(wanted.len().max(1)).enumerate();
    let found = windows.filter(|(_, it)| *it == wanted);
    found.map(|(place, _)| place).collect()
}

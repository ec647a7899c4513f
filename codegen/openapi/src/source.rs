//! Holds the name and the text of a file, before it is parsed.
//!
//! Nothing here knows OpenAPI. The text is UTF-8 without a byte order mark and without NUL, so that later stages need
//! not consider encodings.

mod fault;

pub(crate) use self::fault::{ALL as FAULTS, TOO_DEEP, TOO_LARGE, TextFault};
use crate::report::{Position, Report};

/// The name and text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The name of the file in messages, usually its path.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl SourceFile {
    /// Decodes the bytes of a file. A byte order mark before the text is not part of it: YAML allows one (YAML 1.2.2 §5.2),
    /// and readers of JSON may ignore it (RFC 8259 §8.1).
    ///
    /// # Errors
    ///
    /// Reports bytes that are not UTF-8, a NUL and an empty file, at the first such byte.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<SourceFile, Report> {
        let path = path.into();
        match text_of(bytes) {
            Ok(text) => Ok(SourceFile { path, text }),
            Err((problem, position)) => Err(Report::of_text(path, position, problem)),
        }
    }
}

/// Returns the last component of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Decodes a file, or returns its fault and the fault's position.
fn text_of(mut bytes: Vec<u8>) -> Result<String, (TextFault, Position)> {
    const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
    const UTF_16_MARKS: [&[u8]; 2] = [b"\xFE\xFF", b"\xFF\xFE"];
    let start = Position::START;
    if bytes.starts_with(UTF_8_MARK) {
        bytes.drain(..UTF_8_MARK.len());
    }
    if bytes.is_empty() {
        return Err((TextFault::Empty, start));
    }
    if UTF_16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err((
            TextFault::NotUtf8 {
                detail: "it is UTF-16".to_owned(),
            },
            start,
        ));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let (before, after) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let byte = after.first().copied().unwrap_or_default();
        let detail = format!("byte {} is 0x{byte:02X}", before.len() + 1);
        (
            TextFault::NotUtf8 { detail },
            end_of(&String::from_utf8_lossy(before)),
        )
    })?;
    match text.find('\0') {
        Some(offset) => Err((TextFault::Nul, end_of(&text[..offset]))),
        None => Ok(text),
    }
}

/// Returns the position right after `text`.
fn end_of(text: &str) -> Position {
    let line = text.rsplit('\n').next().unwrap_or_default();
    Position {
        line: text.bytes().filter(|it| *it == b'\n').count() + 1,
        column: line.chars().count() + 1,
    }
}

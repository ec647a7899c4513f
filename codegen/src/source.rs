//! A spec as it was read: its name and its text, before anything is understood.
//!
//! Nothing here knows OpenAPI. The text is UTF-8 without a byte order mark and without NUL, so that
//! whatever reads it later need not think of encodings.

mod json;
mod locate;

pub(crate) use json::fault as json_fault;
pub(crate) use locate::{Found, Part, locate, position_of};

use crate::diagnostic::Problem;
use crate::report::Report;
pub use crate::report::{Position, Span};

/// A spec as it was read: where it came from (for messages) and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// How messages name the file, usually the path it was read from.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// How a spec is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

impl SourceFile {
    /// Takes the bytes of a file as text.
    ///
    /// # Errors
    ///
    /// Reports bytes that are not UTF-8, a byte order mark, a NUL and an empty file, at the place of
    /// the first such byte.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<SourceFile, Report> {
        let path = path.into();
        match text_of(bytes) {
            Ok(text) => Ok(SourceFile { path, text }),
            Err((problem, position)) => Err(Report::of_text(path, position, problem)),
        }
    }

    /// Says whether a line of the file may be shown to tell what is wrong with it: whether it is the text that it was
    /// taken for, and not a file of secrets behind a link. A spec, an overlay and the record of releases have a key at
    /// the top that says so, a guide has a heading.
    pub(crate) fn is_showable(&self) -> bool {
        const KEYS: [&str; 4] = ["openapi", "swagger", "overlay", "releases"];
        if self.path.to_ascii_lowercase().ends_with(".md") {
            return self.text.lines().any(|line| line.starts_with("# "));
        }
        let opens = |line: &str, key: &str| {
            let rest = line.strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        let begins_so = |line: &str| KEYS.iter().any(|key| opens(line, key));
        self.text.lines().any(begins_so) || locate::has_key(self, &KEYS)
    }

    /// Says how the file is written down: JSON if it is named so, or if it opens with `{` and is
    /// JSON from end to end; YAML otherwise.
    pub(crate) fn format(&self) -> Format {
        let named_json = self.path.to_ascii_lowercase().ends_with(".json");
        if named_json || (self.text.trim_start().starts_with('{') && json::is_json(&self.text)) {
            Format::Json
        } else {
            Format::Yaml
        }
    }
}

/// Decodes a file, or says what is wrong with it and where.
fn text_of(bytes: Vec<u8>) -> Result<String, (Problem, Position)> {
    const UTF_8_MARK: &[u8] = b"\xEF\xBB\xBF";
    const UTF_16_MARKS: [&[u8]; 2] = [b"\xFE\xFF", b"\xFF\xFE"];
    let start = Position::START;
    if bytes.is_empty() {
        return Err((Problem::EmptyFile, start));
    }
    if UTF_16_MARKS.iter().any(|mark| bytes.starts_with(mark)) {
        return Err((
            Problem::NotUtf8 {
                detail: "it is UTF-16".to_owned(),
            },
            start,
        ));
    }
    if bytes.starts_with(UTF_8_MARK) {
        return Err((Problem::ByteOrderMark, start));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let (before, after) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let byte = after.first().copied().unwrap_or_default();
        let detail = format!("byte {} is 0x{byte:02X}", before.len() + 1);
        (
            Problem::NotUtf8 { detail },
            end_of(&String::from_utf8_lossy(before)),
        )
    })?;
    match text.find('\0') {
        Some(offset) => Err((Problem::Nul, end_of(&text[..offset]))),
        None => Ok(text),
    }
}

/// Returns the place right after `text`.
pub(crate) fn end_of(text: &str) -> Position {
    let line = text.rsplit('\n').next().unwrap_or_default();
    Position {
        line: text.bytes().filter(|it| *it == b'\n').count() + 1,
        column: line.chars().count() + 1,
    }
}

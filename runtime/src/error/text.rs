//! Text that the error messages share.

use std::fmt;

use http::StatusCode;

/// The failed attempts of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FailedAttempts {
    pub(crate) made: u32,
    /// The number that the policy allows.
    pub(crate) of: u32,
    /// Whether the error is one that may be retried.
    pub(crate) is_retryable: bool,
}

impl fmt::Display for FailedAttempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} of {}", self.made, self.of)
    }
}

/// Writes the start of a message about a response that was not decoded: `FetchSim: cannot decode the response (200,
/// request RQ…)`.
pub(super) fn cannot_decode(
    f: &mut fmt::Formatter<'_>,
    operation: &str,
    status: StatusCode,
    request_id: Option<&str>,
) -> fmt::Result {
    let response = response(status, request_id);
    write!(f, "{operation}: cannot decode the response ({response})")
}

/// Identifies a response in a message: `200, request RQ…`.
pub(super) fn response(status: StatusCode, request_id: Option<&str>) -> String {
    let status = status.as_u16();
    match request_id {
        Some(id) => format!("{status}, request {id}"),
        None => status.to_string(),
    }
}

/// The length, in characters, to which an error truncates the name of a header.
pub(crate) const HEADER_NAME_LIMIT: usize = 100;

/// Returns `text` as one line of at most `limit` characters: text from a server must not forge log lines.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let mut line: String = text
        .trim()
        .chars()
        .take(limit)
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    if text.trim().chars().nth(limit).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn server_text_becomes_one_bounded_line() {
        assert_eq!(one_line(" a\r\nb\u{1b}[31m ", 20), "a  b [31m");
        assert_eq!(one_line("ééé", 3), "ééé");
        assert_eq!(one_line("éééé", 3), "ééé…");
        assert_eq!(one_line("", 3), "");
    }
}

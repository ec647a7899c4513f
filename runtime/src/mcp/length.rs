//! The maximum length of results, counted over all that a client gets: the JSON of the object, and the text.

use serde_json::Value;

/// The length that is kept for everything besides the items of a list or the value, such as the names of members, and
/// sentences that say that something is missing.
pub(super) const ENVELOPE: usize = 160;

/// The same for bytes, whose media type is named twice.
pub(super) const ENVELOPE_OF_BYTES: usize = 350;

/// The minimum of the maximum: less has no space for content.
pub(super) const LEAST: usize = 500;

/// Returns the length of a value as JSON, in bytes.
pub(super) fn of_json(value: &Value) -> usize {
    value.to_string().len()
}

/// Returns as much of the beginning of a text as is at most `most` bytes long in a JSON string.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let mut length = 0;
    let too_long = text.char_indices().find(|(_, it)| {
        length += match it {
            '"' | '\\' | '\n' | '\r' | '\t' => 2,
            it if it.is_control() => 6,
            it => it.len_utf8(),
        };
        length > most
    });
    match too_long {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// Returns as many of the first lines of a text as are at most `most` bytes long.
pub(super) fn first_lines(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let breaks = text.match_indices('\n').map(|(index, _)| index);
    let end = breaks.take_while(|it| *it <= most).last();
    &text[..end.unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginning_is_measured_in_json() {
        let text = "a\"ä\n\u{1}b";
        for (most, start) in [
            (0, ""),
            (2, "a"),
            (3, "a\""),
            (4, "a\""),
            (5, "a\"ä"),
            (7, "a\"ä\n"),
            (13, "a\"ä\n\u{1}"),
            (14, text),
        ] {
            assert_eq!(beginning(text, most), start, "{most}");
            assert!(of_json(&start.into()) <= most + 2);
        }
    }

    #[test]
    fn whole_lines_are_kept() {
        for (most, lines) in [(0, ""), (1, ""), (2, "ab"), (4, "ab"), (5, "ab\ncd")] {
            assert_eq!(first_lines("ab\ncd", most), lines, "{most}");
        }
    }
}

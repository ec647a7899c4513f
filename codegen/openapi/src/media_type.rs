//! Parses and compares media types (RFC 9110 §8.3.1), independent of documents.

/// The media type of JSON (RFC 8259 §11).
pub const JSON: &str = "application/json";

/// The media type of a form (WHATWG URL, "application/x-www-form-urlencoded").
pub const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of a form with parts (RFC 7578).
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// The media type of plain text (RFC 2046 §4.1.3).
pub const TEXT: &str = "text/plain";

/// The media type of arbitrary bytes (RFC 2046 §4.5.1).
pub const BYTES: &str = "application/octet-stream";

/// Any media type.
pub const ANY: &str = "*/*";

/// The media type of a stream of events (WHATWG HTML, "Server-sent events").
const EVENTS: &str = "text/event-stream";

/// The media types of streams: of events and of JSON values.
const STREAMS: [&str; 2] = [EVENTS, "application/stream+json"];

/// The media types of text whose lines are JSON values.
const LINES: [&str; 6] = [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/json-lines",
    "application/stream+json",
];

/// White space between the parts of a header (RFC 9110 §5.6.3).
const WHITE_SPACE: [char; 2] = [' ', '\t'];

/// Whether a media type is JSON: `application/json`, one with the suffix `+json` (RFC 6839 §3.1), or `text/json`, an older
/// name that ASP.NET still lists, in any case and with any parameters. A range of media types, such as
/// `application/*+json`, is not, nor is a stream.
pub fn is_json(text: &str) -> bool {
    let essence = read(text).map(|it| it.essence).unwrap_or_default();
    let is_suffixed = essence.ends_with("+json") && !essence.contains('*');
    let is_named = [JSON, "text/json"].contains(&essence.as_str());
    (is_suffixed && !STREAMS.contains(&essence.as_str())) || is_named
}

/// Whether a media type is that of a form, in any case and with any parameters.
pub(crate) fn is_form(text: &str) -> bool {
    read(text).is_some_and(|it| it.essence == FORM)
}

/// Whether a media type has parts (RFC 2046 §5.1), in any case and with any parameters: a form or another subtype, or all
/// of them.
pub(crate) fn is_multipart(text: &str) -> bool {
    read(text).is_some_and(|it| it.essence.starts_with("multipart/"))
}

/// Whether a media type is that of a multipart form (RFC 7578), in any case and with any parameters.
pub(crate) fn is_multipart_form(text: &str) -> bool {
    read(text).is_some_and(|it| it.essence == MULTIPART)
}

/// Whether a media type is a stream, which may have no end.
pub fn is_stream(text: &str) -> bool {
    read(text).is_some_and(|it| STREAMS.contains(&it.essence.as_str()))
}

/// Whether a media type is a stream of events (WHATWG HTML, "Server-sent events").
pub fn is_event_stream(text: &str) -> bool {
    read(text).is_some_and(|it| it.essence == EVENTS)
}

/// Whether each line of a media type is a JSON value.
pub(crate) fn is_lines(text: &str) -> bool {
    read(text).is_some_and(|it| LINES.contains(&it.essence.as_str()))
}

/// Whether a media type is text: `text/plain` and the like, or XML (RFC 7303), which is also written as text. A stream is
/// not.
pub(crate) fn is_text(text: &str) -> bool {
    let essence = read(text).map(|it| it.essence).unwrap_or_default();
    let is_xml = essence == "application/xml" || essence.ends_with("+xml");
    let is_stream = STREAMS.contains(&essence.as_str());
    (essence.starts_with("text/") && !is_stream) || (is_xml && !essence.contains('*'))
}

/// Whether a text is a single valid media type.
pub(crate) fn is_sound(text: &str) -> bool {
    read(text).is_some()
}

/// Whether a media type is a range (RFC 9110 §12.5.1): `*/*`, `image/*`.
pub fn is_range(text: &str) -> bool {
    read(text).is_some_and(|it| it.essence.contains('*'))
}

/// Whether a media type names a format: neither a range nor plain text or bytes.
pub fn names_format(text: &str) -> bool {
    !is_range(text) && ![TEXT, BYTES].contains(&essence(text).as_str())
}

/// Whether a range of media types (RFC 9110 §12.5.1) includes a media type or a smaller range. `application/*+json` is a range,
/// too: of the types with that suffix.
pub fn includes(range: &str, member: &str) -> bool {
    let [Some(range), Some(member)] = [range, member].map(read) else {
        return false;
    };
    let is_within = match range.essence.split_once('*') {
        Some((_, "/*")) => true,
        Some((start, end)) => member.essence.starts_with(start) && member.essence.ends_with(end),
        None => false,
    };
    is_within && range.parameters.is_empty() && range.essence != member.essence
}

/// The type and the subtype of a media type, in lower case and without parameters; empty if it is malformed.
pub fn essence(text: &str) -> String {
    read(text).map(|it| it.essence).unwrap_or_default()
}

/// Whether a text is a valid header value (RFC 9110 §5.5). Non-ASCII octets, which are obsolete, are not allowed.
pub(crate) fn is_header_value(text: &str) -> bool {
    let is_visible = |it: char| it.is_ascii_graphic() || WHITE_SPACE.contains(&it);
    !text.is_empty() && text.trim_matches(WHITE_SPACE) == text && text.chars().all(is_visible)
}

/// Whether a service treats two media types as equal: case, white space, quotes and the order of parameters do not
/// matter, nor does the `charset` of JSON, which has no meaning (RFC 8259 §11).
pub fn are_same(first: &str, second: &str) -> bool {
    match (read(first), read(second)) {
        (Some(first), Some(second)) => first == second,
        (None, _) | (_, None) => first == second,
    }
}

/// A media type in a form for comparison.
#[derive(PartialEq)]
struct MediaType {
    /// The type and the subtype, in lower case.
    essence: String,
    /// The parameters, sorted, with names in lower case.
    parameters: Vec<(String, String)>,
}

/// Parses a media type; `None` if it is malformed.
fn read(text: &str) -> Option<MediaType> {
    let (main, rest) = token(text)?;
    let (sub, rest) = token(rest.strip_prefix('/')?)?;
    let essence = format!("{main}/{sub}").to_ascii_lowercase();
    let is_json = essence == JSON || essence.ends_with("+json");
    let mut parameters = parameters(rest)?;
    parameters.retain_mut(|(name, value)| {
        let is_charset = name == "charset";
        if is_charset {
            // Names of character sets are case-insensitive (RFC 9110 §8.3.2); other values may not be.
            value.make_ascii_lowercase();
        }
        !(is_charset && is_json)
    });
    parameters.sort();
    Some(MediaType {
        essence,
        parameters,
    })
}

/// Parses parameters (RFC 9110 §5.6.6), each after a semicolon.
fn parameters(text: &str) -> Option<Vec<(String, String)>> {
    let mut parameters = Vec::new();
    let mut rest = text.trim_start_matches(WHITE_SPACE);
    while !rest.is_empty() {
        rest = rest.strip_prefix(';')?.trim_start_matches(WHITE_SPACE);
        if rest.is_empty() || rest.starts_with(';') {
            continue; // An empty parameter is allowed.
        }
        let (name, after) = token(rest)?;
        let after = after.strip_prefix('=')?;
        let (value, after) = match after.strip_prefix('"') {
            Some(after) => quoted(after)?,
            None => token(after).map(|(value, after)| (value.to_owned(), after))?,
        };
        parameters.push((name.to_ascii_lowercase(), value));
        rest = after.trim_start_matches(WHITE_SPACE);
    }
    Some(parameters)
}

/// Splits a token off (RFC 9110 §5.6.2).
fn token(text: &str) -> Option<(&str, &str)> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    let end = text.find(|it| !is_part(it)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Splits a quoted string off, after its opening quote (RFC 9110 §5.6.4).
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text.chars();
    loop {
        match rest.next()? {
            '"' => return Some((value, rest.as_str())),
            '\\' => value.push(rest.next()?),
            it => value.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_media_types_are_recognized() {
        for json in [
            "application/json",
            "Application/JSON",
            "application/json;charset=utf-8",
            "application/json ; Charset=\"UTF-8\";",
            "application/merge-patch+json",
            "Text/JSON; charset=utf-8",
            "application/vnd.example.v2+JSON; version=\"a;b\\\"\"",
        ] {
            assert!(is_json(json) && !is_form(json), "{json}");
        }
        for other in [
            "",
            "json",
            "application/stream+json",
            "application/xml",
            "application/json+xml",
            "application/json5",
            "application/json; charset",
            "application/json; a=\"b",
            "text/plain, application/json",
            "text/plain, a/b+json",
            "application/*+json",
            " application/json",
            "*/*",
        ] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn form_media_types_are_recognized() {
        assert!(is_form(FORM));
        assert!(is_form("Application/X-WWW-Form-Urlencoded; charset=utf-8"));
        assert!(!is_form("multipart/form-data"));
    }

    #[test]
    fn equal_media_types_may_be_spelled_differently() {
        for (first, second) in [
            ("application/json", "Application/JSON; charset=utf-8"),
            (
                "application/vnd.a+json;charset=utf-8",
                "application/vnd.A+json",
            ),
            (
                "text/html; charset=UTF-8; a=b",
                "Text/HTML;A=\"b\";Charset=\"utf-8\"",
            ),
            (FORM, "application/X-www-form-urlencoded"),
            ("nonsense", "nonsense"),
        ] {
            assert!(are_same(first, second), "{first}, {second}");
        }
        for (first, second) in [
            ("application/json", "application/vnd.a+json"),
            ("application/json", "application/json; version=1"),
            ("application/json; version=a", "application/json; version=A"),
            ("text/html", "text/html; charset=utf-8"),
            (FORM, "application/x-www-form-urlencoded; charset=utf-8"),
            ("nonsense", "Nonsense"),
        ] {
            assert!(!are_same(first, second), "{first}, {second}");
        }
    }

    #[test]
    fn ranges_include_their_members() {
        for (range, member) in [
            ("*/*", JSON),
            ("*/*", "text/*"),
            ("Text/*", "text/csv; charset=utf-8"),
            ("application/*+json", "application/vnd.a+json"),
        ] {
            assert!(includes(range, member), "{range}, {member}");
            assert!(!includes(member, range), "{range}, {member}");
        }
        for (range, other) in [
            (JSON, JSON),
            ("*/*", "*/*"),
            ("text/*", JSON),
            ("application/*+json", JSON),
            ("text/*; q=1", "text/csv"),
            ("*/*", "nonsense"),
        ] {
            assert!(!includes(range, other), "{range}, {other}");
        }
    }

    #[test]
    fn header_values_are_visible_ascii() {
        for sound in ["application/json", "a b;\tc", "nonsense", "\"\\"] {
            assert!(is_header_value(sound), "{sound}");
        }
        for broken in [
            "",
            " a",
            "a\t",
            "a\r\nX-Evil: b",
            "a\0",
            "a\u{7f}",
            "\u{e9}/b",
        ] {
            assert!(!is_header_value(broken), "{broken:?}");
        }
    }
}

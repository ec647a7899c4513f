//! Media types of bodies.

/// The media type of JSON (RFC 8259 §11).
pub(crate) const JSON: &str = "application/json";

/// The media type of a form (WHATWG URL, "application/x-www-form-urlencoded").
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of a form with parts (RFC 7578).
pub(crate) const MULTIPART: &str = "multipart/form-data";

/// The media type of arbitrary bytes (RFC 2046 §4.5.1).
pub(crate) const BYTES: &str = "application/octet-stream";

/// Returns a media type without its parameters (RFC 9110 §8.3.1).
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns whether a range of media types, such as `*/*` or `image/*` (RFC 9110 §12.5.1), includes `media_type`; `None` if
/// `range` is a single media type.
pub(crate) fn range_includes(range: &str, media_type: &str) -> Option<bool> {
    let start = essence(range).strip_suffix('*')?;
    Some(start == "*/" || media_type.starts_with(start))
}

/// Returns whether a media type is a valid header value (RFC 9110 §5.5).
pub(crate) fn is_header_value(media_type: &str) -> bool {
    let is_visible = |it: char| it.is_ascii_graphic() || it == ' ';
    media_type.chars().all(is_visible)
}

/// Returns whether a media type is JSON: `application/json`, one with the suffix `+json` (RFC 6839 §3.1), or `text/json`,
/// an older name, in any case and with any parameters (RFC 9110 §8.3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let suffix = essence.rsplit('+').next().unwrap_or_default();
    essence.eq_ignore_ascii_case(JSON)
        || essence.eq_ignore_ascii_case("text/json")
        || (suffix.len() < essence.len() && suffix.eq_ignore_ascii_case("json"))
}

/// Returns whether a media type is text (RFC 2046 §4.1) that is not JSON, in any case and with any parameters.
pub(crate) fn is_text(media_type: &str) -> bool {
    let main = essence(media_type).split('/').next().unwrap_or_default();
    main.eq_ignore_ascii_case("text") && !is_json(media_type)
}

/// Returns whether a media type is that of a form, in any case and with any parameters.
pub(crate) fn is_form(media_type: &str) -> bool {
    essence(media_type).eq_ignore_ascii_case(FORM)
}

/// Returns whether a media type is that of a form with parts, in any case and with any parameters.
pub(crate) fn is_multipart(media_type: &str) -> bool {
    let main = essence(media_type).split('/').next().unwrap_or_default();
    main.eq_ignore_ascii_case("multipart")
}

/// Returns the character set that a media type names (RFC 9110 §8.3.2).
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    parameter(media_type, "charset")
}

/// Returns the value of a parameter of a media type, or of a header with the same syntax.
pub(crate) fn parameter<'a>(media_type: &'a str, name: &str) -> Option<&'a str> {
    let parameters = media_type.split(';').skip(1);
    let mut named = parameters.filter_map(|it| it.split_once('='));
    let (_, value) = named.find(|(it, _)| it.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charset_parameter_is_parsed() {
        for media_type in [
            "text/plain;charset=latin1",
            "text/csv; header=absent; Charset=\"latin1\" ",
        ] {
            assert_eq!(charset(media_type), Some("latin1"), "{media_type}");
        }
        for media_type in ["", "text/plain", "text/plain; charset", "charset=latin1"] {
            assert_eq!(charset(media_type), None, "{media_type}");
        }
    }

    #[test]
    fn form_media_types_are_recognised() {
        assert!(is_form(FORM) && is_form("Application/X-WWW-Form-Urlencoded; charset=utf-8"));
        assert!(!is_form("text/plain") && !is_form(""));
    }

    #[test]
    fn json_media_types_are_recognised() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/merge-patch+json",
            "text/json; charset=utf-8",
            "application/vnd.example+JSON ;v=1",
        ] {
            assert!(is_json(json), "{json}");
        }
        for other in [
            "",
            "json",
            "text/html",
            "application/jsonl",
            FORM,
            "text/plain; a+json",
        ] {
            assert!(!is_json(other), "{other}");
        }
    }
}

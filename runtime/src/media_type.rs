//! Media types of bodies.

/// The media type of JSON (RFC 8259 §11).
pub(crate) const JSON: &str = "application/json";

/// The media type of a form (WHATWG URL, "application/x-www-form-urlencoded").
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Tells whether a media type is JSON: `application/json` or one with the suffix `+json` (RFC 6839 §3.1), in upper or
/// lower case and with any parameters (RFC 9110 §8.3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let suffix = essence.rsplit('+').next().unwrap_or_default();
    essence.eq_ignore_ascii_case(JSON)
        || (suffix.len() < essence.len() && suffix.eq_ignore_ascii_case("json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_many_names() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/merge-patch+json",
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

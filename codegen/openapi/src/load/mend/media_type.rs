//! Corrects media types that are not written as RFC 9110 requires.

use super::Mender;
use super::fault::MendFault;
use crate::media_type::{FORM, JSON, is_header_value, is_sound};
use crate::pointer::Trail;
use crate::tree::Cursor;

/// Short names that other formats use for media types.
const SHORT: [(&str, &str); 9] = [
    ("*", "*/*"),
    ("json", JSON),
    ("xml", "application/xml"),
    ("text", "text/plain"),
    ("txt", "text/plain"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("form", FORM),
    ("binary", "application/octet-stream"),
];

impl Mender {
    /// Rewrites malformed media types whose meaning is clear.
    pub(super) fn media_types(&mut self, content: &mut Cursor<'_>, at: &Trail<'_>) {
        for found in content.keys() {
            let is_wrong = !is_sound(&found) || !is_header_value(&found);
            let taken = taken(&found).filter(|it| is_wrong && !content.has(it));
            if let Some(taken) = taken {
                content.respell(&found, &taken);
                let fault = MendFault::MediaType {
                    found: found.clone(),
                    taken,
                };
                self.report(fault, &at.key(&found));
            }
        }
    }
}

/// The media type that a text means: a short name, one with invalid parameters or white space, or the first of several.
fn taken(found: &str) -> Option<String> {
    let found = found.trim().trim_end_matches([':', ',']).replace('\\', "/");
    let found = found.as_str();
    let plain = found.to_ascii_lowercase();
    let short = SHORT.iter().find(|(name, _)| *name == plain);
    if let Some((_, whole)) = short {
        return Some((*whole).to_owned());
    }
    let (essence, parameters) = match found.split_once(';') {
        Some((essence, parameters)) => (essence, format!(";{parameters}")),
        None => (found, String::new()),
    };
    let trimmed = format!("{}{parameters}", essence.to_ascii_lowercase());
    if is_sound(trimmed.trim()) {
        return Some(trimmed.trim().to_owned());
    }
    let essence = plain.split([';', ',']).next().unwrap_or_default();
    let essence: String = essence.split_whitespace().collect();
    is_sound(&essence).then_some(essence)
}

#[cfg(test)]
mod tests {
    use super::taken;

    #[test]
    fn media_types_are_recognized() {
        for (found, expected) in [
            ("text/plain; utf-8", Some("text/plain")),
            ("xml", Some("application/xml")),
            (" Application/JSON", Some("application/json")),
            ("application/json;v=1 ", Some("application/json;v=1")),
            ("application / json", Some("application/json")),
            ("text/plain, text/html", Some("text/plain")),
            ("*", Some("*/*")),
            ("application/json:", Some("application/json")),
            ("application\\json", Some("application/json")),
            ("anything", None),
            ("", None),
        ] {
            assert_eq!(taken(found).as_deref(), expected, "{found}");
        }
    }
}

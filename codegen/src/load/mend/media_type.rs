//! Corrects media types that are not written as RFC 9110 requires.

use super::Mender;
use super::fault::MendFault;
use crate::media_type::{FORM, JSON, is_sound};
use crate::pointer::Trail;
use crate::tree::Cursor;

/// Short names that other formats use for media types.
const SHORT: [(&str, &str); 8] = [
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
            let taken = taken(&found).filter(|it| !is_sound(&found) && !content.has(it));
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

/// The media type that a text means: a short name, or one with invalid parameters.
fn taken(found: &str) -> Option<String> {
    let plain = found.trim().to_ascii_lowercase();
    let short = SHORT.iter().find(|(name, _)| *name == plain);
    if let Some((_, whole)) = short {
        return Some((*whole).to_owned());
    }
    let essence = plain.split(';').next().unwrap_or_default().trim();
    is_sound(essence).then(|| essence.to_owned())
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
            ("text/plain, text/html", None),
            ("anything", None),
            ("", None),
        ] {
            assert_eq!(taken(found).as_deref(), expected, "{found}");
        }
    }
}

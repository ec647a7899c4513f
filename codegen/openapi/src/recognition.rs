//! Recognizes documents among the files of a folder.

use serde::de::IgnoredAny;

use crate::source::SourceFile;

/// The top-level keys that identify a document: OpenAPI's, and Swagger's, which gets advice on conversion.
const KEYS: [&str; 2] = ["openapi", "swagger"];

/// Whether a file has a top-level `openapi` or `swagger` key, or cannot be parsed far enough to tell. It need not be
/// valid.
pub fn is_document(source: &SourceFile) -> bool {
    let text = source.text.as_str();
    if text.trim_start().starts_with('{') {
        let object: Result<indexmap::IndexMap<String, IgnoredAny>, _> = serde_json::from_str(text);
        return match object {
            Ok(object) => KEYS.iter().any(|key| object.contains_key(*key)),
            // Invalid JSON may be a faulty document, or YAML that looks like JSON.
            Err(_) => KEYS.iter().any(|key| text.contains(key)),
        };
    }
    text.lines().any(begins_document)
}

/// Whether a line of YAML starts with one of the keys, without indentation.
fn begins_document(line: &str) -> bool {
    let quoted = line.strip_prefix(['"', '\'']);
    let line = quoted.unwrap_or(line);
    KEYS.iter().any(|key| {
        let rest = line.strip_prefix(key);
        let rest = rest.map(|it| it.trim_start_matches(['"', '\'']).trim_start());
        rest.is_some_and(|it| it.starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_have_a_top_level_version() {
        for (text, expected) in [
            ("openapi: 3.0.1\n", true),
            ("# A comment.\n'openapi' : 3.0.1\n", true),
            ("swagger: '2.0'\n", true),
            ("{\"info\": {}, \"openapi\": \"3.0.1\"}", true),
            ("{openapi: 3.0.1}", true),
            ("{\"openapi\": \"3.0.1\"", true),
            ("", false),
            ("name: CI\nsteps:\n  openapi: x\n", false),
            ("openapi-generator: 1\n", false),
            ("{\"dependencies\": {\"openapi\": \"1\"}}", false),
            ("[1]", false),
        ] {
            let source = SourceFile {
                path: "x.yaml".to_owned(),
                text: text.to_owned(),
            };
            assert_eq!(is_document(&source), expected, "{text}");
        }
    }
}

//! Whether a file is a document at all: folders of them hold other files, too.

use serde::de::IgnoredAny;

use crate::source::SourceFile;

/// The keys that a document has at its top: those of OpenAPI, and of Swagger, which is told how to become that.
const KEYS: [&str; 2] = ["openapi", "swagger"];

/// Whether a file has `openapi` or `swagger` at its top, or cannot be read far enough to tell. It need not be sound.
pub fn is_document(source: &SourceFile) -> bool {
    let text = source.text.as_str();
    if text.trim_start().starts_with('{') {
        let object: Result<indexmap::IndexMap<String, IgnoredAny>, _> = serde_json::from_str(text);
        return match object {
            Ok(object) => KEYS.iter().any(|key| object.contains_key(*key)),
            // What is no JSON may be a document with a fault, or YAML that looks like JSON.
            Err(_) => KEYS.iter().any(|key| text.contains(key)),
        };
    }
    text.lines().any(begins_document)
}

/// Whether a line of YAML has one of the keys at its very beginning, where those of the whole document stand.
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
    fn documents_have_their_version_at_the_top() {
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

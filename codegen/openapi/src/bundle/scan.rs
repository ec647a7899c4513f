//! Checks quickly whether a text may refer to other files: most documents are a single file, and some are large.

/// The key of references.
const KEY: &str = "$ref";

/// Whether a character before `$ref` makes it the end of a longer key: OData has paths like `/users/{id}/manager/$ref`.
fn is_in_key(before: char) -> bool {
    !(before.is_whitespace() || "\"'{[,".contains(before))
}

/// Returns whether a text may have a `$ref` that does not start with `#`.
pub(super) fn may_refer(text: &str) -> bool {
    let mut rest = text;
    // A search for one character is several times as fast as for a string.
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        let Some(after) = after.strip_prefix(KEY) else {
            rest = &after[1..];
            continue;
        };
        rest = after;
        if before.chars().next_back().is_some_and(is_in_key) {
            continue;
        }
        let value = rest.trim_start_matches(['"', '\'']).trim_start();
        let value = value.strip_prefix(':').map(str::trim_start);
        let value = value.map(|it| it.strip_prefix(['"', '\'']).unwrap_or(it));
        if value.is_some_and(|it| !it.starts_with('#')) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_within_the_file_are_ignored() {
        for (text, expected) in [
            ("$ref: '#/a'", false),
            ("{\"$ref\" : \"#/a\", \"x\": \"see $ref\"}", false),
            ("$ref: \"#/a\"\n$ref:\n  '#/b'\n", false),
            ("$ref: pet.yaml", true),
            ("'$ref':\n  ./pet.yaml#/a", true),
            ("{\"$ref\":\"#/a\"},{\"$ref\":\"pet.json\"}", true),
            ("{\"/pets/{id}/$ref\": {\"get\": {}}}", false),
            ("/pets/$ref:\n  get: {}", false),
            ("{$ref: pet.yaml}", true),
            ("[$ref: pet.yaml]", true),
            // Needs a full parse to decide.
            ("$ref: &a '#/b'", true),
            ("$ref: >-\n  #/b", true),
            ("", false),
            ("$ref", false),
        ] {
            assert_eq!(may_refer(text), expected, "{text}");
        }
    }
}

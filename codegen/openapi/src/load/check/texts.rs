//! Checks strings with a grammar: URLs, regular expressions, component names.

use super::fault::{DocumentFault, SchemaFault};
use crate::path_item::dot_segment;

/// Checks that a URL, or a URL template with braces, has only characters that RFC 3986 section 2 allows. Its structure
/// is not checked, and non-ASCII letters are allowed, as in browsers.
pub(super) fn url(text: &str, is_template: bool) -> Option<DocumentFault> {
    let is_allowed = |it: char| {
        it.is_ascii_alphanumeric()
            || "-._~:/?#[]@!$&'()*+,;=%".contains(it)
            || (is_template && "{}".contains(it))
            || (!it.is_ascii() && !it.is_control() && !it.is_whitespace())
    };
    let character = text.chars().find(|it| !is_allowed(*it))?;
    Some(DocumentFault::InvalidUrl { character })
}

/// Checks the URL of a server.
pub(super) fn server_url(text: &str) -> Option<DocumentFault> {
    let fault = || server_part(text).map(|part| DocumentFault::InvalidServerUrl { part });
    url(text, true).or_else(fault)
}

/// What the URL of a server has but cannot have, because paths are appended to it (OpenAPI 3.0.3, Paths Object): a query
/// or a fragment would swallow them, and URL parsers resolve a `.` or `..` segment.
pub(super) fn server_part(text: &str) -> Option<&'static str> {
    let authority = text
        .strip_prefix("//")
        .or_else(|| text.split_once("://").map(|(_, rest)| rest));
    let (authority, path) = authority.map_or(("", text), |it| {
        it.split_at(it.find(['/', '?', '#']).unwrap_or(it.len()))
    });
    if authority.contains('@') {
        Some("a user name or a password")
    } else if text.contains('#') {
        Some("a fragment")
    } else if text.contains('?') {
        Some("a query")
    } else {
        dot_segment(path).map(|_| "a segment `.` or `..`")
    }
}

/// Checks the name of a component (OpenAPI 3.0.3, Components Object).
pub(super) fn component_name(name: &str) -> Option<DocumentFault> {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
    let is_sound = !name.is_empty() && name.chars().all(is_allowed);
    (!is_sound).then(|| DocumentFault::InvalidComponentName {
        name: name.to_owned(),
    })
}

/// Checks the structure of a regular expression (ECMA-262, edition 5.1, section 15.10.1): groups and classes are
/// closed, and escapes and quantifiers have an operand. The contents of classes and the characters after a backslash
/// are not checked. Lookbehind and named groups, which are newer, are allowed.
pub(super) fn pattern(text: &str) -> Option<SchemaFault> {
    let fault = structure(text).err()?;
    Some(SchemaFault::InvalidPattern { fault })
}

/// Returns what is wrong with the structure of a regular expression.
fn structure(text: &str) -> Result<(), &'static str> {
    let mut rest = text.chars();
    let mut open: usize = 0;
    // Whether there is an atom to repeat, and whether it is already repeated.
    let (mut is_atom, mut is_repeated) = (false, false);
    while let Some(character) = rest.next() {
        let was_repeated = std::mem::take(&mut is_repeated);
        match character {
            '\\' => {
                rest.next().ok_or("it ends with a backslash")?;
                is_atom = true;
            }
            '[' => {
                class(&mut rest)?;
                is_atom = true;
            }
            '(' => {
                open += 1;
                is_atom = false;
                if rest.as_str().starts_with('?') {
                    rest.next();
                    let kind = rest.next().filter(|it| ":=!<".contains(*it));
                    kind.ok_or("`(?` must be followed by `:`, `=`, `!` or `<`")?;
                }
            }
            ')' => {
                open = open.checked_sub(1).ok_or("a `)` has no matching `(`")?;
                is_atom = true;
            }
            '|' => is_atom = false,
            '?' if was_repeated => is_atom = false,
            '*' | '+' | '?' => {
                if !is_atom {
                    return Err("there is nothing to repeat before a `*`, `+` or `?`");
                }
                (is_atom, is_repeated) = (false, true);
            }
            '}' => (is_atom, is_repeated) = (true, true),
            _ => is_atom = true,
        }
    }
    if open > 0 {
        return Err("a `(` is not closed");
    }
    Ok(())
}

/// Skips the rest of a character class.
fn class(rest: &mut std::str::Chars<'_>) -> Result<(), &'static str> {
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                rest.next();
            }
            ']' => return Ok(()),
            _ => {}
        }
    }
    Err("a `[` is not closed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_patterns_are_accepted() {
        for sound in [
            "",
            "^[A-Z]{2}[0-9a-f]{32}$",
            "^\\+[1-9]\\d{1,14}$",
            "(a|b)+?c*?d??(?:e|)(?=f)(?!g)(?<=h)(?<name>i)",
            "[]a]|[^\\]]|[(*]",
            "a{2}?b{1,}",
            "\\(\\[\\*",
            "漢+",
        ] {
            assert_eq!(pattern(sound), None, "{sound}");
        }
    }

    #[test]
    fn invalid_patterns_are_explained() {
        for broken in [
            "[", "[a\\]", "(", "(a(b)", "a)", "*a", "(+)", "a|?", "a**", "a*??", "\\", "(?i)a",
            "(?",
        ] {
            assert!(pattern(broken).is_some(), "{broken}");
        }
    }

    #[test]
    fn urls_allow_only_url_characters() {
        for sound in [
            "https://api.twilio.com/v1?a=b&c=%20#d",
            "/v1",
            "",
            "https://é.example",
        ] {
            assert_eq!(url(sound, false), None, "{sound}");
        }
        assert_eq!(url("https://{edge}.example.com", true), None);
        for broken in [
            "a b",
            "https://{a}",
            "h<tp://",
            "a\\b",
            "a\tb",
            "a\u{a0}b",
            "`",
            "^",
        ] {
            assert!(url(broken, false).is_some(), "{broken}");
        }
    }

    #[test]
    fn paths_can_be_appended_to_server_urls() {
        for sound in [
            "https://api.example.com",
            "https://api.example.com:8443/a//b/",
            "https://{edge}.example.com/v1/a@b/...",
            "/v1",
            "",
        ] {
            assert_eq!(server_url(sound), None, "{sound}");
        }
        let part = |url| match server_url(url) {
            Some(DocumentFault::InvalidServerUrl { part }) => part,
            other => panic!("{url}: {other:?}"),
        };
        for userinfo in [
            "https://me:secret@api.example.com/v1",
            "https://me@api.example.com?a=b",
            "//me@api.example.com",
            "https://@api.example.com",
        ] {
            assert_eq!(part(userinfo), "a user name or a password", "{userinfo}");
        }
        assert_eq!(part("https://api.example.com?a=me@b"), "a query");
        assert_eq!(part("https://api.example.com/v1?"), "a query");
        assert_eq!(part("https://api.example.com/v1#a?b"), "a fragment");
        for steps in [
            "https://api.example.com/a/../b",
            "https://a.example/%2E",
            "../v1",
        ] {
            assert_eq!(part(steps), "a segment `.` or `..`", "{steps}");
        }
    }

    #[test]
    fn component_names_allow_only_plain_characters() {
        assert_eq!(component_name("supersim.v1.sim-enum_status"), None);
        for broken in ["", "Api$Response", "a b", "a/b", "é"] {
            assert!(component_name(broken).is_some(), "{broken}");
        }
    }
}

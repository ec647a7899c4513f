//! Running text: code spans, links, and names on the wire that it mentions.

use std::borrow::Cow;

use super::{Resolve, UNRESOLVED};

/// What takes the place of names.
#[derive(Clone, Copy)]
struct Names<'a> {
    /// Of those in code spans.
    marked: Resolve<'a>,
    /// Of those in running text.
    bare: Resolve<'a>,
}

/// Four blanks make a line code, or part of a list item.
const INDENT: &str = "    ";

/// One line of running text: what rustdoc would misread is escaped outside of code spans and links, and `resolve` says
/// what takes the place of a name that the line mentions.
pub(super) fn inline(line: &str, resolve: Resolve<'_>) -> String {
    let names = Names {
        marked: resolve,
        bare: if line.starts_with(INDENT) {
            UNRESOLVED
        } else {
            resolve
        },
    };
    let line = without_fences(line.trim());
    let mut out = String::with_capacity(line.len());
    let mut rest = &*line;
    let mut before = None;
    while !rest.is_empty() {
        let (text, length) = piece(rest, before, names);
        let (piece, after) = rest.split_at(length);
        out.push_str(text.as_deref().unwrap_or(piece));
        before = piece.chars().last();
        rest = after;
    }
    out
}

/// `line` without what opens and closes code blocks.
fn without_fences(line: &str) -> Cow<'_, str> {
    if line.contains('`') || line.contains('~') {
        line.replace("```", "`").replace("~~~", "~").into()
    } else {
        line.into()
    }
}

/// What the beginning of `rest` becomes, or `None` if it stays, and how long it is. `before` is the character before it.
fn piece(rest: &str, before: Option<char>, names: Names<'_>) -> (Option<String>, usize) {
    if rest.starts_with('`') {
        return code_span(rest, before, names.marked);
    }
    if let Some(escaped) = rest.strip_prefix('\\') {
        let is_escape = escaped.starts_with(|it: char| it.is_ascii_punctuation());
        return (None, if is_escape { 2 } else { 1 });
    }
    if let Some(length) = construct(rest) {
        let is_bare = !rest.starts_with(['[', '<']);
        return (is_bare.then(|| format!("<{}>", &rest[..length])), length);
    }
    let name = bare_name(rest, before);
    if let Some((name, length)) = name.and_then(|it| Some(((names.bare)(it)?, it.len()))) {
        return (Some(name), length);
    }
    // Nothing begins inside of a word.
    let word = rest.find(|it: char| !it.is_alphanumeric());
    let word = word.unwrap_or(rest.len());
    if word > 0 {
        return (None, word);
    }
    let c = rest.chars().next().unwrap_or_default();
    let escaped = matches!(c, '[' | ']' | '<').then(|| format!("\\{c}"));
    (escaped, c.len_utf8())
}

/// A code span (`CommonMark` 0.31 §6.1), or a run of backticks that none of the same length closes. One in brackets stays
/// as it is: it could be the text of a link.
fn code_span(rest: &str, before: Option<char>, resolve: Resolve<'_>) -> (Option<String>, usize) {
    let inner = rest.trim_start_matches('`');
    let run = rest.len() - inner.len();
    // Three and more are the mark of a code block where wrapping puts them at the start of a line.
    let end = (run < 3).then(|| closing_run(inner, run)).flatten();
    let Some(end) = end else {
        return (Some("\\`".repeat(run)), run);
    };
    let length = run + end + run;
    let is_bracketed = before == Some('[') || rest[length..].starts_with(']');
    let name = (!is_bracketed).then(|| resolve(inner[..end].trim()));
    (name.flatten(), length)
}

/// Where the run of exactly `length` backticks begins that is next in `text`.
fn closing_run(text: &str, length: usize) -> Option<usize> {
    let mut start = 0;
    loop {
        start += text[start..].find('`')?;
        let after = text[start..].trim_start_matches('`');
        let run = text.len() - after.len() - start;
        if run == length {
            return Some(start);
        }
        start += run;
    }
}

/// A word at the start of `rest` that is no word of a language, and stands on its own.
fn bare_name(rest: &str, before: Option<char>) -> Option<&str> {
    let is_start = before.is_none_or(|it| it.is_whitespace() || it == '(');
    if !is_start || !rest.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
    let after = after.trim_start_matches(['.', ',', ';', ':', '!', '?', ')']);
    let is_end = after.is_empty() || after.starts_with(char::is_whitespace);
    (is_end && is_compound(name)).then_some(name)
}

/// Brands that are spelled as names in code are.
const BRANDS: [&str; 10] = [
    "GitHub",
    "GitLab",
    "HubSpot",
    "JavaScript",
    "LinkedIn",
    "PayPal",
    "TypeScript",
    "WhatsApp",
    "WordPress",
    "YouTube",
];

/// Whether a word is several in one, as names in code are: `per_page`, `AccountSid`, but neither `macOS` nor `eSIM`.
fn is_compound(word: &str) -> bool {
    let mut parts = word.split('_');
    if word.contains('_') {
        return parts.all(|it| !it.is_empty());
    }
    let bytes = word.as_bytes();
    let begins = |at: usize| {
        bytes[at].is_ascii_uppercase()
            && (bytes[at - 1].is_ascii_lowercase() || bytes[at - 1].is_ascii_digit())
            && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase)
    };
    (2..bytes.len()).any(begins) && !BRANDS.contains(&word)
}

/// The length of a link `[text](url)`, of `<url>` or of a bare URL at the start of `rest`.
fn construct(rest: &str) -> Option<usize> {
    if rest.starts_with('[') {
        let close = rest.find("](")?;
        let end = close + rest[close..].find(')')?;
        let target = &rest[close + 2..end];
        let plain =
            !rest[1..close].contains(['[', ']', '<', '`']) && !target.contains(['<', ' ', '`']);
        return (plain && is_url(target)).then_some(end + 1);
    }
    if let Some(inner) = rest.strip_prefix('<') {
        let end = inner.find('>')?;
        return (is_url(&inner[..end]) && !inner[..end].contains(['<', ' '])).then_some(end + 2);
    }
    if !is_url(rest) {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || "<>()[]`\"'".contains(c))
        .unwrap_or(rest.len());
    let end = rest[..end]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
        .len();
    (end > "https://".len()).then_some(end)
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links the names of an operation that has three inputs.
    fn resolve(name: &str) -> Option<String> {
        let known = ["Url", "CallbackUrl", "per_page"].contains(&name);
        known.then(|| format!("<{name}>"))
    }

    #[test]
    fn names_in_code_spans_and_compound_names_are_resolved() {
        for (line, resolved) in [
            ("`Url` and ``CallbackUrl``", "<Url> and <CallbackUrl>"),
            ("`` Url `` or `Other`", "<Url> or `Other`"),
            ("CallbackUrl, (per_page).", "<CallbackUrl>, (<per_page>)."),
            ("The Url", "The Url"),
            ("    CallbackUrl `CallbackUrl`", "CallbackUrl <CallbackUrl>"),
        ] {
            assert_eq!(inline(line, &resolve), resolved);
        }
    }

    #[test]
    fn names_inside_of_anything_else_stay() {
        for line in [
            "`{CallbackUrl}` `CallbackUrl=1`",
            "``a `CallbackUrl` b``",
            "\\`Url` `Url\\`",
            "CallbackUrl=1 {CallbackUrl} a/CallbackUrl \"CallbackUrl\" *CallbackUrl* a.CallbackUrl -CallbackUrl",
            "[the CallbackUrl](https://a.b/CallbackUrl)",
            "<https://a.b/CallbackUrl>",
            "CallbackUrls CallbackUrl2 CallbackUrl's CallbackUrl.x",
        ] {
            assert_eq!(inline(line, &resolve), line);
        }
        assert_eq!(
            inline("[`Url`](https://a.b)", &resolve),
            "\\[`Url`\\](<https://a.b>)"
        );
    }

    #[test]
    fn runs_of_backticks_close_those_of_their_length() {
        for (line, safe) in [
            ("``a` [b]``", "``a` [b]``"),
            ("``a` [b]`", "\\`\\`a` [b]`"),
            ("`a`` [b]", "\\`a\\`\\` \\[b\\]"),
            ("a ````` [b]", "a \\`\\`\\` \\[b\\]"),
            ("\\[a\\] \\<b> \\", "\\[a\\] \\<b> \\"),
        ] {
            assert_eq!(inline(line, UNRESOLVED), safe);
        }
    }

    #[test]
    fn words_and_brands_are_no_names() {
        for name in ["AccountSid", "isoCountry", "per_page", "a_b", "X509Url"] {
            assert!(is_compound(name), "{name}");
        }
        for word in [
            "Sid", "URL", "macOS", "eSIM", "iPhone", "OAuth", "OpenAPI", "GitHub", "_a", "a_", "A",
            "",
        ] {
            assert!(!is_compound(word), "{word}");
        }
    }
}

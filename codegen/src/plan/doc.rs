//! Turns prose from specs into safe documentation.
//!
//! Descriptions are third-party Markdown. rustdoc would run their code blocks as tests, read `[words]` as links to
//! items and `<words>` as HTML, and warn about bare URLs. The result only has paragraphs, lists, links and code that is
//! never run.

mod html;
mod inline;

use self::inline::inline;
use super::Doc;
use crate::api::{Operation, Resource};
use crate::report::is_hidden;
use crate::words;

/// The width that prose is wrapped to. Fields and methods are indented by four columns.
const WIDTH: usize = 96;

/// The maximum length of a plain text paragraph in characters.
const LONGEST_PARAGRAPH: usize = 1000;

/// Documentation of one line from this project.
pub(super) fn line(text: &str) -> Doc {
    paragraphs([Some(text)])
}

/// Documentation with the paragraphs that exist.
pub(super) fn paragraphs<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Doc {
    join(
        texts
            .into_iter()
            .map(|it| it.map(|it| prose(it, UNRESOLVED))),
    )
}

/// Documentation made of the parts that are there, with a line between them.
pub(super) fn join(parts: impl IntoIterator<Item = Option<Doc>>) -> Doc {
    let mut lines = Vec::new();
    for part in parts.into_iter().flatten() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(part);
    }
    lines
}

/// Returns the replacement for a name in prose, as Markdown without blanks; `None` to keep the name.
pub(super) type Resolve<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Leaves every name as it is.
const UNRESOLVED: Resolve<'_> = &|_| None;

/// Documentation as a list item after a `label`.
pub(super) fn list_item(label: &str, doc: &Doc) -> Doc {
    let first_end = doc.iter().position(String::is_empty).unwrap_or(doc.len());
    let (first, rest) = doc.split_at(first_end);
    let mut lines = Vec::new();
    if first.iter().any(|line| is_block(line)) {
        lines.push(format!("- {label}"));
        lines.extend(first.iter().map(|line| format!("  {line}")));
    } else {
        wrap(&format!("- {label} {}", first.join(" ")), &mut lines);
    }
    lines.extend(rest.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("  {line}")
        }
    }));
    lines
}

/// Whether a line is not plain text: a list item or a code fence.
fn is_block(line: &str) -> bool {
    fence_mark(line).is_some() || line.split(' ').next().is_some_and(is_list_mark)
}

/// A one-sentence description of an operation, in the spec's words if it has any.
pub(super) fn summary(operation: &Operation) -> String {
    let own = operation.summary.clone();
    own.unwrap_or_else(|| name_alone(&operation.name))
}

/// A sentence that only restates a name, for items without a description.
pub(super) fn name_alone(name: &str) -> String {
    let words = words(name);
    if words.is_empty() {
        format!("`{name}`.")
    } else {
        format!("{}.", sentence_case(&words))
    }
}

/// A description as one paragraph of text for a terminal, cut if it is long.
pub(super) fn plain(text: &str) -> String {
    let text = printable(&html::to_markdown(text).replace(['\n', '\r'], " "));
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST_PARAGRAPH) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// A resource in a sentence: the spec's description, or one made from its name.
pub(super) fn title(resource: &Resource) -> String {
    match &resource.doc {
        Some(doc) => doc.clone(),
        None if resource.parameters.is_empty() => name_alone(&resource.noun),
        None => format!("One {}.", words(&resource.noun)),
    }
}

/// A name as words for a sentence.
pub(super) fn words(name: &str) -> String {
    words::snake(name).replace('_', " ")
}

/// `text` with its first letter in upper case.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The safe lines of one description, with Rust names in the place of those that `resolve` knows.
pub(super) fn prose(text: &str, resolve: Resolve<'_>) -> Doc {
    let mut lines = Vec::new();
    let mut fence: Option<char> = None;
    for raw in html::to_markdown(text).lines() {
        let raw = printable(raw);
        let mark = fence_mark(&raw);
        match (fence, mark) {
            (None, Some(mark)) => {
                fence = Some(mark);
                // Labelled, so that rustdoc does not run it as Rust.
                lines.push(format!("{}text", mark.to_string().repeat(3)));
            }
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                lines.push(mark.to_string().repeat(3));
            }
            (Some(_), _) => lines.push(raw),
            (None, None) => wrap(&inline(&raw, resolve), &mut lines),
        }
    }
    if let Some(open) = fence {
        lines.push(open.to_string().repeat(3));
    }
    lines
}

/// Whether `text` has HTML that becomes Markdown.
pub(crate) fn has_html(text: &str) -> bool {
    html::to_markdown(text) != text
}

/// `text` without invisible characters.
pub(super) fn printable(text: &str) -> String {
    if text.bytes().all(|it| matches!(it, b' '..=b'~')) {
        return text.to_owned();
    }
    text.replace('\t', " ")
        .chars()
        .filter(|c| !is_hidden(*c))
        .collect()
}

/// The character of a code fence that opens or closes on this line.
fn fence_mark(line: &str) -> Option<char> {
    ['`', '~']
        .into_iter()
        .find(|mark| line.trim_start().starts_with(&mark.to_string().repeat(3)))
}

/// Wraps one line of text to [`WIDTH`], keeping continuation lines inside their list item.
fn wrap(text: &str, lines: &mut Vec<String>) {
    let indent = match text.split_once(' ') {
        Some((first, _)) if is_list_mark(first) => " ".repeat(first.len() + 1),
        Some(_) | None => String::new(),
    };
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        // Counting bytes is faster, and there are never fewer of them.
        let too_long = line.len() + 1 + word.len() > WIDTH
            && line.chars().count() + 1 + word.chars().count() > WIDTH;
        // A word with a meaning at the start of a line is not moved there.
        if too_long && !line.trim().is_empty() && !is_block_mark(word) {
            lines.push(std::mem::replace(&mut line, indent.clone()));
        }
        if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}

/// Whether a word at the start of a line makes it a list item (`CommonMark` 0.31 §5.2).
fn is_list_mark(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    matches!(word, "-" | "*" | "+")
        || (number.len() + 1 == word.len()
            && !number.is_empty()
            && number.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a word at the start of a line starts a block.
fn is_block_mark(word: &str) -> bool {
    is_list_mark(word) || word.starts_with(['#', '>', '=', '-', '+', '*', '|', '_', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(text: &str) -> Doc {
        prose(text, UNRESOLVED)
    }

    #[test]
    fn code_blocks_are_never_rust() {
        assert_eq!(
            markdown("See:\n```\nlet x;\n```\nend"),
            ["See:", "```text", "let x;", "```", "end"]
        );
        assert_eq!(markdown("~~~rust\nx"), ["~~~text", "x", "~~~"]);
        assert_eq!(
            markdown("a\n\n        indented();"),
            ["a", "", "indented();"]
        );
        assert_eq!(markdown(">     quoted();"), ["> quoted();"]);
        assert_eq!(markdown("- ```rust"), ["- \\`rust"]);
    }

    #[test]
    fn links_stay_and_everything_like_them_is_text() {
        assert_eq!(
            markdown("the [Sim](https://a.b/c) [Sim] <b>"),
            ["the [Sim](https://a.b/c) \\[Sim\\] \\<b>"]
        );
        assert_eq!(markdown("at https://a.b/c."), ["at <https://a.b/c>."]);
        assert_eq!(markdown("at <https://a.b/c>"), ["at <https://a.b/c>"]);
        assert_eq!(
            markdown("`[Sim] <b>` [x](javascript:alert)"),
            ["`[Sim] <b>` \\[x\\](javascript:alert)"]
        );
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(markdown("a\u{202e}b\u{0}c\rd"), ["abcd"]);
        assert_eq!(markdown("a\u{61c}b\u{ad}c\u{e0041}d"), ["abcd"]);
    }

    #[test]
    fn long_lines_are_wrapped_inside_their_block() {
        let words = "word ".repeat(30);
        let lines = markdown(&format!("- {words}- {words}"));
        assert!(
            lines.len() > 2 && lines.iter().all(|line| line.chars().count() <= WIDTH + 2),
            "{lines:#?}"
        );
        assert!(
            lines[1..]
                .iter()
                .all(|line| line.starts_with("  ") && !line.trim_start().starts_with('-')),
            "{lines:#?}"
        );
    }
}

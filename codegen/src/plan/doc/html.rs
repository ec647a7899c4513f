//! Rewrites the HTML in descriptions as Markdown.
//!
//! Many vendors write descriptions in HTML, which rustdoc would show as it is: `<p>`, `<br>`, lists, tables, links, code and
//! emphasis have a counterpart. All other tags stay what they are: text, such as `<currency>`.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// `text` in Markdown.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut unclosed = Unclosed::default();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = from;
        let length = match Tag::at(rest) {
            Some(tag) => tag.rewrite(rest, &mut unclosed, &mut out),
            None => keep(rest, &mut unclosed, &mut out),
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    match without_empty_lines(&out) {
        // Every item has docs.
        lines if lines.is_empty() => text.into(),
        lines => lines.into(),
    }
}

/// The longest run of backticks that is read as the start of code.
const MAX_BACKTICKS: usize = 8;

/// What has no end in the rest of a text: it is searched for only once.
#[derive(Default)]
struct Unclosed {
    /// The names of tags.
    tags: BTreeSet<String>,
    /// The lengths of rows of backticks.
    backticks: BTreeSet<usize>,
}

/// Keeps a code span, a code block or a single character, and returns its length.
fn keep(rest: &str, unclosed: &mut Unclosed, out: &mut String) -> usize {
    let inner = rest.trim_start_matches('`');
    let run = rest.len() - inner.len();
    let is_open = (1..=MAX_BACKTICKS).contains(&run) && !unclosed.backticks.contains(&run);
    let end = is_open.then(|| inner.find(&rest[..run])).flatten();
    if is_open && end.is_none() {
        unclosed.backticks.insert(run);
    }
    let length = match end {
        Some(end) => run + end + run,
        None => run.max(1),
    };
    out.push_str(&rest[..length]);
    length
}

/// An opening or closing tag.
struct Tag<'t> {
    name: String,
    attributes: &'t str,
    is_closing: bool,
    length: usize,
}

impl<'t> Tag<'t> {
    /// The tag at the start of `text`.
    fn at(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let end = inner
            .find(['>', '<'])
            .filter(|it| inner[*it..].starts_with('>'))?;
        let inside = &inner[..end];
        let open = inside.strip_prefix('/').unwrap_or(inside);
        let name_end = open
            .find(|it: char| !it.is_ascii_alphanumeric())
            .unwrap_or(open.len());
        let (name, attributes) = open.split_at(name_end);
        let is_separate = attributes.is_empty() || attributes.starts_with([' ', '/', '\n']);
        (is_separate && !name.is_empty()).then(|| Self {
            name: name.to_ascii_lowercase(),
            attributes,
            is_closing: inside.starts_with('/'),
            length: end + 2,
        })
    }

    /// Adds what takes the place of the tag, or of the tag and its contents, and returns the length of that.
    fn rewrite(&self, rest: &str, unclosed: &mut Unclosed, out: &mut String) -> usize {
        let mark = match self.name.as_str() {
            "br" => {
                out.push('\n');
                return self.length;
            }
            // A table is a list of its rows, whose cells may be of any length.
            "li" | "tr" => {
                out.push_str(if self.is_closing { "" } else { "\n- " });
                return self.length_with_blanks(rest);
            }
            "td" | "th" => {
                if !self.is_closing && !starts_line(out) {
                    out.truncate(out.trim_end().len());
                    out.push_str(" | ");
                }
                return self.length_with_blanks(rest);
            }
            "table" if self.is_closing || is_around_tags(&rest[self.length..]) => {
                out.push_str("\n\n");
                return self.length;
            }
            "p" | "ul" | "ol" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "note"
            | "important" | "thead" | "tbody" | "tfoot" | "hr" | "dl" | "dt" | "dd"
            | "blockquote" => {
                // The paragraph of an item or a cell is on the line of its mark.
                let is_item = starts_line(out) && !self.is_closing;
                out.push_str(if is_item { "" } else { "\n\n" });
                return self.length;
            }
            "code" | "kbd" | "tt" | "samp" => "`",
            "b" | "strong" => "**",
            "i" | "em" => "*",
            "a" | "span" | "sup" | "sub" | "u" | "small" | "font" | "big" => "",
            _ => return keep(rest, unclosed, out),
        };
        match self.contents(&rest[self.length..], unclosed) {
            Some(contents) => {
                self.wrap(mark, contents, out);
                self.length + contents.len() + "</>".len() + self.name.len()
            }
            None => keep(rest, unclosed, out),
        }
    }

    /// The length of the tag, and of the blanks after it if it is an opening one.
    fn length_with_blanks(&self, rest: &str) -> usize {
        match self.is_closing {
            true => self.length,
            false => rest.len() - rest[self.length..].trim_start().len(),
        }
    }

    /// What precedes the closing tag.
    fn contents<'r>(&self, rest: &'r str, unclosed: &mut Unclosed) -> Option<&'r str> {
        if self.is_closing || unclosed.tags.contains(&self.name) {
            return None;
        }
        let closing = format!("</{}>", self.name);
        let mut ends = rest.match_indices('<').map(|(at, _)| at);
        let end = ends.find(|at| {
            let tag = rest.get(*at..at + closing.len());
            tag.is_some_and(|it| it.eq_ignore_ascii_case(&closing))
        });
        if end.is_none() {
            unclosed.tags.insert(self.name.clone());
        }
        end.map(|end| &rest[..end])
    }

    /// Adds `contents` as a code span, emphasized, or as the text of a link.
    fn wrap(&self, mark: &str, contents: &str, out: &mut String) {
        let text = contents.trim();
        let is_code = mark == "`";
        let inner = if is_code {
            text.into()
        } else {
            to_markdown(text)
        };
        let is_plain = text.is_empty() || (is_code && text.contains(['`', '\n']));
        match self
            .target()
            .filter(|_| self.name == "a" && !inner.contains(['[', ']', '\n']))
        {
            Some(target) if !is_plain => out.push_str(&format!("[{inner}]({target})")),
            Some(_) | None if is_plain => out.push_str(&inner),
            Some(_) | None => out.push_str(&format!("{mark}{inner}{mark}")),
        }
    }

    /// The URL of a link.
    fn target(&self) -> Option<&str> {
        let (_, value) = self.attributes.split_once("href=")?;
        let quote = value.chars().next().filter(|it| ['"', '\''].contains(it))?;
        let (target, _) = value[1..].split_once(quote)?;
        let is_url = target.starts_with("https://") || target.starts_with("http://");
        let is_sound = !target.contains([' ', '(', ')', '<', '>', '\n']);
        (is_url && is_sound).then_some(target)
    }
}

/// Whether `out` ends with the mark of an item or of a cell.
fn starts_line(out: &str) -> bool {
    let out = out.trim_end();
    out.ends_with("\n-") || out.ends_with(" |")
}

/// Whether what follows a tag begins with another one: `<table>` alone stands for the name of a table.
fn is_around_tags(rest: &str) -> bool {
    rest.trim_start().starts_with('<')
}

/// `text` without lines of blanks at its ends, and with at most one of them in a row.
fn without_empty_lines(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines() {
        let is_empty = line.trim().is_empty();
        if !is_empty || lines.last().is_some_and(|it| !it.is_empty()) {
            lines.push(if is_empty { "" } else { line });
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_markdown(pairs: &[(&str, &str)]) {
        for (html, markdown) in pairs {
            assert_eq!(to_markdown(html), *markdown, "{html}");
        }
    }

    #[test]
    fn blocks_become_lines() {
        assert_markdown(&[
            ("<p>One pet.</p>", "One pet."),
            ("<p>One.</p> <p>Two.</p>", "One.\n\nTwo."),
            ("One.<br/>Two.<BR>Three.<br />", "One.\nTwo.\nThree."),
            (
                "Kinds:<ul><li>cat</li><li>dog</li></ul>and more",
                "Kinds:\n\n- cat\n- dog\n\nand more",
            ),
            ("<ul><li><p>cat</p></li></ul>", "- cat"),
            (
                "<table class='x'>\n<thead>\n<tr><th class='y'>Key</th>\n<th>Value</th></tr>\n</thead>\n\
                 <tr>\n<td>\na</td><td><p>b</p></td></tr></table>Done.",
                "- Key | Value\n\n- a | b\n\nDone.",
            ),
        ]);
    }

    #[test]
    fn code_links_and_emphasis_stay_such() {
        assert_markdown(&[
            ("the <code>name</code>", "the `name`"),
            ("a <b>big</b> <i>cat</i>", "a **big** *cat*"),
            (
                "<a href=\"https://a.b/c\">the docs</a>",
                "[the docs](https://a.b/c)",
            ),
            ("<a href='#top'>the docs</a>", "the docs"),
            (
                "<a href=\"https://a.b\"><code>x</code></a>",
                "[`x`](https://a.b)",
            ),
            ("a<sup>2</sup>", "a2"),
        ]);
    }

    #[test]
    fn other_tags_are_text() {
        for text in [
            "a < b > c",
            "<currency>-<amount>",
            "`<p>` is code",
            "```\n<p>\n```",
            "<b> alone",
            "</code>",
            "<https://a.b/c>",
            "List<b",
            "<p/>",
            "Map<p, q>",
            "SELECT * FROM <table>",
        ] {
            assert_eq!(to_markdown(text), text);
        }
    }

    /// The time would grow with the square of the length.
    #[test]
    fn what_is_not_closed_is_searched_once() {
        for part in ["<b>", "<b><i>", "<a href='x'>", "` ``` ", "<b></i>"] {
            let text = part.repeat(500_000);
            assert!(to_markdown(&text).len() >= text.len() / 2, "{part}");
        }
    }
}

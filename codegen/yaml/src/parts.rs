//! Divides a long YAML text into parts that can be parsed at once.
//!
//! The root of an API description is usually a block mapping, and so is what stands under each of its keys. A part starts
//! at such a key, of the root or of one of those mappings. A line that looks like one may also be inside of quotes or
//! brackets; then some part has a syntax error, and the text must be parsed as a whole.

/// A part of a text. Its root is a mapping.
#[derive(Debug, PartialEq)]
pub struct Part<'t> {
    /// Its lines.
    pub text: &'t str,
    /// How many characters precede it.
    pub start: usize,
    /// How many characters it has.
    pub length: usize,
    /// The key of the root whose mapping it continues; `None` if it continues the root.
    pub under: Option<&'t str>,
    /// How far the line after it is indented.
    pub next_indent: usize,
}

/// Where a part starts.
struct Cut<'t> {
    at: usize,
    under: Option<&'t str>,
    indent: usize,
}

/// A key of the root and the indentation of the keys under it, once it is known.
struct Section<'t> {
    key: &'t str,
    indent: Option<usize>,
}

/// Divides a text into parts of about this many bytes. Returns a single part if its root may not be a block mapping, or if
/// it has a directive or the end of a document.
pub fn divide(text: &str, size: usize) -> Vec<Part<'_>> {
    let mut divider = Divider {
        size,
        cuts: Vec::new(),
        section: None,
        has_keys: false,
    };
    let cuts = divider.lines(text).map_or(Vec::new(), |()| divider.cuts);
    let ends = cuts.iter().map(|it| (it.at, it.indent));
    let ends = ends.chain([(text.len(), 0)]);
    let starts = cuts.iter().map(|it| (it.at, it.under));
    let starts = [(0, None)].into_iter().chain(starts);
    let mut characters = 0;
    let part = |((from, under), (to, next_indent))| {
        let text = &text[from..to];
        let (start, length) = (characters, text.chars().count());
        characters += length;
        Part {
            text,
            start,
            length,
            under,
            next_indent,
        }
    };
    starts.zip(ends).map(part).collect()
}

/// Finds where parts may start, line by line.
struct Divider<'t> {
    size: usize,
    cuts: Vec<Cut<'t>>,
    /// The section of the line, if keys under it can be told from its other lines.
    section: Option<Section<'t>>,
    /// Whether a key of the root precedes the line.
    has_keys: bool,
}

impl<'t> Divider<'t> {
    /// Finds all cuts, or returns `None` if the text must not be divided.
    fn lines(&mut self, text: &'t str) -> Option<()> {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_start_matches(' ');
            let indent = line.len() - content.len();
            match content.trim_end() {
                "" => {}
                comment if comment.starts_with('#') => {}
                content if indent == 0 => self.root_line(content, at)?,
                content if self.has_keys => self.inner_line(content, at, indent),
                _ => return None,
            }
            at += line.len();
        }
        Some(())
    }

    /// Handles a line that starts at the margin.
    fn root_line(&mut self, content: &'t str, at: usize) -> Option<()> {
        if content == "---" && !self.has_keys {
            return Some(());
        }
        let is_marker = ["---", "...", "%"].iter().any(|it| content.starts_with(it));
        if is_marker || !(self.has_keys || is_key(content)) {
            return None;
        }
        let is_inside = self.cuts.last().is_some_and(|it| it.under.is_some());
        if is_key(content) && self.has_keys && (is_inside || self.is_long_before(at)) {
            self.cut(at, None, 0);
        }
        self.has_keys = true;
        let key = content.strip_suffix(':').filter(|it| is_key(it));
        self.section = key.map(|key| Section { key, indent: None });
        Some(())
    }

    /// Handles a line that is indented.
    fn inner_line(&mut self, content: &'t str, at: usize, indent: usize) {
        let is_key = is_key(content);
        let is_long = self.is_long_before(at);
        let Some(section) = &mut self.section else {
            return;
        };
        match section.indent {
            None if is_key => section.indent = Some(indent),
            None => self.section = None,
            Some(known) if known == indent && is_key && is_long => {
                let under = Some(section.key);
                self.cut(at, under, indent);
            }
            Some(_) => {}
        }
    }

    fn is_long_before(&self, at: usize) -> bool {
        at - self.cuts.last().map_or(0, |it| it.at) >= self.size
    }

    fn cut(&mut self, at: usize, under: Option<&'t str>, indent: usize) {
        self.cuts.push(Cut { at, under, indent });
    }
}

/// Whether a line may start with a key without quotes.
fn is_key(line: &str) -> bool {
    line.starts_with(|it: char| it.is_ascii_alphanumeric() || "/_".contains(it))
}

#[cfg(test)]
mod tests {
    use super::divide;

    /// Where the parts of a text start that is divided wherever that is possible: after which key, and with which line.
    fn starts(text: &str) -> Vec<(Option<&str>, &str)> {
        let parts = divide(text, 1).into_iter();
        let start = parts.map(|it| (it.under, it.text.lines().next().unwrap_or_default()));
        start.collect()
    }

    #[test]
    fn parts_start_at_keys_of_the_root_and_of_its_mappings() {
        let text = "# c\na: 1\nb:\n  c: 2\n  d:\n    e: 3\n\n  # f\n  g: |\n    h: 4\ni:\n- j: 5\n  k: 6\nl: |\n  m: 7\n  n: 8\no: {\n  p: 9\n  }\n";
        assert_eq!(
            starts(text),
            [
                (None, "# c"),
                (None, "b:"),
                (Some("b"), "  d:"),
                (Some("b"), "  g: |"),
                (None, "i:"),
                (None, "l: |"),
                (None, "o: {")
            ]
        );
    }

    #[test]
    fn a_part_ends_with_the_mapping_that_it_continues() {
        let text = "a:\n  b: 1\n  c: 2\nd: 3\n";
        let parts = divide(text, 8);
        let parts: Vec<_> = parts.iter().map(|it| (it.start, it.text)).collect();
        assert_eq!(
            parts,
            [(0, "a:\n  b: 1\n"), (10, "  c: 2\n"), (17, "d: 3\n")]
        );
    }

    #[test]
    fn other_texts_are_one_part() {
        for text in [
            "",
            "- a: 1\n- b: 2\n",
            "{a: 1,\nb: 2}\n",
            "  a: 1\nb: 2\n",
            "%YAML 1.2\n---\na: 1\nb: 2\n",
            "a: 1\n---\nb: 2\n",
            "a: 1\n...\nb: 2\n",
            "a: 1\n%b\nc: 2\n",
            "--- {a: 1}\nb: 2\n",
        ] {
            assert_eq!(divide(text, 1).len(), 1, "{text:?}");
        }
    }
}

//! Parses the guide of the generated crate: Markdown in, chapters out.
//!
//! Its text becomes documentation unchanged, including code blocks and links: authors of a guide are trusted with
//! rustdoc, unlike authors of a spec. `plan` decides which Rust the chapters become.

mod fault;

use std::collections::BTreeMap;

pub(crate) use self::fault::ALL as FAULTS;
use self::fault::GuideFault;
use crate::placement;
use crate::report::{Diagnostic, Position, Report};
use crate::source::SourceFile;

/// The guide's file name beside the specs.
pub const FILE: &str = "guide.md";

/// A parsed guide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// The lines before the first chapter.
    pub introduction: Vec<String>,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
}

/// A chapter of a guide: a first-level heading and its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The heading.
    pub title: String,
    /// The lines below it, without leading and trailing blank lines.
    pub lines: Vec<String>,
}

impl Guide {
    /// Splits a guide at its first-level headings (`# `, `CommonMark` 0.31 §4.2).
    ///
    /// # Errors
    ///
    /// Returns every fault: no such heading, a heading without text or with a duplicate text, an empty chapter, an
    /// unclosed code block, a character that doc comments cannot contain.
    pub fn read(source: &SourceFile) -> Result<Self, Report> {
        let mut reader = GuideParser::default();
        for (index, line) in source.text.lines().enumerate() {
            reader.line(index + 1, line);
        }
        let GuideParser { guide, faults, .. } = reader.finish();
        if faults.is_empty() {
            Ok(guide)
        } else {
            Err(placement::report(source, faults))
        }
    }
}

/// Parses a guide line by line.
#[derive(Default)]
struct GuideParser {
    guide: Guide,
    /// The line of each title.
    titles: BTreeMap<String, usize>,
    /// The line of the current chapter's heading.
    heading: usize,
    /// The current code block.
    open_block: Option<Fence>,
    faults: Vec<Diagnostic>,
}

impl GuideParser {
    fn line(&mut self, number: usize, line: &str) {
        if let Some(before) = line.find(|it: char| it.is_control() && it != '\t') {
            let column = line[..before].chars().count() + 1;
            self.fault(number, column, GuideFault::ControlCharacter);
        }
        self.mark(number, line);
        match line.strip_prefix("# ") {
            Some(title) if self.open_block.is_none() => self.open_chapter(number, title.trim()),
            Some(_) | None => self.lines().push(line.trim_end().to_owned()),
        }
    }

    /// Records the start or the end of a code block.
    fn mark(&mut self, number: usize, line: &str) {
        let Some((fence, info)) = Fence::of(number, line) else {
            return;
        };
        match self.open_block {
            None => self.open_block = Some(fence),
            Some(open) if open.is_closed_by(fence, info) => self.open_block = None,
            Some(_) => {}
        }
    }

    fn open_chapter(&mut self, number: usize, title: &str) {
        self.close_chapter();
        self.heading = number;
        if title.is_empty() {
            self.fault(number, 1, GuideFault::EmptyHeading);
        }
        if let Some(first) = self.titles.insert(title.to_owned(), number) {
            self.fault(number, 3, GuideFault::DuplicateHeading { first });
        }
        self.guide.chapters.push(Chapter {
            title: title.to_owned(),
            lines: Vec::new(),
        });
    }

    fn close_chapter(&mut self) {
        let lines = self.lines();
        trim_blank(lines);
        if lines.is_empty() && self.heading > 0 {
            self.fault(self.heading, 1, GuideFault::EmptyChapter);
        }
    }

    /// The lines of the current chapter.
    fn lines(&mut self) -> &mut Vec<String> {
        match self.guide.chapters.last_mut() {
            Some(chapter) => &mut chapter.lines,
            None => &mut self.guide.introduction,
        }
    }

    fn fault(&mut self, line: usize, column: usize, fault: GuideFault) {
        let position = Position { line, column };
        self.faults.push(Diagnostic::at(position, fault));
    }

    fn finish(mut self) -> Self {
        self.close_chapter();
        if let Some(Fence { line, .. }) = self.open_block {
            self.fault(line, 1, GuideFault::UnclosedCodeBlock);
        }
        if self.guide.chapters.is_empty() {
            self.fault(1, 1, GuideFault::WithoutChapter);
        }
        self
    }
}

/// A line that opens or closes a code block (`CommonMark` 0.31 §4.5).
#[derive(Clone, Copy)]
struct Fence {
    line: usize,
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence on a line, and the text after it.
    fn of(number: usize, line: &str) -> Option<(Self, &str)> {
        let line = line.trim_start();
        let mark = line.chars().next().filter(|it| matches!(it, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        // With a backtick after it, it is inline code.
        let is_fence = length >= 3 && !(mark == '`' && info.contains('`'));
        let fence = Self {
            line: number,
            mark,
            length,
        };
        is_fence.then_some((fence, info))
    }

    fn is_closed_by(self, other: Self, info: &str) -> bool {
        self.mark == other.mark && self.length <= other.length && info.trim().is_empty()
    }
}

/// Removes leading and trailing blank lines.
fn trim_blank(lines: &mut Vec<String>) {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide(text: &str) -> Result<Guide, String> {
        let source = SourceFile {
            path: "guide.md".to_owned(),
            text: text.to_owned(),
        };
        Guide::read(&source).map_err(|report| report.to_string())
    }

    #[test]
    fn first_level_headings_start_chapters() {
        let guide = guide("Read on.\n\n# One\n\n## Part\ntext  \n\n# Two words \nmore\n").unwrap();
        assert_eq!(guide.introduction, ["Read on."]);
        let [one, two] = &guide.chapters[..] else {
            panic!("{guide:?}")
        };
        assert_eq!(
            (one.title.as_str(), &one.lines[..]),
            ("One", &["## Part".to_owned(), "text".to_owned()][..])
        );
        assert_eq!(
            (two.title.as_str(), &two.lines[..]),
            ("Two words", &["more".to_owned()][..])
        );
    }

    #[test]
    fn hidden_lines_of_code_are_not_headings() {
        let guide = guide("# One\n```\n# hidden();\n~~~\n# hidden();\n```\n# Two\nmore").unwrap();
        let titles: Vec<_> = guide.chapters.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["One", "Two"]);
    }

    #[test]
    fn code_blocks_end_with_a_fence_at_least_as_long() {
        for block in [
            "````\n```\n# hidden\n```\n````",
            "```\n```text\n# hidden\n```",
            "~~~\n# hidden\n~~~~ ",
            "```a `b`\n```\n# hidden\n```",
        ] {
            let guide = guide(&format!("# One\n{block}\n# Two\nmore")).unwrap();
            let titles: Vec<_> = guide.chapters.iter().map(|it| it.title.as_str()).collect();
            assert_eq!(titles, ["One", "Two"], "{block}");
        }
    }

    #[test]
    fn faults_of_guides_are_reported_with_their_location() {
        for (text, expected) in [
            (
                "text\n",
                "guide.md:1:1: error[guide-without-chapter]: the guide has no",
            ),
            (
                "# A\na\n# B\nb\n# A\na\n",
                "guide.md:5:3: error[duplicate-heading]: the chapter at line 1",
            ),
            ("# A\n\n# B\nb\n", "guide.md:1:1: error[empty-chapter]: "),
            ("# B\nb\n# A\n", "guide.md:3:1: error[empty-chapter]: "),
            (
                "# A\n\n~~~rust\n# B\n",
                "guide.md:3:1: error[unclosed-code-block]: ",
            ),
            ("# \na\n", "guide.md:1:1: error[empty-heading]: "),
            (
                "# A\na\u{1b}[1m\n",
                "guide.md:2:2: error[control-character]: ",
            ),
            ("# A\na\rb\n", "guide.md:2:2: error[control-character]: "),
        ] {
            let report = guide(text).unwrap_err();
            assert!(report.starts_with(expected), "{report}");
            assert_eq!(report.lines().count(), 1, "{report}");
        }
    }
}

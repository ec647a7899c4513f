//! A guide to the emitted crate: Markdown in, chapters out.
//!
//! Its text becomes documentation as it is, code blocks and links included: who writes a guide is trusted with
//! what rustdoc makes of it, unlike who writes a spec. What Rust the chapters become is decided in `plan`.

mod fault;

use std::collections::BTreeMap;

pub(crate) use self::fault::ALL as FAULTS;
use self::fault::GuideFault;
use crate::placement;
use crate::report::{Diagnostic, Position, Report};
use crate::source::SourceFile;

/// The file beside the specs that a guide is in.
pub const FILE: &str = "guide.md";

/// A guide, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// The lines before the first chapter.
    pub introduction: Vec<String>,
    /// Its chapters, in order.
    pub chapters: Vec<Chapter>,
}

/// A chapter of a guide: a heading of the first level and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The heading.
    pub title: String,
    /// The lines below it, without blank ones at either end.
    pub lines: Vec<String>,
}

impl Guide {
    /// Takes a guide apart at its headings of the first level (`# `, `CommonMark` 0.31 §4.2).
    ///
    /// # Errors
    ///
    /// Returns every fault: no such heading, a heading without text or with the text of another, a chapter with nothing
    /// in it, a code block that is not closed, a character that no doc comment can hold.
    pub fn read(source: &SourceFile) -> Result<Self, Report> {
        let mut reader = Reader::default();
        for (index, line) in source.text.lines().enumerate() {
            reader.line(index + 1, line);
        }
        let Reader { guide, faults, .. } = reader.finish();
        if faults.is_empty() {
            Ok(guide)
        } else {
            Err(placement::report(source, faults))
        }
    }
}

/// A guide that is being read, line by line.
#[derive(Default)]
struct Reader {
    guide: Guide,
    /// The line of each title.
    titles: BTreeMap<String, usize>,
    /// The line of the chapter at hand.
    heading: usize,
    /// The code block at hand.
    open_block: Option<Fence>,
    faults: Vec<Diagnostic>,
}

impl Reader {
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

    /// Notes the beginning or the end of a code block.
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

    /// The lines of the chapter at hand.
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
    /// The fence on a line, and what follows it.
    fn of(number: usize, line: &str) -> Option<(Self, &str)> {
        let line = line.trim_start();
        let mark = line.chars().next().filter(|it| matches!(it, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        // With a backtick behind it, it is code within a line.
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

/// Drops blank lines at both ends.
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
    fn headings_of_the_first_level_make_chapters() {
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
    fn hidden_lines_of_code_are_no_headings() {
        let guide = guide("# One\n```\n# hidden();\n~~~\n# hidden();\n```\n# Two\nmore").unwrap();
        let titles: Vec<_> = guide.chapters.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(titles, ["One", "Two"]);
    }

    #[test]
    fn a_code_block_ends_with_a_fence_as_long_as_its_first() {
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
    fn what_is_no_guide_is_told_with_its_place() {
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

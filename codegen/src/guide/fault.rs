//! What can be wrong with a guide.

use crate::report::{Description, Explanation, Fault, error, explanations};

/// What can be wrong with a guide.
pub(super) enum GuideFault {
    /// It has no heading of the first level.
    WithoutChapter,
    /// A heading has no text.
    EmptyHeading,
    /// Two headings have the same text.
    DuplicateHeading {
        /// The line of the first.
        first: usize,
    },
    /// Nothing stands below a heading.
    EmptyChapter,
    /// A code block goes on to the end.
    UnclosedCodeBlock,
    /// A control character other than a tab.
    ControlCharacter,
}

impl Fault for GuideFault {
    fn describe(self) -> Description {
        match self {
            Self::WithoutChapter => WITHOUT_CHAPTER
                .of_value("the guide has no chapter")
                .help("begin each chapter with a heading such as `# Paging`"),
            Self::EmptyHeading => EMPTY_HEADING.of_value("a heading must have text"),
            Self::DuplicateHeading { first } => DUPLICATE_HEADING
                .of_value(format!("the chapter at line {first} has the same heading"))
                .help("rename one of them, or make one chapter of both"),
            Self::EmptyChapter => EMPTY_CHAPTER
                .of_value("a chapter must not be empty")
                .help("write it, or make its heading one of the second level: `## `"),
            Self::UnclosedCodeBlock => UNCLOSED_CODE_BLOCK
                .of_value("the code block that opens here is not closed")
                .help("close it with the same mark on a line of its own"),
            Self::ControlCharacter => CONTROL_CHARACTER
                .of_value("this is a control character, which no doc comment can hold"),
        }
    }
}

explanations! {
    WITHOUT_CHAPTER = error("guide-without-chapter", "this generator",
        "The guide has no heading of the first level, a line that begins with `# `. Each such heading makes a \
        chapter, which is a module of the crate's docs; without one there would be nothing to show.");
    EMPTY_HEADING = error("empty-heading", "this generator; CommonMark 0.31 section 4.2",
        "A heading of the first level has no text. The text names the chapter and its module.");
    DUPLICATE_HEADING = error("duplicate-heading", "this generator",
        "Two chapters of the guide have the same heading, and so would be the same module.");
    EMPTY_CHAPTER = error("empty-chapter", "this generator",
        "Nothing stands below a heading of the first level. Its page in the docs would be empty.");
    UNCLOSED_CODE_BLOCK = error("unclosed-code-block", "CommonMark 0.31 section 4.5",
        "A code block of the guide is not closed. Markdown takes the rest of the text for code then, headings \
        included, which is hardly meant. The place is where the block opens.");
    CONTROL_CHARACTER = error("control-character", "The Rust Reference, Comments",
        "The guide holds a control character other than a tab, such as a carriage return within a line. A doc \
        comment cannot hold some of them, and none of them can be seen.");
}

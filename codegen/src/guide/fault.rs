//! Defines the faults of a guide.

use crate::report::{Description, Fault, error, explanations};

/// A fault of a guide.
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
    /// A heading has nothing below it.
    EmptyChapter,
    /// A code block is not closed.
    UnclosedCodeBlock,
    /// A control character other than a tab.
    ControlCharacter,
}

impl Fault for GuideFault {
    fn describe(self) -> Description {
        match self {
            Self::WithoutChapter => WITHOUT_CHAPTER
                .of_value("the guide has no chapter")
                .help("start each chapter with a heading such as `# Paging`"),
            Self::EmptyHeading => EMPTY_HEADING.of_value("a heading must have text"),
            Self::DuplicateHeading { first } => DUPLICATE_HEADING
                .of_value(format!("the chapter at line {first} has the same heading"))
                .help("rename one of them, or merge the chapters"),
            Self::EmptyChapter => EMPTY_CHAPTER
                .of_value("a chapter must not be empty")
                .help("add text, or turn its heading into a second-level one: `## `"),
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
        "The guide has no first-level heading, a line that starts with `# `. Each such heading makes a chapter, which \
        is a module of the crate's docs; without one, nothing would be shown.");
    EMPTY_HEADING = error("empty-heading", "this generator; CommonMark 0.31 section 4.2",
        "A first-level heading has no text. The text names the chapter and its module.");
    DUPLICATE_HEADING = error("duplicate-heading", "this generator",
        "Two chapters of the guide have the same heading, and so would be the same module.");
    EMPTY_CHAPTER = error("empty-chapter", "this generator",
        "A first-level heading has nothing below it. Its page in the docs would be empty.");
    UNCLOSED_CODE_BLOCK = error("unclosed-code-block", "CommonMark 0.31 section 4.5",
        "A code block of the guide is not closed. Markdown then treats the rest of the text as code, including \
        headings. The location is the opening of the block.");
    CONTROL_CHARACTER = error("control-character", "The Rust Reference, Comments",
        "The guide contains a control character other than a tab, such as a carriage return within a line. Doc \
        comments cannot contain some of them, and all of them are invisible.");
}

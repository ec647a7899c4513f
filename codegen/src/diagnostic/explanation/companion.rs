//! Problems of the files beside the specs: the guide and the record of releases.

use crate::report::{Explanation, error, explanations};

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
    INVALID_RECORD = error("invalid-record", "`twilio_codegen::release`",
        "The record of releases is not JSON, or it has other fields than such a record has. The place is where \
        the parser stopped. `cargo xtask update` writes the record; the docs of `twilio_codegen::release` \
        list its fields.");
    UNSUPPORTED_RECORD = error("unsupported-record", "`twilio_codegen::release`",
        "The record of releases has a format that this generator does not know. It was written by a newer one, \
        and what it says might mean something else.");
    WITHOUT_RELEASE = error("record-without-release", "`twilio_codegen::release`",
        "The record of releases lists none. The version of the crate is that of the newest release, so there \
        must be one.");
    UNORDERED_RELEASES = error("unordered-releases", "`twilio_codegen::release`",
        "The releases of the record do not stand in the order of their versions, the newest first. The version \
        of the crate is that of the first, so a release in the wrong place would take it back.");
}

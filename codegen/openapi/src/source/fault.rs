//! Defines the faults of a file's text, whatever it describes.

use crate::report::{Description, Fault, Position, error, explanations};

/// A fault that prevents parsing a file, or a fault of its values whatever they mean.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextFault {
    /// It holds nothing.
    Empty,
    /// It is not text in UTF-8.
    NotUtf8 {
        /// What was found instead.
        detail: String,
    },
    /// It holds a NUL character.
    Nul,
    /// It is not YAML or JSON.
    Syntax {
        /// The parser's message.
        message: String,
        /// Where it stopped.
        position: Position,
        /// Whether it stopped at a tab.
        is_tab: bool,
    },
    /// Values are nested deeper than the generator supports.
    TooDeep {
        /// The maximum number of levels.
        limit: usize,
        /// Where the limit was exceeded.
        position: Position,
    },
    /// Aliases (`*name`) make the document many times larger than its text.
    TooManyAliases,
    /// There are more values than the generator supports.
    TooManyValues,
    /// A number that is infinite, NaN, or too large.
    NotFinite {
        /// Where it is, if the parser stopped there.
        position: Option<Position>,
    },
    /// An object has the same key twice.
    DuplicateKey {
        /// The key.
        key: String,
    },
}

impl Fault for TextFault {
    fn describe(self) -> Description {
        match self {
            Self::Empty => EMPTY_FILE.of_file("the file is empty"),
            Self::NotUtf8 { detail } => NOT_UTF8
                .of_value(format!("the file is not UTF-8 text: {detail}"))
                .help("save the file as UTF-8"),
            Self::Nul => NUL.of_value("the file holds a NUL character: it is not a text file"),
            Self::Syntax {
                message,
                position,
                is_tab,
            } => Description {
                help: is_tab.then(|| "YAML is indented with spaces, not with tabs".to_owned()),
                ..SYNTAX.at(position, message)
            },
            Self::TooDeep { limit, position } => TOO_DEEP.at(
                position,
                format!("values are nested more than {limit} levels deep"),
            ),
            Self::TooManyAliases => TOO_MANY_ALIASES
                .of_file("aliases (`*name`) make the document many times larger than its text"),
            Self::TooManyValues => TOO_LARGE
                .of_file("the document has more than 3,000,000 values, which is the limit")
                .help("split it into several documents: no option raises this limit"),
            Self::NotFinite { position } => NOT_FINITE
                .at(
                    position,
                    "infinity, NaN and numbers beyond 1.8e308 are not allowed in a spec",
                )
                .help("leave the value out, or write a smaller number"),
            Self::DuplicateKey { key } => DUPLICATE_KEY
                .of_second_key(format!("duplicate key `{key}`"))
                .help("remove one of the two"),
        }
    }
}

explanations! {
    EMPTY_FILE = error("empty-file", "OpenAPI 3.0.3, OpenAPI Object",
        "The file is empty or contains only whitespace and comments. Every file in the folder of specs must describe \
        an API; remove those that do not.");
    NOT_UTF8 = error("not-utf8", "RFC 8259 section 8.1, YAML 1.2.2 section 5.2",
        "The file is not UTF-8 text. The location is that of the first invalid byte. Editors can save a file in \
        another encoding.");
    NUL = error("nul", "YAML 1.2.2 section 5.1",
        "The text contains a NUL character, which neither YAML nor JSON allows: this is probably not a text file.");
    SYNTAX = error("syntax", "YAML 1.2.2, RFC 8259",
        "The text is not YAML, or not JSON if the file name ends in `.json`. The location is where the parser \
        stopped; the mistake may be before it, such as an unclosed quote or bracket.")
        .example("info: {title: Demo, version: '1'\n", "info: {title: Demo, version: '1'}\n");
    TOO_DEEP = error("too-deep", "a limit of this generator",
        "Values are nested deeper than the generator supports. No real document comes near the limit; it keeps a file \
        from exhausting the stack.");
    TOO_MANY_ALIASES = error("too-many-aliases", "a limit of this generator",
        "Aliases (`*name`) repeat values so often that the document would be many times larger than its text. Name \
        the repeated value in `components` and use `$ref`.");
    TOO_LARGE = error("too-large", "a limit of this generator",
        "The document has more values, or makes more code, than the generator supports. Time and memory grow with \
        both, and compiling the crate takes many times more. Split the document into several.");
    NOT_FINITE = error("not-finite", "RFC 8259 section 6",
        "YAML has numbers that JSON lacks: `.inf`, `-.inf` and `.nan`. OpenAPI documents are JSON values. Both allow \
        numbers that are too large for IEEE 754 (`1e400`), which readers need not support.")
        .example(
            "components:\n  schemas:\n    fleet: {type: number, example: .inf}\n",
            "components:\n  schemas:\n    fleet: {type: number}\n",
        );
    DUPLICATE_KEY = error("duplicate-key", "OpenAPI 3.0.3, Format; YAML 1.2.2 section 3.2.1.3",
        "An object has the same key twice. One of the two values would be silently lost.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object}\n    sim: {type: object}\n    fleet: {type: string}\n",
            "components:\n  schemas:\n    fleet: {type: object}\n    sim: {type: object}\n",
        );
}

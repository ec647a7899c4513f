//! Problems of a file and its text, whatever it describes.

use crate::report::{Explanation, error, explanations};

explanations! {
    EMPTY_FILE = error("empty-file", "OpenAPI 3.0.3, OpenAPI Object",
        "The file holds nothing, or nothing but blanks and comments. Every file of the folder of specs must \
        describe an API; remove those that do not.");
    NOT_UTF8 = error("not-utf8", "RFC 8259 section 8.1, YAML 1.2.2 section 5.2",
        "The bytes of the file are not text in UTF-8. The place is that of the first such byte. Editors can \
        save a file in another encoding.");
    BYTE_ORDER_MARK = error("byte-order-mark", "RFC 8259 section 8.1",
        "The file begins with U+FEFF, which some editors write before the text. JSON must not begin with it, \
        and it counts as a character of the first line.");
    NUL = error("nul", "YAML 1.2.2 section 5.1",
        "The text holds a character of value 0, which neither YAML nor JSON allows: this is probably not a \
        text file.");
    SYNTAX = error("syntax", "YAML 1.2.2, RFC 8259",
        "The text is not YAML, or not JSON if the file is called `.json`. The place is where the parser \
        stopped; the mistake may stand before it, such as a quote or a bracket that was not closed.")
        .example("info: {title: Demo, version: '1'\n", "info: {title: Demo, version: '1'}\n");
    TOO_DEEP = error("too-deep", "a limit of this generator",
        "Values are nested deeper than the generator reads. No real document comes near the limit; it keeps \
        a file from exhausting the stack.");
    TOO_MANY_ALIASES = error("too-many-aliases", "a limit of this generator",
        "Aliases (`*name`) repeat values so often that the document would be many times larger than its \
        text. Name the repeated value in `components` and use `$ref`.");
    TOO_LARGE = error("too-large", "a limit of this generator",
        "The document has more values, or makes more code, than the generator takes on. What it would need of time and \
        memory grows with both, and compiling the crate takes many times more. Split the document into several.");
    NOT_FINITE = error("not-finite", "RFC 8259 section 6",
        "YAML has numbers that JSON has not: `.inf`, `-.inf` and `.nan`. OpenAPI documents are JSON values. Both can \
        write numbers that are larger than any of IEEE 754 (`1e400`), which no reader is bound to take.")
        .example(
            "components:\n  schemas:\n    fleet: {type: number, example: .inf}\n",
            "components:\n  schemas:\n    fleet: {type: number}\n",
        );
    DUPLICATE_KEY = error("duplicate-key", "OpenAPI 3.0.3, Format; YAML 1.2.2 section 3.2.1.3",
        "An object has the same key twice. One of the two values would be lost without a word.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object}\n    sim: {type: object}\n    fleet: {type: string}\n",
            "components:\n  schemas:\n    fleet: {type: object}\n    sim: {type: object}\n",
        );
    REFUSED = error("refused", "this generator",
        "The document passed every check, but the parser behind them did not take it. This is a gap in the \
        checks: please report it, with the document.");
}

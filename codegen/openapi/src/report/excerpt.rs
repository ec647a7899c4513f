//! Cuts out the line of a fault and makes it safe for a terminal.

use super::printable::push;
use super::{Position, Span};

/// How many columns of a line are shown, not counting the marks of a cut.
const MAX_COLUMNS: usize = 100;

/// How many characters of a long line are shown before the fault.
const MAX_BEFORE: usize = 40;

/// Marks a cut in a line.
const CUT: char = '…';

/// A line of a text and the range at fault.
///
/// It is ready to print: at most about 100 columns around the fault, with tabs expanded, and without characters that
/// affect a terminal. Columns are those of a terminal: a wide character takes two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line number, counted from 1.
    pub line: usize,
    /// The text to print.
    pub text: String,
    /// The columns before the range.
    pub indent: usize,
    /// The columns of the range, at least 1. A range that continues on the next line ends with this one.
    pub width: usize,
}

/// Cuts excerpts out of a text.
///
/// Request excerpts in the order of their positions, so that a long line is scanned only once.
pub(crate) struct Excerpts<'a> {
    lines: Vec<&'a str>,
    /// A position and its byte offset in its line, at which the next search starts.
    last: (Position, usize),
}

impl<'a> Excerpts<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            lines: text.lines().collect(),
            last: (Position { line: 1, column: 1 }, 0),
        }
    }

    /// Returns the line in which `span` starts; `None` if the text ends before it.
    pub(crate) fn excerpt(&mut self, span: Span) -> Option<Excerpt> {
        let line = *self.lines.get(span.start.line.checked_sub(1)?)?;
        let start = self.offset(line, span.start);
        let end = if span.end.line == span.start.line {
            let length = span.end.column.saturating_sub(span.start.column);
            start + length_of(&line[start..], length)
        } else {
            line.len()
        };
        let end = start + line[start..end].trim_end().len();
        Some(excerpt(span.start.line, line, start, end))
    }

    /// Returns the byte offset of a position in its line.
    fn offset(&mut self, line: &str, at: Position) -> usize {
        let (last, known) = self.last;
        let is_behind = last.line == at.line && last.column <= at.column;
        let (column, known) = if is_behind {
            (last.column, known)
        } else {
            (1, 0)
        };
        let offset = known + length_of(&line[known..], at.column - column);
        self.last = (at, offset);
        offset
    }
}

/// Returns the length in bytes of the first `count` characters of `text`.
fn length_of(text: &str, count: usize) -> usize {
    text.char_indices()
        .nth(count)
        .map_or(text.len(), |(offset, _)| offset)
}

/// Cuts `line` around the bytes from `start` to `end`.
fn excerpt(number: usize, line: &str, start: usize, end: usize) -> Excerpt {
    let mut from = 0;
    let is_long = line.chars().nth(MAX_COLUMNS).is_some();
    if is_long && let Some((offset, _)) = line[..start].char_indices().rev().nth(MAX_BEFORE) {
        from = offset;
    }
    let mut text = String::new();
    let mut columns = 0;
    if from > 0 {
        text.push(CUT);
        columns += 1;
    }
    let mut indent = columns;
    let mut width = 0;
    for (count, (offset, character)) in line[from..].char_indices().enumerate() {
        // Combining marks take no column; limit them, too.
        if columns >= MAX_COLUMNS || count >= 2 * MAX_COLUMNS {
            text.push(CUT);
            break;
        }
        let taken = push(&mut text, character);
        columns += taken;
        if from + offset < start {
            indent += taken;
        } else if from + offset < end {
            width += taken;
        }
    }
    Excerpt {
        line: number,
        text,
        indent,
        width: width.max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt of a range of one line, with an underline below it.
    fn shown(text: &str, line: usize, columns: std::ops::Range<usize>) -> String {
        let at = |column| Position { line, column };
        let span = Span {
            start: at(columns.start),
            end: at(columns.end),
        };
        let Excerpt {
            text,
            indent,
            width,
            ..
        } = Excerpts::new(text).excerpt(span).unwrap();
        format!("{text}\n{}{}", " ".repeat(indent), "^".repeat(width))
    }

    #[test]
    fn range_is_underlined() {
        assert_eq!(shown("a: b\nc: def\n", 2, 4..7), "c: def\n   ^^^");
        assert_eq!(shown("a: b  # c\n", 1, 4..7), "a: b  # c\n   ^");
    }

    #[test]
    fn tabs_and_wide_characters_keep_their_columns() {
        assert_eq!(shown("\ta: 漢字 x", 1, 5..7), "    a: 漢字 x\n       ^^^^");
    }

    #[test]
    fn control_characters_are_escaped() {
        let shown = shown("a: \u{1b}[31m\u{202e}b", 1, 4..5);
        assert_eq!(shown, "a: \\u{1b}[31m\\u{202e}b\n   ^^^^^^");
    }

    #[test]
    fn ranges_over_several_lines_end_with_the_first() {
        let span = Span {
            start: Position { line: 1, column: 4 },
            end: Position { line: 2, column: 4 },
        };
        let excerpt = Excerpts::new("a: {b,  \n c}\n").excerpt(span).unwrap();
        assert_eq!((excerpt.indent, excerpt.width), (3, 3));
    }

    #[test]
    fn long_lines_are_cut_around_the_range() {
        let line = format!("{}!{}", "a".repeat(5_000), "b".repeat(5_000));
        let shown = shown(&line, 1, 5_001..5_002);
        let (text, underline) = shown.split_once('\n').unwrap();
        assert!(text.starts_with("…a") && text.ends_with("b…"), "{text}");
        assert_eq!(text.chars().count(), MAX_COLUMNS + 1);
        let marked = text.chars().zip(underline.chars());
        let marked: String = marked
            .filter(|(_, it)| *it == '^')
            .map(|(it, _)| it)
            .collect();
        assert_eq!(marked, "!");
    }

    #[test]
    fn places_on_one_line_are_found_in_any_order() {
        let text = "漢 a b c";
        let mut excerpts = Excerpts::new(text);
        for (column, indent) in [(3, 3), (7, 7), (5, 5)] {
            let start = Position { line: 1, column };
            let excerpt = excerpts.excerpt(Span::at(start)).unwrap();
            assert_eq!((excerpt.indent, excerpt.width), (indent, 1));
        }
    }

    #[test]
    fn positions_after_the_text_have_no_line() {
        let start = Position { line: 3, column: 1 };
        assert_eq!(Excerpts::new("a\nb").excerpt(Span::at(start)), None);
        let behind = Position { line: 2, column: 9 };
        let excerpt = Excerpts::new("a\nb").excerpt(Span::at(behind)).unwrap();
        assert_eq!((excerpt.indent, excerpt.width), (1, 1));
    }
}

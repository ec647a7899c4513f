//! Tables for a terminal. The first page determines the widths, so that later rows can be written as they arrive.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::field::{cell, value_at};
use crate::json::Node;

/// The spaces between two columns.
const GAP: &str = "  ";

/// The rows whose widths are not yet known, and then the widths.
#[derive(Default)]
pub(super) struct Table {
    kept: Vec<Vec<String>>,
    widths: Option<Vec<usize>>,
}

impl Table {
    /// Adds a row. It is written at once if the widths are known.
    pub(super) fn row(&mut self, cells: &[String], out: &mut impl Write) -> io::Result<()> {
        let cells = cells.iter().map(|it| visible(it)).collect::<Vec<_>>();
        match &self.widths {
            Some(widths) => write_row(&cells, widths, out),
            None => {
                self.kept.push(cells);
                Ok(())
            }
        }
    }

    /// Determines the widths from the buffered rows, and writes those.
    pub(super) fn flush(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.kept.is_empty() {
            return Ok(());
        }
        let mut widths = Vec::new();
        for row in &self.kept {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        for row in self.kept.drain(..) {
            write_row(&row, &widths, out)?;
        }
        self.widths = Some(widths);
        Ok(())
    }
}

fn write_row(cells: &[String], widths: &[usize], out: &mut impl Write) -> io::Result<()> {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        line.push_str(GAP);
    }
    writeln!(out, "{}", line.trim_end())
}

/// Writes one object, with a line for each of its fields.
pub(super) fn record(value: &Node, fields: &[String], out: &mut impl Write) -> io::Result<()> {
    if fields.is_empty() {
        let text = cell(Some(value));
        return match text.is_empty() {
            true => Ok(()),
            false => writeln!(out, "{}", visible(&text)),
        };
    }
    let mut table = Table::default();
    for field in fields {
        table.row(&[field.clone(), cell(value_at(value, field))], out)?;
    }
    table.flush(out)
}

/// Returns a text on one line, without control sequences for the terminal.
pub(crate) fn visible(text: &str) -> String {
    let shown = |it: char| match it {
        '\n' | '\r' | '\t' => ' ',
        it if it.is_control() => char::REPLACEMENT_CHARACTER,
        // Marks that change the direction of text (Unicode, UAX #9).
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        it => it,
    };
    text.chars().map(shown).collect()
}

//! Writes responses: as a table, as JSON, as one line of JSON for each item, as CSV, or as plain values.

pub(crate) mod field;
mod json_text;
mod table_text;

use std::io::{self, Write};

pub(super) use self::field::{cell, fields_of, unknown_field, value_at};
pub(super) use self::json_text::pretty;
pub(crate) use self::table_text::visible;
use self::table_text::{Table, record};
use super::stderr;
use super::table::Shape;
use crate::json::Node;

/// Replaces hidden personal data.
pub(crate) const MASK: &str = "***";

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Table,
    Json,
    JsonLines,
    Csv,
    /// The values of each item on a line, with tabs between them.
    Plain,
}

/// What to write of a response, and how.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) format: Format,
    /// The selected fields; empty for the default.
    pub(super) columns: Vec<String>,
    /// Whether personal data is hidden.
    pub(super) masks: bool,
    pub(super) shape: &'static Shape,
}

impl Style {
    pub(super) fn is_json(&self) -> bool {
        match self.format {
            Format::Json | Format::JsonLines => true,
            Format::Table | Format::Csv | Format::Plain => false,
        }
    }

    /// Warns about selected columns that neither the specification nor a value has. They are empty.
    fn warn(&self, value: &Node) {
        if value.members().is_none() {
            return;
        }
        for column in &self.columns {
            if let Some(hint) = unknown_field(column, value, self.shape) {
                let column = visible(column);
                stderr::tell(format_args!(
                    "warning: the response has no field `{column}`{hint}"
                ));
            }
        }
    }

    /// Hides the personal data in a value, unless it is to be shown.
    fn masked(&self, value: Node) -> Node {
        match self.masks && !self.shape.personal.is_empty() {
            true => masked(value, self.shape.personal),
            false => value,
        }
    }

    /// Returns only the selected fields of a value, or all of it by default.
    fn chosen(&self, value: Node) -> Node {
        if self.columns.is_empty() {
            return value;
        }
        let columns = self.columns.iter();
        let members = columns.map(|it| (it.clone(), value_at(&value, it).cloned()));
        let members = members.map(|(name, it)| (name, it.unwrap_or(Node::Null)));
        Node::Object(members.collect())
    }
}

/// Checks that a response, or an item of a list, is an object or a list of objects, if its `shape` says so.
///
/// # Errors
///
/// Returns an error for anything else. Null is accepted as an absent value.
pub(crate) fn check(value: &Node, shape: &Shape, is_list: bool) -> Result<(), String> {
    let is_known = !shape.fields.is_empty();
    let (problem, wanted) = match value {
        _ if !is_known => return Ok(()),
        Node::Null => return Ok(()),
        Node::List(items) if is_list => {
            return items.iter().try_for_each(|it| check(it, shape, false));
        }
        Node::Object(_) if !is_list => return Ok(()),
        Node::Object(_) => ("an object", "a list"),
        Node::List(_) => ("a list", "an object"),
        Node::Literal(_) | Node::Text(_) if is_list => ("no list", "a list"),
        Node::Literal(_) | Node::Text(_) => ("no object", "an object"),
    };
    Err(format!("the response has {problem} in place of {wanted}"))
}

/// Returns a value with the values of personal data keys hidden. Null is kept.
pub(crate) fn masked(value: Node, personal: &[&str]) -> Node {
    match value {
        Node::Object(members) => {
            let members = members.into_iter().map(|(key, value)| {
                let is_hidden = personal.contains(&key.as_str()) && value != Node::Null;
                let value = match is_hidden {
                    true => Node::Text(MASK.to_owned()),
                    false => masked(value, personal),
                };
                (key, value)
            });
            Node::Object(members.collect())
        }
        Node::List(items) => {
            let items = items.into_iter();
            Node::List(items.map(|it| masked(it, personal)).collect())
        }
        value @ (Node::Null | Node::Literal(_) | Node::Text(_)) => value,
    }
}

/// Writes one value that is not a page of a list.
///
/// # Errors
///
/// Returns the errors of `out`.
pub(super) fn write_value(value: Node, style: &Style, out: &mut impl Write) -> io::Result<()> {
    if let Node::List(items) = value {
        let mut list = ListWriter::new(style.clone());
        for item in items {
            list.item(item, out)?;
        }
        return list.finish(out);
    }
    if matches!(style.format, Format::Csv | Format::Plain) {
        let mut list = ListWriter::new(style.clone());
        list.item(value, out)?;
        return list.finish(out);
    }
    let value = style.masked(value);
    style.warn(&value);
    match style.format {
        Format::Json => writeln!(out, "{}", pretty(&style.chosen(value))),
        Format::JsonLines => writeln!(out, "{}", style.chosen(value).json()),
        Format::Table | Format::Csv | Format::Plain => {
            let columns = match style.columns.is_empty() {
                true => fields_of(&value),
                false => style.columns.clone(),
            };
            record(&value, &columns, out)
        }
    }
}

/// Writes the items of a list one by one, in constant memory.
pub(super) struct ListWriter {
    style: Style,
    columns: Vec<String>,
    count: usize,
    table: Table,
}

impl ListWriter {
    pub(super) fn new(style: Style) -> Self {
        Self {
            columns: style.columns.clone(),
            style,
            count: 0,
            table: Table::default(),
        }
    }

    /// Writes an item, or buffers it until the end of the page if it determines the widths of a table.
    pub(super) fn item(&mut self, item: Node, out: &mut impl Write) -> io::Result<()> {
        let item = self.style.masked(item);
        if self.count == 0 {
            self.style.warn(&item);
            self.begin(&item, out)?;
        }
        self.count += 1;
        match self.style.format {
            Format::Json => {
                let separator = if self.count == 1 { "[" } else { "," };
                let text = pretty(&self.style.chosen(item)).replace('\n', "\n  ");
                write!(out, "{separator}\n  {text}")
            }
            Format::JsonLines => writeln!(out, "{}", self.style.chosen(item).json()),
            Format::Table => self.table.row(&self.cells(&item), out),
            Format::Csv => write_csv(&self.cells(&item), out),
            Format::Plain if self.columns.is_empty() => write_plain(&[cell(Some(&item))], out),
            Format::Plain => write_plain(&self.cells(&item), out),
        }
    }

    /// Chooses the columns, unless they were selected, and writes their names.
    fn begin(&mut self, first: &Node, out: &mut impl Write) -> io::Result<()> {
        if self.columns.is_empty() {
            let known = match self.style.format {
                Format::Csv => self.style.shape.fields,
                Format::Table | Format::Plain => self.style.shape.columns,
                Format::Json | Format::JsonLines => self.style.shape.columns,
            };
            self.columns = match known {
                [] => fields_of(first),
                known => known.iter().map(|it| (*it).to_owned()).collect(),
            };
        }
        self.heading(out)
    }

    fn heading(&mut self, out: &mut impl Write) -> io::Result<()> {
        match self.style.format {
            Format::Table => self.table.row(&self.columns, out),
            Format::Csv => write_csv(&self.columns, out),
            Format::Json | Format::JsonLines | Format::Plain => Ok(()),
        }
    }

    fn cells(&self, item: &Node) -> Vec<String> {
        let columns = self.columns.iter();
        columns.map(|it| cell(value_at(item, it))).collect()
    }

    /// Writes the buffered rows.
    pub(super) fn end_of_page(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.table.flush(out)?;
        out.flush()
    }

    /// Writes the end of the list.
    pub(super) fn finish(mut self, out: &mut impl Write) -> io::Result<()> {
        if self.count == 0 {
            self.columns_of_nothing(out)?;
        }
        self.table.flush(out)?;
        match (self.style.format, self.count) {
            (Format::Json, 0) => writeln!(out, "[]"),
            (Format::Json, _) => writeln!(out, "\n]"),
            (Format::JsonLines | Format::Table, _) => Ok(()),
            (Format::Csv | Format::Plain, _) => Ok(()),
        }
    }

    /// Returns the column names of an empty list.
    fn columns_of_nothing(&mut self, out: &mut impl Write) -> io::Result<()> {
        let nothing = Node::Object(Vec::new());
        self.begin(&nothing, out)
    }
}

fn write_csv(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(cells).map_err(io::Error::from)?;
    writer.flush()
}

/// Writes a line that other programs can split at its tabs: values have neither tabs nor line breaks.
fn write_plain(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|it| visible(it)).collect();
    writeln!(out, "{}", cells.join("\t"))
}

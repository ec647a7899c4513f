//! How reports for people look.

/// Whether a text has the colours of a terminal (ECMA-48 SGR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// It has.
    Ansi,
    /// It has not.
    Plain,
}

/// How a report of changes looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text has colours.
    pub colour: Colour,
    /// Whether reworded prose is listed, and not only counted.
    pub docs: bool,
}

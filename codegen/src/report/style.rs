//! Defines the appearance of reports for people.

/// Whether a text has terminal colours (ECMA-48 SGR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With colours.
    Ansi,
    /// Without colours.
    Plain,
}

/// The appearance of a change report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text has colours.
    pub colour: Colour,
    /// Whether reworded texts are listed instead of counted.
    pub docs: bool,
}

//! What a stage says of a fault.

use super::Position;

/// What of a value is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The file as a whole: no line of it is worth a look.
    File,
    /// The value.
    Value,
    /// Its key.
    Key,
    /// Its key, where the object has that for the second time.
    SecondKey,
    /// A place that a parser found inside a text: there is no value to point at.
    At(Position),
}

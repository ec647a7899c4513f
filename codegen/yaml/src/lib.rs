//! Parses YAML into events with their places, and divides it into parts that can be parsed at once.
//!
//! The parser is generic, so rustc compiles it in the crate that names its type parameter, and optimises it as it does that
//! crate. Debug builds optimise this one (`profile.dev.package` of the workspace), but not the generator, which would take
//! far longer to compile.

mod parts;

pub use parts::{Part, divide};
pub use saphyr_parser::{Event, Marker, ScalarStyle, ScanError, Span};
use saphyr_parser::{Parser, StrInput};

/// The events of a text, in its order; none after an error.
pub struct Events<'a>(Parser<'a, StrInput<'a>>);

impl<'a> Events<'a> {
    /// Starts before the first event.
    pub fn of(text: &'a str) -> Self {
        Self(Parser::new_from_str(text))
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Result<(Event<'a>, Span), ScanError>;

    /// Returns the next event and where it is.
    ///
    /// # Errors
    ///
    /// Returns the syntax error that the parser found, which ends the events.
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// Returns whether YAML 1.1 and 1.2 agree about every character of a text, except tabs: that it is allowed (YAML 1.2.2
/// §5.1), whether it breaks a line (§5.4), and where it may be.
pub fn has_usual_characters(text: &str) -> bool {
    // Most lines are ASCII, whose bytes are faster to check.
    let is_ascii = |line: &str| line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    text.split('\n')
        .all(|line| is_ascii(line) || line.chars().all(is_usual))
}

fn is_usual(character: char) -> bool {
    match character {
        '\n' | '\r' | '\t' | ' '..='~' => true,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => false,
        _ => character >= '\u{A0}',
    }
}

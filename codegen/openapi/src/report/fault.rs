//! Defines how stages describe their faults.

use super::{Explanation, Position, Severity};
use crate::pointer::Pointer;

/// The faults of one stage: an enum, with the explanations beside it.
///
/// A new fault needs a variant, an explanation, and the match arm that the compiler then asks for.
pub trait Fault {
    /// Returns everything about the fault except the place of its value.
    fn describe(self) -> Description;
}

/// A kind of fault, with its message.
#[derive(Clone, Debug, PartialEq)]
pub struct Description {
    pub(crate) explanation: &'static Explanation,
    pub(crate) focus: Focus,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// Each method creates a fault of this kind with a message of one sentence.
impl Explanation {
    /// A fault of the file as a whole.
    pub fn of_file(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::File, message.into())
    }

    /// A fault of a value.
    pub fn of_value(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::Value, message.into())
    }

    /// A fault of the key of a value.
    pub(crate) fn of_key(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::Key, message.into())
    }

    /// A fault of a key that its object has for the second time.
    pub(crate) fn of_second_key(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::SecondKey, message.into())
    }

    /// A fault of the text at `position` if a parser found one, or else of a value.
    pub fn at(
        &'static self,
        position: impl Into<Option<Position>>,
        message: impl Into<String>,
    ) -> Description {
        let position: Option<Position> = position.into();
        self.says(position.map_or(Focus::Value, Focus::At), message.into())
    }

    fn says(&'static self, focus: Focus, message: String) -> Description {
        Description {
            explanation: self,
            focus,
            message,
            help: None,
        }
    }
}

impl Description {
    /// Adds advice that goes beyond the message.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// The part of a value that is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// The file as a whole: no line of it is worth showing.
    File,
    /// The value.
    Value,
    /// Its key.
    Key,
    /// The second occurrence of its key.
    SecondKey,
    /// A position that a parser found inside a text: there is no value to point at.
    At(Position),
}

/// A fault and the value that caused it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub fault: Description,
    /// The value at fault.
    pub at: Pointer,
}

impl Diagnostic {
    /// A fault of the value at `at`.
    pub fn new(fault: impl Fault, at: Pointer) -> Self {
        let fault = fault.describe();
        Self { fault, at }
    }

    /// A fault at a position in a text without values.
    pub fn at(position: Position, fault: impl Fault) -> Self {
        let focus = Focus::At(position);
        let fault = Description {
            focus,
            ..fault.describe()
        };
        let at = Pointer::root();
        Self { fault, at }
    }

    /// Returns whether the fault prevents generating a crate.
    pub(crate) fn is_error(&self) -> bool {
        self.fault.explanation.severity == Severity::Error
    }
}

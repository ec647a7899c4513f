//! What a stage says of a fault.

use super::{Explanation, Position, Severity};
use crate::pointer::Pointer;

/// What can be wrong, as one stage knows it: an enum of the stage's faults, with their explanations beside it.
///
/// A new fault is a variant, an explanation, and the arm of the match that the compiler then asks for.
pub(crate) trait Fault {
    /// Says everything about the fault but where the value at fault is.
    fn describe(self) -> Description;
}

/// What a fault is, with its words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Description {
    pub(crate) explanation: &'static Explanation,
    pub(crate) focus: Focus,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// Each describes a fault of this kind in one sentence: what is wrong with what.
impl Explanation {
    /// The file as a whole.
    pub(crate) fn of_file(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::File, message.into())
    }

    /// A value.
    pub(crate) fn of_value(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::Value, message.into())
    }

    /// The key of a value.
    pub(crate) fn of_key(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::Key, message.into())
    }

    /// A key that its object has for the second time.
    pub(crate) fn of_second_key(&'static self, message: impl Into<String>) -> Description {
        self.says(Focus::SecondKey, message.into())
    }

    /// The text at `position`, if a parser has found it out, or else a value.
    pub(crate) fn at(
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
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// What of a value is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
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

/// A fault and the value that caused it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Diagnostic {
    /// What is wrong.
    pub(crate) fault: Description,
    /// The value at fault.
    pub(crate) at: Pointer,
}

impl Diagnostic {
    /// A fault of the value at `at`.
    pub(crate) fn new(fault: impl Fault, at: Pointer) -> Self {
        let fault = fault.describe();
        Self { fault, at }
    }

    /// A fault at a place in a text, which is known without a value.
    pub(crate) fn at(position: Position, fault: impl Fault) -> Self {
        let focus = Focus::At(position);
        let fault = Description {
            focus,
            ..fault.describe()
        };
        let at = Pointer::root();
        Self { fault, at }
    }

    /// Says whether the fault keeps a crate from being generated.
    pub(crate) fn is_error(&self) -> bool {
        self.fault.explanation.severity == Severity::Error
    }
}

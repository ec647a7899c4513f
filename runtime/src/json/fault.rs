//! Errors in a body, with their location.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// The maximum nesting of lists and objects. Real responses have less than ten levels.
pub(super) const MAX_LEVELS: u32 = 128;

/// What is wrong with a body, and where.
#[derive(Debug)]
pub(crate) struct Fault(Box<Details>);

#[derive(Debug)]
struct Details {
    /// The location, such as `[3].data_limit`; empty for the whole text.
    path: String,
    problem: Problem,
}

/// What is wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The text is not JSON. The message is serde_json's.
    Syntax,
    /// Lists and objects are nested too deeply.
    Levels,
    /// A value does not match its type.
    Value(String),
    /// The value exceeds the memory budget.
    Memory,
    /// The time for the call ran out.
    Time,
}

impl Fault {
    /// Creates a fault of the whole text.
    pub(crate) fn new(message: String) -> Self {
        Self::of(Problem::Value(message))
    }

    /// Creates the fault of a text that is not JSON.
    pub(crate) fn syntax() -> Self {
        Self::of(Problem::Syntax)
    }

    #[cold]
    pub(super) fn of(problem: Problem) -> Self {
        let path = String::new();
        Self(Box::new(Details { path, problem }))
    }

    /// Returns what is wrong.
    pub(crate) fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// Returns the location, such as `fleets[3].data_limit`; `.` is the whole text.
    pub(crate) fn path(&self) -> &str {
        if self.0.path.is_empty() {
            "."
        } else {
            &self.0.path
        }
    }

    /// Moves the fault below the member `key` of an object.
    #[cold]
    pub(crate) fn below(mut self, key: &str) -> Self {
        self.put_before(key);
        self
    }

    /// Moves the fault below member `index` of a list, counted from 0.
    #[cold]
    pub(super) fn below_index(mut self, index: usize) -> Self {
        self.put_before(&format!("[{index}]"));
        self
    }

    /// Prepends a step to the path. A fault of the whole text has no path.
    fn put_before(&mut self, step: &str) {
        let Details { path, problem } = &mut *self.0;
        let Problem::Value(_) = problem else { return };
        if !path.is_empty() && !path.starts_with('[') {
            path.insert(0, '.');
        }
        path.insert_str(0, step);
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem() {
            Problem::Syntax => f.write_str("not JSON"),
            Problem::Levels => write!(
                f,
                "lists and objects are nested more than {MAX_LEVELS} levels deep"
            ),
            Problem::Value(message) => f.write_str(message),
            Problem::Memory => f.write_str("the values take too much memory"),
            Problem::Time => f.write_str("the time ran out"),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    /// Names only the kinds: the value may be personal data, and errors end up in logs.
    #[cold]
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Unit => "null",
            Unexpected::Bool(_) => "a boolean",
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
            Unexpected::Str(_) | Unexpected::Char(_) | Unexpected::Bytes(_) => "a string",
            Unexpected::Seq => "a list",
            Unexpected::Map => "an object",
            Unexpected::Option
            | Unexpected::NewtypeStruct
            | Unexpected::Enum
            | Unexpected::UnitVariant
            | Unexpected::NewtypeVariant
            | Unexpected::TupleVariant
            | Unexpected::StructVariant
            | Unexpected::Other(_) => "another kind of value",
        };
        Self::new(format!("invalid type: {found}, expected {expected}"))
    }

    /// Names neither the value nor the kind of a number.
    #[cold]
    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("invalid value, expected {expected}"))
    }
}

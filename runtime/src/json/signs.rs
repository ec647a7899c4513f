//! Notices an answer that is an error in spite of its status.

use super::cursor::{Cursor, Kind};
use crate::vendor::ErrorFormat;

/// The members of an answer's object that tell an error, where the vendor has such answers: its code, its message, and
/// a status that is an error's.
#[derive(Default)]
pub(super) struct Signs {
    errors: Option<ErrorFormat>,
    status: bool,
    message: bool,
    code: bool,
}

impl Signs {
    pub(super) fn new(errors: Option<ErrorFormat>) -> Self {
        Self {
            errors,
            ..Self::default()
        }
    }

    /// Takes note of a member of the answer, whose value comes next. The last of a name counts.
    pub(super) fn note(&mut self, key: &str, value: &Cursor<'_>) {
        let Some(errors) = self.errors else { return };
        let mut value = value.clone();
        let kind = value.kind().ok();
        if errors.status_in_success == Some(key) {
            let number = value.number().ok().and_then(|it| it.parse::<u64>().ok());
            self.status = number >= Some(400);
        } else if key == errors.message {
            self.message = kind == Some(Kind::String);
        } else if key == errors.code {
            self.code = matches!(kind, Some(Kind::Number | Kind::Null));
        }
    }

    /// Tells whether all of them are there.
    pub(super) fn tell_error(&self) -> bool {
        self.status && self.message && self.code
    }
}

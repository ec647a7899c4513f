//! Detects a response that is an error despite its status.

use super::cursor::{Cursor, Kind};
use crate::vendor::ErrorFormat;

/// The members that mark a response as an error, for vendors that send such responses: its code, its message, and an
/// error's status.
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

    /// Records a member of the response, whose value is next. The last of a name wins.
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

    /// Returns whether all of them are present.
    pub(super) fn is_error(&self) -> bool {
        self.status && self.message && self.code
    }
}

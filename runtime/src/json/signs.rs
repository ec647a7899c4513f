//! Notices an answer that is an error in spite of its status.

use super::cursor::{Cursor, Kind};

/// The members of an answer's object that tell an error: Twilio's `code` and `message`, and a `status` that is an error's.
#[derive(Default)]
pub(super) struct Signs {
    status: bool,
    message: bool,
    code: bool,
}

impl Signs {
    /// Takes note of a member of the answer, whose value comes next. The last of a name counts.
    pub(super) fn note(&mut self, key: &str, value: &Cursor<'_>) {
        let mut value = value.clone();
        let kind = value.kind().ok();
        match key {
            "status" => {
                let number = value.number().ok().and_then(|it| it.parse::<u64>().ok());
                self.status = number >= Some(400);
            }
            "message" => self.message = kind == Some(Kind::String),
            "code" => self.code = matches!(kind, Some(Kind::Number | Kind::Null)),
            _ => {}
        }
    }

    /// Tells whether all of them are there.
    pub(super) fn tell_error(&self) -> bool {
        self.status && self.message && self.code
    }
}

//! Compares the errors that operations declare.

use super::compare::Comparing;
use super::limits::Travels;
use super::operations::Both;
use super::rule::Rule;
use super::wording;
use crate::api::{DeclaredError, ErrorStatuses};

impl Comparing<'_> {
    /// Compares the types of an operation's errors. The compiler does not see which type a caller reads an error as.
    pub(super) fn errors(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.errors, &both.new.errors];
        for before in old {
            let statuses = wording::error_statuses(before.statuses);
            match declared_for(new, before.statuses) {
                Some(after) => self.error(both, &statuses, [before, after]),
                None => {
                    let words = wording::value(self.old, &before.value);
                    let what = format!("no longer declares {words} for errors with {statuses}");
                    let at = [&before.value.at, &both.new.at];
                    self.about_at(both, Rule::ErrorRemoved, &what, at);
                }
            }
        }
        for after in new {
            if old.iter().any(|it| it.statuses == after.statuses) {
                continue;
            }
            let statuses = wording::error_statuses(after.statuses);
            match declared_for(old, after.statuses) {
                Some(before) => self.error(both, &statuses, [before, after]),
                None => {
                    let words = wording::value(self.new, &after.value);
                    let what = format!("declares {words} for errors with {statuses}");
                    let at = [&both.old.at, &after.value.at];
                    self.about_at(both, Rule::ErrorAdded, &what, at);
                }
            }
        }
    }

    fn error(&mut self, both: Both<'_>, statuses: &str, [old, new]: [&DeclaredError; 2]) {
        let at = [&old.value.at, &new.value.at];
        if !self.is_same_value(&old.value, &new.value) {
            let what = format!(
                "declares a different type for errors with {statuses}: {} → {}",
                wording::value(self.old, &old.value),
                wording::value(self.new, &new.value)
            );
            return self.about_at(both, Rule::ErrorTypeChanged, &what, at);
        }
        let received = Travels {
            sent: false,
            received: true,
        };
        for (rule, what) in self.moved(received, [old.value.schema, new.value.schema]) {
            let what = format!("returns an error with {statuses} that {what}");
            self.about_at(both, rule, &what, at);
        }
    }
}

/// Returns the declaration that covers errors with these statuses.
fn declared_for(errors: &[DeclaredError], statuses: ErrorStatuses) -> Option<&DeclaredError> {
    let own = errors.iter().find(|it| it.statuses == statuses);
    // A range takes precedence over `default`.
    let of_range =
        |it: &&DeclaredError| it.statuses != ErrorStatuses::Others && it.statuses.include(statuses);
    own.or_else(|| errors.iter().find(of_range))
        .or_else(|| errors.iter().find(|it| it.statuses.include(statuses)))
}

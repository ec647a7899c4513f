//! Compares the errors that operations declare.

use super::compare::Comparing;
use super::limits::Travels;
use super::operations::Both;
use super::rule::Rule;
use super::successes::{HeaderChange, header_changes};
use super::wording;
use crate::api::{DeclaredError, ErrorHeaders, ErrorStatuses};

impl Comparing<'_> {
    /// Compares the types of an operation's errors. The compiler does not see which type a caller reads an error as.
    pub(super) fn errors(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.errors, &both.new.errors];
        for before in old {
            let statuses = wording::error_statuses(before.statuses);
            match covering(new, |it| it.statuses, before.statuses) {
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
            match covering(old, |it| it.statuses, after.statuses) {
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
        for (rule, what) in self.moved(Travels::RECEIVED, [old.value.schema, new.value.schema]) {
            let what = format!("returns an error with {statuses} that {what}");
            self.about_at(both, rule, &what, at);
        }
    }

    /// Compares the headers of errors, which callers read from the error. Statuses that neither version declares on its own
    /// have the headers of their range or of `default`.
    pub(super) fn error_headers(&mut self, both: Both<'_>) {
        let lists = [&both.old.error_headers, &both.new.error_headers];
        let mut statuses: Vec<ErrorStatuses> = Vec::new();
        for it in lists.into_iter().flatten().map(|it| it.statuses) {
            if !statuses.contains(&it) {
                statuses.push(it);
            }
        }
        statuses.sort_by_key(|it| match it {
            ErrorStatuses::Others => 0,
            ErrorStatuses::Range(_) => 1,
            ErrorStatuses::Code(_) => 2,
        });
        let mut told: Vec<(ErrorStatuses, HeaderChange, Vec<String>)> = Vec::new();
        for of in statuses {
            let headers = lists.map(|list| {
                let found = covering(list, |it: &ErrorHeaders| it.statuses, of);
                found.map_or(&[][..], |it| &it.headers)
            });
            for (change, names) in header_changes(headers) {
                let mut earlier = told.iter();
                if !earlier.any(|it| it.0.include(of) && it.1 == change && it.2 == names) {
                    let (words, list) = (wording::error_statuses(of), wording::list(&names));
                    let what = format!("{} of errors with {words}: {list}", change.1);
                    self.about(both, change.0, &what, Vec::new());
                }
                told.push((of, change, names));
            }
        }
    }
}

/// Returns the declaration that covers errors with these statuses; `of` returns those of a declaration.
fn covering<T>(
    declarations: &[T],
    of: impl Fn(&T) -> ErrorStatuses,
    statuses: ErrorStatuses,
) -> Option<&T> {
    let find = |is_it: &dyn Fn(ErrorStatuses) -> bool| {
        let mut declarations = declarations.iter();
        declarations.find(|it| is_it(of(it)))
    };
    // A range takes precedence over `default`.
    find(&|it| it == statuses)
        .or_else(|| find(&|it| it != ErrorStatuses::Others && it.include(statuses)))
        .or_else(|| find(&|it| it.include(statuses)))
}

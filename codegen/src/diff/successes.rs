//! Compares the success responses of operations: status codes, headers and limits.

use super::compare::Comparing;
use super::limits::Travels;
use super::operations::Both;
use super::rule::Rule;
use super::wording;
use crate::api::Success;

impl Comparing<'_> {
    pub(super) fn success_codes(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.success, &both.new.success];
        let is_of = |list: &[Success], it: &Success| list.iter().any(|of| includes(of, it));
        for success in new.iter().filter(|it| !is_of(old, it)) {
            let what = format!("may succeed with {}", wording::status(success));
            self.about(both, Rule::SuccessCodeAdded, &what, Vec::new());
        }
        for success in old.iter().filter(|it| !is_of(new, it)) {
            let what = format!("no longer succeeds with {}", wording::status(success));
            self.about(both, Rule::SuccessCodeRemoved, &what, Vec::new());
        }
    }

    /// Compares the headers of responses in both versions.
    pub(super) fn answer_headers(&mut self, both: Both<'_>) {
        for new in &both.new.success {
            let Some(old) = both.old.success.iter().find(|it| is_same(it, new)) else {
                continue;
            };
            let missing = |of: &[String], all: &[String]| -> Vec<String> {
                all.iter().filter(|it| !of.contains(it)).cloned().collect()
            };
            let (added, removed) = (
                missing(&old.headers, &new.headers),
                missing(&new.headers, &old.headers),
            );
            for (rule, names, what) in [
                (Rule::ResponseHeaderAdded, added, "has more headers"),
                (
                    Rule::ResponseHeaderRemoved,
                    removed,
                    "no longer has the headers",
                ),
            ] {
                if !names.is_empty() {
                    let status = wording::status(new);
                    let what = format!("{what} with {status}: {}", wording::list(&names));
                    self.about(both, rule, &what, Vec::new());
                }
            }
        }
    }

    /// Compares the limits of a response whose type is the same.
    pub(super) fn answer_limits(&mut self, both: Both<'_>) {
        let received = Travels {
            sent: false,
            received: true,
        };
        for new in &both.new.success {
            let old = &both.old.success;
            let find = |is_it: fn(&Success, &Success) -> bool| old.iter().find(|it| is_it(it, new));
            let Some(old) = find(is_same)
                .or_else(|| find(includes))
                .or_else(|| old.first())
            else {
                continue;
            };
            let (Some(old), Some(new)) = (&old.value, &new.value) else {
                continue;
            };
            for (rule, what) in self.moved(received, [old.schema, new.schema]) {
                let what = format!("returns a response that {what}");
                self.about(both, rule, &what, Vec::new());
            }
        }
    }
}

/// Returns whether a status is `outer`, or one of its range.
fn includes(outer: &Success, inner: &Success) -> bool {
    is_same(outer, inner) || (outer.is_range && outer.status / 100 == inner.status / 100)
}

fn is_same(one: &Success, other: &Success) -> bool {
    (one.status, one.is_range) == (other.status, other.is_range)
}

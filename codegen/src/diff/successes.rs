//! Compares the success responses of operations: status codes, headers and limits.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::Comparing;
use super::limits::Travels;
use super::operations::Both;
use super::rule::Rule;
use super::wording;
use crate::api::{ResponseHeader, Success};

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
    pub(super) fn response_headers(&mut self, both: Both<'_>) {
        for new in &both.new.success {
            let Some(old) = both.old.success.iter().find(|it| is_same(it, new)) else {
                continue;
            };
            let status = wording::status(new);
            for ((rule, what), names) in header_changes([&old.headers, &new.headers]) {
                let what = format!("{what} with {status}: {}", wording::list(&names));
                self.about(both, rule, &what, Vec::new());
            }
        }
    }

    /// Compares the limits of a response whose type is the same.
    pub(super) fn response_limits(&mut self, both: Both<'_>) {
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
            for (rule, what) in self.moved(Travels::RECEIVED, [old.schema, new.schema]) {
                let what = format!("returns a response that {what}");
                self.about(both, rule, &what, Vec::new());
            }
        }
    }
}

/// The rule of a header that has changed, and the message up to its name.
pub(super) type HeaderChange = (Rule, &'static str);

/// Returns the names of the headers that each change is about.
pub(super) fn header_changes(
    [old, new]: [&[ResponseHeader]; 2],
) -> BTreeMap<HeaderChange, Vec<String>> {
    let names: BTreeSet<&String> = old.iter().chain(new).map(|it| &it.name).collect();
    let mut changes = BTreeMap::<_, Vec<String>>::new();
    for name in names {
        let both = [old, new].map(|it| it.iter().find(|it| it.name == *name));
        if let Some(change) = header_change(both.map(|it| it.map(|it| it.required))) {
            changes.entry(change).or_default().push(name.clone());
        }
    }
    changes
}

/// Returns how a header has changed. Each version has it, required or not, or lacks it.
fn header_change(both: [Option<bool>; 2]) -> Option<HeaderChange> {
    match both {
        [None, Some(_)] => Some((Rule::ResponseHeaderAdded, "has more headers")),
        [Some(_), None] => Some((Rule::ResponseHeaderRemoved, "no longer has the headers")),
        [Some(true), Some(false)] => Some((
            Rule::ResponseHeaderBecameOptional,
            "no longer always has the headers",
        )),
        [Some(false), Some(true)] => Some((
            Rule::ResponseHeaderBecameRequired,
            "now always has the headers",
        )),
        [Some(true), Some(true)] | [Some(false), Some(false)] | [None, None] => None,
    }
}

/// Returns whether a status is `outer`, or one of its range.
fn includes(outer: &Success, inner: &Success) -> bool {
    is_same(outer, inner) || (outer.is_range && outer.status / 100 == inner.status / 100)
}

fn is_same(one: &Success, other: &Success) -> bool {
    (one.status, one.is_range) == (other.status, other.is_range)
}

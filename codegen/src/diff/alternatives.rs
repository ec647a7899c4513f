//! Compares operations that return several kinds of responses.

use super::compare::Comparing;
use super::operations::Both;
use super::pairs::{is_same_alternative, only_in};
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::wording;
use crate::api::{Alternative, OperationIndex, ResponseKind};

impl Comparing<'_> {
    /// Compares the kinds of responses of an operation that has several in both versions. Returns whether none was removed.
    pub(super) fn alternatives(&mut self, both: Both<'_>, [old, new]: [&[Alternative]; 2]) -> bool {
        let mut is_changed = false;
        for before in old {
            let after = new.iter().find(|it| is_same_alternative(before, it));
            let status = wording::status_of(before.status, before.is_range);
            let words = self.alternative_words(self.old, before);
            let what = match after {
                None => format!("no longer returns {words} with {status}"),
                Some(after) if self.has_same_payload(before, after) => continue,
                Some(after) => format!(
                    "returns a different type with {status}: {words} → {}",
                    self.alternative_words(self.new, after)
                ),
            };
            is_changed = true;
            let evidence = variant(self.old, both.from, before);
            let evidence = evidence.iter().map(|it| self.member_key(it)).collect();
            self.about(both, Rule::ResponseTypeChanged, &what, evidence);
        }
        for added in only_in(new, old, is_same_alternative) {
            let status = wording::status_of(added.status, added.is_range);
            let words = self.alternative_words(self.new, added);
            let what = format!("may return {words} with {status}");
            let evidence = variant(self.new, both.to, added);
            let evidence = evidence.into_iter().collect();
            self.about(both, Rule::ResponseKindAdded, &what, evidence);
        }
        !is_changed
    }

    fn has_same_payload(&self, old: &Alternative, new: &Alternative) -> bool {
        match (&old.payload, &new.payload) {
            (None, None) => true,
            (Some(old), Some(new)) => self.is_same_payload(old, new),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    fn alternative_words(&self, snapshot: &Snapshot<'_>, of: &Alternative) -> String {
        let payload = of.payload.as_ref();
        payload.map_or_else(|| "nothing".to_owned(), |it| wording::payload(snapshot, it))
    }

    /// Returns the keys of the operation's response enums, old and new.
    pub(super) fn answer_keys(&self, both: Both<'_>) -> Vec<String> {
        let before = self.old.answer_path(both.from);
        let after = self.new.answer_path(both.to);
        let mut keys = before.map_or_else(Vec::new, |it| self.keys_before(&self.renamed(&it)));
        keys.extend(after.iter().flat_map(|it| self.keys_after(it)));
        keys
    }
}

/// Returns the path of the variant for one kind of response.
fn variant(snapshot: &Snapshot<'_>, index: OperationIndex, of: &Alternative) -> Option<String> {
    let path = snapshot.answer_path(index)?;
    let alternatives = match &snapshot.api.operation(index).result {
        ResponseKind::OneOf(alternatives) => alternatives,
        ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. } => return None,
    };
    let place = alternatives.iter().position(|it| std::ptr::eq(it, of))?;
    let kinds = snapshot.requests[&index].kinds.as_ref()?;
    Some(format!("{path}::{}", kinds.variants.get(place)?.name))
}

//! Compares the methods that ask for a response of another media type.

use super::compare::{Comparing, RuleMatch};
use super::limits::Travels;
use super::operations::Both;
use super::pairs::{in_both, is_same_response, only_in};
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::wording::{self, code};
use crate::api::{OperationIndex, OtherResponse};

impl Comparing<'_> {
    pub(super) fn other_responses(&mut self, both: Both<'_>) {
        let [old, new] = [&both.old.other_responses, &both.new.other_responses];
        for gone in only_in(old, new, is_same_response) {
            let path = method(self.old, both.from, gone);
            let media_type = code(&gone.media_type);
            let key = self.member_key(&path);
            self.add(RuleMatch {
                rule: Rule::OtherResponseRemoved,
                message: format!(
                    "{} was removed: {} no longer responds with {media_type}",
                    code(&path),
                    wording::operation(both.old)
                ),
                item: path,
                at: [Some(both.old.at.clone()), Some(both.new.at.clone())],
                evidence: vec![key],
            });
        }
        for added in only_in(new, old, is_same_response) {
            let path = method(self.new, both.to, added);
            self.add(RuleMatch {
                rule: Rule::OtherResponseAdded,
                message: format!(
                    "{} was added: {} can respond with {}",
                    code(&path),
                    wording::operation(both.new),
                    code(&added.media_type)
                ),
                item: path.clone(),
                at: [Some(both.old.at.clone()), Some(both.new.at.clone())],
                evidence: vec![path],
            });
        }
        for (old, new) in in_both(old, new, is_same_response) {
            self.other_response(both, old, new);
        }
    }

    fn other_response(&mut self, both: Both<'_>, old: &OtherResponse, new: &OtherResponse) {
        let media_type = code(&new.media_type);
        if self.is_same_payload(&old.payload, &new.payload) {
            let schemas = [&old.payload, &new.payload].map(|it| it.value.schema);
            for (rule, what) in self.moved(Travels::RECEIVED, schemas) {
                let what = format!("returns a response as {media_type} that {what}");
                self.about(both, rule, &what, Vec::new());
            }
            return;
        }
        let what = format!(
            "returns a different type as {media_type}: {} → {}",
            wording::payload(self.old, &old.payload),
            wording::payload(self.new, &new.payload)
        );
        let before = self.member_key(&method(self.old, both.from, old));
        let after = method(self.new, both.to, new);
        self.about(both, Rule::ResponseTypeChanged, &what, vec![before, after]);
    }
}

/// Returns the path of the method that asks for a response.
fn method(snapshot: &Snapshot<'_>, index: OperationIndex, of: &OtherResponse) -> String {
    let request = snapshot.request_path(index);
    let mut methods = snapshot.requests[&index].other_responses.iter();
    let method = methods.find(|it| it.media_type == of.media_type);
    method.map_or_else(|| request.clone(), |it| format!("{request}::{}", it.name))
}

//! Reports a change of a field once if many types have it: each type that includes a schema by `allOf` has its fields.

use super::compare::{Comparing, RuleMatch};
use super::repeated::{FieldChange, LEAST, SharedChange};
use super::wording::code;

impl Comparing<'_> {
    /// Notes a change of a field.
    pub(super) fn about_field(&mut self, shared: SharedChange, change: FieldChange) {
        self.fields.entry(shared).or_default().push(change);
    }

    /// Adds the noted changes: once for all types that have the field, whose first one stands for the others.
    pub(super) fn shared_fields(&mut self) {
        for (shared, changes) in std::mem::take(&mut self.fields) {
            if changes.len() < LEAST {
                for change in changes {
                    let owner = code(&change.owner);
                    self.add(found(&shared, change, &owner));
                }
                continue;
            }
            let owners = changes.iter().map(|it| it.owner.rsplit("::").next());
            let owners: Vec<String> = owners.flatten().map(code).collect();
            let owners = format!("{} types ({})", owners.len(), owners.join(", "));
            let evidence = changes.iter().flat_map(|it| it.evidence.clone());
            let evidence = evidence.collect();
            let first = changes.into_iter().next();
            let first = first.map(|it| FieldChange { evidence, ..it });
            if let Some(first) = first {
                self.add(found(&shared, first, &owners));
            }
        }
    }
}

fn found(shared: &SharedChange, change: FieldChange, owners: &str) -> RuleMatch {
    let SharedChange { name, what, .. } = shared;
    RuleMatch {
        rule: shared.rule,
        item: change.item,
        at: change.at.map(Some),
        message: format!("the field {} of {owners} {what}", code(name)),
        evidence: change.evidence,
    }
}

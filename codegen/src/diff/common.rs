//! Reports a change once if most operations have it: documents usually say which server all operations have, and how to sign
//! in to them.

use super::compare::{Comparing, RuleMatch, places};
use super::operations::Both;
use super::repeated::{ChangedOperation, CommonChange, LEAST};
use super::wording;
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Notes a change of an operation. `what` is the message after the verb.
    pub(super) fn about_common(&mut self, both: Both<'_>, change: CommonChange, what: String) {
        let operation = ChangedOperation {
            item: self.new.request_path(both.to),
            name: wording::operation(both.new),
            at: [both.old.at.clone(), both.new.at.clone()],
        };
        let operations = self.common.entry((change, what)).or_default();
        operations.push(operation);
    }

    /// Adds the noted changes: once for the document if more than half of its operations have it.
    pub(super) fn common_changes(&mut self) {
        let count = self.pairs.operations.len();
        for ((change, what), operations) in std::mem::take(&mut self.common) {
            let CommonChange { rule, field, verbs } = change;
            if operations.len() < LEAST || operations.len() * 2 <= count {
                for ChangedOperation { item, name, at } in operations {
                    self.add(RuleMatch {
                        rule,
                        item,
                        at: at.map(Some),
                        message: format!("{name} {} {what}", verbs[0]),
                        evidence: Vec::new(),
                    });
                }
                continue;
            }
            let at = Pointer::root().key(field);
            let (name, others) = (&operations[0].name, operations.len() - 1);
            self.add(RuleMatch {
                rule,
                item: self.new.module_path(),
                at: places([&at, &at]),
                message: format!("{name} and {others} other operations {} {what}", verbs[1]),
                evidence: Vec::new(),
            });
        }
    }
}

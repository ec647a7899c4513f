//! Finds the operations that were left out because a crate cannot call them.

use super::Uncompared;
use super::compare::Comparing;
use super::wording::code;
use crate::api::{Method, Operation, SkippedOperation};
use crate::path_item::without_names;

/// Returns the left-out operation that is the same as another.
pub(super) fn skipped<'a>(
    list: &'a [SkippedOperation],
    operation: &Operation,
) -> Option<&'a SkippedOperation> {
    find(list, &operation.id, operation.method, &operation.path)
}

fn find<'a>(
    list: &'a [SkippedOperation],
    id: &str,
    method: Method,
    path: &str,
) -> Option<&'a SkippedOperation> {
    let is_there = |it: &&SkippedOperation| {
        it.method == method && without_names(&it.path) == without_names(path)
    };
    let same = list.iter().find(|it| it.id == id);
    same.or_else(|| list.iter().find(is_there))
}

impl Comparing<'_> {
    /// Lists the operations that callers of neither version can call.
    pub(super) fn skipped(&self) -> Vec<Uncompared> {
        let [old, new] = [self.old.api, self.new.api];
        let same = |list: &'_ [SkippedOperation], it: &SkippedOperation| {
            find(list, &it.id, it.method, &it.path).cloned()
        };
        let is_callable = |operations: &[Operation], it: &SkippedOperation| {
            let mut operations = operations.iter();
            operations.any(|operation| skipped(std::slice::from_ref(it), operation).is_some())
        };
        let before = old.skipped.iter();
        let before = before.filter(|it| !is_callable(&new.operations, it));
        let before = before.map(|it| self.uncompared(Some(it), same(&new.skipped, it).as_ref()));
        let after = new.skipped.iter();
        let after = after.filter(|it| same(&old.skipped, it).is_none());
        let after = after.filter(|it| !is_callable(&old.operations, it));
        let after = after.map(|it| self.uncompared(None, Some(it)));
        before.chain(after).collect()
    }

    fn uncompared(
        &self,
        old: Option<&SkippedOperation>,
        new: Option<&SkippedOperation>,
    ) -> Uncompared {
        let (name, why) = new.or(old).map_or_else(Default::default, |it| {
            let name = format!("{} {}", it.method.as_str(), it.path);
            (code(&name), it.why.clone())
        });
        Uncompared {
            operation: name,
            why,
            old: old.map(|it| self.old_place(&it.at)),
            new: new.map(|it| self.new_place(&it.at)),
        }
    }
}

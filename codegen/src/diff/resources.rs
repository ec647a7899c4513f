//! Compares resources, whose handles lead to operations.

use super::compare::{Comparing, RuleMatch, places};
use super::rule::Rule;
use super::wording::code;
use crate::api::{Resource, ResourceId};
use crate::pointer::Pointer;

impl Comparing<'_> {
    pub(super) fn resources(&mut self) {
        let pairs = self.pairs.resources.clone();
        for &(from, to) in &pairs {
            self.resource(from, to);
        }
        for id in (0..self.old.api.resources.len()).map(ResourceId) {
            if !pairs.iter().any(|&(from, _)| from == id) {
                self.removed_resource(id);
            }
        }
        for id in (0..self.new.api.resources.len()).map(ResourceId) {
            if !pairs.iter().any(|&(_, to)| to == id) {
                self.added_resource(id);
            }
        }
    }

    fn resource(&mut self, from: ResourceId, to: ResourceId) {
        let (old, new) = (
            self.old.api.resource(from).clone(),
            self.new.api.resource(to).clone(),
        );
        let at = [&old, &new].map(at);
        let [before, after] = [self.old.handle_path(from), self.new.handle_path(to)];
        self.prose(&after, [&old.doc, &new.doc], [&at[0], &at[1]]);
        self.renamed_type(&before, &after, [&at[0], &at[1]]);
        if let (Some(before), Some(after)) = (self.old.link_path(from), self.new.link_path(to)) {
            self.renamed_member(&before, &after, [&at[0], &at[1]]);
        }
        self.shortcut([from, to], [&at[0], &at[1]]);
    }

    /// Compares the methods that reach a resource in the caller's account.
    fn shortcut(&mut self, [from, to]: [ResourceId; 2], at: [&Pointer; 2]) {
        let shortcuts = (self.old.shortcut_path(from), self.new.shortcut_path(to));
        let (rule, path, what, evidence) = match shortcuts {
            (None, None) => return,
            (Some(before), Some(after)) => return self.renamed_member(&before, &after, at),
            (Some(before), None) => {
                let key = self.member_key(&before);
                (Rule::ShortcutRemoved, before, "was removed", key)
            }
            (None, Some(after)) => (Rule::ShortcutAdded, after.clone(), "was added", after),
        };
        self.add(RuleMatch {
            rule,
            message: format!("`{path}`, which uses the caller's account, {what}"),
            item: path,
            at: places(at),
            evidence: vec![evidence],
        });
    }

    fn removed_resource(&mut self, id: ResourceId) {
        let resource = self.old.api.resource(id);
        let path = self.old.handle_path(id);
        let openings = resource.operations.iter();
        let openings: Vec<String> = openings.map(|&it| self.old.opening_path(it)).collect();
        let mut evidence = self.keys_before(&path);
        // Removed operations are reported on their own.
        evidence.retain(|key| !openings.contains(key));
        evidence.extend(self.old.ways(id).map(|it| self.member_key(&it)));
        let found = RuleMatch {
            rule: Rule::ResourceRemoved,
            item: path,
            at: [Some(at(resource)), None],
            message: format!("the resource {} was removed", code(&resource.path)),
            evidence,
        };
        self.add(found);
    }

    fn added_resource(&mut self, id: ResourceId) {
        let resource = self.new.api.resource(id);
        let path = self.new.handle_path(id);
        let mut evidence = self.keys_after(&path);
        evidence.extend(self.new.ways(id));
        let found = RuleMatch {
            rule: Rule::ResourceAdded,
            item: path,
            at: [None, Some(at(resource))],
            message: format!("the resource {} was added", code(&resource.path)),
            evidence,
        };
        self.add(found);
    }

    /// Adds that a type, request or handle was renamed, if it was.
    pub(super) fn renamed_type(&mut self, before: &str, after: &str, at: [&Pointer; 2]) {
        if before != after {
            self.add(RuleMatch {
                rule: Rule::TypeRenamed,
                item: after.to_owned(),
                at: places(at),
                message: format!("`{before}` was renamed to `{after}`"),
                evidence: vec![before.to_owned(), after.to_owned()],
            });
        }
    }

    /// Adds that a member of an item was renamed, or moved to another item, if it was.
    pub(super) fn renamed_member(&mut self, before: &str, after: &str, at: [&Pointer; 2]) {
        let key = self.member_key(before);
        if let Some(message) = self.renaming(before, after) {
            self.add(RuleMatch {
                rule: Rule::MemberRenamed,
                item: after.to_owned(),
                at: places(at),
                message,
                evidence: vec![key, after.to_owned()],
            });
        }
    }

    /// Says that a member of an item was renamed, or moved to another item; `None` if only its item was renamed.
    pub(super) fn renaming(&self, before: &str, after: &str) -> Option<String> {
        let key = self.member_key(before);
        let [old_name, new_name] = [&*key, after].map(|it| it.rsplit("::").next());
        let what = match old_name == new_name {
            true => "is now",
            false => "was renamed to",
        };
        (key != after).then(|| format!("`{before}` {what} `{after}`"))
    }
}

/// Returns the place of a resource's path.
fn at(resource: &Resource) -> Pointer {
    Pointer::root().key("paths").key(&resource.path)
}

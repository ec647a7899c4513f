//! Compares two versions of a product, and checks that the rules explain every difference.

use std::collections::BTreeSet;

use super::pairs::Pairs;
use super::public_api::{PublicApi, Renames, is_kept, keys_of, method_key, public_api};
use super::repeated::{CommonChanges, FieldChanges};
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::{Breaks, Change, Comparison, Place, Prose};
use crate::pointer::Pointer;
use crate::release::Bump;

/// Compares two versions of a product.
pub(super) fn compare(old: &Snapshot<'_>, new: &Snapshot<'_>) -> Comparison {
    let mut after = public_api(new, &Renames::new());
    // All products share the methods of the builder.
    let methods = old.version.server_methods.iter();
    let stay = methods.filter(|method| new.builder_methods.iter().any(|it| it.name == **method));
    after.extend(stay.map(|it| (method_key(it.as_str()), String::new())));
    let pairs = Pairs::of(old, new);
    let renames = pairs.renames(old, new);
    let mut comparing = Comparing {
        old,
        new,
        before: public_api(old, &renames),
        after,
        pairs,
        renames,
        found: Vec::new(),
        common: CommonChanges::new(),
        fields: FieldChanges::new(),
        prose: Vec::new(),
    };
    comparing.document();
    comparing.operations();
    comparing.common_changes();
    comparing.resources();
    comparing.types();
    comparing.shared_fields();
    comparing.features();
    comparing.finish()
}

/// The state of a comparison.
pub(super) struct Comparing<'a> {
    pub(super) old: &'a Snapshot<'a>,
    pub(super) new: &'a Snapshot<'a>,
    pub(super) pairs: Pairs,
    pub(super) before: PublicApi,
    pub(super) after: PublicApi,
    renames: Renames,
    found: Vec<RuleMatch>,
    /// Changes that are reported once if most operations have them.
    pub(super) common: CommonChanges,
    /// Changes that are reported once for all types that have the field.
    pub(super) fields: FieldChanges,
    prose: Vec<Prose>,
}

/// A change that a rule has found.
pub(super) struct RuleMatch {
    pub(super) rule: Rule,
    /// The Rust item.
    pub(super) item: String,
    /// The places in both versions.
    pub(super) at: [Option<Pointer>; 2],
    pub(super) message: String,
    /// The keys of public items that differ because of it.
    pub(super) evidence: Vec<String>,
}

/// Returns the places of what both versions have.
pub(super) fn places(at: [&Pointer; 2]) -> [Option<Pointer>; 2] {
    at.map(|it| Some(it.clone()))
}

/// Returns the places of a difference, given two places and the targets of their `$ref`s: if both refer to the same
/// definition, the difference is in the definition, and otherwise in the places themselves.
pub(super) fn difference<'a>(old: [&'a Pointer; 2], new: [&'a Pointer; 2]) -> [&'a Pointer; 2] {
    let [[old_at, old_target], [new_at, new_target]] = [old, new];
    if old_target == new_target && old_target != old_at && new_target != new_at {
        [old_target, new_target]
    } else {
        [old_at, new_at]
    }
}

impl Comparing<'_> {
    pub(super) fn add(&mut self, found: RuleMatch) {
        self.found.push(found);
    }

    /// Adds that the prose of an item differs, if it does.
    pub(super) fn prose<T: PartialEq>(
        &mut self,
        item: &str,
        [old, new]: [T; 2],
        [old_at, new_at]: [&Pointer; 2],
    ) {
        if old != new {
            self.prose.push(Prose {
                item: item.to_owned(),
                old: self.old_place(old_at),
                new: self.new_place(new_at),
            });
        }
    }

    /// Returns the keys of an old item and all its members.
    pub(super) fn keys_before(&self, path: &str) -> Vec<String> {
        keys_of(&self.before, path).cloned().collect()
    }

    /// Returns the keys of a new item and all its members.
    pub(super) fn keys_after(&self, path: &str) -> Vec<String> {
        keys_of(&self.after, path).cloned().collect()
    }

    /// Returns the key of a member of an old item: the new name of the item and the old name of the member.
    pub(super) fn member_key(&self, path: &str) -> String {
        match path.rsplit_once("::") {
            Some((owner, member)) => format!("{}::{member}", self.renamed(owner)),
            None => path.to_owned(),
        }
    }

    /// Returns the new path of an old item.
    pub(super) fn renamed(&self, path: &str) -> String {
        self.renames
            .get(path)
            .cloned()
            .unwrap_or_else(|| path.to_owned())
    }

    pub(super) fn old_place(&self, at: &Pointer) -> Place {
        Place {
            file: self.old.version.origin,
            at: at.clone(),
        }
    }

    pub(super) fn new_place(&self, at: &Pointer) -> Place {
        Place {
            file: self.new.version.origin,
            at: at.clone(),
        }
    }

    /// Decides whom each change breaks, and adds the differences that no rule explains.
    fn finish(mut self) -> Comparison {
        let broken: BTreeSet<String> = self
            .before
            .iter()
            .filter(|&(key, old)| !self.after.get(key).is_some_and(|new| is_kept(old, new)))
            .map(|(key, _)| key.clone())
            .collect();
        // A change that breaks nobody does not explain a changed item, and one that adds nothing does not explain a new one.
        let (mut breaks_told, mut additions_told) = (BTreeSet::new(), BTreeSet::new());
        let mut changes = Vec::new();
        for found in std::mem::take(&mut self.found) {
            let breaks = settled(&found, &broken);
            if breaks == Breaks::Compile {
                breaks_told.extend(found.evidence.iter().cloned());
            }
            if found.rule.bump() > Bump::Patch {
                additions_told.extend(found.evidence.iter().cloned());
            }
            changes.push(self.change(found, breaks));
        }
        for key in broken.difference(&breaks_told) {
            let signature = |items: &PublicApi| match items.get(key) {
                None => "gone".to_owned(),
                Some(it) => format!("`{it}`"),
            };
            let message = format!(
                "`{key}` differs: {} → {}",
                signature(&self.before),
                signature(&self.after)
            );
            let found = unexplained(Rule::Unexplained, key, message);
            changes.push(self.change(found, Breaks::Compile));
        }
        for key in self.after.keys() {
            if !self.before.contains_key(key) && !additions_told.contains(key) {
                let message = format!("`{key}` was added");
                let found = unexplained(Rule::UnexplainedAddition, key, message);
                changes.push(self.change(found, Breaks::Nobody));
            }
        }
        Comparison {
            changes,
            uncompared: self.skipped(),
            prose: self.prose,
        }
    }

    fn change(&self, found: RuleMatch, breaks: Breaks) -> Change {
        let [old, new] = found.at;
        Change {
            rule: found.rule,
            item: found.item,
            old: old.map(|at| self.old_place(&at)),
            new: new.map(|at| self.new_place(&at)),
            breaks,
            bump: found.rule.bump(),
            message: found.message,
        }
    }
}

/// Returns a difference that no rule explains, in the documents as a whole.
fn unexplained(rule: Rule, key: &str, message: String) -> RuleMatch {
    RuleMatch {
        rule,
        item: key.to_owned(),
        at: [Some(Pointer::root()), Some(Pointer::root())],
        message,
        evidence: Vec::new(),
    }
}

/// Returns whom a change breaks: callers compile if the public items are the same.
fn settled(found: &RuleMatch, broken: &BTreeSet<String>) -> Breaks {
    let breaks = found.rule.breaks();
    // Types that swap their names both still exist, and features are not among the items.
    let certain = [
        Rule::TypeRenamed,
        Rule::FeatureRemoved,
        Rule::ItemFeatureLost,
    ];
    let is_certain = certain.contains(&found.rule);
    if breaks == Breaks::Compile
        && !is_certain
        && !found.evidence.iter().any(|key| broken.contains(key))
    {
        Breaks::Runtime
    } else {
        breaks
    }
}

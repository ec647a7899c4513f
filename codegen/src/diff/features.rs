//! Compares the features of a large product's tags, and which of them each item is compiled with.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparing, RuleMatch};
use super::rule::Rule;
use super::snapshot::Snapshot;
use super::wording::list;
use crate::naming::RustName;
use crate::plan::{File, Gate, Product, TagFeature, Version};
use crate::pointer::Pointer;

impl Comparing<'_> {
    /// Compares the features of tags, and those of items in both versions.
    pub(super) fn features(&mut self) {
        let [old, new] = [self.old.product, self.new.product].map(names);
        for TagFeature { name, tag } in &self.old.product.tags {
            if let (false, Some(at)) = (
                new.contains(name.as_str()),
                of_tag(self.old, tag.as_deref()),
            ) {
                let message = format!("the feature `{name}` was removed");
                self.feature(Rule::FeatureRemoved, name, [Some(at), None], message);
            }
        }
        for TagFeature { name, tag } in &self.new.product.tags {
            if let (false, Some(at)) = (
                old.contains(name.as_str()),
                of_tag(self.new, tag.as_deref()),
            ) {
                let message = format!("the feature `{name}` was added");
                self.feature(Rule::FeatureAdded, name, [None, Some(at)], message);
            }
        }
        if !old.is_empty() && !new.is_empty() {
            self.items([&old, &new]);
        }
    }

    /// Compares the features of requests and types in both versions.
    fn items(&mut self, known: [&BTreeSet<&str>; 2]) {
        let [before, after] = [self.old, self.new].map(of_items);
        let operations = self.pairs.operations.iter();
        let requests = operations.map(|&(from, to)| {
            let paths = [self.old.request_path(from), self.new.request_path(to)];
            let [old, new] = [self.old.api.operation(from), self.new.api.operation(to)];
            (paths, [old.at.clone(), new.at.clone()])
        });
        let types = self.pairs.types.iter().map(|(&from, &to)| {
            let paths = [self.old.type_path(from), self.new.type_path(to)];
            let [old, new] = [(self.old, from), (self.new, to)]
                .map(|(snapshot, id)| snapshot.api.type_definition(id).at.clone());
            (paths, [old, new])
        });
        let mut found = Vec::new();
        for ([was, is], [old, new]) in requests.chain(types) {
            if let (Some(with), Some(now)) = (before.get(&was), after.get(&is))
                && let Some((rule, message)) = moved(&is, [with, now], known)
            {
                found.push((rule, is, [Some(old), Some(new)], message));
            }
        }
        for (rule, item, at, message) in found {
            self.feature(rule, &item, at, message);
        }
    }

    fn feature(&mut self, rule: Rule, item: &str, at: [Option<Pointer>; 2], message: String) {
        self.add(RuleMatch {
            rule,
            item: item.to_owned(),
            at,
            message,
            evidence: Vec::new(),
        });
    }
}

/// Returns how the features of an item have changed, among those in both versions.
fn moved(
    item: &str,
    [was, is]: [&BTreeSet<&str>; 2],
    [old, new]: [&BTreeSet<&str>; 2],
) -> Option<(Rule, String)> {
    let names = |it: &[&str]| list(&it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
    let both = |it: &&str| old.contains(it) && new.contains(it);
    let lost: Vec<&str> = was.difference(is).copied().filter(both).collect();
    let gained: Vec<&str> = is.difference(was).copied().filter(both).collect();
    let now: Vec<&str> = is.iter().copied().collect();
    if !lost.is_empty() {
        let (lost, now) = (names(&lost), names(&now));
        let what = format!("`{item}` no longer needs the feature {lost}, but {now}");
        Some((Rule::ItemFeatureLost, what))
    } else if !gained.is_empty() {
        let gained = names(&gained);
        let what = format!("`{item}` also comes with the feature {gained}");
        Some((Rule::ItemFeatureGained, what))
    } else {
        None
    }
}

fn names(product: &Product) -> BTreeSet<&str> {
    product.tags.iter().map(|it| it.name.as_str()).collect()
}

/// Returns the place of the first operation with a tag, if there is one.
fn of_tag(snapshot: &Snapshot<'_>, tag: Option<&str>) -> Option<Pointer> {
    let mut operations = snapshot.api.operations.iter();
    let found = operations.find(|it| match tag {
        Some(tag) => it.tags.iter().any(|own| own == tag),
        None => it.tags.is_empty(),
    });
    found.map(|it| it.at.clone())
}

/// Returns the features of tags of each item, by path. Any of an item's features enables it.
fn of_items<'a>(snapshot: &Snapshot<'a>) -> BTreeMap<String, BTreeSet<&'a str>> {
    let tags = names(snapshot.product);
    let Version { gate, files, .. } = snapshot.version;
    let around = inner(gate, &tags, &tags);
    let items = files.iter().flat_map(|file| {
        let of_file = inner(&file.gate, &around, &tags);
        of_file_items(file)
            .map(|(name, gate)| (snapshot.path(name), inner(gate, &of_file, &tags)))
            .collect::<Vec<_>>()
    });
    items.collect()
}

fn of_file_items(file: &File) -> impl Iterator<Item = (&RustName, &Gate)> {
    let structs = file.structs.iter().map(|it| (&it.name, &it.gate));
    let enumerations = file.enumerations.iter().map(|it| (&it.name, &it.gate));
    let unions = file.unions.iter().map(|it| (&it.name, &it.gate));
    let requests = file.requests.iter().map(|it| (&it.name, &it.gate));
    structs.chain(enumerations).chain(unions).chain(requests)
}

/// Returns the features of an item with `gate` inside of an item with `around`. The product's own feature enables all.
fn inner<'a>(
    gate: &'a Gate,
    around: &BTreeSet<&'a str>,
    tags: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    if gate.is_empty() {
        return around.clone();
    }
    let own = gate.iter().map(String::as_str);
    own.filter(|it| tags.contains(it)).collect()
}

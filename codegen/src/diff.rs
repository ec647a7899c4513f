//! Compares two versions of a set of APIs: what changed, which Rust items it affects, whom it breaks, and which version
//! bump it requires.
//!
//! The comparison is of models, not of texts: the order of keys, `$ref` instead of inline, prose and the contents of
//! examples are no changes. Whether callers still compile follows from the plan, so the public items of both plans are
//! compared as well. A rule that breaks compilation must name an item that was removed or changed, and an item that was
//! removed or changed without such a rule is a change of its own ([`Rule::Unexplained`]). The verdict is never too low:
//! whatever breaks anybody is major.
//!
//! This module reads no files, does not know OpenAPI, and does not decide how a spec is read. [`report`] adds the lines
//! and columns of the changes.

mod alternatives;
mod bounds;
mod commands;
mod common;
mod compare;
mod comparison;
mod conditions;
mod constants;
mod environment;
mod errors;
mod examples;
mod features;
mod fields;
mod generator;
mod input_place;
mod inputs;
mod levels;
mod limits;
mod listed;
mod media_types;
mod oauth;
mod operations;
mod other_responses;
mod pages;
mod pairs;
mod place;
mod placement;
mod public_api;
mod repeated;
mod request_input;
mod resources;
mod rest;
mod rule;
mod said;
mod security;
mod server_variables;
mod servers;
mod shared_fields;
mod shift;
mod skipped;
mod snapshot;
mod successes;
mod traffic;
mod types;
mod union_order;
mod unions;
mod values;
mod variants;
mod wholes;
mod wording;

pub use self::comparison::{Change, Comparison, Place, Prose, Uncompared};
pub use self::generator::{GENERATION, generator_notes};
pub use self::placement::report;
pub use self::rule::Rule;

use crate::api::Api;
use crate::plan::{self, Client, CommandTable};
use crate::pointer::Pointer;
pub use crate::report::Breaks;
use snapshot::Snapshot;

/// Compares two versions of a set of APIs, which are matched by product and version.
pub fn diff(old: &[Api], new: &[Api]) -> Comparison {
    let [old_plan, new_plan] = [old, new].map(plan::client_with_commands);
    let mut credentials = environment::environment([&old_plan.0, &new_plan.0], [old, new]);
    credentials.extend(oauth::oauth([&old_plan.0, &new_plan.0], [old, new]));
    let [old, new] = [snapshots(old, &old_plan), snapshots(new, &new_plan)];
    let is_same = |one: &Snapshot<'_>, other: &Snapshot<'_>| {
        (&one.api.product, &one.api.version) == (&other.api.product, &other.api.version)
    };
    let mut comparison = Comparison::default();
    for snapshot in &old {
        match new.iter().find(|other| is_same(snapshot, other)) {
            Some(other) => {
                comparison.extend(compare::compare(snapshot, other));
            }
            None => comparison.changes.push(removed(snapshot)),
        }
    }
    let added = new
        .iter()
        .filter(|snapshot| !old.iter().any(|other| is_same(snapshot, other)));
    comparison.changes.extend(added.map(self::added));
    comparison.changes.extend(credentials);
    comparison
}

/// Combines the models of one version of the APIs with the client and commands planned for them.
fn snapshots<'a>(
    apis: &'a [Api],
    (client, commands): &'a (Client, Vec<CommandTable>),
) -> Vec<Snapshot<'a>> {
    let versions = client.versions();
    versions
        .map(|(product, version)| {
            Snapshot::new(
                &apis[version.origin],
                product,
                version,
                &client.builder_methods,
                &commands[version.origin],
            )
        })
        .collect()
}

fn removed(snapshot: &Snapshot<'_>) -> Change {
    whole(snapshot, Rule::ProductRemoved, "was removed")
}

fn added(snapshot: &Snapshot<'_>) -> Change {
    whole(snapshot, Rule::ProductAdded, "was added")
}

/// Returns the change that a whole version of a product was added or removed.
fn whole(snapshot: &Snapshot<'_>, rule: Rule, what: &str) -> Change {
    let item = snapshot.module_path();
    let place = Some(Place {
        file: snapshot.version.origin,
        at: Pointer::root(),
    });
    let is_added = rule == Rule::ProductAdded;
    Change {
        rule,
        message: format!("the product `{item}` {what}"),
        item,
        old: if is_added { None } else { place.clone() },
        new: if is_added { place } else { None },
        breaks: rule.breaks(),
        bump: rule.bump(),
    }
}

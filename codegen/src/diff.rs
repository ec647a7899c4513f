//! Two versions of APIs against each other: what changed, which Rust it touches, whom it breaks, and which
//! version bump it calls for.
//!
//! What is compared are models, not texts: the order of keys, `$ref` against inline, prose and what examples show are
//! no change. Whether callers still compile is a fact of the plan, so both plans are compared as well, public item by
//! public item: a rule that says "breaks callers that compile" has to show an item that is gone or different, and
//! an item that is gone or different without a rule that says so is a change of its own
//! ([`Rule::Unexplained`]). The verdict is never too low; whatever breaks anybody is major.
//!
//! Nothing here reads files or knows OpenAPI, and nothing decides how a spec is read. [`report`] finds the lines
//! and columns of the changes.

mod alternatives;
mod bounds;
mod commands;
mod compare;
mod comparison;
mod conditions;
mod errors;
mod examples;
mod features;
mod fields;
mod generator;
mod inputs;
mod levels;
mod limits;
mod listed;
mod operations;
mod pairs;
mod placement;
mod resources;
mod rest;
mod rule;
mod security;
mod server_variables;
mod servers;
mod shift;
mod side;
mod skipped;
mod successes;
mod surface;
mod types;
mod unions;
mod values;
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
use side::Side;

/// Compares two versions of a set of APIs. Those of the same product and version belong together.
pub fn diff(old: &[Api], new: &[Api]) -> Comparison {
    let [old_plan, new_plan] = [old, new].map(plan::client_with_commands);
    let [old, new] = [sides(old, &old_plan), sides(new, &new_plan)];
    let is_same = |one: &Side<'_>, other: &Side<'_>| {
        (&one.api.product, &one.api.version) == (&other.api.product, &other.api.version)
    };
    let mut comparison = Comparison::default();
    for side in &old {
        match new.iter().find(|other| is_same(side, other)) {
            Some(other) => {
                comparison.extend(compare::compare(side, other));
            }
            None => comparison.changes.push(removed(side)),
        }
    }
    let added = new
        .iter()
        .filter(|side| !old.iter().any(|other| is_same(side, other)));
    comparison.changes.extend(added.map(self::added));
    comparison
}

/// The models of one side with the clients and commands that are planned for them.
fn sides<'a>(
    apis: &'a [Api],
    (client, commands): &'a (Client, Vec<CommandTable>),
) -> Vec<Side<'a>> {
    let versions = client.versions();
    versions
        .map(|(product, version)| {
            Side::new(
                &apis[version.origin],
                product,
                version,
                &client.builder_methods,
                &commands[version.origin],
            )
        })
        .collect()
}

fn removed(side: &Side<'_>) -> Change {
    whole(side, Rule::ProductRemoved, "is gone")
}

fn added(side: &Side<'_>) -> Change {
    whole(side, Rule::ProductAdded, "is new")
}

/// A change of a whole version of a product.
fn whole(side: &Side<'_>, rule: Rule, what: &str) -> Change {
    let item = format!("{}::{}", side.product.module, side.version.module);
    let place = Some(Place {
        file: side.version.origin,
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

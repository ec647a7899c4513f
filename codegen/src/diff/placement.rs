//! Finds the files, lines and columns of changes.

use std::cmp::Reverse;

use super::{Change, Comparison, Place, Rule};
use crate::api::Api;
use crate::placement;
use crate::report::{
    ChangeReport, Location, PlacedChange, Position, Reworded, Site, UncomparedOperation,
};

/// Finds the places of `comparison` in the files that both versions were read from.
pub fn report(comparison: &Comparison, old: &[Api], new: &[Api]) -> ChangeReport {
    let changes = comparison.changes.iter().map(|change| {
        let old = change.old.as_ref().map(|it| site(old, it));
        let new = change.new.as_ref().map(|it| site(new, it));
        let sites = match (old, new) {
            (Some(old), Some(new)) => {
                let (old, new) = telling(old, new);
                (Some(old), Some(new))
            }
            (old, new) => (old.map(plain), new.map(plain)),
        };
        (change.rule, placed(change, sites))
    });
    let mut changes: Vec<_> = changes.collect();
    changes.sort_by(|a, b| order(a).cmp(&order(b)));
    let prose = comparison.prose.iter().map(|prose| {
        let (old, new) = telling(site(old, &prose.old), site(new, &prose.new));
        let item = prose.item.clone();
        Reworded { item, old, new }
    });
    let uncompared = comparison.uncompared.iter().map(|it| UncomparedOperation {
        operation: it.operation.clone(),
        why: it.why.clone(),
        old: it.old.as_ref().map(|it| plain(site(old, it))),
        new: it.new.as_ref().map(|it| plain(site(new, it))),
    });
    ChangeReport {
        uncompared: uncompared.collect(),
        prose: prose.collect(),
        changes: changes.into_iter().map(|(_, it)| it).collect(),
    }
}

fn site(apis: &[Api], Place { file, at }: &Place) -> Site {
    placement::site(&apis[*file].places, at)
}

fn placed(change: &Change, (old, new): (Option<Site>, Option<Site>)) -> PlacedChange {
    PlacedChange {
        id: change.rule.id(),
        is_deprecation: change.rule.is_deprecation(),
        item: change.item.clone(),
        breaks: change.breaks,
        bump: change.bump,
        message: change.message.clone(),
        old,
        new,
    }
}

/// Returns the sort key of a change, which has at least one of the two sites.
fn order((rule, change): &(Rule, PlacedChange)) -> impl Ord {
    let site = change.new.as_ref().or(change.old.as_ref());
    (
        Reverse(change.bump),
        Reverse(change.breaks),
        site.map(|it| (it.location.start(), &it.pointer)),
        rule,
        &change.item,
    )
}

/// Keeps the overlay in the two places of a change only if the specs have the same value and the overlays differ.
fn telling(old: Site, new: Site) -> (Site, Site) {
    let positions = |site: &Site| -> Vec<Position> {
        let starts = site.changed_at.iter().map(|it: &Location| it.span.start);
        starts.collect()
    };
    if old.pointer == new.pointer && positions(&old) != positions(&new) {
        (old, new)
    } else {
        (plain(old), plain(new))
    }
}

/// Returns the place without the overlay.
fn plain(site: Site) -> Site {
    Site {
        changed_at: Vec::new(),
        ..site
    }
}

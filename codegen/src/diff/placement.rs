//! Finds the places of changes.

use std::cmp::Reverse;

use super::{Change, Comparison, Place, Prose, Rule};
use crate::overlay;
use crate::placement::Lookup;
use crate::report::{ChangeReport, Focus, Location, PlacedChange, Position, Reworded, Site};
use crate::source::SourceFile;

/// Finds the places of `comparison` in the files that the models of both sides were read from: specs in the
/// order of the models, and their overlays. Reads the texts again.
pub fn report(comparison: &Comparison, old: &[SourceFile], new: &[SourceFile]) -> ChangeReport {
    let Comparison { changes, prose } = comparison;
    let before = changes.iter().map(|it| it.old.as_ref());
    let before = before.chain(prose.iter().map(|it| Some(&it.old)));
    let after = changes.iter().map(|it| it.new.as_ref());
    let after = after.chain(prose.iter().map(|it| Some(&it.new)));
    let mut before = sites(old, &before.collect::<Vec<_>>()).into_iter();
    let mut after = sites(new, &after.collect::<Vec<_>>()).into_iter();
    let mut pair = || telling(before.next().flatten(), after.next().flatten());
    let changes = changes.iter().map(|it| (it, pair()));
    let mut changes: Vec<_> = changes.map(|(it, at)| (it.rule, placed(it, at))).collect();
    changes.sort_by(|a, b| order(a).cmp(&order(b)));
    let prose = prose.iter().filter_map(|Prose { item, .. }| match pair() {
        (Some(old), Some(new)) => Some(Reworded {
            item: item.clone(),
            old,
            new,
        }),
        (None, _) | (_, None) => None, // Both places were asked for above.
    });
    ChangeReport {
        prose: prose.collect(),
        changes: changes.into_iter().map(|(_, it)| it).collect(),
    }
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

/// What changes are sorted by. Every change has one of the two sites.
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

/// Two places of one change, which name an overlay only where the value is the same one in both specs and the overlay
/// had a hand in it that it had not in the other.
fn telling(old: Option<Site>, new: Option<Site>) -> (Option<Site>, Option<Site>) {
    let positions = |site: &Site| -> Vec<Position> {
        let starts = site.changed_at.iter().map(|it: &Location| it.span.start);
        starts.collect()
    };
    match (&old, &new) {
        (Some(before), Some(after))
            if before.pointer == after.pointer && positions(before) != positions(after) =>
        {
            (old, new)
        }
        (Some(_) | None, _) => (old.map(plain), new.map(plain)),
    }
}

/// The place without the overlay.
fn plain(site: Site) -> Site {
    Site {
        changed_at: Vec::new(),
        ..site
    }
}

/// Finds places, each file being read once, in the spec or in its overlay. The key of a value is where it begins.
fn sites(sources: &[SourceFile], places: &[Option<&Place>]) -> Vec<Option<Site>> {
    let specs = overlay::pairs(sources).0;
    let mut lookup = Lookup::default();
    let mut wanted: Vec<_> = places.iter().map(|_| None).collect();
    for (file, spec) in specs.into_iter().enumerate() {
        let in_file = places.iter().zip(&mut wanted);
        let mut in_file = in_file
            .filter_map(|(place, wanted)| Some((place.filter(|it| it.file == file)?, wanted)))
            .peekable();
        if in_file.peek().is_none() {
            continue;
        }
        let origins = overlay::origins(spec);
        for (Place { at, .. }, wanted) in in_file {
            *wanted = Some(lookup.want_site(at, origins.of(at, spec), Focus::Key));
        }
    }
    let found = lookup.find();
    let sites = wanted.into_iter().map(|it| Some(it?.of(&found)));
    sites.collect()
}

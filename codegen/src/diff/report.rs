//! A comparison as users read it: with lines and columns, sorted, in one of four formats.
//!
//! Whatever a spec says stands between backticks in the messages, on one line; each format escapes what is left.

mod changelog;
mod github;
mod json;
mod markdown;
mod text;

use std::fmt;

use super::wording::code;
use super::{Breaks, Change, Comparison, Place, Prose, Rule};
use crate::diagnostic::{Colour, Lookup, Origin};
use crate::overlay;
use crate::pointer::Pointer;
use crate::release::Bump;
use crate::source::{Part, Position, SourceFile};

/// A way to write a report down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal.
    Text,
    /// For the description of a pull request.
    Markdown,
    /// For programs; see [`Report::json`].
    Json,
    /// Commands of a GitHub workflow, which annotate the changed specs.
    Github,
}

/// How a report for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether the text has colours.
    pub colour: Colour,
    /// Whether reworded prose is listed, and not only counted.
    pub docs: bool,
}

/// A comparison with its places, the largest bumps first and then in the order of the specs.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    entries: Vec<Entry>,
    prose: Vec<Reworded>,
}

/// A change with its places.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    rule: Rule,
    item: String,
    breaks: Breaks,
    bump: Bump,
    message: String,
    old: Option<Site>,
    new: Option<Site>,
}

/// Reworded prose with its places.
#[derive(Clone, Debug, PartialEq)]
struct Reworded {
    item: String,
    old: Site,
    new: Site,
}

/// A place where an editor can show it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Site {
    path: String,
    position: Position,
    pointer: Pointer,
    /// Where an overlay changed what the value holds, if that is not so on the other side.
    changed_at: Vec<(String, Position)>,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{}:{line}:{column}", self.path)?;
        match self.changes() {
            Some(changes) => write!(f, ", {changes}"),
            None => Ok(()),
        }
    }
}

impl Site {
    /// The place without the overlay.
    fn plain(self) -> Self {
        Self {
            changed_at: Vec::new(),
            ..self
        }
    }

    /// Where an overlay had a hand in it: `changed at specs/a.overlay.yaml:3:5`.
    fn changes(&self) -> Option<String> {
        let place = |(path, Position { line, column }): &(String, Position)| {
            format!("{path}:{line}:{column}")
        };
        let places: Vec<String> = self.changed_at.iter().map(place).collect();
        (!places.is_empty()).then(|| format!("changed at {}", places.join(", ")))
    }
}

impl Report {
    /// Finds the places of `comparison` in the files that the models of both sides were read from: specs in the
    /// order of the models, and their overlays. Reads the texts again.
    pub fn new(comparison: &Comparison, old: &[SourceFile], new: &[SourceFile]) -> Self {
        let Comparison { changes, prose } = comparison;
        let before = changes.iter().map(|it| it.old.as_ref());
        let before = before.chain(prose.iter().map(|it| Some(&it.old)));
        let after = changes.iter().map(|it| it.new.as_ref());
        let after = after.chain(prose.iter().map(|it| Some(&it.new)));
        let mut before = sites(old, &before.collect::<Vec<_>>()).into_iter();
        let mut after = sites(new, &after.collect::<Vec<_>>()).into_iter();
        let mut pair = || telling(before.next().flatten(), after.next().flatten());
        let mut entries: Vec<Entry> = changes.iter().map(|it| entry(it, pair())).collect();
        entries.sort_by(|a, b| key(a).cmp(&key(b)));
        let reworded = prose.iter().filter_map(|Prose { item, .. }| match pair() {
            (Some(old), Some(new)) => Some(Reworded {
                item: item.clone(),
                old,
                new,
            }),
            (None, _) | (_, None) => None, // Both places were asked for above.
        });
        Self {
            prose: reworded.collect(),
            entries,
        }
    }

    /// The bump that all changes together call for; `None` if there is no change.
    pub fn bump(&self) -> Option<Bump> {
        self.entries.iter().map(|it| it.bump).max()
    }

    /// Writes the report down.
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => text::text(self, style),
            Format::Markdown => markdown::markdown(self, style),
            Format::Json => self.json(style),
            Format::Github => github::github(self, style),
        }
    }

    /// The verdict in one line: `major: 2 major, 1 minor, 0 patch; …`.
    pub fn verdict(&self) -> String {
        let reworded = match self.prose.len() {
            0 => String::new(),
            1 => "; 1 text reworded".to_owned(),
            count => format!("; {count} texts reworded"),
        };
        let Some(bump) = self.bump() else {
            return format!("no change{reworded}");
        };
        let counts = Bump::ALL.map(|it| format!("{} {}", self.count(it), it.name()));
        let of = |breaks| self.entries.iter().filter(|it| it.breaks == breaks).count();
        format!(
            "{}: {}; {} break callers that compile, {} break callers at run time{reworded}",
            bump.name(),
            counts.join(", "),
            of(Breaks::Compile),
            of(Breaks::Runtime)
        )
    }

    fn count(&self, bump: Bump) -> usize {
        self.entries.iter().filter(|it| it.bump == bump).count()
    }
}

impl Breaks {
    /// Whom it is, for a sentence about what breaks.
    fn words(self) -> &'static str {
        match self {
            Breaks::Nobody => "nobody",
            Breaks::Runtime => "callers at run time",
            Breaks::Compile => "callers that compile",
        }
    }
}

impl Entry {
    /// The new place, or else the old one. Every change has one of them.
    fn main_site(&self) -> Option<&Site> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

fn entry(change: &Change, (old, new): (Option<Site>, Option<Site>)) -> Entry {
    Entry {
        rule: change.rule,
        item: change.item.clone(),
        breaks: change.breaks,
        bump: change.bump,
        message: change.message.clone(),
        old,
        new,
    }
}

/// What entries are sorted by.
fn key(entry: &Entry) -> impl Ord {
    (
        std::cmp::Reverse(entry.bump),
        std::cmp::Reverse(entry.breaks),
        entry.main_site().cloned(),
        entry.rule,
        entry.item.clone(),
    )
}

/// Two places of one change, which name an overlay only where the value is the same one in both specs and the overlay
/// had a hand in it that it had not in the other.
fn telling(old: Option<Site>, new: Option<Site>) -> (Option<Site>, Option<Site>) {
    let positions =
        |site: &Site| -> Vec<Position> { site.changed_at.iter().map(|it| it.1).collect() };
    match (&old, &new) {
        (Some(before), Some(after))
            if before.pointer == after.pointer && positions(before) != positions(after) =>
        {
            (old, new)
        }
        (Some(_) | None, _) => (old.map(Site::plain), new.map(Site::plain)),
    }
}

/// Finds places, each file being read once, in the spec or in its overlay. The key of a value is where it begins.
fn sites(sources: &[SourceFile], places: &[Option<&Place>]) -> Vec<Option<Site>> {
    let specs = overlay::pairs(sources).0;
    let mut lookup = Lookup::default();
    let mut wanted = vec![None; places.len()];
    for (file, spec) in specs.into_iter().enumerate() {
        let in_file = places.iter().zip(&mut wanted);
        let mut in_file = in_file
            .filter_map(|(place, wanted)| Some((place.filter(|it| it.file == file)?, wanted)))
            .peekable();
        if in_file.peek().is_none() {
            continue;
        }
        let origins = overlay::origins(spec);
        for (place, wanted) in in_file {
            let Origin {
                source,
                pointer,
                changes,
            } = origins.of(&place.at, spec);
            let index = lookup.want(source, pointer, Part::Key);
            let changes = changes.into_iter().map(|(source, pointer)| {
                let index = lookup.want(source, pointer, Part::Value);
                (source, index)
            });
            let changes: Vec<(&SourceFile, usize)> = changes.collect();
            *wanted = Some((source, index, changes, &place.at));
        }
    }
    let found = lookup.find();
    let position =
        |(source, index): &(&SourceFile, usize)| (source.path.clone(), found[*index].span.start);
    let sites = wanted.into_iter().map(|wanted| {
        let (source, index, changes, at) = wanted?;
        let (path, start) = position(&(source, index));
        Some(Site {
            path,
            position: start,
            pointer: at.clone(),
            changed_at: changes.iter().map(position).collect(),
        })
    });
    sites.collect()
}

/// An item as code. It may be the key of an unexplained one, but never holds what a spec says unescaped.
fn item(name: &str) -> String {
    code(name)
}

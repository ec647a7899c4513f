//! Finds the places of values in their files, of which each is read once.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::source::{Found, Part, SourceFile, locate};

/// Where a value of a document came from.
pub(crate) struct Origin<'a> {
    /// The file.
    pub(crate) source: &'a SourceFile,
    /// The value in it.
    pub(crate) pointer: Pointer,
    /// The files and the values in them that have changed what the value holds since.
    pub(crate) changes: Vec<(&'a SourceFile, Pointer)>,
}

/// Values to find.
#[derive(Default)]
pub(crate) struct Lookup<'a> {
    wanted: Vec<(&'a SourceFile, Pointer, Part)>,
}

impl<'a> Lookup<'a> {
    /// Asks for a part of a value, and returns its index among all that will be found.
    pub(crate) fn want(&mut self, source: &'a SourceFile, pointer: Pointer, part: Part) -> usize {
        self.wanted.push((source, pointer, part));
        self.wanted.len() - 1
    }

    /// Returns each file once.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &'a SourceFile> + use<'a> {
        let by_path: BTreeMap<&str, &SourceFile> = self
            .wanted
            .iter()
            .map(|(source, ..)| (source.path.as_str(), *source))
            .collect();
        by_path.into_values()
    }

    /// Finds all that was asked for, in that order.
    pub(crate) fn find(&self) -> Vec<Found> {
        let mut found: Vec<(usize, Found)> = Vec::new();
        for source in self.sources() {
            let here = self.wanted.iter().enumerate();
            let (indices, places): (Vec<usize>, Vec<(&Pointer, Part)>) = here
                .filter(|(_, (other, ..))| other.path == source.path)
                .map(|(index, (_, pointer, part))| (index, (pointer, *part)))
                .unzip();
            found.extend(indices.into_iter().zip(locate(source, &places)));
        }
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, found)| found).collect()
    }
}

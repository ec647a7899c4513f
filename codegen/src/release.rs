//! Reads and writes the releases of the generated crate: its versions and their changes, in the record beside the
//! specs.
//!
//! The record is JSON, newest release first; the last one is where the record starts and may list nothing:
//!
//! ```text
//! format      1; another number is another format
//! releases    a list, the newest first, at least one
//!   version     "0.2.0": numbers only, higher than that of the next entry
//!   date        "2026-01-31"
//!   changes     its changes; optional
//!     breaking, added, deprecated, changed
//!               lists of Markdown, one line each; empty lists are optional
//! generator   how many generator changes the releases mention; optional, default 0
//! sources     where the specs were fetched from, by name; optional
//!   url, revision, sha256
//! ```
//!
//! `CHANGELOG.md` has the same contents for readers (<https://keepachangelog.com>), so it can always be regenerated.
//! This module does not know what a change is or what time it is.

mod fault;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use self::fault::ALL as FAULTS;
use self::fault::RecordFault;
use crate::package::{GeneratedFile, header};
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Line, ReleaseNotes, Report};
use crate::source::SourceFile;
use crate::tree::json_fault;

pub use crate::date::Date;
pub use crate::version::{Bump, Version};

/// The record's file name beside the specs.
pub const RECORD: &str = "releases.json";

/// The file of the generated crate that lists its releases.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The supported format of the record.
const FORMAT: u32 = 1;

/// The record: all releases, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Releases {
    latest: Release,
    earlier: Vec<Release>,
    /// How many of the generator's changes the releases mention.
    pub generator: usize,
    /// Where specs were fetched from, by file name. Specs from other sources are absent.
    pub sources: BTreeMap<String, SpecSource>,
}

/// Where a spec was fetched from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecSource {
    url: Line,
    /// The requested branch, tag or commit.
    revision: Line,
    /// The SHA-256 of the fetched file (FIPS 180-4), in hexadecimal.
    sha256: Line,
}

impl SpecSource {
    /// A URL with its revision, and the digest of its contents.
    pub fn of(url: &str, revision: &str, sha256: &str) -> Self {
        let [url, revision, sha256] = [url, revision, sha256].map(Line::of);
        Self {
            url,
            revision,
            sha256,
        }
    }

    /// The URL.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Its version.
    pub version: Version,
    /// Its date.
    pub date: Date,
    /// Its changes.
    #[serde(default)]
    pub changes: ReleaseNotes,
}

/// The record as serialized.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    format: u32,
    releases: Vec<Release>,
    #[serde(default, skip_serializing_if = "is_zero")]
    generator: usize,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, SpecSource>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Record {
    /// Returns the faults of the record's contents.
    fn faults(&self) -> Vec<Diagnostic> {
        let releases = Pointer::root().key("releases");
        let mut faults = Vec::new();
        if self.format != FORMAT {
            let fault = RecordFault::UnsupportedFormat { found: self.format };
            faults.push(Diagnostic::new(fault, Pointer::root().key("format")));
        }
        if self.releases.is_empty() {
            faults.push(Diagnostic::new(
                RecordFault::WithoutRelease,
                releases.clone(),
            ));
        }
        for (index, pair) in self.releases.windows(2).enumerate() {
            let [above, version] = [&pair[0].version, &pair[1].version];
            if above <= version {
                let fault = RecordFault::Unordered {
                    version: version.to_string(),
                    above: above.to_string(),
                };
                faults.push(Diagnostic::new(
                    fault,
                    releases.index(index + 1).key("version"),
                ));
            }
        }
        faults
    }
}

/// The fault of a text that is not a record.
fn unreadable(text: &str, error: &serde_json::Error) -> Diagnostic {
    let (message, position) = json_fault(text, error);
    Diagnostic::at(position, RecordFault::Invalid { message })
}

impl Releases {
    /// Parses a record.
    ///
    /// # Errors
    ///
    /// Returns the first fault of the text: not JSON, or another structure. Otherwise returns every fault of the
    /// contents: another format, no release, versions that do not descend.
    pub fn read(source: &SourceFile) -> Result<Self, Report> {
        let record: Record = serde_json::from_str(&source.text)
            .map_err(|fault| placement::report(source, vec![unreadable(&source.text, &fault)]))?;
        let faults = record.faults();
        let Record {
            releases,
            generator,
            sources,
            format: _,
        } = record;
        let mut releases = releases.into_iter();
        match releases.next() {
            Some(latest) if faults.is_empty() => Ok(Self {
                latest,
                earlier: releases.collect(),
                generator,
                sources,
            }),
            Some(_) | None => Err(placement::report(source, faults)),
        }
    }

    /// The newest release. Its version is that of the crate.
    pub fn latest(&self) -> &Release {
        &self.latest
    }

    /// Adds a release, possibly the first. The number of mentioned generator changes stays the same.
    #[must_use]
    pub fn with(record: Option<Self>, latest: Release) -> Self {
        let (mut earlier, mut generator, mut sources) = (Vec::new(), 0, BTreeMap::new());
        if let Some(record) = record {
            earlier.push(record.latest);
            earlier.extend(record.earlier);
            generator = record.generator;
            sources = record.sources;
        }
        Self {
            latest,
            earlier,
            generator,
            sources,
        }
    }

    /// Serializes the record.
    pub fn to_json(&self) -> String {
        let record = Record {
            format: FORMAT,
            releases: self.all().cloned().collect(),
            generator: self.generator,
            sources: self.sources.clone(),
        };
        let text = serde_json::to_string_pretty(&record)
            .unwrap_or_else(|error| panic!("strings and numbers can be written: {error}"));
        text + "\n"
    }

    /// Creates `CHANGELOG.md` of the generated crate.
    pub fn changelog(&self) -> GeneratedFile {
        let entries: Vec<String> = self.all().map(Release::to_markdown).collect();
        GeneratedFile {
            path: CHANGELOG.to_owned(),
            text: format!(
                "<!-- {} -->\n\n# Changelog\n\nVersions follow cargo's reading of \
                 [semantic versioning](https://doc.rust-lang.org/cargo/reference/semver.html): before 1.0, a breaking \
                 change\nraises the minor version, and any other change the patch version.\n\n{}",
                header([RECORD]),
                entries.join("\n")
            ),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Release> {
        std::iter::once(&self.latest).chain(&self.earlier)
    }
}

impl Release {
    /// Formats the release for `CHANGELOG.md`.
    pub fn to_markdown(&self) -> String {
        let Self {
            version,
            date,
            changes,
        } = self;
        format!("## {version} - {date}\n{changes}")
    }
}

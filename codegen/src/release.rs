//! The releases of the emitted crate: its version and what each version changed, as the record beside the specs
//! tells it.
//!
//! The record is JSON, the newest release first; the last is where the record begins and may list nothing:
//!
//! ```text
//! format      1; another number is another format
//! releases    a list, the newest first, at least one
//!   version     "0.2.0": numbers alone, larger than that of the next
//!   date        "2026-01-31"
//!   changes     what it changes; can be left out
//!     breaking, added, deprecated, changed
//!               lists of Markdown, one line each; those without a line can be left out
//! generator   how many changes of the generator the releases tell of; can be left out: none
//! sources     where the specs were fetched from, by their names; can be left out
//!   url, revision, sha256
//! ```
//!
//! `CHANGELOG.md` says the same to readers (<https://keepachangelog.com>), so it can be made again whenever it is
//! lost. Nothing here knows what a change is or what time it is.

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

/// The file beside the specs that the record is in.
pub const RECORD: &str = "releases.json";

/// The file of the emitted crate that lists its releases.
pub const CHANGELOG: &str = "CHANGELOG.md";

/// The format of the record that this is about.
const FORMAT: u32 = 1;

/// What the record tells: every release, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Releases {
    latest: Release,
    earlier: Vec<Release>,
    /// How many of the changes of the generator the releases tell of.
    pub generator: usize,
    /// Where specs were fetched from, by the names of their files. Those that came otherwise are not there.
    pub sources: BTreeMap<String, SpecSource>,
}

/// Where a spec was fetched from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecSource {
    url: Line,
    /// The branch, tag or commit that was asked for.
    revision: Line,
    /// The SHA-256 of the file as it was fetched (FIPS 180-4), in hexadecimal.
    sha256: Line,
}

impl SpecSource {
    /// A URL with its revision, and the digest of what it gave.
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

/// One release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Its version.
    pub version: Version,
    /// The day that it was made.
    pub date: Date,
    /// What it changes.
    #[serde(default)]
    pub changes: ReleaseNotes,
}

/// The record as it is written down.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    format: u32,
    releases: Vec<Release>,
    #[serde(default, skip_serializing_if = "is_none")]
    generator: usize,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, SpecSource>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Record {
    /// What is wrong with what the record says.
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

/// A text that is no record.
fn unreadable(text: &str, error: &serde_json::Error) -> Diagnostic {
    let (message, position) = json_fault(text, error);
    Diagnostic::at(position, RecordFault::Invalid { message })
}

impl Releases {
    /// Reads a record.
    ///
    /// # Errors
    ///
    /// Returns the first fault of the text: no JSON, another shape. Or else every fault of what it says: another format,
    /// no release, versions that do not descend.
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

    /// The newest release, whose version is the crate's.
    pub fn latest(&self) -> &Release {
        &self.latest
    }

    /// The record with a newer release, which may be the first. It tells of as many changes of the generator as before.
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

    /// The record as it is written down.
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

    /// `CHANGELOG.md` of the emitted crate.
    pub fn changelog(&self) -> GeneratedFile {
        let entries: Vec<String> = self.all().map(Release::to_markdown).collect();
        GeneratedFile {
            path: CHANGELOG.to_owned(),
            text: format!(
                "<!-- {} -->\n\n# Changelog\n\nVersions follow cargo's reading of \
                 [semantic versioning](https://doc.rust-lang.org/cargo/reference/semver.html): before 1.0, the second \
                 number\nis raised by what breaks callers and the third by anything else.\n\n{}",
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
    /// The release as `CHANGELOG.md` tells it.
    pub fn to_markdown(&self) -> String {
        let Self {
            version,
            date,
            changes,
        } = self;
        format!("## {version} - {date}\n{changes}")
    }
}

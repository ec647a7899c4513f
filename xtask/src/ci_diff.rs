//! `cargo xtask ci-diff BASE`: compares the specs of a branch with its base and checks that the crate's version is
//! raised accordingly.
//!
//! Compares the current folder with its merge base with `BASE`. It writes nothing.

use std::ffi::OsStr;
use std::fs;

use twilio_codegen::release::{Bump, Version};
use twilio_codegen::report::{Colour, Format, Style};

use crate::failure::Failure;
use crate::input_file::MaxSize;
use crate::revision::{self, GitObject};
use crate::specs::Specs;
use crate::{diff, report};

/// The specs in the current folder.
const SPECS: &str = "specs";

/// The manifest that holds the crate's version.
const MANIFEST: &str = "generated/Cargo.toml";

/// Prints the comparison as Markdown, and the versions.
///
/// # Errors
///
/// Fails if something cannot be read, if the specs have faults, or if the version is not raised as far as the changes
/// require.
pub(crate) fn ci_diff(base: &str, limit: MaxSize) -> Result<(), Failure> {
    let common = revision::in_common_with(base)?;
    let specs = format!("{common}:./{SPECS}");
    let before = match revision::object(&specs, limit)? {
        // This branch adds the first specs.
        None => Specs {
            is_folder: true,
            ..Specs::default()
        },
        Some(_) => revision::read(OsStr::new(&specs), limit)?,
    };
    let after = diff::read(OsStr::new(SPECS), limit)?;
    let comparison = diff::compare(&before, &after, Format::Markdown)?;
    let style = Style {
        colour: Colour::Plain,
        docs: false,
    };
    report::on_standard_output(&comparison.render(Format::Markdown, style))
        .map_err(Failure::usage)?;
    let now = fs::read_to_string(MANIFEST)
        .map_err(|error| Failure::usage(format!("{MANIFEST}: cannot be read: {error}")))?;
    let now = version(MANIFEST, &now)?;
    let tell = |text: String| report::on_standard_output(&text).map_err(Failure::usage);
    let manifest = format!("{common}:./{MANIFEST}");
    let Some(GitObject::File(before)) = revision::object(&manifest, limit)? else {
        return tell(format!("\nVersion of the new crate: {now}\n"));
    };
    let before = version(&manifest, &String::from_utf8_lossy(&before))?;
    tell(format!("\nVersion of the crate: {before} -> {now}\n"))?;
    judge(comparison.bump(), before, now)
}

/// Checks that the step from one version to the next is as large as the changes require.
fn judge(bump: Option<Bump>, before: Version, now: Version) -> Result<(), Failure> {
    let least = bump.map_or(before, |bump| before.after(bump));
    if now >= least {
        return Ok(());
    }
    let why = match bump {
        Some(bump) => format!("the changes require a {} bump", bump.name()),
        None => "a version must not go down".to_owned(),
    };
    Err(Failure::found(format!(
        "{MANIFEST}: the version is {now}, but {why}: it must be at least {least}\n\
         `cargo xtask update` raises it together with the specs; or add a release to specs/releases.json and run \
         `cargo xtask gen`"
    )))
}

/// Reads the version from a manifest that the generator wrote.
fn version(shown: &str, manifest: &str) -> Result<Version, Failure> {
    let mut lines = manifest.lines();
    let text = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    let version = text.and_then(|it| Version::try_from(it.to_owned()).ok());
    version
        .ok_or_else(|| Failure::usage(format!("{shown}: has no line like `version = \"0.1.0\"`")))
}

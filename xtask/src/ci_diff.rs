//! `cargo xtask ci-diff BASE`: what a branch does to the specs, and whether the crate's version says so.
//!
//! Looks at the current folder, and at the revision that it has in common with `BASE`. It writes nothing.

use std::ffi::OsStr;
use std::fs;

use twilio_codegen::release::{Bump, Version};
use twilio_codegen::report::{Colour, Format, Style};

use crate::failure::Failure;
use crate::input_file::MaxSize;
use crate::revision::{self, Object};
use crate::specs::Specs;
use crate::{diff, report};

/// Where the specs are in the current folder.
const SPECS: &str = "specs";

/// Where the version of the crate stands.
const MANIFEST: &str = "generated/Cargo.toml";

/// Prints the comparison as Markdown, and the versions.
///
/// # Errors
///
/// Says what cannot be read, which faults the specs have, or that the version is not raised as the changes call for.
pub(crate) fn ci_diff(base: &str, limit: MaxSize) -> Result<(), Failure> {
    let common = revision::in_common_with(base)?;
    let specs = format!("{common}:./{SPECS}");
    let before = match revision::object(&specs, limit)? {
        // The branch is the first to have specs.
        None => Specs {
            is_folder: true,
            ..Specs::default()
        },
        Some(_) => revision::read(OsStr::new(&specs), limit)?,
    };
    let after = diff::read(OsStr::new(SPECS), limit)?;
    let comparison = diff::compare(before, after, Format::Markdown)?;
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
    let Some(Object::File(before)) = revision::object(&manifest, limit)? else {
        return tell(format!("\nVersion of the crate, which is new: {now}\n"));
    };
    let before = version(&manifest, &String::from_utf8_lossy(&before))?;
    tell(format!("\nVersion of the crate: {before} -> {now}\n"))?;
    judge(comparison.bump(), before, now)
}

/// Says whether the step from one version to the next is as large as the changes call for.
fn judge(bump: Option<Bump>, before: Version, now: Version) -> Result<(), Failure> {
    let least = bump.map_or(before, |bump| before.after(bump));
    if now >= least {
        return Ok(());
    }
    let why = match bump {
        Some(bump) => format!("the changes call for a {} bump", bump.name()),
        None => "a version is never lowered".to_owned(),
    };
    Err(Failure::found(format!(
        "{MANIFEST}: the version is {now}, but {why}: it must be {least} at least\n\
         `cargo xtask update` raises it with the specs; or add a release to specs/releases.json and run \
         `cargo xtask gen`"
    )))
}

/// Returns the version that a manifest of the generator's tells.
fn version(shown: &str, manifest: &str) -> Result<Version, Failure> {
    let mut lines = manifest.lines();
    let text = lines.find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    let version = text.and_then(|it| Version::try_from(it.to_owned()).ok());
    version
        .ok_or_else(|| Failure::usage(format!("{shown}: has no line like `version = \"0.1.0\"`")))
}

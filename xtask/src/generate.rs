//! `cargo xtask gen`: specs in, crate out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use twilio_codegen::Package;

use crate::crate_folder::{self, Difference};
use crate::report::{self, Format};
use crate::spec_folder;

/// What `gen` was asked for.
#[derive(Default)]
pub(crate) struct Options {
    /// Whether to compare instead of writing.
    pub(crate) check: bool,
    /// The folder of specs, if it is not the workspace's.
    pub(crate) specs: Option<PathBuf>,
    /// The folder of the crate, if it is not the workspace's.
    pub(crate) out: Option<PathBuf>,
    /// How to write what is wrong with the specs.
    pub(crate) format: Format,
}

/// Generates the crate, or checks that it is current.
///
/// # Errors
///
/// Says what is wrong with the specs, which files are not current, or what could not be written. Nothing
/// has been written then.
pub(crate) fn generate(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let root = workspace_root();
    let (specs, shown_specs) = folder(&root, options.specs.as_deref(), "specs");
    let (out, shown_out) = folder(&root, options.out.as_deref(), "generated");
    let (sources, mut report) = spec_folder::read(&specs, &shown_specs)?;
    let guide = spec_folder::read_guide(&specs, &shown_specs)?;
    let package = Package {
        name: "twilio-iot".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rust_version: env!("CARGO_PKG_RUST_VERSION").to_owned(),
        runtime: runtime_path(&root, &out)?,
        guide,
    };
    let (apis, faults) = twilio_codegen::read(&sources);
    report.extend(faults);
    options.format.show(&report)?;
    if report.has_errors() {
        return Err(format!(
            "{}: unchanged, because the specs have {}",
            shown_out.display(),
            report::counts(&report)
        ));
    }
    let files = twilio_codegen::write(&apis, &package);
    let difference = crate_folder::compare(&out, &files).map_err(|error| error.to_string())?;
    if options.check {
        return check(&difference, &shown_out, options.format);
    }
    crate_folder::write(&out, &files, &difference)
        .map_err(|error| format!("{error}\n{}: unchanged", shown_out.display()))?;
    let sources: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    options.format.tell(&summary(
        &sources,
        &difference,
        files.len(),
        &shown_out,
        start,
    ))
}

/// Says what is not current, if anything is.
fn check(difference: &Difference, shown_out: &Path, format: Format) -> Result<(), String> {
    if difference.is_empty() {
        return format.tell(&format!("{}: current\n", shown_out.display()));
    }
    let mut text = String::new();
    for (kind, path) in kinds(difference) {
        let _ = writeln!(text, "{kind}: {}", shown_out.join(path).display());
    }
    text.push_str(
        "run `cargo xtask gen` and commit what it writes; files it did not write belong elsewhere",
    );
    Err(text)
}

/// Each file that is not current, with what is the matter with it.
fn kinds(difference: &Difference) -> impl Iterator<Item = (&'static str, &String)> {
    let Difference {
        stale,
        missing,
        extra,
        foreign,
    } = difference;
    let named = |kind: &'static str| move |path| (kind, path);
    stale
        .iter()
        .map(named("stale"))
        .chain(missing.iter().map(named("missing")))
        .chain(extra.iter().map(named("extra")))
        .chain(foreign.iter().map(named("not generated")))
}

/// Tells what was read, what was written, and how long it took.
fn summary(
    sources: &[&str],
    difference: &Difference,
    count: usize,
    shown_out: &Path,
    start: Instant,
) -> String {
    let mut text = String::new();
    for source in sources {
        let _ = writeln!(text, "read {source}");
    }
    for path in difference.stale.iter().chain(&difference.missing) {
        let _ = writeln!(text, "wrote {}", shown_out.join(path).display());
    }
    for path in &difference.extra {
        let _ = writeln!(text, "removed {}", shown_out.join(path).display());
    }
    for path in &difference.foreign {
        let _ = writeln!(
            text,
            "left alone {}, which is not generated",
            shown_out.join(path).display()
        );
    }
    let written = difference.stale.len() + difference.missing.len();
    let _ = writeln!(
        text,
        "{count} files, {written} written, in {:.3} s",
        start.elapsed().as_secs_f64()
    );
    text
}

/// The root of this workspace, where it was built.
fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// A folder and how messages name it: as it was given, or by its name in the workspace.
fn folder(root: &Path, given: Option<&Path>, default: &str) -> (PathBuf, PathBuf) {
    match given {
        Some(given) => (given.to_owned(), given.to_owned()),
        None => (root.join(default), PathBuf::from(default)),
    }
}

/// The runtime crate, seen from the crate in `out`: a relative path inside this workspace, which holds on
/// every machine, and an absolute one elsewhere.
fn runtime_path(root: &Path, out: &Path) -> Result<String, String> {
    let out = std::path::absolute(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let path = match out.strip_prefix(root) {
        Ok(inside) => inside
            .components()
            .map(|_| "..")
            .collect::<PathBuf>()
            .join("runtime"),
        Err(_) => root.join("runtime"),
    };
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("{}: is not Unicode", path.display()))
}

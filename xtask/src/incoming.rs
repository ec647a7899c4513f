//! Reads newer specs and decides which file of `specs/` each of them replaces.

pub(crate) mod other_file;

use std::path::{Path, PathBuf};

use twilio_codegen::api::Api;
use twilio_codegen::release::SpecSource;
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Sources, is_document, product_and_version};

use self::other_file::OtherFile;
use crate::fetch::FetchedFile;
use crate::input_file::{self, MaxSize};
use crate::spec_folder;

/// A newer spec.
pub(crate) struct IncomingSpec {
    /// The spec, under the name the user gave.
    pub(crate) source: SourceFile,
    /// The bytes of the file.
    pub(crate) bytes: Vec<u8>,
    /// The name it gets in the folder of specs.
    pub(crate) name: PathBuf,
    /// The file it replaces, which has another name if the formats differ.
    pub(crate) replaced: Option<PathBuf>,
    /// Where it was fetched from, if it was.
    pub(crate) origin: Option<SpecSource>,
    /// Whether that file has the same bytes.
    is_same: bool,
}

/// All that comes in: newer specs, and the files they refer to.
#[derive(Default)]
pub(crate) struct IncomingFiles {
    pub(crate) specs: Vec<IncomingSpec>,
    pub(crate) others: Vec<OtherFile>,
}

impl IncomingFiles {
    /// Whether taking them in changes anything.
    pub(crate) fn are_changes(&self) -> bool {
        let mut others = self.others.iter();
        self.specs.iter().any(IncomingSpec::is_change) || others.any(OtherFile::is_change)
    }
}

impl IncomingSpec {
    /// Whether taking it in changes anything.
    pub(crate) fn is_change(&self) -> bool {
        !self.is_same
    }
}

/// Gives the models the file names of the folder of specs.
pub(crate) fn name(apis: &mut [Api], incoming: &[IncomingSpec]) {
    for file in apis.iter_mut().flat_map(|it| &mut it.files) {
        let given = incoming.iter().find(|it| {
            let given = Path::new(&it.source.path).file_name();
            given.is_some_and(|it| it == file.as_str())
        });
        if let Some(IncomingSpec { name, .. }) = given {
            *file = name.display().to_string();
        }
    }
}

/// Reads the specs at `paths`, files or folders, and finds the spec of `old` that each replaces. Reports files that are
/// not text. Reading the models reports a file that is not a spec, or that matches no spec or the same spec as another.
///
/// # Errors
///
/// Fails if something cannot be read, or if a folder has no spec.
pub(crate) fn read(
    paths: &[PathBuf],
    old: Sources<'_>,
    limit: MaxSize,
) -> Result<(Vec<IncomingSpec>, Report), String> {
    let mut all = Vec::new();
    let mut report = Report::default();
    for path in paths {
        if !path.is_dir() {
            match read_file(path, limit)? {
                Ok((source, bytes)) => all.push(placed(source, path, bytes, old)),
                Err(faults) => report.extend(faults),
            }
            continue;
        }
        let (incoming, faults) = read_folder(path, old, limit)?;
        if incoming.is_empty() && faults.is_empty() {
            return Err(spec_folder::no_spec(path));
        }
        all.extend(incoming);
        report.extend(faults);
    }
    Ok((all, report))
}

/// Reads the specs and overlays of a folder.
fn read_folder(
    folder: &Path,
    old: Sources<'_>,
    limit: MaxSize,
) -> Result<(Vec<IncomingSpec>, Report), String> {
    let (mut incoming, mut others) = (Vec::new(), Vec::new());
    let mut report = Report::default();
    for name in spec_folder::spec_names(folder, folder)? {
        let path = folder.join(&name);
        match read_file(&path, limit)? {
            Ok((source, bytes)) => {
                let is_spec = spec_folder::is_overlay(&name) || is_document(&source);
                let list = if is_spec { &mut incoming } else { &mut others };
                list.push(placed(source, &path, bytes, old));
            }
            Err(faults) => report.extend(faults),
        }
    }
    // Files of other kinds are ignored, unless a name says that one is a newer spec: it may be a page of a server's error.
    let is_missing = |other: &IncomingSpec| {
        let mut specs = incoming.iter();
        other.replaced.is_some() && specs.all(|it| it.replaced != other.replaced)
    };
    let missing: Vec<IncomingSpec> = others.into_iter().filter(is_missing).collect();
    incoming.extend(missing);
    Ok((incoming, report))
}

/// Reads a file, and returns the faults of one that is not text.
fn read_file(path: &Path, limit: MaxSize) -> Result<Result<(SourceFile, Vec<u8>), Report>, String> {
    let shown = path.display().to_string();
    let bytes = input_file::read(path, limit)
        .map_err(|error| format!("{shown}: cannot be read: {error}"))?;
    let source = SourceFile::from_bytes(shown, bytes.clone());
    Ok(source.map(|it| (it, bytes)))
}

/// Finds the spec of `old` that each fetched file replaces, and reports files that are not text.
pub(crate) fn fetched(files: Vec<FetchedFile>, old: Sources<'_>) -> (Vec<IncomingSpec>, Report) {
    let mut incoming = Vec::new();
    let mut report = Report::default();
    for FetchedFile {
        name,
        bytes,
        origin,
    } in files
    {
        match SourceFile::from_bytes(origin.url(), bytes.clone()) {
            Ok(source) => incoming.push(IncomingSpec {
                origin: Some(origin),
                ..placed(source, Path::new(&name), bytes, old)
            }),
            Err(faults) => report.extend(faults),
        }
    }
    (incoming, report)
}

/// The specs after the update, sorted by name.
pub(crate) fn merge(old: &[SourceFile], incoming: &[IncomingSpec]) -> Vec<SourceFile> {
    let is_replaced = |source: &SourceFile| {
        let name = Path::new(&source.path).file_name();
        let mut replaced = incoming.iter().filter_map(|it| it.replaced.as_deref());
        replaced.any(|it| Some(it.as_os_str()) == name)
    };
    let stay = old.iter().filter(|it| !is_replaced(it));
    let stay = stay.map(|it| {
        let name = Path::new(&it.path).file_name().unwrap_or_default();
        (PathBuf::from(name), it.clone())
    });
    let come = incoming
        .iter()
        .map(|it| (it.name.clone(), it.source.clone()));
    let mut merged: Vec<(PathBuf, SourceFile)> = stay.chain(come).collect();
    merged.sort_by(|a, b| a.0.cmp(&b.0));
    merged.into_iter().map(|(_, source)| source).collect()
}

/// Finds the spec of `old` that a newer one replaces.
fn placed(source: SourceFile, path: &Path, bytes: Vec<u8>, old: Sources<'_>) -> IncomingSpec {
    let own_name = PathBuf::from(path.file_name().unwrap_or_default());
    // The vendor of the old specs, if there are any, decides how the name of a newer one is read.
    let product_and_version = |path: &str| match old.vendor {
        Some(vendor) => vendor.product_and_version(path),
        None => product_and_version(path),
    };
    let identity = product_and_version(&source.path);
    let is_former = |it: &&SourceFile| match &identity {
        Some(_) => product_and_version(&it.path) == identity,
        // An overlay is matched by its name alone.
        None => Path::new(&it.path).file_name() == Some(own_name.as_os_str()),
    };
    let former = old.files.iter().find(is_former);
    let replaced = former.map(|it| PathBuf::from(&it.path));
    let replaced = replaced.and_then(|it| it.file_name().map(PathBuf::from));
    let name = match &replaced {
        None => own_name,
        Some(former) if is_json(former) == is_json(&own_name) => former.clone(),
        Some(former) => former.with_extension(own_name.extension().unwrap_or_default()),
    };
    let is_same =
        former.is_some_and(|it| it.text == source.text) && replaced.as_ref() == Some(&name);
    IncomingSpec {
        source,
        bytes,
        name,
        replaced,
        origin: None,
        is_same,
    }
}

fn is_json(name: &Path) -> bool {
    name.extension().is_some_and(|it| it == "json")
}

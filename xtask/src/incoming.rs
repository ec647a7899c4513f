//! Newer specs that are to be taken in, and which file of `specs/` each of them belongs to.

pub(crate) mod other_file;

use std::path::{Path, PathBuf};

use twilio_codegen::api::Api;
use twilio_codegen::release::SpecSource;
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Sources, product_and_version};

use self::other_file::OtherFile;
use crate::fetch::Fetched;
use crate::input_file::{self, MaxSize};
use crate::spec_folder;

/// A newer spec.
pub(crate) struct Incoming {
    /// The spec, named as it was given.
    pub(crate) source: SourceFile,
    /// The file as it was read.
    pub(crate) bytes: Vec<u8>,
    /// The name that it gets in the folder of specs.
    pub(crate) name: PathBuf,
    /// The file of the folder that it replaces, which has another name if the formats differ.
    pub(crate) replaced: Option<PathBuf>,
    /// Where it was fetched from, if it was.
    pub(crate) origin: Option<SpecSource>,
    /// Whether that file says the same to the letter.
    is_same: bool,
}

/// What comes in: newer specs, and what these refer to.
#[derive(Default)]
pub(crate) struct Arrivals {
    pub(crate) specs: Vec<Incoming>,
    pub(crate) others: Vec<OtherFile>,
}

impl Arrivals {
    /// Whether taking it in changes anything.
    pub(crate) fn are_changes(&self) -> bool {
        let mut others = self.others.iter();
        self.specs.iter().any(Incoming::is_change) || others.any(OtherFile::is_change)
    }
}

impl Incoming {
    /// Whether taking it in changes anything.
    pub(crate) fn is_change(&self) -> bool {
        !self.is_same
    }
}

/// Makes the models name their files as the folder of specs does.
pub(crate) fn name(apis: &mut [Api], incoming: &[Incoming]) {
    for file in apis.iter_mut().flat_map(|it| &mut it.files) {
        let given = incoming.iter().find(|it| {
            let given = Path::new(&it.source.path).file_name();
            given.is_some_and(|it| it == file.as_str())
        });
        if let Some(Incoming { name, .. }) = given {
            *file = name.display().to_string();
        }
    }
}

/// Reads the specs at `paths`, files or folders, and finds the place of each among `old`. Those that are not text
/// are reported. Who belongs nowhere, or where another belongs, is a fault that reading the models tells.
///
/// # Errors
///
/// Says what cannot be read.
pub(crate) fn read(
    paths: &[PathBuf],
    old: Sources<'_>,
    limit: MaxSize,
) -> Result<(Vec<Incoming>, Report), String> {
    let mut incoming = Vec::new();
    let mut report = Report::default();
    for path in files(paths, limit)? {
        let shown = path.display().to_string();
        let bytes = input_file::read(&path, limit)
            .map_err(|error| format!("{shown}: cannot be read: {error}"))?;
        match SourceFile::from_bytes(shown, bytes.clone()) {
            Ok(source) => incoming.push(placed(source, &path, bytes, old)),
            Err(faults) => report.extend(faults),
        }
    }
    Ok((incoming, report))
}

/// Finds the place of each file that was fetched among `old`, and reports those that are not text.
pub(crate) fn fetched(files: Vec<Fetched>, old: Sources<'_>) -> (Vec<Incoming>, Report) {
    let mut incoming = Vec::new();
    let mut report = Report::default();
    for Fetched {
        name,
        bytes,
        origin,
    } in files
    {
        match SourceFile::from_bytes(origin.url(), bytes.clone()) {
            Ok(source) => incoming.push(Incoming {
                origin: Some(origin),
                ..placed(source, Path::new(&name), bytes, old)
            }),
            Err(faults) => report.extend(faults),
        }
    }
    (incoming, report)
}

/// The specs as they will be, in the order of their names.
pub(crate) fn merge(old: &[SourceFile], incoming: &[Incoming]) -> Vec<SourceFile> {
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

/// The files that are meant.
fn files(paths: &[PathBuf], limit: MaxSize) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let names = spec_folder::document_names(path, path, limit)?;
            files.extend(names.into_iter().map(|name| path.join(name)));
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Finds the place of a spec.
fn placed(source: SourceFile, path: &Path, bytes: Vec<u8>, old: Sources<'_>) -> Incoming {
    let own_name = PathBuf::from(path.file_name().unwrap_or_default());
    // A newer spec is called as the vendor of the old ones calls its own, if there are any.
    let product_and_version = |path: &str| match old.vendor {
        Some(vendor) => vendor.product_and_version(path),
        None => product_and_version(path),
    };
    let identity = product_and_version(&source.path);
    let is_former = |it: &&SourceFile| match &identity {
        Some(_) => product_and_version(&it.path) == identity,
        // An overlay belongs to a spec by its name alone.
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
    Incoming {
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

//! Pairs overlays with specs by file name.

use super::fault::OverlayFault;
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Report};
use crate::source::{SourceFile, file_name};

/// The possible extensions of a file.
const EXTENSIONS: [&str; 3] = [".yaml", ".yml", ".json"];

/// A spec and its overlay, if it has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec<'a> {
    pub(crate) source: &'a SourceFile,
    pub(crate) overlay: Option<&'a SourceFile>,
}

impl<'a> Spec<'a> {
    /// Returns the files of its values.
    pub(crate) fn files(self) -> Vec<&'a SourceFile> {
        std::iter::once(self.source).chain(self.overlay).collect()
    }
}

/// Groups files into specs with their overlays, in order. Reports overlays without a spec, and those whose spec already
/// has one.
pub(crate) fn pairs(sources: &[SourceFile]) -> (Vec<Spec<'_>>, Report) {
    let (overlays, specs): (Vec<_>, Vec<_>) = sources.iter().partition(|it| spec_of(it).is_some());
    let mut specs: Vec<Spec<'_>> = specs
        .into_iter()
        .map(|source| Spec {
            source,
            overlay: None,
        })
        .collect();
    let mut report = Report::default();
    for overlay in overlays {
        let name = spec_of(overlay).unwrap_or_default();
        // A newer spec comes from another folder than the one it replaces.
        let spec = specs
            .iter_mut()
            .find(|it| stem(file_name(&it.source.path)) == Some(file_name(name)));
        let problem = match spec {
            Some(Spec {
                overlay: Some(first),
                ..
            }) => OverlayFault::Duplicate {
                first: first.path.clone(),
            },
            Some(spec) => {
                spec.overlay = Some(overlay);
                continue;
            }
            None => OverlayFault::WithoutSpec {
                expected: format!("{name}.yaml"),
            },
        };
        let fault = Diagnostic::new(problem, Pointer::root());
        report.extend(placement::report(overlay, vec![fault]));
    }
    (specs, report)
}

/// Returns the name of an overlay's spec without its extension; `None` if the file is not an overlay.
fn spec_of(source: &SourceFile) -> Option<&str> {
    stem(&source.path)?.strip_suffix(".overlay")
}

/// Returns a path without its extension, if specs have that extension.
fn stem(path: &str) -> Option<&str> {
    EXTENSIONS.iter().find_map(|it| path.strip_suffix(it))
}

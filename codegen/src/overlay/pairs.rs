//! Which overlay belongs to which spec: the file names tell.

use super::fault::OverlayFault;
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Report};
use crate::source::SourceFile;

/// What a file may be called behind its own name.
const EXTENSIONS: [&str; 3] = [".yaml", ".yml", ".json"];

/// A spec and its overlay, if it has one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec<'a> {
    pub(crate) source: &'a SourceFile,
    pub(crate) overlay: Option<&'a SourceFile>,
}

impl<'a> Spec<'a> {
    /// Returns the files that its values are from.
    pub(crate) fn files(self) -> Vec<&'a SourceFile> {
        std::iter::once(self.source).chain(self.overlay).collect()
    }
}

/// Sorts files into specs, in their order, with the overlay of each. Reports overlays without a spec, and those
/// whose spec has one already.
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

/// Returns what the spec of an overlay is called, but for its extension; `None` if the file is no overlay.
fn spec_of(source: &SourceFile) -> Option<&str> {
    stem(&source.path)?.strip_suffix(".overlay")
}

/// Returns the last part of a path. A newer spec that is to replace another comes from another folder.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Returns a path without its extension, if that is one of those of specs.
fn stem(path: &str) -> Option<&str> {
    EXTENSIONS.iter().find_map(|it| path.strip_suffix(it))
}

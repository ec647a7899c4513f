//! Applies overlays: changes to a spec in a file of their own, so that the vendor's file stays unchanged.
//!
//! `twilio_supersim_v1.overlay.yaml` belongs to `twilio_supersim_v1.yaml` and follows the Overlay Specification 1.0
//! (<https://spec.openapis.org/overlay/v1.0.0>) or 1.1 (<https://spec.openapis.org/overlay/v1.1.0>), as it declares. In
//! 1.1, "Action Object", a target may be a single value, which an update replaces and `remove` removes, and a list may
//! update a list, to which it is appended; `copy` is refused. An overlay is applied to the values of the spec before
//! the checks, which then judge the result. Values keep their places, so that a fault is shown in the file that caused
//! it. This module does not know OpenAPI.
//!
//! It is stricter than the specification to detect overlays that no longer match their spec: an action that selects
//! nothing is an error, and one that changes nothing is a warning. The other actions are applied anyway, so that one
//! run reports every fault.
//!
//! A list that an update of an object finds in its place is appended to, as in Overlay 1.1 and in most tools for 1.0,
//! which leaves it open. To replace a list, remove it first.

mod cost;
mod fault;
mod merge;
mod pairs;
mod size;
mod target;

use serde_json::Value;

pub(crate) use self::fault::ALL as FAULTS;
use self::fault::OverlayFault;
pub(crate) use self::pairs::{Spec, pairs};
use self::size::Size;
use self::target::{Match, TargetKind};
use crate::load::{self, OverlayVersion};
use crate::placement;
use crate::pointer::Pointer;
use crate::report::{Diagnostic, Report};
use crate::source::SourceFile;
use crate::tree::{self, Places, Reading, Tree};

/// How many levels of values a document may have after an overlay: as many as without.
const MAX_DEPTH: usize = tree::MAX_DEPTH;

/// Applies the overlay `file` to `document`, and reports the faults of the overlay.
pub(crate) fn apply(file: &SourceFile, document: &mut Tree) -> Report {
    let Reading {
        places,
        value,
        mut faults,
    } = tree::read_behind(file, &document.places);
    if let Some(overlay) = value {
        let (version, more) = load::check_overlay(&overlay);
        faults.extend(more);
        if !faults.iter().any(Diagnostic::is_error) {
            document.places.add_files(&places);
            let mut effort = Budget::default();
            let actions = overlay["actions"].as_array().into_iter().flatten();
            for (index, action) in actions.enumerate() {
                let at = Pointer::root().key("actions").index(index);
                let act = Action::new(file, &places, version, action, at);
                faults.extend(act.apply(document, &mut effort).err());
            }
        }
    }
    placement::report_in(&places, &[file], faults)
}

/// The resources that the actions of an overlay have used so far.
#[derive(Default)]
struct Budget {
    /// How many values their targets visited.
    visits: u64,
    /// An upper bound of the document's size since it was last measured.
    size: Option<Size>,
}

/// An action of an overlay that passed the checks.
struct Action<'a> {
    file: &'a SourceFile,
    /// The places of the overlay.
    places: &'a Places,
    version: OverlayVersion,
    /// The action's place in the overlay.
    at: Pointer,
    target: &'a str,
    update: Option<&'a Value>,
    remove: bool,
}

impl<'a> Action<'a> {
    fn new(
        file: &'a SourceFile,
        places: &'a Places,
        version: OverlayVersion,
        action: &'a Value,
        at: Pointer,
    ) -> Self {
        Self {
            file,
            places,
            version,
            at,
            target: action["target"].as_str().unwrap_or_default(),
            update: action.get("update"),
            remove: action["remove"].as_bool().unwrap_or_default(),
        }
    }

    /// Applies the action, or returns its fault. After an error, it may be applied in part.
    fn apply(&self, document: &mut Tree, effort: &mut Budget) -> Result<(), Diagnostic> {
        let matches = target::select(self.target, &document.value, &mut effort.visits)
            .map_err(|problem| self.fault("target", self.placed(problem)))?;
        if matches.is_empty() {
            return Err(self.fault("target", OverlayFault::UnmatchedTarget));
        }
        let mut primitives = matches.iter().filter(|it| it.sort == TargetKind::Single);
        if self.version == OverlayVersion::V1_0
            && let Some(Match { pointer, .. }) = primitives.next()
        {
            let problem = OverlayFault::PrimitiveTarget {
                holder: target::expression_of_holder(pointer, &document.value),
                pointer: pointer.clone(),
                is_removed: self.remove,
            };
            return Err(self.fault("target", problem));
        }
        match (self.remove, self.update) {
            (true, update) => {
                self.remove(&matches, document)?;
                update.map_or(Ok(()), |_| {
                    Err(self.fault("update", OverlayFault::IgnoredUpdate))
                })
            }
            (false, Some(update)) => self.update(update, &matches, document, &mut effort.size),
            (false, None) => Err(Diagnostic::new(OverlayFault::EmptyAction, self.at.clone())),
        }
    }

    /// Removes the selected values.
    fn remove(&self, matches: &[Match], document: &mut Tree) -> Result<(), Diagnostic> {
        if matches.iter().any(|it| it.pointer == Pointer::root()) {
            return Err(self.fault("target", OverlayFault::RemovedRoot));
        }
        // From the end, so that no removal moves or removes a later match.
        for Match { pointer, .. } in matches.iter().rev() {
            merge::remove(document, pointer, self.places.find(&self.at));
        }
        Ok(())
    }

    /// Merges `update` into each selected value.
    fn update(
        &self,
        update: &Value,
        matches: &[Match],
        document: &mut Tree,
        size: &mut Option<Size>,
    ) -> Result<(), Diagnostic> {
        let at = self.at.key("update");
        let from = self.places.find(&at);
        self.check_size(update, matches, &document.value, size)?;
        let first = matches.first().map(|it| it.sort);
        if self.version == OverlayVersion::V1_1 && matches.iter().any(|it| Some(it.sort) != first) {
            return Err(self.fault("target", OverlayFault::MixedTargets));
        }
        let concatenates = self.version == OverlayVersion::V1_1 && update.is_array();
        let mut is_changed = false;
        for Match { pointer, .. } in matches {
            if let Some((value, node)) = document.at_mut(pointer) {
                // Check only now: an earlier target may contain this one.
                merge::check(value, update, pointer, &at)?;
                is_changed |= if value.is_array() && concatenates {
                    merge::merge(value, node, update, from)
                } else {
                    merge::update(value, node, update, from)
                };
            }
        }
        if is_changed {
            Ok(())
        } else {
            Err(self.fault("update", OverlayFault::SuperfluousUpdate))
        }
    }

    /// Checks that `update` does not make the document too large or too deep.
    fn check_size(
        &self,
        update: &Value,
        matches: &[Match],
        document: &Value,
        size: &mut Option<Size>,
    ) -> Result<(), Diagnostic> {
        let limit = |what| Err(self.fault("update", OverlayFault::Limit { what }));
        let added = Size::of(update);
        let deepest = matches.iter().map(|it| it.pointer.tokens().count()).max();
        // An element appended to a list is one level below it.
        if deepest.unwrap_or_default() + added.depth + 1 > MAX_DEPTH {
            return limit("the update makes the document deeper than the 64 levels that are read");
        }
        let estimate = size.as_ref().map(|it| it.and(&added, matches.len()));
        let after = estimate.filter(|it| it.excess().is_none());
        // Removals and replacements make it smaller, so measure it before refusing an update.
        let after = after.unwrap_or_else(|| Size::of(document).and(&added, matches.len()));
        if let Some(what) = after.excess() {
            return limit(what);
        }
        *size = Some(after);
        Ok(())
    }

    /// Returns the fault of a field of the action.
    fn fault(&self, field: &str, problem: OverlayFault) -> Diagnostic {
        Diagnostic::new(problem, self.at.key(field))
    }

    /// Finds the position in the file where an expression becomes invalid.
    fn placed(&self, problem: OverlayFault) -> OverlayFault {
        if let OverlayFault::InvalidTarget { reason, offset, .. } = problem {
            let at = self.at.key("target");
            let start = self.places.value(&at).span.start;
            let position = target::position(self.file, start, self.target, offset);
            OverlayFault::InvalidTarget {
                reason,
                offset,
                position,
            }
        } else {
            problem
        }
    }
}

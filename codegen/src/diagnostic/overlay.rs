//! What can be wrong with an overlay, and with what it does to its spec.

use std::fmt;

use super::explanation::overlay;
use crate::pointer::Pointer;
use crate::report::{Explanation, Position};

/// What can be wrong with an overlay beyond its text and its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum OverlayProblem {
    /// It is called after no spec that is there.
    WithoutSpec {
        /// A file name that its spec could have.
        expected: String,
    },
    /// An earlier file is an overlay of the same spec.
    Duplicate {
        /// The earlier file.
        first: String,
    },
    /// The target of an action is no JSONPath expression.
    InvalidTarget {
        /// What is wrong, if the parser knows more than that it cannot read on.
        reason: Option<String>,
        /// How many bytes of it could be read.
        offset: usize,
        /// Where in the file it could not be read on, if it is written there without escapes.
        position: Option<Position>,
    },
    /// The target of an action selects nothing.
    UnmatchedTarget,
    /// The target of an action of Overlay 1.0 selects a value that is neither an object nor a list.
    PrimitiveTarget {
        /// The first such value, in the document.
        pointer: Pointer,
        /// The expression that selects what holds it, and whether that is a list.
        holder: (String, bool),
        /// Whether the action removes it.
        is_removed: bool,
    },
    /// The target of an update of Overlay 1.1 selects values of several sorts.
    MixedTargets,
    /// An update has another sort of value than the document in the same place.
    IncompatibleUpdate {
        /// The sort of value in the document, with its article: `an object`.
        expected: &'static str,
        /// The sort of value in the update.
        found: &'static str,
        /// The value in the document.
        pointer: Pointer,
    },
    /// An action would remove the whole document.
    RemovedRoot,
    /// An action neither updates nor removes.
    EmptyAction,
    /// An action that removes has an update, which has no effect.
    IgnoredUpdate,
    /// An update changes nothing: the document says the same already.
    SuperfluousUpdate,
    /// An action is out of proportion.
    Limit {
        /// What is, as a sentence.
        what: &'static str,
    },
}

impl OverlayProblem {
    /// Says what to do about it, where there is something to say that the sentence does not.
    pub(super) fn help(&self) -> Option<String> {
        let help = match self {
            Self::WithoutSpec { expected } => {
                return Some(format!("call it after its spec, or add `{expected}`"));
            }
            Self::Duplicate { .. } => "move its actions there",
            Self::InvalidTarget {
                reason: Some(_), ..
            } => return None,
            Self::InvalidTarget { reason: None, .. } => {
                "write names that are no identifiers in brackets: `$.paths['/v1/Sims'].get`"
            }
            Self::UnmatchedTarget => {
                "the spec has moved on: correct the target, or remove the action"
            }
            Self::PrimitiveTarget {
                holder,
                is_removed,
                pointer,
            } => return Some(instead_of_primitive(pointer, holder, *is_removed)),
            Self::MixedTargets => "make an action for each of them",
            Self::IncompatibleUpdate { .. } => {
                "remove what is there by an action of its own first, and add this by an update of what holds it"
            }
            Self::EmptyAction => "add `update` or `remove: true`",
            Self::IgnoredUpdate => "make two actions of it: first remove, then update",
            Self::SuperfluousUpdate => "remove the action: the spec says the same without it",
            Self::RemovedRoot | Self::Limit { .. } => return None,
        };
        Some(help.to_owned())
    }

    /// Says why it is a problem.
    pub(super) fn explanation(&self) -> &'static Explanation {
        match self {
            Self::WithoutSpec { .. } => &overlay::WITHOUT_SPEC,
            Self::Duplicate { .. } => &overlay::DUPLICATE,
            Self::InvalidTarget { .. } => &overlay::INVALID_TARGET,
            Self::UnmatchedTarget => &overlay::UNMATCHED_TARGET,
            Self::PrimitiveTarget { .. } => &overlay::PRIMITIVE_TARGET,
            Self::MixedTargets => &overlay::MIXED_TARGETS,
            Self::IncompatibleUpdate { .. } => &overlay::INCOMPATIBLE_UPDATE,
            Self::RemovedRoot => &overlay::REMOVED_ROOT,
            Self::EmptyAction => &overlay::EMPTY_ACTION,
            Self::IgnoredUpdate => &overlay::IGNORED_UPDATE,
            Self::SuperfluousUpdate => &overlay::SUPERFLUOUS_UPDATE,
            Self::Limit { .. } => &overlay::LIMIT,
        }
    }
}

impl fmt::Display for OverlayProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithoutSpec { .. } => {
                f.write_str("this is an overlay, but there is no spec of its name")
            }
            Self::Duplicate { first } => {
                write!(f, "the spec has an overlay already: `{first}`")
            }
            Self::InvalidTarget {
                reason: Some(reason),
                ..
            } => write!(f, "this is not a JSONPath expression: {reason}"),
            Self::InvalidTarget { offset: 0, .. } => {
                f.write_str("this is not a JSONPath expression: it does not begin with `$`")
            }
            Self::InvalidTarget {
                position: Some(_), ..
            } => f.write_str("this is not a JSONPath expression: it can be read up to here"),
            Self::InvalidTarget {
                offset,
                position: None,
                ..
            } => write!(
                f,
                "this is not a JSONPath expression: its first {offset} bytes can be read"
            ),
            Self::UnmatchedTarget => f.write_str("this selects nothing in the spec"),
            Self::PrimitiveTarget { pointer, .. } => write!(
                f,
                "this selects `{pointer}`, which is neither an object nor a list, as Overlay 1.0 wants it"
            ),
            Self::MixedTargets => f.write_str(
                "this selects values of several sorts, and an update of Overlay 1.1 takes objects, lists or single values",
            ),
            Self::IncompatibleUpdate {
                expected,
                found,
                pointer,
            } => write!(f, "{found} cannot be merged into {expected}: `{pointer}`"),
            Self::RemovedRoot => f.write_str("this would remove the whole spec"),
            Self::EmptyAction => f.write_str("the action neither updates nor removes anything"),
            Self::IgnoredUpdate => f.write_str("the update has no effect beside `remove: true`"),
            Self::SuperfluousUpdate => f.write_str("the update changes nothing"),
            Self::Limit { what } => f.write_str(what),
        }
    }
}

/// Says what does for a single value, which no action of Overlay 1.0 can select.
fn instead_of_primitive(
    pointer: &Pointer,
    (holder, is_list): &(String, bool),
    is_removed: bool,
) -> String {
    let key = pointer.tokens().last().unwrap_or_default();
    let newer = "write `overlay: 1.1.0`, which takes single values";
    let anew = |how: &str| {
        format!(
            "{newer}; or make two actions of it: one that removes `{holder}`, which holds it, and one that adds that again {how}"
        )
    };
    match (is_removed, is_list) {
        // The document itself cannot be removed.
        (true, false) if holder == "$" => newer.to_owned(),
        (true, false) => anew(&format!("without `{key}`")),
        (true, true) => anew("without it"),
        (false, true) => anew("with the other value"),
        (false, false) => format!("target `{holder}`, which holds it: `update: {{{key}: …}}`"),
    }
}

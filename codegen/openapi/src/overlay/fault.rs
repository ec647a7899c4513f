//! Defines the faults of overlays and of their effects on specs.

use crate::pointer::Pointer;
use crate::report::{Description, Fault, Position, error, explanations, warning};

/// A fault of an overlay beyond its syntax and fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OverlayFault {
    /// No spec has its name.
    WithoutSpec {
        /// A possible file name of its spec.
        expected: String,
    },
    /// An earlier file is an overlay of the same spec.
    Duplicate {
        /// The earlier file.
        first: String,
    },
    /// The target of an action is not a JSONPath expression.
    InvalidTarget {
        /// The reason, if the parser gives one.
        reason: Option<String>,
        /// How many bytes could be parsed.
        offset: usize,
        /// The position in the file where parsing stopped, if the expression is written there without escapes.
        position: Option<Position>,
    },
    /// The target of an action selects nothing.
    UnmatchedTarget,
    /// A target in Overlay 1.0 selects a value that is neither an object nor a list.
    PrimitiveTarget {
        /// The first such value in the document.
        pointer: Pointer,
        /// The expression that selects its parent, and whether that is a list.
        holder: (String, bool),
        /// Whether the action removes it.
        is_removed: bool,
    },
    /// The target of an update in Overlay 1.1 selects values of different kinds.
    MixedTargets,
    /// An update has another kind of value than the document at the same place.
    IncompatibleUpdate {
        /// The kind of value in the document, with its article: `an object`.
        expected: &'static str,
        /// The kind of value in the update.
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
    /// An update changes nothing: the document already has its values.
    SuperfluousUpdate,
    /// An action exceeds a limit.
    Limit {
        /// The limit, as a sentence.
        what: &'static str,
    },
}

impl Fault for OverlayFault {
    fn describe(self) -> Description {
        match self {
            Self::WithoutSpec { expected } => WITHOUT_SPEC
                .of_file("this is an overlay, but no spec has its name")
                .help(format!("name it after its spec, or add `{expected}`")),
            Self::Duplicate { first } => DUPLICATE
                .of_file(format!("the spec already has an overlay: `{first}`"))
                .help("move its actions there"),
            Self::InvalidTarget {
                reason,
                offset,
                position,
            } => invalid_target(reason, offset, position),
            Self::UnmatchedTarget => UNMATCHED_TARGET
                .of_value("this selects nothing in the spec")
                .help("the spec has changed: correct the target, or remove the action"),
            Self::PrimitiveTarget {
                pointer,
                holder,
                is_removed,
            } => PRIMITIVE_TARGET
                .of_value(format!(
                    "this selects `{pointer}`, which is neither an object nor a list, as Overlay 1.0 requires"
                ))
                .help(instead_of_primitive(&pointer, &holder, is_removed)),
            Self::MixedTargets => MIXED_TARGETS
                .of_value(
                    "this selects values of different kinds: an update of Overlay 1.1 takes only objects, only lists or only single values",
                )
                .help("write an action for each kind"),
            Self::IncompatibleUpdate {
                expected,
                found,
                pointer,
            } => INCOMPATIBLE_UPDATE
                .of_value(format!("{found} cannot be merged into {expected}: `{pointer}`"))
                .help(
                    "first remove the existing value with an action of its own, then add this with an update of its parent",
                ),
            Self::RemovedRoot => REMOVED_ROOT.of_value("this would remove the whole spec"),
            Self::EmptyAction => EMPTY_ACTION
                .of_value("the action neither updates nor removes anything")
                .help("add `update` or `remove: true`"),
            Self::IgnoredUpdate => IGNORED_UPDATE
                .of_value("the update has no effect together with `remove: true`")
                .help("split it into two actions: first remove, then update"),
            Self::SuperfluousUpdate => SUPERFLUOUS_UPDATE
                .of_value("the update changes nothing")
                .help("remove the action: the spec is the same without it"),
            Self::Limit { what } => LIMIT.of_value(what),
        }
    }
}

/// Describes how far an expression could be parsed, unless the parser gives a reason.
fn invalid_target(
    reason: Option<String>,
    offset: usize,
    position: Option<Position>,
) -> Description {
    let says = |what: &str| {
        let message = format!("this is not a JSONPath expression: {what}");
        INVALID_TARGET.at(position, message)
    };
    if let Some(reason) = reason {
        return says(&reason);
    }
    let said = match (offset, position) {
        (0, _) => says("it does not begin with `$`"),
        (_, Some(_)) => says("it is valid up to here"),
        (offset, None) => says(&format!("its first {offset} bytes are valid")),
    };
    said.help("write names that are not identifiers in brackets: `$.paths['/v1/Sims'].get`")
}

/// Suggests an alternative for a single value, which no action of Overlay 1.0 can select.
fn instead_of_primitive(
    pointer: &Pointer,
    (holder, is_list): &(String, bool),
    is_removed: bool,
) -> String {
    let key = pointer.tokens().last().unwrap_or_default();
    let newer = "write `overlay: 1.1.0`, which allows single values";
    let anew = |how: &str| {
        format!(
            "{newer}; or split it into two actions: one that removes its parent `{holder}`, and one that adds that again {how}"
        )
    };
    match (is_removed, is_list) {
        // The document itself cannot be removed.
        (true, false) if holder == "$" => newer.to_owned(),
        (true, false) => anew(&format!("without `{key}`")),
        (true, true) => anew("without it"),
        (false, true) => anew("with the other value"),
        (false, false) => format!("target its parent `{holder}`: `update: {{{key}: …}}`"),
    }
}

explanations! {
    WITHOUT_SPEC = error("overlay-without-spec", "this generator",
        "An overlay belongs to the spec with its name: `twilio_supersim_v1.overlay.yaml` to \
        `twilio_supersim_v1.yaml`, `.yml` or `.json`. There is no such file, so the overlay would have no effect.");
    DUPLICATE = error("duplicate-overlay", "this generator",
        "A spec has one overlay, so that the order of its actions is clear. Here two files belong to one spec; they \
        differ only in the extension `.yaml`, `.yml` or `.json`.");
    INVALID_TARGET = error("invalid-target", "RFC 9535; Overlay 1.0.0, Action Object",
        "The target of an action is not a JSONPath expression. Names with characters other than letters, digits and \
        `_` go in brackets and quotes; a filter starts with `?` and compares values of `@`.")
        .example(
            "actions:\n- target: $.paths./v1/Demos\n  update: {summary: Demos}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {summary: Demos}\n",
        );
    UNMATCHED_TARGET = error("unmatched-target", "this generator; Overlay 1.0.0 lets it pass",
        "The target of an action selects nothing: it is misspelled, or a new version of the spec has renamed or \
        removed the value. The change would be silently lost.")
        .example(
            "actions:\n- target: $.paths['/v1/Demo']\n  update: {summary: Demos}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {summary: Demos}\n",
        );
    PRIMITIVE_TARGET = error("primitive-target", "Overlay 1.0.0, Action Object",
        "The target of an action selects a string, a number, a boolean or null. In Overlay 1.0, only objects and \
        lists can be targets: an update merges into an object or appends to a list. From Overlay 1.1 on, any value \
        can be a target.")
        .example(
            "actions:\n- target: $.info.title\n  update: Demonstration\n",
            "actions:\n- target: $.info\n  update: {title: Demonstration}\n",
        );
    MIXED_TARGETS = error("mixed-targets", "Overlay 1.1.0, Action Object",
        "The target of an update selects values of different kinds: objects, lists or single values. An update works \
        differently for each kind, so it can only be meant for one.")
        .example(
            "overlay: 1.1.0\nactions:\n- target: $.paths['/v1/Demos'].get['responses', 'operationId']\n  update: {x-a: b}\n",
            "overlay: 1.1.0\nactions:\n- target: $.paths['/v1/Demos'].get['responses']\n  update: {x-a: b}\n",
        );
    INCOMPATIBLE_UPDATE = error("incompatible-update", "Overlay 1.0.0, Action Object",
        "An update and the spec have different kinds of values at the same place: an object, a list, or a single \
        value. Objects are merged, lists are appended to, single values are replaced; to change the kind, remove the \
        value first.")
        .example(
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {get: removed}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {get: {summary: Lists demos.}}\n",
        );
    REMOVED_ROOT = error("removed-root", "Overlay 1.0.0, Action Object",
        "An action with `remove: true` selects the whole document. Removing means removing from a parent, and the \
        document has none.")
        .example(
            "actions:\n- target: $\n  remove: true\n",
            "actions:\n- target: $.servers[0]\n  update: {description: The only one.}\n",
        );
    EMPTY_ACTION = error("empty-action", "Overlay 1.0.0, Overlay",
        "An action has neither an `update` nor `remove: true`, so it does nothing.")
        .example(
            "actions:\n- target: $.info\n",
            "actions:\n- target: $.info\n  update: {description: A demonstration.}\n",
        );
    IGNORED_UPDATE = warning("ignored-update", "Overlay 1.0.0, Action Object, `update`",
        "An action has both `remove: true` and an `update`, which then has no effect.")
        .example(
            "actions:\n- target: $\n  update: {tags: [{name: Demo}]}\n- target: $.tags\n  remove: true\n  update: {name: Demos}\n",
            "actions:\n- target: $\n  update: {tags: [{name: Demo}]}\n- target: $.tags\n  update: {name: Demos}\n",
        );
    SUPERFLUOUS_UPDATE = warning("superfluous-update", "this generator",
        "An update changes nothing: the spec already has its values. The vendor has probably adopted the change, and \
        the action can be removed.")
        .example(
            "actions:\n- target: $.info\n  update: {title: Demo}\n",
            "actions:\n- target: $.info\n  update: {title: Demonstration}\n",
        );
    LIMIT = error("overlay-limit", "a limit of this generator",
        "An action exceeds a limit: its target is too long or would visit too many values, or its update makes the \
        document too large. No real overlay comes near the limits; they keep a file from exhausting time and memory.");
}

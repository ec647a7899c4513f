//! What can be wrong with an overlay, and with what it does to its spec.

use crate::pointer::Pointer;
use crate::report::{Description, Explanation, Fault, Position, error, explanations, warning};

/// What can be wrong with an overlay beyond its text and its fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OverlayFault {
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

impl Fault for OverlayFault {
    fn describe(self) -> Description {
        match self {
            Self::WithoutSpec { expected } => WITHOUT_SPEC
                .of_file("this is an overlay, but there is no spec of its name")
                .help(format!("call it after its spec, or add `{expected}`")),
            Self::Duplicate { first } => DUPLICATE
                .of_file(format!("the spec has an overlay already: `{first}`"))
                .help("move its actions there"),
            Self::InvalidTarget {
                reason,
                offset,
                position,
            } => invalid_target(reason, offset, position),
            Self::UnmatchedTarget => UNMATCHED_TARGET
                .of_value("this selects nothing in the spec")
                .help("the spec has moved on: correct the target, or remove the action"),
            Self::PrimitiveTarget {
                pointer,
                holder,
                is_removed,
            } => PRIMITIVE_TARGET
                .of_value(format!(
                    "this selects `{pointer}`, which is neither an object nor a list, as Overlay 1.0 wants it"
                ))
                .help(instead_of_primitive(&pointer, &holder, is_removed)),
            Self::MixedTargets => MIXED_TARGETS
                .of_value(
                    "this selects values of several sorts, and an update of Overlay 1.1 takes objects, lists or single values",
                )
                .help("make an action for each of them"),
            Self::IncompatibleUpdate {
                expected,
                found,
                pointer,
            } => INCOMPATIBLE_UPDATE
                .of_value(format!("{found} cannot be merged into {expected}: `{pointer}`"))
                .help(
                    "remove what is there by an action of its own first, and add this by an update of what holds it",
                ),
            Self::RemovedRoot => REMOVED_ROOT.of_value("this would remove the whole spec"),
            Self::EmptyAction => EMPTY_ACTION
                .of_value("the action neither updates nor removes anything")
                .help("add `update` or `remove: true`"),
            Self::IgnoredUpdate => IGNORED_UPDATE
                .of_value("the update has no effect beside `remove: true`")
                .help("make two actions of it: first remove, then update"),
            Self::SuperfluousUpdate => SUPERFLUOUS_UPDATE
                .of_value("the update changes nothing")
                .help("remove the action: the spec says the same without it"),
            Self::Limit { what } => LIMIT.of_value(what),
        }
    }
}

/// Says how far an expression can be read, unless the parser knows what is wrong with it.
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
        (_, Some(_)) => says("it can be read up to here"),
        (offset, None) => says(&format!("its first {offset} bytes can be read")),
    };
    said.help("write names that are no identifiers in brackets: `$.paths['/v1/Sims'].get`")
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

explanations! {
    WITHOUT_SPEC = error("overlay-without-spec", "this generator",
        "An overlay belongs to the spec whose name it has: `twilio_supersim_v1.overlay.yaml` to \
        `twilio_supersim_v1.yaml`, `.yml` or `.json`. There is no such file, so nothing would come of it.");
    DUPLICATE = error("duplicate-overlay", "this generator",
        "A spec has one overlay, so that the order of its actions stands in one place. Here two files belong \
        to one spec, which differ in `.yaml`, `.yml` and `.json` only.");
    INVALID_TARGET = error("invalid-target", "RFC 9535; Overlay 1.0.0, Action Object",
        "The target of an action is no JSONPath expression. Names with characters other than letters, digits \
        and `_` stand in brackets and quotes; a filter begins with `?` and compares what `@` holds.")
        .example(
            "actions:\n- target: $.paths./v1/Demos\n  update: {summary: Demos}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {summary: Demos}\n",
        );
    UNMATCHED_TARGET = error("unmatched-target", "this generator; Overlay 1.0.0 lets it pass",
        "The target of an action selects nothing: it is misspelled, or a new version of the spec has renamed \
        or removed what it was written for. What the action was to bring about would be missing without a \
        word.")
        .example(
            "actions:\n- target: $.paths['/v1/Demo']\n  update: {summary: Demos}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {summary: Demos}\n",
        );
    PRIMITIVE_TARGET = error("primitive-target", "Overlay 1.0.0, Action Object",
        "The target of an action selects a text, a number, a boolean or null. Only objects and lists can be \
        targets of Overlay 1.0: an update merges into an object or appends to a list. From Overlay 1.1 on, any value \
        can be a target.")
        .example(
            "actions:\n- target: $.info.title\n  update: Demonstration\n",
            "actions:\n- target: $.info\n  update: {title: Demonstration}\n",
        );
    MIXED_TARGETS = error("mixed-targets", "Overlay 1.1.0, Action Object",
        "The target of an update selects objects and lists, or one of them and single values. What an update does \
        differs between them, so that it can mean one sort only.")
        .example(
            "overlay: 1.1.0\nactions:\n- target: $.paths['/v1/Demos'].get['responses', 'operationId']\n  update: {x-a: b}\n",
            "overlay: 1.1.0\nactions:\n- target: $.paths['/v1/Demos'].get['responses']\n  update: {x-a: b}\n",
        );
    INCOMPATIBLE_UPDATE = error("incompatible-update", "Overlay 1.0.0, Action Object",
        "An update and the spec have different sorts of values in the same place: an object, a list, or a \
        single value. Objects merge, lists are added to, single values are replaced; to put another sort in \
        their place, remove them first.")
        .example(
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {get: removed}\n",
            "actions:\n- target: $.paths['/v1/Demos']\n  update: {get: {summary: Lists demos.}}\n",
        );
    REMOVED_ROOT = error("removed-root", "Overlay 1.0.0, Action Object",
        "An action with `remove: true` selects the whole document. It can only be removed from what holds \
        it, and nothing does.")
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
        "An action has `remove: true` and an `update`, which has no effect then.")
        .example(
            "actions:\n- target: $\n  update: {tags: [{name: Demo}]}\n- target: $.tags\n  remove: true\n  update: {name: Demos}\n",
            "actions:\n- target: $\n  update: {tags: [{name: Demo}]}\n- target: $.tags\n  update: {name: Demos}\n",
        );
    SUPERFLUOUS_UPDATE = warning("superfluous-update", "this generator",
        "An update changes nothing: the spec says the same already. The vendor has probably taken it up, and \
        the action can go.")
        .example(
            "actions:\n- target: $.info\n  update: {title: Demo}\n",
            "actions:\n- target: $.info\n  update: {title: Demonstration}\n",
        );
    LIMIT = error("overlay-limit", "a limit of this generator",
        "An action is out of proportion: its target is too long or would look at too many values, or its \
        update makes too much of the document. No real overlay comes near the limits; they keep a file from \
        exhausting time and memory.");
}

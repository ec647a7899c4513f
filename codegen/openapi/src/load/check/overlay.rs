//! Defines the rules of Overlay 1.0 and 1.1 for each object: its fields, their kinds, and which are required.
//!
//! A table of <https://spec.openapis.org/overlay/v1.0.0>, in its order, and of what
//! <https://spec.openapis.org/overlay/v1.1.0> adds ("Info Object" and "Action Object").

use serde_json::Value;

use super::fault::DocumentFault;
use super::rule::{Kind, ObjectRule, may, must, rule};
use super::{Checker, Members};
use crate::pointer::Trail;

pub(super) static OVERLAY: ObjectRule = ObjectRule {
    also: has_actions,
    ..rule(
        "an overlay",
        None,
        &[
            must("overlay", Kind::Text),
            must("info", Kind::Object(&INFO)),
            may("extends", Kind::Url),
            must("actions", Kind::List(&Kind::Object(&ACTION))),
        ],
    )
};

static INFO: ObjectRule = rule(
    "`info` of an overlay",
    None,
    &[must("title", Kind::Text), must("version", Kind::Text)],
);

static ACTION: ObjectRule = rule(
    "an action",
    None,
    &[
        must("target", Kind::Text),
        may("description", Kind::Text),
        may("update", Kind::Any),
        may("remove", Kind::Bool),
    ],
);

pub(super) static OVERLAY_1_1: ObjectRule = ObjectRule {
    also: has_actions,
    ..rule(
        "an overlay",
        None,
        &[
            must("overlay", Kind::Text),
            must("info", Kind::Object(&INFO_1_1)),
            may("extends", Kind::Url),
            must("actions", Kind::List(&Kind::Object(&ACTION_1_1))),
        ],
    )
};

static INFO_1_1: ObjectRule = rule(
    "`info` of an overlay",
    None,
    &[
        must("title", Kind::Text),
        must("version", Kind::Text),
        may("description", Kind::Text),
    ],
);

static ACTION_1_1: ObjectRule = ObjectRule {
    also: copies_nothing,
    ..rule(
        "an action",
        None,
        &[
            must("target", Kind::Text),
            may("description", Kind::Text),
            may("update", Kind::Any),
            may("copy", Kind::Text),
            may("remove", Kind::Bool),
        ],
    )
};

/// Refuses `copy`: its result has no place in the overlay at which a fault could be shown.
fn copies_nothing(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    if members.get("copy").is_some() {
        let what = "`copy`, of Overlay 1.1,".to_owned();
        checker.fault(DocumentFault::Unsupported { what }, &place.key("copy"));
    }
}

/// Checks that there is an action.
fn has_actions(checker: &mut Checker<'_>, members: &Members<'_>, place: &Trail<'_>) {
    let actions = members.get("actions").and_then(Value::as_array);
    if actions.is_some_and(Vec::is_empty) {
        checker.fault(
            DocumentFault::Empty { what: "`actions`" },
            &place.key("actions"),
        );
    }
}

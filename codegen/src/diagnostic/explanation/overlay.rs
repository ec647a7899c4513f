//! Problems of an overlay and of what it does to its spec.

use crate::report::{Explanation, error, explanations, warning};

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

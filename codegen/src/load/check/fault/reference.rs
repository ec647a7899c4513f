//! What can be wrong with what an object names.

use super::check_fault::CheckFault;
use super::document::UNSUPPORTED;
use crate::report::{Description, Explanation, Fault, error, explanations, warning};

/// What can be wrong with what an object names.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum ReferenceFault {
    /// A `$ref` names nothing.
    UnknownReference {
        /// The reference, as it is written.
        target: String,
        /// The reference that is probably meant.
        similar: Option<String>,
    },
    /// A `$ref` leaves the file.
    RemoteReference {
        /// The reference, as it is written.
        target: String,
    },
    /// A `$ref` leads to another kind of object than belongs in its place.
    WrongReference {
        /// What belongs here, with its article: `a schema`.
        expected: &'static str,
        /// The section of `components` that holds such objects.
        section: &'static str,
        /// The reference, as it is written.
        target: String,
    },
    /// `$ref`s lead back to where they began, without anything between them.
    CyclicReference {
        /// The references on the way, ending with the one that closes the circle.
        targets: Vec<String>,
    },
    /// A security requirement names a scheme that is not declared.
    UnknownSecurityScheme {
        /// The name.
        name: String,
    },
    /// A sound reference that the generator does not follow.
    Unsupported {
        /// The reference, as the subject of a sentence.
        what: String,
    },
}

impl Fault for ReferenceFault {
    fn describe(self) -> Description {
        match self {
            Self::UnknownReference { target, similar } => Description {
                help: similar.map(|it| format!("did you mean `{it}`?")),
                ..UNKNOWN_REFERENCE.of_value(format!("`{target}` does not exist"))
            },
            Self::RemoteReference { target } => REMOTE_REFERENCE
                .of_value(format!("`{target}` is not in this file"))
                .help("move what it names into this file, below `components`"),
            Self::WrongReference {
                expected,
                section,
                target,
            } => WRONG_REFERENCE.of_value(format!(
                "`{target}` is not {expected}: expected `#/components/{section}/…`"
            )),
            Self::CyclicReference { targets } => {
                let way = targets.join(" -> ");
                let message = format!("a reference that leads back to itself: {way}");
                CYCLIC_REFERENCE.of_value(message)
            }
            Self::UnknownSecurityScheme { name } => UNKNOWN_SECURITY_SCHEME
                .of_key(format!("`components.securitySchemes` has no `{name}`"))
                .help(format!("declare `{name}` there, or correct the name")),
            Self::Unsupported { what } => UNSUPPORTED.of_value(format!("{what} is not supported")),
        }
    }
}

impl CheckFault for ReferenceFault {
    fn is_readable(&self) -> bool {
        match self {
            Self::UnknownReference { .. }
            | Self::RemoteReference { .. }
            | Self::WrongReference { .. }
            | Self::UnknownSecurityScheme { .. } => true,
            Self::CyclicReference { .. } | Self::Unsupported { .. } => false,
        }
    }
}

explanations! {
    UNKNOWN_REFERENCE = error("unknown-reference", "OpenAPI 3.0.3, Reference Object; RFC 6901",
        "A `$ref` names something in this file that is not there. It is a JSON pointer: `/` in a name is \
        written `~1`, and `~` is written `~0`.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/fleets'}\n    sim: {type: object}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    REMOTE_REFERENCE = error("remote-reference", "OpenAPI 3.0.3, Reference Object; a limit of this generator",
        "A `$ref` leads out of the file. The generator reads one file at a time and never asks the network; \
        bundle the document first.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: 'common.yaml#/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    WRONG_REFERENCE = error("wrong-reference", "OpenAPI 3.0.3, Components Object",
        "A `$ref` leads to another kind of object than belongs in its place, such as a response where a \
        schema belongs.")
        .example(
            "components:\n  responses:\n    sim: {description: A SIM.}\n  schemas:\n    fleet: {$ref: '#/components/responses/sim'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    CYCLIC_REFERENCE = error("cyclic-reference", "OpenAPI 3.0.3, Reference Object",
        "`$ref`s lead back to where they began, without an object between them: what they name is nowhere \
        said. A schema may hold itself through a property or a list.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/group'}\n    group: {$ref: '#/components/schemas/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/group'}\n    group: {type: object}\n",
        );
    UNKNOWN_SECURITY_SCHEME = warning("unknown-security-scheme", "OpenAPI 3.0.3, Security Requirement Object",
        "`security` names a scheme that `components.securitySchemes` does not declare. It is taken for one whose credentials \
        are sent in `Authorization`.")
        .example(
            "security: [{basic: []}]\n",
            "security: [{basic: []}]\ncomponents:\n  securitySchemes:\n    basic: {type: http, scheme: basic}\n",
        );
}

//! Defines the faults of references and security requirements.

use super::check_fault::CheckFault;
use super::document::UNSUPPORTED;
use crate::report::{Description, Fault, error, explanations, warning};

/// A fault of a reference or a security requirement.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum ReferenceFault {
    /// A `$ref` names nothing.
    UnknownReference {
        /// The reference as written.
        target: String,
        /// The reference that is probably meant.
        similar: Option<String>,
    },
    /// A `$ref` is a URL.
    RemoteReference {
        /// The reference, as it is written.
        target: String,
    },
    /// A `$ref` leads to a file outside of the document's folder.
    OutsideReference {
        /// The reference, as it is written.
        target: String,
    },
    /// A `$ref` names a file that does not exist.
    UnknownFile {
        /// The path of the file relative to the document's folder.
        name: String,
    },
    /// A `$ref` names a file that cannot be read.
    UnreadableFile {
        /// The path of the file relative to the document's folder.
        name: String,
        /// Why it cannot be read.
        reason: String,
    },
    /// A `$ref` names another kind of object than its place needs.
    WrongReference {
        /// The expected kind, with its article: `a schema`.
        expected: &'static str,
        /// The section of `components` that holds such objects.
        section: &'static str,
        /// The reference, as it is written.
        target: String,
    },
    /// `$ref`s lead back to their start, with nothing between them.
    CyclicReference {
        /// The references on the way, ending with the one that closes the cycle.
        targets: Vec<String>,
    },
    /// A part that a schema is composed of leads back to the schema.
    CyclicPart {
        /// The references on the way, ending with the one that closes the cycle.
        targets: Vec<String>,
    },
    /// A security requirement names a scheme that is not declared.
    UnknownSecurityScheme {
        /// The name.
        name: String,
    },
    /// The mapping of a discriminator names a schema that does not exist.
    UnknownMapping {
        /// The reference as written.
        target: String,
    },
    /// A valid reference that the generator does not follow.
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
                .of_value(format!("`{target}` is on the network, which the generator never accesses"))
                .help(
                    "put the file into the document's folder and refer to it by its path, or bundle the document: \
                    `npx @redocly/cli bundle openapi.yaml -o bundled.yaml`",
                ),
            Self::OutsideReference { target } => {
                let message = format!("`{target}` leads to a file outside of the document's folder");
                OUTSIDE_REFERENCE
                    .of_value(message)
                    .help(match target.starts_with("/components/") {
                        true => format!("did you mean `#{target}`?"),
                        false => "put the file, or a link to it, into the document's folder".to_owned(),
                    })
            }
            Self::UnknownFile { name } => {
                UNKNOWN_FILE.of_value(format!("the document's folder has no file `{name}`"))
            }
            Self::UnreadableFile { name, reason } => {
                UNREADABLE_FILE.of_value(format!("`{name}` cannot be read: {reason}"))
            }
            Self::WrongReference {
                expected,
                section,
                target,
            } => WRONG_REFERENCE.of_value(format!(
                "`{target}` is not {expected}: expected `#/components/{section}/…`"
            )),
            Self::CyclicReference { targets } => {
                let way = targets.join(" -> ");
                let message = format!("this reference leads back to itself: {way}");
                CYCLIC_REFERENCE.of_value(message)
            }
            Self::CyclicPart { targets } => {
                let way = targets.join(" -> ");
                CYCLIC_PART.of_value(format!(
                    "this part of a schema leads back to it, and is read as an empty schema: {way}"
                ))
            }
            Self::UnknownSecurityScheme { name } => UNKNOWN_SECURITY_SCHEME
                .of_key(format!("`components.securitySchemes` has no `{name}`"))
                .help(format!("declare `{name}` there, or correct the name")),
            Self::UnknownMapping { target } => UNKNOWN_MAPPING
                .of_value(format!("`{target}` does not exist: this value is ignored")),
            Self::Unsupported { what } => UNSUPPORTED.of_value(format!("{what} is not supported")),
        }
    }
}

impl CheckFault for ReferenceFault {
    fn is_readable(&self) -> bool {
        match self {
            Self::UnknownReference { .. }
            | Self::RemoteReference { .. }
            | Self::OutsideReference { .. }
            | Self::UnknownFile { .. }
            | Self::UnreadableFile { .. }
            | Self::WrongReference { .. }
            | Self::CyclicPart { .. }
            | Self::UnknownSecurityScheme { .. }
            | Self::UnknownMapping { .. } => true,
            Self::CyclicReference { .. } | Self::Unsupported { .. } => false,
        }
    }
}

explanations! {
    UNKNOWN_REFERENCE = error("unknown-reference", "OpenAPI 3.0.3, Reference Object; RFC 6901",
        "A `$ref` names something that does not exist in its file. It is a JSON pointer: `/` in a name is written \
        `~1`, and `~` is written `~0`.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/fleets'}\n    sim: {type: object}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    REMOTE_REFERENCE = error("remote-reference", "OpenAPI 3.0.3, Reference Object; a limit of this generator",
        "A `$ref` is a URL. The generator only reads files in the document's folder and never accesses the network; \
        bundle the document first, or keep a copy of the target beside it.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: 'https://example.com/common.yaml#/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    OUTSIDE_REFERENCE = error("outside-reference", "OpenAPI 3.0.3, Reference Object; a limit of this generator",
        "A `$ref` names a file that is neither in the document's folder nor in a subfolder. A document must be \
        complete in its own folder.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: '../common.yaml#/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    UNKNOWN_FILE = error("unknown-file", "OpenAPI 3.0.3, Reference Object; RFC 3986, §5.2",
        "A `$ref` names a file that does not exist. Its path is relative to the file that contains the reference; a \
        space in it is written `%20`.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: 'common.yaml#/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    UNREADABLE_FILE = error("unreadable-file", "OpenAPI 3.0.3, Reference Object",
        "A `$ref` names a file that cannot be read: it is not text, neither YAML nor JSON, not a regular file, or too \
        large.");
    WRONG_REFERENCE = error("wrong-reference", "OpenAPI 3.0.3, Components Object",
        "A `$ref` names another kind of object than its place needs, such as a response instead of a schema.")
        .example(
            "components:\n  responses:\n    sim: {description: A SIM.}\n  schemas:\n    fleet: {$ref: '#/components/responses/sim'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/sim'}\n    sim: {type: object}\n",
        );
    CYCLIC_REFERENCE = error("cyclic-reference", "OpenAPI 3.0.3, Reference Object",
        "`$ref`s lead back to their start without an object between them, so they define nothing. A schema may \
        contain itself through a property or a list.")
        .example(
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/group'}\n    group: {$ref: '#/components/schemas/fleet'}\n",
            "components:\n  schemas:\n    fleet: {$ref: '#/components/schemas/group'}\n    group: {type: object}\n",
        );
    CYCLIC_PART = warning("cyclic-part", "OpenAPI 3.0.3, Schema Object",
        "A part of an `allOf`, `oneOf` or `anyOf` leads back to the schema it belongs to, so it says nothing about a \
        value. It is read as an empty schema. A parent may list schemas that extend it by `allOf`.")
        .example(
            "components:\n  schemas:\n    fleet: {allOf: [{$ref: '#/components/schemas/fleet'}, {type: object}]}\n",
            "components:\n  schemas:\n    fleet: {allOf: [{type: object}]}\n",
        );
    UNKNOWN_SECURITY_SCHEME = warning("unknown-security-scheme", "OpenAPI 3.0.3, Security Requirement Object",
        "`security` names a scheme that `components.securitySchemes` does not declare. Its credentials are assumed to \
        be sent in `Authorization`.")
        .example(
            "security: [{basic: []}]\n",
            "security: [{basic: []}]\ncomponents:\n  securitySchemes:\n    basic: {type: http, scheme: basic}\n",
        );
    UNKNOWN_MAPPING = warning("unknown-mapping", "OpenAPI 3.0.3, Discriminator Object",
        "The `mapping` of a discriminator names a schema that does not exist. Values with this tag are read by their \
        fields, like those with a tag that the document does not have.")
        .example(
            "components:\n  schemas:\n    sim: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {esim: '#/components/schemas/esim'}}}\n",
            "components:\n  schemas:\n    sim: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\n",
        );
}

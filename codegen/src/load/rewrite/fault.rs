//! What is lost of a document of OpenAPI 3.1.

use crate::load::check::UNSUPPORTED;
use crate::report::{Description, Explanation, Fault, explanations, note, warning};

/// What is lost of a document of OpenAPI 3.1, or has no words in 3.0.
pub(super) enum RewriteFault {
    /// A field that a client does not need.
    WithoutEffect {
        /// The field.
        field: &'static str,
    },
    /// A type has more values than the schema.
    Wider {
        /// The keyword that is not followed to the letter.
        field: &'static str,
        /// What the type has instead, as a sentence.
        what: &'static str,
    },
    /// A keyword of OpenAPI 3.1 in a document of 3.0.
    Newer {
        /// The keyword.
        keyword: &'static str,
    },
    /// Schemas follow another dialect than that of OpenAPI.
    OtherDialect {
        /// Its URL.
        dialect: String,
    },
    /// A service knows its clients by their certificates.
    ClientCertificate,
    /// A construct that the generator does not support.
    Unsupported {
        /// The construct, as the subject of a sentence.
        what: String,
    },
}

impl Fault for RewriteFault {
    fn describe(self) -> Description {
        match self {
            Self::WithoutEffect { field } => {
                WITHOUT_EFFECT.of_key(format!("`{field}` says nothing that the crate depends on"))
            }
            Self::Wider { field, what } => {
                WIDER_TYPE.of_key(format!("`{field}` is not followed to the letter: {what}"))
            }
            Self::Newer { keyword } => NEWER_KEYWORD.of_key(format!(
                "`{keyword}` is said as in OpenAPI 3.1, and means here what it does there"
            )),
            Self::OtherDialect { dialect } => OTHER_DIALECT.of_value(format!(
                "schemas of the dialect `{dialect}` are read as those of OpenAPI 3.1"
            )),
            Self::ClientCertificate => CLIENT_CERTIFICATE
                .of_value("clients sign in by a TLS certificate, which is no part of a request")
                .help("give the builder a `transport` that has the certificate"),
            Self::Unsupported { what } => UNSUPPORTED.of_value(format!("{what} is not supported")),
        }
    }
}

explanations! {
    WITHOUT_EFFECT = note("without-effect", "OpenAPI 3.1.1; JSON Schema 2020-12, Validation",
        "OpenAPI 3.1 has fields that say nothing of the types of a client: `webhooks`, which are requests of the \
        service, keywords that only limit values (`contains`, `dependentRequired`), and those that describe what a text \
        holds. A field is told once, at its first place.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    fleet: {type: array, items: {type: string}, contains: {const: a}}\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    fleet: {type: array, items: {type: string}}\n",
        );
    WIDER_TYPE = warning("wider-type", "JSON Schema 2020-12, Core, §10; a limit of this generator",
        "A keyword of OpenAPI 3.1 says something that no Rust type does: which type each item of a tuple has \
        (`prefixItems`), which keys a pattern names, or what holds under a condition (`if`, `dependentSchemas`). The type \
        has these values and others; values that are sent are not checked.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    span: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    span: {type: array, prefixItems: [{type: integer}, {type: integer}], items: false}\n",
        );
    NEWER_KEYWORD = warning("newer-keyword", "OpenAPI 3.1.1, Schema Object",
        "A document of OpenAPI 3.0 has a schema with a keyword of 3.1, such as `const`, or a list as its `type`. It means \
        what it does there; other tools may ignore it, or refuse the document. A keyword is told once, at its first place.")
        .example(
            "components:\n  schemas:\n    fleet: {type: string, const: a}\n",
            "components:\n  schemas:\n    fleet: {type: string, enum: [a]}\n",
        );
    OTHER_DIALECT = warning("other-dialect", "OpenAPI 3.1.1, OpenAPI Object, `jsonSchemaDialect`",
        "`jsonSchemaDialect` names another dialect of JSON Schema than that of OpenAPI 3.1, in which keywords may mean \
        other things. They are read as OpenAPI has them.")
        .example(
            "openapi: 3.1.0\njsonSchemaDialect: http://json-schema.org/draft-04/schema#\n",
            "openapi: 3.1.0\njsonSchemaDialect: https://json-schema.org/draft/2020-12/schema\n",
        );
    CLIENT_CERTIFICATE = warning("client-certificate", "OpenAPI 3.1.1, Security Scheme Object, `mutualTLS`",
        "The service knows its clients by the certificate that they show when they connect. No request has it: the \
        transport does, which the program gives to the builder. Calls that want nothing else are sent without credentials.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    own: {type: mutualTLS}\n",
            "openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    own: {type: http, scheme: basic}\n",
        );
}

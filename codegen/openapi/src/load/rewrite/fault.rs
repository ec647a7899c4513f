//! Defines what is lost when OpenAPI 3.1 is expressed in 3.0.

use crate::load::check::UNSUPPORTED;
use crate::report::{Description, Fault, explanations, note, warning};

/// Something of OpenAPI 3.1 that is lost or has no equivalent in 3.0.
pub(super) enum RewriteFault {
    /// A field that a client does not need.
    WithoutEffect {
        /// The field.
        field: &'static str,
    },
    /// A type allows more values than the schema.
    Wider {
        /// The keyword that is only partly supported.
        field: &'static str,
        /// What the type allows instead, as a sentence.
        what: &'static str,
    },
    /// A keyword of OpenAPI 3.1 in a document of 3.0.
    Newer {
        /// The keyword.
        keyword: &'static str,
    },
    /// Schemas follow another dialect than OpenAPI's.
    OtherDialect {
        /// Its URL.
        dialect: String,
    },
    /// A service identifies its clients by TLS certificates.
    ClientCertificate,
    /// An operation has a method that clients do not know.
    OtherMethod {
        /// The field of the path item.
        field: &'static str,
    },
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
                WITHOUT_EFFECT.of_key(format!("`{field}` has no effect on the crate"))
            }
            Self::Wider { field, what } => {
                WIDER_TYPE.of_key(format!("`{field}` is only partly supported: {what}"))
            }
            Self::Newer { keyword } => NEWER_KEYWORD.of_key(format!(
                "`{keyword}` is written as in OpenAPI 3.1, and is read that way"
            )),
            Self::OtherDialect { dialect } => OTHER_DIALECT.of_value(format!(
                "schemas of the dialect `{dialect}` are read as those of OpenAPI 3.1"
            )),
            Self::ClientCertificate => CLIENT_CERTIFICATE
                .of_value(
                    "clients authenticate with a TLS certificate, which is not part of a request",
                )
                .help("give the builder a `transport` that has the certificate"),
            Self::OtherMethod { field } => OTHER_METHOD.of_key(format!(
                "`{field}`, of OpenAPI 3.2, is not supported: it is left out of the crate"
            )),
            Self::Unsupported { what } => UNSUPPORTED.of_value(format!("{what} is not supported")),
        }
    }
}

explanations! {
    WITHOUT_EFFECT = note("without-effect", "OpenAPI 3.1.1; JSON Schema 2020-12, Validation",
        "OpenAPI 3.1 has fields that do not affect the types of a client: `webhooks`, which are requests by the \
        service, keywords that only limit values (`contains`, `dependentRequired`), and keywords that describe the \
        contents of a string. Each field is reported once, at its first occurrence.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    fleet: {type: array, items: {type: string}, contains: {const: a}}\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    fleet: {type: array, items: {type: string}}\n",
        );
    WIDER_TYPE = warning("wider-type", "JSON Schema 2020-12, Core, §10; a limit of this generator",
        "A keyword of OpenAPI 3.1 has no equivalent in Rust types: the type of each item of a tuple (`prefixItems`), \
        keys that match a pattern, or rules under a condition (`if`, `dependentSchemas`). The type allows these \
        values and others; values that are sent are not checked.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    span: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}\n",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    span: {type: array, prefixItems: [{type: integer}, {type: integer}], items: false}\n",
        );
    NEWER_KEYWORD = warning("newer-keyword", "OpenAPI 3.1.1, Schema Object",
        "A document of OpenAPI 3.0 has a schema with a keyword of 3.1, such as `const`, or a list as its `type`. It \
        is read as in 3.1; other tools may ignore it or refuse the document. Each keyword is reported once, at its \
        first occurrence.")
        .example(
            "components:\n  schemas:\n    fleet: {type: string, const: a}\n",
            "components:\n  schemas:\n    fleet: {type: string, enum: [a]}\n",
        );
    OTHER_DIALECT = warning("other-dialect", "OpenAPI 3.1.1, OpenAPI Object, `jsonSchemaDialect`",
        "`jsonSchemaDialect` names another dialect of JSON Schema than that of OpenAPI 3.1, in which keywords may \
        have other meanings. They are read as in OpenAPI.")
        .example(
            "openapi: 3.1.0\njsonSchemaDialect: http://json-schema.org/draft-04/schema#\n",
            "openapi: 3.1.0\njsonSchemaDialect: https://json-schema.org/draft/2020-12/schema\n",
        );
    OTHER_METHOD = warning("other-method", "OpenAPI 3.2.0, Path Item Object; a limit of this generator",
        "OpenAPI 3.2 has operations with the method `QUERY` and, below `additionalOperations`, with any other. The crate has \
        no methods for them; all other operations are generated.")
        .example(
            "openapi: 3.2.0\npaths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    query: {operationId: QuerySim, responses: {'204': {description: Done.}}}\n",
            "openapi: 3.2.0\npaths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    post: {operationId: QuerySim, responses: {'204': {description: Done.}}}\n",
        );
    CLIENT_CERTIFICATE = warning("client-certificate", "OpenAPI 3.1.1, Security Scheme Object, `mutualTLS`",
        "The service identifies its clients by the TLS certificate of their connection. It is not part of a request \
        but of the transport, which the program gives to the builder. Calls that need nothing else are sent without \
        credentials.")
        .example(
            "openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    own: {type: mutualTLS}\n",
            "openapi: 3.1.0\ncomponents:\n  securitySchemes:\n    own: {type: http, scheme: basic}\n",
        );
}

//! What can be wrong with a sound document: what it says without effect, and what there is no Rust for.

use crate::api::Method;
use crate::load::UNSUPPORTED;
use crate::report::{Description, Explanation, Fault, error, explanations, note, warning};

/// What can be wrong with what a document says of its API.
pub(super) enum LoweringFault {
    /// A `format` that says nothing to the generator.
    UnknownFormat {
        /// The format.
        format: String,
        /// What it is said of, with its article: `a string`.
        kind: &'static str,
    },
    /// References, lists and maps lead into each other more levels deep than the generator follows.
    TooManyLevels,
    /// A property is both read-only and write-only.
    ReadOnlyAndWriteOnly,
    /// An operation takes a part of a list, but its answer is not seen as a page.
    PartWithoutPage {
        /// The parameter that asks for the part.
        parameter: String,
        /// What the answer lacks, as a sentence about it.
        why: String,
    },
    /// A header parameter that OpenAPI tells tools to ignore.
    IgnoredHeader {
        /// Its name.
        name: String,
    },
    /// A body or an answer has several media types, of which the client uses one.
    UnusedMediaTypes {
        /// The one that is used.
        used: String,
        /// The others, with quotes between them.
        unused: String,
    },
    /// A document without operations.
    NothingToCall,
    /// An operation that declares no success.
    NoSuccess,
    /// A body of a method that carries none.
    BodyLeftOut {
        /// The method.
        method: Method,
    },
    /// A body of a method that has no meaning for one.
    UnusualBody {
        /// The method.
        method: Method,
    },
    /// OpenAPI does not define how a value is written in its style.
    UndefinedStyle {
        /// How it is written.
        style: &'static str,
    },
    /// An operation that the crate has not, as was asked for, because of an error.
    OperationLeftOut {
        /// The message of the error.
        why: String,
    },
    /// A keyword that says nothing of values of its type.
    IneffectiveKeyword {
        /// The keyword.
        keyword: &'static str,
        /// The type.
        typ: String,
    },
    /// An HTTP authentication scheme that the client has no method for.
    OtherHttpScheme {
        /// Its name.
        scheme: String,
    },
    /// A construct that no type describes.
    Untyped {
        /// The construct, as the subject of a sentence: `` `not` ``.
        what: String,
    },
    /// A construct that the generator does not support.
    Unsupported {
        /// The construct, as the subject of a sentence: `` `not` ``.
        what: String,
    },
}

impl LoweringFault {
    /// The construct at fault, if it is one of many that may be.
    pub(super) fn what(&self) -> &str {
        match self {
            Self::Untyped { what } | Self::Unsupported { what } => what,
            Self::UnknownFormat { .. } | Self::TooManyLevels | Self::ReadOnlyAndWriteOnly => "",
            Self::PartWithoutPage { .. } | Self::IgnoredHeader { .. } => "",
            Self::UnusedMediaTypes { .. } | Self::BodyLeftOut { .. } => "",
            Self::UnusualBody { .. } | Self::NoSuccess => "",
            Self::UndefinedStyle { .. } | Self::OperationLeftOut { .. } => "",
            Self::IneffectiveKeyword { keyword, .. } => keyword,
            Self::NothingToCall | Self::OtherHttpScheme { .. } => "",
        }
    }
}

impl Fault for LoweringFault {
    fn describe(self) -> Description {
        match self {
            Self::UnknownFormat { format, kind } => UNKNOWN_FORMAT.of_value(format!(
                "`{format}` is no known format of {kind}: the type alone counts"
            )),
            Self::TooManyLevels => TOO_MANY_LEVELS.of_value(
                "references, lists and maps lead into each other more than 32 levels deep",
            ),
            Self::ReadOnlyAndWriteOnly => READ_ONLY_AND_WRITE_ONLY
                .of_value("the property is marked as both `readOnly` and `writeOnly`")
                .help("remove one of the two"),
            Self::PartWithoutPage { parameter, why } => PART_WITHOUT_PAGE
                .of_value(format!(
                        "`{parameter}` asks for a part of a list, but the answer is not read as a page: {why}"
                    ))
                .help("an object with one list and `meta`, which has `next_page_url`, is a page"),
            Self::IgnoredHeader { name } => {
                let message = format!("the header parameter `{name}` is ignored");
                let said = IGNORED_HEADER.of_value(message);
                said.help(if name.eq_ignore_ascii_case("authorization") {
                    "remove it: `security` says it"
                } else {
                    "remove it: the media types of `content` say it"
                })
            }
            Self::UnusedMediaTypes { used, unused } => UNUSED_MEDIA_TYPES.of_value(format!(
                "of several media types the client uses `{used}`, and never `{unused}`"
            )),
            Self::NothingToCall => NOTHING_TO_CALL
                .of_key("`paths` has no operation: the crate has types, and nothing to call"),
            Self::NoSuccess => NO_SUCCESS.of_value(
                "no response is a success: a success is taken for one that brings nothing",
            ),
            Self::BodyLeftOut { method } => BODY_LEFT_OUT.of_value(format!(
                "a `{}` carries no body: this one is left out",
                method.as_str()
            )),
            Self::UnusualBody { method } => UNUSUAL_BODY.of_value(format!(
                "the body of a `{}` is sent, though HTTP gives it no meaning",
                method.as_str()
            )),
            Self::UndefinedStyle { style } => UNDEFINED_STYLE.of_value(format!(
                "OpenAPI does not define how this style writes lists and objects inside of others: they are sent {style}"
            )),
            Self::OperationLeftOut { why } => {
                OPERATION_LEFT_OUT.of_key(format!("the operation is left out: {why}"))
            }
            Self::IneffectiveKeyword { keyword, typ } => INEFFECTIVE_KEYWORD.of_value(format!(
                "`{keyword}` says nothing of values with `type: {typ}`"
            )),
            Self::OtherHttpScheme { scheme } => OTHER_HTTP_SCHEME
                .of_value(format!("the client knows nothing of the HTTP authentication scheme `{scheme}`"))
                .help("give the builder a `credential_source` that makes the `Authorization` header"),
            Self::Untyped { what } => UNTYPED
                .of_value(format!("{what} has no type of its own: its values are any JSON")),
            Self::Unsupported { what } => {
                UNSUPPORTED.of_value(format!("{what} is not supported"))
            }
        }
    }
}

explanations! {
    NOTHING_TO_CALL = warning("nothing-to-call", "OpenAPI 3.0.3, Paths Object: it may be empty",
        "The document describes no operation. Its crate has the types that `components.schemas` describes, to read and \
        to write, and a client that calls nothing.")
        .example(
            "paths: {}\ncomponents:\n  schemas:\n    fleet: {type: object}\n",
            "components:\n  schemas:\n    fleet: {type: object}\n",
        );
    UNKNOWN_FORMAT = note("unknown-format", "OpenAPI 3.0.3, Data Types",
        "`format` takes any name, and tools that do not know one go by the type alone. The value is sent and read as \
        its type says, and nothing is checked or converted. A format is told once, at its first place, and counts \
        where it stands beside a type that it does not belong to: `int64` on a string.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {span: {type: string, format: duration}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {span: {type: string}}}\n",
        );
    UNDEFINED_STYLE = note("undefined-style", "OpenAPI 3.0.3, Parameter Object, Style Values",
        "A style says how the items of a list and the members of an object are written, and not how those inside of \
        others are; `deepObject` says nothing of lists, either. They are sent as most services read them: with keys in \
        brackets, `items[0][id]=1` and `ids[]=1`, or, where all are one field, as JSON. Each of the two is told once, at \
        its first place.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Ids, in: query, style: deepObject, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Ids, in: query, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Done.}}\n",
        );
    OPERATION_LEFT_OUT = warning("operation-left-out", "a limit of this generator",
        "The generator cannot call an operation rightly, which is an error, and was told to go on without it: \
        `--skip-unsupported`, or `skip-unsupported = true` in `crate.toml`. The crate has everything else, and its docs \
        list what it has not.");
    INEFFECTIVE_KEYWORD = note("ineffective-keyword", "JSON Schema Validation (draft 5), section 5",
        "A keyword that limits values of one type says nothing of those of another: `minLength` is about text, and every \
        number keeps to it. The type counts. A keyword is told once for each type, at its first place.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {limit: {type: integer, minLength: 1}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {limit: {type: integer, minimum: 1}}}\n",
        );
    OTHER_HTTP_SCHEME = warning("other-http-scheme", "OpenAPI 3.0.3, Security Scheme Object, `scheme`",
        "The client makes the `Authorization` header of the schemes `basic` and `bearer` (RFC 7617, RFC 6750). For any \
        other, such as `digest`, the program makes it: its `CredentialSource` is asked before each attempt. One that \
        signs what the request says, or answers what the server asks, has to know that by itself.")
        .example(
            "components:\n  securitySchemes:\n    own: {type: http, scheme: digest}\n",
            "components:\n  securitySchemes:\n    own: {type: http, scheme: basic}\n",
        );
    UNTYPED = warning("untyped-schema", "a limit of this generator",
        "There are values that fit a schema, but no Rust type has them and no others: what must not fit another schema \
        (`not`), or an `allOf` of schemas with different types. Such a value is any JSON, in requests and in answers. \
        `diff` tells when the schema changes.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {owner: {not: {type: string}}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {owner: {type: integer}}}\n",
        );
    TOO_MANY_LEVELS = error("too-many-levels", "a limit of this generator",
        "A schema is a list or a map of a schema, which is a reference to another, and so on, further than the \
        generator follows. No real document comes near the limit; it keeps a file from exhausting the stack. \
        A component that is an object with properties has a type of its own, and levels begin anew inside of it.");
    READ_ONLY_AND_WRITE_ONLY = warning("read-only-and-write-only", "OpenAPI 3.0.3, Schema Object",
        "A property is marked `readOnly`, so that no request has it, and `writeOnly`, so that no answer has it. The \
        marks may stand in different schemas, one of which refers to the other. The property is taken for one that \
        travels both ways and that nobody has to give, even if it is listed in `required`.")
        .example(
            "components:\n  schemas:\n    sim:\n      type: object\n      properties:\n        \
            secret: {type: string, readOnly: true, writeOnly: true}\n",
            "components:\n  schemas:\n    sim:\n      type: object\n      properties:\n        \
            secret: {type: string, writeOnly: true}\n",
        );
    PART_WITHOUT_PAGE = warning("part-without-page", "Twilio's convention for lists",
        "A parameter `PageSize`, `Page` or `PageToken` asks for a part of a list, but the answer has not what leads \
        to the next part, so the request gives no stream of all items. A page is an object with one list that says, \
        itself or in its `meta`, where the next page is: `next_page_url`. References and `allOf` are looked through.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: PageSize, in: query, schema: {type: integer}}]\n      responses:\n        '200':\n          description: Some.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  sims: {type: array, items: {type: string}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: PageSize, in: query, schema: {type: integer}}]\n      responses:\n        '200':\n          description: Some.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  sims: {type: array, items: {type: string}}\n                  meta: {type: object, properties: {next_page_url: {type: string}}}\n",
        );
    IGNORED_HEADER = note("ignored-header", "OpenAPI 3.0.3, Parameter Object, `name`",
        "A header parameter is called `Accept`, `Content-Type` or `Authorization`. OpenAPI has tools ignore \
        it, for the operation says the same by `content` and `security`.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Accept, in: header, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSED_MEDIA_TYPES = note("unused-media-types", "OpenAPI 3.0.3, Request Body Object, Response Object",
        "`content` offers several media types, and the client uses one: JSON, else a form, else text, else bytes, and \
        of several of a kind the first. It asks for others of JSON with the same schema, too. What the note names is \
        neither sent nor asked for. The same choice is told once, at its first place.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {}, application/xml: {}}}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {}}}}\n",
        );
    NO_SUCCESS = warning("no-success", "OpenAPI 3.0.3, Responses Object",
        "`responses` should say what a success brings, and has neither a status of one nor `default`. The operation is \
        called all the same, and gives nothing when it succeeds; `send_raw` has the body, if one comes.")
        .example(
            "paths:\n  /v1/Sims:\n    delete: {operationId: DeleteSim, responses: {'404': {description: There is none.}}}\n",
            "paths:\n  /v1/Sims:\n    delete: {operationId: DeleteSim, responses: {'204': {description: Done.}, '404': {description: There is none.}}}\n",
        );
    BODY_LEFT_OUT = warning("body-left-out", "RFC 9110 §9.3.1",
        "The body of a `GET` or a `HEAD` has no meaning, and servers and proxies may refuse the request or drop the \
        body; a `TRACE` must not have any (§9.3.8). The request is sent without it. If the service reads it even so, it has to say the same by parameters.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      requestBody: {content: {application/json: {}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSUAL_BODY = note("unusual-body", "RFC 9110 §9.3.5",
        "HTTP gives the body of a `DELETE` no meaning, but services read it, and the document says that this one does. \
        It is sent; something on the way may drop it.")
        .example(
            "paths:\n  /v1/Sims:\n    delete:\n      operationId: DeleteSim\n      requestBody: {content: {application/json: {}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    delete:\n      operationId: DeleteSim\n      responses: {'204': {description: Done.}}\n",
        );
}

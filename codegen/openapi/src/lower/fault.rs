//! Defines the faults of a valid document: parts without effect, and constructs without a Rust equivalent.

use crate::api::Method;
use crate::load::UNSUPPORTED;
use crate::report::{Description, Fault, error, explanations, note, warning};

/// A fault of the API that a document describes.
pub(super) enum LoweringFault {
    /// A `format` that the generator does not know.
    UnknownFormat {
        /// The format.
        format: String,
        /// The kind of value, with its article: `a string`.
        kind: &'static str,
        /// A similar format.
        meant: Option<&'static str>,
    },
    /// References, lists and maps are nested deeper than the generator supports.
    TooManyLevels,
    /// A property is both read-only and write-only.
    ReadOnlyAndWriteOnly,
    /// An operation has paging parameters, but its response is not recognized as a page.
    PartWithoutPage {
        /// The paging parameter.
        parameter: String,
        /// What the response lacks, as a sentence about it.
        why: String,
    },
    /// A header parameter that OpenAPI tells tools to ignore, or that only the client may set.
    IgnoredHeader {
        /// Its name.
        name: String,
    },
    /// An optional header parameter whose name no header can have.
    InvalidHeader {
        /// Its name.
        name: String,
    },
    /// A parameter that is an API key of every call.
    KeyAsParameter {
        /// Its name.
        name: String,
    },
    /// A body has several media types, of which the client uses one.
    UnusedMediaTypes {
        /// The one that is used.
        used: String,
        /// The others, with quotes between them.
        unused: String,
    },
    /// A field of a response has no value when it is absent, although it has a default.
    UnusedDefault {
        /// The reason, as a sentence about the default.
        why: &'static str,
    },
    /// A document without operations.
    NothingToCall,
    /// Requests do not go to a server although it is listed first.
    ServerPassedOver {
        /// Its URL.
        url: String,
        /// Why, as the end of a sentence about it.
        reason: &'static str,
        /// The URL that requests go to.
        chosen: String,
    },
    /// An operation that declares no success.
    NoSuccess,
    /// A `GET` whose success has no contents.
    UndescribedBody,
    /// A body on a method that carries none.
    BodyLeftOut {
        /// The method.
        method: Method,
    },
    /// A body on a method that gives it no meaning.
    UnusualBody {
        /// The method.
        method: Method,
    },
    /// OpenAPI does not define how a value is written in its style.
    UndefinedStyle {
        /// How it is written.
        style: &'static str,
    },
    /// An operation with an error that was left out on request.
    OperationLeftOut {
        /// The message of the error.
        why: String,
    },
    /// A keyword that does not apply to its type.
    IneffectiveKeyword {
        /// The keyword.
        keyword: &'static str,
        /// The type.
        typ: String,
    },
    /// An HTTP authentication scheme that the client does not implement.
    OtherHttpScheme {
        /// Its name.
        scheme: String,
    },
    /// A token URL to which no request can be sent.
    UnknownTokenUrl {
        /// The text in its place.
        url: String,
    },
    /// A base schema has more subclasses than a union may have.
    TooManySubclasses {
        /// Their number.
        count: usize,
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
    /// The construct at fault, if the fault names one.
    pub(super) fn what(&self) -> &str {
        match self {
            Self::Untyped { what } | Self::Unsupported { what } => what,
            Self::UnknownFormat { .. } | Self::TooManyLevels | Self::ReadOnlyAndWriteOnly => "",
            Self::PartWithoutPage { .. } | Self::IgnoredHeader { .. } => "",
            Self::InvalidHeader { .. } | Self::KeyAsParameter { .. } => "",
            Self::UnusedMediaTypes { .. } | Self::BodyLeftOut { .. } => "",
            Self::UnusualBody { .. } | Self::NoSuccess | Self::UndescribedBody => "",
            Self::UndefinedStyle { .. } | Self::OperationLeftOut { .. } => "",
            Self::IneffectiveKeyword { keyword, .. } => keyword,
            Self::NothingToCall | Self::OtherHttpScheme { .. } => "",
            Self::ServerPassedOver { .. } => "",
            Self::UnusedDefault { .. } | Self::UnknownTokenUrl { .. } => "",
            Self::TooManySubclasses { .. } => "",
        }
    }
}

impl Fault for LoweringFault {
    fn describe(self) -> Description {
        match self {
            Self::UnknownFormat { format, kind, meant } => unknown_format(&format, kind, meant),
            Self::TooManyLevels => TOO_MANY_LEVELS.of_value(
                "references, lists and maps lead into each other more than 32 levels deep",
            ),
            Self::ReadOnlyAndWriteOnly => READ_ONLY_AND_WRITE_ONLY
                .of_value("the property is marked as both `readOnly` and `writeOnly`")
                .help("remove one of the two"),
            Self::PartWithoutPage { parameter, why } => part_without_page(&parameter, why),
            Self::IgnoredHeader { name } => ignored_header(&name),
            Self::InvalidHeader { name } => invalid_header(&name),
            Self::KeyAsParameter { name } => key_as_parameter(&name),
            Self::UnusedMediaTypes { used, unused } => UNUSED_MEDIA_TYPES.of_value(format!(
                "of these media types, the client uses `{used}` and never `{unused}`"
            )),
            Self::UnusedDefault { why } => UNUSED_DEFAULT
                .of_value(format!("an absent field has no value instead of this default: {why}")),
            Self::NothingToCall => NOTHING_TO_CALL
                .of_key("`paths` has no operation: the crate has types, and nothing to call"),
            Self::ServerPassedOver { url, reason, chosen } => SERVER_PASSED_OVER
                .of_value(format!("`{url}` {reason}: requests go to `{chosen}`")),
            Self::NoSuccess => NO_SUCCESS.of_value(
                "no response is a success: an empty success is assumed",
            ),
            Self::UndescribedBody => UNDESCRIBED_BODY
                .of_value("no success has `content`: the call returns the body as bytes")
                .help("describe the body as `content`, or use the status `204` if there is none"),
            Self::BodyLeftOut { method } => BODY_LEFT_OUT.of_value(format!(
                "a `{}` carries no body: this one is left out",
                method.as_str()
            )),
            Self::UnusualBody { method } => UNUSUAL_BODY.of_value(format!(
                "the body of a `{}` is sent, though HTTP gives it no meaning",
                method.as_str()
            )),
            Self::UndefinedStyle { style } => UNDEFINED_STYLE.of_value(format!(
                "OpenAPI does not define how this style writes nested lists and objects: they are sent {style}"
            )),
            Self::OperationLeftOut { why } => {
                OPERATION_LEFT_OUT.of_key(format!("the operation is left out: {why}"))
            }
            Self::IneffectiveKeyword { keyword, typ } => INEFFECTIVE_KEYWORD.of_value(format!(
                "`{keyword}` has no effect on values with `type: {typ}`"
            )),
            Self::OtherHttpScheme { scheme } => other_http_scheme(&scheme),
            Self::UnknownTokenUrl { url } => UNKNOWN_TOKEN_URL
                .of_value(format!("the client does not know where to get tokens: `{url}` is not a URL"))
                .help("give the builder's `client_credentials` the token URL, or correct it here"),
            Self::TooManySubclasses { count } => TOO_MANY_SUBCLASSES.of_value(format!(
                "{count} schemas extend this one, too many for one type: only its own fields are decoded"
            )),
            Self::Untyped { what } => UNTYPED
                .of_value(format!("{what} has no type of its own: its values are any JSON")),
            Self::Unsupported { what } => {
                UNSUPPORTED.of_value(format!("{what} is not supported"))
            }
        }
    }
}

fn unknown_format(format: &str, kind: &str, meant: Option<&str>) -> Description {
    let message = format!("`{format}` is not a known format of {kind}: only the type is used");
    let description = UNKNOWN_FORMAT.of_value(message);
    match meant {
        Some(meant) => description.help(format!("did you mean `{meant}`?")),
        None => description,
    }
}

fn part_without_page(parameter: &str, why: impl std::fmt::Display) -> Description {
    let message = format!(
        "`{parameter}` asks for part of a list, but the response is not read as a page: {why}"
    );
    PART_WITHOUT_PAGE
        .of_value(message)
        .help("an object with one list and `meta`, which has `next_page_url`, is a page")
}

fn ignored_header(name: &str) -> Description {
    let message = format!("the header parameter `{name}` is ignored");
    let ignored = IGNORED_HEADER.of_value(message);
    ignored.help(match name.to_ascii_lowercase().as_str() {
        "authorization" => "remove it: use `security` instead",
        "accept" | "content-type" => "remove it: use the media types of `content` instead",
        _ => "remove it: the client sets it itself",
    })
}

fn invalid_header(name: &str) -> Description {
    INVALID_HEADER
        .of_value(format!(
            "no header can have the name `{name}`: the parameter is left out"
        ))
        .help("correct the name, or remove the parameter")
}

fn key_as_parameter(name: &str) -> Description {
    KEY_AS_PARAMETER
        .of_value(format!(
            "the parameter `{name}` is left out: `security` says that each call has this API key"
        ))
        .help("remove it: callers give the key to the client's builder")
}

fn other_http_scheme(scheme: &str) -> Description {
    OTHER_HTTP_SCHEME
        .of_value(format!(
            "the client does not know the HTTP authentication scheme `{scheme}`"
        ))
        .help("give the builder a `credential_source` that creates the `Authorization` header")
}

explanations! {
    NOTHING_TO_CALL = warning("nothing-to-call", "OpenAPI 3.0.3, Paths Object: it may be empty",
        "The document describes no operations. Its crate has the types of `components.schemas` and a client without \
        any calls.")
        .example(
            "paths: {}\ncomponents:\n  schemas:\n    fleet: {type: object}\n",
            "components:\n  schemas:\n    fleet: {type: object}\n",
        );
    SERVER_PASSED_OVER = note("server-passed-over", "OpenAPI 3.0.3, Server Object",
        "Requests go to the first of the listed servers, with two exceptions: a server with HTTPS has the same URL, or \
        the first is a mock, which SwaggerHub, Postman and Apiary add to documents, and another server is not. Callers \
        can choose any server with `base_url` on the client's builder.")
        .example(
            "servers: [{url: 'http://demo.example.com'}, {url: 'https://demo.example.com'}]\n",
            "servers: [{url: 'https://demo.example.com'}, {url: 'http://demo.example.com'}]\n",
        );
    UNUSED_DEFAULT = warning("unused-default", "OpenAPI 3.0.3, Schema Object, `default`",
        "A field of a response has its default when it is absent. That is impossible if the default is not a value of \
        the field's type, or if it contains an object that has the same default again, without end. Such a field is \
        `None` when it is absent.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {schema: {type: object, properties: {ready: {type: boolean, default: 'no'}}}}}}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {schema: {type: object, properties: {ready: {type: boolean, default: false}}}}}}}\n",
        );
    UNKNOWN_FORMAT = note("unknown-format", "OpenAPI 3.0.3, Data Types",
        "`format` may have any value, and tools ignore those they do not know. The value is sent and read according \
        to its type, without checks or conversions. Each format is reported once, at its first occurrence, and also \
        where its type does not match: `int64` on a string.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {span: {type: string, format: interval}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {span: {type: string}}}\n",
        );
    UNDEFINED_STYLE = note("undefined-style", "OpenAPI 3.0.3, Parameter Object, Style Values",
        "A style defines how list items and object members are written, but not how nested ones are; `deepObject` \
        does not define lists either. They are sent as most services read them: with keys in brackets, \
        `items[0][id]=1` and `ids[]=1`, or, where all are one field, as JSON. Each of the two is reported once, at \
        its first occurrence.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Ids, in: query, style: deepObject, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Ids, in: query, schema: {type: array, items: {type: string}}}]\n      responses: {'204': {description: Done.}}\n",
        );
    OPERATION_LEFT_OUT = warning("operation-left-out", "a limit of this generator",
        "The generator cannot call an operation correctly, which is an error, but `--skip-unsupported`, or \
        `skip-unsupported = true` in `crate.toml`, tells it to continue without the operation. The crate has \
        everything else, and its docs list what is missing.");
    INEFFECTIVE_KEYWORD = note("ineffective-keyword", "JSON Schema Validation (draft 5), section 5",
        "A keyword that limits values of one type does not apply to those of another: `minLength` is about strings, \
        and every number satisfies it. Each keyword is reported once for each type, at its first occurrence.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {limit: {type: integer, minLength: 1}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {limit: {type: integer, minimum: 1}}}\n",
        );
    OTHER_HTTP_SCHEME = warning("other-http-scheme", "OpenAPI 3.0.3, Security Scheme Object, `scheme`",
        "The client creates the `Authorization` header for the schemes `basic` and `bearer` (RFC 7617, RFC 6750). For \
        any other scheme, such as `digest`, the program must create it: its `CredentialSource` is asked before each \
        attempt. A scheme that signs the request, or responds to a challenge, has to get that information itself.")
        .example(
            "components:\n  securitySchemes:\n    own: {type: http, scheme: digest}\n",
            "components:\n  securitySchemes:\n    own: {type: http, scheme: basic}\n",
        );
    UNKNOWN_TOKEN_URL = note("unknown-token-url", "OpenAPI 3.0.3, OAuth Flow Object, `tokenUrl`",
        "The client gets tokens for an id and a secret at the token URL of the flow `clientCredentials`, which is an \
        `http` or `https` URL, absolute or relative to the server. If it is anything else, such as a URL with a \
        placeholder, the program gives the URL itself: `Client::builder().client_credentials(url, id, secret)`.")
        .example(
            "components:\n  securitySchemes:\n    own:\n      type: oauth2\n      flows:\n        clientCredentials: \
            {tokenUrl: '{host}/token', scopes: {}}\n",
            "components:\n  securitySchemes:\n    own:\n      type: oauth2\n      flows:\n        clientCredentials: \
            {tokenUrl: 'https://example.com/token', scopes: {}}\n",
        );
    UNTYPED = warning("untyped-schema", "a limit of this generator",
        "No Rust type has exactly the values of a schema: `not`, or an `allOf` of schemas with different types. Such \
        a value is arbitrary JSON, in requests and in responses. `diff` reports when the schema changes.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, properties: {owner: {not: {type: string}}}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {owner: {type: integer}}}\n",
        );
    TOO_MANY_SUBCLASSES = warning("too-many-subclasses", "a limit of this generator",
        "A schema with a `discriminator` and without alternatives is the base of those that include it by `allOf`. Its \
        values are a union of them, unless there are more than 100, whose type would contain most of the service. \
        `send_raw` returns the whole response. To decode some of them, list them as the `oneOf` of another schema, in an \
        overlay.");
    TOO_MANY_LEVELS = error("too-many-levels", "a limit of this generator",
        "A schema is a list or a map of a schema, which is a reference to another, and so on, deeper than the \
        generator supports. No real document comes near the limit; it keeps a file from exhausting the stack. A \
        component that is an object with properties has its own type, and counting starts again inside of it.");
    READ_ONLY_AND_WRITE_ONLY = warning("read-only-and-write-only", "OpenAPI 3.0.3, Schema Object",
        "A property is marked both `readOnly`, so that no request has it, and `writeOnly`, so that no response has \
        it. The marks may be in different schemas, one of which refers to the other. The property is treated as one \
        of both directions and as optional, even if it is listed in `required`.")
        .example(
            "components:\n  schemas:\n    sim:\n      type: object\n      properties:\n        \
            secret: {type: string, readOnly: true, writeOnly: true}\n",
            "components:\n  schemas:\n    sim:\n      type: object\n      properties:\n        \
            secret: {type: string, writeOnly: true}\n",
        );
    PART_WITHOUT_PAGE = warning("part-without-page", "Twilio's convention for lists",
        "A parameter `PageSize`, `Page` or `PageToken` asks for part of a list, but the response has no link to the \
        next part, so the request offers no stream of all items. A page is an object with one list and, in itself or \
        in its `meta`, the URL of the next page: `next_page_url`. References and `allOf` are followed.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: PageSize, in: query, schema: {type: integer}}]\n      responses:\n        '200':\n          description: Some.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  sims: {type: array, items: {type: string}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: PageSize, in: query, schema: {type: integer}}]\n      responses:\n        '200':\n          description: Some.\n          content:\n            application/json:\n              schema:\n                type: object\n                properties:\n                  sims: {type: array, items: {type: string}}\n                  meta: {type: object, properties: {next_page_url: {type: string}}}\n",
        );
    IGNORED_HEADER = note("ignored-header", "OpenAPI 3.0.3, Parameter Object, `name`",
        "A header parameter is named `Accept`, `Content-Type` or `Authorization`. OpenAPI requires tools to ignore \
        it, because `content` and `security` describe these headers. Or it is named `Connection`, `Content-Length`, \
        `Host`, `Transfer-Encoding` or `Upgrade`: these say how a message travels, so that HTTP clients set them \
        themselves.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Accept, in: header, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'204': {description: Done.}}\n",
        );
    INVALID_HEADER = warning("invalid-header", "RFC 9110 §5.1 and §5.6.2",
        "The name of a header consists of letters, digits and some signs, and has at least one character. A parameter \
        with another name cannot be sent. It is left out if it is optional; an operation that requires it is refused.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: 'X Mode', in: header, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: X-Mode, in: header, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    KEY_AS_PARAMETER = note("key-as-parameter", "OpenAPI 3.0.3, Security Requirement Object",
        "A parameter is the API key that every alternative of the operation's `security` requires. Callers give the key \
        to the client, which sends it with each call, so the operation has no argument for it.")
        .example(
            "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}\npaths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: X-Key, in: header, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "security: [{key: []}]\ncomponents:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}\npaths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSED_MEDIA_TYPES = note("unused-media-types", "OpenAPI 3.0.3, Request Body Object, Response Object",
        "`content` offers several media types, and the client uses one: JSON, else a form, else text, else bytes, and \
        the first of several of a kind. It also asks for other JSON types with the same schema. Methods send and ask \
        for the others, except for those in the note: a range that includes JSON, plain text of an object, a form \
        with XML in a field, or a type that only some successes have. Each choice is reported once, at its first \
        occurrence.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {}, '*/*': {}}}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {application/json: {}}}}\n",
        );
    NO_SUCCESS = warning("no-success", "OpenAPI 3.0.3, Responses Object",
        "`responses` should describe a success, but has neither a success status nor `default`. The operation can \
        still be called and returns nothing on success; `send_raw` returns the body, if there is one.")
        .example(
            "paths:\n  /v1/Sims:\n    delete: {operationId: DeleteSim, responses: {'404': {description: There is none.}}}\n",
            "paths:\n  /v1/Sims:\n    delete: {operationId: DeleteSim, responses: {'204': {description: Done.}, '404': {description: There is none.}}}\n",
        );
    UNDESCRIBED_BODY = note("undescribed-body", "RFC 9110 §9.3.1",
        "A `GET` asks for a representation of its resource, but the document does not say what it is: its success with \
        the status 200, 203 or 206 has no `content`. Its media type is unknown, too. The call returns the body as \
        bytes, which are empty if there is none.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'200': {description: All., content: {text/csv: {}}}}\n",
        );
    BODY_LEFT_OUT = warning("body-left-out", "RFC 9110 §9.3.1",
        "The body of a `GET` or a `HEAD` has no meaning, and servers and proxies may refuse the request or drop the \
        body; a `TRACE` must not have one (§9.3.8). The request is sent without it. If the service reads it anyway, \
        describe its contents as parameters.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      requestBody: {content: {application/json: {}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSUAL_BODY = note("unusual-body", "RFC 9110 §9.3.5",
        "HTTP gives the body of a `DELETE` no meaning, but services read it, and the document declares it. It is \
        sent; an intermediary may drop it.")
        .example(
            "paths:\n  /v1/Sims:\n    delete:\n      operationId: DeleteSim\n      requestBody: {content: {application/json: {}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    delete:\n      operationId: DeleteSim\n      responses: {'204': {description: Done.}}\n",
        );
}

//! Defines the faults of a path, its operations and their parameters.

use super::check_fault::CheckFault;
use crate::report::{Description, Fault, error, explanations, warning};

/// A fault of a path, its operations or their parameters.
#[derive(Debug, PartialEq)]
pub(in crate::load::check) enum PathFault {
    /// A path does not start with a slash.
    InvalidPath {
        /// The path.
        path: String,
    },
    /// A path template has unbalanced or empty braces.
    InvalidTemplate {
        /// The path.
        path: String,
    },
    /// A path template has the same name twice.
    RepeatedPathParameter {
        /// The name.
        name: String,
    },
    /// A path has a segment that URL parsers resolve as a step.
    DotSegment {
        /// The segment as written.
        segment: String,
    },
    /// A path parameter is in the query or the fragment of the path.
    ParameterOutsidePath {
        /// Its name in the template.
        name: String,
    },
    /// A path has a fragment, which is never sent.
    IgnoredFragment {
        /// What follows the `#`.
        fragment: String,
    },
    /// Two paths differ only in the names of their parameters.
    DuplicatePath {
        /// The earlier path.
        first: String,
    },
    /// A path template names a parameter that is not declared.
    UndeclaredPathParameter {
        /// The name in the template.
        name: String,
        /// A declared path parameter that the template lacks, and which is probably meant.
        declared: Option<String>,
    },
    /// A path parameter is not part of the path template.
    UnusedPathParameter {
        /// The name of the parameter.
        name: String,
        /// The path.
        path: String,
    },
    /// A path parameter is not marked as required.
    OptionalPathParameter {
        /// The name of the parameter.
        name: String,
    },
    /// An `operationId` is used twice.
    DuplicateOperationId {
        /// The id.
        id: String,
    },
    /// A list of parameters has two with the same name and location.
    DuplicateParameter {
        /// The name of the parameter.
        name: String,
        /// Its `in`.
        location: String,
    },
    /// A media type cannot be sent in a header.
    InvalidMediaType {
        /// The key as written.
        name: String,
    },
}

impl Fault for PathFault {
    fn describe(self) -> Description {
        match self {
            Self::InvalidPath { path } => {
                INVALID_PATH.of_key(format!("the path `{path}` must begin with `/`"))
                    .help("put the URL of the server into `servers`, and write the path without it")
            }
            Self::InvalidTemplate { path } => INVALID_TEMPLATE
                .of_key(format!("the path `{path}` is malformed"))
                .help("write each parameter as a name in braces: `/v1/Sims/{Sid}`"),
            Self::RepeatedPathParameter { name } => REPEATED_PATH_PARAMETER
                .of_key(format!("the path has `{{{name}}}` more than once: each is an argument"))
                .help("give each parameter a name of its own"),
            Self::DotSegment { segment } => DOT_SEGMENT
                .of_key(format!(
                    "a path cannot have the segment `{segment}`: URL parsers resolve it"
                ))
                .help("write the resolved path"),
            Self::ParameterOutsidePath { name } => PARAMETER_OUTSIDE_PATH
                .of_key(format!(
                    "the path parameter `{name}` is in the query or the fragment of the path"
                ))
                .help(format!(
                    "declare `{name}` with `in: query`, and take it out of the path"
                )),
            Self::IgnoredFragment { fragment } => IGNORED_FRAGMENT
                .of_key(format!("the fragment `#{fragment}` of the path is never sent"))
                .help("remove it, unless it distinguishes this path from another"),
            Self::DuplicatePath { first } => DUPLICATE_PATH.of_key(format!(
                "this is the same path as `{first}`: only parameter names differ"
            )),
            Self::UndeclaredPathParameter { name, declared } => UNDECLARED_PATH_PARAMETER
                .of_key(format!(
                    "the path has `{{{name}}}`, but no parameter with `in: path` has this name"
                ))
                .help(match declared {
                    Some(declared) => format!("did you mean `{declared}`?"),
                    None => format!(
                        "add `{{name: {name}, in: path, required: true, schema: …}}` to `parameters`"
                    ),
                }),
            Self::UnusedPathParameter { name, path } => UNUSED_PATH_PARAMETER.of_value(format!(
                "the path parameter `{name}` does not occur in `{path}`"
            )),
            Self::OptionalPathParameter { name } => OPTIONAL_PATH_PARAMETER
                .of_value(format!("the path parameter `{name}` is not required"))
                .help("add `required: true`"),
            Self::DuplicateOperationId { id } => DUPLICATE_OPERATION_ID
                .of_value(format!("the operationId `{id}` is used by an earlier operation"))
                .help("give one of the two another name"),
            Self::DuplicateParameter { name, location } => DUPLICATE_PARAMETER.of_value(format!(
                "the {location} parameter `{name}` is already in this list"
            )),
            Self::InvalidMediaType { name } => INVALID_MEDIA_TYPE
                .of_key(format!("`{name}` cannot be the value of a header"))
                .help("write a type such as `application/json`, in visible ASCII characters"),
        }
    }
}

impl CheckFault for PathFault {
    fn is_readable(&self) -> bool {
        match self {
            Self::InvalidPath { .. }
            | Self::InvalidTemplate { .. }
            | Self::RepeatedPathParameter { .. }
            | Self::DotSegment { .. }
            | Self::ParameterOutsidePath { .. }
            | Self::IgnoredFragment { .. }
            | Self::DuplicatePath { .. }
            | Self::UndeclaredPathParameter { .. }
            | Self::UnusedPathParameter { .. }
            | Self::OptionalPathParameter { .. }
            | Self::DuplicateOperationId { .. }
            | Self::DuplicateParameter { .. }
            | Self::InvalidMediaType { .. } => true,
        }
    }
}

explanations! {
    INVALID_PATH = error("invalid-path", "OpenAPI 3.0.3, Paths Object",
        "The keys of `paths` are appended to the URL of the server, so each must begin with a slash. A URL is read as a \
        path of its server, but not if its host has a variable, which belongs into `servers`.")
        .example(
            "paths:\n  https://{region}.example.com/v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    INVALID_TEMPLATE = error("invalid-template", "OpenAPI 3.0.3, Path Templating",
        "The braces of a path are unbalanced or empty, so it is not clear where the value of a parameter goes.")
        .example(
            "paths:\n  /v1/Sims/{Sid:\n    get: {operationId: FetchSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    REPEATED_PATH_PARAMETER = warning("repeated-path-parameter", "OpenAPI 3.1.0, Path Templating",
        "A path has the same name in braces twice. The document's description of the parameter holds for both, but it \
        does not say that both always have the same value: each is an argument of its own.")
        .example(
            "paths:\n  /v1/Sims/{Sid}/Twins/{Sid}:\n    get:\n      operationId: FetchTwin\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims/{Sid}/Twins/{Twin}:\n    get:\n      operationId: FetchTwin\n      parameters:\n      - {name: Sid, in: path, required: true, schema: {type: string}}\n      - {name: Twin, in: path, required: true, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
        );
    DOT_SEGMENT = error("dot-segment", "RFC 3986 section 5.2.4; WHATWG URL, path state",
        "URL parsers resolve the segments `.` and `..`, also when they are written as `%2e`: the request would go to \
        another path than the key says.")
        .example(
            "paths:\n  /v1/../v2/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v2/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    PARAMETER_OUTSIDE_PATH = error("parameter-outside-path", "OpenAPI 3.0.3, Path Templating; a limit of this generator",
        "The query of a path is sent as written, so it cannot contain a path parameter, unless that is the whole value \
        of a query parameter: `/v1/Sims?status={Status}`.")
        .example(
            "paths:\n  /v1/Sims?{Status}:\n    get:\n      operationId: ListSim\n      parameters: [{name: Status, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: status, in: query, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    IGNORED_FRAGMENT = warning("ignored-fragment", "RFC 9110 section 7.1",
        "A path has a fragment, which no request carries. It only distinguishes operations with the same path and \
        method; the service must tell them apart in another way.")
        .example(
            "paths:\n  /v1/Files#upload:\n    get: {operationId: FetchUpload, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Files:\n    get: {operationId: FetchUpload, responses: {'204': {description: Done.}}}\n",
        );
    DUPLICATE_PATH = warning("duplicate-path", "OpenAPI 3.0.3, Paths Object",
        "Two paths that differ only in the names of their parameters are the same path: no request can tell them \
        apart. Each of their operations becomes a method; the service runs the same one for both.")
        .example(
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n  /v1/Sims/{Id}:\n    get:\n      operationId: FetchCard\n      parameters: [{name: Id, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    UNDECLARED_PATH_PARAMETER = warning("undeclared-path-parameter", "OpenAPI 3.0.3, Path Templating",
        "A path has a name in braces, but neither the operation nor the path item has a parameter with `in: path` and \
        this name. Names are case-sensitive. The value is taken to be text.")
        .example(
            "paths:\n  /v1/Sims/{Sid}:\n    get: {operationId: FetchSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSED_PATH_PARAMETER = warning("unused-path-parameter", "OpenAPI 3.0.3, Parameter Object",
        "A parameter has `in: path`, but the path does not contain its name in braces. Its value could not be sent, \
        so it is left out.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Sid, in: query, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    OPTIONAL_PATH_PARAMETER = warning("optional-path-parameter", "OpenAPI 3.0.3, Parameter Object",
        "A parameter with `in: path` must have `required: true`, because the path is incomplete without it. It is \
        treated as required.")
        .example(
            "components:\n  parameters:\n    Sid: {name: Sid, in: path, schema: {type: string}}\n",
            "components:\n  parameters:\n    Sid: {name: Sid, in: path, required: true, schema: {type: string}}\n",
        );
    DUPLICATE_OPERATION_ID = warning("duplicate-operation-id", "OpenAPI 3.0.3, Operation Object",
        "Two operations have the same `operationId`. The generated code is named after it; the second name gets a \
        number.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: DeleteSim, responses: {'204': {description: Done.}}}\n",
        );
    DUPLICATE_PARAMETER = warning("duplicate-parameter", "OpenAPI 3.0.3, Operation Object",
        "A list has two different parameters with the same name and location; header names are case-insensitive. An \
        operation may redeclare a parameter of its path item, which it then replaces. The last one counts.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      - {name: Fleet, in: query, schema: {type: integer}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
        );
    INVALID_MEDIA_TYPE = error("invalid-media-type", "RFC 9110 sections 5.5 and 8.3",
        "The keys of `content` are media types, which requests send in `Content-Type` and `Accept`. This one has a \
        character that no header can have.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {'application/jsön+json': {}}}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {application/json: {}}}}}\n",
        );
}

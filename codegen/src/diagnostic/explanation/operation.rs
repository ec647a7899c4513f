//! Problems of paths and operations.

use crate::report::{Explanation, error, explanations, warning};

explanations! {
    INVALID_PATH = error("invalid-path", "OpenAPI 3.0.3, Paths Object",
        "The keys of `paths` are appended to the URL of the server, so each must begin with a slash.")
        .example(
            "paths:\n  v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    INVALID_TEMPLATE = error("invalid-template", "OpenAPI 3.0.3, Path Templating",
        "The braces of a path do not match, hold no name, or hold a name that was there before. Where the \
        value of a parameter goes cannot be told then.")
        .example(
            "paths:\n  /v1/Sims/{Sid:\n    get: {operationId: FetchSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    DOT_SEGMENT = error("dot-segment", "RFC 3986 section 5.2.4; WHATWG URL, path state",
        "URL parsers resolve the segments `.` and `..`, also where they are written as `%2e`: the request would go to \
        another path than the key says.")
        .example(
            "paths:\n  /v1/../v2/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v2/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
    PARAMETER_OUTSIDE_PATH = error("parameter-outside-path", "OpenAPI 3.0.3, Path Templating; a limit of this generator",
        "The query of a path is sent as it stands, and its fragment is not sent, so neither can hold a parameter of \
        the path.")
        .example(
            "paths:\n  /v1/Sims?status={Status}:\n    get:\n      operationId: ListSim\n      parameters: [{name: Status, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: status, in: query, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    IGNORED_FRAGMENT = warning("ignored-fragment", "RFC 9110 section 7.1",
        "A path has a fragment, which no request carries. It tells operations of the same path and method apart, and \
        that is all: the service must know them by something else.")
        .example(
            "paths:\n  /v1/Files#upload:\n    get: {operationId: FetchUpload, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Files:\n    get: {operationId: FetchUpload, responses: {'204': {description: Done.}}}\n",
        );
    DUPLICATE_PATH = error("duplicate-path", "OpenAPI 3.0.3, Paths Object",
        "Two paths that differ in the names of their parameters only are one path: no request can tell them \
        apart.")
        .example(
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n  /v1/Sims/{Id}:\n    get:\n      operationId: FetchCard\n      parameters: [{name: Id, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    UNDECLARED_PATH_PARAMETER = error("undeclared-path-parameter", "OpenAPI 3.0.3, Path Templating",
        "A path has a name in braces, and no parameter with `in: path` is called so, neither in the \
        operation nor in the path item. Upper and lower case differ.")
        .example(
            "paths:\n  /v1/Sims/{Sid}:\n    get: {operationId: FetchSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims/{Sid}:\n    get:\n      operationId: FetchSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    UNUSED_PATH_PARAMETER = error("unused-path-parameter", "OpenAPI 3.0.3, Parameter Object",
        "A parameter has `in: path`, but the path has no braces with its name: its value would go nowhere.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Sid, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{name: Sid, in: query, schema: {type: string}}]\n      responses: {'204': {description: Done.}}\n",
        );
    OPTIONAL_PATH_PARAMETER = error("optional-path-parameter", "OpenAPI 3.0.3, Parameter Object",
        "A parameter with `in: path` must have `required: true`: there is no path without it.")
        .example(
            "components:\n  parameters:\n    Sid: {name: Sid, in: path, schema: {type: string}}\n",
            "components:\n  parameters:\n    Sid: {name: Sid, in: path, required: true, schema: {type: string}}\n",
        );
    DUPLICATE_OPERATION_ID = error("duplicate-operation-id", "OpenAPI 3.0.3, Operation Object",
        "Two operations have the same `operationId`. The generated code is named by it.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n    delete: {operationId: DeleteSim, responses: {'204': {description: Done.}}}\n",
        );
    DUPLICATE_PARAMETER = error("duplicate-parameter", "OpenAPI 3.0.3, Operation Object",
        "A list of parameters has two of the same name in the same place; the names of headers ignore case. An \
        operation may repeat a parameter of its path item, which it then replaces.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters:\n      - {name: Fleet, in: query, schema: {type: string}}\n      responses: {'204': {description: Done.}}\n",
        );
    INVALID_MEDIA_TYPE = error("invalid-media-type", "RFC 9110 sections 5.5 and 8.3",
        "The keys of `content` are media types, which requests carry in `Content-Type` and in `Accept`. This one has \
        a character that no header can have.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {'application/jsön+json': {}}}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'200': {description: All., content: {application/json: {}}}}}\n",
        );
    INVALID_STATUS = error("invalid-status", "OpenAPI 3.0.3, Responses Object",
        "The keys of `responses` are HTTP status codes, ranges of them such as `2XX`, and `default`.")
        .example(
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {ok: {description: Done.}}}\n",
            "paths:\n  /v1/Sims:\n    get: {operationId: ListSim, responses: {'204': {description: Done.}}}\n",
        );
}

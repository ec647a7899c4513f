//! Problems of any object of a description: its fields, their kinds, what it refers to.

use crate::report::{Explanation, error, explanations, warning};

explanations! {
    NOT_OPENAPI = error("not-openapi", "OpenAPI 3.0.3, OpenAPI Object",
        "The file is no OpenAPI document: it has no field `openapi` that tells a version. Every YAML and \
        JSON file of the folder of specs must be one, or the overlay of one.");
    UNSUPPORTED_VERSION = error("unsupported-version", "OpenAPI 3.0.3, Versions",
        "The document follows another version of OpenAPI than 3.0. Swagger 2.0 and OpenAPI 3.1 mean other \
        things by the same words, so they are not read as if they were 3.0.")
        .example("openapi: 3.1.0\n", "openapi: 3.0.3\n");
    WRONG_KIND = error("wrong-kind", "OpenAPI 3.0.3, the table of the object's fields",
        "A value has the wrong kind: a number where text belongs, a list where an object belongs. YAML reads \
        `1.0`, `yes` and `null` as text only in quotes.")
        .example("info: {title: Demo, version: 1.0}\n", "info: {title: Demo, version: '1.0'}\n");
    MISSING_FIELD = error("missing-field", "OpenAPI 3.0.3, the fields marked REQUIRED",
        "An object lacks a field that it must have. The place is that of the object. `operationId`, which \
        OpenAPI leaves to the author, is demanded here because the generated code is named by it.")
        .example("info: {title: Demo}\n", "info: {title: Demo, version: '1'}\n");
    UNKNOWN_FIELD = error("unknown-field", "OpenAPI 3.0.3, the table of the object's fields",
        "An object has a field that OpenAPI 3.0 does not know: a slip, or a field of Swagger 2.0 or OpenAPI \
        3.1. What it was meant to say would be lost. Extensions begin with `x-`.")
        .example(
            "components:\n  schemas:\n    fleet: {type: object, propertys: {}}\n",
            "components:\n  schemas:\n    fleet: {type: object, properties: {}}\n",
        );
    UNKNOWN_VALUE = error("unknown-value", "OpenAPI 3.0.3, the description of the field",
        "A field takes a few values only, and this is none of them.")
        .example(
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: body, schema: {type: string}}\n",
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
        );
    EMPTY = error("empty", "OpenAPI 3.0.3, Responses Object; JSON Schema Validation (draft 5) section 5.20",
        "A list or an object is empty where that says nothing: `responses` must have a response, an `enum` a \
        value, an `operationId` a character.")
        .example(
            "components:\n  schemas:\n    status: {type: string, enum: []}\n",
            "components:\n  schemas:\n    status: {type: string}\n",
        );
    NOT_EXACTLY_ONE = error("not-exactly-one", "OpenAPI 3.0.3, Parameter Object and Header Object",
        "A parameter or a header says what it holds by `schema` or by `content`: one of them, and not both.")
        .example(
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query}\n",
            "components:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
        );
    INVALID_URL = error("invalid-url", "OpenAPI 3.0.3, Server Object and OAuth Flow Object; RFC 3986 section 2",
        "A URL has a character that no URL has, such as a blank. The clients that are generated would send \
        their requests nowhere. In the URL of a server, braces hold the names of variables.")
        .example(
            "servers: [{url: 'https://demo.example.com/our api'}]\n",
            "servers: [{url: 'https://demo.example.com/our%20api'}]\n",
        );
    INVALID_SERVER_URL = error("invalid-server-url", "OpenAPI 3.0.3, Paths Object; RFC 3986 sections 3 and 5.2.4",
        "Paths are appended to the URL of a server. Behind a query or a fragment they would be part of it, a segment \
        `.` or `..` leads to another path, and a user name or password there would be the author's.")
        .example(
            "servers: [{url: 'https://demo.example.com/api?beta=true'}]\n",
            "servers: [{url: 'https://demo.example.com/api'}]\n",
        );
    INVALID_COMPONENT_NAME = error("invalid-component-name", "OpenAPI 3.0.3, Components Object",
        "The names of components are made of the letters A to Z and a to z, digits, `.`, `_` and `-`. Other \
        tools refuse such a document, and its `$ref`s would have to be escaped.")
        .example(
            "components:\n  schemas:\n    Api$Response: {type: object}\n",
            "components:\n  schemas:\n    ApiResponse: {type: object}\n",
        );
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
    IGNORED_SIBLING = warning("ignored-sibling", "OpenAPI 3.0.3, Reference Object",
        "A field stands beside a `$ref`, where OpenAPI ignores it, and so does this generator; but whoever \
        wrote it means something by it. Schemas are an exception: Twilio writes `nullable: true` beside a `$ref`, and \
        that counts.")
        .example(
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{$ref: '#/components/parameters/Fleet', required: true}]\n      responses: {'204': {description: Done.}}\ncomponents:\n  parameters:\n    Fleet: {name: Fleet, in: query, schema: {type: string}}\n",
            "paths:\n  /v1/Sims:\n    get:\n      operationId: ListSim\n      parameters: [{$ref: '#/components/parameters/Fleet'}]\n      responses: {'204': {description: Done.}}\ncomponents:\n  parameters:\n    Fleet: {name: Fleet, in: query, required: true, schema: {type: string}}\n",
        );
    UNKNOWN_SECURITY_SCHEME = error("unknown-security-scheme", "OpenAPI 3.0.3, Security Requirement Object",
        "`security` names a scheme that `components.securitySchemes` does not declare.")
        .example(
            "security: [{basic: []}]\n",
            "security: [{basic: []}]\ncomponents:\n  securitySchemes:\n    basic: {type: http, scheme: basic}\n",
        );
    UNSUPPORTED = error("unsupported", "a limit of this generator",
        "The document is sound, but the generator has no Rust for what it says. It names the construct \
        rather than leaving it out or guessing. Say it another way, or add it to the generator.")
        .example(
            "components:\n  schemas:\n    fleet: {not: {type: string}}\n",
            "components:\n  schemas:\n    fleet: {type: object}\n",
        );
}

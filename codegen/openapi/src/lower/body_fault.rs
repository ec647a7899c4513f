//! Defines the faults of request bodies.

use crate::report::{Description, Fault, explanations, warning};

/// A fault of a request body.
pub(super) enum BodyFault {
    /// A multipart body whose parts are not described.
    NoBoundary,
    /// A file is a part of JSON.
    FileInJson,
    /// A form is described as a value without fields.
    EncodedForm,
    /// A multipart body is described without the names of its parts.
    UnnamedPart,
    /// A multipart body has one of several sets of parts.
    PartsOfSeveralKinds,
    /// A part of a multipart body has a header that the client does not send.
    PartHeader {
        /// Its name.
        name: String,
    },
}

impl Fault for BodyFault {
    fn describe(self) -> Description {
        match self {
            Self::NoBoundary => NO_BOUNDARY
                .of_value("no properties describe the parts of this body: it is sent as it is, without a boundary")
                .help("describe it as an object with a property for each part"),
            Self::PartHeader { name } => PART_HEADER
                .of_value(format!("the header `{name}` of this part is not sent")),
            Self::FileInJson => FILE_IN_JSON
                    .of_value("JSON cannot contain a file: this value is sent as a string")
                    .help("describe the body as `multipart/form-data`, or the value as `format: byte` if it is base64"),
            Self::EncodedForm => ENCODED_FORM
                .of_value("this form has no fields: it is sent as it is, so callers encode it")
                .help("describe it as an object with a property for each field"),
            Self::PartsOfSeveralKinds => PARTS_OF_SEVERAL_KINDS.of_value(
                "a request has the parts of all alternatives: callers set those of one",
            ),
            Self::UnnamedPart => UNNAMED_PART
                .of_value("the parts of this body have no names: callers choose them")
                .help("describe it as an object with a property for each part"),
        }
    }
}

explanations! {
    NO_BOUNDARY = warning("no-boundary", "RFC 2046 section 5.1.1",
        "The media type of a multipart body has a parameter `boundary`, which separates its parts. The client chooses it \
        if the document describes the parts, as the properties of an object. Any other body is bytes that the caller \
        provides, and their media type has no boundary, so few services can read them.")
        .example(
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {multipart/mixed: {schema: {type: string}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {multipart/mixed: {schema: {type: object, properties: {name: {type: string}}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
    FILE_IN_JSON = warning("file-in-json", "OpenAPI 3.0.3, Considerations for File Uploads",
        "A property of a JSON body has `format: binary`, as springdoc writes for uploads without `consumes`. JSON has no \
        such values: callers pass a string. The service probably expects `multipart/form-data`.")
        .example(
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {application/json: {schema: {type: object, properties: {logo: {type: string, format: binary}}}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {logo: {type: string, format: binary}}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
    ENCODED_FORM = warning("encoded-form", "OpenAPI 3.0.3, Support for x-www-form-urlencoded Request Bodies",
        "The schema of a form is an object, whose properties are the fields. This one is a string, a list, or one of \
        several such values: the client sends what callers pass, which has to be `name=value&name=value` with each name \
        and value percent-encoded.")
        .example(
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {name: {type: string}}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
    PARTS_OF_SEVERAL_KINDS = warning("parts-of-several-kinds", "a limit of this generator",
        "The parts of a `multipart/form-data` body are those of one of several objects. A request has a setter for the \
        parts of all of them, and requires those that every object requires. A part that two objects describe \
        differently takes any text or value. Callers set the parts of one of the objects.")
        .example(
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {multipart/form-data: {schema: {oneOf: [{type: object, properties: {logo: {type: string, format: binary}}}, {type: object, properties: {url: {type: string}}}]}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {logo: {type: string, format: binary}, url: {type: string}}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
    UNNAMED_PART = warning("unnamed-part", "RFC 7578 section 4.2",
        "Each part of a `multipart/form-data` body has a name: that of a property of an object. This body is a file, a \
        text or a list, so that the document does not say which names the service expects. Callers pass one with each \
        part.")
        .example(
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {multipart/form-data: {schema: {type: string, format: binary}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Logo:\n    put:\n      operationId: UpdateLogo\n      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {logo: {type: string, format: binary}}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
    PART_HEADER = warning("part-header", "OpenAPI 3.0.3, Encoding Object, `headers`",
        "A part of a multipart body has a header of its own. The client sends only `Content-Disposition` and \
        `Content-Type` with a part. A service that needs the header rejects such a request.")
        .example(
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody:\n        content:\n          multipart/form-data:\n            schema: {type: object, properties: {label: {type: string}}}\n            encoding: {label: {headers: {X-Tag: {schema: {type: string}}}}}\n      responses: {'204': {description: Done.}}\n",
            "paths:\n  /v1/Sims:\n    post:\n      operationId: CreateSim\n      requestBody:\n        content:\n          multipart/form-data:\n            schema: {type: object, properties: {label: {type: string}}}\n            encoding: {label: {headers: {Content-Type: {schema: {type: string}}}}}\n      responses: {'204': {description: Done.}}\n",
        );
}

//! Bodies and responses of which callers may choose the media type.

use super::{Note, operations};
use crate::api::{Api, Encoding, ResponseKind};
use crate::media_type::{is_range, names_format};

/// The note for crates with responses that can be asked for in other media types.
pub(super) const RESPONSES: Note = Note::adding(
    has_other_responses,
    "a response that has several media types can be asked for in each of them: `.csv_response()`, or `--response-as \
     text/csv` in a shell",
);

/// The note for crates with streams of objects.
pub(super) const STREAMS: Note = Note::adding(
    has_typed_streams,
    "the docs of a stream name the type of its events or lines, and the crate has that type wherever the document \
     describes it",
);

/// The note for crates with requests that accept a range of media types.
pub(super) const BODIES: Note = Note::changing(
    has_bodies_of_ranges,
    "a file whose media type the document leaves open (`image/*`) is sent with that of its extension, no longer as \
     `application/octet-stream`; `Body::content_type` sets any other",
);

/// The note for crates with bodies of formats that callers write.
pub(super) const NAMED: Note = Note::changing(
    has_bodies_of_media_types,
    "docs of text and bytes that a request sends name their media type; docs only, nothing to migrate",
);

/// The note for crates with bytes of any media type.
pub(super) const ANY_BYTES: Note = Note::breaking(
    has_bytes_of_any_type,
    "a response or a body of `format: byte` with the media type `*/*` is bytes, no longer text, and can be a stream",
);

/// The note for crates with responses that may be bytes.
pub(super) const SOMETIMES_BYTES: Note = Note::adding(
    may_be_bytes,
    "a response that is bytes for some statuses can be read as a stream, too: `send_stream()`; the status says whether it is",
);

/// Whether a response is bytes for some statuses, and something else for others.
fn may_be_bytes(apis: &[Api]) -> bool {
    operations(apis).any(|it| match &it.result {
        ResponseKind::OneOf(_) => it.result.may_be_bytes(),
        ResponseKind::Value(_) | ResponseKind::Nothing | ResponseKind::Page { .. } => false,
    })
}

/// Whether a response or a body is bytes of a media type that the document leaves open.
fn has_bytes_of_any_type(apis: &[Api]) -> bool {
    operations(apis).any(|it| {
        let received = match &it.result {
            ResponseKind::Value(payload) => Some(payload.encoding),
            ResponseKind::Nothing | ResponseKind::OneOf(_) | ResponseKind::Page { .. } => None,
        };
        let sent = it.body.as_ref().map(|it| it.payload.encoding);
        [received, sent].contains(&Some(Encoding::Bytes))
    })
}

/// Whether a response can be asked for in another media type.
fn has_other_responses(apis: &[Api]) -> bool {
    operations(apis).any(|it| !it.other_responses.is_empty())
}

/// Whether a stream consists of objects that the document describes.
fn has_typed_streams(apis: &[Api]) -> bool {
    operations(apis).any(|operation| {
        let others = operation.other_responses.iter().map(|it| &it.payload);
        let own = match &operation.result {
            ResponseKind::Value(payload) => Some(payload),
            ResponseKind::Nothing | ResponseKind::OneOf(_) | ResponseKind::Page { .. } => None,
        };
        others.chain(own).any(|it| it.item.is_some())
    })
}

/// Whether a request accepts a range of media types.
fn has_bodies_of_ranges(apis: &[Api]) -> bool {
    let whole = operations(apis).filter_map(|it| it.media_types.sent.as_ref());
    let others = operations(apis).flat_map(|it| &it.other_bodies);
    let mut media_types = whole.chain(others.map(|it| &it.media_type));
    media_types.any(|it| is_range(it))
}

/// Whether a request sends text or bytes whose media type names their format.
fn has_bodies_of_media_types(apis: &[Api]) -> bool {
    operations(apis).any(|it| {
        let encoding = it.body.as_ref().map(|it| it.payload.encoding);
        let is_sent_as_it_is = matches!(encoding, Some(Encoding::Text | Encoding::Bytes));
        let media_type = it.media_types.sent.as_deref();
        is_sent_as_it_is && media_type.is_some_and(names_format)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::models;
    use super::*;

    /// The models of an operation whose success has this content, and that has these other responses.
    fn models_of_responses(content: &str, others: &str) -> Vec<Api> {
        models(&format!(
            "paths:\n  /pets:\n    get:\n      operationId: listPets\n      \
             responses: {{'200': {{description: All., content: {content}}}{others}}}\n"
        ))
    }

    #[test]
    fn a_crate_is_told_of_responses_of_several_media_types() {
        let told = |second: &str| {
            let content = format!("{{application/json: {{}}, {second}: {{}}}}");
            has_other_responses(&models_of_responses(&content, ""))
        };
        assert!(told("text/csv"));
        assert!(!told("'*/*'"));
        assert!(!told("application/vnd.pets+json"));
    }

    #[test]
    fn a_crate_is_told_of_files_whose_media_type_is_open() {
        let told = |content: &str| {
            has_bodies_of_ranges(&models(&format!(
                "paths:\n  /pets:\n    put:\n      operationId: replacePets\n      requestBody: {{content: {content}}}\n      \
                 responses: {{'204': {{description: Done.}}}}\n"
            )))
        };
        assert!(told("{image/*: {}}"));
        assert!(told("{application/json: {}, image/*: {}}"));
        assert!(!told("{'application/*': {schema: {type: object}}}"));
        assert!(!told("{image/png: {}}"));
    }

    #[test]
    fn a_crate_is_told_of_bytes() {
        let told = |content: &str| has_bytes_of_any_type(&models_of_responses(content, ""));
        assert!(told("{'*/*': {schema: {type: string, format: byte}}}"));
        assert!(!told("{'*/*': {schema: {type: string}}}"));
    }

    #[test]
    fn a_crate_is_told_of_responses_that_may_be_bytes() {
        let told = |other: &str| may_be_bytes(&models_of_responses("{image/png: {}}", other));
        assert!(told(", '202': {description: Later.}"));
        assert!(!told(""));
    }

    #[test]
    fn a_crate_is_told_of_docs_that_name_media_types() {
        let told = |media_type: &str| {
            has_bodies_of_media_types(&models(&format!(
                "paths:\n  /pets:\n    put:\n      operationId: replacePets\n      \
                 requestBody: {{content: {{{media_type}: {{schema: {{type: string}}}}}}}}\n      \
                 responses: {{'204': {{description: Done.}}}}\n"
            )))
        };
        assert!(told("application/xml"));
        assert!(told("image/png"));
        assert!(!told("application/json"));
        assert!(!told("text/plain"));
        assert!(!told("image/*"));
    }

    #[test]
    fn a_crate_is_told_of_the_types_of_streams() {
        let told = |content: &str| has_typed_streams(&models_of_responses(content, ""));
        let object = "{schema: {type: object, properties: {id: {type: string}}}}";
        assert!(told(&format!("{{text/event-stream: {object}}}")));
        assert!(told(&format!(
            "{{application/json: {{}}, application/x-ndjson: {object}}}"
        )));
        assert!(!told("{text/event-stream: {schema: {type: string}}}"));
        assert!(!told(&format!("{{application/json: {object}}}")));
    }
}

//! The content of bodies: which of its media types the client sends and reads.

use openapiv3::{
    MediaType, OpenAPI, Operation as SpecOperation, RequestBody, Response, StatusCode,
};

use super::behind;
use crate::api::MediaTypes;
use crate::media_type::{is_form, is_json};
use crate::pointer::Pointer;

/// What of a request body is sent, by its media type.
pub(super) enum SentBody<'a> {
    Form(&'a str, &'a MediaType),
    Json(&'a str, &'a MediaType),
}

impl<'a> SentBody<'a> {
    /// What the client sends of what it may: a form, or else JSON; of several, the first.
    pub(super) fn of(body: &'a RequestBody) -> Option<Self> {
        let find = |is_it: fn(&str) -> bool| body.content.iter().find(|(name, _)| is_it(name));
        let form = find(is_form).map(|(name, form)| Self::Form(name, form));
        form.or_else(|| find(is_json).map(|(name, json)| Self::Json(name, json)))
    }

    fn media_type(&self) -> &'a str {
        match self {
            Self::Form(name, _) | Self::Json(name, _) => name,
        }
    }
}

/// The JSON of an answer, by its media type; of several, the first.
pub(super) fn json_of(response: &Response) -> Option<(&str, &MediaType)> {
    let mut content = response.content.iter();
    let (name, json) = content.find(|(name, _)| is_json(name))?;
    Some((name, json))
}

/// The body that an operation takes, where nobody asks for its place.
pub(super) fn body_of<'a>(
    spec: &'a OpenAPI,
    operation: &'a SpecOperation,
) -> Option<&'a RequestBody> {
    let body = operation.request_body.as_ref()?;
    behind::request_body(spec, &Pointer::root(), body).map(|it| it.item)
}

/// The number of a status that stands for a success; a range counts as its first code.
pub(super) fn success_code(status: &StatusCode) -> Option<u16> {
    match status {
        StatusCode::Code(code) => (200..300).contains(code).then_some(*code),
        StatusCode::Range(hundreds) => (*hundreds == 2).then_some(200),
    }
}

/// The media types of an operation's bodies. Those of errors do not count: errors have one shape for all operations,
/// which the runtime knows.
pub(super) fn media_types(spec: &OpenAPI, operation: &SpecOperation) -> MediaTypes {
    let body = body_of(spec, operation);
    let responses = operation.responses.responses.iter();
    let successes = responses.filter(|(status, _)| success_code(status).is_some());
    let successes: Vec<&Response> = successes
        .filter_map(|(_, it)| behind::response_alone(spec, it))
        .collect();
    let names = successes.iter().flat_map(|it| it.content.keys());
    MediaTypes {
        request: body.map_or_else(Vec::new, |it| it.content.keys().cloned().collect()),
        response: distinct(names.map(String::as_str)),
        sent: body
            .and_then(SentBody::of)
            .map(|it| it.media_type().to_owned()),
        read: distinct(successes.iter().flat_map(|it| read(it))),
    }
}

/// The media types of JSON that holds the same as the first, which is the one that is decoded.
fn read(response: &Response) -> impl Iterator<Item = &str> {
    let first = json_of(response).map(|(_, first)| first);
    let alike = response.content.iter().filter(move |(name, it)| {
        is_json(name) && first.is_some_and(|first| first.schema == it.schema)
    });
    alike.map(|(name, _)| name.as_str())
}

/// Names in their order, each once.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|it| it == name) {
            distinct.push(name.to_owned());
        }
    }
    distinct
}

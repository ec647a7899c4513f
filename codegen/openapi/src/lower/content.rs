//! Chooses the media types that the client sends and reads, and their encodings.

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, MediaType, OpenAPI, Operation as SpecOperation, ReferenceOr, RequestBody, Response,
};

use super::keywords::Keywords;
use super::success::DeclaredSuccess;
use super::{resolve, success};
use crate::api::{Encoding, MediaTypes, Method};
use crate::load;
use crate::media_type::{
    self, ANY, FORM, JSON, MULTIPART, is_form, is_json, is_multipart, is_multipart_form, is_range,
    is_sound, is_text,
};
use crate::pointer::Pointer;

/// How the client treats a media type. Of several media types, it chooses the first kind in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ContentKind {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

/// A media type with its contents.
pub(super) struct Content<'a> {
    /// The media type as written in the spec.
    pub(super) name: &'a str,
    pub(super) media_type: &'a MediaType,
    pub(super) kind: ContentKind,
}

impl<'a> Content<'a> {
    /// The content that the client sends.
    pub(super) fn sent(body: &'a RequestBody) -> Option<Self> {
        first(contents(&body.content, sent_kind))
    }

    /// All contents that the client could send.
    pub(super) fn all_sent(body: &'a RequestBody) -> impl Iterator<Item = Self> {
        contents(&body.content, sent_kind)
    }

    /// The content that the client reads.
    pub(super) fn read(response: &'a Response) -> Option<Self> {
        first(contents(&response.content, read_kind))
    }

    /// All contents that the client could read.
    pub(super) fn all_read(response: &'a Response) -> impl Iterator<Item = Self> {
        contents(&response.content, read_kind)
    }

    /// The content of a response, if it is JSON and the client reads it.
    pub(super) fn read_json(response: &'a Response) -> Option<Self> {
        Self::read(response).filter(|it| it.kind == ContentKind::Json)
    }

    /// The encoding of a value in a response, or in a body that is not a form.
    pub(super) fn encoding(&self) -> Option<Encoding> {
        match self.kind {
            ContentKind::Json => Some(Encoding::Json),
            ContentKind::Text => Some(Encoding::Text),
            ContentKind::Bytes => Some(Encoding::Bytes),
            ContentKind::Form | ContentKind::Multipart => None,
        }
    }

    /// The media type to send a body as: for a range, its simplest member, unless the caller's bytes may be of any.
    pub(super) fn media_type(&self) -> &'a str {
        match self.kind {
            ContentKind::Json if is_range(self.name) => JSON,
            ContentKind::Form if is_range(self.name) => FORM,
            ContentKind::Multipart if is_range(self.name) => MULTIPART,
            ContentKind::Text if is_range(self.name) => media_type::TEXT,
            ContentKind::Json
            | ContentKind::Form
            | ContentKind::Multipart
            | ContentKind::Text
            | ContentKind::Bytes => self.name,
        }
    }

    /// The media type to ask for. If the response declares none and JSON is read, this is JSON.
    fn accepted(&self) -> &'a str {
        match self.kind {
            ContentKind::Json if is_range(self.name) => JSON,
            ContentKind::Json
            | ContentKind::Form
            | ContentKind::Multipart
            | ContentKind::Text
            | ContentKind::Bytes => self.name,
        }
    }
}

/// The media types of a body. Invalid ones, such as two in one text, could be sent or read as anything.
fn contents<'a>(
    content: &'a IndexMap<String, MediaType>,
    kind: fn(&str, &MediaType) -> ContentKind,
) -> impl Iterator<Item = Content<'a>> {
    let sound = content.iter().filter(|(name, _)| is_sound(name));
    sound.map(move |(name, media_type)| Content {
        name,
        media_type,
        kind: kind(name, media_type),
    })
}

/// Chooses a media type: JSON itself rather than a kind of it, such as `application/json-patch+json`, which ASP.NET lists
/// first even for bodies that are not patches.
fn first<'a>(contents: impl Iterator<Item = Content<'a>>) -> Option<Content<'a>> {
    let is_other = |it: &Content<'_>| !media_type::are_same(it.name, JSON);
    let rank = |it: &Content<'_>| {
        // A file needs no form around it.
        let is_wrapped = it.kind == ContentKind::Multipart && is_file(it.media_type);
        let kind = if is_wrapped {
            ContentKind::Bytes
        } else {
            it.kind
        };
        (kind, is_other(it), is_wrapped)
    };
    contents.min_by_key(rank) // The first one on a tie.
}

/// Whether a multipart body is a file without a name.
fn is_file(media_type: &MediaType) -> bool {
    let schema = media_type.schema.as_ref().and_then(ReferenceOr::as_item);
    let keywords = schema.map(load::keywords);
    keywords.is_some_and(|it| it.typ.as_deref() == Some("string"))
}

fn sent_kind(name: &str, media_type: &MediaType) -> ContentKind {
    if is_json(name) {
        ContentKind::Json
    } else if is_form(name) {
        ContentKind::Form
    } else if is_multipart(name) && (is_multipart_form(name) || has_parts(media_type)) {
        ContentKind::Multipart
    } else if is_text(name) {
        ContentKind::Text
    } else if is_any(name) {
        kind_of_any(media_type)
    } else {
        ContentKind::Bytes
    }
}

/// Whether a multipart body other than a form describes its parts, as the properties of an object.
fn has_parts(media_type: &MediaType) -> bool {
    match &media_type.schema {
        None => false,
        Some(ReferenceOr::Reference { .. }) => true,
        Some(ReferenceOr::Item(schema)) => {
            let keywords = load::keywords(schema);
            !keywords.properties.is_empty() || !keywords.all_of.is_empty()
        }
    }
}

/// The kind of a response. Forms and multipart bodies of responses are not decoded.
fn read_kind(name: &str, media_type: &MediaType) -> ContentKind {
    match sent_kind(name, media_type) {
        ContentKind::Form => ContentKind::Text,
        ContentKind::Multipart => ContentKind::Bytes,
        kind @ (ContentKind::Json | ContentKind::Text | ContentKind::Bytes) => kind,
    }
}

/// Whether a range of media types includes JSON.
pub(super) fn is_any(name: &str) -> bool {
    ["*/*", "application/*", "application/*+json"]
        .iter()
        .any(|it| media_type::are_same(name, it))
}

/// The kind that the schema implies where the media type does not: a string is usually not quoted.
fn kind_of_any(media_type: &MediaType) -> ContentKind {
    match &media_type.schema {
        None => ContentKind::Bytes,
        Some(ReferenceOr::Reference { .. }) => ContentKind::Json,
        Some(ReferenceOr::Item(schema)) => {
            let keywords = load::keywords(schema);
            match (keywords.typ.as_deref(), keywords.format.as_deref()) {
                // A response of any media type is not JSON, which would need base64.
                (Some("string"), Some("binary" | "byte")) => ContentKind::Bytes,
                (Some("string"), _) => ContentKind::Text,
                (None, _) if *keywords == AnySchema::default() => ContentKind::Bytes,
                (Some(_) | None, _) => ContentKind::Json,
            }
        }
    }
}

/// The body that an operation sends, unless its method carries none.
pub(super) fn body_of<'a>(
    spec: &'a OpenAPI,
    method: Method,
    operation: &'a SpecOperation,
) -> Option<&'a RequestBody> {
    let body = operation.request_body.as_ref()?;
    let found = resolve::request_body(spec, &Pointer::root(), body);
    found.filter(|_| carries_body(method)).map(|it| it.item)
}

/// Whether a request with this method may have a body. The body of a `GET` has no meaning (RFC 9110 §9.3.1) and may
/// make intermediaries refuse it; that of a `DELETE` has none either, but services read it and nothing refuses it.
pub(super) fn carries_body(method: Method) -> bool {
    match method {
        Method::Get | Method::Head | Method::Trace => false,
        Method::Post | Method::Put | Method::Patch | Method::Delete | Method::Options => true,
    }
}

/// Whether a body is a form without fields.
pub(super) fn is_form_without_fields(body: &RequestBody) -> bool {
    let sent = Content::sent(body)
        .filter(|it| matches!(it.kind, ContentKind::Form | ContentKind::Multipart));
    let schema = sent.and_then(|it| it.media_type.schema.as_ref()?.as_item());
    schema.is_some_and(|it| {
        let keywords = Keywords::of(it);
        keywords.typ == Some("object") && !keywords.has_shape() && !keywords.is_composed()
    })
}

/// The media types of an operation's bodies. Those of errors do not count, because no call asks for an error.
pub(super) fn media_types(spec: &OpenAPI, method: Method, operation: &SpecOperation) -> MediaTypes {
    let body = body_of(spec, method, operation);
    let successes = success::declared(operation).into_iter();
    let successes: Vec<&Response> = successes
        .filter_map(|it| resolve::response_alone(spec, it.response))
        .collect();
    let names = successes.iter().flat_map(|it| it.content.keys());
    let read = match is_undescribed(spec, method, operation) {
        true => vec![ANY.to_owned()],
        false => distinct(successes.iter().flat_map(|it| accepted(it))),
    };
    MediaTypes {
        request: body.map_or_else(Vec::new, |it| it.content.keys().cloned().collect()),
        response: distinct(names.map(String::as_str)),
        sent: body
            .and_then(Content::sent)
            .map(|it| it.media_type().to_owned()),
        read,
    }
}

/// Whether the successful responses of an operation have a body of unknown contents. A `GET` asks for a representation (RFC
/// 9110 §9.3.1), so that one whose `200` has no `content` is incomplete rather than empty. Other methods answer without a
/// body, too.
pub(super) fn is_undescribed(spec: &OpenAPI, method: Method, operation: &SpecOperation) -> bool {
    if method != Method::Get {
        return false;
    }
    let declared = success::declared(operation);
    let has_contents = |it: &DeclaredSuccess<'_>| {
        let response = resolve::response_alone(spec, it.response);
        response.is_none_or(|it| !it.content.is_empty())
    };
    declared.iter().any(DeclaredSuccess::has_representation) && !declared.iter().any(has_contents)
}

/// The media types to ask for: the one that is read, and other JSON types with the same schema.
fn accepted(response: &Response) -> impl Iterator<Item = &str> {
    let read = Content::read(response);
    let contents = contents(&response.content, read_kind);
    let alike = contents.filter(move |it| {
        read.as_ref().is_some_and(|read| {
            let is_same =
                it.kind == ContentKind::Json && it.media_type.schema == read.media_type.schema;
            it.name == read.name || (read.kind == ContentKind::Json && is_same)
        })
    });
    alike.map(|it| it.accepted())
}

/// The media types of a response that the client does not ask for.
pub(super) fn unread(response: &Response) -> Vec<&str> {
    let accepted: Vec<&str> = accepted(response).collect();
    let is_unread = |it: &Content<'_>| !accepted.contains(&it.accepted());
    let contents = contents(&response.content, read_kind);
    contents.filter(is_unread).map(|it| it.name).collect()
}

/// Removes duplicates and keeps the order.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|it| it == name) {
            distinct.push(name.to_owned());
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_form_without_fields;
    use crate::load;

    #[test]
    fn forms_without_fields_are_empty() {
        let form = "application/x-www-form-urlencoded";
        for (media_type, schema, holds_nothing) in [
            (form, json!({"type": "object", "properties": {}}), true),
            ("multipart/form-data", json!({"type": "object"}), true),
            (
                form,
                json!({"type": "object", "properties": {"name": {}}}),
                false,
            ),
            (
                form,
                json!({"type": "object", "additionalProperties": true}),
                false,
            ),
            (form, json!({"$ref": "#/components/schemas/Form"}), false),
            ("application/json", json!({"type": "object"}), false),
        ] {
            let body = json!({"content": {media_type: {"schema": schema}}});
            let body = load::request_body(body);
            assert_eq!(is_form_without_fields(&body), holds_nothing, "{body:?}");
        }
    }
}

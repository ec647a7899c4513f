//! Lowers alternative responses: those of other media types than the usual one.

use openapiv3::{Operation as SpecOperation, Response};

use super::content::{self, Content, ContentKind};
use super::context::Context;
use super::view::{SchemaPart, SchemaRef, View};
use super::{Lowering, resolve, simplify, success};
use crate::api::{Method, OtherResponse, Payload};
use crate::media_type::{TEXT, are_same, essence};
use crate::pointer::Pointer;

/// The contents of a successful response.
struct Contents<'a> {
    at: Pointer,
    response: &'a Response,
    /// What the client reads.
    read: Content<'a>,
    /// The component that the response is.
    component: Option<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The alternative responses that callers may ask for, one for each media type that every success with contents has.
    /// Those that no method asks for are noted.
    pub(super) fn other_responses(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        names: &[String],
    ) -> Vec<OtherResponse> {
        if method == Method::Head {
            return Vec::new(); // Its response has no contents (RFC 9110 §9.3.2).
        }
        let contents = self.contents_of_successes(at, spec);
        let mut responses: Vec<OtherResponse> = Vec::new();
        for one in &contents {
            let mut unused = Vec::new();
            for name in content::unread(one.response) {
                if responses.iter().any(|it| are_same(&it.media_type, name)) {
                    continue;
                }
                let is_usual = are_same(name, one.read.name);
                let response = (!is_usual).then(|| self.other_response(name, names, &contents));
                match response.flatten() {
                    Some(response) => responses.push(response),
                    None => unused.push(name),
                }
            }
            self.note_unused(&one.at, one.read.name, &unused);
        }
        responses
    }

    /// The contents of the successes that have some.
    fn contents_of_successes(&self, at: &Pointer, spec: &'a SpecOperation) -> Vec<Contents<'a>> {
        let successes = success::declared(spec).into_iter();
        let contents = successes.filter_map(|declared| {
            let at = at.key("responses").key(&declared.key);
            let found = resolve::response(self.spec, &at, declared.response)?;
            Some(Contents {
                at: found.at.key("content"),
                response: found.item,
                read: Content::read(found.item)?,
                component: found.component,
            })
        });
        contents.collect()
    }

    /// The response with a media type, if every success has it with the same contents.
    fn other_response(
        &mut self,
        name: &str,
        owners: &[String],
        contents: &[Contents<'a>],
    ) -> Option<OtherResponse> {
        let mut payloads: Vec<Payload> = Vec::new();
        for one in contents {
            let content = Content::all_read(one.response).find(|it| are_same(it.name, name))?;
            let at = one.at.key(content.name);
            if !self.says_more(&at, &content) {
                return None;
            }
            let names = owners.iter();
            let names =
                names.map(|it| resolve::context(self.vendor, one.component, it, "response"));
            let names: Vec<String> = names.collect();
            let names = Context::Names(&names);
            let essence = essence(name);
            let kind = essence.strip_prefix("application/").unwrap_or(&essence);
            let kind = kind.replace(['/', '+'], "_");
            let context = names.part(&kind);
            let payload = self.payload(&at, content.encoding()?, content.media_type, &context);
            payloads.push(Payload {
                item: self.stream_item(&at, &content, &names),
                ..payload
            });
        }
        let mut payloads = payloads.into_iter();
        let payload = payloads.next()?;
        let is_same = payloads.all(|it| self.is_same_payload(&payload, &it));
        is_same.then(|| OtherResponse {
            media_type: name.to_owned(),
            payload,
        })
    }

    /// Whether a media type can be asked for, and says how to read the response. `text/plain` for an object, which ASP.NET
    /// lists beside JSON, does not.
    fn says_more(&self, at: &Pointer, content: &Content<'a>) -> bool {
        if content::is_any(content.name) {
            return false;
        }
        let schema = content.media_type.schema.as_ref();
        let at = at.key("schema");
        let Some(found) = schema.and_then(|it| resolve::schema(self.spec, &at, it)) else {
            return true;
        };
        let is_plain = content.kind == ContentKind::Text && essence(content.name) == TEXT;
        let parts = vec![SchemaPart::new(found.at, SchemaRef::Inline(found.item))];
        !is_plain
            || match simplify::resolved(self.described(), parts) {
                View::Object(_) | View::Array { .. } | View::Union(_) => false,
                View::Scalar { .. } | View::Any { .. } | View::Enumeration { .. } => true,
                View::Refined(_) | View::Untyped(_) => true,
            }
    }
}

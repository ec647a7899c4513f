//! Lowers responses: which status codes are a success, and their results.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, Operation as SpecOperation, ReferenceOr, Response, Schema};

use super::Lowering;
use super::content::Content;
use super::context::Context;
use super::envelope::{self, Search};
use super::fault::LoweringFault;
use super::page_rules::PagedList;
use super::resolve;
use super::success::{self, DeclaredSuccess};
use crate::api::{
    self, Alternative, Encoding, Paging, Payload, ResponseHeader, ResponseKind, Success, Type, Use,
};
use crate::pointer::Pointer;
use crate::words;

/// Whether page envelopes are treated differently from other values.
#[derive(Clone, Copy)]
enum Envelopes<'p> {
    /// They are: the vendor's, and those of a list that is divided otherwise.
    Opened(Option<&'p PagedList>),
    Kept,
}

impl<'a> Lowering<'a> {
    /// The success statuses and their results. If the results differ, each status has its own.
    pub(super) fn result(
        &mut self,
        at: &Pointer,
        spec: &'a SpecOperation,
        names: &[String],
    ) -> (Vec<Success>, ResponseKind) {
        let paged = self.pages.list(at);
        let at = at.key("responses");
        let declared = success::declared(spec);
        if declared.is_empty() && !success::is_redirected(spec) {
            self.report(&at, LoweringFault::NoSuccess);
        }
        let respond = |it: &mut Self, envelopes| -> Vec<(ResponseKind, Option<Use>)> {
            let responses = declared.iter();
            responses
                .map(|declared| it.response(&at, declared, names, envelopes))
                .collect()
        };
        let mut brought = respond(self, Envelopes::Opened(paged));
        let is_one = brought
            .iter()
            .all(|(it, _)| self.is_same_outcome(&brought[0].0, it));
        if !is_one {
            brought = respond(self, Envelopes::Kept);
        }
        let successes = declared.iter().zip(&brought);
        let successes = successes.map(|(it, (_, value))| Success {
            status: it.status,
            is_range: it.is_range,
            headers: headers(self.spec, it.response),
            value: value.clone(),
        });
        let successes: Vec<Success> = successes.collect();
        let mut outcomes = brought.into_iter().map(|(outcome, _)| outcome);
        let result = if is_one {
            outcomes.next().unwrap_or(ResponseKind::Nothing)
        } else {
            let alternatives = declared.iter().zip(outcomes);
            ResponseKind::OneOf(
                alternatives
                    .map(|(it, outcome)| alternative(it, outcome))
                    .collect(),
            )
        };
        (successes, result)
    }

    fn is_same_outcome(&self, one: &ResponseKind, other: &ResponseKind) -> bool {
        match (one, other) {
            (ResponseKind::Nothing, ResponseKind::Nothing) => true,
            (ResponseKind::Value(one), ResponseKind::Value(other)) => {
                self.is_same_payload(one, other)
            }
            (
                ResponseKind::Page {
                    items,
                    item,
                    paging,
                },
                ResponseKind::Page {
                    items: other_items,
                    item: other,
                    paging: other_paging,
                },
            ) => {
                let is_divided_alike = items == other_items && paging == other_paging;
                is_divided_alike && self.is_same_value(item, other)
            }
            (ResponseKind::Nothing | ResponseKind::Value(_) | ResponseKind::Page { .. }, _) => {
                false
            }
            (ResponseKind::OneOf(_), _) => false, // A single response has a single result.
        }
    }

    /// Whether two responses are decoded as the same type.
    pub(super) fn is_same_payload(&self, one: &Payload, other: &Payload) -> bool {
        match (one.encoding, other.encoding) {
            (Encoding::Json, Encoding::Json) => self.is_same_value(&one.value, &other.value),
            (one, other) => one == other,
        }
    }

    /// The result of a response, and the whole value or the list of a page.
    fn response(
        &mut self,
        at: &Pointer,
        declared: &DeclaredSuccess<'a>,
        names: &[String],
        envelopes: Envelopes<'_>,
    ) -> (ResponseKind, Option<Use>) {
        let nothing = (ResponseKind::Nothing, None);
        let at = at.key(&declared.key);
        let Some(found) = resolve::response(self.spec, &at, declared.response) else {
            return nothing; // Refused by `load`.
        };
        // Several successes have types of their own.
        let longer = names.iter().map(|it| format!("{it}_{}", declared.key));
        let names = names.iter().cloned().chain(longer);
        let names = names.map(|it| resolve::context(self.vendor, found.component, &it, "response"));
        let names: Vec<String> = names.collect();
        let context = Context::Names(&names);
        let at = found.at.key("content");
        let Some(read) = Content::read(found.item) else {
            self.no_media_type(&at, "a response", &found.item.content);
            return nothing;
        };
        let at = at.key(read.name);
        let Some(encoding) = read.encoding() else {
            return nothing; // Responses are not read as forms.
        };
        let schema = read.media_type.schema.as_ref();
        if let (Encoding::Json, Some(schema), Envelopes::Opened(paged)) =
            (encoding, schema, envelopes)
        {
            return self.json(&at.key("schema"), schema, &context, paged);
        }
        match (encoding, schema) {
            (Encoding::Json, None) => whole(json_payload(self.any(&at))),
            (Encoding::Json | Encoding::Text | Encoding::Bytes, _) => whole(Payload {
                item: self.stream_item(&at, &read, &context),
                ..self.payload(&at, encoding, read.media_type, &context)
            }),
        }
    }

    /// The result of a JSON response: a page of a list if it is a paging envelope, else a value.
    fn json(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &Context<'_>,
        paged: Option<&PagedList>,
    ) -> (ResponseKind, Option<Use>) {
        let list = match paged {
            Some(PagedList { paging, .. }) if paging.items.is_empty() => {
                let list = self.value_once(at, schema, context);
                return self.bare_page(list, paging);
            }
            Some(it) => Search::new(self.vendor, self.spec).items(at, schema, &it.paging.items),
            None => envelope::page(self.vendor, self.spec, at, schema).ok(),
        };
        let Some(list) = list else {
            return whole(json_payload(self.value_once(at, schema, context)));
        };
        let item = words::singular(list.key);
        let longer = context.names().into_iter().map(|it| format!("{it}_{item}"));
        let names = paged.map_or(&item, |it| it.item_name(&item));
        let names: Vec<String> = [names.clone()].into_iter().chain(longer).collect();
        let context = Context::Names(&names);
        let at = list.at.key("items");
        let item = match list.items {
            Some(items) => self.once(&at, |it, at| it.value(at, items, &context)),
            None => self.any(&at),
        };
        let paging = paged.map(|it| it.paging.clone());
        let page = ResponseKind::Page {
            items: match &paging {
                Some(paging) => paging.items.join("."),
                None => list.key.to_owned(),
            },
            item: item.clone(),
            paging: paging.map(Box::new),
        };
        let list = api::Schema {
            bounds: list.bounds.into(),
            ..api::Schema::of(Type::List(item), &list.at)
        };
        (page, Some(self.add(list, false)))
    }

    /// The result of a JSON response that is the list itself.
    fn bare_page(&self, list: Use, paging: &Paging) -> (ResponseKind, Option<Use>) {
        let Type::List(item) = self.ty(&list) else {
            return whole(json_payload(list));
        };
        let page = ResponseKind::Page {
            items: String::new(),
            item: item.clone(),
            paging: Some(Box::new(paging.clone())),
        };
        (page, Some(list))
    }
}

/// A value as the JSON of a response.
fn json_payload(value: Use) -> Payload {
    Payload {
        encoding: Encoding::Json,
        value,
        item: None,
    }
}

/// The result of a response with a single value.
fn whole(payload: Payload) -> (ResponseKind, Option<Use>) {
    let value = payload.value.clone();
    (ResponseKind::Value(payload), Some(value))
}

/// One of several results.
fn alternative(declared: &DeclaredSuccess<'_>, outcome: ResponseKind) -> Alternative {
    Alternative {
        status: declared.status,
        is_range: declared.is_range,
        payload: match outcome {
            ResponseKind::Value(payload) => Some(payload),
            ResponseKind::Nothing | ResponseKind::Page { .. } | ResponseKind::OneOf(_) => None,
        },
    }
}

/// The headers of a response. `Content-Type` is determined by the media types (OpenAPI 3.0.3, Response Object), and only
/// browsers read those of CORS (Fetch Standard, §3.3.3).
pub(super) fn headers(spec: &OpenAPI, response: &ReferenceOr<Response>) -> Vec<ResponseHeader> {
    let declared = resolve::response_alone(spec, response).map(|it| &it.headers);
    let mut headers = BTreeMap::new();
    for (name, header) in declared.into_iter().flatten() {
        let required = resolve::header(spec, header).is_some_and(|it| it.required);
        // Names that differ only in case are one header.
        *headers.entry(name.to_ascii_lowercase()).or_insert(false) |= required;
    }
    headers.retain(|it, _| it != "content-type" && !it.starts_with("access-control-"));
    let headers = headers.into_iter();
    headers
        .map(|(name, required)| ResponseHeader { name, required })
        .collect()
}

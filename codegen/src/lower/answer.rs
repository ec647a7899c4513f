//! Answers: which status codes are a success, and what they bring.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Operation as SpecOperation, ReferenceOr, Response, Schema, StatusCode};

use super::Lowering;
use super::behind;
use super::content::{self, Content, success_code};
use super::envelope;
use crate::api::{self, Encoding, Outcome, Payload, Success, Type, Use};
use crate::pointer::Pointer;
use crate::words;

impl<'a> Lowering<'a> {
    /// The status codes of a success and what they bring, which must be the same for all of them.
    pub(super) fn result(
        &mut self,
        at: &Pointer,
        spec: &'a SpecOperation,
        id: &str,
    ) -> (Vec<Success>, Outcome) {
        let at = at.key("responses");
        let mut successes = Vec::new();
        let mut result: Option<Outcome> = None;
        for (status, response) in &spec.responses.responses {
            let Some(code) = success_code(status) else {
                continue; // Errors have one shape for all operations, which the runtime knows.
            };
            let at = at.key(&status.to_string());
            let (outcome, value) = self.response(&at, response, id);
            match &result {
                Some(first) if !self.is_same_outcome(first, &outcome) => {
                    self.unsupported(&at, "a second success response that differs from the first");
                }
                Some(_) => {}
                None => result = Some(outcome),
            }
            successes.push(Success {
                status: code,
                is_range: matches!(status, StatusCode::Range(_)),
                headers: headers(self.spec, response),
                value,
            });
        }
        if successes.is_empty() && !spec.responses.responses.keys().any(is_redirect) {
            self.unsupported(&at, "an operation without a success response");
        }
        (successes, result.unwrap_or(Outcome::Nothing))
    }

    fn is_same_outcome(&self, one: &Outcome, other: &Outcome) -> bool {
        match (one, other) {
            (Outcome::Nothing, Outcome::Nothing) => true,
            (Outcome::Value(one), Outcome::Value(other)) => match (one.encoding, other.encoding) {
                (Encoding::Json, Encoding::Json) => self.is_same_value(&one.value, &other.value),
                (one, other) => one == other,
            },
            (
                Outcome::Page { items, item },
                Outcome::Page {
                    items: other_items,
                    item: other,
                },
            ) => items == other_items && self.is_same_value(item, other),
            (Outcome::Nothing | Outcome::Value(_) | Outcome::Page { .. }, _) => false,
        }
    }

    /// What an answer brings: the outcome, and the whole value or the list of a page.
    fn response(
        &mut self,
        at: &Pointer,
        response: &'a ReferenceOr<Response>,
        id: &str,
    ) -> (Outcome, Option<Use>) {
        let nothing = (Outcome::Nothing, None);
        let Some(found) = behind::response(self.spec, at, response) else {
            return nothing; // `load` has refused it.
        };
        let context = behind::context(self.vendor, found.component, id, "response");
        let at = found.at.key("content");
        let Some(read) = Content::read(found.item) else {
            self.no_media_type(&at, "a response", &found.item.content);
            return nothing;
        };
        self.note_unused(&at, read.name, &content::unread(found.item));
        let at = at.key(read.name);
        match (read.encoding(), &read.media_type.schema) {
            (Some(Encoding::Json), Some(schema)) => self.json(&at.key("schema"), schema, &context),
            (Some(Encoding::Json), None) => whole(Payload {
                encoding: Encoding::Json,
                value: self.any(&at),
            }),
            (Some(encoding @ (Encoding::Text | Encoding::Bytes)), _) => {
                whole(self.payload(&at, encoding, read.media_type, &context))
            }
            (None, _) => nothing, // No answer is read as a form.
        }
    }

    /// What a JSON answer brings: one page of a list, if it is a paging envelope, or one value.
    fn json(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
        context: &str,
    ) -> (Outcome, Option<Use>) {
        let Ok(list) = envelope::page(self.vendor, self.spec, at, schema) else {
            return whole(Payload {
                encoding: Encoding::Json,
                value: self.value_once(at, schema, context),
            });
        };
        let context = words::singular(list.key);
        let at = list.at.key("items");
        let item = match list.items {
            Some(items) => self.once(&at, |it, at| it.value(at, items, &context)),
            None => self.any(&at),
        };
        let page = Outcome::Page {
            items: list.key.to_owned(),
            item: item.clone(),
        };
        let list = api::Schema {
            bounds: list.bounds,
            ..api::Schema::of(Type::List(item), &list.at)
        };
        (page, Some(self.add(list, false)))
    }
}

/// An answer that brings one value.
fn whole(payload: Payload) -> (Outcome, Option<Use>) {
    let value = payload.value.clone();
    (Outcome::Value(payload), Some(value))
}

/// The names of the headers of a response. `Content-Type` is said by the media types (OpenAPI 3.0.3, Response Object).
fn headers(spec: &OpenAPI, response: &ReferenceOr<Response>) -> Vec<String> {
    let headers = behind::response_alone(spec, response).map(|it| it.headers.keys());
    let names = headers.into_iter().flatten();
    let names = names.map(|it| it.to_ascii_lowercase());
    let names: BTreeSet<String> = names.filter(|it| it != "content-type").collect();
    names.into_iter().collect()
}

fn is_redirect(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (300..400).contains(code),
        StatusCode::Range(hundreds) => *hundreds == 3,
    }
}

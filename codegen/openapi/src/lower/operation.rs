//! Lowers operations: their names, URLs and credentials.

use std::slice;

use openapiv3::Operation as SpecOperation;

use super::annotations::text;
use super::content::{is_undescribed, media_types};
use super::context::Context;
use super::declared_error::error_headers;
use super::fault::LoweringFault;
use super::operation_name::{OperationName, operation_name};
use super::{Lowering, envelope};
use crate::api::{Limit, Location, Method, Operation, Paging, Parameter, ResponseKind, Success};
use crate::load::PathItem;
use crate::path_item::{PathKey, custom_verb};
use crate::pointer::Pointer;
use crate::words;

/// The methods by their fields of a path item, in the order in which operations are lowered.
const METHODS: [(&str, Method); 8] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("patch", Method::Patch),
    ("options", Method::Options),
    ("head", Method::Head),
    ("trace", Method::Trace),
];

/// The method of a field of a path item.
pub(super) fn method(field: &str) -> Option<Method> {
    let found = METHODS.iter().find(|(it, _)| *it == field);
    found.map(|(_, method)| *method)
}

impl<'a> Lowering<'a> {
    /// Lowers the operations of one path, in the order of [`METHODS`].
    pub(super) fn path_item(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
    ) -> Vec<Operation> {
        let mut operations = Vec::with_capacity(item.operations.len());
        for (field, method) in METHODS {
            let declared = item.operations.iter().find(|(it, _)| *it == field);
            if let Some((_, operation)) = declared {
                operations.push(self.operation(&at.key(field), path, item, method, operation));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        at: &Pointer,
        path: &'a str,
        item: &'a PathItem,
        method: Method,
        spec: &'a SpecOperation,
    ) -> Operation {
        let OperationName {
            id,
            name,
            longer_name,
            has_hash,
            verb,
            noun,
        } = self.operation_name(path, item, method, spec);
        let own: Vec<String> = [&name].into_iter().chain(&longer_name).cloned().collect();
        let names = [slice::from_ref(&noun), &own].concat();
        let owner = Context::Names(&names);
        let declared = self.parameters(at, item, spec, &owner);
        let mut path_parameters = self.path_parameters(at, path, &declared.of_path);
        let mut parameters = declared.others;
        let (fields, body, other_bodies) =
            self.request_body(at, method, spec, (&own, &noun), &owner);
        parameters.extend(fields);
        let (success, result) = self.outcome(at, method, spec, &own);
        let other_responses = self.other_responses(at, method, spec, &own);
        let errors = self.errors(at, method, spec, &own);
        self.paging(at, spec, &result, &mut parameters);
        let mut all: Vec<_> = path_parameters.iter_mut().chain(&mut parameters).collect();
        self.add_examples(item, method, spec, &result, &mut all);
        let place = self.server(at, item, spec);
        let (summary, doc) = prose(spec);
        Operation {
            tags: spec.tags.clone(),
            verb,
            noun,
            summary,
            doc,
            at: at.clone(),
            method,
            path: format!("{}{}", place.prefix, PathKey::of(path).target),
            server: place.server,
            template: place.template,
            path_parameters,
            parameters,
            constants: declared.constants,
            headers_of_client: declared.headers_of_client,
            keys_of_client: declared.keys_of_client,
            left_out: Vec::new(), // Set by `direction`, once all operations are known.
            body,
            other_bodies,
            result,
            other_responses,
            success,
            errors,
            error_headers: error_headers(self.spec, spec),
            examples: self.examples_of_answers(at, spec),
            signing: self.signing(spec),
            security: self.security(spec),
            media_types: media_types(self.spec, method, spec),
            deprecated: spec.deprecated,
            id,
            name,
            longer_name,
            has_hash,
        }
    }
}

impl<'a> Lowering<'a> {
    /// Names an operation by its id; what the vendor and the path say besides comes first.
    fn operation_name(
        &self,
        path: &str,
        item: &PathItem,
        method: Method,
        spec: &SpecOperation,
    ) -> OperationName {
        let id = spec.operation_id.as_deref();
        let short = id.map(|it| self.namespace.removed_from(it));
        let key = self.namespace.removed_from(path);
        let mut name = operation_name(short.as_deref(), &self.suffixes, method, &key, &spec.tags);
        if let Some(id) = id.filter(|_| short.as_ref() == Some(&name.id)) {
            id.clone_into(&mut name.id);
        }
        if let Some(class_name) = self.vendor.path_hints(&item.extensions).class_name {
            name.noun = class_name;
        }
        if let Some((_, custom)) = custom_verb(PathKey::of(path).path) {
            name.verb = words::snake(custom);
        }
        name
    }

    /// The success statuses and their results.
    fn outcome(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        names: &[String],
    ) -> (Vec<Success>, ResponseKind) {
        let (mut success, mut result) = self.result(at, spec, names);
        if method == Method::Head {
            // Whatever the spec says about a `GET` response (RFC 9110 §9.3.2).
            result = ResponseKind::Nothing;
            success.iter_mut().for_each(|it| it.value = None);
        } else if is_undescribed(self.spec, method, spec) {
            let at = at.key("responses");
            self.report(&at, LoweringFault::UndescribedBody);
            let payload = self.bytes(&at);
            success
                .iter_mut()
                .for_each(|it| it.value = Some(payload.value.clone()));
            result = ResponseKind::Value(payload);
        }
        (success, result)
    }
}

impl Lowering<'_> {
    /// Finds the page size among the parameters of a list, and removes those that only the links between pages carry.
    /// Warns if an operation has paging parameters but does not return a page.
    fn paging(
        &mut self,
        at: &Pointer,
        spec: &SpecOperation,
        result: &ResponseKind,
        parameters: &mut Vec<Parameter>,
    ) {
        if let ResponseKind::Page { paging, .. } = result {
            parameters.retain(|it| !self.is_page_state(it));
            let usual = self.vendor.paging().map(|it| (it.size, it.largest_size));
            let usual = match paging.as_deref() {
                Some(Paging { size, .. }) => {
                    size.as_ref().map(|it| (it.parameter.as_str(), it.largest))
                }
                None => usual,
            };
            for parameter in parameters {
                parameter.largest_page = self.largest_page(parameter, usual);
            }
        } else if let Some((parameter, at, why)) =
            envelope::missing(self.vendor, self.spec, at, spec, parameters)
        {
            let parameter = parameter.to_owned();
            self.report(&at, LoweringFault::PartWithoutPage { parameter, why });
        }
    }

    /// Returns the maximum page size, from the spec or `usual`, if `parameter` is the page size, whose name is in `usual`.
    fn largest_page(&self, parameter: &Parameter, usual: Option<(&str, usize)>) -> Option<usize> {
        let (name, largest) = usual?;
        let is_size = parameter.location == Location::Query && parameter.wire_name == name;
        let scalar = self.ty(&parameter.value).scalar().filter(|_| is_size)?;
        scalar.whole_range()?;
        let bounds = &self.schema(parameter.value.schema).bounds;
        let declared = bounds.maximum.as_ref().map(Limit::last_whole);
        let declared = declared.map(|it| usize::try_from(it.max(1)).unwrap_or(usize::MAX));
        Some(declared.unwrap_or(largest))
    }

    fn is_page_state(&self, parameter: &Parameter) -> bool {
        let is_query = parameter.location == Location::Query;
        is_query && !parameter.required && self.vendor.is_page_state(&parameter.wire_name)
    }
}

/// The summary of an operation, and its description if that says more.
fn prose(spec: &SpecOperation) -> (Option<String>, Option<String>) {
    let doc = text(spec.description.as_deref());
    let summary = text(spec.summary.as_deref()).or_else(|| doc.clone());
    let more = doc.filter(|doc| Some(doc) != summary.as_ref());
    (summary, more)
}

//! Lowers the error responses of an operation: their statuses and bodies.

use openapiv3::{OpenAPI, Operation as SpecOperation, ReferenceOr, Response, Schema, StatusCode};

use super::Lowering;
use super::answer::headers;
use super::content::Content;
use super::context::Context;
use super::resolve;
use super::simplify;
use super::success;
use super::view::{SchemaRef, View};
use crate::api::{DeclaredError, ErrorHeaders, ErrorStatuses, Method, Use};
use crate::pointer::Pointer;

/// The name of a type for the error that most operations have.
const SHARED: &str = "error_body";

/// The inline error schemas of one operation lowered so far.
type Own<'a> = Vec<(&'a Schema, Use)>;

impl<'a> Lowering<'a> {
    /// The errors of an operation with a typed body. Errors with the vendor's usual body are left out, because the
    /// runtime reads them for every operation.
    pub(super) fn errors(
        &mut self,
        at: &Pointer,
        method: Method,
        spec: &'a SpecOperation,
        names: &[String],
    ) -> Vec<DeclaredError> {
        if method == Method::Head {
            return Vec::new(); // Its responses have no body (RFC 9110 §9.3.2).
        }
        let at = at.key("responses");
        let mut own = Own::new();
        let mut errors = Vec::new();
        for (key, statuses, response) in declared(spec) {
            // The first inline schema keeps its name when others are added later.
            let names = names.iter().map(|it| match own.is_empty() {
                true => it.to_owned(),
                false => format!("{it}_{key}"),
            });
            let names: Vec<String> = names.collect();
            let value = self.error_body(&at.key(&key), response, &names, &mut own);
            errors.extend(value.map(|value| DeclaredError { statuses, value }));
        }
        errors
    }

    /// The body of an error, if it is typed JSON. A schema that is repeated for another status of the operation has the
    /// same type.
    fn error_body(
        &mut self,
        at: &Pointer,
        response: &'a ReferenceOr<Response>,
        names: &[String],
        own: &mut Own<'a>,
    ) -> Option<Use> {
        let found = resolve::response(self.spec, at, response)?;
        let json = Content::read_json(found.item)?;
        let schema = json.media_type.schema.as_ref()?;
        let at = found.at.key("content").key(json.name).key("schema");
        if self.is_standard_error(&at, schema) {
            return None;
        }
        let names = names.iter();
        let names = names.map(|it| resolve::context(self.vendor, found.component, it, "error"));
        let names: Vec<String> = names.collect();
        let context = Context::Names(&names);
        match schema {
            ReferenceOr::Item(item) if found.component.is_none() => {
                let known = own.iter().find(|(it, _)| *it == item);
                let known = known.map(|(_, value)| value.clone());
                if let Some(value) = known.or_else(|| self.shared_error(&at, item, &names)) {
                    return Some(Use { at, ..value });
                }
                let value = self.value(&at, schema, &context);
                own.push((item, value.clone()));
                Some(value)
            }
            ReferenceOr::Item(_) | ReferenceOr::Reference { .. } => {
                Some(self.value_once(&at, schema, &context))
            }
        }
    }

    /// The value of an inline body that other operations have, too.
    fn shared_error(&mut self, at: &Pointer, schema: &'a Schema, names: &[String]) -> Option<Use> {
        let is_same = |(it, _): &(&Schema, _)| *it == schema;
        let index = self.shared_errors.iter().position(is_same)?;
        if self.shared_errors[index].1.is_none() {
            // Others are named after the first operation that has them.
            let first = (index == 0).then(|| SHARED.to_owned()).into_iter();
            let names: Vec<String> = first.chain(names.iter().cloned()).collect();
            let value = self.value(at, SchemaRef::Inline(schema), &Context::Names(&names));
            self.shared_errors[index].1 = Some(value);
        }
        self.shared_errors[index].1.clone()
    }

    /// Whether a schema is the vendor's usual error object, which the runtime reads for every operation.
    fn is_standard_error(&self, at: &Pointer, schema: &'a ReferenceOr<Schema>) -> bool {
        let Some(found) = resolve::schema(self.spec, at, schema) else {
            return false;
        };
        match simplify::schema(self.described(), &found.at, SchemaRef::Inline(found.item)).view {
            View::Object(object) => self
                .vendor
                .is_standard_error(object.properties.keys().copied()),
            View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => false,
            View::Refined(_) | View::Union(_) | View::Any { .. } | View::Untyped(_) => false,
        }
    }
}

/// The headers of all errors that an operation declares, and of redirects, which are errors because the client does not
/// follow them.
pub(super) fn error_headers(spec: &OpenAPI, operation: &SpecOperation) -> Vec<ErrorHeaders> {
    let redirects = operation.responses.responses.iter();
    let redirects = redirects.filter_map(|(status, response)| {
        let statuses = match status {
            StatusCode::Code(code) if code / 100 == 3 => ErrorStatuses::Code(*code),
            StatusCode::Range(3) => ErrorStatuses::Range(3),
            StatusCode::Code(_) | StatusCode::Range(_) => return None,
        };
        Some((statuses, response))
    });
    let errors = declared(operation).map(|(_, statuses, response)| (statuses, response));
    let all = redirects.chain(errors);
    let all = all.map(|(statuses, response)| ErrorHeaders {
        statuses,
        headers: headers(spec, response),
    });
    all.collect()
}

/// The error responses of an operation, with their keys. `default` is one unless it is a success.
fn declared(
    operation: &SpecOperation,
) -> impl Iterator<Item = (String, ErrorStatuses, &ReferenceOr<Response>)> {
    let responses = &operation.responses;
    let errors = responses
        .responses
        .iter()
        .filter_map(|(status, response)| Some((status.to_string(), statuses(status)?, response)));
    let default = responses.default.as_ref();
    let default = default.filter(|_| {
        success::declared(operation)
            .iter()
            .all(|it| it.key != DEFAULT)
    });
    let default = default.map(|it| (DEFAULT.to_owned(), ErrorStatuses::Others, it));
    errors.chain(default)
}

const DEFAULT: &str = "default";

/// The statuses of an error (RFC 9110 §15.5, §15.6); `None` for anything else.
fn statuses(status: &StatusCode) -> Option<ErrorStatuses> {
    match status {
        StatusCode::Code(code) => (400..600)
            .contains(code)
            .then_some(ErrorStatuses::Code(*code)),
        StatusCode::Range(digit) => (4..6)
            .contains(digit)
            .then_some(ErrorStatuses::Range(*digit)),
    }
}

//! Determines the successful responses of an operation.

use openapiv3::{Operation as SpecOperation, ReferenceOr, Response, StatusCode};

/// A successful response of an operation.
pub(super) struct DeclaredSuccess<'a> {
    /// Its key in `responses`.
    pub(super) key: String,
    /// The status code, or the first of a range.
    pub(super) status: u16,
    /// Whether it stands for the whole hundred.
    pub(super) is_range: bool,
    pub(super) response: &'a ReferenceOr<Response>,
}

impl DeclaredSuccess<'_> {
    /// Whether responses to a `GET` with this status have the representation that it asks for (RFC 9110 §15.3).
    pub(super) fn has_representation(&self) -> bool {
        self.key != "default" && [200, 203, 206].contains(&self.status)
    }
}

/// The successful responses of an operation, in the order of the spec. Without a success status, `default` also
/// describes the success (OpenAPI 3.0.3, Responses Object).
pub(super) fn declared(operation: &SpecOperation) -> Vec<DeclaredSuccess<'_>> {
    let responses = &operation.responses;
    let mut successes: Vec<_> = responses
        .responses
        .iter()
        .filter_map(|(status, response)| {
            let (code, is_range) = code_of(status)?;
            Some(DeclaredSuccess {
                key: status.to_string(),
                status: code,
                is_range,
                response,
            })
        })
        .collect();
    let default = responses.default.as_ref();
    if let (true, false, Some(response)) = (successes.is_empty(), is_redirected(operation), default)
    {
        successes.push(DeclaredSuccess {
            key: "default".to_owned(),
            status: 200,
            is_range: true,
            response,
        });
    }
    successes
}

/// Whether an operation redirects the client, which is a result of its own kind.
pub(super) fn is_redirected(operation: &SpecOperation) -> bool {
    operation.responses.responses.keys().any(|it| match it {
        StatusCode::Code(code) => (300..400).contains(code),
        StatusCode::Range(hundreds) => *hundreds == 3,
    })
}

/// The number of a success status, and whether it is a range.
fn code_of(status: &StatusCode) -> Option<(u16, bool)> {
    match status {
        StatusCode::Code(code) => (200..300).contains(code).then_some((*code, false)),
        StatusCode::Range(hundreds) => (*hundreds == 2).then_some((200, true)),
    }
}

//! Headers that a caller sets: on the client for every request, or on one request.

use http::HeaderMap;
use http::header::{self, HeaderName, HeaderValue};

use crate::error::HeaderParameterProblem;

/// Headers that only the client may set: they determine where a request ends and who makes it.
const RESERVED: [HeaderName; 8] = [
    header::ACCEPT,
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Returns the header with its value marked as sensitive: the HTTP library may log headers, and a caller's value must
/// not be shown.
///
/// # Errors
///
/// Returns why a header cannot be sent: it is invalid (RFC 9110 §5.1, §5.5), or only the client may set it.
pub(crate) fn checked(
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), HeaderParameterProblem> {
    let header =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| HeaderParameterProblem::Name)?;
    if RESERVED.contains(&header) {
        return Err(HeaderParameterProblem::Reserved);
    }
    let mut value = HeaderValue::from_str(value).map_err(|_| HeaderParameterProblem::Value)?;
    value.set_sensitive(true);
    Ok((header, value))
}

/// Adds the `defaults` whose names are not in `headers`.
pub(crate) fn add_missing(headers: &mut HeaderMap, defaults: &HeaderMap) {
    for name in defaults.keys() {
        if headers.contains_key(name) {
            continue;
        }
        for value in defaults.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

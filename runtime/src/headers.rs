//! Headers that a caller sets: on the client for every request, or on one request.

use http::HeaderMap;
use http::header::{self, HeaderName, HeaderValue};

use crate::error::HeaderParameterProblem;

/// The headers that only the client sets: what they hold decides where a request ends and who made it.
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

/// Returns the header, whose value is marked as sensitive: the HTTP library may log headers, and what a caller puts into one
/// is not ours to show.
///
/// # Errors
///
/// Returns what is wrong with a header that cannot be sent (RFC 9110 §5.1, §5.5), or that only the client sets.
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

/// Adds those of `defaults` whose names are not among `headers`.
pub(crate) fn add_missing(headers: &mut HeaderMap, defaults: &HeaderMap) {
    for name in defaults.keys() {
        if headers.contains_key(name) {
            continue;
        }
        for value in defaults.get_all(name) {
            headers.append(name, value.clone());
        }
    }
}

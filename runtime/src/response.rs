//! A decoded answer with its status and headers.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::vendor::Vendor;

/// A successful answer: its status (always 2xx), headers and decoded body.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) vendor: &'static Vendor,
    pub(crate) body: T,
}

impl<T> Response<T> {
    /// Returns the status. It compares with a plain number: `response.status() == 202`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id of the request, as the service's support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers, self.vendor)
    }

    /// Returns how long the service worked on the request if it says so.
    pub fn request_duration(&self) -> Option<Duration> {
        let seconds = header(&self.headers, self.vendor.headers.request_duration?)?;
        Duration::try_from_secs_f64(seconds.parse().ok()?).ok()
    }

    /// Returns how many requests of the account were under way if the service says so. Too many are
    /// answered with 429.
    pub fn concurrent_requests(&self) -> Option<u64> {
        let requests = header(&self.headers, self.vendor.headers.concurrent_requests?)?;
        requests.parse().ok()
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body alone.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Shows no headers: they may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Returns the id of the request among `headers`, if it is text.
pub(crate) fn request_id<'h>(headers: &'h HeaderMap, vendor: &Vendor) -> Option<&'h str> {
    header(headers, vendor.headers.request_id)
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::twilio::VENDOR;

    fn response(duration: &'static str, requests: &'static str) -> Response<()> {
        let mut headers = HeaderMap::new();
        headers.insert(
            "twilio-request-duration",
            HeaderValue::from_static(duration),
        );
        headers.insert(
            "twilio-concurrent-requests",
            HeaderValue::from_static(requests),
        );
        Response {
            status: StatusCode::OK,
            headers,
            vendor: &VENDOR,
            body: (),
        }
    }

    #[test]
    fn what_the_service_tells_of_a_request_is_read() {
        let told = response("0.083", "3");
        assert_eq!(told.request_duration(), Some(Duration::from_millis(83)));
        assert_eq!(told.concurrent_requests(), Some(3));
    }

    #[test]
    fn nonsense_in_headers_is_nothing() {
        for (duration, requests) in [
            ("", ""),
            ("-1", "-1"),
            ("NaN", "3.5"),
            ("1e300", "many"),
            ("inf", " "),
        ] {
            let told = response(duration, requests);
            assert_eq!(
                (told.request_duration(), told.concurrent_requests()),
                (None, None),
                "{duration}"
            );
        }
    }
}

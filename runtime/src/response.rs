//! A decoded response with its status and headers.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::vendor::Vendor;

/// A successful response: its status (always 2xx), headers and decoded body.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) vendor: &'static Vendor,
    pub(crate) body: T,
}

impl<T> Response<T> {
    /// Returns the status. You can compare it with a number: `response.status() == 202`.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the request id, which the service's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers, self.vendor)
    }

    /// Returns how long the service worked on the request, if it reports that.
    pub fn request_duration(&self) -> Option<Duration> {
        let seconds = header(&self.headers, self.vendor.headers.request_duration?)?;
        Duration::try_from_secs_f64(seconds.parse().ok()?).ok()
    }

    /// Returns how many requests of the account were in flight, if the service reports that. Too many of them get a
    /// 429.
    pub fn concurrent_requests(&self) -> Option<u64> {
        let requests = header(&self.headers, self.vendor.headers.concurrent_requests?)?;
        requests.parse().ok()
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns only the body.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Omits the headers, which may contain cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Returns the request id from `headers`, if it is text.
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
    fn service_metrics_are_read() {
        let metrics = response("0.083", "3");
        assert_eq!(metrics.request_duration(), Some(Duration::from_millis(83)));
        assert_eq!(metrics.concurrent_requests(), Some(3));
    }

    #[test]
    fn invalid_headers_are_ignored() {
        for (duration, requests) in [
            ("", ""),
            ("-1", "-1"),
            ("NaN", "3.5"),
            ("1e300", "many"),
            ("inf", " "),
        ] {
            let metrics = response(duration, requests);
            assert_eq!(
                (metrics.request_duration(), metrics.concurrent_requests()),
                (None, None),
                "{duration}"
            );
        }
    }
}

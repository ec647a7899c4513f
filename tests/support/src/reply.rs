//! Responses for the server to send, complete or broken.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

/// A scripted response.
#[derive(Clone)]
pub struct Reply {
    /// The status line and the header lines, each with its end; empty if `body` is all that is sent.
    head: String,
    body: Vec<u8>,
    pub(crate) then: Then,
    pub(crate) on_sent: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// What a server does after sending a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Reads the next request on the same connection.
    Next,
    /// Does the same, and closes the connection if no request arrives in time.
    NextWithin(Duration),
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
    /// Sends nothing more until the client hangs up.
    Silence,
    /// Sends `piece` this many times, with a pause after each, unless the client hangs up; then closes the connection.
    Repeat {
        /// The bytes to send.
        piece: &'static [u8],
        /// How often to send them; `usize::MAX` for ever.
        times: usize,
        /// The time between two pieces.
        pause: Duration,
    },
}

impl Reply {
    /// Creates a response with a status such as `200 OK`, header lines without their ends, and a body.
    pub fn new(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref().to_vec();
        let mut head = format!("HTTP/1.1 {status}\r\n");
        // A 204 has no length (RFC 9110 §8.6).
        if !status.starts_with("204") {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        for header in headers {
            head.push_str(&format!("{header}\r\n"));
        }
        Self {
            head,
            body,
            then: Then::Next,
            on_sent: None,
        }
    }

    /// Creates a response without a body.
    pub fn empty(status: u16) -> Self {
        // The reason may be empty, the space before it not (RFC 9112 §4).
        Self::new(&format!("{status} "), &[], "")
    }

    /// Creates a response with a body of type `content_type`.
    pub fn of_type(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        let header = format!("Content-Type: {content_type}");
        Self::new(&format!("{status} "), &[&header], body)
    }

    /// Creates a JSON response.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::of_type(status, "application/json", body.to_string())
    }

    /// Creates a response of raw bytes, after which the connection closes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            head: String::new(),
            body: bytes.into(),
            then: Then::Close,
            on_sent: None,
        }
    }

    /// Creates no response, for as long as the client waits.
    pub fn silence() -> Self {
        Self::raw("").then(Then::Silence)
    }

    /// Creates the response to an unexpected request. Its status is not one that clients retry.
    pub fn unplanned() -> Self {
        let body = "the test has no response to this request";
        Self::new("418 I'm a teapot", &["Content-Type: text/plain"], body)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Leaves out the second half of the body, which the headers promise.
    pub fn half(mut self) -> Self {
        self.body.truncate(self.body.len() / 2);
        self
    }

    /// Sets what follows the response.
    pub fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }

    /// Sets a hook that is called when the bytes have been sent, and a few pieces if they follow.
    pub fn on_sent(mut self, hook: impl Fn() + Send + Sync + 'static) -> Self {
        self.on_sent = Some(Arc::new(hook));
        self
    }

    /// Returns whether the response continues until the client hangs up.
    pub fn is_endless(&self) -> bool {
        matches!(
            self.then,
            Then::Silence
                | Then::Repeat {
                    times: usize::MAX,
                    ..
                }
        )
    }

    /// Returns the bytes of the response.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        if self.head.is_empty() {
            self.body.clone()
        } else {
            [self.head.as_bytes(), b"\r\n", &self.body].concat()
        }
    }
}

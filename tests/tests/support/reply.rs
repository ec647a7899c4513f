//! Responses for the test server to send, complete or broken.

use serde_json::Value;

/// A response to one request.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    ending: Ending,
}

/// How a response ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With its last byte; the connection stays open.
    Whole,
    /// In the middle of the body, by closing the connection.
    Cut,
    /// In the middle of the body, by sending nothing more.
    Stalled,
    /// Before it begins, by sending nothing.
    Silent,
}

impl Reply {
    /// Creates a response without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            ending: Ending::Whole,
        }
    }

    /// Creates a response with a body of type `content_type`.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut reply = Self::empty(status).header("Content-Type", content_type);
        reply.body = body.into();
        reply
    }

    /// Creates a JSON response.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    /// Creates the response to an unexpected request.
    pub fn unplanned() -> Self {
        Self::new(
            500,
            "text/plain",
            "the test has no response to this request",
        )
    }

    /// Creates no response, for as long as the client waits.
    pub fn silence() -> Self {
        Self::empty(200).ending(Ending::Silent)
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Sets how the response ends.
    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// Returns the bytes to send, and what to do after them.
    pub(super) fn into_parts(self) -> (Vec<u8>, Ending) {
        let mut bytes = self.head().into_bytes();
        match self.ending {
            Ending::Whole => bytes.extend(&self.body),
            Ending::Cut | Ending::Stalled => bytes.extend(&self.body[..self.body.len() / 2]),
            Ending::Silent => bytes.clear(),
        }
        (bytes, self.ending)
    }

    fn head(&self) -> String {
        let mut head = format!("HTTP/1.1 {} \r\n", self.status);
        // A 204 has no length (RFC 9110 §8.6).
        if self.status != 204 {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head + "\r\n"
    }
}

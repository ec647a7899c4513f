//! Calls of operations, one at a time, with the exact requests to expect.

use std::sync::mpsc::{Sender, channel};

use twilio_iot::Client;

use super::spec::Spec;
use super::{AUTHORIZATION, Reply, Request, Server, client};

/// A server that responds with the examples of a spec.
pub struct Wire {
    spec: Spec,
    server: Server,
    replies: Sender<Reply>,
    /// The number of requests that have been expected so far.
    expected: usize,
}

impl Wire {
    /// Starts a server for `specs/{spec}.yaml`.
    pub fn of(spec: &str) -> Self {
        let (replies, script) = channel();
        let next = move |_: &Request| script.try_recv().unwrap_or_else(|_| Reply::unplanned());
        Self {
            spec: Spec::read(spec),
            server: Server::scripted(next),
            replies,
            expected: 0,
        }
    }

    /// Returns a client whose next response is an example of the spec with its status.
    pub fn answering(&self, operation: &str, example: &str) -> Client {
        let (status, body) = self.spec.example(operation, example);
        self.answering_with(Reply::json(status, body))
    }

    /// Returns a client whose next response is 204 without a body.
    pub fn answering_nothing(&self) -> Client {
        self.answering_with(Reply::empty(204))
    }

    fn answering_with(&self, reply: Reply) -> Client {
        self.replies.send(reply).expect("a running server");
        client(&self.server)
    }

    /// Asserts that there was one new request: a GET with this query, empty for none.
    #[track_caller]
    pub fn expect_get(&mut self, path: &str, query: &str) {
        let request = self.next("GET", path);
        assert_eq!(request.query().unwrap_or_default(), query);
        assert_eq!(request.query().is_none(), query.is_empty(), "a lone `?`");
        assert_no_body(&request);
    }

    /// Asserts that there was one new request: a POST with this form.
    #[track_caller]
    pub fn expect_post(&mut self, path: &str, form: &str) {
        let request = self.next("POST", path);
        assert_eq!(request.query(), None);
        assert_eq!(request.text(), form);
        assert_eq!(
            request.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        let length = form.len().to_string();
        assert_eq!(request.header("content-length"), Some(length.as_str()));
    }

    /// Asserts that there was one new request: a DELETE.
    #[track_caller]
    pub fn expect_delete(&mut self, path: &str) {
        let request = self.next("DELETE", path);
        assert_eq!(request.query(), None);
        assert_no_body(&request);
    }

    #[track_caller]
    fn next(&mut self, method: &str, path: &str) -> Request {
        let mut requests = self.server.requests().split_off(self.expected);
        self.expected += requests.len();
        assert_eq!(requests.len(), 1, "{:?}", self.server.lines());
        let request = requests.remove(0);
        assert_eq!((request.method.as_str(), request.path()), (method, path));
        assert_eq!(request.origin(), self.server.url);
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
        assert_eq!(request.header("accept"), Some("application/json"));
        request
    }

    /// Asserts that the requests so far cover every operation and every parameter of the spec, and no others.
    #[track_caller]
    pub fn assert_complete(&self) {
        let gaps = self.spec.gaps(&self.server.requests());
        assert!(gaps.is_empty(), "{gaps:#?}");
    }
}

#[track_caller]
fn assert_no_body(request: &Request) {
    assert_eq!(request.body, b"");
    for header in ["content-type", "content-length", "transfer-encoding"] {
        assert_eq!(request.header(header), None, "`{header}`");
    }
}

/// Creates a test from each function, and one from all of them that compares their requests with the spec.
///
/// Each is an `async fn(&mut Wire) -> Result<(), Error>`.
#[macro_export]
macro_rules! operations {
    ($spec:literal: $($operation:ident),* $(,)?) => {
        mod operation {
            use twilio_iot::Error;

            use $crate::support::wire::Wire;

            $(
                #[tokio::test]
                async fn $operation() -> Result<(), Error> {
                    super::$operation(&mut Wire::of($spec)).await
                }
            )*

            #[tokio::test]
            async fn every_operation_and_parameter_of_the_spec_is_covered() -> Result<(), Error> {
                let mut wire = Wire::of($spec);
                $(super::$operation(&mut wire).await?;)*
                wire.assert_complete();
                Ok(())
            }
        }
    };
}

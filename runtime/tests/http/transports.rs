//! Transports without a network, in place of the connection pool.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;
use twilio_runtime::{Body, Bytes, SendError, Transport, TransportFuture, http};

use crate::api::Client;

/// A request as the transport received it.
pub type Sent = http::Request<Bytes>;

/// What a script returns for a request: the delay, and the response.
pub type Step = (Duration, Result<http::Response<Bytes>, SendError>);

/// Responds as a script says, on Tokio's clock, and records the requests.
#[derive(Clone)]
pub struct Scripted {
    script: Arc<dyn Fn(&Sent) -> Step + Send + Sync>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Scripted {
    pub fn new(script: impl Fn(&Sent) -> Step + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            sent: Arc::default(),
        }
    }

    /// Responds to everything with an empty object.
    pub fn agreeing() -> Self {
        Self::new(|_| answer(200, "{}"))
    }

    /// Returns a client that signs in with HTTP Basic authentication.
    pub fn client(&self) -> Client {
        let builder = Client::builder().basic_auth("AC1", "hunter2");
        builder.transport(self.clone()).build().unwrap()
    }

    /// Returns the requests so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// Returns method and URL of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        let sent = self.sent();
        let lines = sent
            .iter()
            .map(|it| format!("{} {}", it.method(), it.uri()));
        lines.collect()
    }
}

impl Transport for Scripted {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        let request = request.map(|body| body.bytes().cloned().unwrap());
        let (time, outcome) = (self.script)(&request);
        self.sent.lock().unwrap().push(request);
        Box::pin(async move {
            sleep(time).await;
            outcome.map(|response| response.map(Into::into))
        })
    }
}

/// Responds at once.
pub fn answer(status: u16, body: &'static str) -> Step {
    let mut response = http::Response::new(Bytes::from(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
    (Duration::ZERO, Ok(response))
}

/// Responds after a delay.
pub fn late((_, outcome): Step, time: Duration) -> Step {
    (time, outcome)
}

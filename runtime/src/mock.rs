//! An in-memory service for tests of programs that use the client, with the Cargo feature `mock`.
//!
//! A [`Mock`] is a [`Transport`]: it responds to requests without a socket, by operation and with typed bodies, and
//! records the requests. [`example`] returns the specification's example response for an operation.
//!
//! ```
//! # use twilio_runtime::{Call, Client, Operation, Method, Resource, Product};
//! # #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
//! # pub struct Sim { pub sid: String, pub unique_name: Option<String> }
//! # pub struct FetchSim { call: Call<Sim> }
//! # impl FetchSim {
//! #     pub const OPERATION: Operation = Operation {
//! #         id: "FetchSim", method: Method::Get, server: "https://api.example.com", path: "/v1/Sims/{Sid}",
//! #     };
//! # }
//! # twilio_runtime::awaitable!(FetchSim => Sim);
//! # const EXAMPLES: &str = r#"{"operations": {"FetchSim": [{"name": "", "status": 200, "body": {"sid": "HS1"}}]}}"#;
//! # twilio_runtime::mocked!(FetchSim => Sim, 200, Value, EXAMPLES);
//! # fn fetch(client: &Client, sid: &str) -> FetchSim {
//! #     let sims = Resource::new(client, Product::new("demo"));
//! #     FetchSim { call: Call::json(&sims.with(sid), &FetchSim::OPERATION) }
//! # }
//! # use twilio_runtime::StatusCode;
//! # use twilio_runtime::mock::{Mock, example};
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), twilio_runtime::Error> {
//! let mut sim = example::<FetchSim>();
//! sim.unique_name = Some("van-07".to_owned());
//!
//! let mock = Mock::new();
//! mock.on::<FetchSim>()
//!     .answer(sim)
//!     .error(StatusCode::NOT_FOUND, 20404, "The requested resource was not found");
//!
//! let client: Client = mock.client();
//! assert_eq!(fetch(&client, "HS1").await?.unique_name.as_deref(), Some("van-07"));
//! assert!(fetch(&client, "HS2").await.is_err());
//! assert_eq!(mock.requests()[1].path_value("Sid"), Some("HS2"));
//! # Ok(()) }
//! ```
//!
//! - The responses of an operation are returned in the order in which they were set, one for each request; the last one
//!   repeats.
//! - Responses after [`when`](Answers::when) apply to the requests that meet its condition. They take precedence over
//!   all others: the first condition that holds, in the order in which they were set, returns its own responses in
//!   order, and repeats the last. So they do not depend on the order of requests, which concurrent code does not fix. A
//!   request that meets no condition gets a response without one.
//! - A request without a response is an `Error::Api` of status 501 that names the call to add or describes the request.
//!   If its operation is one of those given to [`Mock::with_examples`], it gets the operation's example instead.
//! - The response to a list is all of its items. The mock splits them into pages of the requested size, as the service
//!   does, with links or cursors that the client follows; further pages use no further response. If pages are numbered,
//!   or begin after an item, a request for a later one continues the list that the operation returned last.
//! - Requests are recorded in the order in which they were sent, including retries, but without credentials.
//! - A client that signs in with client credentials gets a token for any id and secret. Token requests are not
//!   recorded.
//!
//! Code outside of tests must not need this module.

mod answer_spec;
mod example;
mod list;
mod pieces;
mod recorded;
mod recorded_part;
mod respond;
mod state;

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderName, HeaderValue, Request, StatusCode};
use serde::Serialize;

use self::answer_spec::status_of;
pub use self::answer_spec::{AnswerSpec, Content, Mocked};
pub use self::example::{example, example_named, told_examples};
use self::pieces::in_pieces;
pub use self::recorded::RecordedRequest;
pub use self::recorded_part::RecordedPart;
use self::state::{Answer, Condition, State};
use crate::body::Body;
use crate::builder::ClientBuilder;
use crate::client::ApiClient;
use crate::error::{SendError, SendErrorKind};
use crate::retry::RetryPolicy;
use crate::transport::{Transport, TransportFuture};

/// Lets a [`Mock`](crate::mock::Mock) respond to a request: `mocked!(FetchSim => Sim, 200, Value, EXAMPLES)`; for a list in
/// the vendor's envelope, `mocked!(ListSim => Vec<Sim>, 200, Items("sims"), EXAMPLES)`; and for a list that is divided as
/// `ListSim::PAGING` says, `mocked!(ListSim => Vec<Sim>, 200, Pages, EXAMPLES)`.
#[macro_export]
macro_rules! mocked {
    ($request:ty => $body:ty, $status:literal, Pages, $examples:expr) => {
        $crate::mocked!($request => $body, $status, Pages(&<$request>::PAGING), $examples);
    };
    ($request:ty => $body:ty, $status:literal, $content:ident $(($key:expr))?, $examples:expr) => {
        impl $crate::mock::Mocked for $request {
            type Body = $body;

            const ANSWER: &'static $crate::mock::AnswerSpec = &$crate::mock::AnswerSpec {
                operation: &<$request>::OPERATION,
                status: $status,
                content: $crate::mock::Content::$content $(($key))?,
                examples: $examples,
            };
        }
    };
}

/// An in-memory service: a cheap handle, whose clones share responses and recorded requests.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

impl Mock {
    /// Creates a service without responses.
    pub fn new() -> Self {
        Self::default()
    }

    /// Responds to each request for one of `operations` with its example, unless another response is set for it. Pass
    /// `store::v1::EXAMPLES` for all operations of a product.
    pub fn with_examples(
        self,
        operations: impl IntoIterator<Item = &'static &'static AnswerSpec>,
    ) -> Self {
        self.state().examples.extend(operations);
        self
    }

    /// Creates a client of this service, with dummy credentials. It does not retry, so that each response is seen; use
    /// a builder with [`transport(mock.clone())`](ClientBuilder::transport) for any other client.
    ///
    /// # Panics
    ///
    /// Only if this crate rejects its own settings.
    pub fn client<C: ApiClient>(&self) -> C {
        ClientBuilder::new()
            .basic_auth("mock", "mock")
            .api_key_of_all_names("mock")
            .account("mock".to_owned())
            .substitute_server("https://mock.invalid") // RFC 2606 §2
            .allow_plain_http()
            .retry_policy(RetryPolicy::off())
            .transport(self.clone())
            .build()
            .unwrap_or_else(|error| panic!("cannot build the client of a mock: {error}"))
    }

    /// Sets responses to the operation that `R` requests.
    #[must_use = "an answer is set by a call such as `answer`"]
    pub fn on<R: Mocked>(&self) -> Answers<'_, R> {
        Answers {
            mock: self,
            condition: None,
            script: None,
            request: PhantomData,
        }
    }

    /// Returns every request so far, in order, except token requests.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Returns every `R` so far, in order.
    pub fn requests_of<R: Mocked>(&self) -> Vec<RecordedRequest> {
        let mut requests = self.requests();
        requests.retain(|request| request.operation() == Some(R::ANSWER.operation));
        requests
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked left nothing half-written here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets the responses to an operation. Each call appends one.
pub struct Answers<'m, R> {
    mock: &'m Mock,
    condition: Option<Condition>,
    /// The script that responses are added to; `None` before the first.
    script: Option<usize>,
    request: PhantomData<fn(R)>,
}

impl<R: Mocked> Answers<'_, R> {
    /// Applies the following responses to the requests that meet `condition`, whenever they arrive. They take
    /// precedence over responses without a condition, and over those of conditions that are set later. A second `when`
    /// starts a new list, unless no response is between the two: then both conditions must hold.
    ///
    /// A page that a link of an earlier page leads to needs no response, so no condition is evaluated for it.
    ///
    /// ```
    /// # use twilio_runtime::{Call, Client, Operation, Method, Resource, Product};
    /// # #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    /// # pub struct Sim { pub sid: String, pub unique_name: Option<String> }
    /// # pub struct FetchSim { call: Call<Sim> }
    /// # impl FetchSim {
    /// #     pub const OPERATION: Operation = Operation {
    /// #         id: "FetchSim", method: Method::Get, server: "https://api.example.com", path: "/v1/Sims/{Sid}",
    /// #     };
    /// # }
    /// # twilio_runtime::awaitable!(FetchSim => Sim);
    /// # const EXAMPLES: &str = r#"{"operations": {"FetchSim": [{"name": "", "status": 200, "body": {"sid": "HS1"}}]}}"#;
    /// # twilio_runtime::mocked!(FetchSim => Sim, 200, Value, EXAMPLES);
    /// # fn fetch(client: &Client, sid: &str) -> FetchSim {
    /// #     let sims = Resource::new(client, Product::new("demo"));
    /// #     FetchSim { call: Call::json(&sims.with(sid), &FetchSim::OPERATION) }
    /// # }
    /// # use twilio_runtime::StatusCode;
    /// # use twilio_runtime::mock::{Mock, example};
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), twilio_runtime::Error> {
    /// let mock = Mock::new();
    /// mock.on::<FetchSim>()
    ///     .when(|request| request.path().ends_with("HS2"))
    ///     .error(StatusCode::NOT_FOUND, 20404, "The requested resource was not found");
    /// mock.on::<FetchSim>().answer_example();
    ///
    /// let client: Client = mock.client();
    /// assert!(fetch(&client, "HS2").await.is_err());
    /// assert!(fetch(&client, "HS1").await.is_ok());
    /// assert!(fetch(&client, "HS2").await.is_err());
    /// # Ok(()) }
    /// ```
    #[must_use = "a condition does nothing without an answer"]
    pub fn when(
        self,
        condition: impl Fn(&RecordedRequest) -> bool + Send + Sync + 'static,
    ) -> Self {
        let before = self.condition.filter(|_| self.script.is_none());
        let condition: Condition = match before {
            Some(before) => Arc::new(move |request| before(request) && condition(request)),
            None => Arc::new(condition),
        };
        Self {
            condition: Some(condition),
            script: None,
            ..self
        }
    }

    /// Adds a response with `body` and the operation's success status. For a list, pass every item of all pages: `[sim,
    /// other]`.
    ///
    /// # Panics
    ///
    /// Panics if JSON cannot represent `body`, which does not happen with the types of generated code.
    pub fn answer(self, body: impl Into<R::Body>) -> Self {
        self.answer_with_status(status_of(R::ANSWER), body)
    }

    /// Adds a response with `body` and `status`. A list always has status 200.
    ///
    /// # Panics
    ///
    /// Panics if JSON cannot represent `body`, which does not happen with the types of generated code.
    pub fn answer_with_status(self, status: StatusCode, body: impl Into<R::Body>) -> Self {
        let body = serde_json::to_value(body.into())
            .unwrap_or_else(|error| panic!("JSON cannot represent the body: {error}"));
        self.add(|state| state.body(R::ANSWER, status, body))
    }

    /// Adds the specification's first example as a response, with its status. An operation without one gets an empty
    /// body: `{}`, `[]`, or no items.
    pub fn answer_example(self) -> Self {
        self.add(|state| state.example(R::ANSWER))
    }

    /// Adds an error in the vendor's format: `code` is its own, such as 20404.
    pub fn error(self, status: StatusCode, code: i64, message: &str) -> Self {
        self.add(|_| Answer::Error(status, code, message.to_owned()))
    }

    /// Adds an error with the JSON of `body`, of a type that the operation declares for `status`, which
    /// [`body_as`](crate::ApiError::body_as) decodes.
    ///
    /// # Panics
    ///
    /// Panics if JSON cannot represent `body`, which does not happen with the types of generated code.
    pub fn error_with_body(self, status: StatusCode, body: impl Serialize) -> Self {
        let body = serde_json::to_value(body)
            .unwrap_or_else(|error| panic!("JSON cannot represent the body: {error}"));
        self.add(|_| Answer::Body(status, body))
    }

    /// Adds a header to the response that was added last, such as `retry-after` to an error; of a list, to its first
    /// page. It replaces a header that the mock itself sets.
    ///
    /// # Panics
    ///
    /// Panics if there is no response before it, or if `name` or `value` cannot be in a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes());
        let name = name.unwrap_or_else(|error| panic!("a mock's header: {error}"));
        let value = HeaderValue::from_str(value);
        let value = value.unwrap_or_else(|error| panic!("the header `{name}` of a mock: {error}"));
        let mut state = self.mock.state();
        let headers = self.script.and_then(|script| state.last_headers(script));
        let headers =
            headers.unwrap_or_else(|| panic!("no response is before the header `{name}`"));
        headers.append(name, value);
        drop(state);
        self
    }

    /// Adds a failure without a response.
    pub fn fail(self, kind: SendErrorKind) -> Self {
        self.add(|_| Answer::Failure(kind))
    }

    fn add(self, answer: impl FnOnce(&mut State) -> Answer) -> Self {
        let mut state = self.mock.state();
        let answer = answer(&mut state);
        let script = self.script.unwrap_or_else(|| {
            let operation = *R::ANSWER.operation;
            state.script(operation, self.condition.clone())
        });
        state.add(script, answer);
        drop(state);
        Self {
            script: Some(script),
            ..self
        }
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<Body>) -> TransportFuture {
        let (head, body) = request.into_parts();
        if let Some(bytes) = body.bytes().cloned() {
            let response = self.respond(&Request::from_parts(head, bytes));
            return Box::pin(async { response.map(|it| it.map(in_pieces)) });
        }
        let mock = self.clone();
        Box::pin(async move {
            let bytes = body.collect().await;
            let bytes = bytes.map_err(|error| SendError::new(SendErrorKind::Body, error))?;
            let response = mock.respond(&Request::from_parts(head, bytes));
            response.map(|it| it.map(in_pieces))
        })
    }
}

/// Shows only counts, no values.
impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Mock")
            .field("operations", &state.scripts.len())
            .field("requests", &state.requests.len())
            .finish_non_exhaustive()
    }
}

/// Shows the operation.
impl<R: Mocked> fmt::Debug for Answers<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answers")
            .field("operation", &R::ANSWER.operation.id)
            .finish_non_exhaustive()
    }
}

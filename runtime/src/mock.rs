//! A service in memory, for tests of programs that use the client. With the Cargo feature `mock`.
//!
//! A [`Mock`] is a [`Transport`]: it answers requests without a socket, by operation and with typed bodies, and
//! keeps what was asked. What the specification shows as the answer to an operation is at hand as [`example`].
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
//! use twilio_runtime::StatusCode;
//! use twilio_runtime::mock::{Mock, example};
//!
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
//! - Answers to an operation are given in the order in which they were set, one for each request; the last one is
//!   given again and again.
//! - Answers behind [`when`](Answers::when) are for the requests that its condition holds for. They come before all
//!   others: the first condition that holds, in the order in which they were set, answers with its own answers, in order,
//!   the last one again and again. So they do not depend on the order in which requests come, as those of concurrent code
//!   do not. A request that no condition holds for gets an answer without one.
//! - A request without an answer is an `Error::Api` of status 501 that says what to call or what was asked for, or it
//!   gets the example of its operation, if that is one of those that [`Mock::with_examples`] was given.
//! - The answer to a list is all of its items. They come in pages of the size that is asked for, as the
//!   vendor has them, with links that the client follows; a further page takes no further answer.
//! - Requests are kept in the order in which they were sent, repeated ones included. Their credentials are not.
//! - A client that signs in with client credentials gets a token for any id and secret. Its requests for
//!   tokens are not kept.
//!
//! Nothing here may be needed by a program that is not a test.

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

use http::{Request, StatusCode};
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

/// Lets a [`Mock`](crate::mock::Mock) answer a request: `mocked!(FetchSim => Sim, 200, Value, EXAMPLES)`, or, for a
/// list, `mocked!(ListSim => Vec<Sim>, 200, Items("sims"), EXAMPLES)`.
#[macro_export]
macro_rules! mocked {
    ($request:ty => $body:ty, $status:literal, $content:ident $(($key:literal))?, $examples:expr) => {
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

/// A service in memory: a cheap handle, whose clones share answers and requests.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
}

impl Mock {
    /// Makes a service that has an answer to nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers each request for one of `operations` with its example unless another answer was set for it: such as
    /// `store::v1::EXAMPLES` for all that a product can do.
    pub fn with_examples(
        self,
        operations: impl IntoIterator<Item = &'static &'static AnswerSpec>,
    ) -> Self {
        self.state().examples.extend(operations);
        self
    }

    /// Makes a client of this service, with credentials that do not matter. It repeats nothing, so that each answer
    /// is seen; a builder with [`transport(mock.clone())`](ClientBuilder::transport) makes any other.
    ///
    /// # Panics
    ///
    /// Does not, unless this crate refuses its own settings.
    pub fn client<C: ApiClient>(&self) -> C {
        ClientBuilder::new()
            .basic_auth("mock", "mock")
            .api_key_of_all_names("mock")
            .retry_policy(RetryPolicy::off())
            .transport(self.clone())
            .build()
            .unwrap_or_else(|error| panic!("a client of a mock: {error}"))
    }

    /// Sets answers to the operation that `R` requests.
    #[must_use = "an answer is set by a call such as `answer`"]
    pub fn on<R: Mocked>(&self) -> Answers<'_, R> {
        Answers {
            mock: self,
            condition: None,
            script: None,
            request: PhantomData,
        }
    }

    /// Returns every request so far, in order, but for those for tokens.
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
        // A test that panicked has left nothing half-written here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets answers to an operation. Each call adds one behind those that are there.
pub struct Answers<'m, R> {
    mock: &'m Mock,
    condition: Option<Condition>,
    /// Where the answers go; `None` before the first.
    script: Option<usize>,
    request: PhantomData<fn(R)>,
}

impl<R: Mocked> Answers<'_, R> {
    /// Sets the answers that follow for the requests that `condition` holds for, whenever they come: they win over answers
    /// without a condition, and over those of conditions that are set later. A second `when` begins anew, unless no answer
    /// stands between the two: then both conditions must hold.
    ///
    /// A page of a list that a link of an earlier page leads to needs no answer, so no condition is asked.
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

    /// Answers with `body` and the status of a success. For a list it is every item, of all pages: `[sim, other]`.
    ///
    /// # Panics
    ///
    /// Panics if `body` has no JSON, which the types of generated code always have.
    pub fn answer(self, body: impl Into<R::Body>) -> Self {
        self.answer_with_status(status_of(R::ANSWER), body)
    }

    /// Answers with `body` and `status`. A list always comes with 200.
    ///
    /// # Panics
    ///
    /// Panics if `body` has no JSON, which the types of generated code always have.
    pub fn answer_with_status(self, status: StatusCode, body: impl Into<R::Body>) -> Self {
        let body = serde_json::to_value(body.into())
            .unwrap_or_else(|error| panic!("a body without JSON: {error}"));
        self.add(|state| state.body(R::ANSWER, status, body))
    }

    /// Answers with the first example of the specification and its status. What has none is answered with an empty
    /// body: `{}`, or no items.
    pub fn answer_example(self) -> Self {
        self.add(|state| state.example(R::ANSWER))
    }

    /// Answers with an error as the vendor words it: `code` is its own, such as 20404.
    pub fn error(self, status: StatusCode, code: i64, message: &str) -> Self {
        self.add(|_| Answer::Error(status, code, message.to_owned()))
    }

    /// Answers with an error whose body is the JSON of `body`: of a type that the operation declares for `status`, which
    /// [`body_as`](crate::ApiError::body_as) reads.
    ///
    /// # Panics
    ///
    /// Panics if `body` has no JSON, which the types of generated code always have.
    pub fn error_with_body(self, status: StatusCode, body: impl Serialize) -> Self {
        let body = serde_json::to_value(body)
            .unwrap_or_else(|error| panic!("a body without JSON: {error}"));
        self.add(|_| Answer::Body(status, body))
    }

    /// Gives no answer: the request fails on its way.
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

/// Shows how much there is, and no values.
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

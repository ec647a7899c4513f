//! Sends token requests (RFC 6749 §4.4.2), and reports why there is no token.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use form_urlencoded::byte_serialize;
use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;

use super::endpoint::{Authentication, TokenEndpoint};
use crate::body::Body;
use crate::error::{AuthenticationError, Error, one_line};
use crate::exchange::{self, Answer, Limits};
use crate::operation::{Method, Operation};
use crate::retry::{Attempts, RetryHook, RetryPolicy, RetryQuota};
use crate::transport::Transport;
use crate::vendor::Vendor;

/// The length, in characters, to which the endpoint's error description is truncated.
const DESCRIPTION_LIMIT: usize = 200;

/// The remedy for scopes that the client may not have.
pub(crate) const SET_SCOPES: &str = "set the scopes of the client with `scopes` on the builder";

/// The error of scopes that the client may not have, or that do not exist.
const INVALID_SCOPE: &str = "invalid_scope";

/// The errors of a token endpoint (RFC 6749 §5.2).
const CODES: [&str; 6] = [
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    INVALID_SCOPE,
    "unauthorized_client",
    "unsupported_grant_type",
];

/// The name of a token request in errors and for the retry hook.
const TOKEN_REQUEST: Operation = Operation {
    id: "token request",
    method: Method::Post,
    server: "",
    path: "",
};

/// The settings for sending token requests like the client's other requests.
pub(crate) struct TokenRequests {
    pub(crate) vendor: &'static Vendor,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) retry_quota: Option<Arc<RetryQuota>>,
    pub(crate) on_retry: Option<RetryHook>,
}

/// Requests tokens from one endpoint.
pub(super) struct TokenRequester {
    endpoint: TokenEndpoint,
    requests: TokenRequests,
    /// The index of the authentication that the endpoint accepts, as far as that is known.
    accepted: AtomicUsize,
}

impl TokenRequester {
    pub(super) fn new(endpoint: TokenEndpoint, requests: TokenRequests) -> Self {
        Self {
            endpoint,
            requests,
            accepted: AtomicUsize::new(0),
        }
    }

    /// Requests a token until there is a response or no reason to try again, and returns its body.
    ///
    /// A request that fails in passing is repeated: fetching a token too many does no harm. If the endpoint does not
    /// recognize the client, the next way to send the id and the secret is tried.
    pub(super) async fn response(&self) -> Result<Bytes, AuthenticationError> {
        let TokenRequests {
            retry_policy,
            retry_quota,
            limits,
            ..
        } = &self.requests;
        let quota = retry_quota.as_deref();
        let mut attempts =
            Attempts::start(retry_policy, quota, &TOKEN_REQUEST, Method::Post).repeatable();
        let (mut way, mut unrecognized) = (self.accepted.load(Ordering::Relaxed), None);
        loop {
            let error = match self.attempt(way, &attempts).await {
                Ok(answer) => {
                    attempts.succeed();
                    self.accepted.store(way, Ordering::Relaxed);
                    return Ok(answer.body);
                }
                Err(error) => error,
            };
            let is_unrecognized = is_unrecognized(&error);
            if is_unrecognized && way + 1 < self.endpoint.authentications.len() {
                way += 1;
                unrecognized = Some(error);
                continue;
            }
            let Some(retry) = attempts.after(&error, limits) else {
                let failed = attempts.failed(&error);
                let first = unrecognized.filter(|_| is_unrecognized);
                return Err(self.failure(first.unwrap_or_else(|| error.after(failed))));
            };
            retry.announce(self.requests.on_retry.as_ref());
            retry.due().await;
        }
    }

    /// Makes one attempt, which sends the id and the secret in the `way` with this index.
    async fn attempt(&self, way: usize, attempts: &Attempts<'_>) -> Result<Answer, Error> {
        let request = self.message(self.endpoint.authentications[way]);
        let request = request.map_err(|error| exchange::unsendable(&TOKEN_REQUEST, error))?;
        let by = attempts.attempt_ends(&self.requests.limits);
        let open = exchange::open(
            &*self.requests.transport,
            self.requests.vendor,
            &TOKEN_REQUEST,
            request,
            by,
            &self.requests.limits,
        );
        open.await?.whole(&self.requests.limits).await
    }

    fn message(&self, authentication: Authentication) -> Result<Request<Body>, http::Error> {
        let TokenEndpoint {
            url,
            client_id,
            client_secret,
            scope,
            authentications: _,
        } = &self.endpoint;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        if !scope.is_empty() {
            form.append_pair("scope", scope);
        }
        let mut request = Request::post(url.as_str())
            .header(header::USER_AGENT, &self.requests.user_agent)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        match authentication {
            Authentication::Basic => {
                let mut value = HeaderValue::try_from(format!("Basic {}", self.basic()))?;
                value.set_sensitive(true);
                request = request.header(header::AUTHORIZATION, value);
            }
            Authentication::Body => {
                form.append_pair("client_id", client_id);
                form.append_pair("client_secret", client_secret);
            }
        }
        request.body(Body::from(form.finish()))
    }

    /// Returns the id and the secret as HTTP Basic authentication has them: each is encoded as in a form first.
    fn basic(&self) -> String {
        let TokenEndpoint {
            client_id,
            client_secret,
            ..
        } = &self.endpoint;
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(client_secret)))
    }

    fn failure(&self, error: Error) -> AuthenticationError {
        if let Error::Api(error) = &error {
            return AuthenticationError::new(format!(
                "no access token: the token endpoint returned {}",
                self.description(error.status, &error.body)
            ));
        }
        AuthenticationError::caused_by("no access token: the token endpoint did not respond", error)
    }

    /// Returns the endpoint's error and its description (RFC 6749 §5.2), without what they may echo of the request.
    fn description(&self, status: StatusCode, body: &[u8]) -> String {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let mut description = status.to_string();
        if let Some(code) = body["error"].as_str() {
            let code = match CODES.contains(&code) {
                true => code.to_owned(),
                false => self.redacted(code),
            };
            description.push_str(&format!(": {code}"));
        }
        if let Some(text) = body["error_description"].as_str() {
            description.push_str(&format!(": {}", self.redacted(text)));
        }
        let mut description = one_line(&description, DESCRIPTION_LIMIT);
        if body["error"] == INVALID_SCOPE {
            description.push_str(&format!("; {SET_SCOPES}"));
        }
        description
    }

    fn redacted(&self, text: &str) -> String {
        let TokenEndpoint {
            client_id,
            client_secret,
            ..
        } = &self.endpoint;
        let secrets = [&self.basic(), client_secret, client_id];
        let redact = |text: String, secret: &String| text.replace(secret, "<redacted>");
        secrets.into_iter().fold(text.to_owned(), redact)
    }
}

/// Returns whether the endpoint may not have found the id and the secret where they were: it has not recognized the
/// client, or calls the request incomplete (RFC 6749 §5.2).
fn is_unrecognized(error: &Error) -> bool {
    let Error::Api(error) = error else {
        return false;
    };
    match error.status {
        StatusCode::UNAUTHORIZED => true,
        StatusCode::BAD_REQUEST => {
            let body: Value = serde_json::from_slice(&error.body).unwrap_or_default();
            matches!(
                body["error"].as_str(),
                None | Some("invalid_client" | "invalid_request")
            )
        }
        _ => false,
    }
}

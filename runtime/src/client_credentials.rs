//! OAuth 2.0 client credentials (RFC 6749 §4.4): fetches bearer tokens, caches them and renews them in time.
//!
//! The id and the secret go only to the token URL, in the body of the request (RFC 6749 §2.3.1).

mod refresh;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;
use tokio::time::Instant;

use self::refresh::{Refresh, RefreshResult};
use crate::auth::{Authorization, AuthorizationFuture, CredentialSource, refuse_padded};
use crate::body::Body;
use crate::error::{AuthenticationError, ConfigurationError, Error, one_line};
use crate::exchange::{self, Answer, Limits};
use crate::operation::{Method, Operation};
use crate::retry::{Attempts, RetryHook, RetryPolicy, RetryQuota};
use crate::transport::Transport;
use crate::vendor::Vendor;

/// The longest time before its expiry that a token is renewed. For a short lifetime it is a tenth.
const MARGIN: Duration = Duration::from_secs(60);

/// The length, in characters, to which the endpoint's error description is truncated.
const DESCRIPTION_LIMIT: usize = 200;

/// The name of a token request in errors and for the retry hook.
const TOKEN_REQUEST: Operation = Operation {
    id: "token request",
    method: Method::Post,
    server: "",
    path: "",
};

/// The token URL, id and secret.
#[derive(Clone)]
pub(crate) struct TokenEndpoint {
    /// Checked when the client is built.
    pub(crate) url: String,
    client_id: String,
    client_secret: String,
    /// [`ClientCredentials::of`]. Because it is a pointer, programs that have no token endpoint do not contain it.
    pub(crate) source: NewSource,
}

type NewSource = fn(&TokenEndpoint, TokenRequests) -> Result<Box<dyn CredentialSource>, Error>;

impl TokenEndpoint {
    pub(crate) fn new(url: String, client_id: String, client_secret: String) -> Self {
        Self {
            url,
            client_id,
            client_secret,
            source: ClientCredentials::of,
        }
    }

    /// Checks the id and the secret; the URL is checked with all others.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if one of them is empty, has white space around it or contains a control
    /// character.
    fn checked(&self) -> Result<Self, Error> {
        for (what, value) in [
            ("client id", &self.client_id),
            ("client secret", &self.client_secret),
        ] {
            refuse_padded(what, value)?;
            if value.is_empty() || value.contains(char::is_control) {
                let problem = format!("the {what} is empty or contains a control character");
                let remedy = "give it as it was issued";
                return Err(ConfigurationError::new(problem, remedy).into());
            }
        }
        Ok(self.clone())
    }
}

/// The bearer tokens of one client, one at a time.
pub(crate) struct ClientCredentials(Arc<Inner>);

struct Inner {
    endpoint: TokenEndpoint,
    requests: TokenRequests,
    /// Never locked across an `.await`.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The current token.
    token: Option<Token>,
    /// The refresh that fetches the next one.
    refresh: Option<Refresh>,
}

struct Token {
    authorization: Authorization,
    /// When to renew it; `None` if only the service knows.
    replace_at: Option<Instant>,
    ends_at: Option<Instant>,
}

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

impl ClientCredentials {
    /// Fetches tokens from `endpoint` when they are needed.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for an id or a secret that [`TokenEndpoint::checked`] rejects.
    fn of(
        endpoint: &TokenEndpoint,
        requests: TokenRequests,
    ) -> Result<Box<dyn CredentialSource>, Error> {
        Ok(Box::new(Self::new(endpoint.checked()?, requests)))
    }

    fn new(endpoint: TokenEndpoint, mut requests: TokenRequests) -> Self {
        requests.limits.timeout = refresh::TIMEOUT;
        Self(Arc::new(Inner {
            endpoint,
            requests,
            state: Mutex::default(),
        }))
    }
}

impl CredentialSource for ClientCredentials {
    fn authorization(&self) -> AuthorizationFuture {
        let inner = Arc::clone(&self.0);
        Box::pin(async move { inner.authorization().await.map_err(Error::from) })
    }

    /// Drops the token, unless another one has replaced it.
    fn refused(&self, authorization: &Authorization) -> bool {
        let mut state = self.0.state();
        let is_refused = |token: &mut Token| token.authorization == *authorization;
        state.token.take_if(is_refused);
        true
    }
}

impl Inner {
    /// Returns the current token, or the result of the refresh in progress; starts one if there is none.
    async fn authorization(self: &Arc<Self>) -> RefreshResult {
        loop {
            let (refresh, is_own) = match self.join() {
                Joined::Token(authorization) => return Ok(authorization),
                Joined::Running(refresh) => (refresh, false),
                Joined::Started(refresh) => (refresh, true),
            };
            match refresh.result().await {
                Some(result) => return result,
                // The runtime of this call is running, so its own refresh has panicked, and another would, too.
                None if is_own => {
                    let problem = "no access token: the task that fetches it panicked";
                    return Err(AuthenticationError::new(problem));
                }
                None => {}
            }
        }
    }

    fn join(self: &Arc<Self>) -> Joined {
        let mut state = self.state();
        if let Some(authorization) = state.kept() {
            return Joined::Token(authorization);
        }
        if let Some(refresh) = state.refresh.as_ref().filter(|it| it.is_alive()) {
            return Joined::Running(refresh.clone());
        }
        let inner = Arc::clone(self);
        let refresh = Refresh::start(|own| async move {
            let result = inner.request(Instant::now()).await;
            inner.state().finish(&own, result)
        });
        state.refresh = Some(refresh.clone());
        Joined::Started(refresh)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked left either a token or none.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fetches a token, and retries if that may help: fetching one too many does no harm.
    async fn request(&self, now: Instant) -> Result<Token, AuthenticationError> {
        let TokenRequests {
            retry_policy,
            retry_quota,
            ..
        } = &self.requests;
        let quota = retry_quota.as_deref();
        let mut attempts =
            Attempts::start(retry_policy, quota, &TOKEN_REQUEST, Method::Post).repeatable();
        loop {
            let error = match self.attempt(&attempts).await {
                Ok(answer) => {
                    attempts.succeed();
                    return read(&answer.body, now);
                }
                Err(error) => error,
            };
            let Some(retry) = attempts.after(&error, &self.requests.limits) else {
                let failed = attempts.failed(&error);
                return Err(self.failure(error.after(failed)));
            };
            retry.announce(self.requests.on_retry.as_ref());
            retry.due().await;
        }
    }

    async fn attempt(&self, attempts: &Attempts<'_>) -> Result<Answer, Error> {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.endpoint.client_id)
            .append_pair("client_secret", &self.endpoint.client_secret)
            .finish();
        let request = Request::post(&self.endpoint.url)
            .header(header::USER_AGENT, &self.requests.user_agent)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .map_err(|error| exchange::unsendable(&TOKEN_REQUEST, error))?;
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

    fn failure(&self, error: Error) -> AuthenticationError {
        if let Error::Api(error) = &error {
            return AuthenticationError::new(format!(
                "no access token: the token endpoint returned {}",
                self.description(error.status, &error.body)
            ));
        }
        AuthenticationError::caused_by("no access token: the token endpoint did not respond", error)
    }

    /// Returns the endpoint's error description (RFC 6749 §5.2), without what it may echo of the request.
    fn description(&self, status: StatusCode, body: &[u8]) -> String {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let texts = ["error", "error_description"].map(|name| body[name].as_str());
        let mut description = status.to_string();
        for text in texts.into_iter().flatten() {
            description.push_str(": ");
            description.push_str(text);
        }
        for secret in [&self.endpoint.client_secret, &self.endpoint.client_id] {
            description = description.replace(secret.as_str(), "<redacted>");
        }
        one_line(&description, DESCRIPTION_LIMIT)
    }
}

/// What a call that needs a token has to do.
enum Joined {
    Token(Authorization),
    Running(Refresh),
    Started(Refresh),
}

impl State {
    /// Returns the current token, unless it is time to renew it.
    fn kept(&self) -> Option<Authorization> {
        let token = self.token.as_ref()?;
        let is_fresh = token.replace_at.is_none_or(|at| Instant::now() < at);
        is_fresh.then(|| token.authorization.clone())
    }

    /// Ends the refresh `own`, and returns the result for the calls that wait for it; `None` if another refresh has
    /// replaced it.
    ///
    /// They get the token even if it has already expired; a later call fetches another.
    fn finish(
        &mut self,
        own: &Refresh,
        result: Result<Token, AuthenticationError>,
    ) -> Option<RefreshResult> {
        self.refresh.take_if(|it| it.is_same(own))?;
        Some(match result {
            Ok(token) => Ok(self.token.insert(token).authorization.clone()),
            Err(error) => self.token.as_mut().and_then(Token::put_off).ok_or(error),
        })
    }
}

impl Token {
    /// Keeps a token that could not be renewed for half of its remaining lifetime; `None` if it has expired.
    fn put_off(&mut self) -> Option<Authorization> {
        let now = Instant::now();
        let left = self.ends_at?.checked_duration_since(now)?;
        if left.is_zero() {
            return None;
        }
        self.replace_at = Some(now + left / 2);
        Some(self.authorization.clone())
    }
}

/// Parses a token response (RFC 6749 §5.1) to a request made at `now`.
fn read(body: &[u8], now: Instant) -> Result<Token, AuthenticationError> {
    let refuse = |problem: &str| {
        Err(AuthenticationError::new(format!(
            "no access token: the token endpoint's response {problem}"
        )))
    };
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return refuse("is not JSON");
    };
    if let Some(kind) = body["token_type"].as_str()
        && !kind.eq_ignore_ascii_case("bearer")
    {
        return refuse("has a token of another type than `bearer`");
    }
    let Some(token) = body["access_token"].as_str() else {
        return refuse("has no string `access_token`");
    };
    let Ok(authorization) = Authorization::bearer(token) else {
        return refuse("has a token that cannot be sent in a header");
    };
    let life = lifetime(&body["expires_in"]);
    let margin = life.map(|life| MARGIN.min(life / 10));
    Ok(Token {
        authorization,
        replace_at: life
            .zip(margin)
            .and_then(|(life, margin)| now.checked_add(life.saturating_sub(margin))),
        ends_at: life.and_then(|life| now.checked_add(life)),
    })
}

/// Returns a lifetime in seconds, which some servers send as text; `None` if it is missing.
fn lifetime(seconds: &Value) -> Option<Duration> {
    let seconds = seconds
        .as_f64()
        .or_else(|| seconds.as_str()?.trim().parse().ok())?;
    // A lifetime that does not fit is treated as endless; a negative one has expired.
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_id_and_secret_is_rejected_and_not_shown() {
        let endpoint = |id: &str, secret: &str| {
            let url = "https://auth.example/token".to_owned();
            TokenEndpoint::new(url, id.to_owned(), secret.to_owned())
        };
        for padded in [
            "hunter2\n",
            "hunter2\r\n",
            " hunter2",
            "hunter2\t",
            "hunter2\u{a0}",
            "\u{feff}hunter2",
            " ",
        ] {
            for (what, endpoint) in [
                ("client id", endpoint(padded, "s")),
                ("client secret", endpoint("id", padded)),
            ] {
                let text = endpoint.checked().err().unwrap().to_string();
                let expected = format!("the {what} has white space around it");
                assert!(
                    text.contains(&expected) && !text.contains("hunter2"),
                    "{text}"
                );
            }
        }
    }
}

//! OAuth 2.0 client credentials (RFC 6749 §4.4): gets bearer tokens, keeps them and replaces them in time.
//!
//! The id and the secret go to the token URL alone, in the body of the request (RFC 6749 §2.3.1).

mod refresh;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;
use tokio::time::Instant;

use self::refresh::{Outcome, Refresh};
use crate::auth::{Authorization, AuthorizationFuture, CredentialSource, refuse_padded};
use crate::body::Body;
use crate::error::{AuthenticationError, ConfigurationError, Error, one_line};
use crate::exchange::{self, Answer, Limits};
use crate::operation::{Method, Operation};
use crate::retry::{Attempts, RetryHook, RetryPolicy, RetryQuota};
use crate::transport::Transport;
use crate::vendor::Vendor;

/// How long before its end a token is replaced, at most. Of a short life it is a tenth.
const MARGIN: Duration = Duration::from_secs(60);

/// The length, in characters, to which a description by the endpoint is cut.
const DESCRIPTION_LIMIT: usize = 200;

/// What names a request for a token in errors and to the retry hook.
const TOKEN_REQUEST: Operation = Operation {
    id: "token request",
    method: Method::Post,
    server: "",
    path: "",
};

/// Where tokens come from, and what for.
#[derive(Clone)]
pub(crate) struct TokenEndpoint {
    /// Checked when the client is built.
    pub(crate) url: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

impl TokenEndpoint {
    /// Checks the id and the secret; the URL is checked with all others.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if one of them is empty, has white space around it or holds a control character.
    pub(crate) fn checked(&self) -> Result<Self, Error> {
        for (what, value) in [
            ("client id", &self.client_id),
            ("client secret", &self.client_secret),
        ] {
            refuse_padded(what, value)?;
            if value.is_empty() || value.contains(char::is_control) {
                let problem = format!("the {what} is empty or holds a control character");
                let remedy = "give it as it was issued";
                return Err(ConfigurationError::new(problem, remedy).into());
            }
        }
        Ok(self.clone())
    }
}

/// Bearer tokens of one client, one at a time.
pub(crate) struct ClientCredentials(Arc<Inner>);

struct Inner {
    endpoint: TokenEndpoint,
    requests: TokenRequests,
    /// Never locked while anything is waited for.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The token at hand.
    token: Option<Token>,
    /// What brings the next one.
    refresh: Option<Refresh>,
}

struct Token {
    authorization: Authorization,
    /// When it is to be replaced; `None` if only the service knows.
    replace_at: Option<Instant>,
    ends_at: Option<Instant>,
}

/// What is needed to ask for tokens as the client sends its other requests.
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
    /// Gets tokens from `endpoint`, when they are needed.
    pub(crate) fn new(endpoint: TokenEndpoint, mut requests: TokenRequests) -> Self {
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

    /// Drops the token, unless another has taken its place.
    fn refused(&self, authorization: &Authorization) -> bool {
        let mut state = self.0.state();
        let is_refused = |token: &mut Token| token.authorization == *authorization;
        state.token.take_if(is_refused);
        true
    }
}

impl Inner {
    /// Returns the token at hand, or what the refresh brings that is under way; starts one if there is none.
    async fn authorization(self: &Arc<Self>) -> Outcome {
        loop {
            let (refresh, is_own) = match self.join() {
                Joined::Token(authorization) => return Ok(authorization),
                Joined::Running(refresh) => (refresh, false),
                Joined::Started(refresh) => (refresh, true),
            };
            match refresh.outcome().await {
                Some(outcome) => return outcome,
                // The runtime of this call runs, so its own refresh has panicked, and another would.
                None if is_own => {
                    let problem = "no access token: the task that asked for one panicked";
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
        // Whoever panicked has left a token or none.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a token, again if that may help: a token more does no harm.
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
                "no access token: the token endpoint answered {}",
                self.told(error.status, &error.body)
            ));
        }
        AuthenticationError::caused_by("no access token: the token endpoint gave no answer", error)
    }

    /// Returns what the endpoint says of an error (RFC 6749 §5.2), without what it may repeat of the request.
    fn told(&self, status: StatusCode, body: &[u8]) -> String {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let texts = ["error", "error_description"].map(|name| body[name].as_str());
        let mut told = status.to_string();
        for text in texts.into_iter().flatten() {
            told.push_str(": ");
            told.push_str(text);
        }
        for secret in [&self.endpoint.client_secret, &self.endpoint.client_id] {
            told = told.replace(secret.as_str(), "<redacted>");
        }
        one_line(&told, DESCRIPTION_LIMIT)
    }
}

/// What a call that needs a token finds.
enum Joined {
    Token(Authorization),
    Running(Refresh),
    Started(Refresh),
}

impl State {
    /// Returns the token at hand, unless it is time to replace it.
    fn kept(&self) -> Option<Authorization> {
        let token = self.token.as_ref()?;
        let is_fresh = token.replace_at.is_none_or(|at| Instant::now() < at);
        is_fresh.then(|| token.authorization.clone())
    }

    /// Ends the refresh `own`, and returns what those get who wait for it; `None` if another has taken its place.
    ///
    /// The token is theirs even if it has ended already; a later call asks for another.
    fn finish(
        &mut self,
        own: &Refresh,
        result: Result<Token, AuthenticationError>,
    ) -> Option<Outcome> {
        self.refresh.take_if(|it| it.is_same(own))?;
        Some(match result {
            Ok(token) => Ok(self.token.insert(token).authorization.clone()),
            Err(error) => self.token.as_mut().and_then(Token::put_off).ok_or(error),
        })
    }
}

impl Token {
    /// Keeps a token that could not be replaced for half of the time that it has left; `None` if it has ended.
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

/// Reads an answer with a token (RFC 6749 §5.1) that was asked for at `now`.
fn read(body: &[u8], now: Instant) -> Result<Token, AuthenticationError> {
    let refuse = |problem: &str| {
        Err(AuthenticationError::new(format!(
            "no access token: the token endpoint's answer {problem}"
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
        return refuse("has no text `access_token`");
    };
    let Ok(authorization) = Authorization::bearer(token) else {
        return refuse("has a token that fits no header");
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

/// Returns a lifetime in seconds, which some servers send as text; `None` if it is left out.
fn lifetime(seconds: &Value) -> Option<Duration> {
    let seconds = seconds
        .as_f64()
        .or_else(|| seconds.as_str()?.trim().parse().ok())?;
    // More than fits is as good as no end; less than nothing has ended.
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_id_and_secret_is_refused_and_not_shown() {
        let endpoint = |id: &str, secret: &str| TokenEndpoint {
            url: "https://auth.example/token".to_owned(),
            client_id: id.to_owned(),
            client_secret: secret.to_owned(),
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
                let told = endpoint.checked().err().unwrap().to_string();
                let expected = format!("the {what} has white space around it");
                assert!(
                    told.contains(&expected) && !told.contains("hunter2"),
                    "{told}"
                );
            }
        }
    }
}

//! OAuth 2.0 client credentials (RFC 6749 §4.4): fetches bearer tokens, caches them and renews them in time.
//!
//! The id and the secret go only to the token URL.

mod endpoint;
mod oauth_client;
mod refresh;
mod token_request;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use self::endpoint::TokenEndpoint;
pub(crate) use self::oauth_client::{Issuer, NewOAuthClient, OAuthClient, TokenSettings};
use self::refresh::{Refresh, RefreshResult};
#[cfg(feature = "cli")]
pub(crate) use self::token_request::SET_SCOPES;
use self::token_request::TokenRequester;
pub(crate) use self::token_request::TokenRequests;
use crate::auth::{Authorization, AuthorizationFuture, CredentialSource};
use crate::error::{AuthenticationError, Error};

/// The longest time before its expiry that a token is renewed. For a short lifetime it is a tenth.
const MARGIN: Duration = Duration::from_secs(60);

/// The bearer tokens of one client, one at a time.
pub(crate) struct ClientCredentials(Arc<Inner>);

struct Inner {
    requester: TokenRequester,
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

impl ClientCredentials {
    /// Fetches tokens from `endpoint` when they are needed.
    fn of(endpoint: TokenEndpoint, mut requests: TokenRequests) -> Box<dyn CredentialSource> {
        requests.limits.timeout = refresh::TIMEOUT;
        Box::new(Self(Arc::new(Inner {
            requester: TokenRequester::new(endpoint, requests),
            state: Mutex::default(),
        })))
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

    async fn request(&self, now: Instant) -> Result<Token, AuthenticationError> {
        read(&self.requester.response().await?, now)
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

//! Configures a client. Nothing is checked before `build`, but for what the environment lacks.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use crate::client::{Client, Shared};
use crate::credentials::Credentials;
use crate::error::{ConfigurationError, Error};
use crate::origin::BaseUrl;
use crate::retry::{Retry, RetryHook, RetryPolicy};
use crate::transport::{Timeouts, Transport};

/// Configures a client of type `C`, which wraps a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

#[derive(Clone)]
struct Settings {
    credentials: Option<Credentials>,
    base_url: Option<String>,
    timeouts: Timeouts,
    retry_policy: RetryPolicy,
    on_retry: Option<RetryHook>,
}

impl<C> ClientBuilder<C> {
    /// Starts with the defaults: 10 s to connect, 30 s for a whole request, retries as [`RetryPolicy::default`] has
    /// them, and no credentials.
    pub fn new() -> Self {
        let timeouts = Timeouts {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
        };
        Self {
            settings: Settings {
                credentials: None,
                base_url: None,
                timeouts,
                retry_policy: RetryPolicy::default(),
                on_retry: None,
            },
            client: PhantomData,
        }
    }

    /// Signs in with HTTP Basic authentication (RFC 7617): an account SID and its auth token, or the SID of an
    /// API key and its secret.
    pub fn basic_auth(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        let (username, password) = (username.into(), password.into());
        self.settings.credentials = Some(Credentials::Basic { username, password });
        self
    }

    /// Signs in with what the environment holds: `TWILIO_API_KEY` and `TWILIO_API_SECRET` if they are set, else
    /// `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if neither pair is set, if only one half of a pair is, or if a value is
    /// empty or not Unicode. It names the variables and no value.
    pub fn credentials_from_env(mut self) -> Result<Self, Error> {
        self.settings.credentials = Some(Credentials::from_variables(|name| std::env::var(name))?);
        Ok(self)
    }

    /// Sends every request to `base_url` instead of the servers of the API, whatever the product: a mock, a proxy
    /// or a compatible service. A path in it is kept in front of the paths of the API.
    ///
    /// The credentials go there, too, and unprotected if the scheme is `http`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
        self
    }

    /// Limits the time to connect, in each attempt. The default is 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeouts.connect = timeout;
        self
    }

    /// Limits the time of a whole request, from connecting to the last byte of the answer, in each attempt. The
    /// default is 30 s; [`RetryPolicy::deadline`] is for all attempts together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeouts.total = timeout;
        self
    }

    /// Sets how often and how soon a request that failed is sent again. A request may have a policy of its own.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry_policy = policy;
        self
    }

    /// Calls `hook` before the wait for each retry, to log or count them.
    ///
    /// It runs in the task that makes the request and must not block. The last hook that is set is the only one.
    pub fn on_retry(mut self, hook: impl Fn(&Retry) + Send + Sync + 'static) -> Self {
        self.settings.on_retry = Some(Arc::new(hook));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if there are no credentials, if they cannot be sent, if the base URL is
    /// not an `http` or `https` URL free of userinfo, query and fragment, or if TLS cannot be set up.
    pub fn build(self) -> Result<C, Error>
    where
        C: From<Client>,
    {
        self.settings.into_client().map(C::from)
    }
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> Clone for ClientBuilder<C> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            client: PhantomData,
        }
    }
}

/// Shows neither the credentials nor the base URL, which has not been checked for a password yet.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.settings.credentials)
            .field("timeouts", &self.settings.timeouts)
            .field("retry_policy", &self.settings.retry_policy)
            .finish_non_exhaustive()
    }
}

impl Settings {
    fn into_client(self) -> Result<Client, Error> {
        let Some(credentials) = self.credentials else {
            let remedy = "call `basic_auth` or `credentials_from_env` on the builder";
            return Err(ConfigurationError::new("no credentials".to_owned(), remedy).into());
        };
        credentials.check()?;
        let base_url = self.base_url.as_deref().map(BaseUrl::parse).transpose()?;
        let transport = Transport::new(&self.timeouts)?;
        Ok(Client::new(Shared {
            transport,
            credentials,
            base_url,
            retry_policy: self.retry_policy,
            on_retry: self.on_retry,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(builder: ClientBuilder) -> String {
        let error = builder.build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        error.to_string()
    }

    #[test]
    fn a_client_needs_credentials() {
        assert!(problem(Client::builder()).contains("`basic_auth`"));
        assert!(problem(Client::builder().basic_auth("A:C", "t")).contains("colon"));
        assert!(problem(Client::builder().basic_auth("AC", "")).contains("empty"));
    }

    #[test]
    fn a_base_url_is_checked_when_the_client_is_built() {
        let builder = Client::builder().basic_auth("AC", "t");
        assert!(
            builder
                .clone()
                .base_url("http://127.0.0.1:4010")
                .build()
                .is_ok()
        );
        assert!(problem(builder.base_url("https://u:hunter2@a.example")).contains("password"));
    }

    #[test]
    fn debug_shows_no_secret() {
        let builder = Client::builder()
            .basic_auth("AC-hunter", "hunter2")
            .base_url("http://x:hunter2@a.example");
        assert!(!format!("{builder:?}").contains("hunter"));
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        let shown = format!("{client:?} {client:#?}");
        assert!(
            !shown.contains("hunter") && shown.contains("redacted") && shown.contains("127.0.0.1"),
            "{shown}"
        );
    }
}

//! Configures a client. `build` checks the settings; only missing environment variables are reported earlier.

mod credentials;
mod environment;
mod settings;
mod vendor;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use self::credentials::Credentials;
use self::settings::{Settings, Wrapper};
use crate::auth::CredentialSource;
use crate::client::{ApiClient, Client};
use crate::client_credentials::{Issuer, NewOAuthClient, OAuthClient};
use crate::environment::{PROCESS, variable};
use crate::error::Error;
use crate::product::Product;
use crate::retry::{Retry, RetryPolicy};
#[cfg(feature = "reqwest")]
use crate::transport::{OwnBuilder, ReqwestBuilder};
use crate::transport::{ProxyChoice, Transport};

/// Configures a client of type `C`, which wraps a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// Creates a builder with the defaults, which each method documents, and no credentials.
    pub fn new() -> Self {
        Self {
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// Signs in with HTTP Basic authentication (RFC 7617): an account and its password, or an API key and its secret.
    ///
    /// If you call several methods that sign in without an API key, the last one wins. That includes its servers, if it
    /// has its own, so that no credentials reach those of another company.
    pub fn basic_auth(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        let (username, password) = (username.into(), password.into());
        self.settings.credentials = Some(Credentials::Basic { username, password });
        self
    }

    /// Signs in with a fixed bearer token (RFC 6750).
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.settings.credentials = Some(Credentials::Bearer(token.into()));
        self
    }

    /// Signs in with bearer tokens that `token_url` issues for a client id and a secret (OAuth 2.0 client
    /// credentials, RFC 6749 §4.4).
    ///
    /// The first request that needs a token fetches it. The client keeps it and renews it a minute before it expires,
    /// or when a tenth of a short lifetime is left. However many requests wait for a token, the client sends one token
    /// request, which goes on even if they are dropped. If the service rejects a token with 401, the client fetches a
    /// new one and sends the request once more.
    ///
    /// The id and the secret go only to `token_url`: as HTTP Basic authentication, or in the body of the request if the
    /// endpoint does not recognize the client that way (RFC 6749 §2.3.1). [`scopes`](Self::scopes) sets the scopes of
    /// the token.
    ///
    /// A failed token request is retried as the [`retry_policy`](Self::retry_policy) says, whatever its method, for 60
    /// s in all, whatever the [`timeout`](Self::timeout) of the waiting requests. If no token arrives, each waiting
    /// request fails with [`Error::Authentication`] and is not sent; a later request tries again.
    pub fn client_credentials(
        mut self,
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        let (id, secret) = (client_id.into(), client_secret.into());
        let client = OAuthClient::new(Issuer::Url(token_url.into()), id, secret);
        self.settings.credentials = Some(Credentials::OAuth(client));
        self
    }

    /// Signs in with bearer tokens for a client id and a secret, as
    /// [`client_credentials`](Self::client_credentials) does, at the token URL of the specification.
    ///
    /// The tokens are requested for the scopes that the operations require, unless [`scopes`](Self::scopes) are set. A
    /// token URL that is relative to the server is relative to a [`base_url`](Self::base_url) instead, if one is set.
    ///
    /// [`build`](Self::build) fails with [`Error::Configuration`] if the specification has no token URL for client
    /// credentials, or more than one.
    pub fn oauth_client(
        mut self,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        let (id, secret) = (client_id.into(), client_secret.into());
        let client = OAuthClient::new(Issuer::OnlyFlow, id, secret);
        self.settings.credentials = Some(Credentials::OAuth(client));
        self
    }

    /// Sets the scopes (RFC 6749 §3.3) for which [`oauth_client`](Self::oauth_client),
    /// [`client_credentials`](Self::client_credentials) and the environment's client request tokens. With an empty
    /// list, the service decides.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.settings.tokens.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Signs in with an API key, which goes where the specification puts it: into a header, the query or a cookie. It
    /// is independent of the credentials that other methods set. A call sends the credentials that its operation takes:
    /// the first alternative that the client has completely. If there is none, the call fails with
    /// [`Error::Configuration`], which names the methods to call, and nothing is sent.
    ///
    /// If an operation takes several keys, this one is used for the key that [`api_key_named`](Self::api_key_named) has
    /// not set, if there is exactly one.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_keys.other = Some(key.into());
        self
    }

    /// Sets the API key with this name, for services that take several keys. It is sent only under that name, and is
    /// otherwise like [`api_key`](Self::api_key).
    ///
    /// `name` is that of the header, query parameter or cookie, such as `X-App-Id`. The service's own documentation
    /// uses it, while the names in `securitySchemes` exist only in the specification. Header names are
    /// case-insensitive.
    pub fn api_key_named(mut self, name: impl Into<String>, key: impl Into<String>) -> Self {
        let (name, key) = (name.into(), key.into());
        let named = &mut self.settings.api_keys.named;
        named.retain(|(other, _)| *other != name);
        named.push((name, key));
        self
    }

    /// Sets an API key that replaces every other, for a service that checks none.
    #[cfg(feature = "mock")]
    pub(crate) fn api_key_of_all_names(mut self, key: &str) -> Self {
        self.settings.api_keys.stand_in = Some(key.to_owned());
        self
    }

    /// Signs in with the credentials of `source`, which is asked before every attempt.
    pub fn credential_source(mut self, source: impl CredentialSource) -> Self {
        self.settings.credentials = Some(Credentials::Source(Arc::new(source)));
        self
    }

    /// Sends every request of every product to `base_url` instead of the API's servers: a mock, a proxy or a compatible
    /// service. Its path is put in front of the API's paths.
    ///
    /// Credentials go there, too. So a URL with the scheme `http` must lead to this machine (`localhost`, `127.0.0.0/8`
    /// or `::1`), unless [`allow_plain_http`](Self::allow_plain_http) is called.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
        self
    }

    /// Sends the requests of one product to `base_url`. It overrides [`base_url`](Self::base_url) and is otherwise like
    /// it.
    pub fn product_base_url(mut self, product: Product, base_url: impl Into<String>) -> Self {
        let urls = &mut self.settings.product_base_urls;
        urls.retain(|(other, _)| *other != product);
        urls.push((product, base_url.into()));
        self
    }

    /// Sets a variable in the API's server URLs. Generated code has a method for each.
    #[doc(hidden)]
    pub fn server_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let variables = &mut self.settings.server_variables;
        variables.retain(|(other, _)| *other != name);
        variables.push((name, value.into()));
        self
    }

    /// Allows sending credentials unencrypted over `http` to other machines, where anyone on the network path can read
    /// and use them. A client without credentials and default headers needs no permission.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allows_plain_http = true;
        self
    }

    /// Trusts the certificates in `pem` in addition to the system's: the authority of a TLS-intercepting gateway, or of
    /// your own server. Further calls add more.
    ///
    /// On Linux, the certificates in the file that the variable SSL_CERT_FILE names replace the system's.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.http.tls.root_certificates.push(pem.into());
        self
    }

    /// Sets the client certificate (mutual TLS). `pem` contains the certificate, its chain, and its private key in PKCS
    /// #8, one after the other.
    pub fn identity(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.http.tls.identity = Some(pem.into());
        self
    }

    /// Sends every request through the proxy at `url` instead of those in the environment, such as
    /// `http://proxy.internal:3128`, `https://…` or `socks5h://…`; it may contain a user and a password. Plain `http`
    /// to this machine does not use it.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.http.proxy = ProxyChoice::One(url.into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.settings.http.proxy = ProxyChoice::None;
        self
    }

    /// Sets how long the client keeps an idle connection. The default is 25 s, less than most servers: that way the
    /// client closes first and does not send on a connection that the server has closed.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.http.idle_timeout = timeout;
        self
    }

    /// Sends requests through a connection pool that the program has configured: to bind an address, to resolve names,
    /// or to tune TCP. It also determines TLS, proxies and the connect timeout.
    /// [`root_certificate`](Self::root_certificate) and [`identity`](Self::identity) are added to it;
    /// [`proxy`](Self::proxy), [`connect_timeout`](Self::connect_timeout) and
    /// [`pool_idle_timeout`](Self::pool_idle_timeout) do not affect it.
    ///
    /// The client then sets what it relies on: HTTP/1.1, no redirects, no retries, and no compression except with the
    /// Cargo feature `gzip`. Plain `http` to this machine uses the client's own connections.
    ///
    /// A reqwest builder makes only one client, so a second [`build`](Self::build) of this builder or its clones fails
    /// with [`Error::Configuration`].
    #[cfg(feature = "reqwest")]
    pub fn reqwest_builder(mut self, builder: ReqwestBuilder) -> Self {
        self.settings.http.own = Some(OwnBuilder::new(builder));
        self
    }

    /// Adds the program's name to the `User-Agent` of every request, such as `fleet-monitor/1.2` (RFC 9110 §10.1.5).
    /// The service's support can find its requests by it.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.settings.user_agent = Some(program.into());
        self
    }

    /// Adds a header to every API request that does not set it itself, but not to token requests. Further calls add
    /// more. Its value is never logged.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let headers = &mut self.settings.default_headers;
        headers.push((name.into(), value.into()));
        self
    }

    /// Sends requests through `transport` instead of the client's own connection pool.
    ///
    /// [`connect_timeout`](Self::connect_timeout), [`pool_idle_timeout`](Self::pool_idle_timeout),
    /// [`proxy`](Self::proxy), [`root_certificate`](Self::root_certificate) and [`identity`](Self::identity) do not
    /// affect it; all other settings apply.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a transport around the client's own connection pool, or around the [`transport`](Self::transport) that is
    /// set, to observe or change each request and response. The last one that is added is the outermost.
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use twilio_runtime::{Body, Client, Transport, TransportFuture, http};
    /// /// Prints the status of each response.
    /// struct Printer(Arc<dyn Transport>);
    ///
    /// impl Transport for Printer {
    ///     fn send(&self, request: http::Request<Body>) -> TransportFuture {
    ///         let response = self.0.send(request);
    ///         Box::pin(async {
    ///             let response = response.await?;
    ///             println!("{}", response.status());
    ///             Ok(response)
    ///         })
    ///     }
    /// }
    ///
    /// let client = Client::builder().basic_auth("AC…", "token").wrap_transport(Printer).build()?;
    /// # Ok::<(), twilio_runtime::Error>(())
    /// ```
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl Fn(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        let wrapper: Wrapper = Arc::new(move |inner| Arc::new(wrap(inner)));
        self.settings.wrappers.push(wrapper);
        self
    }

    /// Limits the time to connect in each attempt. The default is 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.http.connect_timeout = timeout;
        self
    }

    /// Limits the time of each attempt, from connecting to the last byte of the response. The default is 30 s. An
    /// attempt that times out is retried if the request cannot then take effect twice.
    ///
    /// If the body of the request or the response is a stream, this instead limits the wait for each chunk, and the
    /// wait for the response after the request body has been sent.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.attempt_timeout = timeout;
        self
    }

    /// Limits the time of a whole call: all attempts, the waits between them, and fetching a token. The default is 90
    /// s. Each page of a list is a call. A request can have its own timeout. While a stream is sent or read, only the
    /// [`attempt_timeout`](Self::attempt_timeout) applies.
    ///
    /// A call that times out fails with an [`Error::Transport`] for which [`Error::is_timeout`] is true, or with the
    /// error of the last attempt if there is no time for another.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.timeout = timeout;
        self
    }

    /// Limits the size of a response body in bytes, after decompression. The default is 32 MiB. A larger one is an
    /// [`Error::BodyTooLarge`]. The client keeps the first 64 KiB of an error's body.
    ///
    /// The decoded values of a response may take twice this size, and at least 16 MiB; more is an
    /// [`Error::DecodeLimit`].
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.settings.limits.max_body_size = bytes;
        self
    }

    /// Limits the number of concurrent requests of the client and its clones; others wait for a permit. Off by default.
    ///
    /// The service responds with 429 when an account has too many requests in flight, so a program that makes many
    /// calls is faster below that number. 0 counts as 1.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.settings.max_in_flight = Some(requests);
        self
    }

    /// Sets how often and how soon failed requests are retried, in place of the default [`RetryPolicy`]. A request can
    /// have its own policy.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry_policy = policy;
        self
    }

    /// Calls `hook` before the wait for each retry, to log or count them.
    ///
    /// It runs in the task that makes the request and must not block. If it is set several times, the last one wins.
    pub fn on_retry(mut self, hook: impl Fn(&Retry) + Send + Sync + 'static) -> Self {
        self.settings.on_retry = Some(Arc::new(hook));
        self
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Signs in with the credentials in the environment; the client's `from_env` documents the variables. An empty
    /// variable counts as unset.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the variables are unset, if only some of those that belong together are set,
    /// or if a value has white space around it or is not Unicode. The error names the variables but not their values.
    pub fn credentials_from_env(self) -> Result<Self, Error> {
        let environment = &C::VENDOR.environment;
        let oauth = const {
            match C::VENDOR.environment.has_flows() {
                true => Some(OAuthClient::new as NewOAuthClient),
                false => None,
            }
        };
        let mut builder = self.credentials_from(environment, oauth, PROCESS)?;
        if let Some(rule) = &C::VENDOR.account {
            builder.settings.account_of_environment = variable(rule.variable, PROCESS)?;
        }
        Ok(builder)
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if
    ///
    /// - there are no credentials and every operation of the API requires some, or they cannot be sent or have white
    ///   space around them;
    /// - a base URL or a token URL is not an `http` or `https` URL, has userinfo or a fragment, is `http` to another
    ///   machine, or is `https` in a build without TLS; a base URL with a query, and a scope that cannot be sent;
    /// - an edge or a region cannot be part of a host name;
    /// - a root certificate or the identity is not valid PEM;
    /// - a default header or the user agent cannot be sent;
    /// - the proxy is not a URL, or TLS cannot be set up;
    /// - without a [`transport`](Self::transport), a proxy variable (`HTTPS_PROXY`, `ALL_PROXY` and so on) cannot be
    ///   parsed.
    ///
    /// A system without root certificates is not an error here; a call over `https` fails then.
    pub fn build(self) -> Result<C, Error> {
        self.settings.client(C::VENDOR, C::LOG).map(C::from)
    }
}

impl Client {
    /// Starts to configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
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

/// Shows neither the credentials nor any URL, which may contain a password until it is checked.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credentials", &self.settings.credentials)
            .field("api_keys", &self.settings.api_keys)
            .field("connect_timeout", &self.settings.http.connect_timeout)
            .field("limits", &self.settings.limits)
            .field("retry_policy", &self.settings.retry_policy)
            .finish_non_exhaustive()
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
        assert!(problem(Client::builder().basic_auth("", "")).contains("empty"));
    }

    #[test]
    fn a_key_may_be_only_the_username_or_the_password() {
        for (username, password) in [("key", ""), ("", "key")] {
            let builder = Client::builder().basic_auth(username, password);
            assert!(builder.build().is_ok());
        }
    }

    #[test]
    fn build_rejects_white_space_around_credentials() {
        let builder = Client::builder;
        let token_url = "https://auth.example/token";
        for padded in [
            builder().basic_auth("AC1\n", "t"),
            builder().basic_auth("AC1", " hunter2"),
            builder().bearer_token("hunter2\n"),
            builder().client_credentials(token_url, "id1", "hunter2 "),
            builder().client_credentials(token_url, "id1\t", "hunter2"),
        ] {
            let error = problem(padded);
            assert!(error.contains("white space around it"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn build_checks_the_base_url() {
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
    fn debug_redacts_secrets() {
        let builder = Client::builder()
            .basic_auth("AC-hunter", "hunter2")
            .base_url("http://x:hunter2@a.example");
        assert!(!format!("{builder:?}").contains("hunter"));
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        let shown = format!("{client:?} {client:#?}");
        assert!(
            !shown.contains("hunter") && shown.contains("127.0.0.1"),
            "{shown}"
        );
    }
}

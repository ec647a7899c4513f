//! Configures a client. Nothing is checked before `build`, but for what the environment lacks.

mod credentials;
mod environment;
mod settings;

use std::env::VarError;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use self::credentials::Credentials;
use self::settings::Settings;
use crate::auth::CredentialSource;
use crate::client::{ApiClient, Client};
use crate::client_credentials::TokenEndpoint;
use crate::environment::variable;
use crate::error::Error;
#[cfg(feature = "cli")]
use crate::finished_request::LogRequest;
use crate::product::Product;
use crate::retry::{Retry, RetryPolicy};
#[cfg(feature = "reqwest")]
use crate::transport::{OwnBuilder, ReqwestBuilder};
use crate::transport::{ProxyChoice, Transport};
#[cfg(feature = "cli")]
use crate::vendor::Vendor;
use crate::vendor::{Deployment, Environment};

/// Configures a client of type `C`, which wraps a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// Starts with the defaults, which each method names, and no credentials.
    pub fn new() -> Self {
        Self {
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// Signs in with HTTP Basic authentication (RFC 7617): an account and its password, or an API key and its secret.
    ///
    /// Of this method and the others that sign in without an API key, the last that is called counts: for the servers as well, if one of
    /// them has servers of its own, so that no credentials reach those of another company.
    pub fn basic_auth(mut self, username: impl Into<String>, password: impl Into<String>) -> Self {
        let (username, password) = (username.into(), password.into());
        self.settings.credentials = Some(Credentials::Basic { username, password });
        self
    }

    /// Signs in with a bearer token (RFC 6750) that stays the same.
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.settings.credentials = Some(Credentials::Bearer(token.into()));
        self
    }

    /// Signs in with bearer tokens that `token_url` issues for a client id and a secret (OAuth 2.0 client
    /// credentials, RFC 6749 §4.4).
    ///
    /// A token is asked for when the first request needs it, kept, and replaced a minute before it ends, or when a
    /// tenth of a short life is left. However many requests wait for a token, one request gets it, and it goes on if
    /// they give up. A token that the service refuses with 401 is replaced, and the request sent once more. The id and
    /// the secret go to `token_url` alone, in the body of the request (RFC 6749 §2.3.1).
    ///
    /// A request for a token that fails is repeated as the [`retry_policy`](Self::retry_policy) says, whatever its
    /// method, for 60 s in all, whatever the [`timeout`](Self::timeout) of those that wait. If none comes, each request
    /// that waits for it is an [`Error::Authentication`], and is not sent; a later one asks again.
    pub fn client_credentials(
        mut self,
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        self.settings.credentials = Some(Credentials::OAuth(TokenEndpoint {
            url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
        }));
        self
    }

    /// Signs in with an API key, which goes where the specification wants it: into a header, the query or a cookie. It
    /// stands beside the credentials that other methods set, and a call sends what its operation takes: all of the first
    /// alternative that the client has all of. If there is none, the call is an [`Error::Configuration`] that names the
    /// methods to call, and nothing is sent.
    ///
    /// Where an operation takes several keys at once, this is the one that
    /// [`api_key_named`](Self::api_key_named) has not set, if there is just one.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.settings.api_keys.other = Some(key.into());
        self
    }

    /// Sets the API key of one name, for services that take several keys: it goes nowhere else. It is like
    /// [`api_key`](Self::api_key) in all else.
    ///
    /// `name` is that of the header, the query parameter or the cookie, such as `X-App-Id`: the service's own pages call
    /// the key by it, while the names of `securitySchemes` are the specification's alone. Headers ignore case.
    pub fn api_key_named(mut self, name: impl Into<String>, key: impl Into<String>) -> Self {
        let (name, key) = (name.into(), key.into());
        let named = &mut self.settings.api_keys.named;
        named.retain(|(other, _)| *other != name);
        named.push((name, key));
        self
    }

    /// Sets an API key that stands for every other, for a service that looks at none.
    #[cfg(feature = "mock")]
    pub(crate) fn api_key_of_all_names(mut self, key: &str) -> Self {
        self.settings.api_keys.stand_in = Some(key.to_owned());
        self
    }

    /// Signs in with whatever `source` gives, which is asked before every attempt.
    pub fn credential_source(mut self, source: impl CredentialSource) -> Self {
        self.settings.credentials = Some(Credentials::Source(Arc::new(source)));
        self
    }

    /// Sends every request to `base_url` instead of the servers of the API, whatever the product: a mock, a proxy
    /// or a compatible service. A path in it is kept in front of the paths of the API.
    ///
    /// The credentials go there, too. So a URL with the scheme `http` must lead to this machine (`localhost`,
    /// `127.0.0.0/8` or `::1`), unless [`allow_plain_http`](Self::allow_plain_http) is called.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.settings.base_url = Some(base_url.into());
        self
    }

    /// Sends the requests of one product to `base_url`. It wins over [`base_url`](Self::base_url), which is like it
    /// in all else.
    pub fn product_base_url(mut self, product: Product, base_url: impl Into<String>) -> Self {
        let urls = &mut self.settings.product_base_urls;
        urls.retain(|(other, _)| *other != product);
        urls.push((product, base_url.into()));
        self
    }

    /// Sets a variable in the URLs of the API's servers. Generated code has a method for each.
    #[doc(hidden)]
    pub fn server_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let variables = &mut self.settings.server_variables;
        variables.retain(|(other, _)| *other != name);
        variables.push((name, value.into()));
        self
    }

    /// Lets credentials go unprotected over `http` to machines other than this one, where whoever is on the way can
    /// read and use them.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings.allows_plain_http = true;
        self
    }

    /// Trusts the certificates in `pem` beside those of the system: the authority of a gateway that reads along, or of a
    /// server of one's own. More calls add more.
    ///
    /// On Linux, certificates in the file that the variable SSL_CERT_FILE names take the place of the system's.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.http.tls.root_certificates.push(pem.into());
        self
    }

    /// Shows `pem` to servers that ask the client for a certificate (mutual TLS): its certificate, those that lead to its
    /// issuer, and its private key in PKCS #8, one after the other.
    pub fn identity(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.http.tls.identity = Some(pem.into());
        self
    }

    /// Sends every request by the proxy at `url` instead of those that the environment names, such as
    /// `http://proxy.internal:3128`, `https://…` or `socks5h://…`; a user and a password may be in it. Plain `http` to this
    /// machine goes by none.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.http.proxy = ProxyChoice::One(url.into());
        self
    }

    /// Uses no proxy, whatever the environment names.
    pub fn no_proxy(mut self) -> Self {
        self.settings.http.proxy = ProxyChoice::None;
        self
    }

    /// Sets how long a connection is kept that nothing goes over. The default is 25 s, less than most servers keep theirs:
    /// whoever closes first does not meet a connection that the other has closed.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.settings.http.idle_timeout = timeout;
        self
    }

    /// Sends requests by a pool of connections that the program has set up: to bind an address, to resolve names in its own
    /// way, to tune TCP. It decides about TLS, proxies and the time to connect, too;
    /// [`root_certificate`](Self::root_certificate) and [`identity`](Self::identity) are added to it, and
    /// [`proxy`](Self::proxy), [`connect_timeout`](Self::connect_timeout) and
    /// [`pool_idle_timeout`](Self::pool_idle_timeout) do not reach it.
    ///
    /// What the client relies on is set after that: HTTP/1.1, no redirects, no retries, no compression but by the Cargo
    /// feature `gzip`. Plain `http` to this machine goes by connections of the client's own.
    ///
    /// A builder of reqwest makes one client, so a second [`build`](Self::build) of this builder or its clones is an
    /// [`Error::Configuration`].
    #[cfg(feature = "reqwest")]
    pub fn reqwest_builder(mut self, builder: ReqwestBuilder) -> Self {
        self.settings.http.own = Some(OwnBuilder::new(builder));
        self
    }

    /// Adds what the program calls itself to the `User-Agent` of every request, such as `fleet-monitor/1.2` (RFC 9110
    /// §10.1.5): the service's support finds its requests by that.
    pub fn user_agent(mut self, program: impl Into<String>) -> Self {
        self.settings.user_agent = Some(program.into());
        self
    }

    /// Adds a header to every request of the API that does not set one of the same name itself; requests for tokens are
    /// without it. More calls add more. Its value appears in no log.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let headers = &mut self.settings.default_headers;
        headers.push((name.into(), value.into()));
        self
    }

    /// Sends requests by `transport` instead of a pool of connections of the client's own.
    ///
    /// [`connect_timeout`](Self::connect_timeout), [`pool_idle_timeout`](Self::pool_idle_timeout),
    /// [`proxy`](Self::proxy), [`root_certificate`](Self::root_certificate) and [`identity`](Self::identity) do not reach
    /// it; all other settings hold.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Limits the time to connect, in each attempt. The default is 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.http.connect_timeout = timeout;
        self
    }

    /// Limits the time of each attempt, from connecting to the last byte of the answer. The default is 30 s. An attempt
    /// that runs out of it is repeated if that cannot make the request happen twice.
    ///
    /// Where a body is a stream, of a request or of an answer, it limits the wait for each piece instead, and the wait for
    /// the answer to a request whose body has been sent.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.attempt_timeout = timeout;
        self
    }

    /// Limits the time of a whole call: all attempts, the waits between them, and getting a token. The default is
    /// 90 s. For a list, each page is a call. A request may have a limit of its own. While a stream is sent or read, only
    /// the [`attempt_timeout`](Self::attempt_timeout) holds.
    ///
    /// A call that runs out of it is an [`Error::Transport`] for which [`Error::is_timeout`] is true, or the failure of
    /// the last attempt if there is no time for another.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.limits.timeout = timeout;
        self
    }

    /// Limits the size of a body, in bytes, after any decompression. The default is 32 MiB. A larger one is an
    /// [`Error::BodyTooLarge`]; of errors, the first 64 KiB are kept.
    ///
    /// The decoded values of an answer may take twice this size, and at least 16 MiB; more is an
    /// [`Error::DecodeLimit`].
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.settings.limits.max_body_size = bytes;
        self
    }

    /// Limits how many requests of the client and its clones are under way at once; others wait for their turn. Off
    /// by default.
    ///
    /// The service answers with 429 when an account has too many requests under way, so a program that makes many
    /// calls is faster below that number. 0 counts as 1.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.settings.max_in_flight = Some(requests);
        self
    }

    /// Sets how often and how soon a request that failed is sent again, in place of the default [`RetryPolicy`]. A
    /// request may have a policy of its own.
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
}

/// What is known of a vendor is an argument here.
impl<C> ClientBuilder<C> {
    /// Signs in with what `lookup` holds for the variables of an environment.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] as `credentials_from_env` does.
    pub(crate) fn credentials_from(
        self,
        environment: &Environment,
        lookup: impl Fn(&str) -> Result<String, VarError>,
    ) -> Result<Self, Error> {
        let found = environment::credentials(environment, lookup)?;
        let keys = found.api_keys.into_iter();
        let mut builder = keys.fold(self, |it, (name, key)| it.api_key_named(name, key.0));
        if let Some(credentials) = found.credentials {
            builder.settings.credentials = Some(credentials);
        }
        Ok(builder)
    }

    /// Uses the servers of another company, and signs in there.
    pub(crate) fn deployment(
        mut self,
        deployment: &'static Deployment,
        client_id: String,
        client_secret: String,
    ) -> Self {
        let endpoint = TokenEndpoint {
            url: deployment.token_url.to_owned(),
            client_id,
            client_secret,
        };
        self.settings.credentials = Some(Credentials::Deployment(deployment, endpoint));
        self
    }

    /// Sets what hosts tell of where they are: edge and region, each unless it is `None`.
    pub(crate) fn host_labels(mut self, edge: Option<String>, region: Option<String>) -> Self {
        let labels = &mut self.settings.host_labels;
        for (label, value) in labels.iter_mut().zip([edge, region]) {
            *label = value.or_else(|| label.take());
        }
        self
    }
}

#[cfg(feature = "cli")]
impl<C> ClientBuilder<C> {
    /// Builds the client of a vendor. `log` is called with each request that has ended.
    pub(crate) fn build_for(
        self,
        vendor: &'static Vendor,
        log: LogRequest,
    ) -> Result<Client, Error> {
        self.settings.into_client(vendor, log)
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Signs in with what the environment holds: `from_env` of the client names the variables. An empty variable counts
    /// as not set.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if the variables are not set, if only some of those are that belong together, or
    /// if a value has white space around it or is not Unicode. It names the variables and no value.
    pub fn credentials_from_env(self) -> Result<Self, Error> {
        self.credentials_from(&C::VENDOR.environment, |name| std::env::var(name))
    }

    /// Sets what hosts tell of where they are to what the environment holds.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a variable has white space around it or is not Unicode.
    pub(crate) fn host_labels_from_env(self) -> Result<Self, Error> {
        let Some(rule) = &C::VENDOR.hosts else {
            return Ok(self);
        };
        let read = |name| variable(name, |name| std::env::var(name));
        let [edge, region] = rule.variables;
        Ok(self.host_labels(read(edge)?, read(region)?))
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if there are no credentials and the API has an operation that takes
    /// some, if they cannot be sent or have white space around
    /// them, if a base URL or a token URL is not an `http` or `https` URL free of userinfo, query and fragment, if it is
    /// `http` and leads to another machine, if it is `https` in a build without TLS, if an edge or a region is no part of
    /// a host name, if a root certificate or the identity is none in PEM, if a default header or the user agent cannot be
    /// sent, if the proxy is no URL, or if TLS cannot be set up; and, unless there is a
    /// [`transport`](Self::transport), if a variable that names a proxy (`HTTPS_PROXY`, `ALL_PROXY` and so on) cannot be
    /// read. A system without root certificates is no such error: a call over `https` is one then.
    pub fn build(self) -> Result<C, Error> {
        self.settings.into_client(C::VENDOR, C::LOG).map(C::from)
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

/// Shows neither the credentials nor any URL, which has not been checked for a password yet.
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
        assert!(problem(Client::builder().basic_auth("AC", "")).contains("empty"));
    }

    #[test]
    fn white_space_around_credentials_is_told_when_the_client_is_built() {
        let builder = Client::builder;
        let token_url = "https://auth.example/token";
        for padded in [
            builder().basic_auth("AC1\n", "t"),
            builder().basic_auth("AC1", " hunter2"),
            builder().bearer_token("hunter2\n"),
            builder().client_credentials(token_url, "id1", "hunter2 "),
            builder().client_credentials(token_url, "id1\t", "hunter2"),
        ] {
            let told = problem(padded);
            assert!(told.contains("white space around it"), "{told}");
            assert!(!told.contains("hunter2"), "{told}");
        }
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
            !shown.contains("hunter") && shown.contains("127.0.0.1"),
            "{shown}"
        );
    }
}

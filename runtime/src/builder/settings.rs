//! Validates the settings and builds the client.

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use tokio::sync::Semaphore;

use super::credentials::{ApiKeys, Credentials};
use crate::auth::{Authorization, CredentialSource, refuse_padded};
use crate::client::{Client, Shared};
use crate::client_credentials::{TokenRequests, TokenSettings};
use crate::error::{ConfigurationError, Error, HEADER_NAME_LIMIT, one_line};
use crate::exchange::Limits;
use crate::finished_request::LogRequest;
use crate::headers;
use crate::hosts::{Hosts, Label};
use crate::keyring::Keyring;
use crate::origin::BaseUrl;
use crate::product::Product;
use crate::retry::{RetryHook, RetryPolicy};
use crate::server_variable::ServerVariables;
use crate::transport::{HttpClient, HttpSettings, Transport};
use crate::vendor::{Deployment, EnvironmentCredential, Vendor};

/// Returns a transport that sends through another one.
pub(super) type Wrapper = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// The settings of a builder, with defaults.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) credentials: Option<Credentials>,
    pub(super) api_keys: ApiKeys,
    /// How an OAuth client gets its tokens, unless as the specification says.
    pub(super) tokens: TokenSettings,
    /// The account that paths have, if it is set.
    pub(super) account: Option<String>,
    /// The account that the environment has beside the credentials.
    pub(super) account_of_environment: Option<String>,
    pub(super) base_url: Option<String>,
    pub(super) product_base_urls: Vec<(Product, String)>,
    /// The edge and region, if set.
    pub(super) host_labels: [Option<String>; 2],
    /// The server variables that are set.
    pub(super) server_variables: Vec<(&'static str, String)>,
    /// The server of operations without one, for a transport that does not need it.
    pub(super) substitute_server: &'static str,
    pub(super) allows_plain_http: bool,
    pub(super) transport: Option<Arc<dyn Transport>>,
    /// What the program puts around the transport, the innermost first.
    pub(super) wrappers: Vec<Wrapper>,
    pub(super) http: HttpSettings,
    /// The program's part of the user agent.
    pub(super) user_agent: Option<String>,
    pub(super) default_headers: Vec<(String, String)>,
    pub(super) limits: Limits,
    pub(super) max_in_flight: Option<usize>,
    pub(super) retry_policy: RetryPolicy,
    pub(super) on_retry: Option<RetryHook>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            credentials: None,
            api_keys: ApiKeys::default(),
            tokens: TokenSettings::default(),
            account: None,
            account_of_environment: None,
            base_url: None,
            product_base_urls: Vec::new(),
            host_labels: [None, None],
            server_variables: Vec::new(),
            substitute_server: "",
            allows_plain_http: false,
            transport: None,
            wrappers: Vec::new(),
            http: HttpSettings::default(),
            user_agent: None,
            default_headers: Vec::new(),
            limits: Limits {
                attempt_timeout: Duration::from_secs(30),
                timeout: Duration::from_secs(90),
                max_body_size: 32 * 1024 * 1024,
            },
            max_in_flight: None,
            retry_policy: RetryPolicy::default(),
            on_retry: None,
        }
    }
}

impl Settings {
    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for the settings that [`ClientBuilder::build`] lists.
    ///
    /// [`ClientBuilder::build`]: super::ClientBuilder::build
    pub(super) fn client(&self, vendor: &'static Vendor, log: LogRequest) -> Result<Client, Error> {
        let hosts = self.hosts(vendor)?;
        let transport = self.transport()?;
        let user_agent = self.user_agent(vendor)?;
        let retry_quota = self.retry_policy.new_quota().map(Arc::new);
        let source = self.credential_source(
            &hosts,
            TokenRequests {
                vendor,
                transport: Arc::clone(&transport),
                user_agent: user_agent.clone(),
                limits: self.limits,
                retry_policy: self.retry_policy,
                retry_quota: retry_quota.clone(),
                on_retry: self.on_retry.clone(),
            },
        )?;
        let keys = self.api_keys.checked()?;
        let needs_some = vendor.needs_credentials && !vendor.has_public_operations;
        if source.is_none() && self.api_keys.is_empty() && needs_some {
            let method = usual_method(vendor);
            let remedy = format!("call `{method}` or `credentials_from_env` on the builder");
            return Err(ConfigurationError::new("no credentials".to_owned(), remedy).into());
        }
        let places =
            |places: usize| Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Ok(Client::new(Shared {
            vendor,
            transport,
            keyring: Keyring {
                source,
                may_give_key: matches!(self.credentials, Some(Credentials::Source(_))),
                keys,
            },
            account: self.account(vendor)?,
            hosts,
            default_headers: self.default_headers()?,
            user_agent,
            limits: self.limits,
            in_flight: self.max_in_flight.map(places),
            retry_policy: self.retry_policy,
            retry_quota,
            on_retry: self.on_retry.clone(),
            log,
        }))
    }

    /// The transport, with everything that the program puts around it.
    fn transport(&self) -> Result<Arc<dyn Transport>, Error> {
        let transport: Arc<dyn Transport> = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(HttpClient::new(&self.http)?),
        };
        let wrappers = self.wrappers.iter();
        Ok(wrappers.fold(transport, |inner, wrap| wrap(inner)))
    }

    /// The account that the client signs in with, as far as it is known.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] for one that was set and is empty or has white space around it.
    fn account(&self, vendor: &Vendor) -> Result<Option<String>, Error> {
        if let Some(account) = &self.account {
            refuse_padded("account", account)?;
            if account.is_empty() {
                let remedy = "give the id of an account, or none";
                let problem = "the account is empty".to_owned();
                return Err(ConfigurationError::new(problem, remedy).into());
            }
            return Ok(self.account.clone());
        }
        let username = match &self.credentials {
            Some(Credentials::Basic { username, .. }) => Some(username),
            Some(Credentials::Bearer(_) | Credentials::OAuth(_)) => None,
            Some(Credentials::Deployment(..) | Credentials::Source(_)) | None => None,
        };
        let is_account = |it: &&String| {
            let rule = vendor.account;
            rule.is_some_and(|rule| it.starts_with(rule.prefix))
        };
        let username = username.filter(is_account);
        Ok(username.or(self.account_of_environment.as_ref()).cloned())
    }

    fn hosts(&self, vendor: &Vendor) -> Result<Hosts, Error> {
        let [edge, region] = &self.host_labels;
        let label = |what, text: &Option<String>| {
            let text = text.clone();
            text.map(|text| Label::parse(what, text)).transpose()
        };
        let products = self.product_base_urls.iter();
        let products =
            products.map(|(product, url)| Ok((*product, BaseUrl::parse("base URL", url)?)));
        let base_url = self.base_url.as_deref();
        let hosts = Hosts {
            products: products.collect::<Result<_, Error>>()?,
            base_url: base_url
                .map(|url| BaseUrl::parse("base URL", url))
                .transpose()?,
            deployment: self.deployment(),
            rule: vendor.hosts,
            edge: label("edge", edge)?,
            region: label("region", region)?,
            variables: ServerVariables::new(vendor.server_variables, &self.server_variables)?,
            substitute: self.substitute_server,
            allows_plain_http: self.allows_plain_http || !self.may_sign(),
            lacks_tls: self.transport.is_none() && !HttpClient::HAS_TLS,
        };
        let base_urls = hosts.products.iter().map(|(_, url)| url);
        for base_url in base_urls.chain(&hosts.base_url) {
            hosts.check_scheme(base_url.url())?;
        }
        Ok(hosts)
    }

    /// Returns whether requests may contain credentials. A default header may be one.
    fn may_sign(&self) -> bool {
        self.credentials.is_some() || !self.api_keys.is_empty() || !self.default_headers.is_empty()
    }

    /// Returns the company whose servers the credentials are for, if it is not the vendor.
    fn deployment(&self) -> Option<&'static Deployment> {
        match &self.credentials {
            Some(Credentials::Deployment(deployment, _)) => Some(deployment),
            Some(Credentials::Basic { .. } | Credentials::Bearer(_) | Credentials::OAuth(_)) => {
                None
            }
            Some(Credentials::Source(_)) | None => None,
        }
    }

    fn credential_source(
        &self,
        hosts: &Hosts,
        token_requests: TokenRequests,
    ) -> Result<Option<Box<dyn CredentialSource>>, Error> {
        let Some(credentials) = &self.credentials else {
            return Ok(None);
        };
        let source: Box<dyn CredentialSource> = match credentials {
            Credentials::Basic { username, password } => {
                Box::new(match token_requests.vendor.account {
                    Some(_) => Authorization::of_account(username, password)?,
                    None => Authorization::basic(username, password)?,
                })
            }
            Credentials::Bearer(token) => Box::new(Authorization::bearer(token)?),
            Credentials::OAuth(client) | Credentials::Deployment(_, client) => {
                client.source(&self.tokens, hosts, token_requests)?
            }
            Credentials::Source(source) => Box::new(Arc::clone(source)),
        };
        Ok(Some(source))
    }

    /// Returns the user agent of this crate and the program (RFC 9110 §10.1.5).
    fn user_agent(&self, vendor: &Vendor) -> Result<HeaderValue, Error> {
        let (version, os, arch) = (
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
        );
        let mut text = format!("{}/{version} ({os} {arch})", vendor.user_agent);
        if let Some(program) = &self.user_agent {
            text.push(' ');
            text.push_str(program.trim());
        }
        HeaderValue::from_str(&text).map_err(|_| {
            let remedy = "name the program as in `fleet-monitor/1.2`, on one line";
            let problem = "the `user_agent` cannot be sent in a header".to_owned();
            ConfigurationError::new(problem, remedy).into()
        })
    }

    fn default_headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.default_headers {
            let (name, value) = headers::checked(name, value).map_err(|problem| {
                let name = one_line(name, HEADER_NAME_LIMIT);
                ConfigurationError::new(
                    format!("the default header `{name}` cannot be sent"),
                    problem.to_string(),
                )
            })?;
            headers.append(name, value);
        }
        Ok(headers)
    }
}

/// Returns the builder's method that signs in as the API usually wants it.
fn usual_method(vendor: &Vendor) -> &'static str {
    let has_one_flow = vendor.environment.flows().len() == 1;
    match vendor.environment.ways.first().and_then(|way| way.first()) {
        Some(EnvironmentCredential::Account { .. }) | None => "basic_auth",
        // The client then gets the token itself.
        Some(EnvironmentCredential::Token { .. }) if has_one_flow => "oauth_client",
        Some(EnvironmentCredential::OAuthClient { .. }) if has_one_flow => "oauth_client",
        Some(EnvironmentCredential::Token { .. } | EnvironmentCredential::OAuthClient { .. }) => {
            "bearer_token"
        }
        Some(EnvironmentCredential::ApiKey { .. }) => "api_key",
    }
}

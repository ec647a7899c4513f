//! Configures what a vendor's conventions determine, for the modules of vendors and for tests without a network.

use super::credentials::Credentials;
use super::{ClientBuilder, environment};
use crate::client::ApiClient;
#[cfg(feature = "cli")]
use crate::client::Client;
use crate::client_credentials::{Issuer, NewOAuthClient, OAuthClient};
use crate::environment::{Lookup, PROCESS, variable};
use crate::error::Error;
#[cfg(feature = "cli")]
use crate::finished_request::LogRequest;
#[cfg(feature = "cli")]
use crate::vendor::Vendor;
use crate::vendor::{Deployment, Environment};

impl<C> ClientBuilder<C> {
    /// Signs in with the environment variables that `lookup` returns. `oauth` creates OAuth clients, if the environment
    /// may have one.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] as `credentials_from_env` does.
    pub(crate) fn credentials_from(
        self,
        environment: &Environment,
        oauth: Option<NewOAuthClient>,
        lookup: Lookup<'_>,
    ) -> Result<Self, Error> {
        let found = environment::credentials(environment, oauth, lookup)?;
        let keys = found.api_keys.into_iter();
        let mut builder = keys.fold(self, |it, (name, key)| it.api_key_named(name, key.0));
        if let Some(credentials) = found.credentials {
            builder.settings.credentials = Some(credentials);
        }
        Ok(builder)
    }

    /// Sets the account of paths that have one and are not told which.
    pub(crate) fn account(mut self, account: String) -> Self {
        self.settings.account = Some(account);
        self
    }

    /// Sends requests of operations without a server to this one, for a transport that does not need it.
    #[cfg(feature = "mock")]
    pub(crate) fn substitute_server(mut self, server: &'static str) -> Self {
        self.settings.substitute_server = server;
        self
    }

    /// Uses the servers of another company, and signs in there.
    pub(crate) fn deployment(
        mut self,
        deployment: &'static Deployment,
        client_id: String,
        client_secret: String,
    ) -> Self {
        let token_url = deployment.token_url.to_owned();
        let client = OAuthClient::new(Issuer::Url(token_url), client_id, client_secret);
        let credentials = Credentials::Deployment(deployment, client.in_body());
        self.settings.credentials = Some(credentials);
        self
    }

    /// Sets the edge and region in host names, each unless it is `None`.
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
    /// Gets the tokens of an OAuth client at this URL, unless the program gave one with its id and secret.
    pub(crate) fn token_url(mut self, token_url: String) -> Self {
        self.settings.tokens.token_url = Some(token_url);
        self
    }

    /// Builds the client of a vendor. It calls `log` with each finished request.
    pub(crate) fn build_for(
        self,
        vendor: &'static Vendor,
        log: LogRequest,
    ) -> Result<Client, Error> {
        self.settings.client(vendor, log)
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Sets the edge and region in host names from the environment.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a variable has white space around it or is not Unicode.
    pub(crate) fn host_labels_from_env(self) -> Result<Self, Error> {
        let Some(rule) = &C::VENDOR.hosts else {
            return Ok(self);
        };
        let read = |name| variable(name, PROCESS);
        let [edge, region] = rule.variables;
        Ok(self.host_labels(read(edge)?, read(region)?))
    }
}

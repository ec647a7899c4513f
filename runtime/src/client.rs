//! The client: a shared connection pool, its credentials and where requests go.

use std::fmt;
use std::sync::Arc;

use crate::builder::ClientBuilder;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::origin::BaseUrl;
use crate::retry::{RetryHook, RetryPolicy};
use crate::transport::Transport;

/// A client of the API: a cheap handle, whose clones share one connection pool.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) transport: Transport,
    pub(crate) credentials: Credentials,
    pub(crate) base_url: Option<BaseUrl>,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) on_retry: Option<RetryHook>,
}

impl Client {
    /// Starts to configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Makes a client with the credentials in the environment and the defaults for all else.
    ///
    /// # Errors
    ///
    /// See [`ClientBuilder::credentials_from_env`] and [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().credentials_from_env()?.build()
    }

    pub(crate) fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

/// Shows no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credentials", &self.shared.credentials)
            .field(
                "base_url",
                &self.shared.base_url.as_ref().map(BaseUrl::as_str),
            )
            .finish_non_exhaustive()
    }
}

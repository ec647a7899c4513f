//! The client: a connection pool that its clones share, its credentials, and where its requests go.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};
use tokio::sync::Semaphore;

use crate::exchange::Limits;
use crate::finished_request::{FinishedRequest, LogRequest};
use crate::hosts::Hosts;
use crate::keyring::Keyring;
use crate::retry::{RetryHook, RetryPolicy, RetryQuota};
use crate::transport::Transport;
use crate::vendor::Vendor;

/// A client of one vendor's API, which wraps a [`Client`].
pub trait ApiClient: From<Client> {
    /// The conventions of the vendor.
    const VENDOR: &'static Vendor;

    /// Logs each request, under a target of the client's own.
    const LOG: fn(&FinishedRequest<'_>) = crate::request_log!("twilio_runtime::request");
}

/// The client itself belongs to no vendor.
impl ApiClient for Client {
    const VENDOR: &'static Vendor = &Vendor::plain("rust-openapi");
}

/// A client of the API: a cheap handle, whose clones share one connection pool.
///
/// Do not share a client across Tokio runtimes: the runtime that opened a connection drives it. The connection closes
/// when that runtime shuts down, and stalls while it runs nothing.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// The data that all clones of a client share.
pub(crate) struct Shared {
    pub(crate) vendor: &'static Vendor,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) keyring: Keyring,
    /// The account that the client signs in with, as far as it is known.
    pub(crate) account: Option<String>,
    pub(crate) hosts: Hosts,
    pub(crate) user_agent: HeaderValue,
    /// Added to every request without a header of the same name.
    pub(crate) default_headers: HeaderMap,
    pub(crate) limits: Limits,
    /// The permits for calls in flight; `None` without a limit.
    pub(crate) in_flight: Option<Arc<Semaphore>>,
    pub(crate) retry_policy: RetryPolicy,
    /// The quota that retries draw from; `None` without a quota.
    pub(crate) retry_quota: Option<Arc<RetryQuota>>,
    pub(crate) on_retry: Option<RetryHook>,
    pub(crate) log: LogRequest,
}

impl Client {
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
            .field("hosts", &self.shared.hosts)
            .field("limits", &self.shared.limits)
            .field("retry_policy", &self.shared.retry_policy)
            .finish_non_exhaustive()
    }
}

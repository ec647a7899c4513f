//! The client: a shared connection pool, its credentials and where requests go.

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

/// A client of the API of one vendor, which wraps a [`Client`].
pub trait ApiClient: From<Client> {
    /// The conventions of the vendor.
    const VENDOR: &'static Vendor;

    /// Tells the log of each request, under a target of the client's own.
    const LOG: fn(&FinishedRequest<'_>) = crate::request_log!("twilio_runtime::request");
}

/// The client itself is of no vendor.
impl ApiClient for Client {
    const VENDOR: &'static Vendor = &Vendor::plain("rust-openapi");
}

/// A client of the API: a cheap handle, whose clones share one connection pool.
///
/// It is for one Tokio runtime: a connection is driven by the runtime that opened it, closes when that ends, and comes to
/// a standstill while it runs nothing.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) vendor: &'static Vendor,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) keyring: Keyring,
    pub(crate) hosts: Hosts,
    pub(crate) user_agent: HeaderValue,
    /// Of every request that has none of the same name.
    pub(crate) default_headers: HeaderMap,
    pub(crate) limits: Limits,
    /// The places for calls in flight; `None` is any number.
    pub(crate) in_flight: Option<Arc<Semaphore>>,
    pub(crate) retry_policy: RetryPolicy,
    /// What retries draw from; `None` if they need not.
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

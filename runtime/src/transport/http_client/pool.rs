//! Sets up the connection pools, so that they do not depend on the features that the library was built with.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, NoProxy, Proxy};

use super::tls_setup::TlsSettings;
use crate::error::{ConfigurationError, Error};
use crate::transport::proxies::{Proxies, ProxyChoice};

/// How long an idle connection is kept. Most load balancers and servers close theirs after 30 s at the earliest; if the
/// client closes first, it does not send on a connection that the server has closed.
///
/// It is less than the time limit of an attempt: the runtime then has an earlier timer than that of each attempt, and
/// need not be woken for it, which costs a twentieth of a call over loopback.
const IDLE_TIMEOUT: Duration = Duration::from_secs(25);

/// The settings of a connection pool.
#[derive(Clone)]
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) proxy: ProxyChoice,
    pub(crate) tls: TlsSettings,
    /// The program's own builder.
    #[cfg(feature = "reqwest")]
    pub(crate) own: Option<OwnBuilder>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            idle_timeout: IDLE_TIMEOUT,
            proxy: ProxyChoice::default(),
            tls: TlsSettings::default(),
            #[cfg(feature = "reqwest")]
            own: None,
        }
    }
}

/// Starts to set up a pool of the client's own.
pub(super) fn start(settings: &HttpSettings) -> ClientBuilder {
    let pool = ClientBuilder::new()
        .no_hickory_dns()
        // Only the proxies that are set below, not those of the environment or the system.
        .no_proxy()
        .pool_idle_timeout(settings.idle_timeout)
        .connect_timeout(settings.connect_timeout);
    ruled(pool)
}

/// Applies the rules of every pool: one request is one HTTP/1.1 exchange, and a body is compressed only if that was
/// requested.
pub(super) fn ruled(pool: ClientBuilder) -> ClientBuilder {
    let pool = pool
        .http1_only()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false);
    #[cfg(feature = "gzip")]
    let pool = pool.gzip(true);
    #[cfg(not(feature = "gzip"))]
    let pool = pool.no_gzip();
    pool
}

/// # Errors
///
/// Returns [`Error::Configuration`] if the library rejects a proxy.
pub(super) fn with_proxies(
    mut pool: ClientBuilder,
    proxies: &Proxies,
) -> Result<ClientBuilder, Error> {
    let http = proxies.http.clone().map(Proxy::http);
    let https = proxies.https.clone().map(Proxy::https);
    for proxy in [http, https].into_iter().flatten() {
        let except = NoProxy::from_string(&proxies.except);
        pool = pool.proxy(proxy.map_err(not_set_up)?.no_proxy(except));
    }
    Ok(pool)
}

pub(super) fn built(pool: ClientBuilder) -> Result<reqwest::Client, Error> {
    pool.build().map_err(not_set_up)
}

fn not_set_up(error: reqwest::Error) -> Error {
    ConfigurationError::caused_by("the HTTP client cannot be set up", error).into()
}

/// The builder of the HTTP library.
#[cfg(feature = "reqwest")]
pub(crate) type ReqwestBuilder = ClientBuilder;

/// A program's own builder of the HTTP library. It makes one client: the library's builders cannot be cloned.
#[cfg(feature = "reqwest")]
#[derive(Clone)]
pub(crate) struct OwnBuilder(std::sync::Arc<std::sync::Mutex<Option<ClientBuilder>>>);

#[cfg(feature = "reqwest")]
impl OwnBuilder {
    pub(crate) fn new(builder: ClientBuilder) -> Self {
        Self(std::sync::Arc::new(std::sync::Mutex::new(Some(builder))))
    }

    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if it has already made a client.
    pub(super) fn take(&self) -> Result<ClientBuilder, Error> {
        let mut builder = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        builder.take().ok_or_else(|| {
            let remedy =
                "call `reqwest_builder` again for each client, or clone the client instead";
            let problem = "the `reqwest_builder` has already made a client".to_owned();
            ConfigurationError::new(problem, remedy).into()
        })
    }
}

//! Sets up a pool's TLS: the trusted certificates, and the client certificate.
//!
//! The pool's own configuration sets the cryptography library (rustls calls it a provider). The process-wide default
//! provider is for the program to set.

use reqwest::ClientBuilder;

#[cfg(any(feature = "__rustls", feature = "native-tls", feature = "reqwest"))]
use crate::error::{ConfigurationError, Error};

/// The certificates that a pool trusts and presents.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    /// Trusted in addition to those of the system, as PEM.
    pub(crate) root_certificates: Vec<Vec<u8>>,
    /// The client certificate, its chain and its private key, as PEM.
    pub(crate) identity: Option<Vec<u8>>,
}

/// A pool with TLS.
pub(super) struct Secured {
    pub(super) pool: ClientBuilder,
    /// Whether no certificate is trusted, because the system has no root certificates.
    pub(super) lacks_roots: bool,
}

#[cfg(any(feature = "__rustls", feature = "native-tls", feature = "reqwest"))]
fn bad_root() -> Error {
    let remedy = "give the text of a PEM file, `-----BEGIN CERTIFICATE-----` and so on";
    let problem = "the root certificate is not valid PEM".to_owned();
    ConfigurationError::new(problem, remedy).into()
}

#[cfg(any(feature = "__rustls", feature = "native-tls", feature = "reqwest"))]
fn bad_identity() -> Error {
    let remedy = "give the text of a PEM file with a certificate and its private key in PKCS #8, `-----BEGIN PRIVATE KEY-----`";
    let problem = "the identity is not a certificate with its key in PEM".to_owned();
    ConfigurationError::new(problem, remedy).into()
}

#[cfg(all(feature = "__rustls", not(feature = "native-tls")))]
mod by {
    use std::sync::Arc;

    use reqwest::ClientBuilder;
    use rustls::crypto::CryptoProvider;
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
    use rustls_platform_verifier::Verifier;

    use super::{Secured, TlsSettings, bad_identity, bad_root};
    use crate::error::{ConfigurationError, Error};

    /// The only protocol of the client (RFC 7301 §6).
    const PROTOCOL: &[u8] = b"http/1.1";

    fn provider() -> Arc<CryptoProvider> {
        #[cfg(feature = "rustls-aws-lc-rs")]
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        #[cfg(not(feature = "rustls-aws-lc-rs"))]
        let provider = rustls::crypto::ring::default_provider();
        Arc::new(provider)
    }

    fn builder(
        provider: Arc<CryptoProvider>,
    ) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
        ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(not_set_up)
    }

    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a root certificate or the identity is invalid.
    pub(in super::super) fn secured(
        pool: ClientBuilder,
        settings: &TlsSettings,
    ) -> Result<Secured, Error> {
        let provider = provider();
        let builder = builder(Arc::clone(&provider))?;
        let verifier = verifier(roots(&settings.root_certificates)?, provider);
        let lacks_roots = matches!(&verifier, Err(error) if are_roots_missing(error));
        let builder = if lacks_roots {
            builder.with_root_certificates(RootCertStore::empty())
        } else {
            // rustls calls any verifier but its own this; this one is the platform's.
            let verifier = Arc::new(verifier.map_err(not_set_up)?);
            builder
                .dangerous()
                .with_custom_certificate_verifier(verifier)
        };
        let mut config = match &settings.identity {
            None => builder.with_no_client_auth(),
            Some(pem) => {
                let (certificates, key) = identity(pem)?;
                let config = builder.with_client_auth_cert(certificates, key);
                config.map_err(|_| bad_identity())?
            }
        };
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        Ok(Secured {
            pool: pool.tls_backend_preconfigured(config),
            lacks_roots,
        })
    }

    /// Omits the platform's certificates, which take long to load, for a pool that does not need them.
    pub(in super::super) fn trusting_nobody(pool: ClientBuilder) -> Result<ClientBuilder, Error> {
        let config = builder(provider())?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        Ok(pool.tls_backend_preconfigured(config))
    }

    fn roots(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, Error> {
        let mut roots = Vec::new();
        for pem in pems {
            let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
            let found = found.unwrap_or_default();
            if found.is_empty() {
                return Err(bad_root());
            }
            roots.extend(found);
        }
        let mut store = RootCertStore::empty();
        for root in &roots {
            store.add(root.clone()).map_err(|_| bad_root())?;
        }
        Ok(roots)
    }

    #[cfg(not(target_os = "android"))]
    fn verifier(
        roots: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Verifier, rustls::Error> {
        Verifier::new_with_extra_roots(roots, provider)
    }

    /// Android's verifier accepts no additional roots.
    #[cfg(target_os = "android")]
    fn verifier(
        roots: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Verifier, rustls::Error> {
        if !roots.is_empty() {
            let problem = "Android accepts root certificates only in its own settings";
            return Err(rustls::Error::General(problem.to_owned()));
        }
        Verifier::new(provider)
    }

    /// The verifier has no error type for it.
    fn are_roots_missing(error: &rustls::Error) -> bool {
        matches!(error, rustls::Error::General(text) if text.contains("No CA certificates"))
    }

    fn identity(
        pem: &[u8],
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
        let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
        let certificates = certificates.map_err(|_| bad_identity())?;
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| bad_identity())?;
        Ok((certificates, key))
    }

    fn not_set_up(error: rustls::Error) -> Error {
        ConfigurationError::caused_by("TLS cannot be set up", error).into()
    }
}

#[cfg(feature = "native-tls")]
mod by {
    use reqwest::{Certificate, ClientBuilder, Identity};

    use super::{Secured, TlsSettings, bad_identity, bad_root};
    use crate::error::Error;

    const KEY_BEGINS: &str = "-----BEGIN PRIVATE KEY-----";
    const KEY_ENDS: &str = "-----END PRIVATE KEY-----";

    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if a root certificate or the identity is invalid.
    pub(in super::super) fn secured(
        pool: ClientBuilder,
        settings: &TlsSettings,
    ) -> Result<Secured, Error> {
        let mut roots = Vec::new();
        for pem in &settings.root_certificates {
            let found = Certificate::from_pem_bundle(pem).unwrap_or_default();
            if found.is_empty() {
                return Err(bad_root());
            }
            roots.extend(found);
        }
        let pool = pool.tls_backend_native().tls_certs_merge(roots);
        let pool = match &settings.identity {
            None => pool,
            Some(pem) => pool.identity(identity(pem)?),
        };
        // OpenSSL does not report whether it found any.
        let lacks_roots = false;
        Ok(Secured { pool, lacks_roots })
    }

    /// Omits the platform's certificates, which take long to load, for a pool that does not need them.
    pub(in super::super) fn trusting_nobody(pool: ClientBuilder) -> Result<ClientBuilder, Error> {
        Ok(pool.tls_backend_native().tls_certs_only([]))
    }

    /// The library takes the key separately.
    fn identity(pem: &[u8]) -> Result<Identity, Error> {
        let text = std::str::from_utf8(pem).map_err(|_| bad_identity())?;
        let (before, rest) = text.split_once(KEY_BEGINS).ok_or_else(bad_identity)?;
        let (key, after) = rest.split_once(KEY_ENDS).ok_or_else(bad_identity)?;
        let key = format!("{KEY_BEGINS}{key}{KEY_ENDS}\n");
        let certificates = format!("{before}{after}");
        Identity::from_pkcs8_pem(certificates.trim_start().as_bytes(), key.as_bytes())
            .map_err(|_| bad_identity())
    }
}

#[cfg(not(any(feature = "__rustls", feature = "native-tls")))]
mod by {
    use reqwest::ClientBuilder;

    use super::{Secured, TlsSettings};
    use crate::error::{ConfigurationError, Error};

    /// # Errors
    ///
    /// Returns [`Error::Configuration`] if there is a certificate: it has no use without TLS.
    pub(in super::super) fn secured(
        pool: ClientBuilder,
        settings: &TlsSettings,
    ) -> Result<Secured, Error> {
        let what = if !settings.root_certificates.is_empty() {
            "a root certificate"
        } else if settings.identity.is_some() {
            "an identity"
        } else {
            let lacks_roots = false;
            return Ok(Secured { pool, lacks_roots });
        };
        let remedy = "switch on the Cargo feature `rustls` or `native-tls`";
        Err(ConfigurationError::new(format!("{what}, but no TLS"), remedy).into())
    }

    /// Without TLS no certificate is trusted.
    pub(in super::super) fn trusting_nobody(pool: ClientBuilder) -> Result<ClientBuilder, Error> {
        Ok(pool)
    }
}

pub(super) use self::by::{secured, trusting_nobody};

/// Adds trusted and client certificates to a pool whose TLS the program has set up.
///
/// # Errors
///
/// Returns [`Error::Configuration`] if a root certificate or the identity is invalid.
#[cfg(feature = "reqwest")]
pub(super) fn added_to(mut pool: ClientBuilder, settings: &TlsSettings) -> Result<Secured, Error> {
    let mut roots = Vec::new();
    for pem in &settings.root_certificates {
        let found = reqwest::Certificate::from_pem_bundle(pem).unwrap_or_default();
        if found.is_empty() {
            return Err(bad_root());
        }
        roots.extend(found);
    }
    if !roots.is_empty() {
        pool = pool.tls_certs_merge(roots);
    }
    if let Some(pem) = &settings.identity {
        let identity = reqwest::Identity::from_pem(pem).map_err(|_| bad_identity())?;
        pool = pool.identity(identity);
    }
    let lacks_roots = false;
    Ok(Secured { pool, lacks_roots })
}

//! KORE's signature of a webhook.

use std::fmt;

use hmac::digest::CtOutput;
use http::request::Parts;
use sha2::{Digest as _, Sha256};

use super::signature::{
    check_fields, check_size, from_header, hash_from_hex, to_hex, urls, without_userinfo,
};
use super::{KORE_SIGNATURE, SignatureError};
use crate::operation::Method;
use crate::redacted::Redacted;

/// Verifies that webhooks come from KORE.
///
/// The signature is the SHA-256 hash, in hexadecimal digits, of the secret, the method, the URL without its query and
/// the body. So it does not cover the query: do not act on anything that is only there. It is not an HMAC either:
/// someone who has seen a signed request can append certain data to its body, so keep the endpoint on HTTPS and do not
/// act on parameters that occur more than once.
#[derive(Clone)]
pub struct KoreSignature {
    secret: String,
}

impl KoreSignature {
    /// Creates a verifier from the signing secret of a webhook. With an empty secret, nothing matches.
    pub fn new(secret: impl Into<String>) -> Self {
        Self {
            secret: secret.into(),
        }
    }

    /// Verifies the value of the header [`KORE_SIGNATURE`] against the request.
    ///
    /// `url` is the configured URL of the webhook; `body` is the whole unmodified body.
    ///
    /// # Errors
    ///
    /// Returns a [`SignatureError`] if the request cannot be proved to come from KORE, or if its body is larger than
    /// [`MAX_BODY_SIZE`](super::MAX_BODY_SIZE) or, unless it is JSON, has more than [`MAX_FIELDS`](super::MAX_FIELDS).
    pub fn verify(
        &self,
        method: Method,
        url: &str,
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        self.verify_any(method.as_str(), &[url], body, signature)
    }

    /// Verifies a request with its whole `body`.
    ///
    /// `public_base_url` is the part of the URL before the path as KORE sees it: scheme, host and any non-default port,
    /// such as `https://hooks.example.com`; plus a path, if a proxy in between removes one.
    ///
    /// # Errors
    ///
    /// Those of [`KoreSignature::verify`].
    pub fn verify_request(
        &self,
        public_base_url: &str,
        parts: &Parts,
        body: &[u8],
    ) -> Result<(), SignatureError> {
        let signature = from_header(parts, KORE_SIGNATURE)?;
        let urls = urls(public_base_url, parts);
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        self.verify_any(parts.method.as_str(), &urls, body, signature)
    }

    /// Returns KORE's signature of a request, for tests of code that receives webhooks.
    pub fn sign(&self, method: Method, url: &str, body: &[u8]) -> String {
        to_hex(
            self.hash(method.as_str(), &without_userinfo(url), body)
                .as_bytes(),
        )
    }

    fn verify_any(
        &self,
        method: &str,
        urls: &[&str],
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        if signature.is_empty() {
            return Err(SignatureError::Missing);
        }
        let signature = hash_from_hex(signature.as_bytes()).ok_or(SignatureError::Malformed)?;
        check_size(body)?;
        if !is_json(body) {
            check_fields(body)?;
        }
        let matches = |url: &&str| {
            // Whether KORE signs a user name and a password in the URL is not documented.
            let without = without_userinfo(url);
            self.hash(method, &without, body) == signature
                || (without != **url && self.hash(method, url, body) == signature)
        };
        if !self.secret.is_empty() && urls.iter().any(matches) {
            Ok(())
        } else {
            Err(SignatureError::Mismatch)
        }
    }

    fn hash(&self, method: &str, url: &str, body: &[u8]) -> CtOutput<Sha256> {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let hash = Sha256::new()
            .chain_update(&self.secret)
            .chain_update(method)
            .chain_update(url)
            .chain_update(body);
        CtOutput::new(hash.finalize())
    }
}

/// Returns whether a body looks like JSON, in which `&` is not a separator.
fn is_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start(), [b'{' | b'[', ..])
}

impl fmt::Debug for KoreSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KoreSignature").field(&Redacted).finish()
    }
}

#[cfg(test)]
mod tests;

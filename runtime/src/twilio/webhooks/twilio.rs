//! Twilio's signature of a webhook.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::request::Parts;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::form::pairs;
use super::signature::{
    authority, check_fields, check_size, from_header, hash_from_hex, urls, without_userinfo,
};
use super::{SignatureError, TWILIO_SIGNATURE};
use crate::redacted::Redacted;

/// The length of a signature: HMAC-SHA1's 20 bytes in base64.
const SIGNATURE_LENGTH: usize = 28;

/// The query parameter that holds the hash of a body that is not a form.
const BODY_HASH: &[u8] = b"bodySHA256";

/// Verifies that webhooks come from Twilio.
///
/// The signature is the HMAC-SHA1, under the auth token, of the URL and the fields of a form body. If the URL has a
/// parameter `bodySHA256`, the body is not a form, and that is its hash.
///
/// The auth token is the account's, even for a client that signs in with an API key. While you replace it, verify with
/// both the primary and the secondary one.
#[derive(Clone)]
pub struct TwilioSignature {
    auth_token: String,
}

impl TwilioSignature {
    /// Creates a verifier from the auth token of an account. With an empty token, nothing matches.
    pub fn new(auth_token: impl Into<String>) -> Self {
        Self {
            auth_token: auth_token.into(),
        }
    }

    /// Verifies the value of the header [`TWILIO_SIGNATURE`] against the request.
    ///
    /// `url` is the whole URL that Twilio called, with its query; its port may be missing, or be the default port,
    /// however Twilio signed it. A user name and a password in it are not signed. `body` is the whole unmodified body,
    /// which is empty for a `GET`.
    ///
    /// # Errors
    ///
    /// Returns a [`SignatureError`] if the request cannot be proved to come from Twilio, or if its body is larger than
    /// [`MAX_BODY_SIZE`](super::MAX_BODY_SIZE) or has more than [`MAX_FIELDS`](super::MAX_FIELDS).
    pub fn verify(&self, url: &str, body: &[u8], signature: &str) -> Result<(), SignatureError> {
        self.verify_any(&[url], body, signature)
    }

    /// Verifies a request with its whole `body`.
    ///
    /// `public_base_url` is the part of the URL before the path as Twilio sees it: scheme and host, such as
    /// `https://hooks.example.com`; plus a path, if a proxy in between removes one. The headers of a request do not
    /// reliably contain it.
    ///
    /// # Errors
    ///
    /// Those of [`TwilioSignature::verify`].
    pub fn verify_request(
        &self,
        public_base_url: &str,
        parts: &Parts,
        body: &[u8],
    ) -> Result<(), SignatureError> {
        let signature = from_header(parts, TWILIO_SIGNATURE)?;
        let urls = urls(public_base_url, parts);
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        self.verify_any(&urls, body, signature)
    }

    /// Returns Twilio's signature of a request, for tests of code that receives webhooks.
    pub fn sign(&self, url: &str, body: &[u8]) -> String {
        let url = without_userinfo(url);
        let signed_body = match body_hash(&url) {
            Some(_) => Vec::new(),
            None => signed_form(body),
        };
        STANDARD.encode(self.mac(&url, &signed_body).finalize().into_bytes())
    }

    fn verify_any(
        &self,
        urls: &[&str],
        body: &[u8],
        signature: &str,
    ) -> Result<(), SignatureError> {
        let signature = decode(signature)?;
        check_size(body)?;
        if self.auth_token.is_empty() {
            return Err(SignatureError::Mismatch);
        }
        // At most once, however many URLs there are to try.
        let own_hash = LazyCell::new(|| CtOutput::<Sha256>::new(Sha256::digest(body)));
        let form = LazyCell::new(|| check_fields(body).map(|()| signed_form(body)));
        for url in urls {
            let url = without_userinfo(url);
            let signed_body: &[u8] = match body_hash(&url) {
                Some(hash) if hash_from_hex(&hash).is_none_or(|it| it != *own_hash) => continue,
                Some(_) => &[],
                None => form.as_ref().map_err(|error| *error)?,
            };
            let mac = |url: &str| self.mac(url, signed_body);
            let verifies = |url: &str| mac(url).verify_slice(&signature).is_ok();
            if verifies(&url) || other_port(&url).is_some_and(|url| verifies(&url)) {
                return Ok(());
            }
        }
        Err(SignatureError::Mismatch)
    }

    fn mac(&self, url: &str, signed_body: &[u8]) -> Hmac<Sha1> {
        Hmac::<Sha1>::new_from_slice(self.auth_token.as_bytes())
            .expect("HMAC takes a key of any length (RFC 2104 §3)")
            .chain_update(url)
            .chain_update(signed_body)
    }
}

impl fmt::Debug for TwilioSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TwilioSignature").field(&Redacted).finish()
    }
}

fn decode(signature: &str) -> Result<Vec<u8>, SignatureError> {
    match signature.len() {
        0 => Err(SignatureError::Missing),
        SIGNATURE_LENGTH => STANDARD
            .decode(signature)
            .map_err(|_| SignatureError::Malformed),
        _ => Err(SignatureError::Malformed),
    }
}

/// Returns the body's hash according to the URL, which need not look like one.
fn body_hash(url: &str) -> Option<Vec<u8>> {
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    pairs(query.as_bytes())
        .find(|(name, _)| name == BODY_HASH)
        .map(|(_, hash)| hash)
}

/// Returns the signed text of a form: each name in byte order, with its distinct values in byte order.
fn signed_form(body: &[u8]) -> Vec<u8> {
    let mut parameters: BTreeMap<Vec<u8>, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for (name, value) in pairs(body) {
        parameters.entry(name).or_default().insert(value);
    }
    let mut signed = Vec::with_capacity(body.len());
    for (name, values) in &parameters {
        for value in values {
            signed.extend_from_slice(name);
            signed.extend_from_slice(value);
        }
    }
    signed
}

/// Returns `url` without its port or, if it has none, with the default port of its scheme.
///
/// Twilio omits ports from some of the URLs that it signs but not from others. The rest of the URL stays the same, byte
/// for byte.
fn other_port(url: &str) -> Option<String> {
    let (scheme, authority, rest) = authority(url)?;
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match authority.rsplit_once(':') {
        Some((host, port)) if is_port(port) => Some(format!("{scheme}://{host}{rest}")),
        _ => {
            let port = match scheme.to_ascii_lowercase().as_str() {
                "https" => 443,
                "http" => 80,
                _ => return None,
            };
            Some(format!("{scheme}://{authority}:{port}{rest}"))
        }
    }
}

#[cfg(test)]
mod tests;

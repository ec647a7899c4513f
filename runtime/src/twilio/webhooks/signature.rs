//! Code that both services' signatures share. No secrets are stored here.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use hmac::digest::CtOutput;
use http::request::Parts;
use sha2::Sha256;

use super::form::raw_pairs;
use super::{MAX_BODY_SIZE, MAX_FIELDS};

/// Why a webhook cannot be proved to come from the service. Do not act on it; respond with 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is no signature.
    Missing,
    /// The signature has a wrong length or alphabet.
    Malformed,
    /// The signature does not match the URL, the body or the secret.
    Mismatch,
    /// The body is larger than [`MAX_BODY_SIZE`]. Its signature was not checked.
    BodyTooLarge,
    /// The form has more fields than [`MAX_FIELDS`]. Its signature was not checked.
    TooManyFields,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the webhook has no signature"),
            Self::Malformed => f.write_str("the signature of the webhook is malformed"),
            Self::Mismatch => f.write_str(
                "the signature of the webhook does not match its URL, its body or the secret",
            ),
            Self::BodyTooLarge => write!(
                f,
                "the body of the webhook is larger than {MAX_BODY_SIZE} bytes"
            ),
            Self::TooManyFields => {
                write!(
                    f,
                    "the form of the webhook has more than {MAX_FIELDS} fields"
                )
            }
        }
    }
}

impl std::error::Error for SignatureError {}

/// Returns the signature in the header `name` of a request.
///
/// # Errors
///
/// Returns [`SignatureError::Missing`] if there is no such header, and [`SignatureError::Malformed`] if it is not
/// ASCII.
pub(super) fn from_header<'p>(parts: &'p Parts, name: &str) -> Result<&'p str, SignatureError> {
    let value = parts.headers.get(name).ok_or(SignatureError::Missing)?;
    value.to_str().map_err(|_| SignatureError::Malformed)
}

/// Returns the URLs that the service may have called, for a request that arrived below `public_base_url`.
///
/// There are two if the path is `/`, because a request line does not distinguish it from an empty one (RFC 9112
/// §3.2.1).
pub(super) fn urls(public_base_url: &str, parts: &Parts) -> Vec<String> {
    let base = public_base_url.trim_end_matches('/');
    let target = parts.uri.path_and_query().map_or("/", |it| it.as_str());
    let without_path = target
        .strip_prefix('/')
        .filter(|rest| rest.is_empty() || rest.starts_with('?'));
    [Some(target), without_path]
        .into_iter()
        .flatten()
        .map(|target| format!("{base}{target}"))
        .collect()
}

/// Rejects a body that is too large to be a webhook, before it is processed.
///
/// # Errors
///
/// Returns [`SignatureError::BodyTooLarge`] if it is.
pub(super) fn check_size(body: &[u8]) -> Result<(), SignatureError> {
    if body.len() > MAX_BODY_SIZE {
        return Err(SignatureError::BodyTooLarge);
    }
    Ok(())
}

/// Rejects a form with too many fields to be a webhook, before any of them is decoded.
///
/// # Errors
///
/// Returns [`SignatureError::TooManyFields`] if it has.
pub(super) fn check_fields(form: &[u8]) -> Result<(), SignatureError> {
    if raw_pairs(form).nth(MAX_FIELDS).is_some() {
        return Err(SignatureError::TooManyFields);
    }
    Ok(())
}

/// Splits a URL into its scheme, its authority and the rest (RFC 3986 §3); `None` if it has no authority.
pub(super) fn authority(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    if scheme.contains(['/', '?', '#']) {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    Some((scheme, authority, rest))
}

/// Returns `url` without the user name and the password in its authority (RFC 3986 §3.2.1): a caller sends them in a
/// header, and does not sign them. An `@` in the path or the query is kept.
pub(super) fn without_userinfo(url: &str) -> Cow<'_, str> {
    let parts = authority(url);
    match parts.and_then(|(scheme, it, rest)| Some((scheme, it.rsplit_once('@')?.1, rest))) {
        Some((scheme, host, rest)) => format!("{scheme}://{host}{rest}").into(),
        None => url.into(),
    }
}

/// Parses a SHA-256 hash from 64 lower-case hexadecimal digits, to be compared in constant time.
pub(super) fn hash_from_hex(text: &[u8]) -> Option<CtOutput<Sha256>> {
    let mut hash = [0; 32];
    let (digits, rest) = text.as_chunks::<2>();
    if digits.len() != hash.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in hash.iter_mut().zip(digits) {
        *byte = hex_digit(*high)? << 4 | hex_digit(*low)?;
    }
    Some(CtOutput::new(hash.into()))
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Writes `bytes` as lower-case hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a `String` never fails
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls_of(base: &str, target: &str) -> Vec<String> {
        let request = http::Request::post(target).body(()).unwrap();
        urls(base, &request.into_parts().0)
    }

    #[test]
    fn public_url_is_the_base_plus_the_request_target() {
        let base = "https://hooks.example.com";
        assert_eq!(
            urls_of(base, "/a/b?c=d%20e"),
            ["https://hooks.example.com/a/b?c=d%20e"]
        );
        assert_eq!(
            urls_of("https://hooks.example.com/twilio/", "http://10.0.0.1:80/a"),
            ["https://hooks.example.com/twilio/a"]
        );
        assert_eq!(urls_of(base, "/"), [&format!("{base}/"), base]);
        assert_eq!(
            urls_of(base, "/?a=b"),
            [format!("{base}/?a=b"), format!("{base}?a=b")]
        );
    }

    #[test]
    fn userinfo_ends_with_the_authority() {
        for (url, without) in [
            ("https://van:s3cret@h.example/sim", "https://h.example/sim"),
            ("https://van@h.example:8443", "https://h.example:8443"),
            ("https://van:p@ss@h.example/?a=b", "https://h.example/?a=b"),
            ("https://@h.example#x", "https://h.example#x"),
            ("https://u:1@[::1]:443/p", "https://[::1]:443/p"),
        ] {
            assert_eq!(without_userinfo(url), without);
        }
        for url in [
            "https://h.example/@van/x@y",
            "https://h.example?to=van:1@other.example",
            "https://h.example/p?next=https://u:1@other.example/",
            "https://h.example#a@b",
            "/p?next=https://u:1@other.example/",
            "van:s3cret@h.example",
            "",
        ] {
            assert_eq!(without_userinfo(url), url);
        }
    }

    #[test]
    fn hashes_are_parsed_strictly() {
        let hex = "0123456789abcdef".repeat(4);
        let hash = hash_from_hex(hex.as_bytes()).unwrap();
        assert_eq!(to_hex(hash.as_bytes()), hex);
        for wrong in [
            String::new(),
            hex.to_uppercase(),
            hex[1..].to_owned(),
            hex[2..].to_owned(),
            format!("{hex}0"),
            hex.replace('a', "g"),
            "é".repeat(32),
        ] {
            assert!(hash_from_hex(wrong.as_bytes()).is_none(), "{wrong}");
        }
    }

    #[test]
    fn signature_error_implements_error() {
        fn check<E: std::error::Error + Send + Sync + 'static>(error: E) -> String {
            error.to_string()
        }
        assert!(check(SignatureError::Missing).contains("no signature"));
        assert!(check(SignatureError::Malformed).contains("malformed"));
        assert!(check(SignatureError::Mismatch).contains("does not match"));
        assert!(check(SignatureError::BodyTooLarge).contains("larger than 1048576 bytes"));
        assert!(check(SignatureError::TooManyFields).contains("more than 1000 fields"));
    }
}

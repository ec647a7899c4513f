//! Bytes encoded as base64 text.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::parameter::Parameter;

/// Bytes that are base64 text in JSON, forms and URLs (RFC 4648 §4). Created from bytes, and dereferences to a byte
/// slice:
///
/// ```
/// # use twilio_runtime::Base64;
/// let token = Base64::from(b"a\xff");
/// assert_eq!(token.len(), 2);
/// assert_eq!(token.to_string(), "Yf8=");
/// assert_eq!("Yf8=".parse::<Base64>()?, token);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It is sent with padding. Decoding also accepts missing padding, and `-` and `_` in place of `+` and `/` (RFC 4648
/// §5).
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Bytes);

/// The number of bytes that `Debug` shows.
const SHOWN: usize = 48;

impl Base64 {
    /// Returns the bytes.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    fn decode(text: &str) -> Result<Self, Base64Error> {
        // Either all of the padding or none of it.
        let padding = match text.contains('=') {
            true => DecodePaddingMode::RequireCanonical,
            false => DecodePaddingMode::RequireNone,
        };
        let alphabet = match text.contains(['-', '_']) {
            true => &alphabet::URL_SAFE,
            false => &alphabet::STANDARD,
        };
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
        let bytes = GeneralPurpose::new(alphabet, config).decode(text);
        bytes.map(Self::from).map_err(|_| Base64Error(()))
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Base64 {
    fn from(bytes: &[u8; LENGTH]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl<const LENGTH: usize> From<[u8; LENGTH]> for Base64 {
    fn from(bytes: [u8; LENGTH]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Base64> for Bytes {
    fn from(base64: Base64) -> Self {
        base64.0
    }
}

impl From<Base64> for Vec<u8> {
    fn from(base64: Base64) -> Self {
        base64.0.into()
    }
}

/// The base64 text.
impl From<Base64> for String {
    fn from(base64: Base64) -> Self {
        base64.to_string()
    }
}

impl PartialEq<[u8]> for Base64 {
    fn eq(&self, other: &[u8]) -> bool {
        **self == *other
    }
}

impl PartialEq<&[u8]> for Base64 {
    fn eq(&self, other: &&[u8]) -> bool {
        **self == **other
    }
}

impl<const LENGTH: usize> PartialEq<&[u8; LENGTH]> for Base64 {
    fn eq(&self, other: &&[u8; LENGTH]) -> bool {
        **self == **other
    }
}

/// Writes the base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&STANDARD.encode(&self.0))
    }
}

/// Shows the start of the text, and the number of bytes if it is cut.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = STANDARD.encode(&self.0[..self.len().min(SHOWN)]);
        match self.len() {
            0..=SHOWN => write!(f, "Base64({start:?})"),
            length => write!(f, "Base64({start:?}…, {length} bytes)"),
        }
    }
}

impl FromStr for Base64 {
    type Err = Base64Error;

    fn from_str(text: &str) -> Result<Self, Base64Error> {
        Self::decode(text)
    }
}

/// Text that is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base64Error(());

/// Does not contain the text, which may be personal data.
impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text that is not base64")
    }
}

impl std::error::Error for Base64Error {}

impl Parameter for Base64 {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Base64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string in base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Base64, E> {
                let invalid = |_| E::invalid_value(de::Unexpected::Str(""), &self);
                Base64::decode(text).map_err(invalid)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 4648 §10, and bytes whose text differs between the two alphabets.
    const CASES: [(&[u8], &str); 9] = [
        (b"", ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"foob", "Zm9vYg=="),
        (b"fooba", "Zm9vYmE="),
        (b"foobar", "Zm9vYmFy"),
        (b"\xfb\xff", "+/8="),
        (b"\xff\xef\xbf", "/++/"),
    ];

    #[test]
    fn padding_is_written_and_optional_when_read() {
        for (bytes, text) in CASES {
            let base64 = Base64::from(bytes);
            assert_eq!(base64.to_string(), text);
            let json = serde_json::to_string(&base64).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Base64>(&json).unwrap(), bytes);
            let url_safe = text.replace('+', "-").replace('/', "_");
            for text in [text, &url_safe] {
                assert_eq!(text.parse::<Base64>().unwrap(), bytes, "{text}");
                assert_eq!(text.trim_end_matches('=').parse::<Base64>().unwrap(), bytes);
            }
        }
    }

    #[test]
    fn invalid_base64_is_rejected_and_not_shown() {
        for text in [
            "a", "Zg=", "Zg===", "Zh==", "Z g==", "Zm9v\n", "+_8=", "=", "Zg==Zg==", "é",
        ] {
            assert_eq!(text.parse::<Base64>(), Err(Base64Error(())), "{text}");
            let json = serde_json::to_string(text).unwrap();
            let error = serde_json::from_str::<Base64>(&json)
                .unwrap_err()
                .to_string();
            assert!(error.contains("a string in base64"), "{error}");
        }
        assert!(serde_json::from_str::<Base64>("5").is_err());
    }

    #[test]
    fn debug_is_short() {
        assert_eq!(format!("{:?}", Base64::from(b"a")), "Base64(\"YQ==\")");
        let long = format!("{:?}", Base64::from(vec![0; 100_000]));
        assert!(
            long.len() < 100 && long.ends_with("…, 100000 bytes)"),
            "{long}"
        );
    }
}

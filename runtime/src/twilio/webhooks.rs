//! Verifies and parses the webhooks that the service sends.
//!
//! Needs the Cargo feature `webhooks`. This module does not listen or respond: a web framework of your choice passes it
//! the request, and any status 2xx tells the service that the webhook was accepted.
//!
//! Verify the signature over the unmodified body before reading it:
//!
//! ```
//! # use twilio_runtime::webhooks::{Event, EventKind, SignatureError, TwilioSignature};
//! /// Takes a request apart with [`http::Request::into_parts`] first; `body` is all of its body.
//! fn receive(
//!     signature: &TwilioSignature,
//!     parts: &http::request::Parts,
//!     body: &[u8],
//! ) -> Result<(), SignatureError> {
//!     signature.verify_request("https://hooks.example.com", parts, body)?;
//!     let event = Event::from_request(parts, body);
//!     match event.kind() {
//!         EventKind::UsageNotification => {
//!             println!("{:?} used {:?}", event.sim_sid(), event.data_consumed());
//!         }
//!         EventKind::IpCommand => println!("{:?} bytes", event.payload_bytes().map(|it| it.len())),
//!         _ => println!("{event:?}"),
//!     }
//!     Ok(())
//! }
//!
//! # let signature = TwilioSignature::new("12345");
//! # let body = b"SimSid=DE1&DataConsumed=750&DataLimit=1000";
//! # let mut request = http::Request::post("/usage").body(()).unwrap();
//! # let signed = signature.sign("https://hooks.example.com/usage", body).parse().unwrap();
//! # request.headers_mut().insert("x-twilio-signature", signed);
//! # receive(&signature, &request.into_parts().0, body).unwrap();
//! ```
//!
//! The service repeats a delivery that it believes lost, with the same [`idempotency_token`].
//!
//! Anyone can send a forged webhook, so a body of more than [`MAX_BODY_SIZE`] bytes or [`MAX_FIELDS`] fields is
//! rejected before it is parsed. The web framework receives the body itself: set a limit there, too.

mod event;
mod form;
mod kore;
mod signature;
mod twilio;

use http::HeaderMap;

pub use self::event::{DataLimitType, Event, EventKind};
pub use self::kore::KoreSignature;
pub use self::signature::SignatureError;
pub use self::twilio::TwilioSignature;

/// The header that carries Twilio's signature of a webhook.
pub const TWILIO_SIGNATURE: &str = "x-twilio-signature";

/// The header that carries KORE's signature of a webhook.
pub const KORE_SIGNATURE: &str = "kore-signature";

/// The header of Twilio's webhooks that all deliveries of the same webhook share.
pub const TWILIO_IDEMPOTENCY_TOKEN: &str = "i-twilio-idempotency-token";

/// The header of KORE's webhooks that all deliveries of the same webhook share.
pub const KORE_IDEMPOTENCY_TOKEN: &str = "kore-idempotency-token";

/// The largest body whose signature is checked, in bytes: 1 MiB, for forms and JSON. The service's webhooks have a few
/// KiB.
pub const MAX_BODY_SIZE: usize = 1 << 20;

/// The largest number of form fields whose signature is checked. The service's forms have about twenty.
pub const MAX_FIELDS: usize = 1_000;

/// Returns the token that identifies a delivery, if the request has one: the value of [`TWILIO_IDEMPOTENCY_TOKEN`] or
/// else of [`KORE_IDEMPOTENCY_TOKEN`].
///
/// No signature covers it.
pub fn idempotency_token(headers: &HeaderMap) -> Option<&str> {
    [TWILIO_IDEMPOTENCY_TOKEN, KORE_IDEMPOTENCY_TOKEN]
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .find(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn both_services_have_idempotency_tokens() {
        let mut headers = HeaderMap::new();
        assert_eq!(idempotency_token(&headers), None);
        headers.insert(KORE_IDEMPOTENCY_TOKEN, HeaderValue::from_static("k"));
        assert_eq!(idempotency_token(&headers), Some("k"));
        let bytes = HeaderValue::from_bytes(b"\xff").unwrap();
        headers.insert("I-Twilio-Idempotency-Token", bytes);
        assert_eq!(idempotency_token(&headers), Some("k"));
        headers.insert(
            "I-Twilio-Idempotency-Token",
            HeaderValue::from_static("t-1"),
        );
        assert_eq!(idempotency_token(&headers), Some("t-1"));
    }
}

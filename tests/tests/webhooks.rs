//! Webhooks through the generated crate, as a user receives them.

use twilio_iot::Method;
use twilio_iot::webhooks::{Event, EventKind, KoreSignature, SignatureError, TwilioSignature};

#[test]
fn usage_notification_is_verified_and_parsed() {
    let url = "https://hooks.example.com/usage?tenant=7";
    let body = b"SimSid=DE1&DataLimitType=data_limit&DataLimit=1000&DataConsumed=900";
    let twilio = TwilioSignature::new("12345");
    let kore = KoreSignature::new("12345");
    let signatures = [twilio.sign(url, body), kore.sign(Method::Post, url, body)];

    assert_eq!(twilio.verify(url, body, &signatures[0]), Ok(()));
    assert_eq!(kore.verify(Method::Post, url, body, &signatures[1]), Ok(()));
    assert_eq!(
        twilio.verify(url, b"SimSid=DE2", &signatures[0]),
        Err(SignatureError::Mismatch)
    );

    let event = Event::from_form(body);
    assert_eq!(event.kind(), EventKind::UsageNotification);
    assert!(event.data_consumed() < event.data_limit());
}

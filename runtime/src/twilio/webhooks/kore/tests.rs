use super::*;
use crate::webhooks::{MAX_BODY_SIZE, MAX_FIELDS};

const URL: &str = "https://testendpoint.com";
const BODY: &[u8] = b"field1=value1&field2=value2";
const SIGNATURE: &str = "f562d3959f68b5a30fc7a63f8bbf40987f633575f4231ffceb4f76dd154ea3ce";

fn verify(method: Method, url: &str, body: &[u8], signature: &str) -> Result<(), SignatureError> {
    KoreSignature::new("12345").verify(method, url, body, signature)
}

fn verify_post(url: &str, body: &[u8], signature: &str) -> Result<(), SignatureError> {
    verify(Method::Post, url, body, signature)
}

#[test]
fn published_example_verifies() {
    assert_eq!(verify_post(URL, BODY, SIGNATURE), Ok(()));
    let signed = KoreSignature::new("12345").sign(Method::Post, URL, BODY);
    assert_eq!(signed, SIGNATURE);
}

#[test]
fn query_is_not_signed() {
    let url = format!("{URL}?a=b");
    assert_eq!(verify_post(&url, BODY, SIGNATURE), Ok(()));
    assert_eq!(
        verify_post("https://testendpoint.com/", BODY, SIGNATURE),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn any_alteration_fails() {
    let mismatch = Err(SignatureError::Mismatch);
    assert_eq!(verify(Method::Put, URL, BODY, SIGNATURE), mismatch);
    for at in 0..URL.len() {
        let mut url = URL.as_bytes().to_vec();
        url[at] ^= 1;
        let url = String::from_utf8(url).unwrap();
        assert_eq!(verify_post(&url, BODY, SIGNATURE), mismatch, "{url}");
    }
    for at in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.to_vec();
            body[at] ^= 1 << bit;
            assert_eq!(verify_post(URL, &body, SIGNATURE), mismatch, "{body:?}");
        }
    }
    for at in 0..SIGNATURE.len() {
        for bit in 0..7 {
            let mut signature = SIGNATURE.as_bytes().to_vec();
            signature[at] ^= 1 << bit;
            let signature = String::from_utf8(signature).unwrap();
            assert!(verify_post(URL, BODY, &signature).is_err(), "{signature}");
        }
    }
}

#[test]
fn missing_and_malformed_signatures_are_distinguished() {
    assert_eq!(verify_post(URL, BODY, ""), Err(SignatureError::Missing));
    let upper = SIGNATURE.to_uppercase();
    let long = "f".repeat(1_000_000);
    for malformed in [
        &upper,
        &SIGNATURE[1..],
        &long,
        "é",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
    ] {
        assert_eq!(
            verify_post(URL, BODY, malformed),
            Err(SignatureError::Malformed)
        );
    }
}

#[test]
fn empty_secret_matches_nothing() {
    let open = KoreSignature::new("");
    let signed = open.sign(Method::Post, URL, BODY);
    assert_eq!(
        open.verify(Method::Post, URL, BODY, &signed),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn requests_are_verified_with_the_public_url() {
    let kore = KoreSignature::new("12345");
    let mut request = http::Request::post("/?a=b")
        .header("Kore-Signature", SIGNATURE)
        .body(())
        .unwrap();
    let parts = request.clone().into_parts().0;
    assert_eq!(kore.verify_request(URL, &parts, BODY), Ok(()));
    assert_eq!(
        kore.verify_request("https://example.com", &parts, BODY),
        Err(SignatureError::Mismatch)
    );
    request.headers_mut().clear();
    let parts = request.into_parts().0;
    assert_eq!(
        kore.verify_request(URL, &parts, BODY),
        Err(SignatureError::Missing)
    );
}

#[test]
fn userinfo_may_be_signed_or_not() {
    let kore = KoreSignature::new("12345");
    let url = "https://van:s3cret@testendpoint.com";
    assert_eq!(verify_post(url, BODY, SIGNATURE), Ok(()));
    assert_eq!(kore.sign(Method::Post, url, BODY), SIGNATURE);
    let as_it_is = to_hex(kore.hash("POST", url, BODY).as_bytes());
    assert_eq!(verify_post(url, BODY, &as_it_is), Ok(()));
}

#[test]
fn oversized_bodies_are_rejected() {
    let large = vec![b'a'; MAX_BODY_SIZE + 1];
    let check = |body: &[u8]| verify_post(URL, body, SIGNATURE);
    assert_eq!(check(&large), Err(SignatureError::BodyTooLarge));
    assert_eq!(check(&large[1..]), Err(SignatureError::Mismatch));
    let fields = "a&".repeat(MAX_FIELDS + 1);
    assert_eq!(check(fields.as_bytes()), Err(SignatureError::TooManyFields));
    assert_eq!(
        check(&fields.as_bytes()[2..]),
        Err(SignatureError::Mismatch)
    );
    let json = format!(" [\"{fields}\"]");
    assert_eq!(check(json.as_bytes()), Err(SignatureError::Mismatch));
}

#[test]
fn debug_redacts_the_secret() {
    let text = format!("{:?}", KoreSignature::new("hunter2"));
    assert_eq!(text, "KoreSignature(<redacted>)");
}

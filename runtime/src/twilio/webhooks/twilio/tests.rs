use super::*;
use crate::webhooks::{MAX_BODY_SIZE, MAX_FIELDS};

const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const BODY: &[u8] = b"CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212\
&Caller=%2B14158675309";
const SIGNATURE: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

const JSON_URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2\
&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
const JSON_BODY: &[u8] = br#"{"property": "value", "boolean": true}"#;
const JSON_SIGNATURE: &str = "a9nBmqA0ju/hNViExpshrM61xv4=";

const MISMATCH: Result<(), SignatureError> = Err(SignatureError::Mismatch);

fn verify(url: &str, body: &[u8], signature: &str) -> Result<(), SignatureError> {
    TwilioSignature::new("12345").verify(url, body, signature)
}

fn sign(url: &str, body: &[u8]) -> String {
    TwilioSignature::new("12345").sign(url, body)
}

/// Returns every valid UTF-8 text that differs from `text` in one bit.
fn altered(text: &[u8]) -> impl Iterator<Item = String> {
    (0..text.len() * 8).filter_map(|bit| {
        let mut text = text.to_vec();
        text[bit / 8] ^= 1 << (bit % 8);
        String::from_utf8(text).ok()
    })
}

#[test]
fn published_examples_verify() {
    assert_eq!(verify(URL, BODY, SIGNATURE), Ok(()));
    assert_eq!(verify(JSON_URL, JSON_BODY, JSON_SIGNATURE), Ok(()));
    assert_eq!(sign(URL, BODY), SIGNATURE);
    assert_eq!(sign(JSON_URL, JSON_BODY), JSON_SIGNATURE);
}

#[test]
fn any_alteration_fails() {
    for (url, body, signature) in [
        (URL, BODY, SIGNATURE),
        (JSON_URL, JSON_BODY, JSON_SIGNATURE),
    ] {
        for url in altered(url.as_bytes()) {
            assert_eq!(verify(&url, body, signature), MISMATCH, "{url}");
        }
        for signature in altered(signature.as_bytes()) {
            assert!(verify(url, body, &signature).is_err(), "{signature}");
        }
        assert_eq!(verify(url, b"", signature), MISMATCH);
        assert_eq!(
            TwilioSignature::new("12346").verify(url, body, signature),
            MISMATCH
        );
    }
    for body in altered(JSON_BODY) {
        assert_eq!(
            verify(JSON_URL, body.as_bytes(), JSON_SIGNATURE),
            MISMATCH,
            "{body}"
        );
    }
    for body in altered(BODY) {
        // The same form in another encoding.
        let is_same = pairs(body.as_bytes()).eq(pairs(BODY));
        assert_eq!(
            verify(URL, body.as_bytes(), SIGNATURE).is_ok(),
            is_same,
            "{body}"
        );
    }
}

#[test]
fn different_invalid_utf8_has_different_signatures() {
    let signature = sign(URL, b"a=%FF");
    assert_eq!(verify(URL, b"a=\xff", &signature), Ok(()));
    assert_eq!(verify(URL, b"a=%FE", &signature), MISMATCH);
    assert_eq!(verify(URL, "a=\u{FFFD}".as_bytes(), &signature), MISMATCH);
}

#[test]
fn fields_are_sorted_and_deduplicated() {
    // The signed text of each form, by the rule: passed as a URL without a form.
    for (body, signed) in [
        ("b=2&a=1", "a1b2"),
        ("a=2&a=1&a=2", "a1a2"),
        ("a=&b", "ab"),
        ("b=1&B=2&%C3%A9=3&ab=4", "B2ab4b1é3"),
        ("a=%F0%9F%9A%80+x%2B", "a🚀 x+"),
        ("&&", ""),
        ("", ""),
    ] {
        let url = "https://example.com/";
        assert_eq!(
            sign(url, body.as_bytes()),
            sign(&format!("{url}{signed}"), b""),
            "{body}"
        );
    }
}

#[test]
fn get_is_signed_by_its_url() {
    let url = "https://example.com/get?SimSid=DE1&Name=%C3%A9+x";
    let signature = sign(url, b"");
    assert_eq!(verify(url, b"", &signature), Ok(()));
    assert_eq!(verify(url, b"More=1", &signature), MISMATCH);
    assert_eq!(
        verify(&url.replace("%C3%A9", "é"), b"", &signature),
        MISMATCH
    );
}

#[test]
fn port_may_be_omitted_or_added() {
    let cases = [
        (
            "https://h.example/p?a=b:1",
            "https://h.example:443/p?a=b:1",
            true,
        ),
        ("http://h.example", "http://h.example:80", true),
        (
            "HTTPS://u:1@h.example?q",
            "HTTPS://u:1@h.example:443?q",
            true,
        ),
        ("https://[::1]/p", "https://[::1]:443/p", true),
        ("https://h.example/p", "https://h.example:80/p", false),
        ("https://h.example/p", "http://h.example/p", false),
        ("https://h.example/p", "https://h.example/p:443", false),
    ];
    for (left_out, there, both_ways) in cases {
        let body = b"a=b";
        assert_eq!(verify(there, body, &sign(there, body)), Ok(()));
        assert_eq!(
            verify(left_out, body, &sign(there, body)).is_ok(),
            both_ways,
            "{left_out} {there}"
        );
        if both_ways {
            assert_eq!(verify(there, body, &sign(left_out, body)), Ok(()));
        }
    }
    // Signed without the port of the call, as the official libraries accept.
    let signature = sign("https://h.example/p", b"");
    assert_eq!(verify("https://h.example:8443/p", b"", &signature), Ok(()));
    let url = "https://h.example:8443/p";
    assert_eq!(
        verify("https://h.example/p", b"", &sign(url, b"")),
        MISMATCH
    );
    let json = JSON_URL.replace(".com/", ".com:443/");
    assert_eq!(verify(&json, JSON_BODY, JSON_SIGNATURE), Ok(()));
}

#[test]
fn body_hashes_are_parsed_strictly() {
    for hash in ["", "0", "é", &"0".repeat(64), &"f".repeat(100_000)] {
        let url = format!("{URL}&bodySHA256={hash}");
        assert_eq!(verify(&url, JSON_BODY, &sign(&url, JSON_BODY)), MISMATCH);
    }
    // Only the name itself, and only in the query.
    for url in [
        "https://h.example/bodySHA256=0",
        "https://h.example/?xbodySHA256=0",
        "https://h.example/?a#&bodySHA256=0",
    ] {
        assert_eq!(verify(url, b"a=b", &sign(url, b"a=b")), Ok(()));
    }
}

#[test]
fn missing_and_malformed_signatures_are_distinguished() {
    assert_eq!(verify(URL, BODY, ""), Err(SignatureError::Missing));
    let long = "A".repeat(1_000_000);
    for malformed in [
        "=",
        "RSOYDt4T1cUTdK1PDd93/VVr8B8",
        "RSOYDt4T1cUTdK1PDd93_VVr8B8=",
        "RSOYDt4T1cUTdK1PDd93/VVr8B9=", // bits beyond the last byte
        "RSOYDt4T1cUTdK1PDd93/VVr8B8= ",
        "RSOYDt4T1cUTdK1PDd93/VVr8===",
        "éééééééééééééé",
        &long,
    ] {
        assert_eq!(
            verify(URL, BODY, malformed),
            Err(SignatureError::Malformed),
            "{malformed}"
        );
    }
    // 28 characters of base64, but not of 20 bytes.
    let other = "RSOYDt4T1cUTdK1PDd93/VVr8B8A";
    assert!(verify(URL, BODY, other).is_err());
}

#[test]
fn empty_token_matches_nothing() {
    let open = TwilioSignature::new("");
    assert_eq!(open.verify(URL, BODY, &open.sign(URL, BODY)), MISMATCH);
}

#[test]
fn arbitrary_input_does_not_panic() {
    let mut state = 1_u32;
    let mut byte = || {
        // Marsaglia's xorshift: deterministic, and random enough here.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        b"%&=+:/?#@[]A0\xff\xc3\xa9b\0"[state as usize % 18]
    };
    for length in 0..400 {
        let mut bytes = || (0..length % 60).map(|_| byte()).collect::<Vec<u8>>();
        let (url, body) = (bytes(), bytes());
        for url in [
            String::from_utf8_lossy(&url).into_owned(),
            format!("https://{}", String::from_utf8_lossy(&url)),
            format!("https://h/?bodySHA256={}", String::from_utf8_lossy(&url)),
        ] {
            assert!(verify(&url, &body, SIGNATURE).is_err());
            let has_hash = body_hash(&url).is_some();
            assert_eq!(verify(&url, &body, &sign(&url, &body)).is_ok(), !has_hash);
            assert!(verify(&url, &body, &String::from_utf8_lossy(&body)).is_err());
        }
    }
}

#[test]
fn requests_are_verified_with_the_public_url() {
    let twilio = TwilioSignature::new("12345");
    let mut request = http::Request::post("/myapp.php?foo=1&bar=2")
        .header("Host", "internal:8080")
        .header("X-Twilio-Signature", SIGNATURE)
        .body(())
        .unwrap();
    let parts = request.clone().into_parts().0;
    for base in [
        "https://mycompany.com",
        "https://mycompany.com/",
        "https://mycompany.com:443",
    ] {
        assert_eq!(twilio.verify_request(base, &parts, BODY), Ok(()), "{base}");
    }
    for base in ["http://mycompany.com", "https://mycompany.com/x", ""] {
        assert_eq!(twilio.verify_request(base, &parts, BODY), MISMATCH);
    }

    let bytes = http::HeaderValue::from_bytes(b"\xff").unwrap();
    request.headers_mut().insert("X-Twilio-Signature", bytes);
    let check = |request: http::Request<()>| {
        twilio.verify_request("https://mycompany.com", &request.into_parts().0, BODY)
    };
    assert_eq!(check(request.clone()), Err(SignatureError::Malformed));
    request.headers_mut().clear();
    assert_eq!(check(request), Err(SignatureError::Missing));
}

#[test]
fn request_without_a_path_verifies() {
    let twilio = TwilioSignature::new("12345");
    for url in ["https://h.example?a=b", "https://h.example/?a=b"] {
        let request = http::Request::get("/?a=b")
            .header("X-Twilio-Signature", sign(url, b""))
            .body(())
            .unwrap();
        let parts = request.into_parts().0;
        assert_eq!(
            twilio.verify_request("https://h.example", &parts, b""),
            Ok(())
        );
    }
}

#[test]
fn debug_redacts_the_token() {
    let text = format!("{:?}", TwilioSignature::new("hunter2"));
    assert_eq!(text, "TwilioSignature(<redacted>)");
}

#[test]
fn userinfo_is_not_signed() {
    for (url, signed) in [
        (
            "https://van:s3cret@hooks.example.com/sim",
            "https://hooks.example.com/sim",
        ),
        (
            "https://van:s3c@ret@hooks.example.com:443/a@b?c=d@e",
            "https://hooks.example.com/a@b?c=d@e",
        ),
        ("https://van@hooks.example.com", "https://hooks.example.com"),
    ] {
        for body in [&b"SimSid=HS1"[..], b""] {
            assert_eq!(verify(url, body, &sign(signed, body)), Ok(()), "{url}");
            assert_eq!(verify(signed, body, &sign(url, body)), Ok(()), "{url}");
        }
        let other = signed.replace("hooks", "other");
        assert_eq!(verify(url, b"", &sign(&other, b"")), MISMATCH);
    }
    // Something that looks like userinfo later in the URL is signed.
    let (url, other) = ("https://h.example/?to=a@b", "https://h.example/?to=c@b");
    assert_eq!(verify(url, b"", &sign(other, b"")), MISMATCH);
    let twilio = TwilioSignature::new("12345");
    let request = http::Request::post("/sim").header(
        "X-Twilio-Signature",
        sign("https://hooks.example.com/sim", b"a=b"),
    );
    let parts = request.body(()).unwrap().into_parts().0;
    let base = "https://van:s3cret@hooks.example.com";
    assert_eq!(twilio.verify_request(base, &parts, b"a=b"), Ok(()));
}

/// Oversized bodies are rejected before any work that grows with them: anyone can send one.
#[test]
fn oversized_bodies_are_rejected() {
    let names = |count: usize| (0..count).map(|it| format!("{it}&")).collect::<String>();
    let large = vec![b'a'; MAX_BODY_SIZE + 1];
    for url in [URL, JSON_URL] {
        let largest = &large[1..];
        assert_eq!(
            verify(url, &large, SIGNATURE),
            Err(SignatureError::BodyTooLarge)
        );
        assert_eq!(verify(url, largest, SIGNATURE), MISMATCH);
    }
    for (count, expected) in [
        (MAX_FIELDS, Ok(())),
        (MAX_FIELDS + 1, Err(SignatureError::TooManyFields)),
        (150_000, Err(SignatureError::TooManyFields)),
        (1_400_000, Err(SignatureError::BodyTooLarge)),
    ] {
        let body = names(count);
        let signature = if expected.is_ok() {
            sign(URL, body.as_bytes())
        } else {
            SIGNATURE.to_owned()
        };
        assert_eq!(
            verify(URL, body.as_bytes(), &signature),
            expected,
            "{count}"
        );
    }
    // The fields of a body that is not a form are not counted.
    let json = format!("{{\"a\": \"{}\"}}", "&x".repeat(2 * MAX_FIELDS));
    assert_eq!(verify(JSON_URL, json.as_bytes(), SIGNATURE), MISMATCH);
}

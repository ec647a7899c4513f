//! The destinations of requests, and requests that are not sent because of it.

use twilio_runtime::{ClientBuilder, Error};

use crate::api::{Client, SUPERSIM};
use crate::transports::{Scripted, answer};

/// Returns the URL that such a client requests.
async fn url(builder: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>) -> String {
    let transport = Scripted::agreeing();
    let signed_in = Client::builder()
        .basic_auth("AC1", "t")
        .transport(transport.clone());
    let client = builder(signed_in).build().unwrap();
    client.fleet("HF1").fetch().await.unwrap();
    let mut lines = transport.lines();
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

#[tokio::test]
async fn edge_and_region_are_part_of_the_host() {
    assert_eq!(
        url(|it| it).await,
        "GET https://supersim.twilio.com/v1/Fleets/HF1"
    );
    assert_eq!(
        url(|it| it.edge("sydney")).await,
        "GET https://supersim.sydney.us1.twilio.com/v1/Fleets/HF1"
    );
    assert_eq!(
        url(|it| it.edge("sydney").region("au1")).await,
        "GET https://supersim.sydney.au1.twilio.com/v1/Fleets/HF1"
    );
}

#[tokio::test]
async fn base_url_applies_to_one_product_or_all() {
    let one = "GET https://one.example/twilio/v1/Fleets/HF1";
    assert_eq!(
        url(|it| it.base_url("https://one.example/twilio").edge("sydney")).await,
        one
    );
    let all = "https://all.example";
    let of_one =
        |it: ClientBuilder<Client>| it.product_base_url(SUPERSIM, "https://one.example/twilio/");
    assert_eq!(url(|it| of_one(it).base_url(all)).await, one);
    assert_eq!(
        url(|it| of_one(it.product_base_url(SUPERSIM, all))).await,
        one
    );
}

#[tokio::test]
async fn kore_sets_servers_and_credentials() {
    let transport = Scripted::new(|request| {
        if request.uri().path().ends_with("/token") {
            answer(
                200,
                r#"{"access_token": "T1", "expires_in": 3600, "token_type": "Bearer", "scope": "x"}"#,
            )
        } else {
            answer(200, "{}")
        }
    });
    let builder = Client::builder().kore("id&1", "hunter2").region("au1");
    let client = builder.transport(transport.clone()).build().unwrap();
    client.fleet("HF1").fetch().await.unwrap();
    assert_eq!(
        transport.lines(),
        [
            "POST https://api.korewireless.com/api-services/v1/auth/token",
            "GET https://supersim.api.korewireless.com/v1/Fleets/HF1",
        ]
    );
    let sent = transport.sent();
    assert_eq!(
        sent[0].body(),
        "grant_type=client_credentials&client_id=id%261&client_secret=hunter2"
    );
    assert_eq!(
        sent[0].headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    assert!(!sent[0].headers().contains_key("authorization"));
    assert_eq!(sent[1].headers()["authorization"], "Bearer T1");
}

/// If a later method replaces the credentials, their servers are replaced, too.
#[tokio::test]
async fn credentials_of_one_company_do_not_reach_another() {
    let twilio = "GET https://supersim.twilio.com/v1/Fleets/HF1";
    let kore = |it: ClientBuilder<Client>| it.kore("id", "hunter2");
    assert_eq!(url(|it| kore(it).basic_auth("AC1", "t")).await, twilio);
    assert_eq!(url(|it| kore(it).bearer_token("T1")).await, twilio);

    let transport = Scripted::new(|_| answer(401, "{}"));
    let builder = kore(Client::builder().basic_auth("AC1", "t")).transport(transport.clone());
    let client = builder.build().unwrap();
    client.fleet("HF1").fetch().await.unwrap_err();
    let sent = transport.sent();
    assert!(
        sent.iter()
            .all(|it| it.uri().host() == Some("api.korewireless.com")
                && !it.headers().contains_key("authorization")),
        "{sent:?}"
    );
}

#[test]
fn credentials_do_not_leave_this_machine_unencrypted() {
    let builder = || Client::builder().basic_auth("AC1", "t");
    let built = [
        builder().base_url("http://example.com"),
        builder().product_base_url(SUPERSIM, "http://example.com"),
        builder().client_credentials("http://example.com/token", "id", "s"),
    ];
    for builder in built {
        let error = builder.clone().build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert!(
            error.to_string().contains("`http://example.com`"),
            "{error}"
        );
        assert!(builder.allow_plain_http().build().is_ok());
    }
    for local in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"] {
        assert!(builder().base_url(local).build().is_ok());
    }
}

#[test]
fn invalid_hosts_are_rejected() {
    let builder = || Client::builder().basic_auth("AC1", "t");
    for builder in [
        builder().edge("evil.example/"),
        builder().region(""),
        builder().product_base_url(SUPERSIM, "https://u:hunter2@a.example"),
        builder().client_credentials("https://a.example/#hunter2", "id", "s"),
        builder().client_credentials("https://u:hunter2@a.example/", "id", "s"),
        builder().client_credentials("https://a.example/", "id", "hunter2\n"),
        builder().client_credentials("https://a.example/", "", "hunter2"),
        builder().kore("id1\t", "hunter2"),
    ] {
        let error = builder.build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}

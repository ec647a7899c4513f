//! Builder settings for every request: the user agent, headers, the proxy, the idle timeout.

use std::time::Duration;

use twilio_runtime::{ClientBuilder, Error};
use twilio_test_support::Server;

use crate::api::Client;
use crate::server::json;

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&server.url)
}

fn problem(builder: ClientBuilder<Client>) -> String {
    let Err(error) = builder.build() else {
        panic!("the client was built")
    };
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn program_is_named_in_the_user_agent() {
    let server = Server::start(|_| json(r#"{"access_token": "T1"}"#));
    let builder = builder(&server).user_agent("fleet-monitor/1.2 (van)");
    let token_url = format!("{}/token", server.url);
    for builder in [
        builder.clone(),
        builder.client_credentials(token_url, "id", "secret"),
    ] {
        let client = builder.build().unwrap();
        client.fleet("HF1").fetch().await.unwrap();
    }
    let agents: Vec<_> = server.requests();
    assert_eq!(agents.len(), 3);
    for request in agents {
        let agent = request.header("user-agent").unwrap();
        assert!(agent.starts_with("twilio-rust/"), "{agent}");
        assert!(agent.ends_with(") fleet-monitor/1.2 (van)"), "{agent}");
    }
}

#[tokio::test]
async fn default_headers_yield_to_those_of_the_request() {
    let server = Server::start(|_| json(r#"{"fleets": [], "access_token": "T1"}"#));
    let token_url = format!("{}/token", server.url);
    let client = builder(&server)
        .client_credentials(token_url, "id", "secret")
        .default_header("X-Team", "vans")
        .default_header("x-team", "ships")
        .default_header("X-Trace", "default")
        .build()
        .unwrap();
    client.fleets().list().send().await.unwrap();
    let list = client.fleets().list().request_header("own");
    list.send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("x-team"), None, "the token's request");
    let teams = |at: usize| {
        let headers = requests[at].headers.iter();
        let teams = headers.filter(|(name, _)| name == "x-team");
        teams.map(|(_, team)| team.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(teams(1), ["vans", "ships"]);
    assert_eq!(teams(2), ["vans", "ships"]);
    assert_eq!(requests[1].header("x-trace"), Some("default"));
    assert_eq!(requests[2].header("x-trace"), Some("own"));
}

#[test]
fn build_rejects_invalid_headers() {
    let builder = || Client::builder().basic_auth("AC1", "hunter2");
    for (name, value, expected) in [
        ("a b", "x", "header names cannot contain"),
        ("x-a", "hunter2\n", "control character"),
        ("Authorization", "hunter2", "the client sets it itself"),
        ("host", "a", "the client sets it itself"),
    ] {
        let error = problem(builder().default_header(name, value));
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    assert!(problem(builder().user_agent("a\nb")).contains("`user_agent`"));
    for url in ["http://u:hunter2@", "ftp://hunter2", "://"] {
        let error = problem(builder().proxy(url));
        assert!(
            error.contains("the proxy ") && !error.contains("hunter2"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn proxy_setting_applies_except_to_this_machine() {
    let proxy = Server::start(|_| json("{}"));
    let server = Server::start(|_| json("{}"));
    let builder = || {
        Client::builder()
            .basic_auth("AC1", "hunter2")
            .allow_plain_http()
            .proxy(&proxy.url)
    };
    let away = builder().base_url("http://service.invalid:1");
    let client = away.clone().build().unwrap();
    client.fleet("HF1").fetch().await.unwrap();
    let asked = ["GET http://service.invalid:1/v1/Fleets/HF1"];
    assert_eq!(proxy.lines(), asked);
    let near = builder().base_url(&server.url).build().unwrap();
    near.fleet("HF1").fetch().await.unwrap();
    assert_eq!(server.lines(), ["GET /v1/Fleets/HF1"]);
    let direct = away.no_proxy().build().unwrap();
    direct.fleet("HF1").fetch().await.unwrap_err();
    assert_eq!(proxy.lines(), asked);
}

#[tokio::test]
async fn idle_timeout_is_configurable() {
    let server = Server::start(|_| json("{}"));
    let client = builder(&server)
        .pool_idle_timeout(Duration::from_millis(1))
        .build()
        .unwrap();
    client.fleet("HF1").fetch().await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    client.fleet("HF1").fetch().await.unwrap();
    assert_eq!(server.connections(), 2);
}

//! Proxies that the environment names: which requests go by them.
//!
//! The environment is the process's own, so each case runs in a child process: this test program again, with nothing
//! but [`child`] to run.

use std::process::Command;

use twilio_runtime::RetryPolicy;

use crate::api::Client;
use crate::server::{Server, json};

/// The variable that makes [`child`] do something: what its requests are to.
const TARGET: &str = "TEST_TARGET";

/// Makes the requests of one case.
#[tokio::test]
async fn child() {
    let Ok(target) = std::env::var(TARGET) else {
        return;
    };
    let builder = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&target)
        .allow_plain_http()
        .retry_policy(RetryPolicy::off());
    // What becomes of them is seen at the servers.
    let _ = builder.clone().build().unwrap().fleet("HF1").fetch().await;
    let token_url = format!("{target}/token");
    let builder = builder.client_credentials(token_url, "id", "hunter2");
    let _ = builder.build().unwrap().fleet("HF1").fetch().await;
}

/// Runs the case of requests to `target`, with each of `variables` set to `proxy`.
fn run(target: &str, proxy: &str, variables: &[&str]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "proxies::child"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in variables {
        command.env(name, proxy);
    }
    let output = command.env(TARGET, target).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// What plain http is allowed to this machine for is that nobody can listen in; a proxy could.
#[test]
fn plain_http_to_this_machine_goes_by_no_proxy() {
    let all = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let lower_case = ["http_proxy", "https_proxy", "all_proxy"];
    for variables in [all, lower_case] {
        let proxy = Server::start(|_| json("{}"));
        let server = Server::start(|_| json(r#"{"access_token": "T1"}"#));
        let by_name = server.url.replace("127.0.0.1", "localhost");
        for target in [&server.url, &by_name] {
            run(target, &proxy.url, &variables);
        }
        assert_eq!(proxy.targets(), [""; 0]);
        let asked = ["GET /v1/Fleets/HF1", "POST /token", "GET /v1/Fleets/HF1"];
        assert_eq!(server.targets(), [asked, asked].concat());
    }
}

/// Elsewhere a proxy may be the only way out.
#[test]
fn other_requests_go_by_the_proxy() {
    let proxy = Server::start(|_| json(r#"{"access_token": "T1"}"#));
    run("http://service.invalid:1", &proxy.url, &["HTTP_PROXY"]);
    assert_eq!(
        proxy.targets(),
        [
            "GET http://service.invalid:1/v1/Fleets/HF1",
            "POST http://service.invalid:1/token",
            "GET http://service.invalid:1/v1/Fleets/HF1",
        ]
    );
    for variable in ["HTTPS_PROXY", "ALL_PROXY"] {
        let proxy = Server::start(|_| json("{}"));
        run("https://127.0.0.1:1", &proxy.url, &[variable]);
        assert_eq!(
            proxy.targets(),
            ["CONNECT 127.0.0.1:1"; 2],
            "what goes through the tunnel is encrypted"
        );
    }
}

//! Proxies in the environment: which requests use them.
//!
//! The environment belongs to the process, so each case runs in a child process: this test program, running only
//! [`child`].

use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use twilio_runtime::RetryPolicy;
use twilio_test_support::{Reply, Server};

use crate::api::Client;
use crate::server::json;
use crate::site::closed;

/// The variable that activates [`child`]: the target of its requests.
const TARGET: &str = "TEST_TARGET";

/// The prefix of the line in which [`child`] reports its first request, or a client that could not be built.
const REPORT: &str = "report: ";

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
    let client = match builder.clone().build() {
        Ok(client) => client,
        Err(error) => return println!("{REPORT}{error}"),
    };
    // The servers also see what happens to a request.
    let outcome = client.fleet("HF1").fetch().await;
    let report = outcome.map_or_else(|error| error.to_string(), |_| "its answer".to_owned());
    println!("{REPORT}{report}");
    let token_url = format!("{target}/token");
    let builder = builder.client_credentials(token_url, "id", "hunter2");
    let _ = builder.build().unwrap().fleet("HF1").fetch().await;
}

/// Runs the case of requests to `target`, with each of `variables` set to `proxy`. Returns the report.
fn run(target: &str, proxy: &str, variables: &[&str]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "proxies::child"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in variables {
        command.env(name, proxy);
    }
    let output = command.env(TARGET, target).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let report = text.lines().find_map(|line| line.split_once(REPORT));
    report.unwrap_or_else(|| panic!("{text}")).1.to_owned()
}

/// Plain http to this machine is allowed because nobody can listen in; a proxy could.
#[test]
fn plain_http_to_this_machine_uses_no_proxy() {
    let all = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let lower_case = ["http_proxy", "https_proxy", "all_proxy"];
    for variables in [all, lower_case] {
        let proxy = Server::start(|_| json("{}"));
        let server = Server::start(|_| json(r#"{"access_token": "T1"}"#));
        let by_name = server.url.replace("127.0.0.1", "localhost");
        for target in [&server.url, &by_name] {
            run(target, &proxy.url, &variables);
        }
        assert_eq!(proxy.lines(), [""; 0]);
        let asked = ["GET /v1/Fleets/HF1", "POST /token", "GET /v1/Fleets/HF1"];
        assert_eq!(server.lines(), [asked, asked].concat());
    }
}

/// For other hosts, a proxy may be the only way out.
#[test]
fn other_requests_use_the_proxy() {
    let proxy = Server::start(|_| json(r#"{"access_token": "T1"}"#));
    run("http://service.invalid:1", &proxy.url, &["HTTP_PROXY"]);
    assert_eq!(
        proxy.lines(),
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
            proxy.lines(),
            ["CONNECT 127.0.0.1:1"; 2],
            "what goes through the tunnel is encrypted"
        );
    }
}

/// A typo must not make requests bypass the proxy.
#[test]
fn invalid_proxy_is_an_error_and_nothing_is_sent() {
    let server = Server::start(|_| json("{}"));
    for variable in ["HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
        for proxy in ["http://hunter2:99999", "::::", "gopher://hunter2"] {
            let report = run(&server.url, proxy, &[variable]);
            assert!(report.starts_with(variable), "{report}");
            assert!(!report.contains("hunter2"), "{report}");
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn empty_variable_sets_no_proxy() {
    let server = Server::start(|_| json("{}"));
    assert_eq!(
        run(&server.url, "", &["HTTP_PROXY", "ALL_PROXY"]),
        "its answer"
    );
}

#[test]
fn error_names_the_proxy() {
    let proxy = closed();
    let host = proxy.strip_prefix("http://").unwrap();
    for target in ["http://service.invalid:81", "https://service.invalid:81"] {
        assert_eq!(
            run(
                target,
                &proxy.replace("//", "//user:hunter2@"),
                &["ALL_PROXY"]
            ),
            format!(
                "FetchFleet: cannot connect to service.invalid:81: through the proxy {host}: connection refused"
            )
        );
    }
    let picky = Server::start(|_| Reply::new("407 Proxy Authentication Required", &[], ""));
    let host = picky.url.strip_prefix("http://").unwrap();
    assert_eq!(
        run("https://service.invalid", &picky.url, &["HTTPS_PROXY"]),
        format!(
            "FetchFleet: cannot connect to service.invalid:443: through the proxy {host}: it requires other credentials"
        )
    );
}

/// Only the proxy gets its credentials.
#[test]
fn proxy_gets_its_credentials() {
    let proxy = Server::start(|_| json("{}"));
    let with_user = proxy.url.replace("//", "//user:pass%20word@");
    run("http://service.invalid:1", &with_user, &["HTTP_PROXY"]);
    let credentials = proxy.requests()[0]
        .header("proxy-authorization")
        .map(str::to_owned);
    assert_eq!(credentials.as_deref(), Some("Basic dXNlcjpwYXNzIHdvcmQ="));
}

/// Starts a SOCKS 5 proxy (RFC 1928) that forwards every connection to `target`.
fn socks(target: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("socks5h://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for client in listener.incoming() {
            lead(client.unwrap(), &target).unwrap();
        }
    });
    url
}

fn lead(mut client: TcpStream, target: &str) -> io::Result<()> {
    let mut greeting = [0; 2];
    client.read_exact(&mut greeting)?;
    io::copy(&mut (&client).take(greeting[1].into()), &mut io::sink())?;
    client.write_all(&[5, 0])?;
    // The request: version, command, reserved, a name and its length, a port.
    let mut head = [0; 5];
    client.read_exact(&mut head)?;
    assert_eq!(head[..4], [5, 1, 0, 3], "the proxy gets the host name");
    io::copy(&mut (&client).take(u64::from(head[4]) + 2), &mut io::sink())?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    let server = TcpStream::connect(target)?;
    let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
    thread::spawn(move || io::copy(&mut from_server, &mut to_client));
    thread::spawn(move || io::copy(&mut client, &mut &server));
    Ok(())
}

#[test]
fn socks_proxy_is_supported() {
    let server = Server::start(|_| json(r#"{"access_token": "T1"}"#));
    let proxy = socks(server.url.replace("http://", ""));
    let report = run("http://service.invalid:1", &proxy, &["ALL_PROXY"]);
    assert_eq!(report, "its answer");
    assert_eq!(server.lines()[0], "GET /v1/Fleets/HF1");
}

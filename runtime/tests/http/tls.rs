//! Servers with TLS and certificates from a test authority: which are trusted, and the errors for the others.

use std::io::{self, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

use rcgen::{CertificateParams, date_time_ymd};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tokio::time::timeout;
use twilio_runtime::{Error, RetryPolicy, SendErrorKind};
use twilio_test_support::{Request, ScratchFolder, Server};

use crate::api::Client;
use crate::authority::Authority;
use crate::server::json;
use crate::site::Target;

/// The authority that the clients of a [`Site`](crate::site::Site) trust.
pub static AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::new);

/// Returns the URLs of servers that clients must not trust despite [`AUTHORITY`], or not without a client certificate.
pub fn misfits() -> [(Target, String); 4] {
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    [
        (
            Target::Untrusted,
            Authority::new().config("127.0.0.1", |_| {}),
        ),
        (Target::Expired, AUTHORITY.config("127.0.0.1", expired)),
        (Target::OtherHost, AUTHORITY.config("other.example", |_| {})),
        (
            Target::Wanting,
            AUTHORITY.config_wanting_certificates("127.0.0.1"),
        ),
    ]
    .map(|(place, config)| (place, TlsServer::start(config).url))
}

/// A server with TLS that always sends the same response.
pub struct TlsServer {
    pub url: String,
    connections: Arc<AtomicUsize>,
}

impl TlsServer {
    pub fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let (count, config) = (Arc::clone(&connections), Arc::new(config));
        thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let config = Arc::clone(&config);
                // In most tests the client hangs up.
                thread::spawn(move || drop(serve(stream.unwrap(), config)));
            }
        });
        Self { url, connections }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn serve(stream: TcpStream, config: Arc<ServerConfig>) -> io::Result<()> {
    let mut connection = ServerConnection::new(config).unwrap();
    let mut socket = stream.try_clone()?;
    while connection.is_handshaking() {
        if let Err(error) = connection.complete_io(&mut socket) {
            // The client gets the reason, and reads it before the connection breaks.
            connection.write_tls(&mut socket)?;
            io::copy(&mut socket, &mut io::sink())?;
            return Err(error);
        }
    }
    let mut reader = BufReader::new(StreamOwned::new(connection, stream));
    while Request::read(&mut reader).is_some() {
        let body = r#"{"sid": "HF1"}"#;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        reader
            .get_mut()
            .write_all(format!("{head}{body}").as_bytes())?;
    }
    Ok(())
}

/// Returns the client of a server that trusts `authority`, if any.
fn client(url: &str, authority: Option<&Authority>) -> Client {
    let builder = Client::builder().basic_auth("AC1", "hunter2").base_url(url);
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    let builder = builder.retry_policy(policy);
    let builder = match authority {
        Some(authority) => builder.root_certificate(authority.pem()),
        None => builder,
    };
    builder.build().unwrap()
}

async fn fault(url: &str, authority: Option<&Authority>) -> (String, SendErrorKind) {
    let error = client(url, authority)
        .fleet("HF1")
        .fetch()
        .await
        .unwrap_err();
    let Error::Transport(fault) = &error else {
        panic!("{error:?}")
    };
    assert!(fault.is_unsent() && fault.is_connect(), "{fault:?}");
    let host = url.strip_prefix("https://").unwrap();
    let shown = error.to_string();
    let report = shown.strip_prefix(&format!("FetchFleet: cannot connect to {host}: "));
    let report = report.unwrap_or_else(|| panic!("{shown}"));
    (report.to_owned(), fault.kind())
}

#[tokio::test]
async fn certificate_of_the_authority_is_trusted() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.config("127.0.0.1", |_| {}));
    let client = client(&server.url, Some(&authority));
    for _ in 0..3 {
        let fleet = client.fleet("HF1").fetch().await.unwrap();
        assert_eq!(fleet.sid.as_deref(), Some("HF1"));
    }
    assert_eq!(server.connections(), 1, "it is kept");
}

#[tokio::test]
async fn one_of_several_authorities_is_trusted() {
    let authorities = [Authority::new(), Authority::new(), Authority::new()];
    let bundle = format!("{}\n{}", authorities[0].pem(), authorities[1].pem());
    for authority in &authorities {
        let server = TlsServer::start(authority.config("127.0.0.1", |_| {}));
        let builder = Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&server.url);
        let builder = builder.root_certificate(bundle.clone());
        let client = builder
            .root_certificate(authorities[2].pem())
            .build()
            .unwrap();
        client.fleet("HF1").fetch().await.unwrap();
    }
}

#[tokio::test]
async fn certificate_errors_are_described_and_not_retried() {
    let authority = Authority::new();
    let expired = |params: &mut CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let early = |params: &mut CertificateParams| params.not_before = date_time_ymd(2999, 1, 1);
    let stranger = Authority::new();
    let cases = [
        (
            stranger.config("127.0.0.1", |_| {}),
            "the certificate's issuer is not trusted",
        ),
        (
            authority.config("other.example", |_| {}),
            "the certificate is for another host",
        ),
        (
            authority.config("127.0.0.1", expired),
            "the certificate has expired",
        ),
        (
            authority.config("127.0.0.1", early),
            "the certificate is not valid yet",
        ),
    ];
    for (config, expected) in cases {
        let server = TlsServer::start(config);
        let (report, kind) = fault(&server.url, Some(&authority)).await;
        assert_eq!(report, format!("{expected} (attempt 1 of 3)"));
        assert_eq!(kind, SendErrorKind::Certificate);
        assert_eq!(server.connections(), 1, "{expected}");
    }
}

#[tokio::test]
async fn unknown_issuer_is_not_trusted() {
    let server = TlsServer::start(Authority::new().config("127.0.0.1", |_| {}));
    let (report, _) = fault(&server.url, None).await;
    assert_eq!(
        report,
        "the certificate's issuer is not trusted (attempt 1 of 3)"
    );
}

/// With TLS 1.3 the client only learns it while it waits for the response (RFC 8446 §4.4.2.4).
#[tokio::test]
async fn missing_client_certificate_is_reported() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.config_wanting_certificates("127.0.0.1"));
    let (report, kind) = fault(&server.url, Some(&authority)).await;
    assert_eq!(
        report,
        "the server wants a client certificate (attempt 1 of 3)"
    );
    assert_eq!(kind, SendErrorKind::Certificate);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn identity_is_presented_to_the_server() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.config_wanting_certificates("127.0.0.1"));
    let builder = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&server.url)
        .root_certificate(authority.pem());
    let client = builder
        .clone()
        .identity(authority.identity("van"))
        .build()
        .unwrap();
    client.fleet("HF1").fetch().await.unwrap();
    for bad in ["", &authority.pem(), "hunter2"] {
        let Err(error) = builder.clone().identity(bad).build() else {
            panic!("`{bad}` is taken")
        };
        assert!(
            error.to_string().starts_with("the identity is not"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn server_without_tls_is_retried() {
    let server = Server::start(|_| json("{}"));
    let url = server.url.replace("http://", "https://");
    let (report, kind) = fault(&url, None).await;
    assert!(report.ends_with("(attempt 3 of 3)"), "{report}");
    assert_eq!(kind, SendErrorKind::Connect);
    assert_eq!(server.connections(), 3);
}

/// The handshake counts as connecting.
#[tokio::test]
async fn slow_handshake_is_unsent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    for (setting, limit) in [
        ("connect_timeout", 50),
        ("attempt_timeout", 70),
        ("timeout", 90),
    ] {
        let limit = Duration::from_millis(limit);
        let builder = Client::builder()
            .basic_auth("AC1", "hunter2")
            .base_url(&url);
        let builder = builder.retry_policy(RetryPolicy::off());
        let builder = match setting {
            "connect_timeout" => builder.connect_timeout(limit),
            "attempt_timeout" => builder.attempt_timeout(limit),
            _ => builder.timeout(limit),
        };
        let client = builder.build().unwrap();
        let error = client.fleets().create("HA1").await.unwrap_err();
        let host = url.strip_prefix("https://").unwrap();
        assert_eq!(
            error.to_string(),
            format!(
                "CreateFleet: cannot connect to {host}: the `{setting}` of {limit:?} was exceeded"
            )
        );
        let Error::Transport(fault) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fault.kind(), SendErrorKind::ConnectTimeout);
        assert!(fault.is_unsent() && fault.is_timeout());
    }
}

/// A test can be canceled by what it waits for, and so can any caller.
#[tokio::test]
async fn client_survives_a_call_dropped_while_connecting() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.config("127.0.0.1", |_| {}));
    let client = client(&server.url, Some(&authority));
    let call = client.fleet("HF1").fetch().into_future();
    assert!(timeout(Duration::ZERO, call).await.is_err());
    client.fleet("HF1").fetch().await.unwrap();
}

#[test]
fn invalid_root_certificate_is_rejected() {
    for pem in [
        "",
        "hunter2",
        "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----",
    ] {
        let builder = Client::builder()
            .basic_auth("AC1", "t")
            .root_certificate(pem);
        let error = builder.build().unwrap_err();
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

/// The variables that pass the servers' URLs to the child process.
const HTTPS: &str = "TWILIO_TEST_HTTPS";
const HTTP: &str = "TWILIO_TEST_HTTP";
const REPORT: &str = "report: ";

/// Calls a server with TLS and one without, in a child process that a test starts: the environment belongs to a
/// process.
#[tokio::test]
async fn asks_both_servers() {
    let (Ok(https), Ok(http)) = (std::env::var(HTTPS), std::env::var(HTTP)) else {
        return;
    };
    client(&http, None).fleet("HF1").fetch().await.unwrap();
    let outcome = client(&https, None).fleet("HF1").fetch().await;
    let report = outcome.map_or_else(|error| error.to_string(), |_| "its answer".to_owned());
    println!("{REPORT}{report}");
}

/// Returns what the child process reported about the server with TLS.
fn report(https: &str, http: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "tls::asks_both_servers"]);
    command
        .env_remove("SSL_CERT_FILE")
        .env_remove("SSL_CERT_DIR");
    command.envs(variables.iter().copied());
    let output = command.env(HTTPS, https).env(HTTP, http).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let report = text.lines().find_map(|line| line.split_once(REPORT));
    report.unwrap_or_else(|| panic!("{text}")).1.to_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn ssl_cert_file_names_the_trusted_authorities() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.config("127.0.0.1", |_| {}));
    let plain = Server::start(|_| json("{}"));
    let folder = ScratchFolder::new("ssl_cert_file");
    let file = folder.write("authority.pem", authority.pem());
    let variables = [("SSL_CERT_FILE", file.to_str().unwrap())];
    assert_eq!(report(&server.url, &plain.url, &variables), "its answer");
}

/// OpenSSL looks at the system's paths nevertheless.
#[cfg(all(target_os = "linux", not(feature = "native-tls")))]
#[test]
fn missing_root_certificates_are_reported_and_http_works() {
    let server = TlsServer::start(Authority::new().config("127.0.0.1", |_| {}));
    let plain = Server::start(|_| json("{}"));
    let report = report(&server.url, &plain.url, &[("SSL_CERT_FILE", "/dev/null")]);
    let host = server.url.strip_prefix("https://").unwrap();
    assert_eq!(
        report,
        format!(
            "FetchFleet: cannot connect to {host}: no root certificate was found at the path in SSL_CERT_FILE: set it to a \
             file of PEM certificates, or unset it (attempt 1 of 3)"
        )
    );
    assert_eq!(server.connections(), 0);
    assert_eq!(plain.requests().len(), 1);
}

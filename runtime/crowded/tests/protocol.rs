//! The client's protocol with a server that supports HTTP/1.1 and HTTP/2, in a program with every feature of the HTTP
//! library.

#[expect(dead_code, reason = "the TLS tests use the rest")]
#[path = "../../tests/http/authority.rs"]
mod authority;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use twilio_runtime::{Call, Client, Method, Operation, Product, Resource};

use crate::authority::Authority;

/// What the server received.
#[derive(Debug, Deserialize)]
struct Seen {
    version: String,
    headers: Vec<String>,
}

static FETCH: Operation = Operation {
    id: "FetchSim",
    method: Method::Get,
    server: "https://supersim.twilio.com",
    path: "/v1/Sims",
};

/// Responds with the version and headers of a request, and sets a cookie.
async fn tell(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let headers: Vec<&str> = request.headers().keys().map(|it| it.as_str()).collect();
    let version = format!("{:?}", request.version());
    let body = serde_json::json!({"version": version, "headers": headers}).to_string();
    let mut response = Response::new(Full::new(Bytes::from(body)));
    let cookie = HeaderValue::from_static("session=hunter2");
    response.headers_mut().insert("set-cookie", cookie);
    Ok(response)
}

/// Starts a server that prefers HTTP/2, and returns its URL and the certificate of its authority in PEM.
async fn server() -> (String, String) {
    let authority = Authority::new();
    let mut config = authority.config("localhost", |_| {});
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let stream = TokioIo::new(acceptor.accept(stream).await.unwrap());
                let server = auto::Builder::new(TokioExecutor::new());
                // Dropping a client breaks its connection.
                drop(server.serve_connection(stream, service_fn(tell)).await);
            });
        }
    });
    (format!("https://localhost:{port}"), authority.pem())
}

#[tokio::test]
async fn client_speaks_http_1_1_whatever_the_server_prefers() {
    let (url, pem) = server().await;

    // Another client in the same program, with default settings, is the control.
    let root = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
    let other = reqwest::Client::builder()
        .tls_backend_rustls()
        .tls_certs_merge([root])
        .build()
        .unwrap();
    let body = other.get(&url).send().await.unwrap().bytes().await.unwrap();
    let seen: Seen = serde_json::from_slice(&body).unwrap();
    assert_eq!(seen.version, "HTTP/2.0");
    assert!(
        seen.headers.contains(&"accept-encoding".to_owned()),
        "{seen:?}"
    );

    let client: Client = Client::builder()
        .basic_auth("AC1", "hunter2")
        .base_url(&url)
        .root_certificate(pem)
        .build()
        .unwrap();
    let resource = Resource::new(&client, Product::new("supersim"));
    // The second request would send the cookie of the first response.
    for _ in 0..2 {
        let mut seen = Call::<Seen>::json(&resource, &FETCH).fetch().await.unwrap();
        seen.headers.sort();
        assert_eq!(seen.version, "HTTP/1.1");
        assert_eq!(
            seen.headers,
            ["accept", "authorization", "host", "user-agent"]
        );
    }
}

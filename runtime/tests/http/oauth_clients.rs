//! OAuth clients of an API whose specification has a token URL: which endpoint gets what, and how.

use twilio_runtime::{
    ApiClient, ClientBuilder, ClientCredentialsFlow, Environment, EnvironmentCredential, Error,
    Product, ServerPart, ServerVariable, Vendor,
};
use twilio_test_support::{Reply, Request, Server};

use crate::api::Client;
use crate::server::json;
use crate::transports::{Scripted, answer};

/// Declares a client whose specification has these flows, as generated code does.
macro_rules! client_with {
    ($name:ident, [$($flow:expr),*]) => {
        #[derive(Debug)]
        struct $name(Client);

        impl From<twilio_runtime::Client> for $name {
            fn from(core: twilio_runtime::Client) -> Self {
                Self(core.into())
            }
        }

        impl From<$name> for Client {
            fn from(client: $name) -> Self {
                client.0
            }
        }

        impl ApiClient for $name {
            const VENDOR: &'static Vendor = &Vendor::plain("demo")
                .with_environment(Environment {
                    ways: &[&[EnvironmentCredential::Token { token: "DEMO_TOKEN" }], $(&[EnvironmentCredential::OAuthClient {
                        id: "DEMO_CLIENT_ID",
                        secret: "DEMO_CLIENT_SECRET",
                        flow: &$flow,
                    }]),*],
                    is_required: true,
                })
                .with_server_variables(&[ServerVariable {
                    name: "region",
                    default: "eu",
                    values: &[],
                    parts: &[ServerPart::Host],
                }]);
        }
    };
}

const SCOPES: &[&str] = &["fleets:read", "fleets:write"];
const PRODUCT: Product = Product::new("supersim");

client_with!(
    Absolute,
    [ClientCredentialsFlow::new(
        "https://auth.example/token?tenant=a%20b",
        SCOPES
    )]
);
client_with!(
    Unencrypted,
    [ClientCredentialsFlow::new("http://auth.example/token", &[])]
);
client_with!(
    Relative,
    [ClientCredentialsFlow::new("/oauth/token", &[])
        .relative_to(PRODUCT, "https://{region}.example.com/v1")]
);
client_with!(
    Below,
    [ClientCredentialsFlow::new("token", &[]).relative_to(PRODUCT, "https://example.com/v1/")]
);
client_with!(
    Nowhere,
    [ClientCredentialsFlow::new("token", &[]).relative_to(PRODUCT, "/v1/")]
);
client_with!(Without, []);
client_with!(
    Several,
    [
        ClientCredentialsFlow::new("https://a.example/token", &[]),
        ClientCredentialsFlow::new("https://b.example/token", &[])
    ]
);

/// Issues a token to any request for one.
fn issuing() -> Scripted {
    Scripted::new(|request| match request.uri().path().ends_with("token") {
        true => answer(200, r#"{"access_token": "T1"}"#),
        false => answer(200, "{}"),
    })
}

fn builder<C>() -> ClientBuilder<C> {
    ClientBuilder::new().oauth_client("id", "hunter2")
}

/// Returns the URL of the token request of a client.
async fn token_url<C: ApiClient + Into<Client>>(
    set: impl FnOnce(ClientBuilder<C>) -> ClientBuilder<C>,
) -> String {
    let transport = issuing();
    let client = set(builder()).transport(transport.clone()).build().unwrap();
    client.into().fleet("HF1").fetch().await.unwrap();
    let line = transport.lines().remove(0);
    line.strip_prefix("POST ").unwrap().to_owned()
}

#[tokio::test]
async fn token_request_follows_the_specification() {
    let transport = issuing();
    let builder = ClientBuilder::<Absolute>::new().oauth_client("i:d é", "hunter2&+");
    let client = builder.transport(transport.clone()).build().unwrap();
    client.0.fleet("HF1").fetch().await.unwrap();
    let sent = transport.sent();
    assert_eq!(sent[0].method(), "POST");
    assert_eq!(sent[0].uri(), "https://auth.example/token?tenant=a%20b");
    let body = "grant_type=client_credentials&scope=fleets%3Aread+fleets%3Awrite";
    assert_eq!(sent[0].body(), body);
    // printf 'i%%3Ad+%%C3%%A9:hunter2%%26%%2B' | base64
    let basic = "Basic aSUzQWQrJUMzJUE5Omh1bnRlcjIlMjYlMkI=";
    assert_eq!(sent[0].headers()["authorization"], basic);
    assert_eq!(sent[1].headers()["authorization"], "Bearer T1");
    assert!(!format!("{:?}", sent[1]).contains("hunter2"));
}

#[tokio::test]
async fn scopes_of_the_program_replace_those_of_the_specification() {
    let body = |builder: ClientBuilder<Absolute>| async {
        let transport = issuing();
        let client = builder.transport(transport.clone()).build().unwrap();
        client.0.fleet("HF1").fetch().await.unwrap();
        String::from_utf8(transport.sent()[0].body().to_vec()).unwrap()
    };
    let own = body(builder().scopes(["fleets:read", "x"])).await;
    assert_eq!(own, "grant_type=client_credentials&scope=fleets%3Aread+x");
    let none: [&str; 0] = [];
    assert_eq!(
        body(builder().scopes(none)).await,
        "grant_type=client_credentials"
    );
    let of_program = ClientBuilder::new()
        .client_credentials("https://b.example/token", "id", "hunter2")
        .scopes(["y"]);
    assert_eq!(
        body(of_program).await,
        "grant_type=client_credentials&scope=y"
    );
}

#[tokio::test]
async fn relative_token_url_is_below_the_server() {
    assert_eq!(
        token_url::<Relative>(|it| it).await,
        "https://eu.example.com/oauth/token"
    );
    let us = token_url::<Relative>(|it| it.server_variable("region", "us")).await;
    assert_eq!(us, "https://us.example.com/oauth/token");
    let moved = token_url::<Relative>(|it| it.base_url("https://b.example/x")).await;
    assert_eq!(moved, "https://b.example/oauth/token");
    assert_eq!(
        token_url::<Below>(|it| it).await,
        "https://example.com/v1/token"
    );
    let moved = token_url::<Below>(|it| it.base_url("https://b.example/x")).await;
    assert_eq!(moved, "https://b.example/x/token");
    let moved = token_url::<Below>(|it| it.product_base_url(PRODUCT, "https://b.example")).await;
    assert_eq!(moved, "https://b.example/token");
    let moved = token_url::<Nowhere>(|it| it.base_url("https://b.example/x")).await;
    assert_eq!(moved, "https://b.example/x/v1/token");
    // An absolute one stays.
    let same = token_url::<Absolute>(|it| it.base_url("https://b.example/x")).await;
    assert_eq!(same, "https://auth.example/token?tenant=a%20b");
}

fn problem<C: ApiClient>(builder: ClientBuilder<C>) -> String {
    let shown = format!("{builder:?} {builder:#?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let Err(error) = builder.build() else {
        panic!("the client was built")
    };
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    error.to_string()
}

#[test]
fn build_rejects_clients_that_cannot_sign_in() {
    for (problem, method) in [
        (problem::<Absolute>(ClientBuilder::new()), "oauth_client"),
        (problem::<Without>(ClientBuilder::new()), "bearer_token"),
        (problem::<Several>(ClientBuilder::new()), "bearer_token"),
    ] {
        let remedy =
            format!("no credentials: call `{method}` or `credentials_from_env` on the builder");
        assert_eq!(problem, remedy);
    }
    assert_eq!(
        problem::<Without>(builder()),
        "the specification has no token URL: call `client_credentials` with one"
    );
    assert_eq!(
        problem::<Several>(builder()),
        "the specification has several token URLs: call `client_credentials` with one"
    );
    assert_eq!(
        problem::<Nowhere>(builder()),
        "the token URL `token` has no server: set one with `base_url` on the builder"
    );
    let unencrypted = problem::<Unencrypted>(builder());
    assert!(
        unencrypted.contains("`http://auth.example` unencrypted"),
        "{unencrypted}"
    );
    assert!(builder::<Unencrypted>().allow_plain_http().build().is_ok());
    for scope in ["", "a b", "a\"", "é"] {
        let problem = problem::<Absolute>(builder().scopes([scope]));
        assert!(problem.starts_with("a scope "), "{problem}");
    }
    let padded = ClientBuilder::<Absolute>::new().oauth_client("id", "hunter2\n");
    assert!(problem(padded).contains("the client secret has white space around it"));
}

/// Returns an endpoint that takes the id and the secret only in the body, and rejects others like this.
fn body_only(rejection: fn() -> Reply) -> Server {
    Server::start(
        move |request| match request.text().contains("client_secret=hunter2") {
            true => json(r#"{"access_token": "T1", "expires_in": 0}"#),
            false => rejection(),
        },
    )
}

fn is_basic(request: &Request) -> bool {
    request.header("authorization").is_some()
}

/// Returns a client whose tokens and API are on these servers.
fn client_of(endpoint: &Server, api: &Server) -> Client {
    let token_url = format!("{}/token", endpoint.url);
    let builder = ClientBuilder::<Absolute>::new().base_url(&api.url);
    let builder = builder.client_credentials(token_url, "id", "hunter2");
    builder.build().unwrap().0
}

#[tokio::test]
async fn endpoint_that_reads_only_the_body_is_recognized_once() {
    let api = Server::start(|_| json("{}"));
    for rejection in [
        || Reply::of_type(401, "text/plain", "who are you?"),
        || Reply::json(400, &serde_json::json!({"error": "invalid_request"})),
        || Reply::json(400, &serde_json::json!({"message": "client_id is missing"})),
    ] {
        let endpoint = body_only(rejection);
        let client = client_of(&endpoint, &api);
        client.fleet("HF1").fetch().await.unwrap();
        client.fleet("HF1").fetch().await.unwrap();
        let requests = endpoint.requests();
        let seen: Vec<bool> = requests.iter().map(is_basic).collect();
        assert_eq!(seen, [true, false, false]);
    }
}

#[tokio::test]
async fn the_error_that_tells_most_is_reported() {
    let api = Server::start(|_| json("{}"));
    let error = |status, error: &str| {
        Reply::json(
            status,
            &serde_json::json!({"error": error, "error_description": "hunter2"}),
        )
    };
    let of = |endpoint: Server| {
        let client = client_of(&endpoint, &api);
        async move { client.fleet("HF1").fetch().await.unwrap_err().to_string() }
    };
    // An endpoint that knows neither way tells why it rejects the usual one.
    let wrong_secret = of(Server::start(move |request| match is_basic(request) {
        true => error(401, "invalid_client"),
        false => error(400, "invalid_request"),
    }));
    assert_eq!(
        wrong_secret.await,
        "no access token: the token endpoint returned 401 Unauthorized: invalid_client: <redacted>"
    );
    // Behind the second way is another problem.
    let scope = of(Server::start(move |request| match is_basic(request) {
        true => error(400, "invalid_client"),
        false => error(400, "invalid_scope"),
    }));
    assert_eq!(
        scope.await,
        "no access token: the token endpoint returned 400 Bad Request: invalid_scope: <redacted>; set the scopes of \
         the client with `scopes` on the builder"
    );
    assert_eq!(api.lines(), Vec::<String>::new());
}

/// Neither the encoded form of the id and the secret.
#[tokio::test]
async fn echoed_authorization_is_redacted() {
    let api = Server::start(|_| json("{}"));
    let endpoint = Server::start(|request| {
        let echo = request.header("authorization").unwrap_or("none").to_owned();
        let body = serde_json::json!({"error": "invalid_grant", "error_description": echo});
        Reply::json(400, &body)
    });
    let error = client_of(&endpoint, &api)
        .fleet("HF1")
        .fetch()
        .await
        .unwrap_err();
    let expected = "returned 400 Bad Request: invalid_grant: Basic <redacted>";
    assert!(error.to_string().ends_with(expected), "{error}");
    assert_eq!(endpoint.requests().len(), 1);
}

//! The client itself: credentials, destinations, `Debug` output, and use across tasks.

mod support;

use std::hash::Hash;
use std::sync::{Arc, Mutex};

use futures_util::TryStreamExt as _;
use serde_json::json;
use support::{ACCOUNT, AUTHORIZATION, Reply, Server, TOKEN, assert_no_secret, builder, client};
use twilio_iot::supersim::v1::{
    CreateFleet, FetchSim, Fleet, HttpMethod, ListFleet, Sim, SimStatus, SimStatusUpdate,
};
use twilio_iot::{
    Body, Client, ClientBuilder, DateTime, EnumConversionError, Error, Items, Page, Response,
    Transport, TransportFuture, http, supersim, wireless,
};

async fn fleets() -> Server {
    let body = json!({"fleets": [{"sid": "HF1"}], "sid": "HF2"});
    Server::start(move |_| Reply::json(200, &body))
}

#[tokio::test]
async fn every_request_has_credentials_and_accept() {
    let server = fleets().await;
    client(&server).supersim().fleets().list().await.unwrap();
    let request = server.request();
    assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
    assert_eq!(request.header("accept"), Some("application/json"));
    let agent = request.header("user-agent").unwrap();
    let (product, platform) = agent.split_once(' ').unwrap();
    let version = product.strip_prefix("twilio-rust/").unwrap();
    assert!(
        version.split('.').all(|it| it.parse::<u32>().is_ok()),
        "{agent}"
    );
    assert!(
        platform.starts_with('(') && platform.ends_with(')'),
        "{agent}"
    );
}

#[tokio::test]
async fn wrapped_transport_is_the_pool_of_the_client() {
    let server = fleets().await;
    let paths = Arc::new(Mutex::new(Vec::new()));
    let [inner, outer] = ["inner", "outer"].map(|name| {
        let paths = Arc::clone(&paths);
        move |transport| Recorder {
            name,
            paths: Arc::clone(&paths),
            transport,
        }
    });
    let builder = builder(&server).wrap_transport(inner).wrap_transport(outer);
    let client = builder.build().unwrap();
    let fleets = client.supersim().fleets().list().await.unwrap();
    assert_eq!(fleets.len(), 1);
    assert_eq!(
        *paths.lock().unwrap(),
        ["outer /v1/Fleets", "inner /v1/Fleets"]
    );
}

/// Records the paths of requests before it sends them.
struct Recorder {
    name: &'static str,
    paths: Arc<Mutex<Vec<String>>>,
    transport: Arc<dyn Transport>,
}

impl Transport for Recorder {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        let path = format!("{} {}", self.name, request.uri().path());
        self.paths.lock().expect("nothing panics").push(path);
        self.transport.send(request)
    }
}

#[tokio::test]
async fn password_may_be_any_text() {
    let server = fleets().await;
    // printf 'SK1f0c8a:grün:€' | base64
    let builder = builder(&server).basic_auth("SK1f0c8a", "grün:€");
    builder
        .build()
        .unwrap()
        .supersim()
        .fleets()
        .list()
        .await
        .unwrap();
    let authorization = "Basic U0sxZjBjOGE6Z3LDvG464oKs";
    assert_eq!(
        server.request().header("authorization"),
        Some(authorization)
    );
}

#[tokio::test]
async fn base_url_applies_to_every_product_and_keeps_its_path() {
    let server = Server::start(|_| Reply::empty(204));
    for base_url in ["{}", "{}/", "{}/proxy", "{}/proxy/twilio/"] {
        let base_url = base_url.replace("{}", &server.url);
        let client = builder(&server).base_url(base_url).build().unwrap();
        let profile = client.supersim().network_access_profile("HA1");
        profile.network("HW1").delete().await.unwrap();
        client.wireless().sim("DE1").delete().await.unwrap();
    }
    let (supersim, wireless) = ("/v1/NetworkAccessProfiles/HA1/Networks/HW1", "/v1/Sims/DE1");
    let expected = ["", "", "/proxy", "/proxy/twilio"]
        .map(|base| [supersim, wireless].map(|path| format!("DELETE {base}{path}")));
    assert_eq!(server.lines(), expected.as_flattened());
}

#[test]
fn each_product_has_its_own_server_without_a_base_url() {
    assert_eq!(ListFleet::OPERATION.server, "https://supersim.twilio.com");
    assert_eq!(FetchSim::OPERATION.server, "https://supersim.twilio.com");
    assert_eq!(
        wireless::v1::FetchSim::OPERATION.server,
        "https://wireless.twilio.com"
    );
}

/// Returns the error of building `builder`.
#[track_caller]
/// Without a type parameter it is the builder of this crate's client, as a program writes it in its own functions.
fn refusal(builder: ClientBuilder) -> String {
    let error = builder.build().expect_err("a refusal");
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert_no_secret(&support::shown(&error));
    error.to_string()
}

#[test]
fn credentials_that_cannot_be_sent_are_rejected() {
    assert!(refusal(Client::builder()).contains("no credentials"));
    let cases = [
        (ACCOUNT, "", "password"),
        ("", TOKEN, "username"),
        ("AC:1", TOKEN, "username"),
        (ACCOUNT, "open-sesame-41\n", "password"),
        ("AC1\r\nX-Evil: 1", TOKEN, "username"),
    ];
    for (username, password, blamed) in cases {
        let text = refusal(Client::builder().basic_auth(username, password));
        assert!(text.contains(blamed), "{text}");
    }
}

#[test]
fn invalid_base_urls_and_those_with_secrets_are_rejected() {
    let urls = [
        "",
        "/v1",
        "127.0.0.1:4010",
        "localhost:4010",
        "ftp://127.0.0.1",
        "http://",
        "https://user:open-sesame-41@proxy.example",
        "https://user@proxy.example",
        "https://proxy.example/?key=open-sesame-41",
        "https://proxy.example/#open-sesame-41",
    ];
    for url in urls {
        let text = refusal(Client::builder().basic_auth(ACCOUNT, TOKEN).base_url(url));
        assert!(text.contains("base URL"), "{url}: {text}");
    }
}

#[test]
fn debug_of_a_client_redacts_credentials() {
    let builder = Client::builder()
        .basic_auth(ACCOUNT, TOKEN)
        .base_url("http://user:open-sesame-41@127.0.0.1");
    assert_no_secret(&format!("{builder:?} {builder:#?}"));
    let client = builder.base_url("http://127.0.0.1:4010").build().unwrap();
    let fleets = client.supersim().fleets();
    let shown = [
        format!("{client:?} {client:#?}"),
        format!("{:?} {:?}", client.supersim(), client.wireless()),
        format!("{fleets:?} {:?}", client.supersim().fleet("HF1")),
        format!("{:?} {:?}", fleets.list(), fleets.create("HA1")),
        format!("{:?}", fleets.list().stream()),
    ];
    for text in shown {
        assert_no_secret(&text);
    }
}

#[test]
fn debug_of_a_request_shows_names_but_no_values() {
    let builder = Client::builder().basic_auth(ACCOUNT, TOKEN);
    let client = builder.build().unwrap();
    let create = client.supersim().sms_commands().create("my-sim", "my-text");
    let list = client.supersim().sims().list().iccid("my-iccid");
    let update = client.wireless().sim("my-sid").update().sms_url("my-url");
    let text = format!("{create:?} {list:?} {update:?} {:?}", list.clone().stream());
    assert!(!text.contains("my-"), "{text}");
    for name in [
        "CreateSmsCommand",
        "Payload",
        "ListSim",
        "Iccid",
        "UpdateSim",
        "SmsUrl",
    ] {
        assert!(text.contains(name), "`{name}` in {text}");
    }
}

#[tokio::test]
async fn debug_of_a_response_omits_headers() {
    let body = json!({"fleets": [], "meta": {"next_page_url": "https://x.example/?secret=1"}});
    let reply = Reply::json(200, &body).header("Set-Cookie", "session=secret");
    let server = Server::replying([reply]);
    let response = client(&server)
        .supersim()
        .fleets()
        .list()
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["set-cookie"], "session=secret");
    let text = format!("{response:?} {:?}", response.body());
    assert!(!text.contains("secret"), "{text}");
}

#[tokio::test]
async fn response_has_status_headers_and_body() {
    let reply = Reply::json(201, &json!({"sid": "HF1"}))
        .header("Twilio-Request-Id", "RQ0123456789abcdef0123456789abcdef")
        .header("Twilio-Request-Duration", "0.042");
    let server = Server::replying([reply]);
    let create = client(&server).supersim().fleets().create("HA1");
    let response: Response<Fleet> = create.send().await.unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(
        response.request_id(),
        Some("RQ0123456789abcdef0123456789abcdef")
    );
    assert_eq!(response.headers()["twilio-request-duration"], "0.042");
    assert_eq!(response.body().sid, "HF1");
}

#[tokio::test]
async fn last_value_of_a_setter_wins_and_an_empty_one_is_sent() {
    let server = fleets().await;
    let update = client(&server).supersim().fleet("HF1").update();
    update
        .data_limit(1)
        .ip_commands_url("https://old.example")
        .data_limit(5000)
        .ip_commands_url("")
        .await
        .unwrap();
    assert_eq!(server.request().body, b"DataLimit=5000&IpCommandsUrl=");
}

#[tokio::test]
async fn last_list_of_a_setter_wins_and_an_empty_one_is_left_out() {
    let server = fleets().await;
    let create = client(&server)
        .supersim()
        .network_access_profiles()
        .create();
    create
        .clone()
        .networks(["HW1", "HW2"])
        .networks(["HW3"])
        .await
        .unwrap();
    create
        .networks(["HW1"])
        .networks(Vec::<String>::new())
        .unique_name("n")
        .await
        .unwrap();
    let bodies: Vec<_> = server.requests().into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, [b"Networks=HW3".as_slice(), b"UniqueName=n"]);
}

#[tokio::test]
async fn post_without_parameters_has_an_empty_form() {
    let server = fleets().await;
    client(&server)
        .supersim()
        .esim_profiles()
        .create()
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.body, b"");
    assert_eq!(request.header("content-length"), Some("0"));
}

#[tokio::test]
async fn form_values_are_escaped() {
    let server = fleets().await;
    let create = client(&server)
        .supersim()
        .sms_commands()
        .create("a&Sim=b", "=+% \r\n~*é📶");
    create.await.unwrap();
    assert_eq!(
        String::from_utf8(server.request().body).unwrap(),
        "Sim=a%26Sim%3Db&Payload=%3D%2B%25+%0D%0A%7E*%C3%A9%F0%9F%93%B6"
    );
}

#[tokio::test]
async fn times_are_sent_in_utc() {
    let server = Server::start(|_| Reply::json(200, &json!({"usage_records": []})));
    let in_berlin = DateTime::parse_from_rfc3339("2026-01-31T09:00:00.25+01:00").unwrap();
    let records = client(&server).supersim().usage_records();
    records.list().start_time(in_berlin).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /v1/UsageRecords?StartTime=2026-01-31T08%3A00%3A00Z"]
    );
}

#[tokio::test]
async fn unknown_enum_values_can_be_sent() {
    let server = fleets().await;
    let update = client(&server).supersim().sim("HS1").update();
    let update = update.status(SimStatusUpdate::from("hibernating"));
    update
        .callback_method(HttpMethod::from("PUT"))
        .await
        .unwrap();
    assert_eq!(
        server.request().body,
        b"Status=hibernating&CallbackMethod=PUT"
    );
}

#[test]
fn fetched_status_converts_to_one_to_set() {
    let active = SimStatusUpdate::try_from(SimStatus::Active);
    assert_eq!(active, Ok(SimStatusUpdate::Active));
    let error: EnumConversionError = SimStatusUpdate::try_from(SimStatus::New).unwrap_err();
    assert_eq!(
        (error.value.as_str(), error.target),
        ("new", "SimStatusUpdate")
    );
    assert_eq!(error.to_string(), "`SimStatusUpdate` has no value `new`");
}

#[test]
fn response_types_can_be_hash_map_keys() {
    fn key<T: Eq + Hash>() {}
    key::<Sim>();
    key::<Fleet>();
    key::<wireless::v1::Sim>();
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = fleets().await;
    let fleets = client(&server).supersim().fleets();
    drop(fleets.create("HA1"));
    drop(fleets.create("HA1").send());
    drop(fleets.list().into_future());
    drop(fleets.list().stream());
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn request_can_be_cloned_and_repeated() {
    let server = fleets().await;
    let fetch = client(&server).supersim().fleet("HF1").fetch();
    fetch.clone().await.unwrap();
    fetch.await.unwrap();
    assert_eq!(server.lines(), ["GET /v1/Fleets/HF1"; 2]);
}

#[tokio::test]
async fn requests_and_streams_move_into_tasks() {
    let server = fleets().await;
    let client = client(&server);
    let fleets = client.supersim().fleets();
    let of_client = tokio::spawn({
        let client = client.clone();
        async move {
            client
                .supersim()
                .fleet("HF1")
                .fetch()
                .await
                .map(|fleet| fleet.sid)
        }
    });
    let of_handle = tokio::spawn(async move { fleets.create("HA1").data_limit(5).await });
    let of_request = tokio::spawn(client.supersim().fleet("HF1").fetch().send());
    let of_page = tokio::spawn(client.supersim().fleets().list().into_future());
    let of_stream = tokio::spawn(
        client
            .supersim()
            .fleets()
            .list()
            .stream()
            .try_collect::<Vec<_>>(),
    );
    drop(client);
    assert_eq!(of_client.await.unwrap().unwrap(), "HF2");
    assert_eq!(of_handle.await.unwrap().unwrap().sid, "HF2");
    assert_eq!(of_request.await.unwrap().unwrap().status(), 200);
    assert_eq!(of_page.await.unwrap().unwrap().items().len(), 1);
    assert_eq!(of_stream.await.unwrap().unwrap().len(), 1);
    assert_eq!(server.requests().len(), 5);
}

#[test]
fn public_types_are_send_and_static() {
    fn movable<T: Send + 'static>() {}
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Client>();
    shared::<ClientBuilder<Client>>();
    shared::<supersim::v1::SupersimHandle>();
    shared::<supersim::v1::FleetHandle>();
    shared::<wireless::v1::RatePlansHandle>();
    shared::<CreateFleet>();
    shared::<ListFleet>();
    shared::<Page<Fleet>>();
    shared::<Response<Fleet>>();
    movable::<Items<Fleet>>();
    movable::<<CreateFleet as IntoFuture>::IntoFuture>();
    movable::<<ListFleet as IntoFuture>::IntoFuture>();
    movable::<<wireless::v1::DeleteSim as IntoFuture>::IntoFuture>();
}

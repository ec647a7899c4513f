//! The in-memory service, used as in the tests of a program.

mod conditions;
mod examples;
mod lists;

use std::pin::Pin;
use std::time::Duration;

use futures_util::TryStreamExt;
use serde_json::json;
use twilio_iot::mock::{Mock, Mocked, RecordedRequest, example, example_named};
use twilio_iot::supersim::v1 as supersim;
use twilio_iot::wireless::v1 as wireless;
use twilio_iot::{Client, Error, RetryPolicy, SendErrorKind, StatusCode};

use supersim::{
    CreateFleet, CreateNetworkAccessProfile, CreateSim, FetchFleet, FetchSim, ListSim,
    ListUsageRecord, UpdateSim,
};

#[tokio::test]
async fn responses_come_in_order_and_the_last_one_repeats() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let mut active = example::<FetchSim>();
    active.status = Some(supersim::SimStatus::Active);
    mock.on::<FetchSim>()
        .answer(example::<FetchSim>())
        .answer(active)
        .error(
            StatusCode::NOT_FOUND,
            20404,
            "The requested resource was not found",
        );

    let sim = client.supersim().sim("HS1");
    assert_eq!(sim.fetch().await.unwrap(), example::<FetchSim>());
    assert_eq!(
        sim.fetch().await.unwrap().status,
        Some(supersim::SimStatus::Active)
    );
    for _ in 0..2 {
        let Err(Error::Api(error)) = sim.fetch().await else {
            panic!("an error was set")
        };
        assert_eq!((error.status.as_u16(), error.code), (404, Some(20404)));
        assert_eq!(error.message, "The requested resource was not found");
        assert_eq!(error.operation, "FetchSim");
        assert_eq!(
            error.more_info.as_deref(),
            Some("https://www.twilio.com/docs/errors/20404")
        );
    }
    assert_eq!(mock.requests_of::<FetchSim>().len(), 4);
    assert!(mock.requests_of::<CreateSim>().is_empty());
}

#[tokio::test]
async fn a_response_has_the_headers_that_a_test_adds() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<FetchSim>()
        .error(StatusCode::TOO_MANY_REQUESTS, 20429, "Too many requests")
        .header("retry-after", "2")
        .answer_example()
        .header("content-type", "application/problem+json")
        .header("x-cost", "1")
        .header("x-cost", "2");
    mock.on::<ListSim>()
        .answer(vec![example::<FetchSim>()])
        .header("x-cost", "3");

    let error = client.supersim().sim("HS1").fetch().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    let response = client.supersim().sim("HS1").fetch().send().await.unwrap();
    let costs = response.headers().get_all("x-cost").iter();
    assert_eq!(costs.collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let page = client.supersim().sims().list().send().await.unwrap();
    assert_eq!(page.headers()["x-cost"], "3");
}

#[test]
#[should_panic(expected = "no response is before the header `x-cost`")]
fn a_header_needs_a_response_before_it() {
    Mock::new().on::<FetchSim>().header("x-cost", "1");
}

#[tokio::test]
async fn status_can_be_set_and_an_example_has_its_own() {
    let mock = Mock::new();
    let client: Client = mock.client();
    mock.on::<UpdateSim>()
        .answer_with_status(StatusCode::ACCEPTED, example_named::<UpdateSim>("activate"))
        .answer_example();
    mock.on::<CreateSim>().answer(example::<CreateSim>());
    let update = || client.supersim().sim("HS1").update().send();
    assert_eq!(update().await.unwrap().status(), 202);
    assert_eq!(update().await.unwrap().status(), 200);
    let created = client.supersim().sims().create("8900", "code").send();
    assert_eq!(created.await.unwrap().status(), 201);
}

#[test]
#[should_panic(
    expected = "UpdateSim has no example `unheard`, but `rename`, `fleet`, `transfer`, `activate`"
)]
fn missing_example_is_reported() {
    example_named::<UpdateSim>("unheard");
}

fn client_of(mock: &Mock) -> Client {
    mock.client()
}

#[tokio::test]
async fn missing_response_names_the_call_to_add() {
    let mock = Mock::new();
    let request = client_of(&mock).supersim().sim("HS1").fetch();
    let Err(Error::Api(error)) = request.await else {
        panic!("there is no response")
    };
    assert_eq!(error.status.as_u16(), 501);
    assert_eq!(
        error.message,
        "the mock has no response to FetchSim: call `mock.on::<FetchSim>().answer(…)`"
    );
    // The other product has an operation of the same name.
    mock.on::<wireless::FetchSim>().answer_example();
    assert!(
        client_of(&mock)
            .supersim()
            .sim("HS1")
            .fetch()
            .await
            .is_err()
    );
}

#[tokio::test]
async fn examples_are_the_fallback() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let client = client_of(&mock);
    mock.on::<FetchFleet>()
        .error(StatusCode::NOT_FOUND, 20404, "gone");
    assert_eq!(
        client.supersim().sim("HS1").fetch().await.unwrap(),
        example::<FetchSim>()
    );
    assert_eq!(
        client.supersim().sims().list().all().await.unwrap(),
        example::<ListSim>()
    );
    assert!(client.supersim().fleet("HF1").fetch().await.is_err());
    assert!(client.wireless().sim("DE1").fetch().await.is_err());
}

#[tokio::test]
async fn mock_failures_are_retried_like_any_other() {
    let mock = Mock::new();
    mock.on::<FetchSim>()
        .fail(SendErrorKind::Connect)
        .answer_example();
    mock.on::<CreateSim>()
        .fail(SendErrorKind::Timeout)
        .answer_example();
    let once = RetryPolicy::default().base_delay(Duration::ZERO);
    let client = Client::builder()
        .basic_auth("AC1", "token")
        .retry_policy(once);
    let client = client.transport(mock.clone()).build().unwrap();
    assert!(client.supersim().sim("HS1").fetch().await.is_ok());
    assert_eq!(mock.requests_of::<FetchSim>().len(), 2);
    let Err(Error::Transport(error)) = client.supersim().sims().create("8900", "code").await else {
        panic!("a timeout was set")
    };
    assert!(error.is_timeout());
    assert_eq!(mock.requests_of::<CreateSim>().len(), 1);
}

#[tokio::test]
async fn requests_are_recorded_without_credentials() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let api = client_of(&mock).supersim();
    let fleet = api.fleets().create("HA1").unique_name("träc & kers");
    fleet.data_limit(5).header("X-Trace", "7").await.unwrap();
    let profile = api.network_access_profiles().create();
    profile.networks(["HW1", "HW2"]).await.unwrap();

    let requests = mock.requests();
    let ids: Vec<&str> = requests.iter().map(id).collect();
    assert_eq!(ids, ["CreateFleet", "CreateNetworkAccessProfile"]);
    let (fleet, profile) = (&requests[0], &requests[1]);
    assert_eq!(fleet.form("UniqueName"), Some("träc & kers"));
    assert_eq!(fleet.form("DataLimit"), Some("5"));
    assert_eq!(fleet.form("DataEnabled"), None);
    assert_eq!(fleet.query("UniqueName"), None);
    assert_eq!(fleet.json(), None);
    assert_eq!(fleet.headers()["x-trace"], "7");
    assert!(!fleet.headers().contains_key("authorization"));
    let networks = [("Networks", "HW1"), ("Networks", "HW2")];
    let networks = networks.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(profile.form_pairs(), networks);
}

#[tokio::test]
async fn path_values_are_found_below_any_base_url() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let client = Client::builder().basic_auth("AC1", "token");
    let client = client.base_url("https://proxy.example.com/twilio");
    let api = client.transport(mock.clone()).build().unwrap().supersim();
    let network = api.network_access_profile("a/b c").network("HW1");
    network.delete().await.unwrap();
    let request = mock.requests().remove(0);
    let path = "/twilio/v1/NetworkAccessProfiles/a%2Fb%20c/Networks/HW1";
    assert_eq!(request.path(), path);
    assert_eq!(request.path_value("NetworkAccessProfileSid"), Some("a/b c"));
    assert_eq!(request.path_value("Sid"), Some("HW1"));
    assert_eq!(request.path_value("sid"), None);
}

#[tokio::test]
async fn debug_contains_no_values() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let client = Client::builder().basic_auth("AC1", "open-sesame");
    let api = client.transport(mock.clone()).build().unwrap().supersim();
    let fleet = api.fleets().create("HA1").unique_name("trackers");
    fleet.header("X-Trace", "7-7").await.unwrap();
    api.sims().list().iccid("8988").all().await.unwrap();
    api.sim("HS1").fetch().await.unwrap();
    let requests = mock.requests();
    let answers = mock.on::<FetchSim>().answer_example();
    let shown = format!(
        "{mock:?} {requests:?} {requests:#?} {answers:?} {:?}",
        supersim::EXAMPLES
    );
    for name in ["CreateFleet", "UniqueName", "Iccid", "Sid"] {
        assert!(shown.contains(name), "`{name}` is not shown: {shown}");
    }
    for secret in [
        "open-sesame",
        "Basic",
        "trackers",
        "HA1",
        "8988",
        "HS1",
        "7-7",
    ] {
        assert!(!shown.contains(secret), "`{secret}` is shown: {shown}");
    }
}

#[test]
fn mock_supports_blocking_programs() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let api = client_of(&mock).supersim();
    let sim = api.sim("HS1").fetch().wait().unwrap();
    assert_eq!(sim, example::<FetchSim>());
    let sims: Result<Vec<_>, Error> = api.sims().list().page_size(1).iter().collect();
    assert_eq!(sims.unwrap(), example::<ListSim>());
    let pages = example::<ListSim>().len();
    assert_eq!(mock.requests_of::<ListSim>().len(), pages);
}

/// A type serializes to what it deserializes from.
#[test]
fn bodies_serialize_as_the_service_does() {
    let fleet = serde_json::to_value(example::<FetchFleet>()).unwrap();
    assert_eq!(fleet["data_metering"], "payg");
    assert_eq!(
        fleet["date_created"].as_str().map(|it| it.ends_with('Z')),
        Some(true)
    );
    let mut record = example::<ListUsageRecord>().remove(0);
    record.data_total_billed = Some("0.03".parse().unwrap());
    let record = serde_json::to_value(record).unwrap();
    assert_eq!(record["data_total_billed"], json!(0.03));
    assert_eq!(
        ListUsageRecord::ANSWER.operation,
        &ListUsageRecord::OPERATION
    );
}

/// The id and the secret are not recorded, nor is the request, so a test counts only its own.
#[tokio::test]
async fn token_requests_succeed_and_are_not_recorded() {
    let mock = Mock::new();
    mock.on::<FetchSim>().answer_example();
    let token_url = "https://login.example.com/token";
    for builder in [
        Client::builder().kore("id", "hunter2"),
        Client::builder().client_credentials(token_url, "id", "hunter2"),
    ] {
        let client = builder.transport(mock.clone()).build().unwrap();
        client.supersim().sim("HS1").fetch().await.unwrap();
    }
    assert_eq!(mock.requests().len(), 2);
    assert_eq!(mock.requests_of::<FetchSim>().len(), 2);
}

fn id(request: &RecordedRequest) -> &'static str {
    request.operation().expect("a request for an operation").id
}

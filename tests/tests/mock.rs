//! The service in memory, as the tests of a program use it.

use std::pin::Pin;

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

/// A request of one operation, made with arguments that do not matter, and whether it brings the example.
type Check = Pin<Box<dyn Future<Output = bool>>>;

/// Answers one operation with its example, and makes its request.
macro_rules! check {
    ($mock:expr, $operation:ty, $request:expr) => {{
        $mock.on::<$operation>().answer(example::<$operation>());
        let request: $operation = $request;
        Box::pin(async move { answered(request).await == example::<$operation>() }) as Check
    }};
}

/// The same for a list.
macro_rules! check_list {
    ($mock:expr, $operation:ty, $request:expr) => {{
        $mock.on::<$operation>().answer_example();
        let request: $operation = $request;
        let items = async move { request.page_size(1).all().await };
        Box::pin(async move { answered(items).await == example::<$operation>() }) as Check
    }};
}

async fn answered<T>(request: impl IntoFuture<Output = Result<T, Error>>) -> T {
    request.await.expect("the answer that was set")
}

#[tokio::test]
async fn every_supersim_operation_brings_its_example() {
    let mock = Mock::new();
    let api = mock.client::<Client>().supersim();
    let mut checks = of_fleets(&mock, &api);
    checks.extend(of_sims(&mock, &api));
    assert_all(checks, &mock, supersim::EXAMPLES.len()).await;
}

/// The operations of fleets and networks.
fn of_fleets(mock: &Mock, api: &supersim::SupersimHandle) -> Vec<Check> {
    let profile = api.network_access_profile("HA1");
    vec![
        check_list!(mock, supersim::ListFleet, api.fleets().list()),
        check!(mock, CreateFleet, api.fleets().create("HA1")),
        check!(mock, FetchFleet, api.fleet("HF1").fetch()),
        check!(mock, supersim::UpdateFleet, api.fleet("HF1").update()),
        check_list!(mock, supersim::ListNetwork, api.networks().list()),
        check!(mock, supersim::FetchNetwork, api.network("HW1").fetch()),
        check_list!(
            mock,
            supersim::ListNetworkAccessProfile,
            api.network_access_profiles().list()
        ),
        check!(
            mock,
            CreateNetworkAccessProfile,
            api.network_access_profiles().create()
        ),
        check!(mock, supersim::FetchNetworkAccessProfile, profile.fetch()),
        check!(mock, supersim::UpdateNetworkAccessProfile, profile.update()),
        check_list!(
            mock,
            supersim::ListNetworkAccessProfileNetwork,
            profile.networks().list()
        ),
        check!(
            mock,
            supersim::CreateNetworkAccessProfileNetwork,
            profile.networks().create("HW1")
        ),
        check!(
            mock,
            supersim::FetchNetworkAccessProfileNetwork,
            profile.network("HW1").fetch()
        ),
        check!(
            mock,
            supersim::DeleteNetworkAccessProfileNetwork,
            profile.network("HW1").delete()
        ),
    ]
}

/// The operations of SIMs and what is exchanged with them.
fn of_sims(mock: &Mock, api: &supersim::SupersimHandle) -> Vec<Check> {
    vec![
        check_list!(
            mock,
            supersim::ListBillingPeriod,
            api.sim("HS1").billing_periods().list()
        ),
        check_list!(mock, supersim::ListEsimProfile, api.esim_profiles().list()),
        check!(
            mock,
            supersim::CreateEsimProfile,
            api.esim_profiles().create()
        ),
        check!(
            mock,
            supersim::FetchEsimProfile,
            api.esim_profile("HP1").fetch()
        ),
        check_list!(mock, supersim::ListIpCommand, api.ip_commands().list()),
        check!(
            mock,
            supersim::CreateIpCommand,
            api.ip_commands().create("HS1", "on", 5)
        ),
        check!(
            mock,
            supersim::FetchIpCommand,
            api.ip_command("HG1").fetch()
        ),
        check_list!(
            mock,
            supersim::ListSettingsUpdate,
            api.settings_updates().list()
        ),
        check_list!(mock, ListSim, api.sims().list()),
        check!(mock, CreateSim, api.sims().create("8900", "secret")),
        check!(mock, FetchSim, api.sim("HS1").fetch()),
        check!(mock, UpdateSim, api.sim("HS1").update()),
        check_list!(
            mock,
            supersim::ListSimIpAddress,
            api.sim("HS1").sim_ip_addresses().list()
        ),
        check_list!(mock, supersim::ListSmsCommand, api.sms_commands().list()),
        check!(
            mock,
            supersim::CreateSmsCommand,
            api.sms_commands().create("HS1", "on")
        ),
        check!(
            mock,
            supersim::FetchSmsCommand,
            api.sms_command("HC1").fetch()
        ),
        check_list!(mock, ListUsageRecord, api.usage_records().list()),
    ]
}

#[tokio::test]
async fn every_wireless_operation_brings_its_example() {
    let mock = Mock::new();
    let api = mock.client::<Client>().wireless();
    let checks: Vec<Check> = vec![
        check_list!(
            mock,
            wireless::ListAccountUsageRecord,
            api.usage_records().list()
        ),
        check!(mock, wireless::FetchCommand, api.command("DC1").fetch()),
        check!(mock, wireless::DeleteCommand, api.command("DC1").delete()),
        check_list!(mock, wireless::ListCommand, api.commands().list()),
        check!(mock, wireless::CreateCommand, api.commands().create("on")),
        check_list!(
            mock,
            wireless::ListDataSession,
            api.sim("DE1").data_sessions().list()
        ),
        check_list!(mock, wireless::ListRatePlan, api.rate_plans().list()),
        check!(mock, wireless::CreateRatePlan, api.rate_plans().create()),
        check!(mock, wireless::FetchRatePlan, api.rate_plan("WP1").fetch()),
        check!(
            mock,
            wireless::UpdateRatePlan,
            api.rate_plan("WP1").update()
        ),
        check!(
            mock,
            wireless::DeleteRatePlan,
            api.rate_plan("WP1").delete()
        ),
        check!(mock, wireless::FetchSim, api.sim("DE1").fetch()),
        check!(mock, wireless::UpdateSim, api.sim("DE1").update()),
        check!(mock, wireless::DeleteSim, api.sim("DE1").delete()),
        check_list!(mock, wireless::ListSim, api.sims().list()),
        check_list!(
            mock,
            wireless::ListUsageRecord,
            api.sim("DE1").usage_records().list()
        ),
    ];
    assert_all(checks, &mock, wireless::EXAMPLES.len()).await;
}

/// Asserts that each request brings its example, and that no operation of `count` is left out.
async fn assert_all(checks: Vec<Check>, mock: &Mock, count: usize) {
    assert_eq!(checks.len(), count, "an operation is not in the table");
    for (index, check) in checks.into_iter().enumerate() {
        assert!(
            check.await,
            "check {index}, after {:?}",
            mock.requests().last()
        );
    }
    let mut seen: Vec<&str> = mock.requests().iter().map(id).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count, "{seen:?}");
}

fn id(request: &RecordedRequest) -> &'static str {
    request.operation().expect("a request for an operation").id
}

#[tokio::test]
async fn answers_come_in_order_and_the_last_one_stays() {
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
async fn a_status_can_be_set_and_an_example_has_its_own() {
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
fn an_example_that_is_not_there_is_told() {
    example_named::<UpdateSim>("unheard");
}

#[tokio::test]
async fn lists_come_in_pages() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let sims: Vec<supersim::Sim> = (0..5)
        .map(|number| {
            let mut sim = example::<FetchSim>();
            sim.sid = format!("HS{number}");
            sim
        })
        .collect();
    mock.on::<ListSim>().answer(sims.clone()).answer([]);

    let list = || client.supersim().sims().list().fleet("a&b c").page_size(2);
    let streamed: Vec<supersim::Sim> = list().stream().try_collect().await.unwrap();
    assert_eq!(streamed, sims);
    let requests = mock.requests_of::<ListSim>();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(
            (request.query("Fleet"), request.query("PageSize")),
            (Some("a&b c"), Some("2"))
        );
    }
    assert_eq!(requests[2].query("Page"), Some("2"));
    // One list has taken one answer; the next is another.
    assert!(list().all().await.unwrap().is_empty());
}

#[tokio::test]
async fn pages_turn_in_both_directions_and_on_any_origin() {
    let mock = Mock::new();
    mock.on::<ListSim>()
        .answer(vec![example::<FetchSim>(); 120]);
    for base_url in [
        "https://proxy.example.com:8443/twilio",
        "http://127.0.0.1:9",
    ] {
        let client = Client::builder()
            .basic_auth("AC1", "token")
            .base_url(base_url);
        let client = client.transport(mock.clone()).build().unwrap();
        let first = client.supersim().sims().list().await.unwrap();
        assert_eq!((first.items().len(), first.page_size()), (50, Some(50)));
        assert!(first.previous_page_url().is_none());
        assert!(first.next_page_url().unwrap().starts_with(base_url));
        let second = first.next().await.unwrap().unwrap();
        let third = second.next().await.unwrap().unwrap();
        assert_eq!((third.items().len(), third.next_page_url()), (20, None));
        let back = third.previous().await.unwrap().unwrap();
        assert_eq!(back.next_page_url(), second.next_page_url());
        let link = second.next_page_url().unwrap();
        let resumed = client.supersim().sims().list().resume(link).await.unwrap();
        assert_eq!(resumed.items().len(), 20);
    }
    assert_eq!(
        client_of(&mock)
            .supersim()
            .sims()
            .list()
            .limit(60)
            .all()
            .await
            .unwrap()
            .len(),
        60
    );
}

fn client_of(mock: &Mock) -> Client {
    mock.client()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_may_depend_on_the_request() {
    let mock = Mock::new();
    for number in 0..64 {
        let sid = format!("HS{number:02}");
        let mut sim = example::<FetchSim>();
        sim.sid = sid.clone();
        mock.on::<FetchSim>()
            .when(move |request| request.path().ends_with(&sid))
            .answer(sim);
    }
    let client = client_of(&mock);
    let calls = (0..64).rev().map(|number| {
        let sid = format!("HS{number:02}");
        let fetch = client.supersim().sim(&sid).fetch().into_future();
        tokio::spawn(async move { assert_eq!(fetch.await.unwrap().sid, sid) })
    });
    // Twice: an answer is not used up.
    for call in calls.clone().chain(calls).collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(mock.requests_of::<FetchSim>().len(), 128);
}

#[cfg(feature = "blocking")]
#[test]
fn answers_may_depend_on_the_request_of_a_thread() {
    let mock = Mock::new();
    let is_lost = |request: &RecordedRequest| request.path_value("Sid") == Some("HS0");
    let lost = StatusCode::NOT_FOUND;
    let answers = mock.on::<FetchSim>().when(is_lost);
    answers.error(lost, 20404, "not found");
    mock.on::<FetchSim>().answer_example();
    let client = client_of(&mock);
    std::thread::scope(|scope| {
        for number in 0..8 {
            let fetch = client.supersim().sim(format!("HS{number}")).fetch();
            scope.spawn(move || assert_eq!(fetch.wait().is_err(), number == 0));
        }
    });
}

/// Fetches a SIM, and returns the name or the code of the error.
async fn name(client: &Client, sid: &str) -> String {
    match client.supersim().sim(sid).fetch().await {
        Ok(sim) => sim.unique_name.expect("a name"),
        Err(error) => error.code().expect("a code").to_string(),
    }
}

fn named(name: &str) -> supersim::Sim {
    let mut sim = example::<FetchSim>();
    sim.unique_name = Some(name.to_owned());
    sim
}

#[tokio::test]
async fn a_condition_wins_over_the_order_and_the_first_over_the_others() {
    let mock = Mock::new();
    let client = client_of(&mock);
    mock.on::<FetchSim>().answer(named("a")).answer(named("b"));
    mock.on::<FetchSim>()
        .when(|request| request.path_value("Sid") == Some("HS1"))
        .error(StatusCode::SERVICE_UNAVAILABLE, 20503, "busy")
        .answer(named("c"))
        .when(|request| request.path().contains("HS"))
        .when(|request| request.path().ends_with("1") || request.path().ends_with("2"))
        .answer(named("d"));
    mock.on::<FetchSim>().when(|_| false).answer(named("e"));
    let mut names = Vec::new();
    for sid in ["HS2", "HS1", "HS3", "HS1", "HS1", "HS3", "HS2", "HS3"] {
        names.push(name(&client, sid).await);
    }
    assert_eq!(names, ["d", "20503", "a", "c", "c", "b", "d", "b"]);
    // Those of another operation are not asked.
    mock.on::<UpdateSim>().when(|_| true).answer(named("f"));
    assert_eq!(name(&client, "HS3").await, "b");
}

#[tokio::test]
async fn a_request_that_no_condition_holds_for_is_told_without_its_values() {
    let mock = Mock::new();
    let client = client_of(&mock);
    mock.on::<UpdateSim>()
        .when(|request| request.form("Status") == Some("inactive"))
        .answer_example();
    let update = client.supersim().sim("HS1").update().unique_name("hunter2");
    let Err(Error::Api(error)) = update.account_sid("AChunter").await else {
        panic!("there is no answer")
    };
    assert_eq!(
        error.message,
        "the mock has no answer to UpdateSim: its condition does not hold for POST /v1/Sims/HS1, form UniqueName, \
         AccountSid"
    );
    mock.on::<UpdateSim>()
        .when(|_| false)
        .fail(SendErrorKind::Connect);
    let update = client.supersim().sim("HS1").update();
    let message = update.await.unwrap_err().to_string();
    assert!(
        message.contains("none of its 2 conditions holds for POST /v1/Sims/HS1"),
        "{message}"
    );
    // The example of the specification is an answer to the rest.
    let mock = mock.with_examples(supersim::EXAMPLES);
    client_of(&mock)
        .supersim()
        .sim("HS1")
        .update()
        .await
        .unwrap();
}

#[tokio::test]
async fn conditions_hold_for_lists_and_their_pages() {
    let mock = Mock::new();
    let client = client_of(&mock);
    for (fleet, count) in [("near", 120), ("far", 60)] {
        let is_own = move |request: &RecordedRequest| request.query("Fleet") == Some(fleet);
        let sims = vec![example::<FetchSim>(); count];
        mock.on::<ListSim>().when(is_own).answer(sims);
    }
    let near = client.supersim().sims().list().fleet("near").all();
    let far = client.supersim().sims().list().fleet("far").all();
    let (near, far) = futures_util::future::try_join(near, far).await.unwrap();
    assert_eq!((near.len(), far.len()), (120, 60));
    let rest = client.supersim().sims().list().await.unwrap_err();
    assert!(rest.to_string().contains("GET /v1/Sims"), "{rest}");
}

/// Nothing is locked while a condition is asked.
#[tokio::test]
async fn a_condition_may_ask_its_mock() {
    let mock = Mock::new();
    let own = mock.clone();
    mock.on::<FetchSim>()
        .when(move |_| own.requests_of::<FetchSim>().len() > 1)
        .answer(named("later"));
    mock.on::<FetchSim>().answer(named("first"));
    let client = client_of(&mock);
    assert_eq!(name(&client, "HS1").await, "first");
    assert_eq!(name(&client, "HS1").await, "later");
}

#[tokio::test]
async fn what_has_no_answer_says_what_to_call() {
    let mock = Mock::new();
    let request = client_of(&mock).supersim().sim("HS1").fetch();
    let Err(Error::Api(error)) = request.await else {
        panic!("there is no answer")
    };
    assert_eq!(error.status.as_u16(), 501);
    assert_eq!(
        error.message,
        "the mock has no answer to FetchSim: call `mock.on::<FetchSim>().answer(…)`"
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
async fn examples_answer_what_has_no_answer_of_its_own() {
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
async fn a_failure_on_the_way_is_repeated_as_any_other() {
    let mock = Mock::new();
    mock.on::<FetchSim>()
        .fail(SendErrorKind::Connect)
        .answer_example();
    mock.on::<CreateSim>()
        .fail(SendErrorKind::Timeout)
        .answer_example();
    let once = RetryPolicy::default().base_delay(std::time::Duration::ZERO);
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
async fn requests_are_kept_without_credentials() {
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
async fn path_values_are_read_below_any_base_url() {
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
async fn what_is_printed_holds_no_values() {
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
fn programs_without_an_asynchronous_runtime_are_tested_alike() {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let api = client_of(&mock).supersim();
    let sim = api.sim("HS1").fetch().wait().unwrap();
    assert_eq!(sim, example::<FetchSim>());
    let sims: Result<Vec<_>, Error> = api.sims().list().page_size(1).iter().collect();
    assert_eq!(sims.unwrap(), example::<ListSim>());
    let pages = example::<ListSim>().len();
    assert_eq!(mock.requests_of::<ListSim>().len(), pages);
}

/// What a type decodes from is what it is written as.
#[test]
fn bodies_are_written_as_the_service_writes_them() {
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

/// Nothing of the id and the secret is kept, and a test counts the requests that its code makes.
#[tokio::test]
async fn whoever_asks_for_a_token_gets_one() {
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

//! Uses the client's public API from a program outside the workspace, with the packages that would be published. It
//! panics on a failure.

mod log;
mod server;

use std::time::Duration;

use twilio_iot::chrono::{TimeZone as _, Utc};
use twilio_iot::mock::{Mock, example};
use twilio_iot::rust_decimal::Decimal;
use twilio_iot::supersim::v1::{
    self as supersim, CreateFleet, CreateNetworkAccessProfile, FetchSim, ListSim, Sim, SimStatus,
    SimStatusUpdate,
};
use twilio_iot::{Client, DateTime, Error, Page, StatusCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    values();
    builder();
    calls().await?;
    lists().await?;
    errors().await;
    sockets().await?;
    logs().await?;
    println!("all of it works");
    Ok(())
}

/// Uses values of the re-exported libraries, and of enums.
fn values() {
    let time: DateTime<Utc> = Utc.with_ymd_and_hms(2026, 1, 31, 8, 0, 0).unwrap();
    assert_eq!(time.to_rfc3339(), "2026-01-31T08:00:00+00:00");
    assert_eq!(Decimal::new(105, 2).to_string(), "1.05");
    assert!(SimStatus::KNOWN.contains(&SimStatus::Active));
    let Ok(status) = "frozen".parse::<SimStatus>();
    assert!(!status.is_known() && status.as_str() == "frozen");
    assert_eq!(
        SimStatusUpdate::try_from(SimStatus::Active).unwrap(),
        SimStatusUpdate::Active
    );
    assert!(SimStatusUpdate::try_from(status).is_err());
}

/// Calls every setter, and builds the client.
fn builder() {
    let builder = Client::builder()
        .basic_auth("AC0123456789abcdef0123456789abcdef", "token")
        .user_agent("outside/1.0")
        .default_header("X-Team", "vans")
        .pool_idle_timeout(Duration::from_secs(5))
        .connect_timeout(Duration::from_secs(5));
    builder.clone().build().unwrap();
    builder.clone().proxy("http://127.0.0.1:1").build().unwrap();
    builder.clone().no_proxy().build().unwrap();
    builder.clone().account_sid("AC1").build().unwrap();
    assert!(builder.clone().root_certificate("none").build().is_err());
    assert!(builder.identity("none").build().is_err());
}

/// Calls an in-memory service: optional values, pages, responses that are serialized and read back.
async fn calls() -> Result<(), Error> {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let client: Client = mock.client();
    let name = Some("trackers".to_owned());
    let fleets = client.supersim().fleets();
    let create = fleets.create("HA0123456789abcdef0123456789abcdef");
    let create = create.maybe(name, CreateFleet::unique_name);
    let create = create.maybe(None::<i64>, CreateFleet::data_limit);
    create.await?;
    let sent = &mock.requests_of::<CreateFleet>()[0];
    assert_eq!(sent.form("UniqueName"), Some("trackers"));
    assert_eq!(sent.form("DataLimit"), None);

    // A list takes one value, too.
    let profiles = client.supersim().network_access_profiles();
    profiles.create().networks("HW1").await?;
    profiles.create().networks(["HW1", "HW2"]).await?;
    let sent = mock.requests_of::<CreateNetworkAccessProfile>();
    let counts = sent.iter().map(|it| it.form_pairs().len());
    assert_eq!(counts.collect::<Vec<_>>(), [1, 2]);
    assert_eq!(sent[0].form("Networks"), Some("HW1"));

    // Ids of every kind of text.
    let id = "van-08".to_owned();
    client.supersim().sim("van-08").fetch().await?;
    client.supersim().sim(&id).fetch().await?;
    let request = client.supersim().sim(id).fetch();
    let task = tokio::spawn(request.into_future());
    task.await.unwrap()?;
    let asked = mock.requests_of::<FetchSim>();
    assert_eq!(asked.len(), 3);
    assert!(
        asked
            .iter()
            .all(|it| it.path_value("Sid") == Some("van-08"))
    );
    Ok(())
}

/// Pages, their items as JSON and back, and the ends of what is asked for.
async fn lists() -> Result<(), Error> {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let client: Client = mock.client();
    let sims = || client.supersim().sims().list();
    let page: Page<Sim> = sims().await?;
    assert_eq!(page.len(), page.iter().count());
    assert!(!page.is_empty());
    for sim in &page {
        let json = serde_json::to_string(sim).unwrap();
        assert_eq!(&serde_json::from_str::<Sim>(&json).unwrap(), sim);
    }
    assert!(page.into_iter().all(|it| it.sid.starts_with("HS")));

    // With a limit of 0, nothing is sent, and neither is a page size that cannot be.
    assert!(sims().limit(0).all().await?.is_empty());
    for page_size in [0, 1001] {
        let error = sims().page_size(page_size).await.unwrap_err();
        assert!(matches!(error, Error::PageSize(_)));
    }
    assert_eq!(mock.requests_of::<ListSim>().len(), 1);
    Ok(())
}

/// Checks the accessors of errors.
async fn errors() {
    let mock = Mock::new();
    mock.on::<FetchSim>()
        .error(StatusCode::NOT_FOUND, 20404, "no such SIM");
    mock.on::<ListSim>()
        .error(StatusCode::TOO_MANY_REQUESTS, 20429, "slower");
    let client: Client = mock.client();
    let error = client.supersim().sim("van-08").fetch().await.unwrap_err();
    assert!(error.is_not_found() && !error.is_retryable());
    assert!(format!("{error:?}").starts_with("FetchSim: 404 Not Found"));
    let error = client.supersim().sims().list().await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable());
    assert_eq!(error.retry_after(), None);
}

/// What goes over a socket: headers, answers that are compressed, the time to wait, a pool of the program's own.
async fn sockets() -> Result<(), Error> {
    let example = example::<FetchSim>();
    let json = serde_json::to_string(&example).unwrap();
    let (url, asked) = server::serve(vec![
        server::gzipped(&json),
        server::too_many(7),
        server::plain(&json),
    ]);
    let builder = Client::builder()
        .basic_auth("AC1", "token")
        .base_url(url)
        .user_agent("outside/1.0")
        .default_header("X-Team", "vans")
        .retry_policy(twilio_iot::RetryPolicy::off());
    let client = builder.clone().build()?;
    let sim = client.supersim().sim("HS1").fetch().await?;
    assert_eq!(sim, example);
    let error = client.supersim().sim("HS2").fetch().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));

    let own = reqwest::Client::builder().tcp_nodelay(true);
    let client = builder.reqwest_builder(own).build()?;
    let sim = client.supersim().sim("HS3").fetch().await?;
    assert_eq!(sim, example);
    for head in asked.join().unwrap() {
        let head = head.to_lowercase();
        assert!(head.contains(" outside/1.0\r\n"), "{head}");
        assert!(head.contains("x-team: vans\r\n"), "{head}");
        assert!(head.contains("accept-encoding: gzip\r\n"), "{head}");
    }
    Ok(())
}

/// One event for each request, under the name of the crate.
async fn logs() -> Result<(), Error> {
    let mock = Mock::new().with_examples(supersim::EXAMPLES);
    let (log, events) = log::Log::of_target("twilio_iot");
    let _log = tracing::subscriber::set_default(log);
    mock.client::<Client>()
        .supersim()
        .sim("HS1")
        .fetch()
        .await?;
    let events = events.lock().unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    assert!(events[0].starts_with("DEBUG") && events[0].contains("FetchSim"));
    Ok(())
}

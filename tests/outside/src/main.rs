//! Uses the client's public API from a program outside the workspace, with the packages that would be published. It
//! panics on a failure.

use std::time::Duration;

use twilio_iot::chrono::{TimeZone as _, Utc};
use twilio_iot::mock::{Mock, example};
use twilio_iot::rust_decimal::Decimal;
use twilio_iot::supersim::v1::{self as supersim, CreateFleet, FetchSim, ListSim, Sim, SimStatus};
use twilio_iot::{Client, DateTime, Error, StatusCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    values();
    builder();
    calls().await?;
    errors().await;
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

    let page = client.supersim().sims().list().await?;
    assert_eq!(page.len(), page.iter().count());
    assert_eq!(page.is_empty(), page.len() == 0);
    for sim in &page {
        let json = serde_json::to_string(sim).unwrap();
        assert_eq!(&serde_json::from_str::<Sim>(&json).unwrap(), sim);
    }

    let request = client.supersim().sim("van-08").fetch();
    let task = tokio::spawn(request.into_future());
    task.await.unwrap()?;
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
    let _ = example::<FetchSim>();
}

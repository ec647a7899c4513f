//! Responses as the service really sends them, in formats that its specification does not mention: decoded where that
//! is safe.

mod support;

use serde_json::{Value, json};
use support::{Reply, Server, client};
use twilio_iot::supersim::v1::{EsimProfile, Fleet, FleetDataMetering, SimStatus, UsageRecord};
use twilio_iot::wireless::v1::{self as wireless, DataSession, RatePlan};
use twilio_iot::{Client, Decimal, Error, Page};

/// Adds the SID that every resource has.
fn with_sid(mut body: Value) -> Value {
    let fields = body.as_object_mut().expect("an object");
    fields.entry("sid").or_insert("XX1".into());
    body
}

/// Returns a client of a server that answers with `body` once.
async fn answering(body: &Value) -> (Server, Client) {
    let server = Server::replying([Reply::json(200, body)]);
    let client = client(&server);
    (server, client)
}

async fn fleet(body: Value) -> Fleet {
    let (_server, client) = answering(&with_sid(body)).await;
    client
        .supersim()
        .fleet("HF1")
        .fetch()
        .await
        .expect("a fleet")
}

async fn usage(record: Value) -> UsageRecord {
    let (_server, client) = answering(&json!({ "usage_records": [record] })).await;
    let page = client.supersim().usage_records().list().await;
    page.expect("a page").into_items().remove(0)
}

async fn rate_plan(body: Value) -> RatePlan {
    let (_server, client) = answering(&with_sid(body)).await;
    client
        .wireless()
        .rate_plan("WP1")
        .fetch()
        .await
        .expect("a rate plan")
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().expect("a decimal"))
}

#[tokio::test]
async fn integers_may_be_strings() {
    assert_eq!(fleet(json!({"data_limit": 25})).await.data_limit, 25);
    assert_eq!(fleet(json!({"data_limit": "25"})).await.data_limit, 25);
    let largest = i64::MAX;
    assert_eq!(
        fleet(json!({"data_limit": largest.to_string()}))
            .await
            .data_limit,
        largest
    );

    let plan = rate_plan(json!({
        "data_limit": "2000",
        "national_roaming_data_limit": "500",
        "international_roaming_data_limit": "750",
    }));
    let plan = plan.await;
    let limits = [
        plan.data_limit,
        plan.national_roaming_data_limit,
        plan.international_roaming_data_limit,
    ];
    assert_eq!(limits, [2000, 500, 750]);

    let sessions =
        json!({"data_sessions": [{"packets_uploaded": "1482", "packets_downloaded": "2967"}]});
    let (_server, client) = answering(&sessions).await;
    let page: Page<DataSession> = client
        .wireless()
        .sim("DE1")
        .data_sessions()
        .list()
        .await
        .unwrap();
    let session = &page.items()[0];
    assert_eq!(
        (session.packets_uploaded, session.packets_downloaded),
        (1482, 2967)
    );
}

#[tokio::test]
async fn default_replaces_absent_or_null_values() {
    for body in [
        json!({}),
        json!({"data_limit": null}),
        json!({"data_limit": ""}),
    ] {
        assert_eq!(fleet(body).await.data_limit, 0);
    }
}

#[tokio::test]
async fn decimals_are_exact_from_a_number_or_a_string() {
    let cases = [
        (json!("0.03"), "0.03"),
        (json!(0.03), "0.03"),
        (json!("18.19"), "18.19"),
        (json!("12345678901234.56789012"), "12345678901234.56789012"),
        (json!(0), "0"),
        (json!("-1.50"), "-1.50"),
    ];
    for (sent, read) in cases {
        let record = usage(json!({ "data_total_billed": sent })).await;
        assert_eq!(record.data_total_billed, decimal(read), "{sent}");
    }
    for absent in [json!({}), json!({"data_total_billed": null})] {
        assert_eq!(usage(absent).await.data_total_billed, None);
    }
    let billed = usage(json!({"data_total_billed": "-1.50"}))
        .await
        .data_total_billed;
    assert_eq!(billed.unwrap().to_string(), "-1.50");
}

#[tokio::test]
async fn date_times_may_have_any_offset() {
    let cases = [
        ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00+00:00"),
        ("2026-01-31T09:30:00+01:30", "2026-01-31T08:00:00+00:00"),
        ("2026-01-31T08:00:00.250Z", "2026-01-31T08:00:00.250+00:00"),
        ("2026-01-31T08:00:00+0000", "2026-01-31T08:00:00+00:00"),
    ];
    for (sent, read) in cases {
        let created = fleet(json!({ "date_created": sent })).await.date_created;
        assert_eq!(created.unwrap().to_rfc3339(), read);
    }
}

#[tokio::test]
async fn unknown_enum_value_round_trips() {
    let sims = ["active", "frozen", ""].map(|it| with_sid(json!({ "status": it })));
    let sims = json!({ "sims": sims });
    let server = Server::start(move |_| Reply::json(200, &sims));
    let list = client(&server).supersim().sims().list();
    let page = list.clone().await.unwrap();
    let statuses: Vec<SimStatus> = page.into_iter().flat_map(|sim| sim.status).collect();
    let [active, frozen, empty] = statuses.try_into().unwrap();
    assert_eq!(active, SimStatus::Active);
    assert_eq!(frozen, SimStatus::Other("frozen".to_owned()));
    assert_eq!(empty, SimStatus::Other(String::new()));

    assert_eq!(
        (frozen.as_str(), frozen.to_string().as_str()),
        ("frozen", "frozen")
    );
    assert_eq!(SimStatus::from("frozen"), frozen);
    assert_eq!(
        serde_json::to_value([&active, &frozen]).unwrap(),
        json!(["active", "frozen"])
    );
    list.status(frozen).await.unwrap();
    assert_eq!(
        server.lines(),
        ["GET /v1/Sims", "GET /v1/Sims?Status=frozen"]
    );
}

#[tokio::test]
async fn non_nullable_enums_may_be_null() {
    let read = fleet(json!({"data_metering": null, "sms_commands_method": null})).await;
    assert_eq!((read.data_metering, read.sms_commands_method), (None, None));

    let (_server, client) =
        answering(&with_sid(json!({"status": "active", "reset_status": null}))).await;
    let sim: wireless::Sim = client.wireless().sim("DE1").fetch().await.unwrap();
    assert_eq!(sim.status, Some(wireless::SimStatus::Active));
    assert_eq!(sim.reset_status, None);
}

#[tokio::test]
async fn all_fields_except_the_sid_may_be_absent_or_null() {
    let empty = fleet(json!({})).await;
    let names = [
        "account_sid",
        "unique_name",
        "date_created",
        "date_updated",
        "url",
        "data_enabled",
        "data_limit",
        "data_metering",
        "sms_commands_enabled",
        "sms_commands_url",
        "sms_commands_method",
        "network_access_profile_sid",
        "ip_commands_url",
        "ip_commands_method",
    ];
    let nulls: Value = names
        .iter()
        .map(|name| ((*name).to_owned(), Value::Null))
        .collect();
    assert_eq!(fleet(nulls).await, empty);
    assert_eq!((empty.sid.as_str(), empty.data_limit), ("XX1", 0));
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let read = fleet(json!({
        "sid": "HF1",
        "a_new_field": {"nested": [1, null, {"deep": "x"}]},
        "data_metering": "payg",
    }))
    .await;
    assert_eq!(read.sid, "HF1");
    assert_eq!(read.data_metering, Some(FleetDataMetering::Payg));

    let body = json!({"fleets": [], "meta": {"key": "fleets", "new": 1}, "summary": {"total": 0}});
    let (_server, client) = answering(&body).await;
    assert!(
        client
            .supersim()
            .fleets()
            .list()
            .await
            .unwrap()
            .items()
            .is_empty()
    );
}

#[tokio::test]
async fn uri_may_be_a_bare_host_name() {
    let body = with_sid(json!({"smdp_plus_address": "sm-dp-plus.twilio.com"}));
    let (_server, client) = answering(&body).await;
    let profile: EsimProfile = client.supersim().esim_profile("HP1").fetch().await.unwrap();
    assert_eq!(
        profile.smdp_plus_address.as_deref(),
        Some("sm-dp-plus.twilio.com")
    );
}

/// The specification gives these no type; overlays do.
#[tokio::test]
async fn nested_objects_may_be_empty_null_or_incomplete() {
    let whole = json!({"start_time": "2026-02-01T00:00:00Z", "end_time": null, "new": 1});
    let period = usage(json!({ "period": whole })).await.period.unwrap();
    assert_eq!(
        period.start_time.unwrap().to_rfc3339(),
        "2026-02-01T00:00:00+00:00"
    );
    assert_eq!(period.end_time, None);
    let empty = usage(json!({"period": {}})).await.period.unwrap();
    assert_eq!((empty.start_time, empty.end_time), (None, None));
    assert_eq!(usage(json!({"period": null})).await.period, None);
}

#[tokio::test]
async fn wireless_usage_is_numbers_or_strings() {
    let roaming = json!([{"country_code": "CAN", "total": 1}]);
    let record = json!({
        "period": {},
        "commands": {},
        "data": {
            "billed": "0.35",
            "total": "3494609",
            "upload": 731_560,
            "home": {"billed": 0.35, "total": 3_494_609},
            "national_roaming": null,
            "international_roaming": roaming,
        },
    });
    let (_server, client) = answering(&json!({ "usage_records": [record] })).await;
    let page = client.wireless().usage_records().list().await.unwrap();
    let record = page.into_items().remove(0);
    assert_eq!(record.period.unwrap().start, None);
    assert_eq!(record.commands.unwrap().home, None);
    let data = record.data.unwrap();
    assert_eq!(data.billed, decimal("0.35"));
    assert_eq!(
        (data.total, data.upload, data.download),
        (Some(3_494_609), Some(731_560), None)
    );
    assert_eq!(data.home.unwrap().billed, decimal("0.35"));
    assert_eq!(data.national_roaming, None);
    assert_eq!(json!(data.international_roaming), roaming);
}

#[tokio::test]
async fn missing_sid_is_an_error_that_names_it() {
    for body in [json!({"unique_name": "trackers"}), json!({"sid": null})] {
        let (_server, client) = answering(&body).await;
        let error = client.supersim().fleet("HF1").fetch().await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
        assert!(error.to_string().contains("sid"), "{error}");
    }
}

#[tokio::test]
async fn undocumented_fields_of_rate_plans_are_decoded() {
    let plan = rate_plan(json!({
        "data_limit_strategy": "throttle",
        "usage_notification_url": "https://hooks.example.com/usage",
        "usage_notification_method": "POST",
    }));
    let plan = plan.await;
    assert_eq!(
        plan.data_limit_strategy,
        Some(wireless::RatePlanDataLimitStrategy::Throttle)
    );
    assert_eq!(
        plan.usage_notification_url.as_deref(),
        Some("https://hooks.example.com/usage")
    );
    assert_eq!(
        plan.usage_notification_method,
        Some(wireless::HttpMethod::Post)
    );
}

#[tokio::test]
async fn debug_shows_no_personal_data() {
    let sim = json!({ "sid": "DE1", "iccid": "8988000000000000001", "friendly_name": "Ada's car", "unique_name": null });
    let (_server, client) = answering(&sim).await;
    let sim = client.wireless().sim("DE1").fetch().await.unwrap();
    assert_eq!(sim.iccid.as_deref(), Some("8988000000000000001"));
    let shown = format!("{sim:?}");
    assert!(!shown.contains("8988") && !shown.contains("Ada"), "{shown}");
    assert!(
        shown.contains(r#"sid: "DE1""#)
            && shown.contains("iccid: Some(<redacted>), ")
            && shown.contains("unique_name: None, "),
        "{shown}"
    );

    // Marked by an overlay.
    let profile = json!({ "sid": "HP1", "eid": "8904", "activation_code": "1$SMDP$8904", "matching_id": null });
    let (_server, client) = answering(&profile).await;
    let profile = client.supersim().esim_profile("HP1").fetch().await.unwrap();
    assert_eq!(profile.eid.as_deref(), Some("8904"));
    let shown = format!("{profile:?}");
    assert!(
        !shown.contains("8904") && shown.contains("eid: Some(<redacted>), "),
        "{shown}"
    );
}

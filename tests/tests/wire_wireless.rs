//! Programmable Wireless: the exact request of each operation, and decoding of the spec's example response.

mod support;

use support::wire::Wire;
use twilio_iot::wireless::v1::{
    AccountUsageRecordGranularity, CommandCommandMode, CommandDirection, CommandStatus,
    CommandTransport, HttpMethod, RatePlanDataLimitStrategy, SimResetStatus, SimStatus,
    UsageRecordGranularity,
};
use twilio_iot::{DateTime, Error, Utc};

operations!("twilio_wireless_v1":
    list_account_usage_record,
    fetch_command, delete_command, list_command, create_command,
    list_data_session,
    list_rate_plan, create_rate_plan, fetch_rate_plan, update_rate_plan, delete_rate_plan,
    fetch_sim, update_sim, delete_sim, list_sim,
    list_usage_record,
);

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("a date-time")
}

async fn list_account_usage_record(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListAccountUsageRecord", "daily");
    let list = client.wireless().usage_records().list();
    let page = list
        .end(utc("2026-03-03T00:00:00Z"))
        .start(utc("2026-02-28T19:00:00-05:00"))
        .granularity(AccountUsageRecordGranularity::Daily)
        .page_size(50)
        .await?;
    let data = page.items()[0].data.as_ref();
    assert_eq!(data.and_then(|it| it.total), Some(48_555_205));
    wire.expect_get(
        "/v1/UsageRecords",
        "End=2026-03-03T00%3A00%3A00Z&Start=2026-03-01T00%3A00%3A00Z&Granularity=daily\
         &PageSize=50",
    );
    Ok(())
}

async fn fetch_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchCommand", "from_sim");
    let command = client
        .wireless()
        .command("DC41bbff64f21684826d0fba8f9906bf95");
    let command = command.fetch().await?;
    assert_eq!(command.command.as_deref(), Some("level=0.82;batt=3.61"));
    assert_eq!(command.delivery_receipt_requested, None);
    wire.expect_get("/v1/Commands/DC41bbff64f21684826d0fba8f9906bf95", "");
    Ok(())
}

async fn delete_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering_nothing();
    let command = client
        .wireless()
        .command("DC18b1463cffd58ffe33202970be8465fa");
    let () = command.delete().await?;
    wire.expect_delete("/v1/Commands/DC18b1463cffd58ffe33202970be8465fa");
    Ok(())
}

async fn list_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListCommand", "over_ip");
    let list = client.wireless().commands().list();
    let page = list
        .sim("DE93954bb9d7ae53ac62a39aec021484d2")
        .status(CommandStatus::Sent)
        .direction(CommandDirection::ToSim)
        .transport(CommandTransport::Ip)
        .page_size(2)
        .await?;
    assert_eq!(page.items()[0].transport, Some(CommandTransport::Ip));
    wire.expect_get(
        "/v1/Commands",
        "Sim=DE93954bb9d7ae53ac62a39aec021484d2&Status=sent&Direction=to_sim&Transport=ip\
         &PageSize=2",
    );
    Ok(())
}

async fn create_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateCommand", "binary");
    let command = client
        .wireless()
        .commands()
        .create("AQIQ/wA=")
        .sim("DE93954bb9d7ae53ac62a39aec021484d2")
        .callback_method(HttpMethod::Post)
        .callback_url("https://hooks.example.net/command-status")
        .command_mode(CommandCommandMode::Binary)
        .include_sid("none")
        .delivery_receipt_requested(false)
        .await?;
    assert_eq!(command.delivery_receipt_requested, Some(false));
    wire.expect_post(
        "/v1/Commands",
        "Command=AQIQ%2FwA%3D&Sim=DE93954bb9d7ae53ac62a39aec021484d2&CallbackMethod=POST\
         &CallbackUrl=https%3A%2F%2Fhooks.example.net%2Fcommand-status&CommandMode=binary\
         &IncludeSid=none&DeliveryReceiptRequested=false",
    );
    Ok(())
}

async fn list_data_session(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListDataSession", "first_page");
    let sim = client.wireless().sim("DE93954bb9d7ae53ac62a39aec021484d2");
    let list = sim.data_sessions().list();
    let page = list.page_size(2).await?;
    let session = &page.items()[0];
    assert_eq!(session.packets_downloaded, 2967);
    assert_eq!(
        session.cell_location_estimate.as_ref().map(|it| &it["lat"]),
        Some(&47.6097.into())
    );
    wire.expect_get(
        "/v1/Sims/DE93954bb9d7ae53ac62a39aec021484d2/DataSessions",
        "PageSize=2",
    );
    Ok(())
}

async fn list_rate_plan(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListRatePlan", "first_page");
    let list = client.wireless().rate_plans().list();
    let page = list.page_size(2).await?;
    assert_eq!(page.items()[0].data_limit, 2000);
    wire.expect_get("/v1/RatePlans", "PageSize=2");
    Ok(())
}

async fn create_rate_plan(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateRatePlan", "roaming");
    let plan = client
        .wireless()
        .rate_plans()
        .create()
        .unique_name("vehicles-roaming")
        .friendly_name("Vehicles, North America")
        .data_enabled(true)
        .data_limit(2000)
        .data_metering("quota-10")
        .messaging_enabled(true)
        .voice_enabled(false)
        .national_roaming_enabled(true)
        .international_roaming(["data", "messaging"])
        .national_roaming_data_limit(500)
        .international_roaming_data_limit(750)
        .data_limit_strategy(RatePlanDataLimitStrategy::Throttle)
        .await?;
    assert_eq!(
        plan.international_roaming.as_deref().unwrap_or_default(),
        ["data", "messaging"]
    );
    wire.expect_post(
        "/v1/RatePlans",
        "UniqueName=vehicles-roaming&FriendlyName=Vehicles%2C+North+America&DataEnabled=true\
         &DataLimit=2000&DataMetering=quota-10&MessagingEnabled=true&VoiceEnabled=false\
         &NationalRoamingEnabled=true&InternationalRoaming=data&InternationalRoaming=messaging\
         &NationalRoamingDataLimit=500&InternationalRoamingDataLimit=750&DataLimitStrategy=throttle",
    );
    Ok(())
}

async fn fetch_rate_plan(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchRatePlan", "roaming");
    let plan = client
        .wireless()
        .rate_plan("WP62e68c1a0c211f21922a7641ac94046f");
    let plan = plan.fetch().await?;
    assert_eq!(plan.national_roaming_data_limit, 500);
    wire.expect_get("/v1/RatePlans/WP62e68c1a0c211f21922a7641ac94046f", "");
    Ok(())
}

async fn update_rate_plan(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateRatePlan", "renamed");
    let update = client
        .wireless()
        .rate_plan("WPf5b0b14e62e2e0b56f263ac211dcd0cd")
        .update();
    let plan = update
        .unique_name("trial-plan")
        .friendly_name("Trial plan, spring")
        .await?;
    assert_eq!(plan.friendly_name.as_deref(), Some("Trial plan, spring"));
    wire.expect_post(
        "/v1/RatePlans/WPf5b0b14e62e2e0b56f263ac211dcd0cd",
        "UniqueName=trial-plan&FriendlyName=Trial+plan%2C+spring",
    );
    Ok(())
}

async fn delete_rate_plan(wire: &mut Wire) -> Result<(), Error> {
    let () = wire
        .answering_nothing()
        .wireless()
        .rate_plan("trial-plan")
        .delete()
        .await?;
    wire.expect_delete("/v1/RatePlans/trial-plan");
    Ok(())
}

async fn fetch_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchSim", "active");
    let sim = client.wireless().sim("pump-station-07").fetch().await?;
    assert_eq!(
        sim.friendly_name.as_deref(),
        Some("Pump station 7, north bank")
    );
    assert_eq!(sim.reset_status, None);
    wire.expect_get("/v1/Sims/pump-station-07", "");
    Ok(())
}

async fn update_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateSim", "activate");
    let sim = client
        .wireless()
        .sim("DE26cb8d120691607deaa6387f0f396f08")
        .update()
        .unique_name("meter-0413")
        .callback_method(HttpMethod::Post)
        .callback_url("https://hooks.example.net/sim-updated")
        .friendly_name("Meter 413, Elm Street")
        .rate_plan("meters-home")
        .status(SimStatus::Active)
        .commands_callback_method(HttpMethod::Get)
        .commands_callback_url("https://hooks.example.net/commands")
        .sms_fallback_method(HttpMethod::Post)
        .sms_fallback_url("https://hooks.example.net/sms-failed")
        .sms_method(HttpMethod::Get)
        .sms_url("https://hooks.example.net/sms")
        .voice_fallback_method(HttpMethod::Post)
        .voice_fallback_url("https://hooks.example.net/voice-failed")
        .voice_method(HttpMethod::Get)
        .voice_url("https://hooks.example.net/voice")
        .reset_status(SimResetStatus::Resetting)
        .account_sid("ACc5eaed71948a8c235d2cc71d851bb311")
        .await?;
    assert_eq!(sim.status, Some(SimStatus::Updating));
    wire.expect_post(
        "/v1/Sims/DE26cb8d120691607deaa6387f0f396f08",
        "UniqueName=meter-0413&CallbackMethod=POST\
         &CallbackUrl=https%3A%2F%2Fhooks.example.net%2Fsim-updated\
         &FriendlyName=Meter+413%2C+Elm+Street&RatePlan=meters-home&Status=active\
         &CommandsCallbackMethod=GET&CommandsCallbackUrl=https%3A%2F%2Fhooks.example.net%2Fcommands\
         &SmsFallbackMethod=POST&SmsFallbackUrl=https%3A%2F%2Fhooks.example.net%2Fsms-failed\
         &SmsMethod=GET&SmsUrl=https%3A%2F%2Fhooks.example.net%2Fsms\
         &VoiceFallbackMethod=POST&VoiceFallbackUrl=https%3A%2F%2Fhooks.example.net%2Fvoice-failed\
         &VoiceMethod=GET&VoiceUrl=https%3A%2F%2Fhooks.example.net%2Fvoice\
         &ResetStatus=resetting&AccountSid=ACc5eaed71948a8c235d2cc71d851bb311",
    );
    Ok(())
}

async fn delete_sim(wire: &mut Wire) -> Result<(), Error> {
    let sim = wire
        .answering_nothing()
        .wireless()
        .sim("DE4993d32b8ee70882b87628f7eb2d6298");
    let () = sim.delete().await?;
    wire.expect_delete("/v1/Sims/DE4993d32b8ee70882b87628f7eb2d6298");
    Ok(())
}

async fn list_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListSim", "by_iccid");
    let list = client.wireless().sims().list();
    let page = list
        .status(SimStatus::Canceled)
        .iccid("8988307000004719827")
        .rate_plan("meters-home")
        .e_id("89049032000001000000000000000001")
        .sim_registration_code("ABC 123")
        .page_size(2)
        .await?;
    assert_eq!(
        page.items()[0].iccid.as_deref(),
        Some("8988307000004719827")
    );
    wire.expect_get(
        "/v1/Sims",
        "Status=canceled&Iccid=8988307000004719827&RatePlan=meters-home\
         &EId=89049032000001000000000000000001&SimRegistrationCode=ABC%20123\
         &PageSize=2",
    );
    Ok(())
}

async fn list_usage_record(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListUsageRecord", "total");
    let sim = client.wireless().sim("DE4993d32b8ee70882b87628f7eb2d6298");
    let page = sim
        .usage_records()
        .list()
        .end(utc("2026-03-01T00:00:00Z"))
        .start(utc("2026-02-01T00:00:00Z"))
        .granularity(UsageRecordGranularity::All)
        .page_size(50)
        .await?;
    let commands = page.items()[0].commands.as_ref();
    let home = commands.and_then(|it| it.home.as_ref());
    assert_eq!(home.and_then(|it| it.to_sim), Some(22));
    wire.expect_get(
        "/v1/Sims/DE4993d32b8ee70882b87628f7eb2d6298/UsageRecords",
        "End=2026-03-01T00%3A00%3A00Z&Start=2026-02-01T00%3A00%3A00Z&Granularity=all\
         &PageSize=50",
    );
    Ok(())
}

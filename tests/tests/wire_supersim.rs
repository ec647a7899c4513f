//! Super SIM: the exact request of each operation, and decoding of the spec's example response.

mod support;

use support::wire::Wire;
use twilio_iot::supersim::v1::{
    BillingPeriodBpType, EsimProfileStatus, FleetDataMetering, HttpMethod, IpCommandDirection,
    IpCommandPayloadType, IpCommandStatus, SettingsUpdateStatus, SimIpAddressIpAddressVersion,
    SimStatus, SimStatusUpdate, SmsCommandDirection, SmsCommandStatus, UsageRecordGranularity,
    UsageRecordGroup,
};
use twilio_iot::{DateTime, Error, Utc};

operations!("twilio_supersim_v1":
    list_billing_period,
    list_esim_profile, create_esim_profile, fetch_esim_profile,
    list_fleet, create_fleet, fetch_fleet, update_fleet,
    list_ip_command, create_ip_command, fetch_ip_command,
    fetch_network, list_network,
    list_network_access_profile, create_network_access_profile,
    fetch_network_access_profile, update_network_access_profile,
    list_network_access_profile_network, create_network_access_profile_network,
    fetch_network_access_profile_network, delete_network_access_profile_network,
    list_settings_update,
    list_sim, create_sim, fetch_sim, update_sim, update_sim_that_is_accepted,
    list_sim_ip_address,
    list_sms_command, create_sms_command, fetch_sms_command,
    list_usage_record,
);

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().expect("a date-time")
}

async fn list_billing_period(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListBillingPeriod", "trial");
    let sim = client.supersim().sim("HS08d6b01d7a200ec82e6a38b67fa00005");
    let list = sim.billing_periods().list().page_size(50);
    let page = list.await?;
    let period = &page.items()[0];
    assert_eq!(period.period_type, Some(BillingPeriodBpType::Ready));
    assert_eq!(period.end_time, Some(utc("2026-04-12T09:31:05Z")));
    wire.expect_get(
        "/v1/Sims/HS08d6b01d7a200ec82e6a38b67fa00005/BillingPeriods",
        "PageSize=50",
    );
    Ok(())
}

async fn list_esim_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListEsimProfile", "firstPage");
    let list = client.supersim().esim_profiles().list();
    let page = list
        .eid("89049032007108882600128714420937")
        .sim_sid("HS7f9804d3e73999d08b883aa28bc0beb2")
        .status(EsimProfileStatus::Available)
        .page_size(2)
        .await?;
    assert_eq!(page.items().len(), 2);
    assert_eq!(
        page.items()[0].smdp_plus_address.as_deref(),
        Some("smdp.example.com")
    );
    wire.expect_get(
        "/v1/ESimProfiles",
        "Eid=89049032007108882600128714420937&SimSid=HS7f9804d3e73999d08b883aa28bc0beb2\
         &Status=available&PageSize=2",
    );
    Ok(())
}

async fn create_esim_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateEsimProfile", "withCallback");
    let create = client.supersim().esim_profiles().create();
    let profile = create
        .callback_url("https://hooks.example.com/esim?a=1&b=2")
        .callback_method(HttpMethod::Post)
        .generate_matching_id(false)
        .eid("89033023001211360000000009517026")
        .await?;
    assert_eq!(profile.status, Some(EsimProfileStatus::Reserving));
    wire.expect_post(
        "/v1/ESimProfiles",
        "CallbackUrl=https%3A%2F%2Fhooks.example.com%2Fesim%3Fa%3D1%26b%3D2&CallbackMethod=POST\
         &GenerateMatchingId=false&Eid=89033023001211360000000009517026",
    );
    Ok(())
}

async fn fetch_esim_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchEsimProfile", "byCode");
    let profile = client
        .supersim()
        .esim_profile("HPf9c00b71defefb26ea3ea67d7809c142");
    let profile = profile.fetch().await?;
    assert_eq!(
        profile.matching_id.as_deref(),
        Some("K3T9P-70WXD-M4HQA-22VBE-ZN8RC")
    );
    wire.expect_get("/v1/ESimProfiles/HPf9c00b71defefb26ea3ea67d7809c142", "");
    Ok(())
}

async fn list_fleet(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListFleet", "lastPage");
    let list = client.supersim().fleets().list();
    let page = list.network_access_profile("alps").page_size(2).await?;
    assert_eq!(page.items()[0].unique_name.as_deref(), Some("trackers"));
    assert_eq!(page.next_page_url(), None);
    wire.expect_get("/v1/Fleets", "NetworkAccessProfile=alps&PageSize=2");
    Ok(())
}

async fn create_fleet(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateFleet", "trackers");
    let create = client
        .supersim()
        .fleets()
        .create("HA6a094179d80d38ec3c5e4a2cddb73a47");
    let fleet = create
        .unique_name("trackers")
        .data_enabled(true)
        .data_limit(500)
        .ip_commands_url("https://hooks.example.com/ip")
        .ip_commands_method(HttpMethod::Post)
        .sms_commands_enabled(false)
        .sms_commands_url("https://hooks.example.com/sms")
        .sms_commands_method(HttpMethod::Get)
        .await?;
    assert_eq!(fleet.sid, "HF2241037881b132340b272973a3a1ad05");
    assert_eq!(fleet.data_limit, 500);
    wire.expect_post(
        "/v1/Fleets",
        "NetworkAccessProfile=HA6a094179d80d38ec3c5e4a2cddb73a47&UniqueName=trackers&DataEnabled=true\
         &DataLimit=500&IpCommandsUrl=https%3A%2F%2Fhooks.example.com%2Fip&IpCommandsMethod=POST\
         &SmsCommandsEnabled=false&SmsCommandsUrl=https%3A%2F%2Fhooks.example.com%2Fsms\
         &SmsCommandsMethod=GET",
    );
    Ok(())
}

async fn fetch_fleet(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchFleet", "bySid");
    let fleet = client
        .supersim()
        .fleet("HF2241037881b132340b272973a3a1ad05");
    let fleet = fleet.fetch().await?;
    assert_eq!(fleet.data_metering, Some(FleetDataMetering::Payg));
    wire.expect_get("/v1/Fleets/HF2241037881b132340b272973a3a1ad05", "");
    Ok(())
}

async fn update_fleet(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateFleet", "urls");
    let update = client.supersim().fleet("trackers").update();
    let fleet = update
        .unique_name("water meters")
        .network_access_profile("alps")
        .ip_commands_url("https://iot.example.com/ip")
        .ip_commands_method(HttpMethod::Get)
        .sms_commands_url("")
        .sms_commands_method(HttpMethod::Post)
        .data_limit(40)
        .await?;
    assert_eq!(fleet.ip_commands_method, Some(HttpMethod::Get));
    wire.expect_post(
        "/v1/Fleets/trackers",
        "UniqueName=water+meters&NetworkAccessProfile=alps\
         &IpCommandsUrl=https%3A%2F%2Fiot.example.com%2Fip&IpCommandsMethod=GET\
         &SmsCommandsUrl=&SmsCommandsMethod=POST&DataLimit=40",
    );
    Ok(())
}

async fn list_ip_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListIpCommand", "fromMeter");
    let list = client.supersim().ip_commands().list();
    let page = list
        .sim("HS163febbdc76c3b63b609791c7c4f7111")
        .sim_iccid("89883070000007391604")
        .status(IpCommandStatus::Received)
        .direction(IpCommandDirection::FromSim)
        .page_size(1000)
        .await?;
    assert_eq!(
        page.items()[0].payload_type,
        Some(IpCommandPayloadType::Binary)
    );
    wire.expect_get(
        "/v1/IpCommands",
        "Sim=HS163febbdc76c3b63b609791c7c4f7111&SimIccid=89883070000007391604&Status=received\
         &Direction=from_sim&PageSize=1000",
    );
    Ok(())
}

async fn create_ip_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateIpCommand", "binary");
    let create = client
        .supersim()
        .ip_commands()
        .create("van-07", "QAEwObtyZWJvb3Q=", 5683);
    let command = create
        .payload_type(IpCommandPayloadType::Binary)
        .callback_url("https://hooks.example.com/sent")
        .callback_method(HttpMethod::Post)
        .await?;
    assert_eq!(command.device_port, 5683);
    assert_eq!(command.status, Some(IpCommandStatus::Queued));
    wire.expect_post(
        "/v1/IpCommands",
        "Sim=van-07&Payload=QAEwObtyZWJvb3Q%3D&DevicePort=5683&PayloadType=binary\
         &CallbackUrl=https%3A%2F%2Fhooks.example.com%2Fsent&CallbackMethod=POST",
    );
    Ok(())
}

async fn fetch_ip_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchIpCommand", "portAsString");
    let command = client
        .supersim()
        .ip_command("HG47d54dc443649abeee9d7de98784cc16");
    let command = command.fetch().await?;
    assert_eq!(command.device_port, 4100);
    wire.expect_get("/v1/IpCommands/HG47d54dc443649abeee9d7de98784cc16", "");
    Ok(())
}

async fn fetch_network(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchNetwork", "telekom");
    let network = client
        .supersim()
        .network("HWd8c754e5216057970209d07614c81bba");
    let network = network.fetch().await?;
    assert_eq!(
        network.identifiers.unwrap_or_default()[1].mnc.as_deref(),
        Some("06")
    );
    wire.expect_get("/v1/Networks/HWd8c754e5216057970209d07614c81bba", "");
    Ok(())
}

async fn list_network(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListNetwork", "byCode");
    let list = client.supersim().networks().list();
    let list = list.iso_country("CH").mcc("228").mnc("01").page_size(3);
    let page = list.await?;
    assert_eq!(page.items()[0].friendly_name.as_deref(), Some("Swisscom"));
    wire.expect_get("/v1/Networks", "IsoCountry=CH&Mcc=228&Mnc=01&PageSize=3");
    Ok(())
}

async fn list_network_access_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListNetworkAccessProfile", "lastPage");
    let list = client.supersim().network_access_profiles().list();
    let page = list.page_size(2).await?;
    assert_eq!(page.items()[0].unique_name.as_deref(), Some("europe"));
    wire.expect_get("/v1/NetworkAccessProfiles", "PageSize=2");
    Ok(())
}

async fn create_network_access_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateNetworkAccessProfile", "europe");
    let create = client.supersim().network_access_profiles().create();
    let profile = create
        .unique_name("europe")
        .networks([
            "HWd8c754e5216057970209d07614c81bba",
            "HW4fee0434ba3a8e2d800c03cf2022eb58",
        ])
        .await?;
    assert_eq!(profile.sid, "HA6a094179d80d38ec3c5e4a2cddb73a47");
    wire.expect_post(
        "/v1/NetworkAccessProfiles",
        "UniqueName=europe&Networks=HWd8c754e5216057970209d07614c81bba\
         &Networks=HW4fee0434ba3a8e2d800c03cf2022eb58",
    );
    Ok(())
}

async fn fetch_network_access_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchNetworkAccessProfile", "europe");
    let profile = client
        .supersim()
        .network_access_profile("europe")
        .fetch()
        .await?;
    assert_eq!(
        profile.links.unwrap_or_default()["networks"],
        "https://supersim.twilio.com/v1/NetworkAccessProfiles/HA6a094179d80d38ec3c5e4a2cddb73a47/Networks"
    );
    wire.expect_get("/v1/NetworkAccessProfiles/europe", "");
    Ok(())
}

async fn update_network_access_profile(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateNetworkAccessProfile", "rename");
    let profile = client
        .supersim()
        .network_access_profile("HA94938357d787242b3f6bef6ad6ea998e");
    let profile = profile.update().unique_name("austria").await?;
    assert_eq!(profile.unique_name.as_deref(), Some("austria"));
    wire.expect_post(
        "/v1/NetworkAccessProfiles/HA94938357d787242b3f6bef6ad6ea998e",
        "UniqueName=austria",
    );
    Ok(())
}

async fn list_network_access_profile_network(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListNetworkAccessProfileNetwork", "firstPage");
    let profile = client
        .supersim()
        .network_access_profile("HA6a094179d80d38ec3c5e4a2cddb73a47");
    let page = profile.networks().list().page_size(2).await?;
    assert_eq!(page.items()[0].iso_country.as_deref(), Some("DE"));
    wire.expect_get(
        "/v1/NetworkAccessProfiles/HA6a094179d80d38ec3c5e4a2cddb73a47/Networks",
        "PageSize=2",
    );
    Ok(())
}

async fn create_network_access_profile_network(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateNetworkAccessProfileNetwork", "swisscom");
    let profile = client
        .supersim()
        .network_access_profile("HA4ccb7e01e69315a5303f63326d902b8e");
    let network = profile
        .networks()
        .create("HWaa826b3dc2d3839d1ce8dec41360afbd")
        .await?;
    assert_eq!(network.friendly_name.as_deref(), Some("Swisscom"));
    wire.expect_post(
        "/v1/NetworkAccessProfiles/HA4ccb7e01e69315a5303f63326d902b8e/Networks",
        "Network=HWaa826b3dc2d3839d1ce8dec41360afbd",
    );
    Ok(())
}

async fn fetch_network_access_profile_network(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchNetworkAccessProfileNetwork", "swisscom");
    let profile = client.supersim().network_access_profile("alps");
    let network = profile
        .network("HWaa826b3dc2d3839d1ce8dec41360afbd")
        .fetch()
        .await?;
    assert_eq!(
        network.network_access_profile_sid.as_deref(),
        Some("HA4ccb7e01e69315a5303f63326d902b8e")
    );
    wire.expect_get(
        "/v1/NetworkAccessProfiles/alps/Networks/HWaa826b3dc2d3839d1ce8dec41360afbd",
        "",
    );
    Ok(())
}

async fn delete_network_access_profile_network(wire: &mut Wire) -> Result<(), Error> {
    let profile = wire
        .answering_nothing()
        .supersim()
        .network_access_profile("europe");
    let network = profile.network("HW4fee0434ba3a8e2d800c03cf2022eb58");
    let () = network.delete().await?;
    wire.expect_delete(
        "/v1/NetworkAccessProfiles/europe/Networks/HW4fee0434ba3a8e2d800c03cf2022eb58",
    );
    Ok(())
}

async fn list_settings_update(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListSettingsUpdate", "bySim");
    let list = client.supersim().settings_updates().list();
    let list = list.sim("van-07").status(SettingsUpdateStatus::InProgress);
    let page = list.page_size(1).await?;
    assert_eq!(
        page.items()[0].status,
        Some(SettingsUpdateStatus::Successful)
    );
    wire.expect_get(
        "/v1/SettingsUpdates",
        "Sim=van-07&Status=in-progress&PageSize=1",
    );
    Ok(())
}

async fn list_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListSim", "firstPage");
    let list = client.supersim().sims().list();
    let list = list
        .status(SimStatus::New)
        .fleet("trackers")
        .iccid("89883070000009950217");
    let page = list.page_size(2).await?;
    assert_eq!(page.items()[0].status, Some(SimStatus::New));
    assert_eq!(
        page.next_page_url(),
        Some(
            "https://supersim.twilio.com/v1/Sims?PageSize=2&Page=1&PageToken=PAHS08d6b01d7a200ec82e6a38b67fa00005"
        )
    );
    wire.expect_get(
        "/v1/Sims",
        "Status=new&Fleet=trackers&Iccid=89883070000009950217&PageSize=2",
    );
    Ok(())
}

async fn create_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateSim", "card");
    let create = client
        .supersim()
        .sims()
        .create("89883070000009950217", "V7Q2MZ84KD");
    let response = create.send().await?;
    assert_eq!(response.status(), 201);
    assert_eq!(
        response.body().iccid.as_deref(),
        Some("89883070000009950217")
    );
    wire.expect_post(
        "/v1/Sims",
        "Iccid=89883070000009950217&RegistrationCode=V7Q2MZ84KD",
    );
    Ok(())
}

async fn fetch_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchSim", "byName");
    let sim = client.supersim().sim("van-07").fetch().await?;
    assert_eq!(
        sim.fleet_sid.as_deref(),
        Some("HF2241037881b132340b272973a3a1ad05")
    );
    wire.expect_get("/v1/Sims/van-07", "");
    Ok(())
}

async fn update_sim(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateSim", "fleet");
    let update = client
        .supersim()
        .sim("HS9124810c062d1313dae64fa5e2708d84")
        .update();
    let response = update
        .unique_name("gateway-3")
        .status(SimStatusUpdate::Ready)
        .fleet("meters")
        .callback_url("https://hooks.example.com/sim")
        .callback_method(HttpMethod::Get)
        .account_sid("ACc5eaed71948a8c235d2cc71d851bb311")
        .send()
        .await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.into_body().status, Some(SimStatus::Ready));
    wire.expect_post(
        "/v1/Sims/HS9124810c062d1313dae64fa5e2708d84",
        "UniqueName=gateway-3&Status=ready&Fleet=meters\
         &CallbackUrl=https%3A%2F%2Fhooks.example.com%2Fsim&CallbackMethod=GET\
         &AccountSid=ACc5eaed71948a8c235d2cc71d851bb311",
    );
    Ok(())
}

async fn update_sim_that_is_accepted(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("UpdateSim", "activate");
    let update = client.supersim().sim("trailer-12").update();
    let response = update.status(SimStatusUpdate::Active).send().await?;
    assert_eq!(response.status(), 202);
    assert_eq!(response.into_body().status, Some(SimStatus::Scheduled));
    wire.expect_post("/v1/Sims/trailer-12", "Status=active");
    Ok(())
}

async fn list_sim_ip_address(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListSimIpAddress", "vpn");
    let sim = client.supersim().sim("HS163febbdc76c3b63b609791c7c4f7111");
    let list = sim.sim_ip_addresses().list();
    let page = list.page_size(50).await?;
    let address = &page.items()[0];
    assert_eq!(address.ip_address.as_deref(), Some("10.41.7.22"));
    assert_eq!(
        address.ip_address_version,
        Some(SimIpAddressIpAddressVersion::IPv4)
    );
    wire.expect_get(
        "/v1/Sims/HS163febbdc76c3b63b609791c7c4f7111/IpAddresses",
        "PageSize=50",
    );
    Ok(())
}

async fn list_sms_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListSmsCommand", "fromVan");
    let list = client.supersim().sms_commands().list();
    let page = list
        .sim("van-07")
        .status(SmsCommandStatus::Received)
        .direction(SmsCommandDirection::FromSim)
        .page_size(2)
        .await?;
    assert_eq!(page.items()[0].payload.as_deref(), Some("52.5163,13.3777"));
    wire.expect_get(
        "/v1/SmsCommands",
        "Sim=van-07&Status=received&Direction=from_sim&PageSize=2",
    );
    Ok(())
}

async fn create_sms_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("CreateSmsCommand", "withCallback");
    let commands = client.supersim().sms_commands();
    let create = commands.create("HS23effbc3053b10f2aa126fdb141f5f6d", "reboot 60 + größe=1");
    let command = create
        .callback_method(HttpMethod::Post)
        .callback_url("https://hooks.example.com/sent")
        .await?;
    assert_eq!(command.status, Some(SmsCommandStatus::Queued));
    wire.expect_post(
        "/v1/SmsCommands",
        "Sim=HS23effbc3053b10f2aa126fdb141f5f6d&Payload=reboot+60+%2B+gr%C3%B6%C3%9Fe%3D1\
         &CallbackMethod=POST&CallbackUrl=https%3A%2F%2Fhooks.example.com%2Fsent",
    );
    Ok(())
}

async fn fetch_sms_command(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("FetchSmsCommand", "delivered");
    let command = client
        .supersim()
        .sms_command("HCb3ffe5837019d47aa2e4543523ab4c11");
    let command = command.fetch().await?;
    assert_eq!(command.direction, Some(SmsCommandDirection::ToSim));
    wire.expect_get("/v1/SmsCommands/HCb3ffe5837019d47aa2e4543523ab4c11", "");
    Ok(())
}

async fn list_usage_record(wire: &mut Wire) -> Result<(), Error> {
    let client = wire.answering("ListUsageRecord", "total");
    let list = client.supersim().usage_records().list();
    let page = list
        .sim("HSc4368b81d54cec1e5d4375375e98997e")
        .fleet("trackers")
        .network("HWaa826b3dc2d3839d1ce8dec41360afbd")
        .iso_country("CH")
        .group(UsageRecordGroup::IsoCountry)
        .granularity(UsageRecordGranularity::Day)
        .start_time(utc("2026-02-01T01:30:00.999+01:30"))
        .end_time(utc("2026-03-01T00:00:00Z"))
        .page_size(2)
        .await?;
    let record = &page.items()[0];
    assert_eq!(record.data_total, Some(181_929_920));
    assert_eq!(
        record.data_total_billed.map(|it| it.to_string()).as_deref(),
        Some("18.19")
    );
    wire.expect_get(
        "/v1/UsageRecords",
        "Sim=HSc4368b81d54cec1e5d4375375e98997e&Fleet=trackers\
         &Network=HWaa826b3dc2d3839d1ce8dec41360afbd&IsoCountry=CH&Group=isoCountry&Granularity=day\
         &StartTime=2026-02-01T00%3A00%3A00Z&EndTime=2026-03-01T00%3A00%3A00Z\
         &PageSize=2",
    );
    Ok(())
}

//! Every operation returns its example.

use super::*;

/// A request of one operation, with dummy arguments, and whether it returns the example.
type Check = Pin<Box<dyn Future<Output = bool>>>;

/// Sets the example as the response of one operation, and makes its request.
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
    request.await.expect("the response that was set")
}

#[tokio::test]
async fn every_supersim_operation_returns_its_example() {
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

/// The operations of SIMs, commands and usage.
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
async fn every_wireless_operation_returns_its_example() {
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

/// Asserts that each request returns its example, and that none of `count` operations is missing.
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

//! Path parameters: each value stays one segment, or the request is not sent.

mod support;

use serde_json::json;
use support::{Reply, Server, client};
use twilio_iot::{Error, PathParameterProblem};

/// Fetches the fleet `name` and returns the path that the server received.
async fn path_of_fleet(name: &str) -> String {
    let server = Server::replying([Reply::json(200, &json!({ "sid": "HF1" }))]);
    let fleet = client(&server).supersim().fleet(name);
    fleet.fetch().await.expect("an answer");
    let request = server.request();
    assert_eq!(request.query(), None);
    request.path().to_owned()
}

#[tokio::test]
async fn value_is_escaped_into_one_segment() {
    let cases = [
        (
            "HF2241037881b132340b272973a3a1ad05",
            "HF2241037881b132340b272973a3a1ad05",
        ),
        ("water-meters_2.0~b", "water-meters_2.0~b"),
        ("water meters", "water%20meters"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("/", "%2F"),
        ("../Sims", "..%2FSims"),
        ("..\\Sims", "..%5CSims"),
        ("%2e", "%252e"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("...", "..."),
        ("a?PageSize=1", "a%3FPageSize%3D1"),
        ("a#b", "a%23b"),
        ("a;b=c,d", "a%3Bb%3Dc%2Cd"),
        ("a+b&c@d:e", "a%2Bb%26c%40d%3Ae"),
        ("größe", "gr%C3%B6%C3%9Fe"),
        ("車", "%E8%BB%8A"),
        ("📶", "%F0%9F%93%B6"),
        ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
        ("a\tb\0c", "a%09b%00c"),
        (" . ", "%20.%20"),
    ];
    for (name, segment) in cases {
        assert_eq!(
            path_of_fleet(name).await,
            format!("/v1/Fleets/{segment}"),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn values_are_escaped_separately() {
    let server = Server::replying([Reply::empty(204)]);
    let profile = client(&server).supersim().network_access_profile("a/b");
    profile.network("c?d").delete().await.unwrap();
    assert_eq!(
        server.lines(),
        ["DELETE /v1/NetworkAccessProfiles/a%2Fb/Networks/c%3Fd"]
    );
}

/// Asserts that `result` rejects the path parameter `parameter` of `operation`.
#[track_caller]
fn assert_rejected<T>(result: Result<T, Error>, operation: &str, parameter: &str) {
    let Err(error) = result else {
        panic!("{operation}: `{parameter}` was sent");
    };
    let Error::PathParameter(refusal) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (refusal.operation, refusal.parameter),
        (operation, parameter)
    );
    let text = error.to_string();
    assert!(
        text.contains(operation) && text.contains(parameter),
        "{text}"
    );
}

#[tokio::test]
async fn values_that_name_another_resource_are_rejected() {
    let server = Server::replying([]);
    let (supersim, wireless) = (client(&server).supersim(), client(&server).wireless());
    for value in ["", ".", ".."] {
        assert_rejected(supersim.fleet(value).fetch().await, "FetchFleet", "Sid");
        assert_rejected(supersim.fleet(value).update().await, "UpdateFleet", "Sid");
        assert_rejected(
            wireless.rate_plan(value).delete().await,
            "DeleteRatePlan",
            "Sid",
        );

        let periods = supersim.sim(value).billing_periods();
        assert_rejected(periods.list().await, "ListBillingPeriod", "SimSid");

        let network = supersim.network_access_profile(value).network("HW1");
        let (operation, parent) = (
            "DeleteNetworkAccessProfileNetwork",
            "NetworkAccessProfileSid",
        );
        assert_rejected(network.delete().await, operation, parent);
        let network = supersim.network_access_profile("HA1").network(value);
        assert_rejected(network.delete().await, operation, "Sid");
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn stream_yields_only_the_rejection() {
    use futures_util::TryStreamExt as _;

    let server = Server::replying([]);
    let mut periods = client(&server)
        .supersim()
        .sim("..")
        .billing_periods()
        .list()
        .stream();
    assert_rejected(periods.try_next().await, "ListBillingPeriod", "SimSid");
    assert!(periods.try_next().await.unwrap().is_none());
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn rejection_explains_why() {
    let server = Server::replying([]);
    let supersim = client(&server).supersim();
    let cases = [
        ("", PathParameterProblem::Empty),
        (".", PathParameterProblem::DotSegment),
        ("..", PathParameterProblem::DotSegment),
    ];
    for (value, problem) in cases {
        let error = supersim.sim(value).fetch().await.unwrap_err();
        let Error::PathParameter(refusal) = error else {
            panic!("{error:?}");
        };
        assert_eq!(refusal.problem, problem);
    }
}

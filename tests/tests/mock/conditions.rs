//! Mock responses that depend on the request.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn responses_may_depend_on_the_request() {
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
    // Twice: the response repeats.
    for call in calls.clone().chain(calls).collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(mock.requests_of::<FetchSim>().len(), 128);
}

#[cfg(feature = "blocking")]
#[test]
fn responses_may_depend_on_requests_of_threads() {
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
async fn first_condition_wins_over_the_order() {
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
    // Those of another operation are not evaluated.
    mock.on::<UpdateSim>().when(|_| true).answer(named("f"));
    assert_eq!(name(&client, "HS3").await, "b");
}

#[tokio::test]
async fn unmatched_request_is_described_without_its_values() {
    let mock = Mock::new();
    let client = client_of(&mock);
    mock.on::<UpdateSim>()
        .when(|request| request.form("Status") == Some("inactive"))
        .answer_example();
    let update = client.supersim().sim("HS1").update().unique_name("hunter2");
    let Err(Error::Api(error)) = update.account_sid("AChunter").await else {
        panic!("there is no response")
    };
    assert_eq!(
        error.message,
        "the mock has no response to UpdateSim: its condition does not hold for POST /v1/Sims/HS1, form UniqueName, \
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
    // All other requests get the specification's example.
    let mock = mock.with_examples(supersim::EXAMPLES);
    client_of(&mock)
        .supersim()
        .sim("HS1")
        .update()
        .await
        .unwrap();
}

#[tokio::test]
async fn conditions_apply_to_lists_and_their_pages() {
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

/// Nothing is locked while a condition is evaluated.
#[tokio::test]
async fn condition_may_call_its_mock() {
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

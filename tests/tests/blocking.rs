//! The generated client without an async runtime: `wait()` and iterators.

#![cfg(feature = "blocking")]

mod support;

use std::sync::mpsc::{Sender, channel};
use std::thread;

use serde_json::json;
use support::{Reply, Request, Server, client};
use tokio::runtime::Builder;
use twilio_iot::{Client, Error};

/// Starts a server that sends the given responses.
fn server() -> (Server, Sender<Reply>) {
    let (replies, script) = channel();
    let next = move |_: &Request| script.try_recv().unwrap_or_else(|_| Reply::unplanned());
    (Server::scripted(next), replies)
}

fn page(origin: &str, sids: &[&str], next: Option<&str>) -> Reply {
    let sims: Vec<_> = sids.iter().map(|sid| json!({"sid": sid})).collect();
    let next = next.map(|query| format!("{origin}/v1/Sims?{query}"));
    Reply::json(
        200,
        &json!({"sims": sims, "meta": {"key": "sims", "next_page_url": next}}),
    )
}

#[test]
fn wait_returns_the_response() -> Result<(), Error> {
    let (server, replies) = server();
    for reply in [
        Reply::json(200, &json!({"sid": "HF1"})),
        Reply::json(202, &json!({"sid": "HS1"})),
        Reply::empty(204),
    ] {
        replies.send(reply).unwrap();
    }
    let client = client(&server);
    let fleet = client.supersim().fleet("HF1").fetch().wait()?;
    assert_eq!(fleet.sid, "HF1");
    let response = client.supersim().sim("HS1").update().send().wait()?;
    assert_eq!(response.status(), 202);
    client.wireless().sim("DE1").delete().wait()?;
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets/HF1",
            "POST /v1/Sims/HS1",
            "DELETE /v1/Sims/DE1"
        ]
    );
    Ok(())
}

#[test]
fn lists_are_iterators() -> Result<(), Error> {
    let (server, replies) = server();
    let origin = server.url.clone();
    replies
        .send(page(&origin, &["HS1", "HS2"], Some("Page=1")))
        .unwrap();
    replies.send(page(&origin, &["HS3"], None)).unwrap();
    let mut sims = client(&server).supersim().sims().list().iter();
    let first = sims.next().unwrap()?;
    assert_eq!((first.sid.as_str(), server.lines().len()), ("HS1", 1));
    let url = |query: &str| Some(format!("{origin}/v1/Sims{query}"));
    assert_eq!(sims.next_page_url(), url("").as_deref());
    assert_eq!(sims.next().unwrap()?.sid, "HS2");
    assert_eq!(sims.next_page_url(), url("?Page=1").as_deref());
    let rest: Vec<_> = sims.map(|sim| sim.unwrap().sid).collect();
    assert_eq!(rest, ["HS3"]);
    replies
        .send(page(&origin, &["HS1"], Some("Page=1")))
        .unwrap();
    replies.send(page(&origin, &["HS2"], None)).unwrap();
    let page = client(&server).supersim().sims().list().wait()?;
    let next = page.next().wait()?.unwrap();
    assert_eq!(next.items()[0].sid, "HS2");
    Ok(())
}

#[test]
fn threads_wait_concurrently() {
    let (server, replies) = server();
    for _ in 0..8 {
        replies
            .send(Reply::json(200, &json!({"sid": "HF1"})))
            .unwrap();
    }
    let client = client(&server);
    let fetch = |client: Client| move || client.supersim().fleet("HF1").fetch().wait().unwrap();
    let threads: Vec<_> = (0..8)
        .map(|_| thread::spawn(fetch(client.clone())))
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap().sid, "HF1");
    }
}

#[test]
fn waiting_inside_a_runtime_is_an_error_and_sends_nothing() {
    let (server, _replies) = server();
    let client = client(&server);
    let check = |error: Error| {
        assert!(matches!(error, Error::Runtime(_)), "{error:?}");
        assert!(error.to_string().contains("`.await`"), "{error}");
    };
    let mut builders = [Builder::new_current_thread(), Builder::new_multi_thread()];
    for builder in &mut builders {
        builder.enable_all().build().unwrap().block_on(async {
            check(client.supersim().fleet("HF1").fetch().wait().unwrap_err());
            let mut fleets = client.supersim().fleets().list().iter();
            check(fleets.next().unwrap().unwrap_err());
            assert!(fleets.next().is_none());
            let blocking = client.clone();
            let moved =
                tokio::task::spawn_blocking(move || blocking.supersim().fleets().list().wait());
            check(moved.await.unwrap().unwrap_err());
        });
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}

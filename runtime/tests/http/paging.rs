//! Lists: pages, streams, limits, and links that must not be followed.

mod links;
mod loops;

use std::sync::{Arc, OnceLock};

use twilio_runtime::{Error, Items, NextPageProblem, RetryPolicy};
use twilio_test_support::{Reply, Request, Server};

use crate::api::{Client, Fleet, ListFleet, next};
use crate::server::{client, client_without_retries, json};

/// Returns the SIDs of a stream and the error that ended it.
async fn drain(mut items: Items<Fleet>) -> (Vec<String>, Option<Error>) {
    let mut sids = Vec::new();
    while let Some(item) = next(&mut items).await {
        match item {
            Ok(fleet) => sids.push(fleet.sid.unwrap()),
            Err(error) => {
                assert!(next(&mut items).await.is_none(), "an error ends the stream");
                return (sids, Some(error));
            }
        }
    }
    assert!(next(&mut items).await.is_none(), "an end stays the end");
    (sids, None)
}

fn page(sids: &[&str], next: Option<&str>) -> String {
    let fleets: Vec<_> = sids
        .iter()
        .map(|sid| serde_json::json!({ "sid": sid }))
        .collect();
    serde_json::json!({
        "fleets": fleets,
        "meta": {"page": 0, "page_size": 50, "key": "fleets", "url": "u", "first_page_url": "f",
                 "previous_page_url": null, "next_page_url": next},
    })
    .to_string()
}

/// Serves pages by the `Page` in their query, linked to each other by absolute URLs.
fn pages(pages: &'static [&'static [&'static str]]) -> Server {
    let url: Arc<OnceLock<String>> = Arc::default();
    let own = Arc::clone(&url);
    let server = Server::start(move |request| {
        let at = request
            .target
            .split_once("Page=")
            .map_or(0, |(_, number)| number.parse::<usize>().unwrap());
        let link = (at + 1 < pages.len())
            .then(|| format!("{}/v1/Fleets?Page={}", own.get().unwrap(), at + 1));
        json(&page(pages[at], link.as_deref()))
    });
    url.set(server.url.clone()).unwrap();
    server
}

/// Serves one page with a link that `link` creates from the server's own URL.
fn linked(link: &str) -> Server {
    let url: Arc<OnceLock<String>> = Arc::default();
    let (own, link) = (Arc::clone(&url), link.to_owned());
    let server = Server::start(move |_: &Request| -> Reply {
        json(&page(
            &["HF1"],
            Some(&link.replace("SELF", own.get().unwrap())),
        ))
    });
    url.set(server.url.clone()).unwrap();
    server
}

/// Serves pages that contain only their own number, which is `Page` in the query. `links` returns the numbers of the
/// previous and the next page.
fn numbered(
    links: impl Fn(usize) -> (Option<usize>, Option<usize>) + Send + Sync + 'static,
) -> Server {
    Server::start(move |request| {
        let at = request
            .target
            .split_once("Page=")
            .map_or(0, |(_, number)| number.parse::<usize>().unwrap());
        let host = request.header("host").unwrap();
        let link =
            |at: Option<usize>| at.map(|at| format!("http://{host}/v1/Fleets?hunter3&Page={at}"));
        let (previous, next) = links(at);
        let meta = serde_json::json!({
            "previous_page_url": link(previous), "next_page_url": link(next),
        });
        json(&serde_json::json!({"fleets": [{"sid": at.to_string()}], "meta": meta}).to_string())
    })
}

#[tokio::test]
async fn all_collects_every_page_up_to_a_limit() {
    let all: &[&[&str]] = &[&["A", "B"], &[], &["C", "D"]];
    let cases: [(Option<usize>, &[&str], usize); 7] = [
        (None, &["A", "B", "C", "D"], 3),
        (Some(0), &[], 0),
        (Some(1), &["A"], 1),
        (Some(2), &["A", "B"], 1),
        (Some(3), &["A", "B", "C"], 3),
        (Some(4), &["A", "B", "C", "D"], 3),
        (Some(usize::MAX), &["A", "B", "C", "D"], 3),
    ];
    for (limit, expected, requests) in cases {
        let server = pages(all);
        let mut list = client(&server).fleets().list();
        if let Some(limit) = limit {
            list = list.limit(limit);
        }
        drop(list.clone().all());
        let fleets = list.all().await.unwrap();
        let sids: Vec<_> = fleets.into_iter().flat_map(|it| it.sid).collect();
        assert_eq!(sids, expected, "{limit:?}");
        assert_eq!(server.requests().len(), requests, "{limit:?}");
    }
}

#[tokio::test]
async fn all_fails_with_a_page_unless_the_limit_comes_first() {
    let list = || {
        let server = Server::replying([
            json(&page(&["A", "B"], Some("/next"))),
            Reply::new("503 Service Unavailable", &[], "busy"),
        ]);
        let list = client(&server).fleets().list();
        (list.retry_policy(RetryPolicy::off()), server)
    };
    let (request, server) = list();
    let error = request.all().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(server.requests().len(), 2);
    let (request, server) = list();
    assert_eq!(request.limit(2).all().await.unwrap().len(), 2);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn stream_covers_all_pages_including_empty_ones() {
    let server = pages(&[&["A", "B"], &[], &["C"]]);
    let (sids, error) = drain(client(&server).fleets().list().status("new").stream()).await;
    assert!(error.is_none());
    assert_eq!(sids, ["A", "B", "C"]);
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets?Status=new",
            "GET /v1/Fleets?Page=1",
            "GET /v1/Fleets?Page=2"
        ]
    );
    let authorized = server
        .requests()
        .iter()
        .all(|it| it.header("authorization").is_some());
    assert!(authorized);
}

#[tokio::test]
async fn pages_are_requested_lazily() {
    let server = pages(&[&["A", "B"], &["C"]]);
    let mut items = client(&server).fleets().list().stream();
    assert_eq!(server.requests().len(), 0);
    for _ in 0..2 {
        next(&mut items).await.unwrap().unwrap();
        assert_eq!(server.requests().len(), 1);
    }
    next(&mut items).await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn headers_are_sent_for_every_page() {
    let server = pages(&[&["A"], &["B"]]);
    drain(
        client(&server)
            .fleets()
            .list()
            .request_header("t1")
            .stream(),
    )
    .await;
    let traces: Vec<_> = server
        .requests()
        .iter()
        .map(|it| it.header("x-trace").map(str::to_owned))
        .collect();
    assert_eq!(traces, [Some("t1".to_owned()), Some("t1".to_owned())]);
}

#[tokio::test]
async fn limit_ends_the_stream_and_its_requests() {
    let all: &[&[&str]] = &[&["A", "B"], &["C", "D"]];
    let cases: [(usize, &[&str], usize); 6] = [
        (0, &[], 0),
        (1, &["A"], 1),
        (2, &["A", "B"], 1),
        (3, &["A", "B", "C"], 2),
        (4, &["A", "B", "C", "D"], 2),
        (usize::MAX, &["A", "B", "C", "D"], 2),
    ];
    for (limit, expected, requests) in cases {
        let server = pages(all);
        let (sids, error) = drain(client(&server).fleets().list().limit(limit).stream()).await;
        assert!(error.is_none());
        assert_eq!(sids, expected);
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn limit_bounds_the_page_size() {
    let cases = [
        (Some(20), None, "?PageSize=20"),
        (Some(5000), None, "?PageSize=1000"),
        (Some(20), Some(7), "?PageSize=7"),
        (Some(20), Some(200), "?PageSize=20"),
        (None, Some(1000), "?PageSize=1000"),
        (None, None, ""),
    ];
    for (limit, page_size, query) in cases {
        let server = pages(&[&[]]);
        drain(limited(client(&server).fleets().list(), limit, page_size).stream()).await;
        assert_eq!(server.lines(), [format!("GET /v1/Fleets{query}")]);
    }
}

fn limited(mut list: ListFleet, limit: Option<usize>, page_size: Option<usize>) -> ListFleet {
    // The order of the two makes no difference.
    if let Some(limit) = limit {
        list = list.limit(limit);
    }
    if let Some(page_size) = page_size {
        list = list.page_size(page_size);
    }
    list
}

#[tokio::test]
async fn limit_asks_for_no_larger_pages_than_the_list_has() {
    let server = pages(&[&[]]);
    let list = || client(&server).fleets().list().largest_page(5);
    drain(list().limit(20).stream()).await;
    drain(list().limit(20).page_size(4).stream()).await;
    let sizes = ["GET /v1/Fleets?PageSize=5", "GET /v1/Fleets?PageSize=4"];
    assert_eq!(server.lines(), sizes);
}

#[tokio::test]
async fn page_sizes_that_cannot_be_are_not_sent() {
    let server = pages(&[&[]]);
    let list = || client(&server).fleets().list();
    let cases = [
        (
            list().page_size(0),
            "ListFleet: the page size cannot be 0: it must be from 1 to 1000",
        ),
        (
            list().page_size(1001),
            "ListFleet: the page size cannot be 1001: it must be from 1 to 1000",
        ),
        (
            list().largest_page(5).limit(2).page_size(6),
            "ListFleet: the page size cannot be 6: it must be from 1 to 5",
        ),
    ];
    for (list, message) in cases {
        let error = list.await.unwrap_err();
        assert!(matches!(error, Error::PageSize(_)), "{error:?}");
        assert_eq!(error.to_string(), message);
        assert!(!error.is_retryable());
    }
    assert!(server.requests().is_empty());
    // The last page size counts.
    list().page_size(0).page_size(2).await.unwrap();
    assert_eq!(server.lines(), ["GET /v1/Fleets?PageSize=2"]);
}

#[tokio::test]
async fn error_comes_after_the_items_before_it() {
    let url: Arc<OnceLock<String>> = Arc::default();
    let own = Arc::clone(&url);
    let server = Server::start(move |request| match request.target.as_str() {
        "/v1/Fleets" => json(&page(
            &["A", "B"],
            Some(&format!("{}/next", own.get().unwrap())),
        )),
        _ => Reply::new("503 Service Unavailable", &[], "<html>busy</html>"),
    });
    url.set(server.url.clone()).unwrap();
    let (sids, error) = drain(client_without_retries(&server).fleets().list().stream()).await;
    assert_eq!(sids, ["A", "B"]);
    assert_eq!(error.unwrap().status().unwrap(), 503);
    assert_eq!(server.lines(), ["GET /v1/Fleets", "GET /next"]);
}

/// Resuming at the URL loses no item, wherever the stream was dropped.
#[tokio::test]
async fn dropped_stream_resumes_without_loss() {
    let lists: &[&[&str]] = &[&["A", "B"], &["C", "D", "E"], &["F"]];
    // After this many items, the items of the resumed list.
    let rests = ["", "ABCDEF", "CDEF", "CDEF", "CDEF", "F", ""];
    for is_limited in [false, true] {
        for (taken, rest) in rests.iter().enumerate().skip(1) {
            let server = pages(lists);
            let list = || client(&server).fleets().list();
            let mut items = if is_limited {
                list().limit(taken).stream()
            } else {
                list().stream()
            };
            assert_eq!(items.next_page_url(), None);
            for _ in 0..taken {
                next(&mut items).await.unwrap().unwrap();
            }
            let before = items.next_page_url().map(str::to_owned);
            if is_limited {
                assert!(next(&mut items).await.is_none());
                assert_eq!(
                    items.next_page_url(),
                    before.as_deref(),
                    "the end changes nothing"
                );
            }
            let resumed = match before {
                Some(url) => drain(list().resume(url).stream()).await.0.concat(),
                None => String::new(),
            };
            assert_eq!(resumed, *rest, "after {taken}");
        }
    }
}

#[tokio::test]
async fn next_fetches_each_page() {
    let server = pages(&[&["A"], &["B"]]);
    let first = client(&server).fleets().list().await.unwrap();
    assert_eq!(first.items().len(), 1);
    assert_eq!(first.page_size(), Some(50));
    assert_eq!(first.previous_page_url(), None);
    assert_eq!(
        first.next_page_url(),
        Some(format!("{}/v1/Fleets?Page=1", server.url).as_str())
    );
    let second = first.next().await.unwrap().unwrap();
    assert!(second.next().await.unwrap().is_none());
    let sids: Vec<_> = (&first)
        .into_iter()
        .chain(&second)
        .map(|it| it.sid.clone().unwrap())
        .collect();
    assert_eq!(sids, ["A", "B"]);
    assert_eq!(first.clone().into_iter().count(), first.into_items().len());
    // Unlike a stream, a page outlives its client.
    drop(client(&server));
    assert!(!format!("{second:?}").contains("http"), "{second:?}");
}

#[tokio::test]
async fn older_envelope_is_supported() {
    let server = Server::replying([
        json(
            r#"{"first_page_uri": "/x", "next_page_uri": "/2010/Fleets.json?Page=1", "page": 0, "fleets": [{"sid": "A"}]}"#,
        ),
        json(r#"{"fleets": [{"sid": "B"}], "next_page_uri": null, "previous_page_uri": ""}"#),
    ]);
    let (sids, error) = drain(client(&server).fleets().list().stream()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(sids, ["A", "B"]);
    assert_eq!(server.lines()[1], "GET /2010/Fleets.json?Page=1");
}

#[tokio::test]
async fn page_without_a_link_is_the_last() {
    let bodies = [
        r#"{"fleets": []}"#,
        r#"{"fleets": [], "meta": null}"#,
        r#"{"meta": {}, "fleets": []}"#,
        r#"{"fleets": [], "meta": {"next_page_url": "", "page_size": "50"}}"#,
    ];
    for body in bodies {
        let page = client(&Server::replying([json(body)]))
            .fleets()
            .list()
            .await
            .unwrap();
        assert_eq!(page.next_page_url(), None);
    }
}

#[tokio::test]
async fn invalid_page_is_a_decode_error_with_its_path() {
    let cases = [
        (r#"{"meta": {}}"#, ".", "missing field `fleets`"),
        (r#"{"fleets": null}"#, "fleets", "null"),
        (r#"[]"#, ".", "an object with a list `fleets`"),
        (
            r#"{"fleets": [{}, {"data_limit": true}]}"#,
            "fleets[1].data_limit",
            "found a boolean",
        ),
        (r#"{"fleets": [], "meta": 5}"#, "meta", "a number"),
        (
            r#"{"fleets": [], "meta": {"next_page_url": 5}}"#,
            "meta.next_page_url",
            "a number",
        ),
    ];
    for (body, path, message) in cases {
        let error = client(&Server::replying([json(body)]))
            .fleets()
            .list()
            .await
            .unwrap_err();
        let Error::Decode(fault) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(fault.path(), path, "{error}");
        assert!(fault.message().contains(message), "{error}");
    }
}

#[tokio::test]
async fn stream_can_move_into_a_task() {
    let server = pages(&[&["A"], &["B"]]);
    let client: Client = client(&server);
    let task = tokio::spawn(async move { drain(client.fleets().list().stream()).await.0.len() });
    assert_eq!(task.await.unwrap(), 2);
}

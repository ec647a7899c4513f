//! Endless lists, and lists that would starve other tasks.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use twilio_runtime::{
    Body, Error, NextPageProblem, ResponseBody, Transport, TransportFuture, http,
};
use twilio_test_support::Server;

use crate::api::{Client, next};
use crate::server::{client, json};

/// The number of a page in the target of its request.
fn number(target: &str) -> usize {
    let number = target.split_once("Number=");
    number.map_or(0, |(_, number)| number.parse().unwrap())
}

/// Returns the page `number` with this many items, and a link to the next page unless it is the last.
fn page(number: usize, items: usize, is_last: bool) -> String {
    let sids = (0..items).map(|item| serde_json::json!({ "sid": format!("{number}.{item}") }));
    let next = (!is_last).then(|| format!("/v1/Fleets?Number={}", number + 1));
    let meta = serde_json::json!({ "next_page_url": next });
    serde_json::json!({"fleets": sids.collect::<Vec<_>>(), "meta": meta}).to_string()
}

/// Serves endless pages, or pages up to `last`, of which these have an item.
fn serve(has_item: fn(usize) -> bool, last: Option<usize>) -> Server {
    Server::start(move |request| {
        let at = number(&request.target);
        json(&page(at, usize::from(has_item(at)), Some(at) == last))
    })
}

fn assert_empty(error: &Error) {
    let Error::NextPage(refusal) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refusal.problem, NextPageProblem::Empty { pages: 100 });
    let expected =
        "ListFleet: cannot follow the link to a page: the 100 pages before it were empty";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn endless_empty_pages_are_an_error() {
    let server = serve(|_| false, None);
    let list = client(&server).fleets().list();
    let mut items = list.clone().stream();
    assert_empty(&next(&mut items).await.unwrap().unwrap_err());
    assert!(next(&mut items).await.is_none(), "an error ends the stream");
    assert_eq!(server.requests().len(), 100);
    // The caller can resume nevertheless.
    let link = items.next_page_url().unwrap().to_owned();
    assert_eq!(link, "/v1/Fleets?Number=100");
    assert_empty(&list.resume(link).all().await.unwrap_err());
    assert_eq!(number(server.lines().last().unwrap()), 199);
}

#[tokio::test]
async fn item_resets_the_count_of_empty_pages() {
    let server = serve(|at| at % 100 == 99, Some(350));
    let all = client(&server).fleets().list().all().await.unwrap();
    assert_eq!((all.len(), server.requests().len()), (3, 351));
}

#[tokio::test]
async fn list_may_end_with_its_hundredth_empty_page() {
    let server = serve(|_| false, Some(99));
    assert!(
        client(&server)
            .fleets()
            .list()
            .all()
            .await
            .unwrap()
            .is_empty()
    );
    let server = serve(|at| at == 0, Some(101));
    assert_empty(&client(&server).fleets().list().all().await.unwrap_err());
    assert_eq!(server.requests().len(), 101);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_iterators_also_reject_endless_empty_pages() {
    let server = serve(|at| at == 0, None);
    let mut items = client(&server).fleets().list().iter();
    assert!(items.next().unwrap().is_ok());
    assert_empty(&items.next().unwrap().unwrap_err());
    assert!(items.next().is_none());
}

/// Responds to each request at once: this many pages of this many items.
struct AlwaysReady {
    items: usize,
    pages: usize,
}

impl Transport for AlwaysReady {
    fn send(&self, request: http::Request<Body>) -> TransportFuture {
        let at = number(&request.uri().to_string());
        let body = page(at, self.items, at + 1 == self.pages);
        Box::pin(async { Ok(http::Response::new(ResponseBody::from(body))) })
    }
}

fn always_ready(items: usize, pages: usize) -> Client {
    let builder = Client::builder().basic_auth("AC1", "t");
    builder
        .transport(AlwaysReady { items, pages })
        .build()
        .unwrap()
}

/// Returns how often another task of this thread runs during `work`.
async fn turns(work: impl Future<Output = ()>) -> usize {
    let turns = Arc::new(AtomicUsize::new(0));
    let own = Arc::clone(&turns);
    let other = tokio::spawn(async move {
        loop {
            own.fetch_add(1, Ordering::SeqCst);
            tokio::task::yield_now().await;
        }
    });
    work.await;
    other.abort();
    turns.load(Ordering::SeqCst)
}

#[tokio::test]
async fn list_that_is_always_ready_yields_to_other_tasks() {
    for (items, pages) in [(1, 1_000), (1_000, 1)] {
        let client = always_ready(items, pages);
        let all = async {
            let all = client.fleets().list().all().await.unwrap();
            assert_eq!(all.len(), 1_000);
        };
        let turns = turns(all).await;
        assert!(turns >= 5, "{turns} turns in {pages} pages");
    }
}

#[tokio::test]
async fn calls_that_are_always_ready_yield_to_other_tasks() {
    let client = always_ready(0, 1);
    let calls = async {
        for _ in 0..1_000 {
            client.fleets().list().await.unwrap();
        }
    };
    let turns = turns(calls).await;
    assert!(turns >= 5, "{turns}");
}

#[tokio::test]
async fn timeout_ends_a_list_that_is_always_ready() {
    let client = always_ready(1, 1_000_000);
    let all = client.fleets().list().limit(100_000).all();
    let outcome = tokio::time::timeout(Duration::from_millis(50), all).await;
    assert!(outcome.is_err());
}

//! Lists: pages are fetched by the service's links, never from another server, and no more than needed.

mod support;

use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use support::{AUTHORIZATION, Reply, Request, Server, assert_no_secret, client, shown};
use twilio_iot::supersim::v1::{Fleet, ListFleet};
use twilio_iot::{Error, Items, NextPageProblem, PathParameterProblem, RetryPolicy};
use twilio_test_support::Then;

/// Returns a page of fleets that links to `next`.
fn page(sids: &[&str], next: Option<&str>) -> Reply {
    let fleets: Vec<Value> = sids.iter().map(|sid| json!({ "sid": sid })).collect();
    let meta = json!({
        "key": "fleets", "page": 0, "page_size": 50, "url": "u", "first_page_url": "f",
        "previous_page_url": null, "next_page_url": next,
    });
    Reply::json(200, &json!({ "fleets": fleets, "meta": meta }))
}

/// Serves `pages`, each linked to the next by a token in the query.
async fn serve(pages: &'static [&'static [&'static str]]) -> Server {
    Server::start(move |request| {
        let at = page_number(request);
        let next = (at + 1 < pages.len()).then(|| link(request, at + 1));
        page(pages[at], next.as_deref())
    })
}

/// Returns the number of the page that `request` is for, 0 by default.
fn page_number(request: &Request) -> usize {
    let query = request.query().unwrap_or_default();
    let token = query.rsplit_once("PageToken=PA");
    token.map_or(0, |(_, number)| number.parse().expect("a page"))
}

/// Returns a link to page `number` of the server that got `request`.
fn link(request: &Request, number: usize) -> String {
    format!(
        "{}/v1/Fleets?Page={number}&PageToken=PA{number}",
        request.origin()
    )
}

fn fleets(server: &Server) -> ListFleet {
    client(server).supersim().fleets().list()
}

/// Returns the SIDs of a stream, and the error that ends it.
async fn drain(mut items: Items<Fleet>) -> (Vec<String>, Option<Error>) {
    let mut sids = Vec::new();
    let mut last = None;
    while let Some(item) = items.next().await {
        assert!(last.is_none(), "an error is the last item");
        match item {
            Ok(fleet) => sids.push(fleet.sid),
            Err(error) => last = Some(error),
        }
    }
    assert!(items.next().await.is_none(), "an end stays the end");
    (sids, last)
}

/// Returns the SIDs of a stream that ends without an error.
async fn sids(items: Items<Fleet>) -> Vec<String> {
    let (sids, error) = drain(items).await;
    assert!(error.is_none(), "{error:?}");
    sids
}

#[tokio::test]
async fn stream_follows_the_links_of_all_pages() {
    let server = serve(&[&["HF1", "HF2"], &["HF3"], &["HF4"]]).await;
    let list = fleets(&server).network_access_profile("alps").page_size(2);
    assert_eq!(sids(list.stream()).await, ["HF1", "HF2", "HF3", "HF4"]);
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets?NetworkAccessProfile=alps&PageSize=2",
            "GET /v1/Fleets?Page=1&PageToken=PA1",
            "GET /v1/Fleets?Page=2&PageToken=PA2",
        ]
    );
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.body, b"");
    }
}

#[tokio::test]
async fn empty_pages_are_skipped() {
    let server = serve(&[&[], &["HF1"], &[], &[], &["HF2"], &[]]).await;
    assert_eq!(sids(fleets(&server).stream()).await, ["HF1", "HF2"]);
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn empty_list_is_an_empty_stream() {
    let server = serve(&[&[]]).await;
    assert_eq!(sids(fleets(&server).stream()).await, [""; 0]);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn pages_are_requested_lazily() {
    let server = serve(&[&["HF1", "HF2"], &["HF3"]]).await;
    let mut items = fleets(&server).stream();
    assert_eq!(server.requests().len(), 0);
    for (sid, requests) in [("HF1", 1), ("HF2", 1), ("HF3", 2)] {
        let fleet = items.try_next().await.unwrap().unwrap();
        assert_eq!(
            (fleet.sid.as_str(), server.requests().len()),
            (sid, requests)
        );
    }
}

/// A limit, a page size, the resulting items, and the query of each request.
type Limited = (
    usize,
    Option<usize>,
    &'static [&'static str],
    &'static [&'static str],
);

#[tokio::test]
async fn limit_requests_no_more_than_it_needs() {
    const SECOND: &str = "Page=1&PageToken=PA1";
    const THIRD: &str = "Page=2&PageToken=PA2";
    let cases: [Limited; 8] = [
        (0, None, &[], &[]),
        (1, None, &["A"], &["PageSize=1"]),
        (2, None, &["A", "B"], &["PageSize=2"]),
        (3, None, &["A", "B", "C"], &["PageSize=3", SECOND]),
        (4, None, &["A", "B", "C", "D"], &["PageSize=4", SECOND]),
        (
            5,
            Some(2),
            &["A", "B", "C", "D", "E"],
            &["PageSize=2", SECOND, THIRD],
        ),
        (3, Some(500), &["A", "B", "C"], &["PageSize=3", SECOND]),
        (
            5000,
            None,
            &["A", "B", "C", "D", "E"],
            &["PageSize=1000", SECOND, THIRD],
        ),
    ];
    for (limit, page_size, items, queries) in cases {
        let server = serve(&[&["A", "B"], &["C", "D"], &["E"]]).await;
        let mut list = fleets(&server).limit(limit);
        if let Some(page_size) = page_size {
            list = list.page_size(page_size);
        }
        assert_eq!(sids(list.stream()).await, items, "limit {limit}");
        let requests = server.requests();
        let sent: Vec<_> = requests.iter().flat_map(|it| it.query()).collect();
        assert_eq!(sent, queries, "limit {limit}");
    }
}

#[tokio::test]
async fn next_fetches_each_page() {
    let server = serve(&[&["HF1", "HF2"], &["HF3"]]).await;
    let first = fleets(&server).page_size(2).await.unwrap();
    assert_eq!(first.items().len(), 2);
    assert_eq!(first.page_size(), Some(50));
    let link = format!("{}/v1/Fleets?Page=1&PageToken=PA1", server.url);
    assert_eq!(first.next_page_url(), Some(link.as_str()));
    assert_eq!(server.requests().len(), 1);

    let second = first.next().await.unwrap().unwrap();
    assert_eq!(second.next_page_url(), None);
    assert!(second.next().await.unwrap().is_none());
    let sids: Vec<_> = first
        .into_iter()
        .chain(second)
        .map(|fleet| fleet.sid)
        .collect();
    assert_eq!(sids, ["HF1", "HF2", "HF3"]);
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets?PageSize=2",
            "GET /v1/Fleets?Page=1&PageToken=PA1"
        ]
    );
}

#[tokio::test]
async fn link_is_followed_unchanged() {
    let server = Server::start(|request| {
        let again = "PageToken=PA%2fx%20y&Filter=a+b&Page=07";
        let next = format!("{}/v2/Other?{again}", request.origin());
        page(&["HF"], request.query().is_none().then_some(&next))
    });
    assert_eq!(sids(fleets(&server).stream()).await, ["HF", "HF"]);
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets",
            "GET /v2/Other?PageToken=PA%2fx%20y&Filter=a+b&Page=07"
        ]
    );
}

#[tokio::test]
async fn error_of_a_later_page_comes_after_the_items_before_it() {
    let broken = || {
        Reply::json(
            200,
            &json!({"fleets": [{"sid": "HF3"}, {"sid": "HF4", "data_limit": []}]}),
        )
    };
    let failures: [fn() -> Reply; 3] = [
        || {
            Reply::json(
                500,
                &json!({"code": 20500, "message": "Internal Server Error"}),
            )
        },
        broken,
        || page(&["HF3"], None).half().then(Then::Close),
    ];
    for failure in failures {
        let server = Server::start(move |request| match page_number(request) {
            0 => page(&["HF1", "HF2"], Some(&link(request, 1))),
            _ => failure(),
        });
        let list = || fleets(&server).retry_policy(RetryPolicy::off());
        let (sids, error) = drain(list().stream()).await;
        assert_eq!(sids, ["HF1", "HF2"]);
        assert_no_secret(&shown(&error.unwrap()));
        assert_eq!(server.requests().len(), 2);

        let first = list().await.unwrap();
        assert!(first.next().await.is_err());
    }
}

#[tokio::test]
async fn error_of_a_later_page_is_the_services() {
    let server = Server::start(|request| match page_number(request) {
        0 => page(&["HF1"], Some(&link(request, 1))),
        _ => Reply::json(
            500,
            &json!({"code": 20500, "message": "Internal Server Error"}),
        ),
    });
    let (_, error) = drain(fleets(&server).stream()).await;
    let error = error.unwrap();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.code(), Some(20500));
}

/// Serves pages of one fleet, named by the number of the page; `next` returns the successor of each.
async fn serve_numbered(next: impl Fn(usize) -> Option<usize> + Send + 'static) -> Server {
    Server::scripted(move |request| {
        let at = page_number(request);
        let next = next(at).map(|it| link(request, it));
        page(&[&at.to_string()], next.as_deref())
    })
}

/// Returns the requests for the pages `numbers`; the first page (0) has no token.
fn lines_of(numbers: &[usize]) -> Vec<String> {
    let line = |&it: &usize| match it {
        0 => "GET /v1/Fleets".to_owned(),
        it => format!("GET /v1/Fleets?Page={it}&PageToken=PA{it}"),
    };
    numbers.iter().map(line).collect()
}

#[tokio::test]
async fn previous_fetches_the_earlier_page() {
    let server = Server::start(|request| {
        let at = page_number(request);
        let previous = at.checked_sub(1).map(|it| link(request, it));
        let next = (at < 2).then(|| link(request, at + 1));
        let meta = json!({ "previous_page_url": previous, "next_page_url": next });
        let fleets = json!([{ "sid": at.to_string() }]);
        Reply::json(200, &json!({ "fleets": fleets, "meta": meta }))
    });
    let first = fleets(&server).await.unwrap();
    assert!(first.previous().await.unwrap().is_none());
    let second = first.next().await.unwrap().unwrap();
    let third = second.next().await.unwrap().unwrap();
    let back = third.previous().await.unwrap().unwrap();
    assert_eq!(back.items()[0].sid, "1");
    let first = back.previous().await.unwrap().unwrap();
    assert!(first.previous().await.unwrap().is_none());
    let mut lines = lines_of(&[0, 1, 2, 1]);
    lines.push("GET /v1/Fleets?Page=0&PageToken=PA0".to_owned());
    assert_eq!(server.lines(), lines);
}

#[tokio::test]
async fn previous_page_on_another_server_is_rejected() {
    let other = Server::replying([]);
    let elsewhere = &other.url;
    let links = [
        format!("{elsewhere}/v1/Fleets?PageToken=PA1"),
        elsewhere.replace("http:", "https:"),
        elsewhere.replace("127.0.0.1", "mallory:hunter2@127.0.0.1"),
    ];
    for link in links {
        let meta = json!({ "previous_page_url": link });
        let reply = Reply::json(200, &json!({ "fleets": [], "meta": meta }));
        let server = Server::replying([reply]);
        let page = fleets(&server).await.unwrap();
        assert_next_page_error(page.previous().await.err(), &link);
        assert_eq!(server.requests().len(), 1);
    }
    assert_eq!(other.lines(), [""; 0], "credentials went astray");
}

#[tokio::test]
async fn all_collects_every_item() {
    let cases: [(Option<usize>, &[&str], usize); 6] = [
        (None, &["A", "B", "C", "D"], 3),
        (Some(0), &[], 0),
        (Some(1), &["A"], 1),
        (Some(2), &["A", "B"], 1),
        (Some(3), &["A", "B", "C"], 2),
        (Some(9), &["A", "B", "C", "D"], 3),
    ];
    for (limit, expected, requests) in cases {
        let server = serve(&[&["A", "B"], &["C"], &["D"]]).await;
        let mut list = fleets(&server);
        if let Some(limit) = limit {
            list = list.limit(limit);
        }
        let all = list.all();
        assert_eq!(server.requests().len(), 0, "nothing is sent before a poll");
        let all = tokio::spawn(all).await.unwrap().unwrap();
        let sids: Vec<_> = all.into_iter().map(|it| it.sid).collect();
        assert_eq!(sids, expected, "limit {limit:?}");
        assert_eq!(server.requests().len(), requests, "limit {limit:?}");
    }
}

/// The successor of each page, and the pages that are requested.
type Loop = (fn(usize) -> usize, &'static [usize]);

#[tokio::test]
async fn loop_ends_with_an_error() {
    let loops: [Loop; 5] = [
        (|_| 1, &[0, 1]),
        (|at| [1, 2, 2][at], &[0, 1, 2]),
        (|at| [1, 2, 1][at], &[0, 1, 2]),
        (|at| [1, 2, 3, 1][at], &[0, 1, 2, 3]),
        (|at| [1, 2, 3, 4, 2][at], &[0, 1, 2, 3, 4]),
    ];
    for (next, asked) in loops {
        let server = serve_numbered(move |at| Some(next(at))).await;
        let (sids, error) = drain(fleets(&server).stream()).await;
        assert_eq!(sids.len(), asked.len());
        assert_loop(error);
        assert_eq!(server.lines(), lines_of(asked));

        assert_loop(fleets(&server).all().await.err());
        assert_eq!(server.lines(), [lines_of(asked), lines_of(asked)].concat());
    }
}

#[tokio::test]
async fn first_page_that_links_to_itself_is_a_loop() {
    let server = Server::start(|request| {
        let own = format!("{}{}", request.origin(), request.path());
        page(&["HF1"], Some(&own))
    });
    let (sids, error) = drain(fleets(&server).stream()).await;
    assert_eq!(sids, ["HF1"]);
    assert_loop(error);
    assert_loop(fleets(&server).await.unwrap().next().await.err());
    assert_eq!(server.lines(), ["GET /v1/Fleets"; 2]);
}

#[track_caller]
fn assert_loop(error: Option<Error>) {
    match &error {
        Some(Error::NextPage(refusal)) => assert_eq!(refusal.problem, NextPageProblem::Loop),
        other => panic!("{other:?}"),
    }
    assert_next_page_error(error, "a loop");
}

#[tokio::test]
async fn endless_pages_are_not_a_loop() {
    let server = serve_numbered(|at| Some(at + 1)).await;
    let limited = fleets(&server).limit(300);
    assert_eq!(sids(limited.stream()).await.len(), 300);
    assert_eq!(server.requests().len(), 300);
}

#[tokio::test]
async fn list_resumes_at_a_saved_link() {
    let server = serve_numbered(|at| (at < 3).then_some(at + 1)).await;
    let second = fleets(&server).await.unwrap().next().await.unwrap();
    let saved = second.unwrap().next_page_url().unwrap().to_owned();

    let resumed = || fleets(&server).page_size(2).resume(&saved);
    assert_eq!(sids(resumed().stream()).await, ["2", "3"]);
    assert_eq!(sids(resumed().limit(1).stream()).await, ["2"]);
    assert_eq!(resumed().limit(0).all().await.unwrap().len(), 0);
    assert_eq!(resumed().all().await.unwrap().len(), 2);
    assert_eq!(resumed().await.unwrap().items().len(), 1);
    assert_eq!(server.lines(), lines_of(&[0, 1, 2, 3, 2, 2, 3, 2]));
    for request in server.requests() {
        assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
    }
}

#[tokio::test]
async fn saved_link_to_another_server_is_rejected() {
    let (server, other) = (Server::replying([]), Server::replying([]));
    let own = &server.url;
    let links = [
        format!("{}/v1/Fleets?PageToken=PA1", other.url),
        format!("{}/v1/Fleets?PageToken=PA1", own.replace("http:", "https:")),
        own.replace("127.0.0.1", "localhost"),
        own.replace("127.0.0.1", "mallory:hunter2@127.0.0.1"),
        own.replace("127.0.0.1", "mallory@127.0.0.1"),
        "https://supersim.twilio.com/v1/Fleets?PageToken=PA1".to_owned(),
        "/\\evil.example/v1".to_owned(),
        "http://[::1/v1/Fleets".to_owned(),
        String::new(),
    ];
    for link in links {
        let list = || fleets(&server).resume(&link);
        assert_next_page_error(list().await.err(), &link);
        assert_next_page_error(list().all().await.err(), &link);
        let (sids, error) = drain(list().stream()).await;
        assert_eq!(sids, [""; 0]);
        assert_next_page_error(error, &link);
    }
    assert_eq!(server.lines(), [""; 0]);
    assert_eq!(other.lines(), [""; 0], "credentials went astray");
}

#[tokio::test]
async fn resumed_list_still_checks_its_path() {
    let server = Server::replying([]);
    for (sid, problem) in [
        ("", PathParameterProblem::Empty),
        ("..", PathParameterProblem::DotSegment),
    ] {
        let periods = client(&server).supersim().sim(sid).billing_periods();
        let list = periods.list().resume(format!("{}/v1/x", server.url));
        match list.await {
            Err(Error::PathParameter(error)) => assert_eq!(error.problem, problem),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}

/// Checks that a page with the link `next` yields its items and then an error, without another request.
///
/// `{host}` in the link is the server of the page.
async fn assert_not_followed(next: &str) {
    let (link, mut pages_left) = (next.to_owned(), 2);
    let server = Server::scripted(move |request| {
        if pages_left == 0 {
            return Reply::unplanned();
        }
        pages_left -= 1;
        let host = request.header("host").expect("a host");
        page(&["HF1"], Some(&link.replace("{host}", host)))
    });
    let (sids, error) = drain(fleets(&server).stream()).await;
    assert_eq!(sids, ["HF1"], "{next}");
    assert_next_page_error(error, next);
    let error = fleets(&server).await.expect("a page").next().await.err();
    assert_next_page_error(error, next);
    assert_eq!(server.lines(), ["GET /v1/Fleets"; 2], "{next}");
}

#[track_caller]
fn assert_next_page_error(error: Option<Error>, link: &str) {
    let Some(error) = error else {
        panic!("{link} was followed");
    };
    let Error::NextPage(refusal) = &error else {
        panic!("{link}: {error:?}");
    };
    assert_eq!(refusal.operation, "ListFleet");
    let text = shown(&error);
    assert_no_secret(&text);
    for private in ["mallory", "hunter2", "PageToken", "/v1"] {
        assert!(!text.contains(private), "`{private}` is shown: {text}");
    }
}

#[tokio::test]
async fn link_to_another_server_is_rejected() {
    let other = Server::replying([]);
    let elsewhere = &other.url;
    let links = [
        format!("{elsewhere}/v1/Fleets?PageToken=PA1"),
        format!("{}/v1/Fleets?PageToken=PA1", elsewhere.replace("http:", "")),
        format!("{}/v1/Fleets", elsewhere.replace("127.0.0.1", "localhost")),
        format!(
            "{}/v1/Fleets",
            elsewhere.replace("127.0.0.1", "mallory:hunter2@127.0.0.1")
        ),
        format!("{}/v1/Fleets", elsewhere.replace("http:", "https:")),
        format!("{}/v1/Fleets", elsewhere.replace("http://", "http:\\\\")),
        format!(
            "http://{{host}}@{}/v1/Fleets",
            elsewhere.replace("http://", "")
        ),
    ];
    for link in &links {
        assert_not_followed(link).await;
    }
    assert_eq!(other.lines(), [""; 0], "credentials went astray");
}

#[tokio::test]
async fn link_with_another_origin_or_userinfo_is_rejected() {
    let links = [
        "https://{host}/v1/Fleets",
        "ftp://{host}/v1/Fleets",
        "http://mallory:hunter2@{host}/v1/Fleets?PageToken=PA1",
        "http://mallory@{host}/v1/Fleets",
        "http://:hunter2@{host}/v1/Fleets",
        "http://localhost/v1/Fleets",
        "http://{host}.evil.example/v1/Fleets",
        "https://supersim.twilio.com/v1/Fleets?PageToken=PA1",
        "file:///v1/Fleets",
        "data:application/json,{}",
        "http://",
        "http://[::1/v1/Fleets",
    ];
    for link in links {
        assert_not_followed(link).await;
    }
}

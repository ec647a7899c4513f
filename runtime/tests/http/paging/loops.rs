//! Pagination loops.

use super::*;

/// Checks that `error` is a detected loop, and contains no part of a query.
fn assert_loop(error: &Error) {
    let Error::NextPage(refusal) = error else {
        panic!("{error:?}")
    };
    assert_eq!(refusal.operation, "ListFleet");
    assert_eq!(refusal.problem, NextPageProblem::Loop);
    let text = format!("{error} {error:?}");
    assert!(
        !text.contains("hunter") && !text.contains("Page="),
        "{text}"
    );
}

/// The successor of each page, and the number of pages.
type Loop = (fn(usize) -> usize, usize);

#[tokio::test]
async fn loop_is_an_error_after_the_last_new_page() {
    let loops: [Loop; 6] = [
        (|_| 1, 2),
        (|at| if at == 3 { 3 } else { at + 1 }, 4),
        (|at| if at == 2 { 1 } else { at + 1 }, 3),
        (|at| if at == 3 { 1 } else { at + 1 }, 4),
        (|at| if at == 9 { 7 } else { at + 1 }, 10),
        (|at| if at == 99 { 1 } else { at + 1 }, 100),
    ];
    for (index, (next, pages)) in loops.into_iter().enumerate() {
        let server = numbered(move |at| (None, Some(next(at))));
        let client = client(&server);
        let (sids, error) = drain(client.fleets().list().stream()).await;
        let expected: Vec<_> = (0..pages).map(|it| it.to_string()).collect();
        assert_eq!(sids, expected, "loop {index}");
        assert_loop(&error.unwrap());
        assert_eq!(server.requests().len(), pages, "loop {index}");

        assert_loop(&client.fleets().list().all().await.unwrap_err());
        assert_eq!(server.requests().len(), 2 * pages, "loop {index}");
        let within = client.fleets().list().limit(pages).all().await.unwrap();
        assert_eq!(within.len(), pages, "loop {index}");
        assert_eq!(server.requests().len(), 3 * pages, "loop {index}");
    }
}

#[tokio::test]
async fn loop_to_the_first_page_is_detected() {
    for link in ["SELF/v1/Fleets", "/v1/Fleets", "#top", "?"] {
        let server = linked(link);
        let (sids, error) = drain(client(&server).fleets().list().stream()).await;
        // A lone `?` makes another URL, once.
        let pages = if link == "?" { 2 } else { 1 };
        assert_eq!(sids.len(), pages, "{link}");
        assert_loop(&error.unwrap());
        assert_eq!(server.requests().len(), pages, "{link}");
    }
}

#[tokio::test]
async fn page_that_links_to_itself_is_an_error() {
    let server = numbered(|_| (Some(1), Some(1)));
    let first = client(&server).fleets().list().await.unwrap();
    let second = first.next().await.unwrap().unwrap();
    assert_loop(&second.next().await.unwrap_err());
    assert_loop(&second.previous().await.unwrap_err());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn list_without_a_loop_may_be_endless() {
    let server = numbered(|at| (None, Some(at + 1)));
    let list = client(&server).fleets().list();
    assert_eq!(list.limit(500).all().await.unwrap().len(), 500);
    assert_eq!(server.requests().len(), 500);
}

#[tokio::test]
async fn loop_is_detected_after_resuming() {
    let server = numbered(|at| (None, Some(if at == 3 { 2 } else { at + 1 })));
    let list = client(&server).fleets().list();
    let (sids, error) = drain(list.resume("/v1/Fleets?hunter3&Page=2").stream()).await;
    assert_eq!(sids, ["2", "3"]);
    assert_loop(&error.unwrap());
    assert_eq!(server.requests().len(), 2);
}

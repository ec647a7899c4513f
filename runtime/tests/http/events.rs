//! Streams that are read event by event and line by line.

use std::time::Duration;

use twilio_runtime::Error;
use twilio_test_support::{Reply, Server, Then};

use crate::streams::{DOWNLOAD, builder, call, download};

#[tokio::test]
async fn events_are_read_as_they_arrive() {
    let text = "id: 1\r\nevent: scan\r\ndata: {\"at\": 7}\r\n\r\ndata: b\n\ndata: cut off";
    let server = Server::replying([Reply::new(
        "200 OK",
        &["Content-Type: text/event-stream"],
        text,
    )]);
    let mut answer = download(&server.url).await.unwrap();
    let event = answer.event().await.unwrap().unwrap();
    assert_eq!(
        (event.event.as_str(), event.id.as_deref()),
        ("scan", Some("1"))
    );
    let place: std::collections::BTreeMap<String, u8> = event.json().unwrap();
    assert_eq!(place["at"], 7);
    let event = answer.event().await.unwrap().unwrap();
    assert_eq!(
        (event.event.as_str(), event.data.as_str()),
        ("message", "b")
    );
    assert_eq!(answer.event().await.unwrap(), None);

    let pieces = Then::Repeat {
        piece: b"9\r\ndata: a\n\n\r\n",
        times: 2,
        pause: Duration::from_millis(1),
    };
    let open = Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").then(pieces);
    let server = Server::replying([open]);
    let mut answer = download(&server.url).await.unwrap();
    for _ in 0..2 {
        assert_eq!(answer.event().await.unwrap().unwrap().data, "a");
    }
    // The connection closed without the last chunk.
    assert!(matches!(answer.event().await, Err(Error::Transport(_))));
    assert_eq!(answer.event().await.unwrap(), None);
}

#[tokio::test]
async fn lines_are_read_up_to_the_size_limit() {
    let server = Server::start(|_| Reply::new("200 OK", &[], "{}\n\n{\"a\":1}"));
    let mut answer = download(&server.url).await.unwrap();
    let mut lines = Vec::new();
    while let Some(line) = answer.line().await.unwrap() {
        lines.push(line);
    }
    assert_eq!(lines, ["{}", "", "{\"a\":1}"]);

    let long = format!("data: a\ndata: {}\n\n", "b".repeat(100));
    let server = Server::start(move |_| Reply::new("200 OK", &[], &long));
    for (limit, is_enough) in [(110, true), (100, false), (50, false)] {
        let client = builder(&server.url).max_body_size(limit).build().unwrap();
        let answer = call(&client, &DOWNLOAD).send_stream().await;
        match answer.unwrap().event().await {
            Ok(Some(event)) => assert!(is_enough && event.data.len() == 102, "{limit}"),
            Err(Error::BodyTooLarge(error)) => assert!(!is_enough && error.limit == limit),
            other => panic!("{limit}: {other:?}"),
        }
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_programs_have_events() {
    let server = Server::replying([Reply::new("200 OK", &[], "data: a\n\ndata: b\n\n")]);
    let call = call(&builder(&server.url).build().unwrap(), &DOWNLOAD);
    let mut events = call.send_stream().wait().unwrap().into_reader();
    let mut data = Vec::new();
    while let Some(event) = events.event().unwrap() {
        data.push(event.data);
    }
    assert_eq!(data, ["a", "b"]);
}

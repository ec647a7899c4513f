//! Links to other pages: saved links, links to other origins, and that links are followed unchanged.

use super::*;

#[tokio::test]
async fn previous_fetches_the_earlier_page() {
    let server = numbered(|at| (at.checked_sub(1), (at < 2).then_some(at + 1)));
    let first = client(&server).fleets().list().await.unwrap();
    assert!(first.previous().await.unwrap().is_none());
    drop(first.previous());
    let second = first.next().await.unwrap().unwrap();
    drop(second.previous());
    assert_eq!(server.requests().len(), 2, "nothing is sent before a poll");
    let again = second.previous().await.unwrap().unwrap();
    assert_eq!(again.items(), first.items());
    assert_eq!(
        server.lines(),
        [
            "GET /v1/Fleets",
            "GET /v1/Fleets?hunter3&Page=1",
            "GET /v1/Fleets?hunter3&Page=0"
        ]
    );
}

#[tokio::test]
async fn previous_page_on_another_origin_is_rejected() {
    let other = Server::replying([]);
    let links = [
        format!("{}/v1/Fleets?hunter3", other.url),
        other.url.replace("http:", "https:"),
        other.url.replace("http://", "http://mallory:hunter3@"),
        "http://[".to_owned(),
    ];
    for link in links {
        let meta = serde_json::json!({"previous_page_url": link});
        let body = serde_json::json!({"fleets": [], "meta": meta}).to_string();
        let server = Server::replying([json(&body)]);
        let page = client(&server).fleets().list().await.unwrap();
        let error = page.previous().await.unwrap_err();
        assert!(matches!(error, Error::NextPage(_)), "{error:?}");
        assert!(
            !format!("{error} {error:?}").contains("hunter"),
            "{error:?}"
        );
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn list_resumes_at_a_saved_link() {
    let server = numbered(|at| (None, (at < 3).then_some(at + 1)));
    let client = client(&server);
    let first = client.fleets().list().await.unwrap();
    let second = first.next().await.unwrap().unwrap();
    let saved = second.next_page_url().unwrap().to_owned();
    let resumed = || {
        let list = client.fleets().list().status("new").page_size(7);
        list.request_header("t1").resume(&saved)
    };
    let page = "GET /v1/Fleets?hunter3&Page=";

    let (sids, error) = drain(resumed().stream()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(sids, ["2", "3"]);
    assert_eq!(
        server.lines()[2..],
        [format!("{page}2"), format!("{page}3")]
    );
    for request in &server.requests()[2..] {
        assert!(request.header("authorization").is_some());
        assert_eq!(request.header("x-trace"), Some("t1"));
    }

    assert_eq!(resumed().limit(1).all().await.unwrap().len(), 1);
    assert_eq!(server.lines()[4..], [format!("{page}2")]);
    assert_eq!(resumed().limit(0).all().await.unwrap().len(), 0);
    assert_eq!(server.requests().len(), 5);

    let third = resumed().send().await.unwrap().into_body();
    assert_eq!(third.items()[0].sid.as_deref(), Some("2"));
    assert!(third.next().await.unwrap().is_some());
    assert_eq!(
        server.lines()[5..],
        [format!("{page}2"), format!("{page}3")]
    );
    assert!(!format!("{:?}", resumed()).contains("hunter"));
}

#[tokio::test]
async fn saved_link_is_requested_unchanged() {
    let server = linked("SELF/last");
    let client = client(&server);
    let links = [
        format!("{}/elsewhere?PageToken=PA%2f1+2&x=%7e", server.url),
        "/elsewhere?PageToken=PA%2f1+2&x=%7e".to_owned(),
    ];
    for link in links {
        client.fleets().list().limit(5).resume(link).await.unwrap();
    }
    assert_eq!(
        server.lines(),
        ["GET /elsewhere?PageToken=PA%2f1+2&x=%7e"; 2]
    );
}

#[tokio::test]
async fn saved_link_to_another_origin_is_rejected() {
    let (server, other) = (Server::replying([]), Server::replying([]));
    let own = server.url.as_str();
    let links = [
        format!("{}/v1/Fleets?Page=1&secret=hunter3", other.url),
        other.url.replace("http://", "//"),
        own.replace("127.0.0.1", "localhost"),
        own.replace("http:", "https:"),
        own.replace("http:", "ftp:"),
        own.replace("http://", "http://mallory:hunter3@"),
        own.replace("http://", "http://mallory@"),
        own.replace("http://", "http://:hunter3@"),
        format!("http://127.0.0.1@{}/", other.url.replace("http://", "")),
        "https://supersim.twilio.com/v1/Fleets?Page=1".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://[".to_owned(),
        String::new(),
        " ".to_owned(),
    ];
    for link in links {
        let list = || client(&server).fleets().list().resume(&link);
        let errors = [
            list().await.unwrap_err(),
            list().send().await.unwrap_err(),
            list().all().await.unwrap_err(),
            drain(list().limit(3).stream()).await.1.unwrap(),
        ];
        for error in errors {
            assert!(matches!(error, Error::NextPage(_)), "{link}: {error:?}");
            let text = format!("{error} {error:?}");
            assert!(
                !text.contains("hunter") && !text.contains("mallory"),
                "{text}"
            );
        }
    }
    assert!(server.requests().is_empty());
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn link_is_followed_unchanged() {
    let server = linked("SELF/elsewhere?PageToken=PA%2f1+2&x=%7e");
    let first = client(&server).fleets().list().page_size(1).await.unwrap();
    first.next().await.unwrap().unwrap();
    assert_eq!(server.lines()[1], "GET /elsewhere?PageToken=PA%2f1+2&x=%7e");
}

#[tokio::test]
async fn link_to_another_origin_is_rejected() {
    let other = Server::replying([]);
    let links = [
        format!("{}/v1/Fleets?Page=1&secret=hunter3", other.url),
        other.url.replace("http://", "http://mallory:hunter3@"),
        other.url.replace("http://", "//"),
        other.url.replace("http://", "https://"),
        "https://supersim.twilio.com/v1/Fleets".to_owned(),
        "http://[".to_owned(),
    ];
    for link in links {
        let server = linked(&link);
        let (sids, error) = drain(client(&server).fleets().list().stream()).await;
        let error = error.unwrap();
        assert_eq!(sids, ["HF1"]);
        assert!(matches!(error, Error::NextPage(_)), "{error:?}");
        assert!(
            !format!("{error} {error:?}").contains("hunter3"),
            "{error:?}"
        );
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
    let server = linked("SELF");
    let with_user = server.url.replace("http://", "http://mallory:hunter3@");
    let error = drain(client(&linked(&with_user)).fleets().list().stream())
        .await
        .1
        .unwrap();
    assert!(matches!(error, Error::NextPage(_)), "{error:?}");
}

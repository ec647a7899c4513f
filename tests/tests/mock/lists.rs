//! Lists and their pages.

use super::*;

#[tokio::test]
async fn lists_are_paged() {
    let mock = Mock::new();
    let client: Client = mock.client();
    let sims: Vec<supersim::Sim> = (0..5)
        .map(|number| {
            let mut sim = example::<FetchSim>();
            sim.sid = format!("HS{number}");
            sim
        })
        .collect();
    mock.on::<ListSim>().answer(sims.clone()).answer([]);

    let list = || client.supersim().sims().list().fleet("a&b c").page_size(2);
    let streamed: Vec<supersim::Sim> = list().stream().try_collect().await.unwrap();
    assert_eq!(streamed, sims);
    let requests = mock.requests_of::<ListSim>();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(
            (request.query("Fleet"), request.query("PageSize")),
            (Some("a&b c"), Some("2"))
        );
    }
    assert_eq!(requests[2].query("Page"), Some("2"));
    // One list takes one response; the next takes another.
    assert!(list().all().await.unwrap().is_empty());
}

#[tokio::test]
async fn pages_link_in_both_directions_on_any_origin() {
    let mock = Mock::new();
    mock.on::<ListSim>()
        .answer(vec![example::<FetchSim>(); 120]);
    for base_url in [
        "https://proxy.example.com:8443/twilio",
        "http://127.0.0.1:9",
    ] {
        let client = Client::builder()
            .basic_auth("AC1", "token")
            .base_url(base_url);
        let client = client.transport(mock.clone()).build().unwrap();
        let first = client.supersim().sims().list().await.unwrap();
        assert_eq!((first.items().len(), first.page_size()), (50, Some(50)));
        assert!(first.previous_page_url().is_none());
        assert!(first.next_page_url().unwrap().starts_with(base_url));
        let second = first.next().await.unwrap().unwrap();
        let third = second.next().await.unwrap().unwrap();
        assert_eq!((third.items().len(), third.next_page_url()), (20, None));
        let back = third.previous().await.unwrap().unwrap();
        assert_eq!(back.next_page_url(), second.next_page_url());
        let link = second.next_page_url().unwrap();
        let resumed = client.supersim().sims().list().resume(link).await.unwrap();
        assert_eq!(resumed.items().len(), 20);
    }
    assert_eq!(
        client_of(&mock)
            .supersim()
            .sims()
            .list()
            .limit(60)
            .all()
            .await
            .unwrap()
            .len(),
        60
    );
}

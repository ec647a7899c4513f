//! What a client is told of the tools.

use super::Session;
use super::support::Server;

#[tokio::test]
async fn every_operation_is_a_tool() {
    let server = Server::replying([]).await;
    let session = Session::start(&server, &[]).await;
    let info = session.client.peer_info().unwrap();
    let server_info = info.server_info.as_ref().unwrap();
    assert_eq!(server_info.name, "twilio-iot");
    let tools = session.tools().await;
    assert_eq!(tools.len(), 47);
    assert_eq!(session.end().await, "");
    assert!(server.requests().is_empty());
}

/// Four characters are about a token.
#[tokio::test]
async fn the_list_of_tools_leaves_room_in_a_context() {
    let server = Server::replying([]).await;
    let session = Session::start(&server, &[]).await;
    let size = serde_json::to_string(&session.tools().await).unwrap().len();
    println!("the list of 47 tools has {size} characters");
    assert!(size < 60_000, "{size}");
}

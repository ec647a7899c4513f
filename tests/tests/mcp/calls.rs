//! What calls send, and what comes of the answers.

use serde_json::json;

use super::Session;
use super::support::{Reply, Server};

#[tokio::test]
async fn an_object_is_read() {
    let sim =
        json!({"sid": "HS1", "unique_name": "van-07", "status": "active", "iccid": "89880000"});
    let server = Server::start(move |_| Reply::json(200, &sim)).await;
    let session = Session::start(&server, &[]).await;
    let answer = session
        .call("supersim_sim_fetch", json!({"sim_sid": "HS1"}))
        .await;
    assert_eq!(answer.object["status"], "active");
    assert!(answer.text.contains("status: active"), "{}", answer.text);
    assert_eq!(server.lines(), ["GET /v1/Sims/HS1"]);
    assert_eq!(session.end().await, "");
}

#[tokio::test]
async fn what_the_service_refuses_is_an_error_of_the_tool() {
    let body = json!({"code": 20404, "message": "The SIM was not found", "status": 404,
        "more_info": "https://www.twilio.com/docs/errors/20404"});
    let reply = Reply::json(404, &body).header("Twilio-Request-Id", "RQ17");
    let server = Server::replying([reply]).await;
    let session = Session::start(&server, &[]).await;
    let answer = session
        .fail("supersim_sim_fetch", json!({"sim_sid": "HS9"}))
        .await;
    assert_eq!(
        answer.text,
        "FetchSim: 404 Not Found: The SIM was not found (code 20404, request RQ17); see \
         https://www.twilio.com/docs/errors/20404"
    );
    let error = &answer.object["error"];
    assert_eq!(
        (&error["code"], &error["request_id"]),
        (&json!(20404), &json!("RQ17"))
    );
}

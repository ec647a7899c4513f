//! What a client is told of the tools.

use rmcp::ServiceError;
use rmcp::model::{ErrorCode, Tool};
use serde_json::{Value, json};

use super::support::{ACCOUNT, Server, TOKEN};
use super::{Session, program, program_of};

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

fn named<'t>(tools: &'t [Tool], name: &str) -> &'t Tool {
    tools.iter().find(|it| it.name == name).unwrap()
}

#[tokio::test]
async fn a_tool_says_what_it_takes() {
    let server = Server::replying([]).await;
    let session = Session::start(&server, &[]).await;
    let tools = session.tools().await;
    let tool = named(&tools, "supersim_esim_profiles_create");
    assert_eq!(
        tool.title.as_deref(),
        Some("Super SIM: Orders an eSIM profile")
    );
    let description = tool.description.as_deref().unwrap();
    assert!(
        description.starts_with("Orders an eSIM profile. Give the `Eid`"),
        "{description}"
    );
    let schema = tool.schema_as_json_value();
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], Value::Null);
    let properties = &schema["properties"];
    assert_eq!(properties["generate_matching_id"]["type"], "boolean");
    assert_eq!(
        properties["callback_method"]["enum"],
        json!(["GET", "POST"])
    );
    assert_eq!(properties["eid"]["type"], "string");
    assert_eq!(tool.output_schema, None);

    let list = named(&tools, "supersim_sim_billing_periods_list").schema_as_json_value();
    assert_eq!(list["required"], json!(["sim_sid"]));
    let mut names: Vec<&String> = list["properties"].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["limit", "next", "sim_sid"]);
    let limit = json!({"type": "integer", "minimum": 1, "default": 20});
    assert_eq!(list["properties"]["limit"], limit);

    let repeated = named(&tools, "wireless_rate_plans_create").schema_as_json_value();
    let roaming = &repeated["properties"]["international_roaming"];
    assert_eq!(roaming["type"], "array");
    assert_eq!(roaming["items"]["type"], "string");
}

/// What a tool says of itself, by the method and the verb of its operation.
#[tokio::test]
async fn a_tool_says_what_it_does_to_data() {
    let server = Server::replying([]).await;
    let session = Session::start(&server, &[]).await;
    for tool in session.tools().await {
        let said = serde_json::to_value(&tool.annotations).unwrap();
        let verb = tool.name.rsplit('_').next().unwrap();
        let expected = match verb {
            "list" | "fetch" => json!({"readOnlyHint": true, "openWorldHint": true}),
            "create" => {
                json!({"readOnlyHint": false, "destructiveHint": false, "openWorldHint": true})
            }
            "update" => {
                json!({"readOnlyHint": false, "destructiveHint": true, "openWorldHint": true})
            }
            "delete" => json!({"readOnlyHint": false, "destructiveHint": true,
                "idempotentHint": true, "openWorldHint": true}),
            other => panic!("{other}"),
        };
        assert_eq!(said, expected, "{}", tool.name);
    }
}

#[tokio::test]
async fn what_is_left_out_cannot_be_called() {
    for (arguments, count, hidden) in [
        (&["--read-only"][..], 29, "supersim_fleets_create"),
        (
            &["--only", "supersim_sims_list,FetchFleet"],
            2,
            "supersim_sim_fetch",
        ),
        (&["--products", "wireless"], 16, "supersim_sim_fetch"),
        (
            &["--products", "wireless", "--read-only"],
            9,
            "wireless_sim_delete",
        ),
        (
            &["--only", "FetchSim", "--products", "supersim"],
            1,
            "wireless_sim_fetch",
        ),
    ] {
        let server = Server::replying([]).await;
        let session = Session::start(&server, arguments).await;
        let tools = session.tools().await;
        assert_eq!(tools.len(), count, "{arguments:?}");
        assert!(tools.iter().all(|it| it.name != hidden));
        let call = session
            .try_call(
                hidden,
                json!({"sim_sid": "HS1", "network_access_profile": "HA1"}),
            )
            .await;
        let Err(ServiceError::McpError(error)) = call else {
            panic!("{call:?}");
        };
        assert_eq!(error.code, ErrorCode::INVALID_PARAMS);
        assert!(error.message.contains(hidden), "{}", error.message);
        assert!(server.requests().is_empty(), "{arguments:?}");
    }
}

#[tokio::test]
async fn an_unknown_tool_is_an_error_of_the_protocol() {
    let server = Server::replying([]).await;
    let session = Session::start(&server, &[]).await;
    let call = session.try_call("supersim_sims_fetch", json!({})).await;
    let Err(ServiceError::McpError(error)) = call else {
        panic!("{call:?}");
    };
    assert_eq!(error.code, ErrorCode::INVALID_PARAMS);
    assert_eq!(
        error.message,
        "unknown tool `supersim_sims_fetch`; did you mean `supersim_sim_fetch`?"
    );
}

/// Runs a process that is expected to end at once, and returns its status and what it told people.
async fn refused(mut command: tokio::process::Command) -> (Option<i32>, String) {
    let output = command.output().await.unwrap();
    assert_eq!(output.stdout, b"");
    let told = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), told)
}

#[tokio::test]
async fn options_that_cannot_be_are_refused_at_the_start() {
    let server = Server::replying([]).await;
    for (arguments, problem) in [
        (
            &["--only", "supersim_sim_fetsch"][..],
            "--only: no operation is called `supersim_sim_fetsch`; did you mean `supersim_sim_fetch`?",
        ),
        (
            &["--products", "voice"],
            "--products: no product is called `voice`; there are: supersim, wireless",
        ),
        (
            &["--only", "CreateFleet", "--read-only"],
            "no operation is left to offer",
        ),
        (&["--dry-run"], "`mcp` does not take --dry-run"),
        (&["-o", "json"], "`mcp` does not take --output"),
    ] {
        let (status, told) = refused(program_of(&server, arguments)).await;
        assert_eq!((status, told), (Some(2), format!("error: {problem}\n")));
    }
}

/// Whoever sets the server up is there then, and can mend it; a model could not.
#[tokio::test]
async fn without_credentials_it_does_not_start() {
    let (status, told) = refused(program(&[])).await;
    assert_eq!(status, Some(3));
    assert!(told.starts_with("error: not signed in: "), "{told}");
    assert!(told.contains("TWILIO_ACCOUNT_SID"), "{told}");
}

#[tokio::test]
async fn nothing_but_the_protocol_is_written() {
    use tokio::io::AsyncWriteExt as _;

    let server = Server::replying([]).await;
    let mut process = program_of(&server, &["--verbose"]).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}});
    let begun = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let call = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": "supersim_sim_fetch", "arguments": {"sim_sid": "HS1"}}});
    for line in [
        hello.to_string(),
        begun.to_string(),
        "no JSON".to_owned(),
        call.to_string(),
    ] {
        input
            .write_all(format!("{line}\n").as_bytes())
            .await
            .unwrap();
    }
    drop(input);
    let output = process.wait_with_output().await.unwrap();
    assert_eq!(output.status.code(), Some(0));
    let lines = String::from_utf8(output.stdout).unwrap();
    let messages: Vec<Value> = lines
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert!(messages.iter().all(|it| it["jsonrpc"] == "2.0"), "{lines}");
    assert_eq!(messages[1]["result"]["isError"], true, "{lines}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.starts_with("GET 127.0.0.1/v1/Sims/{Sid}: 500 "),
        "{told}"
    );
    for secret in [ACCOUNT, TOKEN] {
        assert!(!lines.contains(secret) && !told.contains(secret));
    }
}

#[tokio::test]
async fn the_end_of_the_input_is_the_end() {
    let server = Server::replying([]).await;
    let (status, told) = refused({
        let mut command = program_of(&server, &[]);
        command.stdin(std::process::Stdio::null());
        command
    })
    .await;
    assert_eq!((status, told.as_str()), (Some(0), ""));
}

//! The definitions of the tools.

use rmcp::ServiceError;
use rmcp::model::{ErrorCode, Tool};
use serde_json::{Value, json};

use super::support::{ACCOUNT, Reply, Server, TOKEN};
use super::{Session, server_program, server_program_of};

#[tokio::test]
async fn every_operation_is_a_tool() {
    let server = Server::replying([]);
    let session = Session::start(&server, &[]).await;
    let info = session.client.peer_info().unwrap();
    let server_info = info.server_info.as_ref().unwrap();
    assert_eq!(server_info.name, "twilio-iot");
    let tools = session.tools().await;
    assert_eq!(tools.len(), 47);
    assert_eq!(session.end().await, "");
    assert!(server.requests().is_empty());
}

/// A token has about four characters.
#[tokio::test]
async fn tool_definitions_fit_in_a_context() {
    let server = Server::replying([]);
    let session = Session::start(&server, &[]).await;
    let size = serde_json::to_string(&session.tools().await).unwrap().len();
    println!("the list of 47 tools has {size} characters");
    assert!(size < 60_000, "{size}");
}

fn named<'t>(tools: &'t [Tool], name: &str) -> &'t Tool {
    tools.iter().find(|it| it.name == name).unwrap()
}

#[tokio::test]
async fn definition_lists_the_parameters() {
    let server = Server::replying([]);
    let session = Session::start(&server, &[]).await;
    let tools = session.tools().await;
    let tool = named(&tools, "supersim_esim_profiles_create");
    assert_eq!(
        tool.title.as_deref(),
        Some("Super SIM: Orders an eSIM profile")
    );
    let description = tool.description.as_deref().unwrap();
    assert!(
        description.starts_with("Orders an eSIM profile. Give the `eid`"),
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

/// The annotations of a tool, from the method and the verb of its operation.
#[tokio::test]
async fn annotations_describe_the_effect() {
    let server = Server::replying([]);
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
async fn excluded_tools_cannot_be_called() {
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
        let server = Server::replying([]);
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
async fn unknown_tool_is_a_protocol_error() {
    let server = Server::replying([]);
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

/// Runs a process that must exit at once, and returns its status and standard error.
async fn exited(mut command: tokio::process::Command) -> (Option<i32>, String) {
    let output = command.output().await.unwrap();
    assert_eq!(output.stdout, b"");
    let stderr = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), stderr)
}

#[tokio::test]
async fn invalid_options_are_rejected_at_startup() {
    let server = Server::replying([]);
    for (arguments, problem) in [
        (
            &["--only", "supersim_sim_fetsch"][..],
            "--only: there is no operation `supersim_sim_fetsch`; did you mean `supersim_sim_fetch`?",
        ),
        (
            &["--products", "voice"],
            "--products: there is no product `voice`; there are: supersim, wireless",
        ),
        (
            &["--only", "CreateFleet", "--read-only"],
            "no operation is selected",
        ),
        (&["--dry-run"], "`mcp` does not take --dry-run"),
        (&["-o", "csv"], "`mcp` does not take --output"),
    ] {
        let (status, stderr) = exited(server_program_of(&server, arguments)).await;
        assert_eq!((status, stderr), (Some(2), format!("error: {problem}\n")));
    }
}

/// The user who configures the server sees it then and can fix it; a model could not.
#[tokio::test]
async fn server_without_credentials_does_not_start() {
    let (status, stderr) = exited(server_program(&[])).await;
    assert_eq!(status, Some(3));
    assert!(stderr.starts_with("error: not signed in: "), "{stderr}");
    assert!(stderr.contains("TWILIO_ACCOUNT_SID"), "{stderr}");
}

#[tokio::test]
async fn stdout_contains_only_the_protocol() {
    use tokio::io::AsyncWriteExt as _;

    let server = Server::start(|_| Reply::empty(404));
    let mut process = server_program_of(&server, &["--verbose"]).spawn().unwrap();
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
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("GET 127.0.0.1/v1/Sims/{Sid}: 404 "),
        "{stderr}"
    );
    for secret in [ACCOUNT, TOKEN] {
        assert!(!lines.contains(secret) && !stderr.contains(secret));
    }
}

#[tokio::test]
async fn server_ends_with_the_input() {
    let server = Server::replying([]);
    let (status, stderr) = exited({
        let mut command = server_program_of(&server, &[]);
        command.stdin(std::process::Stdio::null());
        command
    })
    .await;
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
}

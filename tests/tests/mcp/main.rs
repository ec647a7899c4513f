//! The server of tools, with a client that nobody here wrote: that of the protocol's own SDK.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
#[path = "../support/mod.rs"]
mod support;
mod tools;

use std::process::Stdio;

use rmcp::model::{CallToolRequestParams, CallToolResult, Tool};
use rmcp::service::{QuitReason, RunningService};
use rmcp::{RoleClient, ServiceError, serve_client};
use serde_json::{Value, json};
use tokio::process::{Child, ChildStderr, Command};

use support::{ACCOUNT, Server, TOKEN, assert_no_secret};

/// A process that serves tools without anything of the environment that it could sign in with.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twilio-iot-under-test"));
    command.arg("mcp").args(arguments).env_clear();
    command.env("NO_PROXY", "127.0.0.1");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// A process that is signed in and calls `server`.
fn program_of(server: &Server, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command
        .args(["--base-url", server.origin()])
        .env("TWILIO_ACCOUNT_SID", ACCOUNT)
        .env("TWILIO_AUTH_TOKEN", TOKEN);
    command
}

/// A client and the process that it talks to.
struct Session {
    client: RunningService<RoleClient, ()>,
    process: Child,
    stderr: ChildStderr,
}

impl Session {
    /// Starts a process with these arguments, and a session with it.
    async fn start(server: &Server, arguments: &[&str]) -> Self {
        Self::of(program_of(server, arguments)).await
    }

    async fn of(mut command: Command) -> Self {
        let mut process = command.spawn().unwrap();
        let input = process.stdin.take().unwrap();
        let output = process.stdout.take().unwrap();
        let stderr = process.stderr.take().unwrap();
        let client = serve_client((), (output, input)).await.unwrap();
        Self {
            client,
            process,
            stderr,
        }
    }

    async fn tools(&self) -> Vec<Tool> {
        self.client.list_all_tools().await.unwrap()
    }

    async fn try_call(&self, name: &str, arguments: Value) -> Result<CallToolResult, ServiceError> {
        let Value::Object(arguments) = arguments else {
            panic!("arguments are an object");
        };
        let call = CallToolRequestParams::new(name.to_owned()).with_arguments(arguments);
        let result = self.client.call_tool(call).await;
        assert_no_secret(&format!("{result:?}"));
        result
    }

    /// Calls a tool, whose answer is no error.
    async fn call(&self, name: &str, arguments: Value) -> Answer {
        let result = self.try_call(name, arguments).await.unwrap();
        assert_eq!(result.is_error, Some(false), "{result:?}");
        Answer::of(&result)
    }

    /// Calls a tool, whose answer is an error.
    async fn fail(&self, name: &str, arguments: Value) -> Answer {
        let result = self.try_call(name, arguments).await.unwrap();
        assert_eq!(result.is_error, Some(true), "{result:?}");
        Answer::of(&result)
    }

    /// Ends the session, and returns what the process has told people.
    async fn end(mut self) -> String {
        use tokio::io::AsyncReadExt as _;

        let quit = self.client.cancel().await.unwrap();
        assert!(matches!(quit, QuitReason::Cancelled), "{quit:?}");
        assert_eq!(self.process.wait().await.unwrap().code(), Some(0));
        let mut told = String::new();
        self.stderr.read_to_string(&mut told).await.unwrap();
        assert_no_secret(&told);
        told
    }
}

/// What a tool has answered.
#[derive(Debug)]
struct Answer {
    /// Null if there is none.
    object: Value,
    text: String,
}

impl Answer {
    fn of(result: &CallToolResult) -> Self {
        let object = result.structured_content.clone().unwrap_or(json!(null));
        assert!(object.is_object() || object.is_null(), "{object}");
        let texts = result.content.iter().map(|it| it.as_text().unwrap());
        let texts: Vec<&str> = texts.map(|it| it.text.as_str()).collect();
        Self {
            object,
            text: texts.join("\n---\n"),
        }
    }
}

//! The MCP server, with the client of the official Rust SDK.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;
mod tools;

use std::process::Stdio;

use rmcp::model::{CallToolRequestParams, CallToolResult, Tool};
use rmcp::service::{QuitReason, RunningService};
use rmcp::{RoleClient, ServiceError, serve_client};
use serde_json::{Value, json};
use tokio::process::{Child, ChildStderr, Command};

use program::{program, program_of};
use support::{Server, assert_no_secret};

/// Returns a process that serves tools, without any credentials in its environment.
fn server_program(arguments: &[&str]) -> Command {
    piped(program(&[&["mcp"], arguments].concat()))
}

/// Returns a process that serves tools, is signed in and calls `server`.
fn server_program_of(server: &Server, arguments: &[&str]) -> Command {
    piped(program_of(server, &[&["mcp"], arguments].concat()))
}

fn piped(command: std::process::Command) -> Command {
    let mut command = Command::from(command);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// A client and its server process.
struct Session {
    client: RunningService<RoleClient, ()>,
    process: Child,
    stderr: ChildStderr,
}

impl Session {
    /// Starts a process with these arguments, and a session with it.
    async fn start(server: &Server, arguments: &[&str]) -> Self {
        Self::of(server_program_of(server, arguments)).await
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

    /// Calls a tool that must succeed.
    async fn call(&self, name: &str, arguments: Value) -> Answer {
        let result = self.try_call(name, arguments).await.unwrap();
        assert_eq!(result.is_error, Some(false), "{result:?}");
        Answer::of(&result)
    }

    /// Calls a tool that must fail.
    async fn fail(&self, name: &str, arguments: Value) -> Answer {
        let result = self.try_call(name, arguments).await.unwrap();
        assert_eq!(result.is_error, Some(true), "{result:?}");
        Answer::of(&result)
    }

    /// Ends the session, and returns the standard error of the process.
    async fn end(mut self) -> String {
        use tokio::io::AsyncReadExt as _;

        let quit = self.client.cancel().await.unwrap();
        assert!(matches!(quit, QuitReason::Cancelled), "{quit:?}");
        assert_eq!(self.process.wait().await.unwrap().code(), Some(0));
        let mut stderr = String::new();
        self.stderr.read_to_string(&mut stderr).await.unwrap();
        assert_no_secret(&stderr);
        stderr
    }
}

/// The result of a tool.
#[derive(Debug)]
struct Answer {
    /// Null if there is none.
    object: Value,
    text: String,
}

impl Answer {
    /// Returns the length of all that a client gets, in bytes.
    fn length(&self) -> usize {
        self.object.to_string().len() + self.text.len()
    }

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

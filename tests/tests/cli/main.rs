//! The command line, run as people run it: what it sends, writes and ends with.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod errors;
mod lists;
mod operations;
mod output;
mod profiles;
mod shells;
#[path = "../support/mod.rs"]
mod support;
#[cfg(unix)]
mod tasks;
#[cfg(unix)]
mod terminal;
mod waits;

use std::process::{Command, Output, Stdio};

use support::{ACCOUNT, Server, TOKEN, assert_no_secret};

/// What a process did.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

/// A process of the program without anything of the environment that it could sign in with.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twilio-iot-under-test"));
    command.args(arguments).stdin(Stdio::null()).env_clear();
    command.env("NO_PROXY", "127.0.0.1");
    // Nor anything that whoever runs the tests has kept.
    command.env("TWILIO_IOT_CONFIG", "/there/is/no/such/folder");
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

/// Runs the program against `server`. Whatever it writes, it must not be the credentials.
async fn run(server: &Server, arguments: &[&str]) -> Run {
    finish(program_of(server, arguments)).await
}

/// Runs a process to its end on another thread, since the server runs on this.
async fn finish(mut command: Command) -> Run {
    let output = tokio::task::spawn_blocking(move || command.output());
    let Output {
        status,
        stdout,
        stderr,
    } = output.await.unwrap().unwrap();
    let run = Run {
        status: status.code(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    };
    assert_no_secret(&run.stdout);
    assert_no_secret(&run.stderr);
    run
}

impl Run {
    /// Returns what was written, of a process that has succeeded without a word to people.
    #[track_caller]
    fn written(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }
}

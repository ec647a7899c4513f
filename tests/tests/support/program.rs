//! Starts the program under test.

use std::process::{Command, Stdio};

use super::support::{ACCOUNT, Server, TOKEN};

/// Returns a process of the program without any credentials in its environment.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twilio-iot-under-test"));
    command.args(arguments).stdin(Stdio::null()).env_clear();
    command.env("NO_PROXY", "127.0.0.1");
    // Ignore the profiles of the user who runs the tests.
    command.env("TWILIO_IOT_CONFIG", "/there/is/no/such/folder");
    command
}

/// Returns a process that is signed in and calls `server`.
pub fn program_of(server: &Server, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command
        .args(["--base-url", &server.url])
        .env("TWILIO_ACCOUNT_SID", ACCOUNT)
        .env("TWILIO_AUTH_TOKEN", TOKEN);
    command
}

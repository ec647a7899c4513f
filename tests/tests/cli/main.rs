//! The command line, run as a user runs it: its requests, output and exit statuses.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod errors;
mod lists;
mod operations;
mod output;
mod profiles;
#[path = "../support/program.rs"]
mod program;
mod shells;
#[path = "../support/mod.rs"]
mod support;
#[cfg(unix)]
mod tasks;
#[cfg(unix)]
mod terminal;
mod waits;

use std::process::{Command, Output};

use program::{program, program_of};
use support::{Server, assert_no_secret};

/// The result of a process.
#[derive(Debug)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs the program against `server`, and checks that it prints no credentials.
fn run(server: &Server, arguments: &[&str]) -> Run {
    finish(program_of(server, arguments))
}

/// Runs a process to its end.
fn finish(mut command: Command) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
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
    /// Returns the output of a process that succeeded without a message.
    #[track_caller]
    fn written(self) -> String {
        assert_eq!((self.status, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }
}

//! The memory that a client needs for responses that are designed to be expensive.
//!
//! Each response is read in its own process, which reports its peak. Only Linux reports that without further tools.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[expect(dead_code, reason = "the request tests use the rest")]
#[path = "../http/api.rs"]
mod api;
#[expect(dead_code, reason = "the fault tests use the rest")]
#[path = "../http/server.rs"]
mod server;

use std::process::Command;
use std::time::Duration;

use twilio_runtime::{Error, Page};
use twilio_test_support::Server;

use crate::api::{Client, Fleet};
use crate::server::json;

/// The size of each body: the largest that a client accepts by default.
const BODY_SIZE: usize = 32 << 20;

/// More time than a busy machine takes.
const TIME: Duration = Duration::from_secs(600);

/// The variable with the URL of the server, for the process that reads a body.
const SERVER: &str = "TEST_SERVER";

/// Returns `piece` repeated between `start` and `end`, to the size of a body.
fn body(start: &str, piece: &str, end: &str) -> String {
    let times = (BODY_SIZE - start.len() - end.len()) / piece.len();
    [start, &piece.repeat(times), end].concat()
}

/// Reads `body` in another process, and returns the reported outcome and its peak in bytes.
fn read_elsewhere(body: &str) -> (String, usize) {
    let server = Server::replying([json(body)]);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "client", "--ignored", "--nocapture"])
        .env(SERVER, &server.url)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let report = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{text}")).trim().to_owned()
    };
    (report("outcome:"), report("peak:").parse().unwrap())
}

#[test]
#[ignore = "other tests run it in a process of its own"]
fn client() {
    let outcome = list(&std::env::var(SERVER).unwrap());
    match outcome {
        Ok(page) => println!("outcome: {} items", page.items().len()),
        Err(Error::DecodeLimit(_)) => println!("outcome: refused"),
        Err(error) => println!("outcome: {error}"),
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: usize = line
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    println!("peak: {}", kibibytes * 1024);
}

#[tokio::main(flavor = "current_thread")]
async fn list(server: &str) -> Result<Page<Fleet>, Error> {
    let client: Client = Client::builder()
        .basic_auth("AC1", "t")
        .base_url(server)
        .attempt_timeout(TIME)
        .timeout(TIME)
        .build()?;
    client.fleets().list().await
}

#[test]
fn hostile_bodies_take_less_than_four_times_their_size() {
    let bodies = [
        (
            body("{\"fleets\":[],\"new\":[", "{\"\":0},", "0]}"),
            "0 items",
        ),
        (
            body("{\"fleets\":[{\"anything\":[", "{\"\":0},", "0]}]}"),
            "refused",
        ),
        (body("{\"fleets\":[", "{},", "{}]}"), "refused"),
        (
            body("{\"fleets\":[],\"new\":\"", "\\u00e9", "\"}"),
            "0 items",
        ),
    ];
    for (body, expected) in bodies {
        let start = &body[..40];
        let (outcome, peak) = read_elsewhere(&body);
        println!("{start}: {outcome}, {} MiB", peak >> 20);
        assert_eq!(outcome, expected, "{start}");
        assert!(peak < 4 * BODY_SIZE, "{start}: {peak} bytes");
    }
}

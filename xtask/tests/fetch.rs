//! Tests `cargo xtask update --fetch` against a local server: what it requests, records and refuses.

mod support;

use std::fs;
use std::process::Output;

use support::{Folder, succeeds, succeeds_loudly};
use twilio_test_support::{Reply, Server, Then};

const SPEC: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: 'https://demo.example.com'}]
paths:
  /v1/Sims:
    get:
      operationId: ListSim
      summary: Lists SIMs.
      responses: {'204': {description: None.}}
";

/// The SHA-256 of [`SPEC`], from `sha256sum`.
const SHA256: &str = "bacea3a5d3397b9ef2ef0228f6c2717ebadca14956612b100fc8590754559f19";

const RECORD: &str = "specs/releases.json";

#[test]
fn specs_are_fetched_and_recorded() {
    let folder = folder("specs_are_fetched_and_recorded");
    let server = Server::start(|_| answer("200 OK", SPEC));
    let printed = succeeds(&fetch(&folder, &server.url, &["--revision", "v2/1.0"]));
    let url = format!("{}/v2/1.0/spec/yaml/twilio_wireless_v1.yaml", server.url);
    let added = format!("specs/twilio_wireless_v1.yaml: added from {url}\n");
    assert!(printed.contains(&added), "{printed}");
    let record = folder.read(RECORD);
    let source = format!(
        "    \"twilio_wireless_v1.yaml\": {{
      \"url\": \"{url}\",
      \"revision\": \"v2/1.0\",
      \"sha256\": \"{SHA256}\"
    }}\n"
    );
    assert!(record.contains(&source), "{record}");
    assert_eq!(folder.read("specs/twilio_supersim_v1.yaml"), SPEC);

    // The same spec at another revision changes the recorded source but makes no release.
    succeeds(&fetch(&folder, &server.url, &[]));
    let again = folder.read(RECORD);
    assert_eq!(again, record.replace("v2/1.0", "main"));
    assert_eq!(
        server.lines(),
        [
            "GET /v2/1.0/spec/yaml/twilio_supersim_v1.yaml",
            "GET /v2/1.0/spec/yaml/twilio_wireless_v1.yaml",
            "GET /main/spec/yaml/twilio_supersim_v1.yaml",
            "GET /main/spec/yaml/twilio_wireless_v1.yaml",
        ]
    );

    // A spec from a file has no recorded source.
    folder.write("wireless_v1.yaml", format!("# New.\n{SPEC}"));
    succeeds(&folder.update(&["wireless_v1.yaml"]));
    let record = folder.read(RECORD);
    assert!(
        record.contains("\"twilio_supersim_v1.yaml\"")
            && !record.contains("\"twilio_wireless_v1.yaml\""),
        "{record}"
    );
}

#[test]
fn other_specs_of_the_vendor_are_fetched_too() {
    let folder = folder("other_specs_of_the_vendor_are_fetched_too");
    for name in ["twilio_sync_v1.yaml", "twilio_own_v1.yaml"] {
        folder.write(&format!("specs/{name}"), SPEC);
    }
    let overlay = "overlay: 1.0.0\ninfo: {title: Own, version: '1'}\nactions: [{target: $.info, update: {description: Own.}}]\n";
    folder.write("specs/twilio_sync_v1.overlay.yaml", overlay);
    let newer = format!("# Newer.\n{SPEC}");
    let server = Server::replying([
        answer("404 Not Found", ""),
        answer("200 OK", SPEC),
        answer("200 OK", &newer),
        answer("200 OK", SPEC),
    ]);
    let output = fetch(&folder, &server.url, &[]);
    succeeds_loudly(&output);
    let warnings = String::from_utf8(output.stderr).unwrap();
    let url = format!("{}/main/spec/yaml/twilio_own_v1.yaml", server.url);
    assert_eq!(warnings, format!("{url}: not found; the spec is kept\n"));
    let text = |name: &str| folder.read(&format!("specs/{name}"));
    assert_eq!(text("twilio_sync_v1.yaml"), newer);
    assert_eq!(text("twilio_own_v1.yaml"), SPEC);
    let requests = server.requests();
    assert_eq!(requests.len(), 4, "{requests:?}");
}

#[test]
fn failed_fetches_change_nothing() {
    let cut = answer("200 OK", SPEC).half().then(Then::Close);
    let elsewhere = Reply::empty(302).header("Location", "http://127.0.0.1:1/");
    for (answers, what) in [
        (vec![answer("404 Not Found", "no such revision")], "404"),
        (vec![answer("200 OK", SPEC), answer("500 Oh", "")], "500"),
        (vec![elsewhere], "302"),
        (vec![cut], "twilio_supersim_v1.yaml: "),
        (vec![answer("200 OK", &" ".repeat((16 << 20) + 1))], "limit"),
        (
            vec![Reply::raw("what?\r\n\r\n")],
            "twilio_supersim_v1.yaml: ",
        ),
    ] {
        let folder = folder("failed_fetches_change_nothing");
        let server = Server::replying(answers);
        let output = fetch(&folder, &server.url, &[]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(
            errors.starts_with(&server.url) && errors.contains(what),
            "{what}: {errors}"
        );
        let specs = fs::read_dir(folder.path().join("specs")).unwrap().count();
        assert_eq!(specs, 2, "{what}");
        assert!(!folder.path().join("out").exists(), "{what}");
    }
}

#[test]
fn faults_are_reported_at_their_url() {
    let folder = folder("faults_are_reported_at_their_url");
    let server = Server::replying([answer("200 OK", SPEC), answer("200 OK", "openapi: 4\n")]);
    let output = fetch(&folder, &server.url, &[]);
    let errors = String::from_utf8(output.stderr).unwrap();
    let place = format!(
        "{}/main/spec/yaml/twilio_wireless_v1.yaml:1:10: error[",
        server.url
    );
    assert!(errors.starts_with(&place), "{errors}");
}

#[test]
fn invalid_revisions_are_refused() {
    let folder = folder("invalid_revisions_are_refused");
    for revision in [
        "", "..", "a/../b", "a b", "/a", "a?b", "a#b", "a\nb", "%2e", "a//b",
    ] {
        let output = fetch(&folder, "http://127.0.0.1:1", &["--revision", revision]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains("is not a branch, tag or commit"),
            "{revision}: {errors}"
        );
    }
}

/// A folder with a spec that is not the vendor's.
fn folder(test: &str) -> Folder {
    let folder = Folder::empty(test);
    folder.write("specs/acme_demo_v1.yaml", SPEC);
    // Fetched specs are Twilio's, and a crate follows the conventions of one vendor.
    folder.write("specs/crate.toml", "vendor = 'twilio'\n");
    folder
}

fn fetch(folder: &Folder, repository: &str, arguments: &[&str]) -> Output {
    let options = ["update", "--fetch", "--repository", repository];
    let folders = ["--specs", "specs", "--out", "out", "--date", "2026-01-31"];
    let mut command = folder.command(&[&options, arguments, &folders].concat());
    command
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the command")
}

fn answer(status: &str, body: &str) -> Reply {
    Reply::new(status, &[], body)
}

//! `cargo xtask update --fetch` against a server on this machine: what is asked for, recorded and refused.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

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

/// The SHA-256 of [`SPEC`], as `sha256sum` tells it.
const SHA256: &str = "bacea3a5d3397b9ef2ef0228f6c2717ebadca14956612b100fc8590754559f19";

#[test]
fn specs_are_fetched_and_recorded() {
    let folder = folder();
    let server = Server::new(vec![answer("200 OK", SPEC); 4]);
    let output = update(folder.path(), &server.url, &["--revision", "v2/1.0"]);
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let url = format!("{}/v2/1.0/spec/yaml/twilio_wireless_v1.yaml", server.url);
    let added = format!("specs/twilio_wireless_v1.yaml: added from {url}\n");
    assert!(printed.contains(&added), "{printed}");
    let record = record(folder.path());
    let source = format!(
        "    \"twilio_wireless_v1.yaml\": {{
      \"url\": \"{url}\",
      \"revision\": \"v2/1.0\",
      \"sha256\": \"{SHA256}\"
    }}\n"
    );
    assert!(record.contains(&source), "{record}");
    let fetched = fs::read_to_string(folder.path().join("specs/twilio_supersim_v1.yaml"));
    assert_eq!(fetched.unwrap(), SPEC);

    // The same at another revision is no release, but another source.
    let output = update(folder.path(), &server.url, &[]);
    assert!(output.status.success(), "{output:?}");
    let again = self::record(folder.path());
    assert_eq!(again, record.replace("v2/1.0", "main"));
    assert_eq!(
        server.requests(),
        [
            "GET /v2/1.0/spec/yaml/twilio_supersim_v1.yaml HTTP/1.1",
            "GET /v2/1.0/spec/yaml/twilio_wireless_v1.yaml HTTP/1.1",
            "GET /main/spec/yaml/twilio_supersim_v1.yaml HTTP/1.1",
            "GET /main/spec/yaml/twilio_wireless_v1.yaml HTTP/1.1",
        ]
    );

    // What comes from a file was not fetched.
    fs::write(
        folder.path().join("wireless_v1.yaml"),
        format!("# New.\n{SPEC}"),
    )
    .unwrap();
    let output = xtask(folder.path(), &["wireless_v1.yaml"]);
    assert!(output.status.success(), "{output:?}");
    let record = self::record(folder.path());
    assert!(
        record.contains("\"twilio_supersim_v1.yaml\"")
            && !record.contains("\"twilio_wireless_v1.yaml\""),
        "{record}"
    );
}

#[test]
fn other_specs_of_the_vendor_are_fetched_as_well() {
    let folder = folder();
    let specs = folder.path().join("specs");
    for name in ["twilio_sync_v1.yaml", "twilio_own_v1.yaml"] {
        fs::write(specs.join(name), SPEC).unwrap();
    }
    let overlay = "overlay: 1.0.0\ninfo: {title: Own, version: '1'}\nactions: [{target: $.info, update: {description: Own.}}]\n";
    fs::write(specs.join("twilio_sync_v1.overlay.yaml"), overlay).unwrap();
    let newer = format!("# Newer.\n{SPEC}");
    let server = Server::new(vec![
        answer("404 Not Found", ""),
        answer("200 OK", SPEC),
        answer("200 OK", &newer),
        answer("200 OK", SPEC),
    ]);
    let output = update(folder.path(), &server.url, &[]);
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    let url = format!("{}/main/spec/yaml/twilio_own_v1.yaml", server.url);
    assert_eq!(told, format!("{url}: not found; the spec stays\n"));
    let text = |name: &str| fs::read_to_string(specs.join(name)).unwrap();
    assert_eq!(text("twilio_sync_v1.yaml"), newer);
    assert_eq!(text("twilio_own_v1.yaml"), SPEC);
    let asked: Vec<String> = server.requests();
    assert_eq!(asked.len(), 4, "{asked:?}");
}

#[test]
fn what_cannot_be_fetched_changes_nothing() {
    let cut =
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nConnection: close\r\n\r\nopenapi: 3.0.1\n";
    for (answers, what) in [
        (vec![answer("404 Not Found", "no such revision")], "404"),
        (vec![answer("200 OK", SPEC), answer("500 Oh", "")], "500"),
        (
            vec!["HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()],
            "302",
        ),
        (vec![cut.to_owned()], "twilio_supersim_v1.yaml: "),
        (vec![answer("200 OK", &" ".repeat((16 << 20) + 1))], "limit"),
        (vec!["what?\r\n\r\n".to_owned()], "twilio_supersim_v1.yaml: "),
    ] {
        let folder = folder();
        let server = Server::new(answers);
        let output = update(folder.path(), &server.url, &[]);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.starts_with(&server.url) && errors.contains(what), "{what}: {errors}");
        let specs = fs::read_dir(folder.path().join("specs")).unwrap().count();
        assert_eq!(specs, 2, "{what}");
        assert!(!folder.path().join("out").exists(), "{what}");
    }
}

#[test]
fn a_fault_is_shown_where_it_was_fetched() {
    let folder = folder();
    let server = Server::new(vec![
        answer("200 OK", SPEC),
        answer("200 OK", "openapi: 4\n"),
    ]);
    let output = update(folder.path(), &server.url, &[]);
    let errors = String::from_utf8(output.stderr).unwrap();
    let place = format!(
        "{}/main/spec/yaml/twilio_wireless_v1.yaml:1:10: error[",
        server.url
    );
    assert!(errors.starts_with(&place), "{errors}");
}

#[test]
fn a_revision_is_a_name() {
    let folder = folder();
    for revision in [
        "", "..", "a/../b", "a b", "/a", "a?b", "a#b", "a\nb", "%2e", "a//b",
    ] {
        let output = update(
            folder.path(),
            "http://127.0.0.1:1",
            &["--revision", revision],
        );
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.contains("is no branch, tag or commit"),
            "{revision}: {errors}"
        );
    }
}

/// A folder with a spec that is not the vendor's.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    fs::create_dir(folder.path().join("specs")).expect("a folder that can be made");
    fs::write(folder.path().join("specs/acme_demo_v1.yaml"), SPEC).expect("a file");
    // What is fetched is Twilio's, and a crate has the conventions of one vendor.
    let settings = "vendor = 'twilio'\n";
    fs::write(folder.path().join("specs/crate.toml"), settings).expect("a file");
    folder
}

fn record(folder: &Path) -> String {
    fs::read_to_string(folder.join("specs/releases.json")).expect("a record")
}

fn update(folder: &Path, repository: &str, arguments: &[&str]) -> Output {
    xtask(
        folder,
        &[&["--fetch", "--repository", repository], arguments].concat(),
    )
}

fn xtask(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("update")
        .args(arguments)
        .args(["--specs", "specs", "--out", "out", "--date", "2026-01-31"])
        .current_dir(folder)
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the command")
}

fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// A server that gives one answer for each connection.
struct Server {
    url: String,
    thread: thread::JoinHandle<Vec<String>>,
}

impl Server {
    fn new(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let thread = thread::spawn(move || {
            let serve = |answer: String| {
                let (stream, _) = listener.accept().expect("a connection");
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                // A client may have had enough before the end.
                let _ = (&stream).write_all(answer.as_bytes());
                first
            };
            answers.into_iter().map(serve).collect()
        });
        Self { url, thread }
    }

    /// The first lines of all requests, once every answer has been given.
    fn requests(self) -> Vec<String> {
        self.thread.join().expect("a server that does not fail")
    }
}

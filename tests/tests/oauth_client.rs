//! A client gets its tokens at the token URL of its document.
//!
//! The program `fixtures/programs/oauth_client.rs` and the command line are built with the crate of one fixture, and call
//! a server that issues tokens.

#[path = "support/crates.rs"]
mod crates;
mod support;

use std::path::Path;
use std::process::{Command, Stdio};

use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime};
use twilio_test_support::ScratchFolder;

use self::support::{Reply, Request, Server};

const SPEC: &str = include_str!("../fixtures/rules/credentials/relative-token-url.yaml");

const PROGRAM: &str = include_str!("../fixtures/programs/oauth_client.rs");

/// What the program prints.
const ERRORS: &str = "\
no access token: the token endpoint returned 400 Bad Request: invalid_scope; set the scopes of the client with `scopes` \
on the builder
no access token: the token endpoint returned 401 Unauthorized: invalid_client
credentials would go to `http://pets.example.com` unencrypted: use `https`, or call `allow_plain_http` on the builder
";

/// What arrives, in the order of the calls.
const REQUESTS: [&str; 8] = [
    "POST /v1/oauth/token grant_type=client_credentials&scope=all+read",
    "GET /v1/pets",
    "GET /v1/pets",
    "POST /v1/oauth/token grant_type=client_credentials&scope=read",
    "GET /v1/pets",
    "POST /v1/oauth/token grant_type=client_credentials&scope=write",
    "POST /v1/oauth/token grant_type=client_credentials&scope=all+read",
    "POST /v1/oauth/token grant_type=client_credentials&scope=all+read&client_id=me&client_secret=wrong",
];

/// `printf me:hunter2 | base64`
const BASIC: &str = "Basic bWU6aHVudGVyMg==";

/// Returns a server that issues tokens for the client `me`, which may not have the scope `write`.
fn start() -> Server {
    Server::start(|request| {
        if request.path() != "/v1/oauth/token" {
            return match request.header("authorization") {
                Some("Bearer T1") => Reply::empty(204),
                _ => Reply::empty(401),
            };
        }
        let error = |status, error: &str| Reply::json(status, &serde_json::json!({"error": error}));
        match request.header("authorization") == Some(BASIC) {
            true if request.text().contains("write") => error(400, "invalid_scope"),
            true => Reply::json(200, &serde_json::json!({"access_token": "T1"})),
            false => error(401, "invalid_client"),
        }
    })
}

fn lines(server: &Server) -> Vec<String> {
    let line = |it: &Request| format!("{} {}", it.line(), it.text()).trim_end().to_owned();
    server.requests().iter().map(line).collect()
}

/// Returns the folder of the crate.
fn folder() -> std::path::PathBuf {
    let source = SourceFile {
        path: "pets.yaml".to_owned(),
        text: SPEC.to_owned(),
    };
    let package = Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("pets")
    };
    let files = twilio_codegen::generate(&[source], &package)
        .unwrap_or_else(|report| panic!("the fixture does not generate:\n{report}"));
    let folder = crates::write_crate("oauth-client", &files, crates::MANIFEST_END);
    crates::write(&folder.join(crates::PROGRAM), PROGRAM);
    folder
}

/// Returns a run of the program, or of the command line.
fn cargo(folder: &Path, what: &[&str]) -> Command {
    let mut cargo = crates::cargo(folder, "run");
    cargo.args(what);
    cargo.args(["--no-default-features", "--features", "pets,cli"]);
    for variable in [
        "PETS_TOKEN",
        "PETS_CLIENT_ID",
        "PETS_CLIENT_SECRET",
        "PETS_API_KEY",
    ] {
        cargo.env_remove(variable);
    }
    cargo
}

/// Returns what a run prints, on both streams.
fn output(mut command: Command) -> String {
    let output = command.output().expect("cargo");
    let [out, errors] =
        [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    assert!(
        !format!("{out}{errors}").contains("hunter2"),
        "{out}{errors}"
    );
    out + &errors
}

#[test]
fn tokens_come_from_the_token_url_of_the_document() {
    let folder = folder();
    let server = start();
    let mut program = cargo(&folder, &["--example", "program"]);
    program.env("SERVER", format!("{}/v1", server.url));
    program.envs([("PETS_CLIENT_ID", "me"), ("PETS_CLIENT_SECRET", "hunter2")]);
    assert_eq!(output(program), ERRORS);
    assert_eq!(lines(&server), REQUESTS);
    signs_in_with_a_profile(&folder);
}

fn signs_in_with_a_profile(folder: &Path) {
    let settings = ScratchFolder::new("oauth-client");
    let server = start();
    let run = |words: &[&str]| {
        let mut command = cargo(folder, &["--bin", "pets"]);
        command
            .arg("--")
            .args(words)
            .env("PETS_CONFIG", settings.path().join("settings"));
        command
    };
    let input = settings.write("input", "me\nhunter2\n");
    let mut add = run(&[
        "profile",
        "add",
        "main",
        "--kind",
        "client-id",
        "--oauth-scopes",
        "read write",
    ]);
    add.args(["--base-url", &format!("{}/v1", server.url)]);
    add.stdin(Stdio::from(std::fs::File::open(input).expect("the input")));
    assert_eq!(output(add), "`main` is added, and is now the default\n");

    let list = ["pets", "pets", "list"];
    let error = output(run(&list));
    assert_eq!(
        error,
        "error: no access token: the token endpoint returned 400 Bad Request: invalid_scope; set the scopes of the \
         client with --oauth-scopes\n"
    );
    let read = [list.as_slice(), &["--oauth-scopes", "read"]].concat();
    assert_eq!(output(run(&read)), "");
    let elsewhere = format!("{}/v1/oauth/token?tenant=a", server.url);
    let other = [list.as_slice(), &["--oauth-token-url", &elsewhere]].concat();
    output(run(&other));
    let asked = "grant_type=client_credentials&scope";
    assert_eq!(
        lines(&server),
        [
            format!("POST /v1/oauth/token {asked}=read+write"),
            format!("POST /v1/oauth/token {asked}=read"),
            "GET /v1/pets".to_owned(),
            format!("POST /v1/oauth/token?tenant=a {asked}=read+write"),
        ]
    );
    let mut half = run(&list);
    half.env("PETS_CLIENT_ID", "me");
    assert_eq!(
        output(half),
        "error: not signed in: PETS_CLIENT_ID is set but PETS_CLIENT_SECRET is not, or is empty: set both, or neither, \
         or choose a profile with --profile: `main`\n"
    );
}

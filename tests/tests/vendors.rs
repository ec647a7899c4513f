//! Requests match the vendors' documents: five operations of each of five vendors. And following the chapter "Another
//! API" of `specs/README.md` leads to a crate with a mock.
//!
//! `SPEC_CORPUS` names a folder of real specs outside this repository. Without it, the tests pass and report that they
//! were skipped. The program `fixtures/programs/vendors.rs` is built with the crate of the five documents and calls a
//! server that records the requests. [`EXPECTED`] was written by reading the documents.

#[path = "support/crates.rs"]
mod crates;
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime, Sources, Vendor};

use self::support::{Reply, Request, Server};

/// The documents, and the names of their products.
const SPECS: [(&str, &str); 5] = [
    ("corpus/vendors/asana.yaml", "asana.yaml"),
    ("corpus/vendors/docker.com_engine.json", "docker.json"),
    ("corpus/large/github.json", "github.json"),
    ("corpus/vendors/spotify.com.json", "spotify.json"),
    ("corpus/large/stripe.json", "stripe.json"),
];

/// The operations, by id. If an id is also a tag, the path is used instead.
const OPERATIONS: [&str; 25] = [
    "createTask",
    "getTask",
    "createAttachmentForTask",
    "searchTasksForWorkspace",
    "addFollowersForTask",
    "ContainerList",
    "ContainerCreate",
    "ImageBuild",
    "ImagePush",
    "PutContainerArchive",
    "issues/list-for-repo",
    "issues/create",
    "repos/get-content",
    "repos/upload-release-asset",
    "markdown/render-raw",
    "/search",
    "get-multiple-albums",
    "create-playlist",
    "remove-tracks-playlist",
    "upload-custom-playlist-cover",
    "GetCoupons",
    "PostCoupons",
    "DeleteCustomersCustomer",
    "GetEvents",
    "PostFiles",
];

const PROGRAM: &str = include_str!("../fixtures/programs/vendors.rs");

/// The requests in the order of the calls, separated by a line of dashes.
///
/// - Asana's `opt_fields` is a list with `explode: false`; names such as `due_on.before` are unchanged.
/// - Docker's paths are below that of its first server. Pushing an image has no body, and therefore no media type.
/// - GitHub's `path` has several segments (`x-multi-segment`), so its slashes stay.
/// - Spotify's `type` is a list with `explode: false`, while its `ids` are one string.
/// - Stripe's `deepObject` puts the members of objects in brackets. Parts of its upload have no style, since that
///   applies only to `application/x-www-form-urlencoded` (OpenAPI 3.0, "Encoding Object"): an object is JSON.
const EXPECTED: &str = include_str!("../fixtures/programs/vendors.txt");

#[test]
fn requests_match_the_documents_of_five_vendors() {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("SPEC_CORPUS is not set: skipped");
        return;
    };
    let folder = write_program(&corpus);
    let server = Server::start(|_| Reply::json(400, &json!({})));
    let mut program = crates::cargo(&folder, "run");
    program.args(["--example", "program"]);
    program.env("SERVER", &server.url);
    let output = program.output().expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let sent: Vec<String> = server.requests().iter().map(shown).collect();
    let expected: Vec<&str> = EXPECTED.split("----\n").map(str::trim_end).collect();
    assert_eq!(sent, expected);
}

/// The documents for the chapter, their crate names, and a program for each.
const FOLLOWED: [(&str, &str, &str); 3] = [
    (
        "traccar.org.json",
        "traccar",
        include_str!("../fixtures/programs/another_api_traccar.rs"),
    ),
    (
        "soundcloud.com.json",
        "soundcloud",
        include_str!("../fixtures/programs/another_api_soundcloud.rs"),
    ),
    (
        "xero_files.yaml",
        "xero",
        include_str!("../fixtures/programs/another_api_xero.rs"),
    ),
];

/// The manifest of the programs; the crates are appended.
const MANIFEST: &str = "\
[package]
name = \"another-api\"
version = \"0.1.0\"
edition = \"2024\"

[workspace]

[lints.rust]
warnings = \"deny\"

[dependencies]
tokio = { version = \"1\", features = [\"macros\", \"rt\"] }
";

#[test]
fn instructions_for_another_api_work_for_three_vendors() {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("SPEC_CORPUS is not set: skipped");
        return;
    };
    let readme = include_str!("../../specs/README.md");
    let mut lines = readme.lines();
    let command = lines.find(|it| it.starts_with("cargo xtask gen --specs petstore "));
    let (command, _) = command.and_then(|it| it.split_once('#')).expect("the line");
    let folder = crates::empty_crate("another-api");
    // Next to the crates, each of which is a workspace.
    let apis = crates::empty_crate("another-api-clients");
    let mut manifest = MANIFEST.to_owned();
    for (document, name, program) in FOLLOWED {
        let own = apis.join(name).display().to_string();
        let text = fs::read_to_string(corpus.join("corpus/vendors").join(document));
        let extension = Path::new(document).extension().unwrap_or_default();
        let file = Path::new(&own).join(name).with_extension(extension);
        crates::write(&file, &text.unwrap_or_else(|it| panic!("{document}: {it}")));
        let words = command.split_whitespace().skip(1);
        let output = Command::new(env!("CARGO"))
            .args(words.map(|it| it.replace("petstore", &own)))
            .current_dir(crates::workspace())
            .output()
            .expect("cargo");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{document}: {errors}");
        manifest.push_str(&format!(
            "{name} = {{ path = \"../another-api-clients/{name}-client\", features = [\"mock\"] }}\n"
        ));
        crates::write(&folder.join(format!("src/bin/{name}.rs")), program);
    }
    crates::write(&folder.join("Cargo.toml"), &manifest);
    for (_, name, _) in FOLLOWED {
        let output = crates::cargo(&folder, "run").args(["--bin", name]).output();
        let output = output.expect("cargo");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {errors}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), name);
    }
}

/// Writes the crate of the operations with the program in it, and returns its folder.
fn write_program(corpus: &Path) -> PathBuf {
    let sources = SPECS.map(|(path, name)| SourceFile {
        path: name.to_owned(),
        text: fs::read_to_string(corpus.join(path)).unwrap_or_else(|it| panic!("{path}: {it}")),
    });
    let only = OPERATIONS.map(str::to_owned);
    let sources = Sources {
        vendor: Some(Vendor::plain()),
        only: &only,
        ..Sources::from(&sources)
    };
    let package = Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("vendors")
    };
    let files = twilio_codegen::generate(sources, &package)
        .unwrap_or_else(|report| panic!("the documents do not generate:\n{report}"));
    let folder = crates::write_crate("vendors", &files, crates::MANIFEST_END);
    crates::write(&folder.join(crates::PROGRAM), PROGRAM);
    folder
}

/// Returns the line of a request, the headers for its parameters, body and credentials, and its body, with a fixed
/// boundary between parts, which otherwise differs between runs.
fn shown(request: &Request) -> String {
    let mut text = request.line();
    let kind = request.header("content-type");
    let boundary = kind.and_then(|it| it.strip_prefix("multipart/form-data; boundary="));
    for name in [
        "authorization",
        "cookie",
        "x-registry-auth",
        "x-registry-config",
        "content-type",
    ] {
        if let Some(value) = request.header(name) {
            text = format!("{text}\n{name}: {value}");
        }
    }
    let body = request.text().replace("\r\n", "\n");
    if !body.is_empty() {
        text = format!("{text}\n\n{body}");
    }
    let text = boundary.map_or_else(|| text.clone(), |it| text.replace(it, "B"));
    text.trim_end().to_owned()
}

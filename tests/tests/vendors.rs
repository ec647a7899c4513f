//! What a vendor's document says of a request is what arrives: five operations of each of five vendors.
//!
//! `SPEC_CORPUS` names a folder of real specs that this repository does not hold. Without it, the test passes and says
//! that it had nothing to do. The program `fixtures/programs/vendors.rs` is built with the crate of the five documents
//! and calls a server that records what arrives. [`EXPECTED`] was written by reading the documents.

#[path = "support/crates.rs"]
mod crates;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime, Sources, Vendor};

use self::support::{Reply, Request, Server};

/// The documents, and what their products are called.
const SPECS: [(&str, &str); 5] = [
    ("corpus/vendors/asana.yaml", "asana.yaml"),
    ("corpus/vendors/docker.com_engine.json", "docker.json"),
    ("corpus/large/github.json", "github.json"),
    ("corpus/vendors/spotify.com.json", "spotify.json"),
    ("corpus/large/stripe.json", "stripe.json"),
];

/// The operations, by their ids. A path stands for an id that is a tag, too.
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

/// What the program needs beside the crate.
const MANIFEST_END: &str = "
[dependencies.tokio]
version = \"1\"
features = [\"macros\", \"rt\", \"time\"]

[workspace]

[lints.rust]
warnings = \"deny\"
";

/// What arrives, in the order of the calls, with a line of dashes between requests.
///
/// - Asana's `opt_fields` is a list with `explode: false`; names such as `due_on.before` stay as they are.
/// - Docker's paths are below that of its first server. Pushing an image has no body, so it has no type either.
/// - GitHub's `path` is one segment, as OpenAPI has it, so its slashes are escaped.
/// - Spotify's `type` is a list with `explode: false`, while its `ids` are one text.
/// - Stripe's `deepObject` has brackets for the members of objects. Parts of its upload have no style, since that holds
///   for `application/x-www-form-urlencoded` alone (OpenAPI 3.0, "Encoding Object"): an object is JSON.
const EXPECTED: &str = include_str!("../fixtures/programs/vendors.txt");

#[tokio::test]
async fn requests_are_what_the_documents_of_five_vendors_say() {
    let Some(corpus) = std::env::var_os("SPEC_CORPUS").map(PathBuf::from) else {
        println!("SPEC_CORPUS is not set: skipped");
        return;
    };
    let folder = write_program(&corpus);
    let server = Server::start(|_| Reply::json(400, &json!({}))).await;
    let mut program = crates::cargo(&folder, "run");
    program.env("SERVER", server.origin());
    let output = tokio::task::spawn_blocking(move || program.output()).await;
    let output = output.expect("no panic").expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let sent: Vec<String> = server.requests().iter().map(shown).collect();
    let expected: Vec<&str> = EXPECTED.split("----\n").map(str::trim_end).collect();
    assert_eq!(sent, expected);
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
        name: "vendors".to_owned(),
        description: "Client of five vendors".to_owned(),
        version: "0.1.0".to_owned(),
        rust_version: "1.95".to_owned(),
        runtime: Runtime::at(crates::runtime()),
        ..Package::default()
    };
    let files = twilio_codegen::generate(sources, &package)
        .unwrap_or_else(|report| panic!("the documents do not generate:\n{report}"));
    let folder = crates::write_crate("vendors", &files, MANIFEST_END);
    crates::write(&folder.join("src/main.rs"), PROGRAM);
    folder
}

/// The line of a request, the headers that its parameters, its body and its credentials decide, and its body, with a
/// name for the boundary between parts, which differs from run to run.
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
    let body = String::from_utf8_lossy(&request.body).replace("\r\n", "\n");
    if !body.is_empty() {
        text = format!("{text}\n\n{body}");
    }
    let text = boundary.map_or_else(|| text.clone(), |it| text.replace(it, "B"));
    text.trim_end().to_owned()
}

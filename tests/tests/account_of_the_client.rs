//! What is below an account is reached without naming it, in the account that the client knows.
//!
//! The program `fixtures/programs/account_of_the_client.rs` is built with the crate of one fixture, and calls a server that
//! records what arrives.

#[path = "support/crates.rs"]
mod crates;
mod support;

use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime};

use self::support::{Reply, Server};

const SPEC: &str = include_str!("../fixtures/rules/resources/account-of-the-client.yaml");

const PROGRAM: &str = include_str!("../fixtures/programs/account_of_the_client.rs");

/// What arrives, in the order of the calls.
const EXPECTED: [&str; 11] = [
    "POST /v1/Accounts/AC1/Messages.json",
    "DELETE /v1/Accounts/AC1/Messages/SM%201.json",
    "POST /v1/Accounts/AC2/Messages.json",
    "GET /v1/Sims.json",
    "POST /v1/Accounts/AC3/Messages.json",
    "POST /v1/Accounts/AC%2F4/Messages.json",
    "POST /v1/Accounts/AC5/Messages.json",
    "POST /v1/Accounts/AC6/Messages.json",
    "POST /v1/Accounts/AC7/Messages.json",
    "POST /v1/Accounts/AC8/Messages.json",
    "POST /v1/Accounts/AC8/Messages.json",
];

/// What the program tells of clients that know no account, and of accounts that there cannot be.
const ERRORS: &str = "\
CreateMessage: the path needs an account, and the client has none: call `account_sid` on the builder, or set \
TWILIO_ACCOUNT_SID for `from_env`
CreateMessage: the path needs an account, and the client has none: call `account_sid` on the builder, or set \
TWILIO_ACCOUNT_SID for `from_env`
the account is empty: give the id of an account, or none
the account has white space around it: remove blanks and line ends before and after it
";

#[test]
fn requests_go_to_the_account_that_the_client_knows() {
    let source = SourceFile {
        path: "twilio_demo_v1.yaml".to_owned(),
        text: SPEC.to_owned(),
    };
    let package = Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("twilio-iot")
    };
    let files = twilio_codegen::generate(&[source], &package)
        .unwrap_or_else(|report| panic!("the fixture does not generate:\n{report}"));
    let folder = crates::write_crate("account-of-the-client", &files, crates::MANIFEST_END);
    crates::write(&folder.join(crates::PROGRAM), PROGRAM);

    let server = Server::start(|_| Reply::empty(204));
    let mut program = crates::cargo(&folder, "run");
    program.args(["--example", "program", "--no-default-features"]);
    program.args(["--features", "demo,mock"]);
    program.env("SERVER", &server.url);
    program.env("TWILIO_API_KEY", "SK1");
    program.env("TWILIO_API_SECRET", "secret");
    program.env("TWILIO_ACCOUNT_SID", "AC5");
    let output = program.output().expect("cargo");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(server.lines(), EXPECTED);
    assert_eq!(String::from_utf8_lossy(&output.stdout), ERRORS);
}

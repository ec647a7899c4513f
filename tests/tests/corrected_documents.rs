//! Clients of documents with corrected faults send what the documents mean.
//!
//! The program `fixtures/programs/corrected.rs` is built with the crate of the documents in `fixtures/programs/corrected`.
//! [`EXPECTED`] was written by reading them.

#[path = "support/crates.rs"]
mod crates;

use twilio_codegen::source::SourceFile;
use twilio_codegen::{Package, Runtime};

/// The documents: one with faults of many kinds, one with fields of Swagger 2.0, one with references by name, one with forms
/// without fields, and one that leaves out what its calls need.
const SPECS: [(&str, &str); 5] = [
    (
        "cars.yaml",
        include_str!("../fixtures/programs/corrected/cars.yaml"),
    ),
    (
        "shops.yaml",
        include_str!("../fixtures/programs/corrected/shops.yaml"),
    ),
    (
        "trees.yaml",
        include_str!("../fixtures/programs/corrected/trees.yaml"),
    ),
    (
        "uploads.yaml",
        include_str!("../fixtures/programs/corrected/uploads.yaml"),
    ),
    (
        "reports.yaml",
        include_str!("../fixtures/programs/corrected/reports.yaml"),
    ),
];

const PROGRAM: &str = include_str!("../fixtures/programs/corrected.rs");

/// The requests in the order of the calls, separated by empty lines.
const EXPECTED: &str = include_str!("../fixtures/programs/corrected.txt");

#[test]
fn corrected_documents_mean_what_their_clients_send() {
    let sources = SPECS.map(|(path, text)| SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    let package = Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("corrected")
    };
    let files = twilio_codegen::generate(&sources, &package)
        .unwrap_or_else(|report| panic!("the documents do not generate:\n{report}"));
    let folder = crates::write_crate("corrected", &files, crates::MANIFEST_END);
    crates::write(&folder.join(crates::PROGRAM), PROGRAM);
    assert_eq!(
        crates::run(&folder, "cars,shops,trees,uploads,reports"),
        EXPECTED
    );
}

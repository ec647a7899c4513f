//! Compiles callers of an old version with the new one.
//!
//! All callers are modules of one program, and all crates that they call are modules of one library, so that one run of
//! cargo checks them. Callers with errors are identified by the files of the errors and removed, and the rest is checked
//! again: rustc does not check types while a name is missing. The library, which is most of the code, is checked once.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use twilio_codegen::Package;

use super::caller::caller;
use super::crates::{self, write};
use super::pair::{Pair, sources_of};

/// Returns which of `pairs` have a caller of the old version that does not compile with the new one.
pub fn broken(crate_name: &str, pairs: &[Pair]) -> BTreeSet<usize> {
    let folder = crates::empty_crate(crate_name);
    let mut features = BTreeSet::new();
    for (number, pair) in pairs.iter().enumerate() {
        write_pair(&folder.join(format!("src/p{number}")), pair, &mut features);
    }
    write(&folder.join("Cargo.toml"), &manifest(crate_name, &features));
    let root = |modules: String| format!("#![allow(warnings)]\n{modules}");
    let library = (0..pairs.len()).map(|it| format!("pub mod p{it} {{ pub mod krate; }}\n"));
    write(&folder.join("src/lib.rs"), &root(library.collect()));
    let mut broken = BTreeSet::new();
    loop {
        let callers = (0..pairs.len())
            .filter(|number| !broken.contains(number))
            .map(|it| format!("mod p{it} {{ use library::p{it}::krate; mod caller; }}\n"));
        let program = root(callers.collect()) + "fn main() {}\n";
        write(&folder.join("src/main.rs"), &program);
        let found = check(&folder, pairs);
        if found.is_empty() {
            return broken;
        }
        broken.extend(found);
    }
}

/// Writes the caller of the old version and the whole new version.
fn write_pair(folder: &Path, pair: &Pair, features: &mut BTreeSet<String>) {
    let [old, new] = pair.models();
    let [old_plan, new_plan] = [&old, &new].map(|apis| twilio_codegen::plan::plan(apis, None));
    let products = old_plan
        .client
        .products
        .iter()
        .chain(&new_plan.client.products);
    features.extend(products.map(|it| it.feature.clone()));
    write(&folder.join("caller.rs"), &caller(&old_plan));
    let files = twilio_codegen::generate(sources_of(&pair.new), &package())
        .unwrap_or_else(|report| panic!("{}:\n{report}", pair.name));
    for file in files {
        match file.path.strip_prefix("src/") {
            Some("lib.rs") => write(&folder.join("krate.rs"), &file.text),
            Some(path) => write(&folder.join("krate").join(path), &file.text),
            None => {} // The manifest and the settings of rustfmt.
        }
    }
}

/// Runs cargo and returns the pairs whose callers have errors. It panics on any other error.
fn check(folder: &Path, pairs: &[Pair]) -> BTreeSet<usize> {
    let output = crates::cargo(folder, "check")
        .args(["--message-format", "json"])
        .output()
        .expect("cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut broken = BTreeSet::new();
    for line in text.lines() {
        let message: Value = serde_json::from_str(line).expect("JSON lines");
        let error = &message["message"];
        let spans = error["spans"].as_array().map_or(&[][..], Vec::as_slice);
        if error["level"] != "error" || spans.is_empty() {
            continue;
        }
        let places = spans.iter().filter(|it| it["is_primary"] == true);
        for place in places.filter_map(|it| it["file_name"].as_str()) {
            let number = place
                .strip_prefix("src/p")
                .and_then(|it| it.strip_suffix("/caller.rs"))
                .and_then(|it| it.parse().ok());
            let Some(number) = number else {
                panic!("an error outside the callers:\n{}", error["rendered"]);
            };
            broken.insert(number);
        }
    }
    assert_eq!(
        output.status.success(),
        broken.is_empty(),
        "cargo with {} pairs:\n{}",
        pairs.len(),
        String::from_utf8_lossy(&output.stderr)
    );
    broken
}

fn manifest(name: &str, features: &BTreeSet<String>) -> String {
    let mut list = String::new();
    for feature in features {
        let _ = writeln!(list, "{feature} = []");
    }
    let names: Vec<String> = features.iter().map(|it| format!("{it:?}")).collect();
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[lib]\nname = \"library\"\n\n[features]\ndefault = [{}]\n{list}\n[dependencies]\n\
         runtime = {{ package = \"twilio-runtime\", path = {:?}, default-features = false }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n",
        names.join(", "),
        crates::runtime()
    )
}

/// Returns the metadata of the manifest, which does not matter here.
pub fn package() -> Package {
    Package::named("twilio-iot")
}

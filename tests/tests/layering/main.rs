//! The seams between the crates, and between the stages of the generator: who may name whom.
//!
//! Reads the sources as tokens, so that prose and text do not count; what `quote!` holds is the emitted crate's
//! code and does not count either, nor do tests.

mod seams;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use self::seams::{SEAMS, Seam};
use self::sources::{Source, sources};

#[test]
fn modules_name_only_what_is_before_them() {
    let mut faults = String::new();
    for Seam {
        package,
        modules,
        never,
    } in SEAMS
    {
        let sources = sources(package);
        for module in modules.iter() {
            assert!(
                sources.iter().any(|it| it.stage() == *module),
                "`{package}` has no module `{module}`: mend the table"
            );
        }
        for source in sources
            .iter()
            .filter(|it| modules.is_empty() || modules.contains(&it.stage()))
        {
            for never in *never {
                source.add_faults(never, &mut faults);
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// The root of the generator and its pipeline know every stage, so no stage knows them.
#[test]
fn stages_name_modules_of_the_generator_and_not_its_root() {
    let sources = sources("codegen");
    let modules: BTreeSet<&str> = sources
        .iter()
        .map(Source::stage)
        .filter(|it| *it != "pipeline")
        .collect();
    let mut faults = String::new();
    for source in sources.iter().filter(|it| !it.stage().is_empty()) {
        for path in &source.named {
            if let [root, name, ..] = &path[..]
                && root == "crate"
                && name != source.stage()
                && !modules.contains(name.as_str())
            {
                source.add_faults(&format!("crate::{name}"), &mut faults);
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_http_library_is_named_in_one_module() {
    let mut faults = String::new();
    for source in sources("runtime") {
        let is_in_module = source
            .path
            .iter()
            .any(|it| it == "http_client" || it == "http_client.rs");
        if !is_in_module {
            source.add_faults("reqwest", &mut faults);
            // What reqwest is made of, whose errors tell more than its own.
            source.add_faults("hyper", &mut faults);
            source.add_faults("hyper_util", &mut faults);
        }
        for never in ["twilio_codegen", "twilio_iot"] {
            source.add_faults(never, &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// What the core of the runtime must not say, in any case: names and conventions of one vendor.
const VENDOR_WORDS: [&str; 8] = [
    "twilio",
    "kore",
    "supersim",
    "pagesize",
    "pagetoken",
    "next_page_uri",
    "20429",
    "us1",
];

/// What of a vendor the core knows is in `runtime::Vendor`, as values that generated code hands it. Comments count,
/// too. The crate's own name is no vendor's.
#[test]
fn the_core_of_the_runtime_names_no_vendor() {
    let mut faults = String::new();
    for source in sources("runtime") {
        // `lib.rs` says that there is the module.
        if matches!(source.stage(), "twilio" | "") {
            continue;
        }
        let code = source.text.split("#[cfg(test)]\nmod tests {").next();
        for (index, line) in code.unwrap_or_default().lines().enumerate() {
            let line = line.to_lowercase().replace("twilio_runtime", "");
            for word in VENDOR_WORDS.iter().filter(|it| line.contains(**it)) {
                let _ = writeln!(
                    faults,
                    "{}:{}: `{word}` belongs into `twilio`",
                    source.path.display(),
                    index + 1
                );
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Modules that know each other are one module in two places.
#[test]
fn modules_form_no_circle() {
    for package in ["codegen", "runtime", "xtask"] {
        let sources = sources(package);
        let mut knows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for source in sources.iter().filter(|it| !it.stage().is_empty()) {
            let known = source.named.iter().filter(|path| path[0] == "crate");
            let known = known.filter_map(|path| path.get(1)).cloned();
            knows
                .entry(source.stage().to_owned())
                .or_default()
                .extend(known);
        }
        assert_no_circle(package, knows);
    }
}

/// A module and those below it may know each other: they are one.
#[test]
fn files_form_no_circle() {
    for package in ["codegen", "runtime", "xtask"] {
        let sources = sources(package);
        let modules: BTreeSet<&[String]> = sources.iter().map(|it| &it.module[..]).collect();
        let mut knows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for Source { module, named, .. } in &sources {
            let known = named.iter().filter(|path| path[0] == "crate");
            let known = known.filter_map(|path| {
                let longest_first = (1..=path.len()).rev().map(|end| &path[1..end]);
                longest_first.into_iter().find(|it| modules.contains(it))
            });
            let known = known.filter(|it| !it.starts_with(module) && !module.starts_with(it));
            let known = known.map(|it| it.join("::"));
            knows.entry(module.join("::")).or_default().extend(known);
        }
        assert_no_circle(package, knows);
    }
}

fn assert_no_circle(package: &str, mut knows: BTreeMap<String, BTreeSet<String>>) {
    for (module, known) in &mut knows {
        known.remove(module);
    }
    // Those that know none of the others are in no circle, and so on.
    while let Some(last) = knows
        .iter()
        .find(|(_, known)| known.iter().all(|it| !knows.contains_key(it)))
        .map(|(module, _)| module.clone())
    {
        knows.remove(&last);
    }
    let is_left = |it: &String| knows.contains_key(it);
    let circles: BTreeMap<&String, Vec<&String>> = knows
        .iter()
        .map(|(module, known)| (module, known.iter().filter(|it| is_left(it)).collect()))
        .collect();
    assert!(circles.is_empty(), "circles in `{package}`: {circles:#?}");
}

/// Names are claimed before anything is planned. Only the docs have some of their own: chapters, and variables.
#[test]
fn names_are_claimed_in_one_place() {
    let mut faults = String::new();
    let sources = sources("codegen");
    let plan = sources.iter().filter(|it| it.stage() == "plan");
    let second = |it: &Source| it.module.get(1).cloned().unwrap_or_default();
    for source in plan.filter(|it| !["names", "docs"].contains(&second(it).as_str())) {
        source.add_faults("crate::naming::Scope", &mut faults);
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn crates_depend_on_what_the_seams_allow() {
    let metadata = metadata();
    let allowed: [(&str, &[&str]); 2] = [
        (
            "twilio-codegen",
            &[
                "heck",
                "indexmap",
                "openapiv3",
                "prettyplease",
                "proc-macro2",
                "quote",
                "regex",
                "saphyr-parser",
                "serde",
                "serde_json",
                "serde_json_path",
                "syn",
                "unicode-ident",
                "unicode-normalization",
                "unicode-width",
                "yaml_serde",
            ],
        ),
        ("twilio-iot", &["serde", "twilio-runtime"]),
    ];
    for (package, allowed) in allowed {
        let packages = metadata["packages"].as_array().unwrap();
        let package = packages.iter().find(|it| it["name"] == package).unwrap();
        let dependencies = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["kind"].is_null());
        for name in dependencies.map(|it| it["name"].as_str().unwrap()) {
            assert!(
                allowed.contains(&name),
                "{} must not depend on `{name}`",
                package["name"]
            );
        }
    }
}

/// Whoever can build the runtime can build the client.
#[test]
fn the_client_and_the_runtime_name_the_same_toolchain() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let named = |name: &str| {
        let package = packages.iter().find(|it| it["name"] == name);
        package.unwrap()["rust_version"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(named("twilio-iot"), named("twilio-runtime"));
}

#[test]
fn crates_pull_in_nothing_that_the_seams_forbid() {
    let forbidden: [(&str, &[&str]); 3] = [
        (
            "xtask",
            &[
                "hyper",
                "native-tls",
                "reqwest",
                "rustls",
                "tokio",
                "twilio-iot",
                "twilio-runtime",
            ],
        ),
        (
            "twilio-codegen",
            &["hyper", "reqwest", "tokio", "twilio-iot", "twilio-runtime"],
        ),
        (
            "twilio-runtime",
            &["openapiv3", "prettyplease", "twilio-codegen", "twilio-iot"],
        ),
    ];
    for (package, forbidden) in forbidden {
        let tree = cargo(&[
            "tree",
            "--package",
            package,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ]);
        for line in tree.lines() {
            let name = line.split(' ').next().unwrap();
            assert!(
                !forbidden.contains(&name),
                "{package} pulls in `{name}`: `cargo tree -p {package} -i {name}` says how"
            );
        }
    }
}

/// What cargo says of the packages of the workspace.
fn metadata() -> Value {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    serde_json::from_str(&metadata).expect("JSON")
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(workspace())
        .output()
        .expect("cargo");
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the folder of the workspace")
}

/// A variable of servers must not have the name of a method that the builder has, which would be called in its place.
#[test]
fn the_methods_of_the_builder_are_taken() {
    let methods = |path: &str| {
        let text = fs::read_to_string(workspace().join(path)).unwrap();
        let lines = text.lines().filter_map(|it| it.strip_prefix("    pub fn "));
        let names = lines.map(|it| it.split(['(', '<']).next().unwrap().to_owned());
        names.collect::<BTreeSet<String>>()
    };
    let names = fs::read_to_string(workspace().join("codegen/src/plan/names.rs")).unwrap();
    for (list, path) in [
        ("BUILDER_METHODS", "runtime/src/builder.rs"),
        ("VENDOR_METHODS", "runtime/src/twilio/builder.rs"),
    ] {
        let list = names.split(&format!("const {list}")).nth(1).unwrap();
        let list = list.split("];").next().unwrap();
        // That one makes a builder.
        for method in methods(path).iter().filter(|it| *it != "builder") {
            assert!(list.contains(&format!("\"{method}\"")), "{method}");
        }
    }
}

//! The allowed dependencies between the crates, and between the stages of the generator.
//!
//! The test reads the sources as tokens, so that comments and strings do not count. Neither do tests, and the contents
//! of `quote!`, which are code of the generated crate.

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
fn modules_name_only_earlier_ones() {
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
                "`{package}` has no module `{module}`: update the table"
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

/// The generator's root and its pipeline know every stage, so no stage may know them.
#[test]
fn stages_name_modules_of_the_generator_and_not_its_root() {
    let [reading, writing] = ["codegen/openapi", "codegen"].map(sources);
    let modules: BTreeSet<&str> = reading
        .iter()
        .chain(&writing)
        .map(Source::stage)
        .filter(|it| *it != "pipeline")
        .collect();
    let mut faults = String::new();
    let stages = reading.iter().chain(&writing);
    for source in stages.filter(|it| !it.stage().is_empty()) {
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
fn http_library_is_named_in_one_module() {
    let mut faults = String::new();
    for source in sources("runtime") {
        let is_in_module = source
            .path
            .iter()
            .any(|it| it == "http_client" || it == "http_client.rs");
        if !is_in_module {
            source.add_faults("reqwest", &mut faults);
            // The components of reqwest, whose errors are more specific than its own.
            source.add_faults("hyper", &mut faults);
            source.add_faults("hyper_util", &mut faults);
        }
        for never in ["twilio_codegen", "twilio_iot"] {
            source.add_faults(never, &mut faults);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Words that the core of the runtime must not contain, in any case: names and conventions of one vendor.
const VENDOR_WORDS: [&str; 8] = [
    "twilio",
    "kore",
    "supersim",
    "\"pagesize", // The parameter; other vendors have page sizes, too.
    "pagetoken",
    "next_page_uri",
    "20429",
    "us1",
];

/// The core knows a vendor only through `runtime::Vendor`, whose values generated code passes to it. Comments count,
/// too. The crate's own name does not.
#[test]
fn core_of_the_runtime_names_no_vendor() {
    let mut faults = String::new();
    for source in sources("runtime") {
        // `lib.rs` mentions the module.
        if matches!(source.stage(), "twilio" | "") {
            continue;
        }
        let code = source.text.split("#[cfg(test)]\nmod tests {").next();
        for (index, line) in code.unwrap_or_default().lines().enumerate() {
            let line = line.to_lowercase().replace("twilio_runtime", "");
            for word in VENDOR_WORDS.iter().filter(|it| line.contains(**it)) {
                let _ = writeln!(
                    faults,
                    "{}:{}: `{word}` belongs in `twilio`",
                    source.path.display(),
                    index + 1
                );
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Modules that know each other are really one module.
#[test]
fn modules_have_no_cycles() {
    for package in ["codegen/openapi", "codegen", "runtime", "xtask"] {
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
        assert_no_cycle(package, knows);
    }
}

/// A module and its submodules may know each other: they are one.
#[test]
fn files_have_no_cycles() {
    for package in ["codegen/openapi", "codegen", "runtime", "xtask"] {
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
        assert_no_cycle(package, knows);
    }
}

fn assert_no_cycle(package: &str, mut knows: BTreeMap<String, BTreeSet<String>>) {
    for (module, known) in &mut knows {
        known.remove(module);
    }
    // A node without outgoing edges is in no cycle; remove it, and repeat.
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

/// Names are claimed before anything is planned. Only the docs have names of their own: chapters and variables.
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
fn crates_have_only_allowed_dependencies() {
    let metadata = metadata();
    let allowed: [(&str, &[&str]); 4] = [
        (
            "twilio-codegen",
            &[
                "indexmap",
                "prettyplease",
                "proc-macro2",
                "quote",
                "regex",
                "serde",
                "serde_json",
                "syn",
                "twilio-codegen-openapi",
                "unicode-ident",
            ],
        ),
        (
            "twilio-codegen-openapi",
            &[
                "heck",
                "indexmap",
                "openapiv3",
                "serde",
                "serde_json",
                "serde_json_path",
                "twilio-codegen-yaml",
                "unicode-ident",
                "unicode-normalization",
                "unicode-width",
                "yaml_serde",
            ],
        ),
        ("twilio-codegen-yaml", &["saphyr-parser"]),
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

/// A toolchain that builds the runtime also builds the client.
#[test]
fn client_and_runtime_require_the_same_toolchain() {
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
fn crates_have_no_forbidden_transitive_dependencies() {
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
                "{package} pulls in `{name}`: `cargo tree -p {package} -i {name}` shows why"
            );
        }
    }
}

/// Otherwise `codegen` and its dependencies compile once for `cargo xtask` and again for `cargo test --workspace`.
#[test]
fn xtask_is_built_with_the_features_of_the_workspace() {
    let with_features = |arguments: &[&str]| -> BTreeSet<String> {
        let tree = ["tree", "--prefix", "none", "--format", "{p} {f}"];
        let tree = cargo(&[&tree, arguments].concat());
        let lines = tree.lines().map(|it| it.trim_end_matches(" (*)"));
        lines.map(str::to_owned).collect()
    };
    let xtask = with_features(&["--package", "xtask", "--edges", "normal,build"]);
    let workspace = with_features(&["--workspace", "--edges", "normal,build,dev"]);
    let others: Vec<&String> = xtask.difference(&workspace).collect();
    assert!(
        others.is_empty(),
        "the workspace gives these crates other features, which xtask/Cargo.toml must turn on: {others:#?}"
    );
}

/// Returns cargo's metadata of the workspace.
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

/// A server variable must not have the name of an existing builder method, which would be called in its place.
#[test]
fn builder_method_names_are_reserved() {
    let methods = |path: &str| {
        let text = fs::read_to_string(workspace().join(path)).unwrap();
        let lines = text.lines().filter_map(|it| it.strip_prefix("    pub fn "));
        let names = lines.map(|it| it.split(['(', '<']).next().unwrap().to_owned());
        names.collect::<BTreeSet<String>>()
    };
    let names = fs::read_to_string(workspace().join("codegen/src/plan/names/reserved.rs")).unwrap();
    for (list, path) in [
        ("BUILDER_METHODS", "runtime/src/builder.rs"),
        ("VENDOR_METHODS", "runtime/src/twilio/builder.rs"),
    ] {
        let list = names.split(&format!("const {list}")).nth(1).unwrap();
        let list = list.split("];").next().unwrap();
        // This one creates a builder.
        for method in methods(path).iter().filter(|it| *it != "builder") {
            assert!(list.contains(&format!("\"{method}\"")), "{method}");
        }
    }
}

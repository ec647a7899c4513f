//! Generated crates compile without warnings: those of every fixture, and of real specs if there are any.
//!
//! `SPEC_CORPUS` names a folder of real specs outside this repository: `upstream/twilio`, `upstream/history/<date>`,
//! `upstream/kore` and `corpus/twilio`. Without it, those tests pass and report that they were skipped.
//!
//! The crates are written below `target/tmp` and share one target directory, so that their dependencies compile once.
//! They use the versions of the workspace's lock file.

#[path = "support/crates.rs"]
mod crates;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use twilio_codegen::api::{Api, Parameter, ResponseHeader, ResponseKind};
use twilio_codegen::report::Finding;
use twilio_codegen::source::SourceFile;
use twilio_codegen::tree::Places;
use twilio_codegen::{Package, Runtime};

use self::crates::workspace;

#[test]
fn fixtures_compile_and_document_without_warnings() {
    // A crate has the conventions of one vendor.
    let mut crates: BTreeMap<&str, Vec<SourceFile>> = BTreeMap::new();
    for group in ["mocks", "names", "requests", "resources", "schemas"] {
        for path in files(&workspace().join("tests/fixtures/rules").join(group)) {
            // Each fixture is a separate product, named after its rule.
            let mut source = read(&path);
            let stem = path.file_stem().unwrap().to_str().unwrap();
            source.path = format!("fixture_{}_v1.yaml", stem.replace('-', "_"));
            if let Ok(apis) = twilio_codegen::models(std::slice::from_ref(&source)) {
                crates
                    .entry(apis[0].vendor.name())
                    .or_default()
                    .push(source);
            }
        }
    }
    let count: usize = crates.values().map(Vec::len).sum();
    assert!(count > 50, "only {count} fixtures generate");
    for (vendor, sources) in crates {
        let package = generate(&format!("fixtures-{vendor}"), &sources);
        cargo(&package, "check", &[]);
        cargo(&package, "doc", &["--no-deps"]);
        cargo(&package, "test", &["--doc"]);
    }
}

/// A product of 240 operations, with tags that share types and a resource, an unused type, a type and a handle that many tags
/// need, and operations with two tags and with none.
#[test]
fn each_tag_of_a_large_product_compiles_alone() {
    let package = generate("large", &[large_document()]);
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    let regions: String = (0..10)
        .map(|it| format!("\"large-region{it}\", "))
        .collect();
    let all = format!(
        "large = [\"large-fleets\", \"large-usage\", \"large-sims-2\", {regions}\"large-untagged\"]\n"
    );
    assert!(manifest.contains(&all), "{manifest}");
    for features in [
        "large-fleets",
        "large-sims-2",
        "large-usage",
        "large-untagged",
        "large-region7",
        "large-fleets,large-untagged",
        "large",
        "",
    ] {
        check_with(&package, &format!("{features},mock"));
    }
    // A type that no selected tag needs does not exist.
    let users = "fn user(_: twilio_iot::large::v1::Card) {}";
    assert!(!compiles_beside(&package, "large-usage", users));
    assert!(compiles_beside(&package, "large-sims-2", users));
    // A type that many tags need does.
    let users = "fn user(_: twilio_iot::large::v1::Country) {}";
    assert!(compiles_beside(&package, "large-usage", users));
}

fn large_document() -> SourceFile {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\nservers: [{url: https://large.example.com}]\n\
         components:\n  schemas:\n    Fleet: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}\n    \
         Owner: {type: object, properties: {kind: {type: string, enum: [a, b]}, fleets: {type: array, items: {$ref: \
         '#/components/schemas/Fleet'}}}}\n    Usage: {type: object, properties: {owner: {$ref: \
         '#/components/schemas/Owner'}}}\n    Unused: {type: object, properties: {usage: {$ref: \
         '#/components/schemas/Usage'}}}\n    Sim: {oneOf: [{type: string}, {$ref: '#/components/schemas/Card'}]}\n    \
         Card: {type: object, properties: {id: {type: string}}}\n    Region: {type: object, properties: {country: \
         {$ref: '#/components/schemas/Country'}}}\n    Country: {type: object, properties: {code: {type: string}}}\npaths:\n",
    );
    for number in 0..40 {
        let parameter =
            "parameters: [{name: id, in: path, required: true, schema: {type: string}}]";
        let answer = |name: &str| {
            format!(
                "responses: {{'200': {{description: One., content: {{application/json: {{schema: {{$ref: \
                 '#/components/schemas/{name}'}}}}}}}}}}"
            )
        };
        let [fleet, usage, sim, region] = ["Fleet", "Usage", "Sim", "Region"].map(answer);
        let tags = match number % 5 {
            0 => "[Sims 2, fleets]",
            1 => "[]",
            _ => "['Sims 2']",
        };
        text.push_str(&format!(
            "  /group{number}/fleets/{{id}}:\n    {parameter}\n    get: {{tags: [fleets], {fleet}}}\n    \
             put: {{tags: [fleets], requestBody: {{content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/Owner'}}}}}}}}, responses: {{'204': {{description: Done.}}}}}}\n  \
             /group{number}/fleets/{{id}}/usage:\n    {parameter}\n    get: {{tags: [usage], {usage}}}\n  \
             /sims{number}:\n    get: {{tags: {tags}, {sim}}}\n  \
             /regions{number}:\n    get: {{tags: [region{tens}], {region}}}\n  \
             /worlds/{{id}}/part{number}:\n    {parameter}\n    get: {{tags: [region{tens}], {region}}}\n",
            tens = number % 10
        ));
    }
    SourceFile {
        path: "large.yaml".to_owned(),
        text,
    }
}

/// Compiles a crate with only these features.
fn check_with(package: &Path, features: &str) {
    let arguments = ["--no-default-features", "--features", features];
    let output = cargo_in(package, "check", &arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{features}:\n{errors}");
}

/// Returns whether code that names the items of a crate compiles with these features.
fn compiles_beside(package: &Path, features: &str, code: &str) -> bool {
    let examples = package.join("examples");
    fs::create_dir_all(&examples).expect("a folder that can be made");
    let code = format!("{code}\nfn main() {{ let _ = user; }}\n");
    fs::write(examples.join("user.rs"), code).expect("a file that can be written");
    let arguments = [
        "--example",
        "user",
        "--no-default-features",
        "--features",
        features,
    ];
    let output = cargo_in(package, "check", &arguments);
    fs::remove_dir_all(examples).expect("a folder that can be removed");
    output.status.success()
}

#[test]
fn real_specs_compile() {
    let Some(corpus) = corpus() else { return };
    let mut folders = files(&corpus.join("upstream/history"));
    folders.insert(0, corpus.join("upstream/twilio"));
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let sources: Vec<SourceFile> = files(&folder).iter().map(|path| read(path)).collect();
        let package = generate(name, &sources);
        cargo(&package, "check", &[]);
        if name == "twilio" {
            cargo(&package, "doc", &["--no-deps"]);
        }
    }
    let kore = [read(&corpus.join("upstream/kore/kore-supersim-v1.yaml"))];
    cargo(&generate("kore", &kore), "check", &[]);
}

/// Their `meta` is behind a reference. It does not matter that the rest of the spec may be unsupported.
#[test]
fn usage_lists_of_kore_are_paged() {
    let Some(corpus) = corpus() else { return };
    let spec = read(&corpus.join("upstream/kore/kore-programmable-wireless-v1.yaml"));
    let (apis, report) = twilio_codegen::read(&[spec]);
    let is_about_pages = |it: &Finding| it.id() == "part-without-page";
    assert!(!report.iter().any(is_about_pages), "{report}");
    for id in ["listDataUsage", "listDataUsageForSim"] {
        let mut operations = apis.iter().flat_map(|api| &api.operations);
        let operation = operations.find(|it| it.id == id).expect(id);
        assert!(
            matches!(&operation.result, ResponseKind::Page { items, .. } if items == "usage_records"),
            "{:?}",
            operation.result
        );
    }
}

#[test]
fn specs_describe_the_same_apis_as_upstream() {
    let Some(corpus) = corpus() else { return };
    for file in ["twilio_supersim_v1.yaml", "twilio_wireless_v1.yaml"] {
        let ours = model_without_prose(&workspace().join("specs").join(file));
        let upstream = model_without_prose(&corpus.join("upstream/twilio").join(file));
        let first = ours
            .lines()
            .zip(upstream.lines())
            .enumerate()
            .find(|(_, (ours, upstream))| ours != upstream);
        if let Some((line, (ours_line, upstream_line))) = first {
            let context: Vec<&str> = ours
                .lines()
                .skip(line.saturating_sub(25))
                .take(25)
                .collect();
            panic!(
                "{file}: `{}` here is `{}` upstream, in:\n{}",
                ours_line.trim(),
                upstream_line.trim(),
                context.join("\n")
            );
        }
        assert_eq!(
            ours.len(),
            upstream.len(),
            "{file}: one of the two is longer"
        );
    }
}

/// The overlays of this workspace also apply to the vendor's files, with the same result.
#[test]
fn overlays_fit_upstream() {
    let Some(corpus) = corpus() else { return };
    for name in ["twilio_supersim_v1", "twilio_wireless_v1"] {
        let overlay = workspace().join(format!("specs/{name}.overlay.yaml"));
        let spec = format!("{name}.yaml");
        let folders = [workspace().join("specs"), corpus.join("upstream/twilio")];
        let [ours, upstream] = folders.map(|folder| {
            let spec = read(&folder.join(&spec));
            let overlay = SourceFile {
                path: spec.path.replace(".yaml", ".overlay.yaml"),
                ..read(&overlay)
            };
            let (mut apis, report) = twilio_codegen::read(&[spec, overlay]);
            assert!(report.is_empty(), "{report}");
            apis.iter_mut().for_each(drop_prose);
            format!("{apis:#?}")
        });
        assert!(ours == upstream, "{name}: the two make different APIs");
    }
}

#[test]
fn other_twilio_specs_compile_or_are_rejected() {
    let Some(corpus) = corpus() else { return };
    let paths = files(&corpus.join("corpus/twilio"));
    let mut sources = Vec::new();
    for path in &paths {
        let source = read(path);
        match twilio_codegen::models(std::slice::from_ref(&source)) {
            Ok(_) => sources.push(source),
            Err(report) => println!("{report}"),
        }
    }
    println!("{} of {} specs generate", sources.len(), paths.len());
    assert!(
        sources.len() >= FLOOR,
        "only {} of {} specs generate",
        sources.len(),
        paths.len()
    );
    let package = generate("other", &sources);
    cargo(&package, "check", &[]);
    cargo(&package, "test", &["--doc"]);
}

/// The number of specs in `corpus/twilio` that generated at the last check.
const FLOOR: usize = 17;

/// Returns the folder of real specs, if there is one.
#[expect(clippy::print_stdout, reason = "reports that a test was skipped")]
fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("SPEC_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SPEC_CORPUS does not name a folder of real specs");
    }
    folder
}

/// Writes the crate for `sources` and returns its folder.
fn generate(name: &str, sources: &[SourceFile]) -> PathBuf {
    let files = twilio_codegen::generate(sources, &package())
        .unwrap_or_else(|report| panic!("{name} does not generate:\n{report}"));
    crates::write_crate(name, &files, MANIFEST_END)
}

/// The crates are inside the workspace's target directory, but not part of the workspace. Their docs show a program,
/// which needs tokio.
const MANIFEST_END: &str = "
[dev-dependencies]
tokio = { version = \"1\", features = [\"macros\", \"rt\"] }

[workspace]

[lints.rust]
warnings = \"deny\"
";

/// Runs a cargo command in a crate, with every product but without TLS, which would only take time. Tests also need
/// mocks.
fn cargo(package: &Path, command: &str, arguments: &[&str]) {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("a file that can be read");
    let products = manifest
        .lines()
        .filter_map(|line| line.strip_suffix(" = []"));
    let mut features: Vec<&str> = products.collect();
    if command == "test" {
        features.push("mock");
    }
    let features = features.join(",");
    let features = ["--no-default-features", "--features", &features];
    let output = cargo_in(package, command, &[&features, arguments].concat());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {command} in {}:\n{errors}",
        package.display()
    );
}

fn cargo_in(package: &Path, command: &str, arguments: &[&str]) -> Output {
    crates::cargo(package, command)
        .args(arguments)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo")
}

/// Returns everything in a spec that a program can rely on, as text.
fn model_without_prose(path: &Path) -> String {
    let mut apis =
        twilio_codegen::models(&[read(path)]).unwrap_or_else(|report| panic!("{report}"));
    apis.iter_mut().for_each(drop_prose);
    format!("{apis:#?}")
}

fn drop_prose(api: &mut Api) {
    api.title.clear();
    api.doc = None;
    api.places = Places::default();
    for definition in &mut api.types {
        definition.doc = None;
    }
    for schema in &mut api.schemas {
        schema.doc = None;
        schema.example = None;
    }
    for operation in &mut api.operations {
        operation.summary = None;
        operation.doc = None;
        operation.examples.clear();
        // Browsers ask whether a page may read a response (Fetch, "HTTP responses"); the specs of this workspace omit
        // that.
        let is_for_clients = |header: &ResponseHeader| !header.name.starts_with("access-control-");
        for success in &mut operation.success {
            success.headers.retain(is_for_clients);
        }
        let parameters = operation
            .path_parameters
            .iter_mut()
            .chain(&mut operation.parameters);
        parameters.for_each(drop_parameter_prose);
    }
    for resource in &mut api.resources {
        resource.doc = None;
        resource
            .parameters
            .iter_mut()
            .for_each(drop_parameter_prose);
    }
}

fn drop_parameter_prose(parameter: &mut Parameter) {
    parameter.doc = None;
    parameter.example = None;
}

fn package() -> Package {
    Package {
        runtime: Runtime::at(crates::runtime()),
        ..Package::named("twilio-iot")
    }
}

fn read(path: &Path) -> SourceFile {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile {
        path: path.to_str().expect("a path in Unicode").to_owned(),
        text,
    }
}

/// Returns the entries of a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry of the folder").path())
        .collect();
    paths.sort();
    paths
}

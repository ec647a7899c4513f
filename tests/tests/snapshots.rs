//! Generated code, one OpenAPI or Twilio rule at a time.
//!
//! Each fixture contains only what its rule needs, is named after it and begins with a sentence that states it. A
//! reviewer reads the snapshots when the generator changes. Accept changes with `INSTA_UPDATE=always cargo test -p
//! twilio-tests --test snapshots`, then read the diff.

use std::ffi::OsStr;
use std::path::Path;

use twilio_codegen::guide::Guide;
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GENERATED, GeneratedFile, Package, Sources, Vendor};

/// The file of the product's own handle, which every spec has.
const ROOT: &str = "src/demo/v1/demo.rs";

/// The files that only users' tests need.
const MOCK: &str = "src/demo/v1/mock.rs";
const EXAMPLES: &str = "src/demo/v1/examples.json";

/// The table of commands.
const COMMANDS: &str = "src/demo/v1/cli.rs";

/// The file of types that no operation uses.
const TYPES: &str = "src/demo/v1/types.rs";

#[test]
fn schemas() {
    insta::glob!("../fixtures/rules/schemas", "*.*", |path| {
        snapshot("schemas", path, |file| file == TYPES);
    });
}

#[test]
fn requests() {
    insta::glob!("../fixtures/rules/requests", "*.yaml", |path| {
        snapshot("requests", path, is_of_resource);
    });
}

#[test]
fn resources() {
    insta::glob!("../fixtures/rules/resources", "*.yaml", |path| {
        snapshot("resources", path, |file| {
            file == ROOT || (is_of_resource(file) && file != COMMANDS)
        });
    });
}

#[test]
fn names() {
    insta::glob!("../fixtures/rules/names", "*.yaml", |path| {
        snapshot("names", path, |file| {
            file.starts_with("src/demo") && ![MOCK, EXAMPLES].contains(&file)
        });
    });
}

#[test]
fn mocks() {
    insta::glob!("../fixtures/rules/mocks", "*.yaml", |path| {
        snapshot("mocks", path, |file| {
            file.starts_with("src/demo") && ![ROOT, COMMANDS].contains(&file)
        });
    });
}

/// The environment variables of a client without vendor conventions, and their docs.
#[test]
fn credentials() {
    insta::glob!("../fixtures/rules/credentials", "*.yaml", |path| {
        let text = read(path);
        let sources = [SourceFile {
            path: "pets.yaml".to_owned(),
            text: text.clone(),
        }];
        let files = twilio_codegen::generate(&sources, &package()).unwrap();
        let root = files.iter().find(|it| it.path == "src/lib.rs").unwrap();
        assert_parses(root);
        let between = |start: &str, end: &str| {
            let rest = root.text.find(start).map(|at| &root.text[at..]);
            rest.and_then(|it| Some(&it[..it.find(end)?]))
                .unwrap_or_default()
        };
        let shown = [
            between("//! # Credentials", "//! # Cargo features"),
            between("    /// A client with", "    pub fn from_env"),
            between("    /// An error", "    pub fn from_env"),
            between("    const VENDOR", "    const LOG"),
        ];
        settings(&text).bind(|| insta::assert_snapshot!("credentials", shown.concat()));
    });
}

fn is_of_resource(file: &str) -> bool {
    file.starts_with("src/demo/v1/") && ![ROOT, MOCK, EXAMPLES].contains(&file)
}

#[test]
fn unsupported() {
    insta::glob!("../fixtures/rules/unsupported", "*.yaml", |path| {
        let text = read(path);
        let outcome = generate(&[source(path, &text)], &package());
        let report = outcome.expect_err("the construct is not supported");
        settings(&text).bind(|| insta::assert_snapshot!("unsupported", report.to_string()));
    });
}

/// A document with one operation.
const DEMO: &str = "\
openapi: 3.0.1
info: {title: Demo, version: '1'}
servers: [{url: https://demo.example.com}]
paths:
  /v1/Sims:
    delete: {operationId: DeleteSim, responses: {'204': {description: Gone.}}}
";

#[test]
fn two_versions_of_a_product() {
    let sources = [
        "fixture_demo_v1.yaml",
        "fixture_other_thing_v1.yaml",
        "fixture_demo_v2.yaml",
    ]
    .map(|path| SourceFile {
        path: path.to_owned(),
        text: DEMO.to_owned(),
    });
    let files = generate(&sources, &package()).unwrap();
    insta::with_settings!({ description => "Versions of a product share its module and its feature.", omit_expression => true }, {
        insta::assert_snapshot!(shown(&files, |file| !file.contains("/v")));
    });
}

#[test]
fn a_guide() {
    const GUIDE: &str = "\
How to use [`Client`](crate::Client).

# Type & `code` of [it]

```
# let hidden = 1;
```

# Type, code of it

More.
";
    let sources = [SourceFile {
        path: "fixture_demo_v1.yaml".to_owned(),
        text: DEMO.to_owned(),
    }];
    let guide = SourceFile {
        path: "guide.md".to_owned(),
        text: GUIDE.to_owned(),
    };
    let package = Package {
        guide: Some(Guide::read(&guide).unwrap()),
        ..package()
    };
    let files = generate(&sources, &package).unwrap();
    insta::with_settings!({ description => "A guide is a module of docs, with a module for each chapter.", omit_expression => true }, {
        insta::assert_snapshot!(shown(&files, |file| file.starts_with("src/guide")));
    });
    let root = files.iter().find(|it| it.path == "src/lib.rs").unwrap();
    for line in [
        "//! - [Type, code of it](guide::type_comma_code_of_it)",
        "pub mod guide;",
    ] {
        assert!(root.text.lines().any(|it| it == line), "{}", root.text);
    }
}

/// Lints on identifiers are allowed only if names need it.
#[test]
fn lints_are_allowed_only_if_names_need_it() {
    let root = |fields: &str| {
        let spec = SourceFile {
            path: "fixture_demo_v1.yaml".to_owned(),
            text: format!(
                "{DEMO}components: {{schemas: {{a: {{type: object, properties: {{{fields}}}}}}}}}\n"
            ),
        };
        let files = generate(&[spec], &package()).unwrap();
        let root = files.into_iter().find(|it| it.path == "src/lib.rs");
        let root = root.expect("a root").text;
        let lints = root.lines().filter(|line| line.starts_with("#![allow("));
        lints.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(root("b: {type: string}"), [""; 0]);
    let script =
        |lint| format!("#![allow({lint}, reason = \"names are in the script of the spec\")]");
    let scripts = [
        "confusable_idents",
        "mixed_script_confusables",
        "non_ascii_idents",
        "uncommon_codepoints",
    ];
    assert_eq!(root("年齢: {type: string}"), scripts.map(script));
    let case = |lint| format!("#![allow({lint}, reason = \"these letters have no other case\")]");
    let lints = root("𝐀: {type: string, enum: [𝐚]}");
    for lint in ["non_camel_case_types", "non_snake_case"] {
        assert!(lints.contains(&case(lint)), "{lints:?}");
    }
}

/// A product cannot have the name of an existing feature of the crate.
#[test]
fn features_of_the_crate_are_reserved() {
    for name in ["rustls", "native_tls", "webhooks", "mock"] {
        let spec = SourceFile {
            path: format!("fixture_{name}_v1.yaml"),
            text: DEMO.to_owned(),
        };
        let files = generate(&[spec], &package()).unwrap();
        let manifest = files.iter().find(|it| it.path == "Cargo.toml").unwrap();
        let feature = name.replace('_', "-");
        let defined = manifest.text.matches(&format!("\n{feature} = [")).count();
        assert_eq!(defined, 1, "{}", manifest.text);
        files
            .iter()
            .filter(|file| file.path.ends_with(".rs"))
            .for_each(assert_parses);
    }
}

/// Cargo rejects a feature that begins with a hyphen, and with it the whole workspace.
#[test]
fn feature_names_are_valid_in_cargo() {
    let sources = ["2fa", "type", "self"].map(|name| SourceFile {
        path: format!("fixture_{name}_v1.yaml"),
        text: DEMO.to_owned(),
    });
    let files = generate(&sources, &package()).unwrap();
    let manifest = files.iter().find(|it| it.path == "Cargo.toml").unwrap();
    let lines = manifest.text.lines();
    let features: Vec<&str> = lines
        .skip_while(|line| *line != "[features]")
        .take_while(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(
        features,
        [
            "[features]",
            "default = [\"2fa\", \"type\", \"self\", \"rustls\"]",
            "2fa = []",
            "type = []",
            "self = []",
        ]
    );
    let root = files.iter().find(|it| it.path == "src/lib.rs").unwrap();
    for lines in [
        "#[cfg(feature = \"2fa\")]\npub mod _2fa;",
        "#[cfg(feature = \"self\")]\npub mod self_;",
        "#[cfg(feature = \"type\")]\npub mod r#type;",
    ] {
        assert!(root.text.contains(lines), "{}", root.text);
    }
}

/// Snapshots what the generator makes of a fixture: the selected files, or its faults. The snapshot is named after
/// `name` and the fixture.
fn snapshot(name: &str, path: &Path, is_wanted: impl Fn(&str) -> bool) {
    let text = read(path);
    let shown = match generate(&[source(path, &text)], &package()) {
        Ok(files) => {
            files
                .iter()
                .filter(|file| file.path.ends_with(".rs"))
                .for_each(assert_parses);
            shown(&files, is_wanted)
        }
        Err(report) => report.to_string(),
    };
    settings(&text).bind(|| insta::assert_snapshot!(name, shown));
}

/// Returns the selected files, each below a line with its path.
fn shown(files: &[GeneratedFile], is_wanted: impl Fn(&str) -> bool) -> String {
    let wanted = files.iter().filter(|file| is_wanted(&file.path));
    let shown = wanted.map(|GeneratedFile { path, text }| {
        let header = text.split_once("\n\n");
        let rest = header.filter(|(line, _)| line.starts_with(&format!("// {GENERATED} ")));
        format!("--- {path}\n{}", rest.map_or(text.as_str(), |it| it.1))
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// Asserts that a file begins with the generator's line and is valid Rust.
fn assert_parses(file: &GeneratedFile) {
    assert!(
        file.text.starts_with(&format!("// {GENERATED} `")),
        "{}",
        file.path
    );
    if let Err(error) = syn::parse_file(&file.text) {
        panic!("{} is not valid Rust: {error}\n{}", file.path, file.text);
    }
}

/// Uses the rule at the start of a fixture as the snapshot's description.
fn settings(text: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    if let Some(rule) = text.lines().next().and_then(|line| line.strip_prefix("# ")) {
        settings.set_description(rule);
    }
    settings
}

/// Returns a fixture as the only spec of `demo`, version 1. Diagnostics contain its path.
fn source(path: &Path, text: &str) -> SourceFile {
    let extension = path
        .extension()
        .and_then(OsStr::to_str)
        .expect("a fixture with an extension");
    SourceFile {
        path: format!("fixture_demo_v1.{extension}"),
        text: text.to_owned(),
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a fixture that can be read")
}

/// No vendor conventions apply: everything in the document is only a name.
#[test]
fn a_plain_document() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plain.yaml");
    let sources = [SourceFile {
        path: "specs/plain.yaml".to_owned(),
        text: read(&path),
    }];
    let files = twilio_codegen::generate(&sources, &package()).unwrap();
    let text = |name: &str| {
        let file = files.iter().find(|it| it.path == name);
        file.unwrap_or_else(|| panic!("no {name}")).text.clone()
    };
    assert!(!text("Cargo.toml").contains("webhooks"));
    let texts = ["src/lib.rs", "src/plain/v1/pet.rs"].map(text);
    insta::assert_snapshot!(texts.join("\n"));
}

/// Generates the crate of fixtures with Twilio's conventions, whatever their file names.
fn generate(files: &[SourceFile], package: &Package) -> Result<Vec<GeneratedFile>, Report> {
    let vendor = Some(Vendor::twilio());
    twilio_codegen::generate(
        Sources {
            vendor,
            ..Sources::from(files)
        },
        package,
    )
}

fn package() -> Package {
    Package {
        description: "A demo".to_owned(),
        license: Some("MIT OR Apache-2.0".to_owned()),
        version: "1.2.3".to_owned(),
        rust_version: "1.95".to_owned(),
        ..Package::named("demo")
    }
}

//! Emits `Cargo.toml` of the generated crate.

use crate::package::{Package, Runtime, header};
use crate::plan::{Client, Product};

/// The text of the manifest. Every value in it is an identifier, a version or text from this project.
pub(super) fn manifest(client: &Client, package: &Package) -> String {
    let Package {
        name,
        description,
        license: _,       // in `facts`
        repository: _,    // in `facts`
        documentation: _, // in `facts`
        readme: _,        // in `facts`
        keywords: _,      // in `facts`
        categories: _,    // in `facts`
        license_files: _, // separate files
        default_features,
        version,
        rust_version,
        is_workspace,
        runtime,
        guide: _,
        columns: _, // of tables, which the plan has
    } = package;
    let defaults = defaults(client, default_features.as_deref());
    let facts = facts(package);
    let products: String = client.products.iter().map(product).collect();
    let webhooks = match client.vendor.runtime() {
        Some(_) => {
            "# Checking and reading the webhooks that the service sends.\nwebhooks = [\"runtime/webhooks\"]\n"
        }
        None => "",
    };
    let workspace = if *is_workspace { "\n[workspace]\n" } else { "" };
    let description = toml_string(description);
    let runtime = source(runtime);
    let program = program(name);
    let header = header(client.sources());
    let (serde, serialize) = serde(client);
    format!(
        "# {header}

[package]
name = \"{name}\"
description = {description}
version = \"{version}\"
edition = \"2024\"
rust-version = \"{rust_version}\"
{facts}publish = false

# Docs with every item, and what feature each needs.
[package.metadata.docs.rs]
all-features = true

# Examples in the docs need dependencies that this crate does not have.
[lib]
doctest = false

{program}[features]
default = {defaults}
{products}{RUNTIME_FEATURES}serialize = {serialize}
{PROGRAM_FEATURES}{webhooks}
[dependencies]
runtime = {{ package = \"twilio-runtime\", {runtime}, default-features = false }}
serde = {serde}
{workspace}"
    )
}

/// The dependency on serde, and what the feature `serialize` turns on. Most clients of forms need serde's derive, which takes
/// long to build, only with that feature.
fn serde(client: &Client) -> (&'static str, &'static str) {
    if client.derives_serialize() {
        ("{ version = \"1\", features = [\"derive\"] }", "[]")
    } else {
        ("\"1\"", "[\"serde/derive\"]")
    }
}

/// The list of the features that are on by default.
fn defaults(client: &Client, chosen: Option<&[String]>) -> String {
    let products = client.products.iter().map(|it| it.feature.as_str());
    let features: Vec<&str> = match chosen {
        Some(chosen) => chosen.iter().map(String::as_str).collect(),
        None => products.collect(),
    };
    toml_list(features.into_iter().chain(["rustls"]))
}

/// The program, whose docs are those of the library.
fn program(name: &str) -> String {
    let name = toml_string(name);
    format!(
        "# The command line.
[[bin]]
name = {name}
path = \"src/main.rs\"
required-features = [\"cli\"]
doc = false
test = false

"
    )
}

/// The runtime's features that every client passes on.
const RUNTIME_FEATURES: &str = "\
# TLS with rustls and ring, with rustls and aws-lc-rs, or with the platform's library. Without any, only `http` works.
rustls = [\"runtime/rustls\"]
rustls-aws-lc-rs = [\"runtime/rustls-aws-lc-rs\"]
native-tls = [\"runtime/native-tls\"]
# Compressed responses.
gzip = [\"runtime/gzip\"]
# `reqwest_builder`: connections that the program has set up itself.
reqwest = [\"runtime/reqwest\"]
# `wait()` and iterators for programs without an asynchronous runtime.
blocking = [\"runtime/blocking\"]
# A service in memory with the examples of the specs, for tests of programs that use the client.
mock = [\"runtime/mock\", \"serialize\"]
# `serde::Serialize` for what answers hold, personal data and all; what it writes can be read back.
";

/// The features of the program.
const PROGRAM_FEATURES: &str = "\
# The program of this crate: every operation as a command.
cli = [\"runtime/cli\"]
# The command `mcp` of that program: every operation as a tool for assistants.
mcp = [\"cli\", \"runtime/mcp\"]
";

/// The features of a product: its own, and those of its tags, which it turns on.
fn product(product: &Product) -> String {
    let names = product.tags.iter().map(|it| it.name.as_str());
    let mut text = format!("{} = {}\n", product.feature, toml_list(names.clone()));
    text.extend(names.map(|it| format!("{it} = []\n")));
    text
}

/// The optional metadata of the package, one line each.
fn facts(package: &Package) -> String {
    let fact = |key: &str, value: &Option<String>| {
        let value = value.as_deref().map(toml_string);
        value.map_or_else(String::new, |it| format!("{key} = {it}\n"))
    };
    let list = |key: &str, values: &[String]| match values {
        [] => String::new(),
        values => {
            let values = toml_list(values.iter().map(String::as_str));
            format!("{key} = {values}\n")
        }
    };
    [
        fact("license", &package.license),
        fact("repository", &package.repository),
        fact("documentation", &package.documentation),
        fact("readme", &package.readme),
        list("keywords", &package.keywords),
        list("categories", &package.categories),
    ]
    .concat()
}

/// The source of a dependency, as keys of its table.
fn source(runtime: &Runtime) -> String {
    let key = |key: &str, value: &str| format!("{key} = {}", toml_string(value));
    match runtime {
        Runtime::Path {
            path,
            version: Some(version),
        } => format!("{}, {}", key("path", path), key("version", version)),
        Runtime::Path {
            path,
            version: None,
        } => key("path", path),
        Runtime::Version(version) => key("version", version),
        Runtime::Git(url) => key("git", url),
    }
}

/// A TOML array of strings.
fn toml_list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(toml_string).collect();
    format!("[{}]", texts.join(", "))
}

/// A TOML basic string (TOML 1.0, "String").
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

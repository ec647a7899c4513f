//! The seams between the crates, and between the stages of the generator: who may name whom.
//!
//! Reads the sources as tokens, so that prose and text do not count; what `quote!` holds is the emitted crate's
//! code and does not count either, nor do tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use syn::buffer::Cursor;
use syn::parse::{Parse, ParseStream};

/// What the modules of a crate, by the first word of their path, must never name.
struct Seam {
    package: &'static str,
    modules: &'static [&'static str],
    never: &'static [&'static str],
}

const SEAMS: &[Seam] = &[
    // The generator is a function: what it is given decides what it returns.
    Seam {
        package: "codegen",
        modules: &[],
        never: &[
            "std::env",
            "std::fs",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "std::io",
        ],
    },
    Seam {
        package: "codegen",
        modules: &[],
        never: &[
            "reqwest",
            "runtime",
            "twilio_iot",
            "twilio_runtime",
            "tokio",
        ],
    },
    // A report is of places, whatever is said of them.
    Seam {
        package: "codegen",
        modules: &["report"],
        never: &[
            "crate::api",
            "crate::diff",
            "crate::emit",
            "crate::guide",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::overlay",
            "crate::placement",
            "crate::plan",
            "crate::release",
            "crate::render",
            "crate::source",
            "crate::tree",
            "crate::vendor",
            "openapiv3",
        ],
    },
    // A stage knows what comes before it, never what comes after.
    Seam {
        package: "codegen",
        modules: &["bundle", "placement", "pointer", "source", "tree"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "openapiv3",
        ],
    },
    // Only `tree` parses what a spec or an overlay says, once.
    Seam {
        package: "codegen",
        modules: &["bundle", "load", "overlay", "placement", "report", "source"],
        never: &["saphyr_parser", "serde_yaml"],
    },
    Seam {
        package: "codegen",
        modules: &["load"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "crate::vendor",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["api"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["lower"],
        never: &[
            "crate::emit",
            "crate::naming",
            "crate::plan",
            "crate::render",
        ],
    },
    // The model holds examples as JSON, so the plan looks into JSON, too.
    Seam {
        package: "codegen",
        modules: &["plan"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::render",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["emit"],
        never: &[
            "crate::api",
            "crate::load",
            "crate::lower",
            "openapiv3",
            "serde_json",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["guide", "naming", "render"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::plan",
            "openapiv3",
        ],
    },
    // The model holds its vendor, so a vendor tells its conventions in words of its own.
    Seam {
        package: "codegen",
        modules: &["vendor"],
        never: &[
            "crate::api",
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::plan",
            "openapiv3",
        ],
    },
    // A comparison is of models and plans; how they are read and written is not its business.
    Seam {
        package: "codegen",
        modules: &["overlay"],
        never: &[
            "crate::api",
            "crate::diff",
            "crate::emit",
            "crate::lower",
            "crate::naming",
            "crate::plan",
            "crate::render",
            "crate::vendor",
            "openapiv3",
        ],
    },
    Seam {
        package: "codegen",
        modules: &["diff"],
        never: &[
            "crate::emit",
            "crate::load",
            "crate::lower",
            "crate::render",
            "crate::vendor",
            "openapiv3",
        ],
    },
    // Only `emit` and `render` make or read Rust.
    Seam {
        package: "codegen",
        modules: &[
            "api",
            "bundle",
            "diff",
            "guide",
            "load",
            "lower",
            "naming",
            "overlay",
            "placement",
            "plan",
            "pointer",
            "report",
            "source",
            "tree",
            "vendor",
        ],
        never: &["prettyplease", "proc_macro2", "quote", "syn"],
    },
    Seam {
        package: "generated",
        modules: &[],
        never: &[
            "chrono",
            "http",
            "hyper",
            "reqwest",
            "rust_decimal",
            "serde_json",
            "tokio",
            "twilio_codegen",
            "url",
        ],
    },
    // `gen` must build when `generated` does not.
    Seam {
        package: "xtask",
        modules: &[],
        never: &[
            "hyper",
            "openapiv3",
            "proc_macro2",
            "quote",
            "reqwest",
            "runtime",
            "syn",
            "tokio",
            "twilio_iot",
            "twilio_runtime",
        ],
    },
];

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

/// What of a vendor the core knows is in `runtime::Vendor`, as values that generated code hands it. Comments count, too.
/// The crate's own name is no vendor's.
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

/// A source file and what it names.
struct Source {
    path: PathBuf,
    text: String,
    /// The module that it is, below its crate: `plan`, `doc`.
    module: Vec<String>,
    /// The paths in it, those into its own crate beginning with `crate`.
    named: Vec<Vec<String>>,
}

impl Source {
    /// The first module below the crate.
    fn stage(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Adds a line for each line that names `never`.
    fn add_faults(&self, never: &str, faults: &mut String) {
        let never_path: Vec<&str> = never.split("::").collect();
        // A lone word may be a variable or a macro; a crate is named by a path.
        let names = |path: &&Vec<String>| {
            path.len() > 1
                && path.len() >= never_path.len()
                && path.iter().zip(&never_path).all(|(a, b)| a == b)
        };
        for path in self.named.iter().filter(names) {
            let last = path.last().expect("a path");
            let is_there = |line: &str| {
                let code = line.split("//").next().unwrap_or_default();
                code.contains(never_path[never_path.len() - 1]) && code.contains(last.as_str())
            };
            let line = self
                .text
                .lines()
                .position(is_there)
                .map_or(0, |line| line + 1);
            let _ = writeln!(
                faults,
                "{}:{line}: `{}` must not be named here",
                self.path.display(),
                path.join("::")
            );
        }
    }
}

/// The sources of a crate of this workspace, but for its tests.
fn sources(package: &str) -> Vec<Source> {
    let root = workspace().join(package).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder that can be read") {
            let path = entry.expect("an entry of the folder").path();
            let name = path
                .file_stem()
                .expect("a file with a name")
                .to_str()
                .expect("a path in Unicode");
            if path.is_dir() {
                folders.push(path);
            } else if name != "tests" {
                sources.push(source(&root, &path));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!sources.is_empty(), "{} holds no source", root.display());
    sources
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).expect("a file that can be read");
    let relative = path
        .strip_prefix(root)
        .expect("a path below the folder")
        .with_extension("");
    let mut module: Vec<String> = relative
        .iter()
        .map(|part| part.to_str().expect("a path in Unicode").to_owned())
        .collect();
    if matches!(
        module.last().map(String::as_str),
        Some("lib" | "main" | "mod")
    ) {
        module.pop();
    }
    let Named(named) =
        syn::parse_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let named = named
        .into_iter()
        .map(|path| absolute(path, &module))
        .collect();
    Source {
        path: path
            .strip_prefix(workspace())
            .expect("a path below the folder")
            .to_owned(),
        text,
        module,
        named,
    }
}

/// `path`, written in `module`, from the root of the crate.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|word| *word == "super").count();
    let is_self = path[0] == "self";
    if supers == 0 && !is_self {
        return path;
    }
    let kept = module.len().saturating_sub(supers);
    let above = std::iter::once("crate".to_owned()).chain(module[..kept].iter().cloned());
    above
        .chain(path.into_iter().skip(supers + usize::from(is_self)))
        .collect()
}

/// The paths of a token stream, those of a `use` tree one by one.
struct Named(Vec<Vec<String>>);

impl Parse for Named {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut named = Vec::new();
        input.step(|cursor| {
            let mut rest = *cursor;
            add_paths(rest, &[], &mut named);
            while let Some((_, next)) = rest.token_tree() {
                rest = next;
            }
            Ok(((), rest))
        })?;
        Ok(Self(named))
    }
}

/// Adds the paths in a run of tokens; `prefix` is what stands before the braces of a `use` tree.
fn add_paths(mut cursor: Cursor<'_>, prefix: &[String], named: &mut Vec<Vec<String>>) {
    while !cursor.eof() {
        if let Some(rest) = after_tests(cursor) {
            cursor = rest;
        } else if let Some((ident, mut rest)) = cursor.ident() {
            let mut path = prefix.to_vec();
            path.push(ident.to_string());
            while let Some(after) = after_colons(rest) {
                if let Some((ident, next)) = after.ident() {
                    path.push(ident.to_string());
                    rest = next;
                } else if let Some((inside, _, _, next)) = after.any_group() {
                    add_paths(inside, &path, named);
                    rest = next;
                } else {
                    rest = after;
                }
            }
            let is_template = path.last().is_some_and(|it| it == "quote");
            named.push(path);
            let template = after_punct(rest, '!').filter(|_| is_template);
            cursor = template.map_or(rest, after_group);
        } else if let Some((inside, _, _, rest)) = cursor.any_group() {
            add_paths(inside, &[], named);
            cursor = rest;
        } else {
            cursor = cursor
                .token_tree()
                .expect("a token, as this is not the end")
                .1;
        }
    }
}

/// What follows `::`, if that is what comes.
fn after_colons(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    after_punct(after_punct(cursor, ':')?, ':')
}

fn after_punct(cursor: Cursor<'_>, wanted: char) -> Option<Cursor<'_>> {
    cursor
        .punct()
        .filter(|(it, _)| it.as_char() == wanted)
        .map(|(_, rest)| rest)
}

fn after_group(cursor: Cursor<'_>) -> Cursor<'_> {
    cursor.any_group().map_or(cursor, |(_, _, _, rest)| rest)
}

/// What follows `#[cfg(test)] mod tests { … }` or `#[cfg(test)] mod tests;`, if that is what comes.
fn after_tests(cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    let (attribute, _, _, mut rest) = after_punct(cursor, '#')?.any_group()?;
    let (_, arguments) = attribute.ident().filter(|(it, _)| it == "cfg")?;
    let (arguments, _, _, _) = arguments.any_group()?;
    arguments.ident().filter(|(it, _)| it == "test")?;
    while let Some((_, next)) = rest.token_tree() {
        let ends = rest.any_group().is_some() || after_punct(rest, ';').is_some();
        rest = next;
        if ends {
            break;
        }
    }
    Some(rest)
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

/// The test would pass if it saw nothing.
#[test]
fn paths_are_seen_in_every_form() {
    let text = "
        use a::{b::{self, c}, d as e};
        #[cfg(test)]
        mod tests { use hidden::one; }
        fn f(x: ::g::H<i::J>) -> super::k::L { m::n!(o::p); quote!(hidden::two); q.r::<s::T>() }
    ";
    let Named(named) = syn::parse_str(text).unwrap();
    let module = ["x".to_owned(), "y".to_owned()];
    let named: Vec<String> = named
        .into_iter()
        .map(|path| absolute(path, &module).join("::"))
        .collect();
    for path in [
        "a::b::self",
        "a::b::c",
        "a::d",
        "g::H",
        "i::J",
        "crate::x::k::L",
        "m::n",
        "o::p",
        "s::T",
    ] {
        assert!(
            named.iter().any(|it| it == path),
            "`{path}` is not in {named:?}"
        );
    }
    assert!(
        !named.iter().any(|it| it.starts_with("hidden")),
        "{named:?}"
    );
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

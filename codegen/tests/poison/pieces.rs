//! Cuts specs into small valid specs, so that a poisoned one is generated quickly.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use twilio_codegen::report::Report;
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package};

use crate::places::{Role, Step, StringLocation, find, reference, replace};
use crate::shape::{assert_path, harmless_items};

/// A piece of a spec, which is itself a spec, and the strings in it or in its overlay to poison.
pub struct Piece {
    pub path: String,
    document: Value,
    /// If present, it is poisoned instead of the document.
    overlay: Option<Value>,
    /// The strings that no earlier piece contains.
    pub places: Vec<StringLocation>,
    /// The crate of the unchanged piece.
    pub files: BTreeMap<String, File>,
}

/// A file of a crate, and its items.
pub struct File {
    text: String,
    pub items: Vec<String>,
}

impl Piece {
    fn new(
        spec: &str,
        document: Value,
        overlay: Option<Value>,
        places: Vec<StringLocation>,
    ) -> Self {
        let files = generate(spec, &document, overlay.as_ref());
        let files = files.unwrap_or_else(|report| panic!("{report}"));
        let items = harmless_crate(&files, &BTreeMap::new());
        let files = files.into_iter().zip(items);
        Self {
            path: spec.to_owned(),
            document,
            overlay,
            places,
            files: files
                .map(|(GeneratedFile { path, text }, items)| (path, File { text, items }))
                .collect(),
        }
    }

    /// Generates a crate with other strings at some locations.
    pub fn poisoned(
        &self,
        strings: &[(&StringLocation, &str)],
    ) -> Result<Vec<GeneratedFile>, Report> {
        let (mut document, mut overlay) = (self.document.clone(), self.overlay.clone());
        let poisoned = overlay.as_mut().unwrap_or(&mut document);
        // Values of an object are found through its keys, so they come first.
        for (place, text) in strings.iter().rev() {
            replace(poisoned, place, text);
        }
        generate(&self.path, &document, overlay.as_ref())
    }
}

/// Returns the strings of a spec, piece by piece.
pub fn of_spec(spec: &str) -> Vec<Piece> {
    let mut seen = BTreeSet::new();
    let pieces = cut(spec, &Value::Null).into_iter().map(|document| {
        let mut places = Vec::new();
        find(&document, &mut Vec::new(), Role::Word, &mut places);
        places.retain(|it| seen.insert((it.steps.clone(), it.is_key)));
        Piece::new(spec, document, None, places)
    });
    pieces.collect()
}

/// Returns the strings of a spec's overlay, each action with a piece of the spec that it changes.
pub fn of_overlay(spec: &str) -> Vec<Piece> {
    let whole = read(&format!("{spec}.overlay"));
    let mut left: Vec<Value> = whole["actions"].as_array().expect("actions").clone();
    let mut pieces: Vec<Piece> = Vec::new();
    for document in cut(spec, &whole) {
        let overlay = matching(spec, &document, &whole);
        let mut places = Vec::new();
        find(&overlay, &mut Vec::new(), Role::Word, &mut places);
        let actions = overlay["actions"].as_array().expect("actions");
        places.retain(|it| match *it.steps {
            [_, Step::Index(index), ..] => left.contains(&actions[index]),
            _ => pieces.is_empty(),
        });
        left.retain(|it| !actions.contains(it));
        if !places.is_empty() {
            pieces.push(Piece::new(spec, document, Some(overlay), places));
        }
    }
    assert!(left.is_empty(), "no piece for {left:#?}");
    pieces
}

/// Returns the actions of an overlay that change a document.
fn matching(spec: &str, document: &Value, whole: &Value) -> Value {
    let mut overlay = whole.clone();
    loop {
        let faults = match generate(spec, document, Some(&overlay)) {
            Ok(_) => return overlay,
            Err(report) => report,
        };
        let actions = overlay["actions"].as_array_mut().expect("actions");
        let unmatched = faults.iter().filter(|it| it.id() == "unmatched-target");
        let targets: Vec<String> = unmatched.map(|it| it.site.pointer.to_string()).collect();
        assert!(!targets.is_empty(), "{faults}");
        let mut index = 0;
        actions.retain(|_| {
            index += 1;
            !targets.contains(&format!("/actions/{}/target", index - 1))
        });
    }
}

/// Cuts a spec into pieces that are specs: each path, with the components that it and `overlay` refer to.
fn cut(spec: &str, overlay: &Value) -> Vec<Value> {
    let whole = read(spec);
    let always = components_of(&whole, overlay);
    let paths = whole["paths"].as_object().expect("paths");
    let mut used = BTreeSet::new();
    let mut pieces = Vec::new();
    for (path, item) in paths {
        let needed = components_of(&whole, item);
        used.extend(needed.clone());
        pieces.push(part(&whole, path, &(&needed | &always)));
    }
    // Components that no path refers to, with those that they refer to.
    let mut rest = whole["components"].clone();
    retain(&mut rest, |reference| !used.contains(reference));
    let mut needed = components_of(&whole, &rest);
    retain(&mut rest, |reference| {
        needed.insert(reference.to_owned());
        true
    });
    // Without an operation it is not a spec.
    let (path, item) = paths.iter().next().expect("a path");
    needed.extend(components_of(&whole, item));
    pieces.push(part(&whole, path, &needed));
    pieces
}

/// Returns a spec with only one of its paths, and some components.
fn part(whole: &Value, path: &str, components: &BTreeSet<String>) -> Value {
    let mut document = whole.clone();
    document["paths"] = json!({ path: whole["paths"][path] });
    retain(&mut document["components"], |it| components.contains(it));
    document
}

fn read(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../specs/{name}.yaml"));
    let text = fs::read_to_string(file).expect("a file that can be read");
    serde_yaml::from_str(&text).expect("YAML")
}

/// Returns the references to all components that a value refers to.
fn components_of(whole: &Value, value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut todo = vec![value];
    while let Some(value) = todo.pop() {
        references(value, &mut |target| {
            if found.insert(target.to_owned()) {
                todo.extend(whole.pointer(target.trim_start_matches('#')));
            }
        });
    }
    found
}

/// Keeps the components whose reference meets a condition.
fn retain(components: &mut Value, mut keep: impl FnMut(&str) -> bool) {
    for (section, members) in components.as_object_mut().expect("components") {
        if section != "securitySchemes" {
            let members = members.as_object_mut().expect("a section");
            members.retain(|name, _| keep(&reference(section, name)));
        }
    }
}

fn references(value: &Value, take: &mut impl FnMut(&str)) {
    if let Some(target) = value.get("$ref").and_then(Value::as_str) {
        take(target);
    }
    if let Some(object) = value.as_object() {
        object.values().for_each(|it| references(it, take));
    }
    if let Some(list) = value.as_array() {
        list.iter().for_each(|it| references(it, take));
    }
}

fn generate(
    spec: &str,
    document: &Value,
    overlay: Option<&Value>,
) -> Result<Vec<GeneratedFile>, Report> {
    let package = Package::named("demo");
    let documents = [
        Some((".json", document)),
        overlay.map(|it| (".overlay.json", it)),
    ];
    let sources = documents.into_iter().flatten().map(|(extension, value)| {
        let bytes = serde_json::to_vec(value).expect("JSON");
        SourceFile::from_bytes(format!("{spec}{extension}"), bytes)
    });
    let sources: Result<Vec<_>, _> = sources.collect();
    twilio_codegen::generate(&sources?, &package)
}

/// Asserts that files are safe to write, to compile and to document, given that those of `known` are. Returns the items
/// of each.
pub fn harmless_crate(files: &[GeneratedFile], known: &BTreeMap<String, File>) -> Vec<Vec<String>> {
    let mut paths = BTreeSet::new();
    let items = files.iter().map(|GeneratedFile { path, text }| {
        assert!(paths.insert(path.to_lowercase()), "{path} is there twice");
        match known.get(path) {
            Some(known) if known.text == *text => known.items.clone(),
            Some(_) if path.ends_with(".toml") => panic!("{path} differs"),
            Some(_) | None => {
                assert_path(path);
                harmless_items(path, text)
            }
        }
    });
    items.collect()
}

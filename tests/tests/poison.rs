//! Specs whose authors mean harm: each string of both specs is replaced by hostile text, one at a time.
//!
//! What comes out is an error, or a crate that does no harm and whose items are the same apart from that name. A
//! spec is poisoned piece by piece: each of its paths, with the components that it leads to.
//!
//! One text for each string is a normal run. `cargo test -p twilio-tests --test poison -- --ignored` tries all of
//! them on all strings, which takes a quarter of an hour.

mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::thread;

use serde_json::{Map, Value};
use twilio_codegen::source::SourceFile;
use twilio_codegen::{GeneratedFile, Package};

use shape::{assert_path, harmless_items, without_names};

const SPECS: [&str; 2] = ["twilio_supersim_v1", "twilio_wireless_v1"];

/// What strings are replaced by.
const HOSTILE: [&str; 27] = [
    "\"quotes\" 'and' \\",
    "*/ fn main() {} /*",
    "]] ) } ;",
    "#![allow(x)] #[path = \"/etc/passwd\"]",
    "a line\nand\r\nanother\r/// one",
    "\u{202e}esrever\u{2066}\u{200b}\u{2028}",
    "nul\0 \u{7} \u{1b}[31m",
    "`one` ``two",
    "```\npanic!()\n```",
    "words\n\n~~~rust\npanic!()\n~~~",
    "words\n\n    panic!()",
    "- item\n\n      panic!()",
    "- ```\n  panic!()",
    "> ```\n> panic!()\n> ```",
    "1. 1. ```\n      panic!()",
    "\t```should_panic\n\tpanic!()",
    "<div>\n<script>alert()</script>",
    "[link](javascript:alert) [`Sim`] ![image](file:///x)\n[`Sim`]: <x>",
    "${HOME} $(id) {0} {{}} %s",
    "../..",
    "/etc/passwd",
    LONG,
    "type",
    "Self",
    "crate",
    "\u{1f980}\u{1f469}\u{200d}\u{1f467}",
    "",
];

/// Stands for a text of 10,000 characters.
const LONG: &str = "long";

/// A place that holds a string.
#[derive(Clone, Debug)]
struct Place {
    steps: Vec<Step>,
    /// Whether the last step's key is meant, rather than its value.
    is_key: bool,
    role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Index(usize),
}

impl Place {
    /// Whether nothing that it holds is an error.
    fn may_say_anything(&self) -> bool {
        let has_grammar = matches!(key(&self.steps, 0), "pattern" | "termsOfService" | "url");
        self.role == Role::Prose && !has_grammar
    }
}

/// What a string is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// It is shown or sent: no item depends on it.
    Prose,
    /// It names something.
    Name,
    /// It names a component, which references name, too.
    Component,
    /// It says what something is, so that another word may make it something else.
    Word,
}

/// A piece of a spec: a spec as well.
struct Piece {
    path: String,
    document: Value,
    /// The strings that no earlier piece holds.
    places: Vec<Place>,
    files: BTreeMap<String, File>,
}

/// A file of the crate that a piece makes as it is, and the items in it.
struct File {
    text: String,
    items: Vec<String>,
}

#[test]
fn each_string_once() {
    let outcomes = poison(0);
    let is_full = outcomes.strings > 10_000 && outcomes.crates > 1_000;
    assert!(is_full, "{outcomes:?}");
}

#[test]
#[ignore = "takes a quarter of an hour"]
fn each_string_with_each_text() {
    for turn in 0..HOSTILE.len() {
        println!("turn {turn}: {:?}", poison(turn));
    }
}

/// How many cases there were, and how many of them made a crate.
#[derive(Debug, Default)]
struct Outcomes {
    strings: usize,
    cases: usize,
    crates: usize,
    wrong: usize,
}

/// Strings of a piece that are poisoned at once, and what with.
struct Case<'a> {
    piece: &'a Piece,
    strings: Vec<(&'a Place, &'static str)>,
}

/// How many strings of prose are poisoned at once.
const AT_ONCE: usize = 8;

/// Poisons every string with a text by turns, beginning with another in each `turn`.
fn poison(turn: usize) -> Outcomes {
    let pieces: Vec<Piece> = SPECS.into_iter().flat_map(pieces).collect();
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut texts = HOSTILE.into_iter().cycle().skip(turn);
    for piece in &pieces {
        let (prose, others): (Vec<&Place>, Vec<&Place>) =
            piece.places.iter().partition(|it| it.may_say_anything());
        for places in prose.chunks(AT_ONCE).chain(others.chunks(1)) {
            let strings = places.iter().copied().zip(texts.by_ref()).collect();
            cases.push(Case { piece, strings });
        }
    }
    let half = |start: usize| {
        let mut outcomes = Outcomes::default();
        let mut first = String::new();
        for case in cases.iter().skip(start).step_by(2) {
            outcomes.strings += case.strings.len();
            outcomes.cases += 1;
            match catch_unwind(|| judge(case)) {
                Ok(is_crate) => outcomes.crates += usize::from(is_crate),
                Err(panic) => {
                    let message = panic.downcast_ref::<String>().map_or("", |it| it.as_str());
                    outcomes.wrong += 1;
                    if outcomes.wrong <= 20 {
                        let (path, strings) = (&case.piece.path, &case.strings);
                        first += &format!("{path}: {strings:?}: {message}\n\n");
                    }
                }
            }
        }
        (outcomes, first)
    };
    let [one, two] = thread::scope(|scope| {
        [0, 1]
            .map(|start| scope.spawn(move || half(start)))
            .map(|it| it.join().expect("a thread that does not panic"))
    });
    let (one, two, wrong) = (one.0, two.0, one.1 + &two.1);
    let outcomes = Outcomes {
        strings: one.strings + two.strings,
        cases: one.cases + two.cases,
        crates: one.crates + two.crates,
        wrong: one.wrong + two.wrong,
    };
    assert!(wrong.is_empty(), "{outcomes:?}\n{wrong}");
    outcomes
}

/// Poisons the strings of a case. Returns whether a crate came out.
fn judge(case: &Case<'_>) -> bool {
    let Case { piece, strings } = case;
    let long = "x".repeat(10_000);
    let mut document = piece.document.clone();
    // What stands in an object is found behind its key.
    for (place, text) in strings.iter().rev() {
        let text = if *text == LONG { &long } else { *text };
        replace(&mut document, place, text);
    }
    let Ok(files) = generate(&piece.path, &document) else {
        return false;
    };
    let items = harmless_crate(&files, &piece.files);
    let old: Vec<String> = sorted(piece.files.values().flat_map(|it| it.items.clone()));
    let new: Vec<String> = sorted(items.into_iter().flatten());
    match strings[0].0.role {
        Role::Prose => assert!(old == new, "{}", difference(&old, &new)),
        Role::Name | Role::Component => {
            let [old, new] = [old, new].map(|items| without_names(&items));
            assert!(old == new, "{}", difference(&old, &new));
        }
        Role::Word => {}
    }
    true
}

fn sorted(items: impl Iterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.collect();
    items.sort();
    items
}

/// Asserts that files are safe to write, to compile and to document, which those of `known` are. Returns the items of
/// each.
fn harmless_crate(files: &[GeneratedFile], known: &BTreeMap<String, File>) -> Vec<Vec<String>> {
    let mut paths = BTreeSet::new();
    let items = files.iter().map(|GeneratedFile { path, text }| {
        assert!(paths.insert(path.to_lowercase()), "{path} is there twice");
        match known.get(path) {
            Some(known) if known.text == *text => known.items.clone(),
            Some(_) if path.ends_with(".toml") => panic!("{path} is another"),
            Some(_) | None => {
                assert_path(path);
                harmless_items(path, text)
            }
        }
    });
    items.collect()
}

/// What is only in the one, and what is only in the other.
fn difference(old: &[String], new: &[String]) -> String {
    let only = |these: &[String], those: &[String]| {
        let mut left = those.to_vec();
        let lost = these
            .iter()
            .filter(|it| match left.iter().position(|o| o == *it) {
                Some(index) => {
                    left.remove(index);
                    false
                }
                None => true,
            });
        lost.cloned().collect::<Vec<_>>()
    };
    format!("{:#?} became {:#?}", only(old, new), only(new, old))
}

fn generate(path: &str, document: &Value) -> Result<Vec<GeneratedFile>, String> {
    let source = SourceFile::from_bytes(
        format!("{path}.json"),
        serde_json::to_vec(document).expect("JSON"),
    );
    let package = Package {
        name: "demo".to_owned(),
        version: "0.1.0".to_owned(),
        rust_version: "1.95".to_owned(),
        runtime: "../runtime".to_owned(),
        guide: None,
    };
    source
        .and_then(|source| twilio_codegen::generate(&[source], &package))
        .map_err(|report| report.to_string())
}

/// Cuts a spec into pieces that are specs, and finds their strings.
fn pieces(spec: &str) -> Vec<Piece> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../specs/{spec}.yaml"));
    let text = fs::read_to_string(file).expect("a file that can be read");
    let whole: Value = serde_yaml::from_str(&text).expect("YAML");
    let paths = whole["paths"].as_object().expect("paths");
    let mut seen = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut pieces = Vec::new();
    for (path, item) in paths {
        let needed = components_of(&whole, item);
        used.extend(needed.clone());
        let paths = [(path.clone(), item.clone())].into_iter().collect();
        pieces.push(piece(spec, &whole, paths, &needed, &mut seen));
    }
    // What no path leads to, with what it leads to itself.
    let mut rest = whole["components"].clone();
    retain(&mut rest, |reference| !used.contains(reference));
    let mut needed = components_of(&whole, &rest);
    retain(&mut rest, |reference| {
        needed.insert(reference.to_owned());
        true
    });
    // Without an operation it is no spec.
    let (path, item) = paths.iter().next().expect("a path");
    needed.extend(components_of(&whole, item));
    let paths = [(path.clone(), item.clone())].into_iter().collect();
    pieces.push(piece(spec, &whole, paths, &needed, &mut seen));
    pieces
}

/// Makes a piece of some paths and components.
fn piece(
    spec: &str,
    whole: &Value,
    paths: Map<String, Value>,
    components: &BTreeSet<String>,
    seen: &mut BTreeSet<(Vec<Step>, bool)>,
) -> Piece {
    let mut document = whole.clone();
    document["paths"] = Value::Object(paths);
    retain(&mut document["components"], |it| components.contains(it));
    let files = generate(spec, &document).unwrap_or_else(|report| panic!("{report}"));
    let items = harmless_crate(&files, &BTreeMap::new());
    let mut places = Vec::new();
    find(&document, &mut Vec::new(), Role::Word, &mut places);
    places.retain(|it| seen.insert((it.steps.clone(), it.is_key)));
    let files = files.into_iter().zip(items);
    let files = files
        .map(|(GeneratedFile { path, text }, items)| (path, File { text, items }))
        .collect();
    Piece {
        path: spec.to_owned(),
        document,
        places,
        files,
    }
}

/// The references to all components that a value leads to.
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

fn reference(section: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("#/components/{section}/{name}")
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

/// Finds the strings in a value; those that have no other are for `role`.
fn find(value: &Value, steps: &mut Vec<Step>, role: Role, places: &mut Vec<Place>) {
    if value.is_string() {
        places.push(Place {
            steps: steps.clone(),
            is_key: false,
            role,
        });
    }
    if let Some(list) = value.as_array() {
        for (index, value) in list.iter().enumerate() {
            steps.push(Step::Index(index));
            find(value, steps, role, places);
            steps.pop();
        }
    } else if let Some(object) = value.as_object() {
        for (key, value) in object {
            let own = key_role(steps, key, role);
            let below = value_role(steps, key, role);
            steps.push(Step::Key(key.clone()));
            places.push(Place {
                steps: steps.clone(),
                is_key: true,
                role: own,
            });
            find(value, steps, below, places);
            steps.pop();
        }
    }
}

/// The name of the object that is `up` levels above what `steps` lead to.
fn key(steps: &[Step], up: usize) -> &str {
    match steps.iter().rev().nth(up) {
        Some(Step::Key(key)) => key,
        Some(Step::Index(_)) | None => "",
    }
}

/// Properties that make a list one of pages.
const PAGING: [&str; 2] = ["meta", "next_page_url"];

/// What a key of the object at `steps` is for.
fn key_role(steps: &[Step], name: &str, role: Role) -> Role {
    match key(steps, 0) {
        _ if role == Role::Prose => Role::Prose,
        "properties" if !PAGING.contains(&name) => Role::Name,
        "schemas" | "parameters" | "responses" if steps.len() == 2 => Role::Component,
        "examples" => Role::Prose,
        _ => Role::Word,
    }
}

/// What the value of `key` is for, in the object at `steps`.
fn value_role(steps: &[Step], name: &str, role: Role) -> Role {
    let is_field = !matches!(key(steps, 0), "properties" | "schemas");
    match name {
        _ if role == Role::Prose => Role::Prose,
        "description"
        | "summary"
        | "title"
        | "example"
        | "examples"
        | "pattern"
        | "tags"
        | "contact"
        | "license"
        | "termsOfService"
        | "version"
        | "url"
        | "pii"
        | "parent"
        | "defaultOutputProperties"
        | "apiStandards"
            if is_field =>
        {
            Role::Prose
        }
        "operationId" | "mountName" | "className" | "enum" if is_field => Role::Name,
        "name" if key(steps, 1) == "parameters" || matches!(steps.last(), Some(Step::Index(_))) => {
            Role::Name
        }
        _ => Role::Word,
    }
}

/// Puts `text` in the place of a string, and wherever else the same thing is named.
fn replace(document: &mut Value, place: &Place, text: &str) {
    let (last, above) = place.steps.split_last().expect("a place in the document");
    if place.role == Role::Component && place.is_key {
        let section = key(above, 0);
        let [old, new] = [key(&place.steps, 0), text].map(|it| reference(section, it));
        redirect(document, &old, &new);
    }
    match last {
        Step::Key(name) if place.is_key => {
            let object = at(document, above).as_object_mut().expect("an object");
            let members = std::mem::take(object).into_iter();
            object.extend(members.map(|(key, value)| {
                let key = if key == *name { text.to_owned() } else { key };
                (key, value)
            }));
            if place.role == Role::Name {
                let schema = at(document, &above[..above.len() - 1]);
                let required = schema.get_mut("required").and_then(Value::as_array_mut);
                for it in required.into_iter().flatten().filter(|it| *it == name) {
                    *it = text.into();
                }
            }
        }
        Step::Index(index) if key(above, 0) == "enum" => {
            // The same list is the same type, wherever it stands.
            let old = at(document, above).clone();
            let mut new = old.clone();
            new[*index] = text.into();
            exchange(document, &old, &new);
        }
        Step::Key(_) | Step::Index(_) => *at(document, &place.steps) = text.into(),
    }
}

fn at<'a>(document: &'a mut Value, steps: &[Step]) -> &'a mut Value {
    steps.iter().fold(document, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

/// Lets references to `old` lead to `new`.
fn redirect(document: &mut Value, old: &str, new: &str) {
    let [old, new] = [old, new].map(|it| serde_json::json!({ "$ref": it }));
    exchange(document, &old, &new);
}

/// Replaces each `old` by `new`; of objects, the members that both have.
fn exchange(value: &mut Value, old: &Value, new: &Value) {
    if value == old {
        *value = new.clone();
        return;
    }
    if let (Some(old), Some(new)) = (old.get("$ref"), new.get("$ref"))
        && value.get("$ref") == Some(old)
    {
        value["$ref"] = new.clone();
    }
    if let Some(object) = value.as_object_mut() {
        object.values_mut().for_each(|it| exchange(it, old, new));
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(|it| exchange(it, old, new));
    }
}

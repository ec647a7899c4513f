//! Turns references by name into references by place: those to an `$anchor` or an `$id`, `$dynamicRef`, and
//! `$recursiveRef` of an older JSON Schema.
//!
//! A dynamic reference may lead to another schema for each place that includes it. It is followed if the document has
//! only one schema that it can lead to.

use std::collections::BTreeMap;

use serde_json::Value;

use super::check::rule::ObjectRule;
use super::check::rules::SCHEMA;
use super::walk::{ROOT, Visitor, walk};
use crate::pointer::{Pointer, Trail};
use crate::tree::{Cursor, Tree};

/// The keywords that hold a reference, in the order in which they count.
const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// The keywords that name a schema.
const NAMES: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"];

/// How references to the definitions of a schema begin.
const DEFINITIONS: &str = "#/$defs/";

/// Rewrites the references of a document that name their schema.
pub(super) fn resolve(document: &mut Tree) {
    if !is_necessary(&document.value) {
        return;
    }
    let mut names = Names::default();
    walk(&mut names, &ROOT, document.cursor(), &Trail::root());
    let mut writer = Writer {
        written: Vec::new(),
        names,
    };
    walk(&mut writer, &ROOT, document.cursor(), &Trail::root());
    for (at, keyword, target) in writer.written {
        let is_place = |it: &Pointer| it.value(&document.value).is_some();
        let Some(target) = target.into_iter().find(is_place) else {
            continue;
        };
        if let Some((value, node)) = document.at_mut(&at) {
            let mut schema = Cursor::new(value, node);
            schema.rename(keyword, "$ref");
            schema.set("$ref", target.to_fragment(), "$ref");
        }
    }
}

/// Whether a value has a keyword that names a schema, or a reference that no other module follows. The reader of values
/// limits their depth.
fn is_necessary(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(key, value)| {
            let is_keyword = key.starts_with('$')
                && (NAMES.contains(&key.as_str()) || REFERENCES[1..].contains(&key.as_str()));
            let is_in_schema = || key == "$ref" && value.as_str().is_some_and(is_in_schema);
            is_keyword || is_in_schema() || is_necessary(value)
        }),
        Value::Array(list) => list.iter().any(is_necessary),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// Whether a reference only has a meaning from the schema around it.
fn is_in_schema(reference: &str) -> bool {
    reference == "#" || reference.starts_with(DEFINITIONS)
}

/// The names of the schemas in a document.
#[derive(Default)]
struct Names {
    /// The schemas that are in no other schema.
    roots: Vec<Pointer>,
    /// The schemas with an `$id`, which is the base of the references inside.
    ids: Vec<(String, Pointer)>,
    /// The schemas with an `$anchor` or a `$dynamicAnchor`.
    anchors: BTreeMap<String, Vec<Pointer>>,
    /// The schemas with a `$recursiveAnchor`.
    recursive: Vec<Pointer>,
}

impl Visitor for Names {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        if !std::ptr::eq(rule, &raw const SCHEMA) {
            return;
        }
        let at = at.pointer();
        // A walk visits a schema before those inside.
        if !self.roots.last().is_some_and(|it| at.is_in(it)) {
            self.roots.push(at.clone());
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = object.text(keyword) {
                let places = self.anchors.entry(name.to_owned()).or_default();
                places.push(at.clone());
            }
        }
        if let Some(id) = object.text("$id") {
            let id = id.trim_end_matches('#').to_owned();
            self.ids.push((id, at.clone()));
        }
        if object.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
            self.recursive.push(at);
        }
    }

    fn schema_name(&mut self, _name: &mut Cursor<'_>, _at: &Trail<'_>) {}
}

impl Names {
    /// The places that a reference in the schema at `at` may lead to, if it names a schema.
    fn target(&self, keyword: &str, reference: &str, at: &Pointer) -> Vec<Pointer> {
        let base = innermost(self.ids.iter().map(|(_, it)| it), at);
        let root = self.roots.iter().find(|it| at.is_in(it));
        if keyword == "$recursiveRef" {
            let anchor = innermost(self.recursive.iter(), at);
            return anchor.or(base).or(root).into_iter().cloned().collect();
        }
        match reference.strip_prefix('#') {
            Some("") => base.or(root).into_iter().cloned().collect(),
            Some(path) if path.starts_with('/') => {
                let Some(whole) = Pointer::from_fragment(reference) else {
                    return Vec::new();
                };
                // The document itself comes first, because tools resolve such references from there.
                let inside = base.into_iter().chain(root).map(|it| below(it, &whole));
                let around = around(at, root.filter(|_| is_in_schema(reference)));
                let inside = inside.chain(around.iter().rev().map(|it| below(it, &whole)));
                std::iter::once(whole.clone()).chain(inside).collect()
            }
            Some(name) => self.anchored(name, root),
            None => self.identified(reference, at),
        }
    }

    /// The schema with an anchor: the only one of the document, or the only one in the schema of the reference.
    fn anchored(&self, name: &str, root: Option<&Pointer>) -> Vec<Pointer> {
        let places = self.anchors.get(name).map_or(&[][..], Vec::as_slice);
        match places {
            [only] => vec![only.clone()],
            _ => {
                let near = places
                    .iter()
                    .filter(|it| root.is_some_and(|root| it.is_in(root)));
                let near: Vec<Pointer> = near.cloned().collect();
                if near.len() == 1 { near } else { Vec::new() }
            }
        }
    }

    /// The schema with an `$id`, as written or relative to that of a schema around the reference, or a place in it.
    fn identified(&self, reference: &str, at: &Pointer) -> Vec<Pointer> {
        let (id, place) = reference.split_once('#').unwrap_or((reference, ""));
        let around = self.ids.iter().filter(|(_, it)| at.is_in(it));
        let folders = around.filter_map(|(id, _)| Some(id.rsplit_once('/')?.0));
        let relative = folders.map(|it| format!("{it}/{}", id.trim_start_matches("./")));
        let wanted: Vec<String> = std::iter::once(id.to_owned()).chain(relative).collect();
        let found = self.ids.iter().find(|(id, _)| wanted.contains(id));
        let Some((_, schema)) = found else {
            return Vec::new();
        };
        match Pointer::from_fragment(&format!("#{place}")) {
            Some(steps) => vec![below(schema, &steps)],
            None => self.anchored(place, Some(schema)),
        }
    }
}

/// The place that `steps` lead to from `base`.
fn below(base: &Pointer, steps: &Pointer) -> Pointer {
    steps.tokens().fold(base.clone(), |it, step| it.key(&step))
}

/// The places from `root` down to `at`; none without a root.
fn around(at: &Pointer, root: Option<&Pointer>) -> Vec<Pointer> {
    let Some(root) = root else {
        return Vec::new();
    };
    let steps = at.tokens().skip(root.tokens().count());
    let mut places = vec![root.clone()];
    for step in steps {
        let last = places.last().unwrap_or(root).key(&step);
        places.push(last);
    }
    places
}

/// The longest of the places that contain `at`.
fn innermost<'a>(places: impl Iterator<Item = &'a Pointer>, at: &Pointer) -> Option<&'a Pointer> {
    let around = places.filter(|it| at.is_in(it));
    around.max_by_key(|it| it.as_str().len())
}

/// Finds the references that name a schema.
struct Writer {
    names: Names,
    /// Where each of them is, its keyword, and where it may lead to.
    written: Vec<(Pointer, &'static str, Vec<Pointer>)>,
}

impl Visitor for Writer {
    fn object(&mut self, rule: &'static ObjectRule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        if !std::ptr::eq(rule, &raw const SCHEMA) {
            return;
        }
        let keyword = REFERENCES.into_iter().find(|it| object.text(it).is_some());
        let Some((keyword, reference)) = keyword.and_then(|it| Some((it, object.text(it)?))) else {
            return;
        };
        let at = at.pointer();
        let target = self.names.target(keyword, reference, &at);
        if !target.is_empty() {
            self.written.push((at, keyword, target));
        }
    }

    fn schema_name(&mut self, _name: &mut Cursor<'_>, _at: &Trail<'_>) {}
}

//! References to what is no component: `#/paths/…`, `#/…/$defs/…`, places inside of components.
//!
//! OpenAPI lets a `$ref` lead anywhere. The typed document has names for components alone. So before anything is checked,
//! what another reference leads to is put in its place, or, if it is a schema that may lead back to itself, among the
//! components. A reference that leads nowhere, around itself or to too much stays as it is, and is refused later.

mod name;
mod other_file;
mod section;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use self::name::component_name;
use self::other_file::OtherFiles;
use super::check::Version;
use super::check::rule::{Kind, Rule};
use super::check::rules::{HEADER, PARAMETER, PATH_ITEM, SCHEMA};
use super::walk::{REFERABLE, ROOT, Visitor, walk};
use crate::bundle::Destination;
use crate::pointer::{Pointer, Trail};
use crate::tree::{self, Branch, Cursor, Tree};

/// How deep values are that are put in the place of references in each other.
const MAX_LEVEL: usize = 8;

/// How many values are put in the place of references, all together.
const MAX_VALUES: usize = 200_000;

/// How many values become components, all together.
const MAX_COMPONENT_VALUES: usize = 1_000_000;

/// Makes every reference that leads to something lead to a component.
pub(super) fn resolve(document: &mut Tree, version: Version) {
    let others = OtherFiles::of(&document.value);
    if let Some(others) = &others {
        others.put_own(document, &ROOT);
        section::spread(document, others);
    }
    let components = document.value.get("components").and_then(Value::as_object);
    let sections = components.into_iter().flatten();
    let names = sections.filter_map(|(section, it)| {
        let names = it.as_object()?.keys().cloned().collect();
        Some((section.clone(), names))
    });
    let mut resolver = Resolver {
        names: names.collect(),
        others,
        document,
        version,
        components: BTreeMap::new(),
        values_left: MAX_VALUES,
        component_values_left: MAX_COMPONENT_VALUES,
        open: Vec::new(),
    };
    resolver.collect(&Pointer::root(), &ROOT, 0);
    // What stands among the components gives its name to what it leads to.
    resolver.open.sort_by_key(|it| !it.is_component());
    resolver.open.reverse();
    while let Some(found) = resolver.open.pop() {
        resolver.follow(&found);
    }
}

/// A reference to what is no component.
struct Found {
    at: Pointer,
    rule: &'static Rule,
    target: Pointer,
    /// Whether the text at `at` is the reference, rather than the object there.
    is_text: bool,
    /// Whether the reference says something else of what it leads to.
    is_described: bool,
    /// How many references led to what it stands in.
    level: usize,
}

impl Found {
    /// Whether it leads to another file.
    fn leaves_document(&self) -> bool {
        Destination::of_place(&self.target).is_some()
    }

    /// Whether it is a component itself.
    fn is_component(&self) -> bool {
        let tokens: Vec<String> = self.at.tokens().collect();
        matches!(&tokens[..], [root, section, _] if root == "components" && Some(section.as_str()) == self.rule.section)
    }
}

struct Resolver<'a> {
    document: &'a mut Tree,
    version: Version,
    /// The names that are taken, by section of `components`.
    names: BTreeMap<String, BTreeSet<String>>,
    /// The other files of the document, if it may refer to any.
    others: Option<OtherFiles>,
    /// What has become a component, by where it stands: its reference.
    components: BTreeMap<(&'static str, Pointer), String>,
    values_left: usize,
    component_values_left: usize,
    open: Vec<Found>,
}

impl Resolver<'_> {
    /// Finds the references in the value at `at`.
    fn collect(&mut self, at: &Pointer, kind: &'static Kind, level: usize) {
        let mut collector = Collector {
            found: Vec::new(),
            version: self.version,
            level,
        };
        if let Some((value, node)) = self.document.at_mut(at) {
            let tokens: Vec<String> = at.tokens().collect();
            within(&tokens, &Trail::root(), &mut |trail| {
                walk(&mut collector, kind, Cursor::new(value, node), trail);
            });
        }
        self.open.extend(collector.found.into_iter().rev());
    }

    /// Puts what a reference leads to where the typed document has it.
    fn follow(&mut self, found: &Found) {
        let section = found.rule.section.filter(|_| !found.is_described);
        let known = section.and_then(|section| {
            let key = (section, found.target.clone());
            self.components.get(&key).cloned()
        });
        if let Some(reference) = known {
            self.write(found, reference);
            return;
        }
        let Some((target, kind)) = self.target(found) else {
            return;
        };
        if found.is_component() && !found.at.is_in(&found.target) {
            self.define(found, target, kind);
        } else if becomes_component(found) {
            self.add(found, target, kind);
        } else {
            self.inline(found, target, kind);
        }
    }

    /// What a reference leads to, if that is an object, or a schema of OpenAPI 3.1 that is a boolean.
    fn target(&self, found: &Found) -> Option<(Branch, &'static Kind)> {
        let value = self.document.value.pointer(found.target.as_str())?;
        let may_stand_there = value.is_object() || (is_schema(found.rule) && value.is_boolean());
        let kind = kind_of(found.rule)?;
        may_stand_there.then(|| {
            let node = self.document.places.find(&found.target).to_node();
            let value = value.clone();
            let mut branch = Branch { value, node };
            if let Some(others) = &self.others {
                others.put(&mut branch, kind, &found.target);
            }
            (branch, kind)
        })
    }

    /// Makes a component of what another component leads to.
    fn define(&mut self, found: &Found, target: Branch, kind: &'static Kind) {
        if self.replace(found, target)
            && let Some(section) = found.rule.section
        {
            let reference = found.at.to_fragment();
            let key = (section, found.target.clone());
            self.components.insert(key, reference);
            self.collect(&found.at, kind, found.level);
        }
    }

    /// Puts what a reference leads to among the components.
    fn add(&mut self, found: &Found, target: Branch, kind: &'static Kind) {
        let Some(section) = found.rule.section else {
            return;
        };
        let Some(left) = self
            .component_values_left
            .checked_sub(tree::count(&target.value))
        else {
            return;
        };
        self.component_values_left = left;
        let names = self.names.entry(section.to_owned()).or_default();
        let name = component_name(&found.target, names);
        let at = Pointer::root().key("components").key(section).key(&name);
        let mut root = self.document.cursor();
        let parts = ["components", section];
        put(&mut root, &parts, &name, target);
        let reference = at.to_fragment();
        let key = (section, found.target.clone());
        self.components.insert(key, reference.clone());
        self.write(found, reference);
        self.collect(&at, kind, found.level);
    }

    /// Puts what a reference leads to in its place.
    fn inline(&mut self, found: &Found, target: Branch, kind: &'static Kind) {
        let is_endless = found.at.is_in(&found.target) || found.level > MAX_LEVEL;
        if !is_endless && self.replace(found, target) {
            self.collect(&found.at, kind, found.level + 1);
        }
    }

    /// Puts a value in the place of a reference to it, with what stands beside that.
    fn replace(&mut self, found: &Found, target: Branch) -> bool {
        // Another file is there to be referred to, often by one path item alone.
        let values_left = match found.leaves_document() {
            true => &mut self.component_values_left,
            false => &mut self.values_left,
        };
        let Some(left) = values_left.checked_sub(tree::count(&target.value)) else {
            return false;
        };
        let Some((value, node)) = self.document.at_mut(&found.at) else {
            return false;
        };
        *values_left = left;
        let own = Branch {
            value: std::mem::take(value),
            node: node.clone(),
        };
        let merged = beside(found.rule, own, target);
        *node = node.replaced_by(merged.node);
        *value = merged.value;
        true
    }

    /// Makes a reference lead to a component.
    fn write(&mut self, found: &Found, reference: String) {
        if let Some((value, _)) = self.document.at_mut(&found.at) {
            if let Value::Object(object) = value {
                object.insert("$ref".to_owned(), reference.into());
            } else {
                *value = reference.into();
            }
        }
    }
}

/// What a reference with `own` fields stands for.
///
/// A schema keeps to both (JSON Schema 2020-12, Core, §8.2.3.1). Fields of a path item count beside those of what it
/// refers to (OpenAPI 3.1.1, Path Item Object). Elsewhere `summary` and `description` take the place of those that are
/// referred to (Reference Object).
fn beside(rule: &'static Rule, mut own: Branch, mut target: Branch) -> Branch {
    let mut fields = own.cursor();
    fields.drop("$ref");
    let keys = fields.keys();
    if keys.is_empty() {
        return target;
    }
    if is_schema(rule) {
        // Behind its own parts, which references stand in that are still to be followed.
        let parts = own.cursor().take("allOf").into_iter();
        let parts = parts.flat_map(Branch::into_elements).chain([target]);
        let parts = parts.collect();
        let list = Branch::list(parts, &own.node);
        own.cursor().put("allOf", list);
        return own;
    }
    let is_path_item = std::ptr::eq(rule, &raw const PATH_ITEM);
    for key in keys {
        let counts = is_path_item || key == "description" || key == "summary";
        if let Some(field) = own.cursor().take(&key).filter(|_| counts) {
            target.cursor().put(&key, field);
        }
    }
    target
}

/// Puts a member into the object behind `keys`, which is made if it is missing.
fn put(cursor: &mut Cursor<'_>, keys: &[&str], name: &str, branch: Branch) {
    let Some((first, rest)) = keys.split_first() else {
        cursor.put(name, branch);
        return;
    };
    if !cursor.has(first) {
        cursor.put(first, Branch::object(&branch.node));
    }
    if let Some(mut member) = cursor.member(first) {
        put(&mut member, rest, name, branch);
    }
}

/// Whether what a reference leads to becomes a component: a schema that has a name where it stands, or may lead to itself,
/// and whatever other files are for.
fn becomes_component(found: &Found) -> bool {
    if found.is_described || found.rule.section.is_none() {
        return false;
    }
    if !is_schema(found.rule) {
        return found.leaves_document();
    }
    let last = |at: &Pointer| at.tokens().last().unwrap_or_default();
    let holder = found.target.parent().as_ref().map(last);
    let holder = holder.unwrap_or_default();
    let is_definition = holder == "$defs" || holder == "definitions";
    let is_part = || {
        ["properties", "allOf", "oneOf", "anyOf"].contains(&holder.as_str())
            || ["items", "additionalProperties", "not"].contains(&last(&found.target).as_str())
    };
    let is_named = is_definition || (found.leaves_document() && !is_part());
    found.is_text || is_named || found.level > 1 || found.at.is_in(&found.target)
}

/// Calls `then` with the trail to what `tokens` lead to.
fn within(tokens: &[String], trail: &Trail<'_>, then: &mut dyn FnMut(&Trail<'_>)) {
    match tokens.split_first() {
        None => then(trail),
        Some((first, rest)) => within(rest, &trail.key(first), then),
    }
}

fn is_schema(rule: &'static Rule) -> bool {
    std::ptr::eq(rule, &raw const SCHEMA)
}

/// The kind of value that a reference stands for.
fn kind_of(rule: &'static Rule) -> Option<&'static Kind> {
    let is_kind = |it: &&Kind| matches!(it, Kind::ObjectOrRef(known) if std::ptr::eq(*known, rule));
    REFERABLE.iter().find(is_kind)
}

/// Finds references to what is no component.
struct Collector {
    found: Vec<Found>,
    version: Version,
    level: usize,
}

impl Collector {
    fn add(&mut self, target: Pointer, rule: &'static Rule, at: &Trail<'_>) -> &mut Found {
        self.found.push(Found {
            at: at.pointer(),
            rule,
            target,
            is_text: false,
            is_described: false,
            level: self.level,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }
}

impl Visitor for Collector {
    fn object(&mut self, rule: &'static Rule, object: &mut Cursor<'_>, at: &Trail<'_>) {
        let Value::Object(members) = &object.value else {
            return;
        };
        let is_described = self.version.is_newer() && is_described(rule, members);
        let target = members.get("$ref").and_then(Value::as_str);
        let target = target.and_then(target_of);
        if let Some(target) = target.filter(|it| is_described || !is_component(it)) {
            self.add(target, rule, at).is_described = is_described;
        }
    }

    fn schema_name(&mut self, name: &mut Cursor<'_>, at: &Trail<'_>) {
        let target = name.value.as_str().and_then(target_of);
        if let Some(target) = target.filter(|it| !is_component(it)) {
            self.add(target, &SCHEMA, at).is_text = true;
        }
    }
}

/// What a reference leads to, but for what describes no part of the API.
fn target_of(reference: &str) -> Option<Pointer> {
    const OTHERS: [&str; 7] = [
        "openapi",
        "info",
        "servers",
        "security",
        "tags",
        "externalDocs",
        "jsonSchemaDialect",
    ];
    let target = Pointer::from_fragment(reference)?;
    let first = target.tokens().next();
    first
        .is_some_and(|it| !OTHERS.contains(&it.as_str()))
        .then_some(target)
}

/// Whether a pointer leads to what the typed document has a name for.
fn is_component(target: &Pointer) -> bool {
    let tokens: Vec<String> = target.tokens().collect();
    matches!(&tokens[..], [root, section, _] if root == "components" && section != "pathItems")
}

/// Whether what several operations share says something else of itself in one of them.
fn is_described(rule: &'static Rule, members: &Map<String, Value>) -> bool {
    let mut shared = [&raw const PARAMETER, &raw const HEADER].into_iter();
    shared.any(|it| std::ptr::eq(rule, it)) && members.contains_key("description")
}

#[cfg(test)]
mod tests;

//! Resolves references that do not name a component: `#/paths/…`, `#/…/$defs/…`, places inside of components.
//!
//! OpenAPI lets a `$ref` lead anywhere, but the typed document only has names for components. So before the checks,
//! each other reference is replaced by its target or, if that is a schema that may contain itself, the target becomes a
//! component. A reference to nothing, to itself or to too many values is left alone and refused later.

mod found;
mod name;
mod other_file;
mod section;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::found::{Collector, FoundReference};
use self::name::component_name;
use self::other_file::FileReferences;
use super::check::OpenApiVersion;
use super::check::rule::{Kind, ObjectRule};
use super::check::rules::{GROUP, OPERATION, PATH_ITEM, SCHEMA};
use super::walk::{REFERABLE, ROOT, walk};
use crate::pointer::{Pointer, Trail};
use crate::tree::{self, Branch, Cursor, Tree};

/// How deeply inlined values may be nested in each other.
const MAX_LEVEL: usize = 8;

/// How many values may be inlined in total.
const MAX_VALUES: usize = 200_000;

/// How many values may become components in total.
const MAX_COMPONENT_VALUES: usize = 1_000_000;

/// Makes every valid reference name a component.
pub(super) fn resolve(document: &mut Tree, version: OpenApiVersion) {
    let others = FileReferences::of(&document.value);
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
    // References among the components come first: they name their targets.
    resolver.open.sort_by_key(|it| !it.is_component());
    resolver.open.reverse();
    while let Some(mut found) = resolver.open.pop() {
        let value = &resolver.document.value;
        if found.target.value(value).is_none()
            && let Some(target) = through_references(value, &found.target)
        {
            found.target = target;
        }
        resolver.follow(&found);
    }
}

struct Resolver<'a> {
    document: &'a mut Tree,
    version: OpenApiVersion,
    /// The names already taken, by section of `components`.
    names: BTreeMap<String, BTreeSet<String>>,
    /// The other files of the document, if it may refer to any.
    others: Option<FileReferences>,
    /// The values that have become components, by kind and place, with their references.
    components: BTreeMap<(&'static str, Pointer), String>,
    values_left: usize,
    component_values_left: usize,
    open: Vec<FoundReference>,
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

    /// Moves the target of a reference to where the typed document can have it.
    fn follow(&mut self, found: &FoundReference) {
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

    /// The target of a reference, if it is an object, or a boolean schema of OpenAPI 3.1.
    fn target(&self, found: &FoundReference) -> Option<(Branch, &'static Kind)> {
        let value = found.target.value(&self.document.value)?;
        let is_list = matches!(found.group, Some(Kind::List(_)));
        let may_stand_there = match is_list {
            true => value.is_array(),
            false => value.is_object() || (is_schema(found.rule) && value.is_boolean()),
        };
        let kind = found.group.or_else(|| kind_of(found.rule))?;
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

    /// Makes the target of a component's reference that component.
    fn define(&mut self, found: &FoundReference, target: Branch, kind: &'static Kind) {
        if self.replace(found, target)
            && let Some(section) = found.rule.section
        {
            let reference = found.at.to_fragment();
            let key = (section, found.target.clone());
            self.components.insert(key, reference);
            self.collect(&found.at, kind, found.level);
        }
    }

    /// Adds the target of a reference to the components.
    fn add(&mut self, found: &FoundReference, target: Branch, kind: &'static Kind) {
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

    /// Replaces a reference with its target.
    fn inline(&mut self, found: &FoundReference, target: Branch, kind: &'static Kind) {
        let is_endless = found.at.is_in(&found.target) || found.level > MAX_LEVEL;
        if !is_endless && self.replace(found, target) {
            self.collect(&found.at, kind, found.level + 1);
        }
    }

    /// Replaces a reference with its target, merged with the fields beside the reference.
    fn replace(&mut self, found: &FoundReference, target: Branch) -> bool {
        // Files exist to be referred to, often by a single path item.
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

    /// Makes a reference name a component.
    fn write(&mut self, found: &FoundReference, reference: String) {
        if let Some((value, _)) = self.document.at_mut(&found.at) {
            if let Value::Object(object) = value {
                object.insert("$ref".to_owned(), reference.into());
            } else {
                *value = reference.into();
            }
        }
    }
}

/// The place that a pointer to nothing leads to if references on its way are followed.
fn through_references(document: &Value, target: &Pointer) -> Option<Pointer> {
    let mut at = target.clone();
    for _ in 0..MAX_LEVEL {
        let Some((reference, rest)) = first_reference(document, &at) else {
            return Some(at);
        };
        let place = Pointer::from_fragment(&reference)?;
        at = rest.iter().fold(place, |it, step| it.key(step));
    }
    None
}

/// The first reference on the way of a pointer that leads on from it, and the steps behind it.
fn first_reference(document: &Value, target: &Pointer) -> Option<(String, Vec<String>)> {
    let steps: Vec<String> = target.tokens().collect();
    let mut at = Pointer::root();
    for (index, step) in steps.iter().enumerate() {
        let value = at.value(document)?;
        let next = at.key(step);
        if next.value(document).is_none() {
            let reference = value.get("$ref")?.as_str()?;
            return Some((reference.to_owned(), steps[index..].to_vec()));
        }
        at = next;
    }
    None
}

/// Merges the target of a reference with the reference's `own` fields.
///
/// Both apply to a schema (JSON Schema 2020-12, Core, §8.2.3.1). Fields of a path item are added to those of its target
/// (OpenAPI 3.1.1, Path Item Object). Elsewhere `summary` and `description` override those of the target (Reference
/// Object).
fn beside(rule: &'static ObjectRule, mut own: Branch, mut target: Branch) -> Branch {
    let mut fields = own.cursor();
    fields.drop("$ref");
    let keys = fields.keys();
    if keys.is_empty() {
        return target;
    }
    if is_schema(rule) {
        // After its own parts, because they contain references that are still to be followed.
        let parts = own.cursor().take("allOf").into_iter();
        let parts = parts.flat_map(Branch::into_elements).chain([target]);
        let parts = parts.collect();
        let list = Branch::list(parts, &own.node);
        own.cursor().put("allOf", list);
        return own;
    }
    // Elsewhere than in path items, bundlers do so.
    let mut open = [&raw const PATH_ITEM, &raw const OPERATION, &raw const GROUP].into_iter();
    let is_open = open.any(|it| std::ptr::eq(rule, it));
    for key in keys {
        let counts = is_open || key == "description" || key == "summary";
        if let Some(field) = own.cursor().take(&key).filter(|_| counts) {
            target.cursor().put(&key, field);
        }
    }
    target
}

/// Puts a member into the object at `keys`, which is created if it does not exist.
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

/// Whether the target of a reference becomes a component: a schema that has a name at its place or may contain itself,
/// and anything in another file.
fn becomes_component(found: &FoundReference) -> bool {
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

/// Calls `then` with the trail to the value at `tokens`.
fn within(tokens: &[String], trail: &Trail<'_>, then: &mut dyn FnMut(&Trail<'_>)) {
    match tokens.split_first() {
        None => then(trail),
        Some((first, rest)) => within(rest, &trail.key(first), then),
    }
}

fn is_schema(rule: &'static ObjectRule) -> bool {
    std::ptr::eq(rule, &raw const SCHEMA)
}

/// The kind of value that a reference stands for.
fn kind_of(rule: &'static ObjectRule) -> Option<&'static Kind> {
    let is_kind = |it: &&Kind| matches!(it, Kind::ObjectOrRef(known) if std::ptr::eq(*known, rule));
    REFERABLE.iter().find(is_kind)
}

#[cfg(test)]
mod tests;

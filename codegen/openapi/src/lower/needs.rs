//! Determines which components depend on which others, by the references in them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{
    Components, OpenAPI, Operation as SpecOperation, Parameter as SpecParameter, ReferenceOr,
};
use serde::Serialize;
use serde_json::Value;

use super::hierarchy::Hierarchy;
use crate::load::Document;
use crate::pointer::Pointer;

/// A set of components: those that something needs, or those that have a fault or need one with a fault. Keyed by
/// reference: `#/components/schemas/Sim`.
pub(super) struct Needs {
    /// The reason for each, if it is a fault.
    components: BTreeMap<String, String>,
    /// The faults outside of components, by place.
    elsewhere: Vec<(Pointer, String)>,
}

impl Needs {
    /// The components that operations need, directly or indirectly.
    pub(super) fn of_operations(document: &Document) -> Self {
        let edges = edges(&document.openapi);
        let items = document.paths.values().filter_map(ReferenceOr::as_item);
        let mut next: BTreeSet<String> = items
            .flat_map(|it| [references(&it.parameters), references(&it.operations)])
            .flatten()
            .collect();
        let mut components = BTreeMap::new();
        while let Some(component) = next.pop_first() {
            if let Some(others) = edges.get(&component) {
                let is_new = |it: &&String| !components.contains_key(*it);
                next.extend(others.iter().filter(is_new).cloned());
            }
            components.insert(component, String::new());
        }
        Self {
            components,
            elsewhere: Vec::new(),
        }
    }

    /// The components that have one of these faults, directly or indirectly.
    pub(super) fn of_components(spec: &OpenAPI, faults: &[(&Pointer, String)]) -> Self {
        let mut components = BTreeMap::new();
        let mut elsewhere = Vec::new();
        for (at, why) in faults {
            match component_of(at) {
                Some(component) => {
                    components.entry(component).or_insert_with(|| why.clone());
                }
                None => elsewhere.push(((*at).clone(), why.clone())),
            }
        }
        let mut users: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
        let edges = edges(spec);
        for (user, needed) in &edges {
            for component in needed {
                users.entry(component).or_default().push(user);
            }
        }
        let mut next: Vec<String> = components.keys().cloned().collect();
        while let Some(component) = next.pop() {
            let why = components.get(&component).cloned().unwrap_or_default();
            for &user in users.get(&component).into_iter().flatten() {
                if !components.contains_key(user) {
                    components.insert(user.clone(), why.clone());
                    next.push(user.clone());
                }
            }
        }
        Self {
            components,
            elsewhere,
        }
    }

    /// The fault of an operation, or of something it needs. `shared` are the parameters of all operations of its path.
    pub(super) fn fault_of(
        &self,
        at: &Pointer,
        operation: &SpecOperation,
        shared: &[ReferenceOr<SpecParameter>],
    ) -> Option<&str> {
        let path = at.parent().unwrap_or_default();
        let places = [at.clone(), path.key("parameters"), path.key("servers")];
        let is_own = |fault: &Pointer| places.iter().any(|it| fault.is_in(it));
        let own = self.elsewhere.iter().find(|(fault, _)| is_own(fault));
        own.map(|(_, why)| why.as_str()).or_else(|| {
            let needed = [references(operation), references(&shared)];
            let mut needed = needed.iter().flatten();
            needed
                .find_map(|it| self.components.get(it))
                .map(String::as_str)
        })
    }

    /// Keeps only the components in this set, and those that are not types.
    pub(super) fn retain(&self, spec: &mut OpenAPI) {
        self.keep(spec, |is_in_here| is_in_here);
    }

    /// Removes the components in this set.
    pub(super) fn remove_faulty(&self, spec: &mut OpenAPI) {
        self.keep(spec, |is_in_here| !is_in_here);
    }

    fn keep(&self, spec: &mut OpenAPI, keeps: fn(bool) -> bool) {
        let Some(components) = &mut spec.components else {
            return;
        };
        let stays = |section: &str, name: &str| {
            keeps(self.components.contains_key(&reference(section, name)))
        };
        let Components {
            schemas,
            responses,
            parameters,
            request_bodies,
            headers,
            // Authentication is for the whole service; nothing refers to these by `$ref`.
            security_schemes: _,
            examples: _,
            links: _,
            callbacks: _,
            extensions: _,
        } = components;
        schemas.retain(|name, _| stays("schemas", name));
        responses.retain(|name, _| stays("responses", name));
        parameters.retain(|name, _| stays("parameters", name));
        request_bodies.retain(|name, _| stays("requestBodies", name));
        headers.retain(|name, _| stays("headers", name));
    }
}

/// The component that contains a place.
fn component_of(at: &Pointer) -> Option<String> {
    let mut tokens = at.tokens();
    let is_component = tokens.next().as_deref() == Some("components");
    let (section, name) = (tokens.next()?, tokens.next()?);
    is_component.then(|| reference(&section, &name))
}

fn reference(section: &str, name: &str) -> String {
    format!(
        "#{}",
        Pointer::root()
            .key("components")
            .key(section)
            .key(name)
            .as_str()
    )
}

/// The references of each component.
fn edges(spec: &OpenAPI) -> BTreeMap<String, BTreeSet<String>> {
    let mut edges = BTreeMap::new();
    let Some(components) = &spec.components else {
        return edges;
    };
    fn add<T: Serialize>(
        edges: &mut BTreeMap<String, BTreeSet<String>>,
        section: &str,
        entries: &indexmap::IndexMap<String, ReferenceOr<T>>,
    ) {
        for (name, entry) in entries {
            edges.insert(reference(section, name), references(entry));
        }
    }
    add(&mut edges, "schemas", &components.schemas);
    // A value of a base schema may be one of its subclasses, which refer to it.
    let hierarchy = Hierarchy::of(spec);
    for name in components.schemas.keys() {
        if let Some(discriminator) = hierarchy.base(name) {
            let subclasses = hierarchy.subclasses(name, discriminator).into_iter();
            let needed = edges.entry(reference("schemas", name)).or_default();
            needed.extend(subclasses.map(|it| reference("schemas", it)));
        }
    }
    add(&mut edges, "responses", &components.responses);
    add(&mut edges, "parameters", &components.parameters);
    add(&mut edges, "requestBodies", &components.request_bodies);
    add(&mut edges, "headers", &components.headers);
    edges
}

/// All references in a part of a document, including those of discriminators.
fn references(part: &impl Serialize) -> BTreeSet<String> {
    let value = serde_json::to_value(part);
    let value = value.unwrap_or_else(|error| panic!("a document is JSON: {error}"));
    let mut found = BTreeSet::new();
    let mut next = vec![&value];
    while let Some(value) = next.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(reference)) = object.get("$ref") {
                    found.insert(reference.clone());
                }
                if let Some(Value::Object(mapping)) = object.get("mapping") {
                    found.extend(mapping.values().filter_map(Value::as_str).map(mapped));
                }
                next.extend(object.values());
            }
            Value::Array(items) => next.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

/// The target of a discriminator mapping as a reference: it may be the name of a schema (`OpenAPI` 3.0.3,
/// "Discriminator Object").
fn mapped(target: &str) -> String {
    if target.starts_with('#') {
        target.to_owned()
    } else {
        reference("schemas", target)
    }
}

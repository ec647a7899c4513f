//! Finds the subclasses of schemas with a `discriminator` of their own, and the names that select each alternative
//! (OpenAPI 3.0.4, Discriminator Object; Models with Polymorphism Support).
//!
//! A base schema has a `discriminator` and no alternatives; its subclasses include it by `allOf`. A value of the base is
//! a value of any of them.

use std::collections::{BTreeMap, VecDeque};

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema as SpecSchema};

use super::component::component;
use crate::load;
use crate::pointer::Pointer;

/// How many subclasses a union may have. Larger families are the whole service: one type would contain all others.
pub(super) const MAX_SUBCLASSES: usize = 100;

/// The schemas that include each base schema by `allOf`, in the order of the document.
pub(super) struct Hierarchy<'a> {
    spec: &'a OpenAPI,
    children: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Hierarchy<'a> {
    pub(super) fn of(spec: &'a OpenAPI) -> Self {
        let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let schemas = spec.components.iter().flat_map(|it| &it.schemas);
        for (name, schema) in schemas {
            let parents = schema.as_item().into_iter();
            for parent in parents.flat_map(|it| parents_of(spec, it)) {
                let known = children.entry(parent).or_default();
                if !known.contains(&name.as_str()) {
                    known.push(name);
                }
            }
        }
        Self { spec, children }
    }

    /// The components that include others by `allOf`, each with one that it includes.
    pub(super) fn extensions(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let families = self.children.iter();
        families.flat_map(|(parent, children)| children.iter().map(|child| (*child, *parent)))
    }

    /// The discriminator of a component, if that is a base schema.
    pub(super) fn base(&self, name: &str) -> Option<&'a Discriminator> {
        if !self.children.contains_key(name) {
            return None;
        }
        let layers = layers(self.schema(name)?);
        let mut alternatives = layers.iter().flat_map(|it| alternatives(it));
        if alternatives.next().is_some() {
            return None;
        }
        discriminator_of(&layers)
    }

    /// The discriminator of the nearest base schema that all of some components have, and that is none of them: it also
    /// tells them apart where a document lists them as alternatives (OpenAPI 3.0.4, Discriminator Object).
    pub(super) fn common_base(&self, names: &[&'a str]) -> Option<&'a Discriminator> {
        let (first, others) = names.split_first()?;
        let mut common = self.ancestors(first);
        for other in others {
            let ancestors = self.ancestors(other);
            common.retain(|it| ancestors.contains(it));
        }
        let mut bases = common.into_iter().filter(|it| !names.contains(it));
        bases.find_map(|it| self.base(it))
    }

    /// The components that this one includes by `allOf`, those that they include, and so on, nearest first.
    fn ancestors(&self, name: &str) -> IndexSet<&'a str> {
        let mut ancestors = IndexSet::new();
        let mut open = VecDeque::from([name]);
        while let Some(name) = open.pop_front() {
            let parents = self.schema(name).into_iter();
            for parent in parents.flat_map(|it| parents_of(self.spec, it)) {
                if ancestors.insert(parent) {
                    open.push_back(parent);
                }
            }
        }
        ancestors
    }

    /// The subclasses of a base schema, and other components that its mapping names. A subclass that is a base itself
    /// stands for its own.
    pub(super) fn subclasses(&self, base: &str, discriminator: &Discriminator) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = self.children_of(base).rev().collect();
        while let Some(name) = open.pop() {
            if name == base || found.contains(&name) {
                continue;
            }
            found.push(name);
            if self.base(name).is_none() {
                open.extend(self.children_of(name).rev());
            }
        }
        let inside: IndexSet<&str> = found.iter().flat_map(|it| self.inside(it)).collect();
        let mapped = discriminator.mapping.values();
        let mapped = mapped.filter_map(|it| self.component(it));
        let others = mapped.filter(|it| *it != base && !inside.contains(it));
        let others: IndexSet<&str> = others.collect();
        found.extend(others);
        found
    }

    /// The discriminator values that select a component, each with the component that it names: those mapped to it or to
    /// an alternative inside of it, and their names, which stay valid beside a mapping unless it uses them itself.
    pub(super) fn tags(
        &self,
        discriminator: &Discriminator,
        name: &'a str,
    ) -> IndexMap<String, &'a str> {
        let inside = self.inside(name);
        let own = self.mapped(discriminator, &inside);
        let nested = inside.iter().filter_map(|it| self.schema(it));
        let nested = nested.filter_map(|it| discriminator_of(&layers(it)));
        let nested = nested.filter(|it| it.property_name == discriminator.property_name);
        let nested = nested.flat_map(|it| self.mapped(it, &inside));
        let names = inside.iter().map(|it| (self.usual_tag(it), *it));
        let others = nested.chain(names);
        let others = others.filter(|(tag, _)| !discriminator.mapping.contains_key(tag));
        let mut tags = IndexMap::new();
        for (tag, component) in own.into_iter().chain(others) {
            tags.entry(tag).or_insert(component);
        }
        tags
    }

    /// The discriminator values that select a base schema itself.
    pub(super) fn own_tags(&self, discriminator: &Discriminator, base: &str) -> Vec<String> {
        let own: IndexSet<&str> = self.component(base).into_iter().collect();
        let mapped = self.mapped(discriminator, &own).into_iter();
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag).collect();
        let usual = self.usual_tag(base);
        if !discriminator.mapping.contains_key(&usual) {
            tags.push(usual);
        }
        tags
    }

    /// The discriminator value of a component without a mapping: its name, unless an extension of AutoRest has another,
    /// which Azure's documents rely on.
    pub(super) fn usual_tag(&self, name: &str) -> String {
        let extensions = self.schema(name).map(|it| &it.schema_data.extensions);
        let value = extensions.and_then(|it| it.get("x-ms-discriminator-value")?.as_str());
        value.unwrap_or(name).to_owned()
    }

    /// The values that a discriminator maps to these components, each with its component.
    fn mapped(
        &self,
        discriminator: &Discriminator,
        names: &IndexSet<&'a str>,
    ) -> Vec<(String, &'a str)> {
        let mapping = discriminator.mapping.iter();
        let mapped = mapping.filter_map(|(value, target)| {
            let component = self.component(target)?;
            names
                .contains(component)
                .then(|| (value.clone(), component))
        });
        mapped.collect()
    }

    /// The components that a value of this one may be: itself, its alternatives, and the subclasses of a base schema.
    fn inside(&self, name: &'a str) -> IndexSet<&'a str> {
        let mut inside = IndexSet::new();
        let mut open = vec![(name, false)];
        while let Some((name, is_below_base)) = open.pop() {
            if !inside.insert(name) {
                continue;
            }
            let is_base = is_below_base || self.base(name).is_some();
            let layers = self.schema(name).into_iter().flat_map(layers);
            let alternatives = layers.flat_map(alternatives);
            let alternatives = alternatives.filter_map(|it| match it {
                ReferenceOr::Reference { reference } => self.component(reference),
                ReferenceOr::Item(_) => None,
            });
            let subclasses = self.children_of(name).filter(|_| is_base);
            let next = alternatives.chain(subclasses).map(|it| (it, is_base));
            let mut next: Vec<(&str, bool)> = next.collect();
            next.reverse();
            open.extend(next);
        }
        inside
    }

    /// The component that a reference or a mapping names.
    pub(super) fn component(&self, reference: &str) -> Option<&'a str> {
        let schemas = &self.spec.components.as_ref()?.schemas;
        let name = match Pointer::from_fragment(reference) {
            Some(at) => at.tokens().last()?,
            None => reference.to_owned(),
        };
        schemas.get_key_value(&name).map(|(name, _)| name.as_str())
    }

    fn children_of(&self, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.children.get(name).into_iter().flatten().copied()
    }

    fn schema(&self, name: &str) -> Option<&'a SpecSchema> {
        let schemas = &self.spec.components.as_ref()?.schemas;
        schemas.get(name)?.as_item()
    }
}

/// The components that a schema includes by `allOf`.
fn parents_of<'a>(spec: &'a OpenAPI, schema: &'a SpecSchema) -> impl Iterator<Item = &'a str> {
    let layers = layers(schema).into_iter();
    let parts = layers.flat_map(|it| &load::keywords(it).all_of);
    parts.filter_map(move |it| match it {
        ReferenceOr::Reference { reference } => Some(component(spec, reference)?.name),
        ReferenceOr::Item(_) => None,
    })
}

/// A schema and the inline parts of its `allOf`, whose keywords are as good as its own.
fn layers(schema: &SpecSchema) -> Vec<&SpecSchema> {
    let mut layers = vec![schema];
    let mut next = 0;
    while let Some(layer) = layers.get(next) {
        let parts = load::keywords(layer).all_of.iter();
        layers.extend(parts.filter_map(ReferenceOr::as_item));
        next += 1;
    }
    layers
}

fn discriminator_of<'a>(layers: &[&'a SpecSchema]) -> Option<&'a Discriminator> {
    let mut layers = layers.iter();
    layers.find_map(|it| it.schema_data.discriminator.as_ref())
}

/// The alternatives of a schema itself.
fn alternatives(schema: &SpecSchema) -> impl Iterator<Item = &ReferenceOr<SpecSchema>> {
    let keywords = load::keywords(schema);
    keywords.one_of.iter().chain(&keywords.any_of)
}

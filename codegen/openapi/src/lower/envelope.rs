//! Recognizes page envelopes, through references and `allOf`.
//!
//! An envelope does not become a type. Components that are only (parts of) envelopes are not types either, so that an
//! envelope behind references generates the same crate as an inline one.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Operation as SpecOperation, ReferenceOr, Schema};

use super::component::{Component, component};
use super::content::Content;
use super::keywords::{Keywords, Properties};
use super::view::{SchemaRef, View, sight};
use super::{resolve, success};
use crate::api::{Bounds, Location, Parameter};
use crate::load::Document;
use crate::pointer::Pointer;
use crate::vendor::{Paging, Vendor};

/// How many schemas and properties to visit for one envelope. Real ones have less than twenty.
const MAX_STEPS: usize = 1_000;

/// The list of a page.
pub(super) struct List<'a> {
    /// The key of the list in the page.
    pub(super) key: &'a str,
    /// The place of the list's schema.
    pub(super) at: Pointer,
    /// The schema of the items.
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    /// The limits of the list itself.
    pub(super) bounds: Bounds,
}

/// Finds the list of a page, or returns why a response is not a page, as a sentence.
pub(super) fn page<'a>(
    vendor: Vendor,
    spec: &'a OpenAPI,
    at: &Pointer,
    schema: &'a ReferenceOr<Schema>,
) -> Result<List<'a>, String> {
    let Some(paging) = vendor.paging() else {
        return Err("there are no pages".to_owned());
    };
    Search::new(vendor, spec).page(paging, at, schema)
}

/// The components that the vendor's page envelopes are made of, by name.
pub(super) fn parts(vendor: Vendor, document: &Document) -> BTreeSet<&str> {
    let mut parts = BTreeSet::new();
    let Some(paging) = vendor.paging() else {
        return parts;
    };
    let Document {
        openapi: spec,
        paths,
        operation_ids: _,
        schema_names: _,
        shared_errors: _,
    } = document;
    let items = paths.values().filter_map(ReferenceOr::as_item);
    for (_, operation) in items.flat_map(|it| &it.operations) {
        for declared in success::declared(operation) {
            let json =
                resolve::response_alone(spec, declared.response).and_then(Content::read_json);
            let schema = json.and_then(|it| it.media_type.schema.as_ref());
            if let Some(schema) = schema {
                let mut search = Search::new(vendor, spec);
                if search.page(paging, &Pointer::root(), schema).is_ok() {
                    parts.extend(search.parts);
                }
            }
        }
    }
    parts
}

/// Explains why the response of an operation with paging parameters is not a page: the parameter, the place of the
/// response, and the reason as a sentence.
pub(super) fn missing<'p>(
    vendor: Vendor,
    spec: &OpenAPI,
    at: &Pointer,
    operation: &SpecOperation,
    parameters: &'p [Parameter],
) -> Option<(&'p str, Pointer, String)> {
    let is_paging =
        |it: &&Parameter| it.location == Location::Query && vendor.is_paging(&it.wire_name);
    let parameter = parameters.iter().find(is_paging)?;
    let at = at.key("responses");
    let first = success::declared(operation).into_iter().next()?;
    let found = resolve::response(spec, &at.key(&first.key), first.response)?;
    let resolve::Resolved { at, item, .. } = found;
    let (at, why) = match Content::read_json(item) {
        None => (at, "it has no JSON".to_owned()),
        Some(json) => {
            let at = at.key("content").key(json.name);
            match &json.media_type.schema {
                None => (at, "it has no schema".to_owned()),
                Some(schema) => {
                    let at = at.key("schema");
                    let why = page(vendor, spec, &at, schema).err()?;
                    (at, why)
                }
            }
        }
    };
    Some((&parameter.wire_name, at, why))
}

/// A search through the schemas of one response.
pub(super) struct Search<'a> {
    vendor: Vendor,
    spec: &'a OpenAPI,
    /// The components visited.
    pub(super) parts: Vec<&'a str>,
    steps_left: usize,
}

/// A property of an object or of one of its parts.
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    /// The place of the properties.
    pub(super) at: Pointer,
    pub(super) schema: &'a ReferenceOr<Box<Schema>>,
    pub(super) is_required: bool,
}

/// A list, as its schema describes it.
pub(super) struct ListSchema<'a> {
    pub(super) at: Pointer,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    bounds: Bounds,
}

impl<'a> ListSchema<'a> {
    /// The list of a page, under this key.
    pub(super) fn under(self, key: &'a str) -> List<'a> {
        let Self { at, items, bounds } = self;
        List {
            key,
            at,
            items,
            bounds,
        }
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(vendor: Vendor, spec: &'a OpenAPI) -> Self {
        Self {
            vendor,
            spec,
            parts: Vec::new(),
            steps_left: MAX_STEPS,
        }
    }

    /// The list of a page: the only list of an object that has, itself or in its `meta`, the URL of the next page.
    fn page(
        &mut self,
        paging: &Paging,
        at: &Pointer,
        schema: &'a ReferenceOr<Schema>,
    ) -> Result<List<'a>, String> {
        let object = self.resolved(at, schema);
        let properties = object.and_then(|(at, schema)| self.properties(at, schema));
        let Some(properties) = properties else {
            return Err("it is not an object".to_owned());
        };
        if !self.links_next(paging, &properties) {
            let names = paging.next.join("` or `");
            let meta = paging.meta;
            return Err(format!("neither it nor its `{meta}` has `{names}`"));
        }
        let mut lists: Vec<List<'a>> = Vec::new();
        for property in &properties {
            let Some(list) = self.list(property) else {
                continue;
            };
            // A later part usually says more about the same property.
            match lists.iter_mut().find(|it| it.key == list.key) {
                Some(known) if list.items.is_some() => *known = list,
                Some(_) => {}
                None => lists.push(list),
            }
        }
        match lists.len() {
            0 => Err("it has no list".to_owned()),
            1 => lists.pop().ok_or_else(String::new),
            _ => {
                let names: Vec<&str> = lists.iter().map(|it| it.key).collect();
                Err(format!("it has several lists: `{}`", names.join("`, `")))
            }
        }
    }

    /// Whether an object with these properties has the URL of the next page.
    fn links_next(&mut self, paging: &Paging, properties: &[Property<'a>]) -> bool {
        let is_link = |it: &Property<'_>| paging.next.contains(&it.name);
        if properties.iter().any(is_link) {
            return true;
        }
        let metas = properties.iter().filter(|it| it.name == paging.meta);
        for Property { schema, at, .. } in metas {
            let meta = self.resolved(at, schema);
            let inner = meta.and_then(|(at, schema)| self.properties(at, schema));
            if inner.is_some_and(|it| it.iter().any(is_link)) {
                return true;
            }
        }
        false
    }

    /// The list of a property, if it is one.
    fn list(&mut self, property: &Property<'a>) -> Option<List<'a>> {
        let on_the_way = self.parts.len();
        let (at, schema) = self.resolved(&property.at.key(property.name), property.schema)?;
        let list = self.list_in(at, schema);
        if list.is_none() {
            self.parts.truncate(on_the_way);
        }
        list.map(|it| it.under(property.name))
    }

    /// The list that a schema describes, if it is one.
    pub(super) fn list_in(&mut self, at: Pointer, schema: &'a Schema) -> Option<ListSchema<'a>> {
        let on_the_way = self.parts.len();
        let mut next = Some((at, schema));
        while let Some((at, schema)) = next {
            let keywords = Keywords::of(schema);
            match (
                sight(self.vendor, &at, SchemaRef::Inline(schema)).view(),
                keywords.all_of,
            ) {
                (Some(View::Array { bounds, .. }), _) => {
                    return Some(ListSchema {
                        at,
                        items: keywords.items,
                        bounds,
                    });
                }
                (Some(View::Refined(_)), [only]) => {
                    next = self.resolved(&at.key("allOf").index(0), only);
                }
                (Some(_) | None, _) => break,
            }
        }
        self.parts.truncate(on_the_way);
        None
    }

    /// The properties of an object, including those of its parts; `None` if it is not an object.
    pub(super) fn properties(
        &mut self,
        at: Pointer,
        schema: &'a Schema,
    ) -> Option<Vec<Property<'a>>> {
        let mut properties: Vec<Property<'_>> = Vec::new();
        let mut required: BTreeSet<&str> = BTreeSet::new();
        // Not recursive: a chain of parts may be as long as the spec.
        let mut open = vec![(at, schema)];
        while let Some((at, schema)) = open.pop() {
            let (own, parts) = object(self.vendor, schema)?;
            let step = own.len() + parts.len() + 1;
            self.steps_left = self.steps_left.checked_sub(step)?;
            let place = at.key("properties");
            properties.extend(own.iter().map(|(name, schema)| Property {
                name,
                at: place.clone(),
                schema,
                is_required: false,
            }));
            required.extend(Keywords::of(schema).required.iter().map(String::as_str));
            for (index, part) in parts.iter().enumerate().rev() {
                open.push(self.resolved(&at.key("allOf").index(index), part)?);
            }
        }
        for property in &mut properties {
            property.is_required = required.contains(property.name);
        }
        Some(properties)
    }

    /// Resolves any number of references to a schema, and returns it with its place.
    pub(super) fn resolved<S: Borrow<Schema>>(
        &mut self,
        at: &Pointer,
        schema: &'a ReferenceOr<S>,
    ) -> Option<(Pointer, &'a Schema)> {
        let mut reference = match schema {
            ReferenceOr::Item(schema) => return Some((at.clone(), schema.borrow())),
            ReferenceOr::Reference { reference } => reference,
        };
        loop {
            self.steps_left = self.steps_left.checked_sub(1)?;
            let Component { at, name, schema } = component(self.spec, reference)?;
            self.parts.push(name);
            match schema {
                ReferenceOr::Item(schema) => return Some((at, schema)),
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
    }
}

/// The own properties of an object and its parts; `None` if a schema is not an object or has alternatives.
fn object(vendor: Vendor, schema: &Schema) -> Option<(&Properties, &[ReferenceOr<Schema>])> {
    let keywords = Keywords::of(schema);
    if !keywords.all_of.is_empty() {
        let is_object = keywords.typ.is_none_or(|it| it == "object");
        let alternatives = [keywords.one_of, keywords.any_of];
        let is_one = alternatives.iter().all(|it| it.is_empty()) && !keywords.has_not;
        return (is_object && is_one).then_some((keywords.properties, keywords.all_of));
    }
    match sight(vendor, &Pointer::root(), SchemaRef::Inline(schema)).view() {
        Some(View::Object(_)) => Some((keywords.properties, &[])),
        Some(_) | None => None,
    }
}

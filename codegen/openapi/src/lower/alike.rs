//! Merges inline types that are the same under the same name.
//!
//! Documents that are written by programs repeat an object in place of a reference, often with the same title. Two such types
//! become one only if callers cannot tell them apart: same name, same fields, limits and defaults, and sent the same way. Which
//! of them comes first in the document does not matter.

use std::collections::BTreeMap;

use super::counted;
use super::shared_name::shared_doc;
use crate::api::usage::Usage;
use crate::api::{Api, Field, LeftOut, Object, Shape, Type, TypeDefinition, TypeId, Use};
use crate::words;

/// Merges the inline types that are the same.
pub(super) fn merge(api: &mut Api) {
    let mut merged: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    for members in groups(api) {
        if let [first, others @ ..] = members.as_slice() {
            unite(&mut api.types, *first, others);
            for other in others {
                merged[other.0] = *first;
            }
        }
    }
    for schema in &mut api.schemas {
        if let Type::Named(id) = &mut schema.ty {
            *id = merged[id.0];
        }
    }
    for definition in &mut api.types {
        definition.received_as = definition.received_as.map(|it| merged[it.0]);
    }
    for (child, parent) in &mut api.extensions {
        (*child, *parent) = (merged[child.0], merged[parent.0]);
    }
}

/// Lets the first type stand for all others.
fn unite(types: &mut [TypeDefinition], first: TypeId, others: &[TypeId]) {
    let members = [&[first], others].concat();
    let all = || members.iter().map(|it| &types[it.0]);
    let uses = all().map(|it| it.uses).sum();
    let levels = all().map(|it| it.longer_names.len()).max().unwrap_or(0);
    let longer_names = (0..levels).flat_map(|level| {
        let names = all().filter_map(|it| it.longer_names.get(level));
        let names = most_frequent(names).into_iter();
        names.take(MAX_PER_LEVEL)
    });
    let longer_names = longer_names.cloned().collect();
    let docs: Vec<Option<String>> = all().map(|it| it.doc.clone()).collect();
    let doc = shared_doc(&docs);
    let first = &mut types[first.0];
    first.uses = uses;
    first.longer_names = longer_names;
    first.doc = doc;
    for other in others {
        types[other.0].is_item = false;
    }
}

/// How many names of equal length are tried before longer ones.
const MAX_PER_LEVEL: usize = 3;

/// Texts without duplicates: the most frequent first, of several the shortest.
fn most_frequent<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut counts: Vec<(&String, usize)> = counted(texts).into_iter().collect();
    counts.sort_by_key(|(text, count)| (usize::MAX - count, text.len()));
    counts.into_iter().map(|(text, _)| text).collect()
}

/// What tells a type from others, apart from the types inside of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Signature {
    /// The words of its name.
    name: String,
    is_sent: bool,
    is_received: bool,
    shape: String,
}

/// The inline types that are the same, in the order of the document.
fn groups(api: &Api) -> impl Iterator<Item = Vec<TypeId>> + use<> {
    let usage = Usage::by_operations(api);
    let mut signatures: BTreeMap<Signature, Vec<TypeId>> = BTreeMap::new();
    for id in api
        .items()
        .filter(|it| is_candidate(api.type_definition(*it)))
    {
        let definition = api.type_definition(id);
        let signature = Signature {
            name: words::snake_with_marks(&definition.name),
            is_sent: usage.sent.contains(&id),
            is_received: usage.received.contains(&id),
            shape: shape(api, definition),
        };
        signatures.entry(signature).or_default().push(id);
    }
    let candidates: Vec<Vec<TypeId>> = signatures.into_values().filter(|it| it.len() > 1).collect();
    let mut classes: Vec<usize> = (0..api.types.len()).collect();
    for group in &candidates {
        for id in group {
            classes[id.0] = group[0].0;
        }
    }
    let parts: BTreeMap<TypeId, Vec<TypeId>> = candidates
        .iter()
        .flatten()
        .map(|id| (*id, parts(api, api.type_definition(*id))))
        .collect();
    divide(&parts, &mut classes);
    let mut groups: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for id in parts.keys() {
        groups.entry(classes[id.0]).or_default().push(*id);
    }
    groups.into_values().filter(|it| it.len() > 1)
}

/// Divides classes until the types inside of two members are of the same classes.
fn divide(parts: &BTreeMap<TypeId, Vec<TypeId>>, classes: &mut [usize]) {
    loop {
        let mut firsts: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
        let divided = parts.iter().map(|(id, parts)| {
            let inside = parts.iter().map(|it| classes[it.0]).collect();
            let first = firsts.entry((classes[id.0], inside)).or_insert(id.0);
            (*id, *first)
        });
        let divided: Vec<(TypeId, usize)> = divided.collect();
        let is_stable = divided.iter().all(|(id, class)| classes[id.0] == *class);
        if is_stable {
            return;
        }
        for (id, class) in divided {
            classes[id.0] = class;
        }
    }
}

/// Whether a type may be one of several: equal enumerations are one already, and components are what they are.
fn is_candidate(definition: &TypeDefinition) -> bool {
    let is_enumeration = definition.shape.values().is_some();
    !definition.is_component() && !definition.is_base && !is_enumeration
}

/// A shape in text, without the types inside of it.
fn shape(api: &Api, definition: &TypeDefinition) -> String {
    let left_out = definition
        .left_out
        .iter()
        .map(|LeftOut { wire_name, .. }| wire_name);
    let mut text = format!("{:?}", left_out.collect::<Vec<_>>());
    match &definition.shape {
        Shape::Object(Object { fields, .. }) => {
            for it in sorted(fields) {
                text.push_str(&format!(
                    "{:?}",
                    (
                        &it.wire_name,
                        it.presence,
                        it.listed,
                        it.tells_null,
                        &it.initial
                    )
                ));
            }
        }
        Shape::Union(union) => {
            text.push_str(&format!("{:?}{:?}", union.tag, union.nested_tags));
            for it in &union.variants {
                text.push_str(&format!("{:?}", (&it.name, &it.tags)));
            }
        }
        Shape::Enumeration(values) => text.push_str(&format!("{values:?}")),
    }
    for value in values(&definition.shape) {
        add_use(api, value, &mut text);
    }
    text
}

/// The values inside of a type. The order of fields does not matter.
fn values(shape: &Shape) -> impl Iterator<Item = &Use> {
    let fields = sorted(shape.fields()).into_iter().map(|it| &it.value);
    fields.chain(shape.unnamed())
}

/// Fields in the order of their names.
fn sorted(fields: &[Field]) -> Vec<&Field> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_key(|it| &it.wire_name);
    fields
}

/// Adds a value to the text of a shape: all but its prose, its example and its named type.
fn add_use(api: &Api, value: &Use, text: &mut String) {
    let schema = api.schema(value.schema);
    text.push_str(&format!(
        "{:?}{:?}",
        (value.nullable, schema.pii, schema.deprecated, schema.marks),
        (&schema.default, &*schema.bounds),
    ));
    match &schema.ty {
        Type::Scalar(scalar) => text.push_str(&format!("{scalar:?}")),
        Type::Any => text.push_str("any"),
        Type::Named(_) => text.push_str("named"),
        Type::List(item) => {
            text.push_str("list of ");
            add_use(api, item, text);
        }
        Type::Map(item) => {
            text.push_str("map of ");
            add_use(api, item, text);
        }
    }
}

/// The named types inside of a type, in the order of its text.
fn parts(api: &Api, definition: &TypeDefinition) -> Vec<TypeId> {
    let named = values(&definition.shape).filter_map(|it| api.named_inside(it.schema));
    named.chain(definition.received_as).collect()
}

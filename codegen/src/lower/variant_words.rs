//! Names the alternatives of unions in words: by their components or titles, or else by what tells them apart.
//!
//! Serde and other libraries write enums as objects without titles: with a key for each variant, `{"circle": …}`, or with a
//! constant, `{"type": "circle", …}`, and as enums of one string.

use std::collections::BTreeSet;

use super::view::{ObjectView, SchemaPart, SchemaRef, View};
use super::{SpecContext, simplify};
use crate::pointer::Pointer;
use crate::vendor::Vendor;

/// The words of each alternative, if it has any of its own.
pub(super) fn variant_words(
    spec: SpecContext<'_>,
    variants: &[Vec<SchemaPart<'_>>],
) -> Vec<Option<String>> {
    let declared: Vec<Option<String>> = variants
        .iter()
        .map(|it| declared_words(spec.vendor, it))
        .collect();
    let telling = variants.iter().zip(&declared).map(|(parts, declared)| {
        let is_inline = declared.is_none() && is_inline(parts);
        is_inline.then(|| telling_words(spec, parts)).flatten()
    });
    let telling: Vec<Option<String>> = telling.collect();
    let mut seen: BTreeSet<&String> = declared.iter().flatten().collect();
    let mut repeated = BTreeSet::new();
    for words in telling.iter().flatten() {
        if !seen.insert(words) {
            repeated.insert(words.clone());
        }
    }
    let telling = telling
        .into_iter()
        .map(|it| it.filter(|it| !repeated.contains(it)));
    let words = declared.into_iter().zip(telling);
    words
        .map(|(declared, telling)| declared.or(telling))
        .collect()
}

/// The name that an alternative declares: that of its component, or its title.
fn declared_words(vendor: Vendor, parts: &[SchemaPart<'_>]) -> Option<String> {
    let first = parts.first()?;
    match first.schema {
        SchemaRef::Reference(reference) => {
            let name = Pointer::from_fragment(reference)?.tokens().last()?;
            Some(vendor.type_name(&name))
        }
        SchemaRef::Inline(schema) => schema.schema_data.title.clone(),
        SchemaRef::Own(_) | SchemaRef::Choice(..) => None,
    }
}

/// Whether an alternative is a single schema without a name.
fn is_inline(parts: &[SchemaPart<'_>]) -> bool {
    match parts {
        [SchemaPart { schema, .. }] => matches!(schema, SchemaRef::Inline(_)),
        _ => false,
    }
}

/// The only string that an alternative may be, the only value of one of its keys, or its only key.
fn telling_words(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> Option<String> {
    let view = simplify::resolved(spec, parts.to_vec());
    let words = match &view {
        View::Object(object) => words_of_object(spec, object)?,
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => only_text(&view)?,
        View::Refined(_) | View::Union(_) | View::Any { .. } | View::Untyped(_) => return None,
    };
    words.contains(char::is_alphabetic).then_some(words)
}

fn words_of_object(spec: SpecContext<'_>, object: &ObjectView<'_>) -> Option<String> {
    let properties = object.properties.iter();
    let mut required = properties.filter(|(name, _)| object.required.contains(*name));
    let constant =
        required.find_map(|(_, parts)| only_text(&simplify::resolved(spec, parts.clone())));
    if constant.is_some() {
        return constant;
    }
    let mut names = object.properties.keys();
    let only = names.next().filter(|it| object.required.contains(*it))?;
    names.next().is_none().then(|| (*only).to_owned())
}

/// The only string that a value may be.
fn only_text(view: &View<'_>) -> Option<String> {
    match view {
        View::Enumeration { values, .. } => match values.as_slice() {
            [only] => Some(only.text.clone()),
            [] | [_, _, ..] => None,
        },
        View::Scalar { .. } | View::Array { .. } | View::Refined(_) | View::Object(_) => None,
        View::Union(_) | View::Any { .. } | View::Untyped(_) => None,
    }
}

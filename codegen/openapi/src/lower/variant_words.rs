//! Names the alternatives of unions in words: by their components or titles, or else by what tells them apart.
//!
//! Serde and other libraries write enums as objects without titles: with a key for each variant, `{"circle": …}`, or with a
//! constant, `{"type": "circle", …}`, and as enums of one string.

use std::collections::BTreeSet;

use super::view::{ObjectView, SchemaPart, SchemaRef, View};
use super::{SpecContext, counted, simplify};
use crate::pointer::Pointer;
use crate::words;

/// The words of each alternative, if it has any of its own.
pub(super) fn variant_words(
    spec: SpecContext<'_>,
    variants: &[Vec<SchemaPart<'_>>],
) -> Vec<Option<String>> {
    let declared = variants.iter().map(|it| declared_words(spec, it));
    let mut words: Vec<Option<String>> = declared.collect();
    let told = |parts: &Vec<SchemaPart<'_>>| telling_words(spec, parts);
    add_unique(&mut words, variants, variants.iter().map(told).collect());
    let mut open = words.iter().zip(variants);
    if open.all(|(words, parts)| words.is_some() || !is_inline(parts)) {
        return words;
    }
    let kinds = Kinds::of(spec, variants);
    let kinds = (0..variants.len()).map(|it| kinds.words(it)).collect();
    add_unique(&mut words, variants, kinds);
    words
}

/// Adds words of inline alternatives that have none yet, unless several have the same.
fn add_unique(
    words: &mut [Option<String>],
    variants: &[Vec<SchemaPart<'_>>],
    mut more: Vec<Option<String>>,
) {
    for ((own, parts), more) in words.iter().zip(variants).zip(&mut more) {
        if own.is_some() || !is_inline(parts) {
            *more = None;
        }
    }
    let all = words.iter().chain(&more).flatten();
    let counts = counted(all.map(|it| words::snake_with_marks(it)));
    for (own, more) in words.iter_mut().zip(more) {
        let is_unique = |it: &String| counts.get(&words::snake_with_marks(it)) == Some(&1);
        *own = own.take().or(more.filter(is_unique));
    }
}

/// What kinds of values the alternatives are, to name those that nothing else tells apart.
struct Kinds<'v> {
    /// The properties of each object, and whether they are required.
    objects: Vec<Option<Vec<(&'v str, bool)>>>,
    is_text: Vec<bool>,
}

impl<'v> Kinds<'v> {
    fn of(spec: SpecContext<'v>, variants: &[Vec<SchemaPart<'v>>]) -> Self {
        let views = variants
            .iter()
            .map(|it| simplify::resolved(spec, it.clone()));
        let mut kinds = Self {
            objects: Vec::new(),
            is_text: Vec::new(),
        };
        for view in views {
            kinds.is_text.push(matches!(view, View::Enumeration { .. }));
            kinds.objects.push(match view {
                View::Object(object) if !object.properties.is_empty() => {
                    let names = object.properties.keys();
                    Some(
                        names
                            .map(|it| (*it, object.required.contains(it)))
                            .collect(),
                    )
                }
                View::Object(_) | View::Scalar { .. } | View::Enumeration { .. } => None,
                View::Array { .. } | View::Refined(_) | View::Union(_) => None,
                View::Any { .. } | View::Untyped(_) => None,
            });
        }
        kinds
    }

    /// `text` for one of some strings; `object` for the only object, else a property that only this one has.
    fn words(&self, index: usize) -> Option<String> {
        if self.is_text[index] {
            return Some("text".to_owned());
        }
        let own = self.objects[index].as_ref()?;
        let others = self.objects.iter().enumerate();
        let others = others.filter(|(it, _)| *it != index);
        let mut others = others.filter_map(|(_, it)| it.as_ref()).peekable();
        if others.peek().is_none() {
            return Some("object".to_owned());
        }
        let others: BTreeSet<&str> = others.flatten().map(|(name, _)| *name).collect();
        let mut only = own.iter().filter(|(name, _)| !others.contains(name));
        let required = only.clone().find(|(_, is_required)| *is_required);
        let (name, _) = required.or_else(|| only.next())?;
        Some(format!("with_{name}"))
    }
}

/// The name that an alternative declares: that of its component, or its title.
fn declared_words(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> Option<String> {
    let first = parts.first()?;
    match first.schema {
        SchemaRef::Reference(reference) => {
            let name = Pointer::from_fragment(reference)?.tokens().last()?;
            Some(spec.type_name(&name))
        }
        SchemaRef::Inline(schema) => schema.schema_data.title.clone(),
        SchemaRef::Own(_) | SchemaRef::Choice(..) => None,
    }
}

/// Whether an alternative is a schema without a name. What it is merged with comes after it, and is part of the others, too.
fn is_inline(parts: &[SchemaPart<'_>]) -> bool {
    let first = parts.first().map(|it| it.schema);
    matches!(first, Some(SchemaRef::Inline(_)))
}

/// The only string that an alternative may be, the only value of one of its keys, or its only key.
fn telling_words(spec: SpecContext<'_>, parts: &[SchemaPart<'_>]) -> Option<String> {
    let view = simplify::resolved(spec, parts.to_vec());
    let words = match &view {
        View::Object(object) => words_of_object(spec, object)?,
        View::Scalar { .. } | View::Enumeration { .. } | View::Array { .. } => only_text(&view)?,
        View::Refined(_) | View::Union(_) | View::Any { .. } | View::Untyped(_) => return None,
    };
    let words = spec.namespace.removed_from(&words);
    match words.as_str() {
        "" => Some("empty".to_owned()),
        _ => words.contains(char::is_alphabetic).then_some(words),
    }
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
